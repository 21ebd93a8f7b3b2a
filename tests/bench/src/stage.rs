//! What the runs of one browser share: the browser, the relay, and fresh tabs on either page.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::browser::Session;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::relay::Relay;
use webrtc_steps_tabs::tab::{DEADLINE, Tab};

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

    fn address(self, relay: &Relay, room: &str) -> String {
        let origin = format!("http://{}", relay.address());
        match self {
            Self::Plain => format!("{origin}/plain/?room={room}"),
            Self::Ours => format!("{origin}/?mode=auto&room={room}"),
        }
    }
}

/// A browser with one tab kept open, so that it lives on while others come and go, and a relay that serves both pages.
pub(crate) struct Stage {
    session: Rc<Session>,
    relay: Relay,
    _kept: Tab,
}

impl Stage {
    pub(crate) async fn open(browser: Browser) -> Result<Self> {
        let relay = Relay::start().await?;
        let session = Session::start(browser).await?;
        let kept = Tab::open("kept", &session, &idle(&relay)).await?;
        Ok(Self {
            session,
            relay,
            _kept: kept,
        })
    }

    /// A new tab on a page, ready to join this room.
    pub(crate) async fn tab(&self, name: &str, page: Page, room: &str) -> Result<Tab> {
        let tab = Tab::open(name, &self.session, &idle(&self.relay)).await?;
        // Nothing of what a tab has for the tests may be left when a page is timed, so the page is loaded afresh.
        let address = page.address(&self.relay, room);
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
}

/// Our page, contacting nobody.
fn idle(relay: &Relay) -> String {
    format!("http://{}/?room=idle", relay.address())
}
