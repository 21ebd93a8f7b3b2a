//! The browsers and drivers of the tests: those that are there, else Debian's, and geckodriver from crates.io.

use super::{debian, tools};
use crate::process;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// Where the browsers, their WebDriver programs and the TURN server are.
pub(crate) struct Browsers {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
    pub(crate) firefox: PathBuf,
    pub(crate) geckodriver: PathBuf,
    pub(crate) turnserver: PathBuf,
}

/// A program that can be named by an environment variable, found on PATH, or installed.
struct Program {
    variable: &'static str,
    names: &'static [&'static str],
    package: &'static str,
}

const CHROMIUM: Program = Program {
    variable: "CHROMIUM",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    package: "chromium",
};
const CHROMEDRIVER: Program = Program {
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
    package: "chromium-driver",
};
const FIREFOX: Program = Program {
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};
const TURNSERVER: Program = Program {
    variable: "TURNSERVER",
    names: &["turnserver"],
    package: "coturn",
};
const GECKODRIVER: Program = Program {
    variable: "GECKODRIVER",
    names: &["geckodriver"],
    package: "geckodriver",
};

impl Program {
    fn find(&self) -> Option<PathBuf> {
        let named = std::env::var_os(self.variable).filter(|value| !value.is_empty());
        named
            .map(PathBuf::from)
            .or_else(|| process::find_on_path(self.names))
    }

    fn found(&self) -> Result<PathBuf> {
        self.find().with_context(|| {
            format!(
                "{} is installed, but {} is not on PATH. Set {} to its path",
                self.package,
                self.names.join(" or "),
                self.variable
            )
        })
    }
}

/// Finds or installs all of them.
pub(crate) fn ready() -> Result<Browsers> {
    install_missing(&[CHROMIUM, CHROMEDRIVER, FIREFOX, TURNSERVER])?;
    let geckodriver = match GECKODRIVER.find() {
        Some(path) => path,
        None => tools::ready(&tools::geckodriver())?.join("geckodriver"),
    };
    Ok(Browsers {
        chromium: CHROMIUM.found()?,
        chromedriver: CHROMEDRIVER.found()?,
        firefox: FIREFOX.found()?,
        geckodriver,
        turnserver: TURNSERVER.found()?,
    })
}

fn install_missing(programs: &[Program]) -> Result<()> {
    let missing: Vec<&Program> = programs
        .iter()
        .filter(|program| program.find().is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|program| program.package).collect();
    if !debian::has_apt() {
        bail!(
            "the tests need {}, and this machine has no apt-get. Install them, or set {} to their paths",
            packages.join(", "),
            missing
                .iter()
                .map(|program| program.variable)
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    debian::install(
        &packages,
        "the tests open the page in real browsers, with a TURN server on this machine",
    )?;
    if packages.contains(&TURNSERVER.package) {
        debian::stop_service("coturn");
    }
    Ok(())
}
