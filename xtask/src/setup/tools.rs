//! The tools that are not Debian's: each in a folder of the cache that carries its version.

use super::{cache, step, versions};
use crate::{process, repo};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that `cargo install` builds.
pub(crate) struct CargoTool {
    pub(super) package: &'static str,
    pub(super) version: String,
    pub(super) flags: &'static [&'static str],
    pub(super) why: &'static str,
}

/// wasm-bindgen and its test runner. Without `--locked`: its lock file once named a crate that the registry lacked.
pub(crate) fn wasm_bindgen() -> Result<CargoTool> {
    let version = repo::locked_version(versions::WASM_BINDGEN_FOLLOWS)?;
    let why =
        "writes the JavaScript around the page's WebAssembly, and runs its tests in a browser";
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        version,
        flags: &[],
        why,
    })
}

/// trunk with nothing but TLS: no update check and no download of other tools is wanted.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        version: versions::TRUNK.to_owned(),
        flags: &["--locked", "--no-default-features", "--features", "rustls"],
        why: "builds the page and serves it",
    }
}

/// WebDriver for Firefox, which Debian does not package.
pub(crate) fn geckodriver() -> CargoTool {
    CargoTool {
        package: "geckodriver",
        version: versions::GECKODRIVER.to_owned(),
        flags: &["--locked"],
        why: "lets the tests drive Firefox",
    }
}

/// mdBook without its server and its search: the tests only build a book with it.
pub(crate) fn mdbook() -> CargoTool {
    CargoTool {
        package: "mdbook",
        version: versions::MDBOOK.to_owned(),
        flags: &["--locked", "--no-default-features"],
        why: "makes a book with the element in it",
    }
}

/// The folder with this tool's programs, after building it if need be.
pub(crate) fn ready(tool: &CargoTool) -> Result<PathBuf> {
    let name = format!("{}-{}", tool.package, tool.version);
    let what = format!("{} {}", tool.package, tool.version);
    let dir = cached(&name, &what, tool.why, |partial, log| {
        build(tool, partial, log)
    })?;
    Ok(dir.join("bin"))
}

/// The folder with wasm-opt, from npm; Debian's is too old.
pub(crate) fn wasm_opt() -> Result<PathBuf> {
    let name = format!("binaryen-{}", versions::BINARYEN);
    let what = format!("binaryen {} (wasm-opt)", versions::BINARYEN);
    let dir = cached(
        &name,
        &what,
        "makes the page's WebAssembly smaller",
        npm_install,
    )?;
    Ok(dir.join("node_modules/.bin"))
}

/// A folder of the cache, filled by `make` if it is not there; `make` gets the folder to fill and its log.
pub(super) fn cached(
    name: &str,
    what: &str,
    why: &str,
    make: impl FnOnce(&Path, &Path) -> Result<()>,
) -> Result<PathBuf> {
    let dir = cache::dir()?.join(name);
    if !dir.is_dir() {
        let _lock = cache::lock()?;
        if !dir.is_dir() {
            let log = cache::log(name)?;
            step(what, why, || {
                cache::fill(&dir, |partial| make(partial, &log))
            })?;
        }
    }
    Ok(dir)
}

/// A folder of the cache that follows the content of these files of a folder: another content is another one.
pub(super) fn stamped(
    name: &str,
    folder: &Path,
    files: &[&str],
    (what, why): (&str, &str),
    make: impl FnOnce(&Path, &Path) -> Result<()>,
) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let content = std::fs::read(folder.join(file));
        content
            .with_context(|| format!("reading {file} in {}", folder.display()))?
            .hash(&mut hasher);
    }
    let name = format!("{name}-{:016x}", hasher.finish());
    cached(&name, what, why, make)
}

/// What the tools were built in is of no use once they are there.
pub(crate) fn remove_build_folder() -> Result<()> {
    let folder = build_folder()?;
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

fn build_folder() -> Result<PathBuf> {
    Ok(cache::dir()?.join("build"))
}

fn build(tool: &CargoTool, root: &Path, log: &Path) -> Result<()> {
    let mut cargo = quick_install(root)?;
    cargo.args([tool.package, "--version", &tool.version]);
    cargo.args(tool.flags);
    process::run_logged(
        &mut cargo,
        &format!("building {} {}", tool.package, tool.version),
        log,
    )
}

/// `cargo install` into a folder, fast to build rather than fast to run: a tenth of the time of the packages' own release profiles.
pub(super) fn quick_install(root: &Path) -> Result<Command> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(root)
        .args(["install", "--no-track", "--root"])
        .arg(root);
    cargo.env("CARGO_TARGET_DIR", build_folder()?);
    let profile = [
        ("LTO", "off"),
        ("OPT_LEVEL", "0"),
        ("CODEGEN_UNITS", "16"),
        ("DEBUG", "false"),
        ("STRIP", "debuginfo"),
    ];
    cargo.envs(profile.map(|(key, value)| (format!("CARGO_PROFILE_RELEASE_{key}"), value)));
    Ok(cargo)
}

fn npm_install(root: &Path, log: &Path) -> Result<()> {
    let mut npm = npm("wasm-opt comes from npm")?;
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(root);
    npm.arg(format!("binaryen@{}", versions::BINARYEN));
    process::run_logged(&mut npm, "installing wasm-opt with npm", log)
}

/// npm; `why` begins the sentence of a machine that has none.
pub(super) fn npm(why: &str) -> Result<Command> {
    let npm = process::find_on_path(&["npm"]);
    npm.map(Command::new).with_context(|| {
        format!("{why}, and there is no npm on PATH. Install Node.js 20 or newer with npm")
    })
}
