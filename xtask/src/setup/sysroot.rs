//! A sysroot for Debian's rustc: its own std for this machine, and one for wasm32 built from Debian's source of it.

use super::{cache, rust::TARGET};
use crate::process;
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// What `/usr/bin/rustc -vV` says of itself.
pub(crate) struct DebianRustc {
    release: String,
    commit: String,
    host: String,
    llvm_major: String,
}

/// Debian's rustc with its source of std and its linker, if all of them are installed.
pub(crate) fn debian_rustc() -> Option<DebianRustc> {
    let said = process::output(Command::new(RUSTC).arg("-vV"))?;
    let rustc = parse(&said)?;
    let parts = [
        Path::new(CARGO),
        Path::new("/usr/lib/rustlib/src/rust"),
        &rustc.lld(),
    ];
    parts.iter().all(|part| part.exists()).then_some(rustc)
}

impl DebianRustc {
    /// The folder's name in the cache: a std belongs to exactly one rustc.
    pub(crate) fn folder(&self) -> String {
        format!("rust-{}-{}", self.release, self.commit)
    }

    fn lld(&self) -> std::path::PathBuf {
        format!("/usr/bin/lld-{}", self.llvm_major).into()
    }
}

/// Fills `dir`, which will be moved to `final_dir`: `bin/` with cargo and rustc, `sysroot/` with both stds.
pub(crate) fn build(rustc: &DebianRustc, dir: &Path, final_dir: &Path) -> Result<()> {
    let rustlib = dir.join("sysroot/lib/rustlib");
    link_host(rustc, &rustlib.join(&rustc.host))?;
    build_std(&dir.join("build"), &rustlib.join(TARGET).join("lib"))?;
    fs::remove_dir_all(dir.join("build")).context("removing the build folder of std")?;
    write_bin(&dir.join("bin"), &final_dir.join("sysroot"))
}

/// The host's part is a link to Debian's, with the linker under the name that rustc looks for.
fn link_host(rustc: &DebianRustc, host: &Path) -> Result<()> {
    let bin = host.join("bin");
    fs::create_dir_all(&bin).context("making the host's part of the sysroot")?;
    let system = format!("/usr/lib/rustlib/{}/lib", rustc.host);
    symlink(system, host.join("lib")).context("linking Debian's std of this machine")?;
    symlink(rustc.lld(), bin.join("rust-lld")).context("linking lld as rust-lld")
}

fn build_std(work: &Path, libraries: &Path) -> Result<()> {
    fs::create_dir_all(work.join("src"))?;
    fs::create_dir_all(libraries)?;
    let manifest =
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(work.join("Cargo.toml"), manifest)?;
    fs::write(work.join("src/lib.rs"), "#![no_std]\n")?;
    // RUSTC_BOOTSTRAP: -Zbuild-std is refused by a stable cargo, and this std is for this very rustc.
    let mut cargo = Command::new(CARGO);
    cargo
        .current_dir(work)
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1");
    cargo
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env_remove("RUSTFLAGS");
    cargo.args([
        "build",
        "--release",
        "-Zbuild-std=std,panic_abort,test",
        "--target",
        TARGET,
    ]);
    process::run_logged(&mut cargo, "building std for wasm32", &cache::log("std")?)?;
    copy_libraries(
        &work.join("target").join(TARGET).join("release/deps"),
        libraries,
    )
}

fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    let mut copied = 0;
    for file in fs::read_dir(from).context("reading the built std")? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(file.path(), to.join(&name)).with_context(|| format!("copying {name}"))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!("cargo built std for wasm32 without an error, but left no library behind");
    }
    Ok(())
}

/// `cargo` and `rustc` under their plain names, so that no proxy of rustup stands before them on PATH.
fn write_bin(bin: &Path, sysroot: &Path) -> Result<()> {
    fs::create_dir_all(bin)?;
    symlink(CARGO, bin.join("cargo")).context("linking cargo")?;
    let wrapper = bin.join("rustc");
    let quoted = sysroot.display().to_string().replace('\'', "'\\''");
    fs::write(
        &wrapper,
        format!("#!/bin/sh\nexec {RUSTC} --sysroot '{quoted}' \"$@\"\n"),
    )?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))
        .context("making the rustc wrapper executable")
}

fn parse(said: &str) -> Option<DebianRustc> {
    let field = |name: &str| {
        said.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    Some(DebianRustc {
        release: field("release")?.to_owned(),
        commit: field("commit-hash")?.chars().take(9).collect(),
        host: field("host")?.to_owned(),
        llvm_major: field("LLVM version")?.split('.').next()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_and_the_folder_follow_what_rustc_says_of_itself() {
        let said = "rustc 1.96.0 (ac68faa20 2026-05-25)\nbinary: rustc\ncommit-hash: ac68faa20c58cbcc\n\
                    host: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8";
        let rustc = parse(said).unwrap();
        assert_eq!(rustc.folder(), "rust-1.96.0-ac68faa20");
        assert_eq!(rustc.lld(), Path::new("/usr/bin/lld-22"));
        assert_eq!(rustc.host, "x86_64-unknown-linux-gnu");
    }

    #[test]
    fn an_answer_without_an_llvm_version_is_no_rustc() {
        assert!(parse("release: 1.96.0\nhost: x\ncommit-hash: y").is_none());
    }
}
