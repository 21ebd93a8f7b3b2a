//! What one test has: a relay, its browsers and tabs, its turn at the processor, and a person's pauses.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::browser::Session;
use crate::env;
use crate::pairing::{Browser, Pairing};
use crate::relay::Relay;
use crate::tab::Tab;

/// Two processors, two tests at work.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Rooms are told apart by number; every test has a relay of its own beside that.
static ROOMS: AtomicU32 = AtomicU32::new(1);
/// What a person takes who reads before clicking.
const READING: Duration = Duration::from_secs(12);

/// Everything a test uses; dropping it ends what it started.
pub struct World {
    pub pairing: Pairing,
    pub relay: Relay,
    tabs: RefCell<Vec<Rc<Tab>>>,
    sessions: RefCell<Vec<Rc<Session>>>,
    turn: Cell<Option<SemaphorePermit<'static>>>,
}

impl World {
    /// Waits for a turn, then starts a relay.
    pub async fn start(pairing: Pairing) -> Result<Self> {
        let turn = TURNS.acquire().await?;
        Ok(Self {
            pairing,
            relay: Relay::start().await?,
            tabs: RefCell::default(),
            sessions: RefCell::default(),
            turn: Cell::new(Some(turn)),
        })
    }

    /// The address of the page with a query.
    pub fn page(&self, query: &str) -> String {
        format!("http://{}/?{query}", self.relay.address())
    }

    /// A room nobody else is in.
    pub fn room(&self) -> String {
        format!("test-{}", ROOMS.fetch_add(1, Ordering::SeqCst))
    }

    /// Opens the tab of the side that offers.
    pub async fn offerer(&self, url: &str) -> Result<Rc<Tab>> {
        self.tab("offerer", self.pairing.offerer, url).await
    }

    /// Opens the tab of the side that answers.
    pub async fn answerer(&self, url: &str) -> Result<Rc<Tab>> {
        self.tab("answerer", self.pairing.answerer, url).await
    }

    /// Opens a tab: the tabs of one browser share its process, as a user's do.
    pub async fn tab(&self, name: &str, browser: Browser, url: &str) -> Result<Rc<Tab>> {
        let session = self.session(browser).await?;
        let tab = Rc::new(Tab::open(name, &session, url).await?);
        self.tabs.borrow_mut().push(Rc::clone(&tab));
        Ok(tab)
    }

    /// A person's pause: as long as `cargo xtask test slow` says, else long enough to lose a browser's patience.
    pub async fn read_for_a_while(&self) -> Result<()> {
        // Others may work meanwhile; waiting for the next turn only makes the pause longer.
        drop(self.turn.take());
        tokio::time::sleep(env::pause().unwrap_or(READING)).await;
        self.turn.set(Some(TURNS.acquire().await?));
        Ok(())
    }

    /// Whether a person pauses before every click in this run.
    pub fn pauses_everywhere(&self) -> bool {
        env::pause().is_some()
    }

    /// Adds to a failure what every tab showed.
    pub async fn explained(&self, result: Result<()>) -> Result<()> {
        let Err(error) = result else { return Ok(()) };
        let mut text = format!("{error:#}");
        let tabs = self.tabs.borrow().clone();
        for tab in tabs {
            text.push('\n');
            text.push_str(&tab.describe().await);
        }
        Err(anyhow!(text))
    }

    /// Ends what the test started; its browsers are free for the next one. One that failed may have left anything behind.
    pub async fn end(self) -> Result<()> {
        drop(self.tabs);
        for session in self.sessions.into_inner() {
            if let Some(session) = Rc::into_inner(session) {
                session.give_back().await?;
            }
        }
        Ok(())
    }

    /// The browser of this kind that this test uses.
    pub async fn session(&self, browser: Browser) -> Result<Rc<Session>> {
        let known = self
            .sessions
            .borrow()
            .iter()
            .find(|session| session.browser == browser)
            .cloned();
        if let Some(session) = known {
            return Ok(session);
        }
        let session = Rc::new(Session::lend(browser).await?);
        self.sessions.borrow_mut().push(Rc::clone(&session));
        Ok(session)
    }
}
