//! Where the page, the relay, the browsers and their drivers are: `cargo xtask test` says so in the environment.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::pairing::Browser;

/// The built page.
pub(crate) fn page() -> Result<PathBuf> {
    path("WEBRTC_STEPS_DIST")
}

/// The relay's program.
pub(crate) fn relay() -> Result<PathBuf> {
    path("WEBRTC_STEPS_RELAY")
}

/// The program of a browser.
pub(crate) fn browser(browser: Browser) -> Result<PathBuf> {
    path(match browser {
        Browser::Chromium => "CHROMIUM",
        Browser::Firefox => "FIREFOX",
    })
}

/// The WebDriver program of a browser.
pub(crate) fn driver(browser: Browser) -> Result<PathBuf> {
    path(match browser {
        Browser::Chromium => "CHROMEDRIVER",
        Browser::Firefox => "GECKODRIVER",
    })
}

/// The program of a TURN server.
pub(crate) fn turnserver() -> Result<PathBuf> {
    path("TURNSERVER")
}

/// The pause before every click that `cargo xtask test slow` asks for.
pub(crate) fn pause() -> Option<Duration> {
    let seconds = std::env::var("WEBRTC_STEPS_PAUSE").ok()?;
    seconds.trim().parse().ok().map(Duration::from_secs)
}

fn path(name: &str) -> Result<PathBuf> {
    std::env::var_os(name)
        .map(PathBuf::from)
        .with_context(|| format!("{name} is not set, so nothing was tested. Run `cargo xtask test`, which builds the page and finds the browsers"))
}
