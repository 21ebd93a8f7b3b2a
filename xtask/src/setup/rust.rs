//! A Rust that compiles for wasm32: the user's own if it can have the target, else Debian's with a std built here.

use super::{cache, debian, step, sysroot};
use crate::process;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the page.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Who compiles for wasm32.
pub(crate) enum WasmRust {
    /// The rustc on PATH has the target.
    Own,
    /// Debian's rustc with a sysroot of ours; `bin` holds its cargo and its rustc.
    Debian { bin: PathBuf },
}

/// Finds or makes a Rust with the wasm32 target, the ordinary way first.
pub(crate) fn ready() -> Result<WasmRust> {
    if own_has_target() {
        return Ok(WasmRust::Own);
    }
    if let Some(bin) = built_before()? {
        return Ok(WasmRust::Debian { bin });
    }
    let _lock = cache::lock()?;
    if let Some(bin) = built_before()? {
        return Ok(WasmRust::Debian { bin });
    }
    let refused = match rustup_adds_target() {
        Ok(()) if own_has_target() => return Ok(WasmRust::Own),
        Ok(()) => {
            "rustup added the target, but to another toolchain than the rustc on PATH".to_owned()
        }
        Err(error) => format!("{error:#}"),
    };
    println!("setup: {refused}");
    from_debian().with_context(|| {
        format!("getting the {TARGET} target without rustup, after this: {refused}")
    })
}

/// Whether the rustc on PATH finds a std for wasm32.
fn own_has_target() -> bool {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let folder = process::output(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}

fn rustup_adds_target() -> Result<()> {
    let rustup = process::find_on_path(&["rustup"]).context("there is no rustup on PATH")?;
    let what = format!("Rust's {TARGET} target");
    step(
        &what,
        "the page is WebAssembly; rustup downloads its std",
        || {
            let output = Command::new(rustup)
                .args(["target", "add", TARGET])
                .env("RUST_BACKTRACE", "0")
                .output()
                .context("starting rustup")?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                let reason = said.lines().find(|line| line.starts_with("error"));
                bail!(
                    "rustup cannot add the target ({})",
                    reason.unwrap_or("it gave no reason")
                );
            }
            Ok(())
        },
    )
}

/// Debian's rustc, when the sysroot for exactly this rustc is already in the cache.
fn built_before() -> Result<Option<PathBuf>> {
    let Some(rustc) = sysroot::debian_rustc() else {
        return Ok(None);
    };
    let bin = cache::dir()?.join(rustc.folder()).join("bin");
    Ok(bin.is_dir().then_some(bin))
}

fn from_debian() -> Result<WasmRust> {
    if !debian::has_apt() {
        bail!(
            "this machine has no apt-get. Install the {TARGET} target of your Rust: with rustup \
             `rustup target add {TARGET}`, else your distribution's package of it"
        );
    }
    let rustc = match sysroot::debian_rustc() {
        Some(rustc) => rustc,
        None => install_rustc()?,
    };
    let dir = cache::dir()?.join(rustc.folder());
    step(
        "std for WebAssembly",
        "Debian packages none of this version; built from its source in less than two minutes",
        || cache::fill(&dir, |partial| sysroot::build(&rustc, partial, &dir)),
    )?;
    Ok(WasmRust::Debian {
        bin: dir.join("bin"),
    })
}

fn install_rustc() -> Result<sysroot::DebianRustc> {
    let why = "rustc, cargo and the source of std, matched to each other, beside your own Rust";
    let packages = [
        "rustc-web",
        "cargo-web",
        "rust-web-src",
        "libstd-rust-web-dev",
    ];
    debian::install_with(&packages, debian::lld, why)?;
    sysroot::debian_rustc().context(
        "the packages are installed, but /usr/bin/rustc, its source of std or its lld is missing",
    )
}
