//! `cargo xtask build`: the release page in dist/ and the relay in target/release/.

use crate::setup::{self, WasmEnv};
use crate::{process, repo, stamp};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Builds both and says where they are.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if let Some(word) = args.first() {
        bail!("`cargo xtask build` takes no argument, and `{word}` was given");
    }
    let env = setup::page()?;
    let page = page(&env)?;
    let relay = relay(Profile::Release)?;
    println!("the page is in {}", page.display());
    println!("the relay is {}", relay.display());
    Ok(())
}

/// How the relay is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build: for `serve`.
    Debug,
    /// What is deployed and what the tests of two tabs run against.
    Release,
}

/// Builds the release page, with hashes in its addresses and compressed copies; gives the folder it is in.
pub(crate) fn page(env: &WasmEnv) -> Result<PathBuf> {
    let dist = plain_page(env)?;
    stamp::run(&dist).context("putting hashes into the page's addresses")?;
    Ok(dist)
}

/// Builds the release page with addresses as they are written; gives the folder it is in.
pub(crate) fn plain_page(env: &WasmEnv) -> Result<PathBuf> {
    let mut trunk = trunk(env)?;
    process::run(
        trunk.args(["build", "--release"]),
        "building the page with trunk",
    )?;
    Ok(folder())
}

/// The folder that the page is built in.
pub(crate) fn folder() -> PathBuf {
    repo::path("dist")
}

/// Builds the relay; gives its path.
pub(crate) fn relay(profile: Profile) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args(["build", "--quiet", "--package", "webrtc-steps-relay"]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    process::run(&mut cargo, "building the relay")?;
    let folder = if profile == Profile::Release {
        "release"
    } else {
        "debug"
    };
    Ok(target_dir().join(folder).join("webrtc-steps-relay"))
}

/// trunk at the top of the repository.
pub(crate) fn trunk(env: &WasmEnv) -> Result<Command> {
    let mut trunk = env.trunk()?;
    // trunk reads NO_COLOR as a flag of its own and refuses the usual value, 1.
    trunk
        .current_dir(repo::root())
        .env_remove("NO_COLOR")
        .args(["--color", "never", "--log", "warn"]);
    Ok(trunk)
}

fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| repo::path("target"), |dir| repo::root().join(dir))
}
