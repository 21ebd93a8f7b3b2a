//! A browser under WebDriver: its driver program, one session, and the windows of it.

use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::{Capabilities, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::children::Program;
use crate::console;
use crate::env;
use crate::pairing::Browser;

/// Browsers between two tests: starting one costs more than most tests do.
static FREE: std::sync::Mutex<Vec<Session>> = std::sync::Mutex::new(Vec::new());
/// A driver may ask for a port this many times.
const PORTS: u32 = 6;
/// How long a browser that was killed may take to be gone.
const LAST_WRITES: Duration = Duration::from_secs(5);
/// A browser serves this many tests.
const TESTS: u32 = 15;

/// One browser process. Dropping it ends the browser and its driver.
#[derive(Debug)]
pub struct Session {
    pub browser: Browser,
    client: Client,
    /// The empty tab it came with: the browser ends with its last one, and new ones are opened from it.
    home: WindowHandle,
    /// Which window the session drives now; a session drives one at a time.
    current: Mutex<Option<WindowHandle>>,
    tests: u32,
    _driver: Program,
    _profile: TempDir,
}

/// The session, driving one window until this is dropped.
pub struct Driving<'a> {
    pub client: &'a Client,
    _turn: MutexGuard<'a, Option<WindowHandle>>,
}

impl Session {
    /// Starts a headless browser.
    async fn start(browser: Browser) -> Result<Self> {
        let profile = profile().context("making a folder for a browser's profile")?;
        let (driver, port) = start_driver(browser, &profile).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(browser, &profile)?)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .with_context(|| {
                format!(
                    "starting {browser} through its driver, which said: {}",
                    driver.said()
                )
            })?;
        let home = client.window().await.context("finding the first tab")?;
        Ok(Self {
            browser,
            client,
            home,
            current: Mutex::new(None),
            tests: 0,
            _driver: driver,
            _profile: profile,
        })
    }

    /// Lends a browser that has no tab open: one that is free, else a new one.
    pub(crate) async fn lend(browser: Browser) -> Result<Self> {
        match take_free(browser) {
            Some(session) => Ok(session),
            None => Self::start(browser).await,
        }
    }

    /// Closes its tabs and makes it free for another test, unless it has served long enough.
    pub(crate) async fn give_back(mut self) -> Result<()> {
        self.tests += 1;
        if self.tests >= TESTS {
            return Ok(());
        }
        for window in self.client.windows().await? {
            if window != self.home {
                self.drive(&window).await?.client.close_window().await?;
                self.forget_window().await;
            }
        }
        if self.browser == Browser::Chromium {
            // What this test's pages caused is not the next one's.
            console::chromium(&self.client).await?;
        }
        free().push(self);
        Ok(())
    }

    /// A new tab.
    pub async fn open_tab(&self) -> Result<WindowHandle> {
        let driving = self.drive(&self.home).await?;
        let made = driving.client.new_window(true).await;
        Ok(made.context("opening a tab")?.handle)
    }

    /// Drives this window.
    pub async fn drive(&self, window: &WindowHandle) -> Result<Driving<'_>> {
        let mut current = self.current.lock().await;
        if current.as_ref() != Some(window) {
            *current = None;
            self.client
                .switch_to_window(window.clone())
                .await
                .context("switching to a tab")?;
            *current = Some(window.clone());
        }
        Ok(Driving {
            client: &self.client,
            _turn: current,
        })
    }

    /// The window being driven is gone.
    pub async fn forget_window(&self) {
        *self.current.lock().await = None;
    }
}

/// Starts a driver; gives the port it listens on.
async fn start_driver(browser: Browser, profile: &TempDir) -> Result<(Program, String)> {
    let (arguments, marker) = match browser {
        Browser::Chromium => (vec!["--port=0".to_owned()], "successfully on port "),
        Browser::Firefox => (gecko_arguments(profile), "Listening on 127.0.0.1:"),
    };
    for _ in 0..PORTS {
        let mut driver = Program::start(&env::driver(browser)?, &arguments)?;
        match driver.line_after(marker).await {
            Ok(port) => return Ok((driver, port.trim_end_matches('.').to_owned())),
            // chromedriver takes a free IPv6 port and wants the same number for IPv4, which may be in use.
            Err(_) if driver.said().contains("Address already in use") => {}
            Err(error) => return Err(error),
        }
    }
    bail!("the driver of {browser} found no free port {PORTS} times")
}

fn take_free(browser: Browser) -> Option<Session> {
    let mut free = free();
    let place = free.iter().position(|one| one.browser == browser)?;
    Some(free.swap_remove(place))
}

/// Ends the browsers that nobody uses.
pub(crate) fn end_free_ones() {
    free().clear();
    remove_profiles();
}

/// Removes what browsers that were killed have left; a dying one still writes for a moment.
pub(crate) fn remove_profiles() {
    let until = Instant::now() + LAST_WRITES;
    while std::fs::remove_dir_all(profiles()).is_err() && profiles().exists() {
        if Instant::now() > until {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The folder of all profiles of this run.
fn profiles() -> PathBuf {
    std::env::temp_dir().join(format!("webrtc-steps-tabs-{}", std::process::id()))
}

fn profile() -> std::io::Result<TempDir> {
    std::fs::create_dir_all(profiles())?;
    TempDir::new_in(profiles())
}

fn free() -> std::sync::MutexGuard<'static, Vec<Session>> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn gecko_arguments(profile: &TempDir) -> Vec<String> {
    let root = profile.path().to_string_lossy().into_owned();
    ["--port", "0", "--websocket-port", "0", "--profile-root"]
        .map(str::to_owned)
        .into_iter()
        .chain([root])
        .collect()
}

fn capabilities(browser: Browser, profile: &TempDir) -> Result<Capabilities> {
    let program = env::browser(browser)?;
    let capabilities = match browser {
        Browser::Chromium => json!({
            "goog:chromeOptions": {"binary": program, "args": chromium_arguments(profile)},
            "goog:loggingPrefs": {"browser": "ALL"},
        }),
        Browser::Firefox => json!({
            "moz:firefoxOptions": {
                "binary": program,
                "args": ["-headless", "-width", "1440", "-height", "1000"],
                "prefs": {"app.normandy.enabled": false},
            },
        }),
    };
    serde_json::from_value(capabilities).context("writing a browser's capabilities")
}

fn chromium_arguments(profile: &TempDir) -> Vec<String> {
    let folder = format!("--user-data-dir={}", profile.path().display());
    [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--window-size=1440,1000",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([folder])
    .collect()
}
