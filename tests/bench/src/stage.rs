//! What the runs of one browser share: the browser, the relay that serves both pages, and fresh tabs on either.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::pairing::{Browser, CHROMIUM, FIREFOX, Pairing};
use webrtc_steps_tabs::tab::{DEADLINE, Tab};
use webrtc_steps_tabs::world::World;

/// Between two looks at a page that loads.
const LOOK: Duration = Duration::from_millis(20);

/// One of the two pages that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Plain,
    Ours,
}

impl Page {
    /// Its name in what is printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Ours => "ours",
        }
    }
}

/// Two tabs of this browser.
pub(crate) fn pairing(browser: Browser) -> Pairing {
    match browser {
        Browser::Chromium => CHROMIUM,
        Browser::Firefox => FIREFOX,
    }
}

/// A browser and a relay. Dropping it ends both.
pub(crate) struct Stage {
    browser: Browser,
    world: World,
}

impl Stage {
    /// Starts them.
    pub(crate) async fn open(browser: Browser) -> Result<Self> {
        let world = World::start(pairing(browser)).await?;
        Ok(Self { browser, world })
    }

    /// A room that nobody was in.
    pub(crate) fn room(&self) -> String {
        self.world.room()
    }

    /// A new tab on a page, ready to join this room.
    pub(crate) async fn tab(&self, name: &str, page: Page, room: &str) -> Result<Rc<Tab>> {
        let idle = self.world.page("");
        let tab = self.world.tab(name, self.browser, &idle).await?;
        // What the tests put into a tab must be gone when a page is timed, so the page is loaded afresh.
        let address = self.address(page, room);
        tab.eval("location.assign(arguments[0]);", vec![json!(address)])
            .await?;
        let until = Instant::now() + DEADLINE;
        loop {
            // A script that meets the change of pages fails; the next one finds the new page.
            let ready = tab
                .eval(include_str!("ready.js"), vec![json!(address)])
                .await;
            if matches!(ready, Ok(Value::Bool(true))) {
                return Ok(tab);
            }
            ensure!(
                Instant::now() < until,
                "{}: the {} page cannot be told to join: {ready:?}",
                tab.name,
                page.name()
            );
            tokio::time::sleep(LOOK).await;
        }
    }

    fn address(&self, page: Page, room: &str) -> String {
        match page {
            Page::Plain => format!("http://{}/plain/?room={room}", self.world.relay.address()),
            Page::Ours => self.world.page(&format!("mode=auto&room={room}")),
        }
    }
}
