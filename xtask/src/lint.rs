//! `cargo xtask lint`: formatting, clippy, rustdoc and tidiness, cheapest first.

use crate::{process, repo, tidy};
use anyhow::{Result, bail};
use std::time::Instant;

/// Runs all four; the first that finds something ends it.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if let Some(word) = args.first() {
        bail!("`cargo xtask lint` takes no argument, and `{word}` was given");
    }
    timed("tidy", tidy::run)?;
    timed("fmt", || {
        cargo(
            &["fmt", "--all", "--check"],
            "checking the formatting (`cargo fmt` mends it)",
        )
    })?;
    timed("clippy", || {
        let args = [
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ];
        cargo(&args, "running clippy")
    })?;
    timed("doc", || {
        let args = [
            "doc",
            "--quiet",
            "--workspace",
            "--no-deps",
            "--document-private-items",
        ];
        cargo(&args, "building the documentation")
    })
}

fn cargo(args: &[&str], doing: &str) -> Result<()> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args(args)
        .env("RUSTDOCFLAGS", "--deny warnings");
    process::run(&mut cargo, doing)
}

fn timed(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    check()?;
    println!(
        "lint: {name}: nothing found in {:.1} s",
        start.elapsed().as_secs_f32()
    );
    Ok(())
}
