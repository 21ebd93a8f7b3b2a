//! Where things are: the repository's own folders and what its Cargo.lock says.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The top of the repository: the one that `cargo run` stands in, because checkouts that share a target directory share this
/// program as well.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    let here = here.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// A path given from the top of the repository.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Reads a text file given from the top of the repository.
pub(crate) fn read(relative: &str) -> Result<String> {
    let path = path(relative);
    std::fs::read_to_string(&path).with_context(|| format!("reading {relative}"))
}

/// The version of a package as Cargo.lock pins it.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    find_version(&read("Cargo.lock")?, package).with_context(|| {
        format!(
            "Cargo.lock names no version of {package}. Is it still a dependency of the page? \
             Run `cargo metadata` once so that Cargo.lock is written"
        )
    })
}

fn find_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.60\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn a_locked_version_is_the_one_of_exactly_that_package() {
        assert_eq!(
            find_version(LOCK, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(find_version(LOCK, "wasm"), None);
    }
}
