//! The first visit and the second: from navigation to a join that can be clicked, and on to an open channel.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fantoccini::wd::WindowHandle;
use serde::Deserialize;
use serde_json::Value;
use webrtc_steps_tabs::browser::Session;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::tab::DEADLINE;
use webrtc_steps_tabs::world::World;

use crate::figures::{Quartiles, drift};
use crate::stage::{Page, pairing};

/// Between two looks at a page that connects.
const LOOK: Duration = Duration::from_millis(20);
/// What is measured, in the order of [`Measured`].
const ROWS: [&str; 4] = [
    "cold: join can be clicked",
    "cold: channel open",
    "warm: join can be clicked",
    "warm: channel open",
];

/// In ms after the navigation began, oldest first, by row; for the plain page and for ours.
#[derive(Default)]
pub(crate) struct Measured {
    plain: [Vec<f64>; 4],
    ours: [Vec<f64>; 4],
}

/// When a page got where, in ms after its navigation began.
#[derive(Deserialize)]
struct Reached {
    usable: f64,
    open: f64,
}

/// Visits both pages so many times, after one round that is not counted.
pub(crate) async fn measure(browser: Browser, runs: usize) -> Result<Measured> {
    let mut measured = Measured::default();
    for round in 0..=runs {
        // A relay of its own is an address that the browser has kept nothing of.
        let world = World::start(pairing(browser)).await?;
        let pages = if round.is_multiple_of(2) {
            [Page::Plain, Page::Ours]
        } else {
            [Page::Ours, Page::Plain]
        };
        for page in pages {
            let mut times = Vec::new();
            for visit in ["cold", "warm"] {
                let reached = once(&world, browser, page).await;
                let reached = reached
                    .with_context(|| format!("a {visit} visit of the {} page", page.name()))?;
                times.extend([reached.usable, reached.open]);
            }
            if round > 0 {
                measured.add(page, &times);
            }
        }
        world.end().await?;
    }
    Ok(measured)
}

/// One visit, with somebody in the room already.
async fn once(world: &World, browser: Browser, page: Page) -> Result<Reached> {
    let session = world.session(browser).await?;
    let room = world.room();
    let address = world.relay.address();
    // The same page under another name: what that loads is not kept for this one.
    let waiting = format!("localhost:{}", address.port());
    let other = Tab::open(&session, &url(&waiting, page, &room)).await?;
    other.until("return (document.querySelector('webrtc-steps') ?? document.body).dataset.role === 'answerer';").await?;
    let own = Tab::open(&session, &url(&address.to_string(), page, &room)).await?;
    let reached = own
        .until("return window.benchVisit?.open && window.benchVisit;")
        .await?;
    own.close().await?;
    other.close().await?;
    Ok(serde_json::from_value(reached)?)
}

fn url(host: &str, page: Page, room: &str) -> String {
    match page {
        Page::Plain => format!("http://{host}/plain/visit.html?room={room}"),
        Page::Ours => format!("http://{host}/visit.html?mode=auto&room={room}"),
    }
}

/// A tab that nothing is put into.
struct Tab<'a> {
    session: &'a Rc<Session>,
    window: WindowHandle,
}

impl<'a> Tab<'a> {
    async fn open(session: &'a Rc<Session>, url: &str) -> Result<Self> {
        let window = session.open_tab().await?;
        let tab = Self { session, window };
        let driving = tab.session.drive(&tab.window).await?;
        let loaded = driving.client.goto(url).await;
        loaded.with_context(|| format!("loading {url}"))?;
        drop(driving);
        Ok(tab)
    }

    /// Waits until a script answers with something that is true; gives that.
    async fn until(&self, script: &str) -> Result<Value> {
        let until = Instant::now() + DEADLINE;
        loop {
            let driving = self.session.drive(&self.window).await?;
            let value = driving.client.execute(script, vec![]).await?;
            drop(driving);
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(value);
            }
            ensure!(Instant::now() < until, "waited in vain: {script}");
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn close(self) -> Result<()> {
        self.session
            .drive(&self.window)
            .await?
            .client
            .close_window()
            .await?;
        self.session.forget_window().await;
        Ok(())
    }
}

impl Measured {
    fn add(&mut self, page: Page, times: &[f64]) {
        let rows = match page {
            Page::Plain => &mut self.plain,
            Page::Ours => &mut self.ours,
        };
        for (row, time) in rows.iter_mut().zip(times) {
            row.push(*time);
        }
    }

    /// Prints the figures; they are no verdict.
    pub(crate) fn print(&self, browser: Browser) {
        let runs = self.plain.iter().map(Vec::len).max().unwrap_or_default();
        println!(
            "{browser}: from navigation to a join that can be clicked, and with a click at once to the channel, {runs} \
             visits of each page, in ms: median (quartiles)"
        );
        println!(
            "  {:28} {:>20} {:>20} {:>8} {:>8}",
            "visit", "plain", "ours", "ratio", "noise"
        );
        for ((name, plain), ours) in ROWS.iter().zip(&self.plain).zip(&self.ours) {
            let shown = |times: Quartiles| {
                format!(
                    "{:.0} ({:.0}-{:.0})",
                    times.median, times.lower, times.upper
                )
            };
            let noise = drift(plain);
            let (plain, ours) = (Quartiles::of(plain), Quartiles::of(ours));
            println!(
                "  {name:28} {:>20} {:>20} {:>8.2} {noise:>8.2}",
                shown(plain),
                shown(ours),
                ours.median / plain.median
            );
        }
    }
}
