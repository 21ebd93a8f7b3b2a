//! The rings of tests and the commands that run them.

use super::count::Count;
use crate::build::{self, Profile};
use crate::dist;
use crate::setup::{self, Browsers, WasmEnv};
use crate::{process, repo};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// How long all tests of one browser may take together; the runner's own limit is 20 s.
const BROWSER_SECONDS: &str = "900";

/// One ring of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ring {
    Core,
    Relay,
    Browser,
    Tabs,
    Pages,
    Interop,
    Slow,
}

impl Ring {
    /// All rings, cheapest first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Core,
        Self::Relay,
        Self::Browser,
        Self::Tabs,
        Self::Pages,
        Self::Interop,
        Self::Slow,
    ];

    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Relay => "relay",
            Self::Browser => "browser",
            Self::Tabs => "tabs",
            Self::Pages => "pages",
            Self::Interop => "interop",
            Self::Slow => "slow",
        }
    }

    /// What it tests.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Core => "what needs no browser and no socket, natively",
            Self::Relay => "the relay on real sockets",
            Self::Browser => "driver, transports and views in Chromium and in Firefox",
            Self::Tabs => "the page in two tabs, through WebDriver",
            Self::Pages => "the element in other people's pages, for everyone, on a first visit",
            Self::Interop => {
                "the page with other people's signaling servers and WebRTC clients, for real"
            }
            Self::Slow => "the page in two tabs with 30 s before every click",
        }
    }

    /// Runs it and counts; `flags` go to the test runner. An error says why it did not run to its end.
    pub(crate) fn run(self, flags: &[String]) -> Result<Count> {
        match self {
            Self::Core => native(
                &[
                    "webrtc-steps",
                    "webrtc-steps-core",
                    "webrtc-steps-bench",
                    "xtask",
                ],
                flags,
            ),
            Self::Relay => native(&["webrtc-steps-relay"], flags),
            Self::Browser => in_browsers(flags),
            Self::Tabs => two_tabs(flags, None),
            Self::Pages => in_pages(flags),
            Self::Interop => with_others(flags),
            Self::Slow => two_tabs(flags, Some("30")),
        }
    }
}

fn native(packages: &[&str], flags: &[String]) -> Result<Count> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args(["test", "--no-fail-fast"]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    counted(cargo.arg("--").args(flags), "the native tests")
}

fn in_browsers(flags: &[String]) -> Result<Count> {
    let browsers = setup::browsers()?;
    let env = setup::page()?;
    let chromium = in_one_browser(&env, ("CHROMEDRIVER", browsers.chromedriver), flags);
    let firefox = in_one_browser(&env, ("GECKODRIVER", browsers.geckodriver), flags);
    // Both have run, whatever the first one said.
    Ok(chromium? + firefox?)
}

/// Exactly one driver is named: the runner takes the first that it finds.
fn in_one_browser(env: &WasmEnv, driver: (&str, PathBuf), flags: &[String]) -> Result<Count> {
    let mut cargo = env.cargo()?;
    cargo
        .current_dir(repo::root())
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER");
    cargo
        .env(driver.0, driver.1)
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_SECONDS)
        // 6 MB to load instead of 50.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        env.test_runner(),
    );
    cargo.args([
        "test",
        "--no-fail-fast",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo.args([
        "--package",
        "webrtc-steps",
        "--test",
        "browser",
        "--test",
        "panels",
    ]);
    counted(cargo.arg("--").args(flags), "the tests in the browser")
}

fn two_tabs(flags: &[String], pause: Option<&str>) -> Result<Count> {
    let mut cargo = on_the_built_page("webrtc-steps-tabs")?;
    if let Some(seconds) = pause {
        cargo.env("WEBRTC_STEPS_PAUSE", seconds);
    }
    counted(cargo.arg("--").args(flags), "the tests of two tabs")
}

fn in_pages(flags: &[String]) -> Result<Count> {
    let others = setup::pages()?;
    let mut cargo = on_the_built_page("webrtc-steps-pages")?;
    cargo.env("WEBRTC_STEPS_PACKAGE", dist::make(&build::folder())?);
    others.name_in(&mut cargo);
    counted(cargo.arg("--").args(flags), "the tests of pages")
}

fn with_others(flags: &[String]) -> Result<Count> {
    let others = setup::interop()?;
    let mut cargo = on_the_built_page("webrtc-steps-interop")?;
    others.name_in(&mut cargo);
    counted(
        cargo.arg("--").args(flags),
        "the tests with other servers and clients",
    )
}

/// `cargo test` of a package whose tests drive the built page in real browsers.
fn on_the_built_page(package: &str) -> Result<Command> {
    let browsers = setup::browsers()?;
    let env = setup::page()?;
    let page = build::page(&env)?;
    let relay = build::relay(Profile::Release)?;
    let mut cargo = process::cargo();
    cargo
        .current_dir(repo::root())
        .args(["test", "--no-fail-fast", "--package", package]);
    cargo
        .env("WEBRTC_STEPS_DIST", page)
        .env("WEBRTC_STEPS_RELAY", relay);
    name_browsers(&mut cargo, &browsers);
    Ok(cargo)
}

fn name_browsers(command: &mut Command, browsers: &Browsers) {
    command
        .env("CHROMIUM", &browsers.chromium)
        .env("CHROMEDRIVER", &browsers.chromedriver);
    command
        .env("FIREFOX", &browsers.firefox)
        .env("GECKODRIVER", &browsers.geckodriver)
        .env("TURNSERVER", &browsers.turnserver);
}

/// Runs a test command, passing on what it prints and adding up the counts in it.
fn counted(command: &mut Command, what: &str) -> Result<Count> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {what}"))?;
    let output = child
        .stdout
        .take()
        .with_context(|| format!("reading the output of {what}"))?;
    let mut count = Count::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.with_context(|| format!("reading the output of {what}"))?;
        let text = String::from_utf8_lossy(&line);
        writeln!(std::io::stdout(), "{text}").context("printing the tests' output")?;
        count = count + Count::in_line(&text);
    }
    let status = child
        .wait()
        .with_context(|| format!("waiting for {what}"))?;
    if !status.success() && count.failed == 0 {
        bail!("{what} did not run to their end ({status}); {count} before that");
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_without_a_count_is_an_error() {
        assert!(counted(&mut Command::new("false"), "nothing").is_err());
    }
}
