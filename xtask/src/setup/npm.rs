//! Packages from npm that tests use, as a lock file names them: installed once, into the cache, and linked beside the tests.

use super::tools;
use crate::{process, repo};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of this repository with a `package.json` and its lock file.
pub(super) struct Packages {
    /// What its folder in the cache begins with.
    pub(super) name: &'static str,
    pub(super) folder: PathBuf,
    pub(super) what: &'static str,
    pub(super) why: &'static str,
}

/// What the ring `pages` looks at the page with, and what its foreign pages are made of.
pub(super) fn of_pages() -> Packages {
    Packages {
        name: "pages-npm",
        folder: repo::path("tests/pages"),
        what: "axe-core, Vite, React and others from npm",
        why: "the pages that hold the element are made with them, and axe-core judges what they show",
    }
}

/// Installs them if they are missing; gives their folder `node_modules`.
pub(super) fn ready(packages: &Packages) -> Result<PathBuf> {
    let wanted = ["package.json", "package-lock.json"];
    let folder = &packages.folder;
    let dir = tools::stamped(
        packages.name,
        folder,
        &wanted,
        (packages.what, packages.why),
        |partial, log| {
            for file in wanted {
                fs::copy(folder.join(file), partial.join(file))
                    .with_context(|| format!("copying {file}"))?;
            }
            let mut npm = tools::npm(packages.why)?;
            npm.current_dir(partial)
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            process::run_logged(&mut npm, "installing with npm", log)
        },
    )?;
    let modules = dir.join("node_modules");
    link(&modules, &folder.join("node_modules"))?;
    Ok(modules)
}

/// The program of Node.js.
pub(super) fn node() -> Result<PathBuf> {
    process::find_on_path(&["node", "nodejs"])
        .context("there is no node on PATH. Install Node.js 20 or newer")
}

/// Node.js looks for packages beside the script that wants them.
fn link(to: &Path, from: &Path) -> Result<()> {
    if fs::read_link(from).is_ok_and(|target| target == to) {
        return Ok(());
    }
    if from.symlink_metadata().is_ok() {
        fs::remove_file(from)
            .with_context(|| format!("removing the old link {}", from.display()))?;
    }
    std::os::unix::fs::symlink(to, from).with_context(|| format!("making {}", from.display()))
}
