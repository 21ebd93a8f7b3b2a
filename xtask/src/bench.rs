//! `cargo xtask bench`: how long a connection takes on this page beside a plain one, on the same relay and browser.

use crate::build::{self, Profile};
use crate::{process, repo, setup, stamp};
use anyhow::{Context, Result};
use std::path::Path;

/// Builds page and relay and measures; the arguments go to the bench. It prints figures and passes no verdict.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let browsers = setup::browsers()?;
    let env = setup::page()?;
    let page = build::plain_page(&env)?;
    let relay = build::relay(Profile::Release)?;
    let both = repo::path("target/bench");
    if both.exists() {
        std::fs::remove_dir_all(&both).context("removing the pages of an earlier bench")?;
    }
    copy(&page, &both)?;
    // One relay serves both pages, so they are of one origin and have the same headers.
    copy(&repo::path("tests/bench/plain"), &both.join("plain"))?;
    add_visit(&both)?;
    add_visit(&both.join("plain"))?;
    // What the one page gains by its build the other has as well.
    stamp::run(&both).context("putting hashes into the pages' addresses")?;
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args(["run", "--quiet", "--package", "webrtc-steps-bench", "--"])
        .args(args)
        .env("WEBRTC_STEPS_DIST", both)
        .env("WEBRTC_STEPS_RELAY", relay)
        .env("CHROMIUM", browsers.chromium)
        .env("CHROMEDRIVER", browsers.chromedriver)
        .env("FIREFOX", browsers.firefox)
        .env("GECKODRIVER", browsers.geckodriver);
    process::run(&mut cargo, "measuring")
}

/// Lays `visit.html` beside a page: the same, watched by a script from its first moment.
fn add_visit(folder: &Path) -> Result<()> {
    let doing = || format!("making a page for first visits in {}", folder.display());
    let page = std::fs::read_to_string(folder.join("index.html")).with_context(doing)?;
    let watched = page.replacen(
        "<head>",
        "<head>\n  <script src=\"./watch.js\"></script>",
        1,
    );
    std::fs::write(folder.join("visit.html"), watched).with_context(doing)?;
    let script = repo::path("tests/bench/src/watch.js");
    std::fs::copy(script, folder.join("watch.js")).with_context(doing)?;
    Ok(())
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let doing = || format!("copying {} to {}", from.display(), to.display());
    std::fs::create_dir_all(to).with_context(doing)?;
    for entry in std::fs::read_dir(from).with_context(doing)? {
        let entry = entry.with_context(doing)?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).with_context(doing)?;
        }
    }
    Ok(())
}
