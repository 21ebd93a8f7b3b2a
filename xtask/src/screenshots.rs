//! `cargo xtask screenshots [FOLDER]`: pictures of the page's main states, for a person to look at.

use crate::build::{self, Profile};
use crate::{process, repo, setup};
use anyhow::{Result, bail};

/// Builds page and relay and takes the pictures; they go below target/ unless a folder is named.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let folder = match args {
        [] => repo::path("target/screenshots"),
        [folder] => std::path::absolute(folder)?,
        _ => bail!("`cargo xtask screenshots` takes a folder or nothing"),
    };
    let browsers = setup::browsers()?;
    let env = setup::page()?;
    let page = build::page(&env)?;
    let relay = build::relay(Profile::Release)?;
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args([
            "run",
            "--quiet",
            "--package",
            "webrtc-steps-pages",
            "--bin",
            "screenshots",
            "--",
        ])
        .arg(folder)
        .env("WEBRTC_STEPS_DIST", page)
        .env("WEBRTC_STEPS_RELAY", relay)
        .env("CHROMIUM", browsers.chromium)
        .env("CHROMEDRIVER", browsers.chromedriver);
    process::run(&mut cargo, "taking pictures")
}
