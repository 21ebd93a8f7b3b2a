//! Debian's packages: installed as root, otherwise the command to type is named.

use super::{cache, step};
use crate::process;
use anyhow::{Result, bail};
use std::os::unix::fs::MetadataExt;
use std::process::Command;

/// Whether this machine installs packages with apt.
pub(crate) fn has_apt() -> bool {
    process::find_on_path(&["apt-get"]).is_some()
}

/// Installs these packages, or says which command does it.
pub(crate) fn install(packages: &[&str], why: &str) -> Result<()> {
    install_with(packages, || None, why)
}

/// The same with one package more whose name is known only when apt's lists are there.
pub(crate) fn install_with(
    packages: &[&str],
    another: fn() -> Option<String>,
    why: &str,
) -> Result<()> {
    let mut names: Vec<String> = packages.iter().map(|&name| name.to_owned()).collect();
    if !is_root() {
        names.extend(another());
        bail!(
            "these packages are missing ({why}), and only root may install them. Run\n\n    \
             sudo apt-get update && sudo apt-get install -y {}\n\nand then the same cargo xtask command again",
            names.join(" ")
        );
    }
    step(&format!("Debian packages {}", names.join(" ")), why, || {
        apt(&["update", "--quiet"])?;
        names.extend(another());
        let fixed = ["install", "--yes", "--quiet", "--no-install-recommends"];
        let all: Vec<&str> = fixed
            .into_iter()
            .chain(names.iter().map(String::as_str))
            .collect();
        apt(&all)
    })
}

/// lld of the LLVM that Debian's rustc is built with, read from apt's own data: the link to it is packaged, lld is not.
pub(crate) fn lld() -> Option<String> {
    let said = process::output(Command::new("apt-cache").args(["depends", "rust-web-llvm"]))?;
    lld_in(&said)
}

fn lld_in(depends: &str) -> Option<String> {
    let major = depends
        .lines()
        .find_map(|line| line.trim().strip_prefix("Depends: llvm-"))?;
    Some(format!("lld-{major}"))
}

/// Debian starts a server as a service that listens to everybody; the tests start their own on loopback.
pub(crate) fn stop_service(name: &str) {
    if std::path::Path::new("/run/systemd/system").is_dir() {
        println!("setup: switching off the service {name} that its package started");
        let _ = process::output(Command::new("systemctl").args(["disable", "--now", name]));
    }
}

fn apt(args: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    process::run_logged(
        &mut command,
        "installing Debian packages",
        &cache::log("apt")?,
    )
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lld_has_the_number_of_the_llvm_that_rustc_depends_on() {
        let said = "rust-web-llvm\n  Depends: libc6\n  Depends: llvm-22\n  Conflicts: rust-llvm\n";
        assert_eq!(lld_in(said).as_deref(), Some("lld-22"));
        assert_eq!(lld_in("rust-web-llvm\n"), None);
    }
}
