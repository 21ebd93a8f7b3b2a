//! A page: its session, its browser, its link, and everything its session told.

use webrtc_steps_core::io::{Effect, Event, Fault, Input, Operation, What};
use webrtc_steps_core::settings::Start;
use webrtc_steps_core::tabs::TabRoom;
use webrtc_steps_core::{Output, Session};

use super::browser::Connection;
use super::sdp::Engine;
use super::watch::Watch;

/// When the clock of every page began, in milliseconds since 1970.
const EPOCH: f64 = 1_700_000_000_000.0;

/// One page with its session.
pub(crate) struct Side {
    pub(crate) name: char,
    pub(crate) engine: Engine,
    pub(crate) session: Session,
    pub(crate) events: Vec<Event>,
    pub(crate) watch: Watch,
    pub(crate) connection: Option<Connection>,
    pub(crate) link: Option<(u32, Carrier)>,
    /// Counts the deadlines asked for.
    pub(crate) wakes: u64,
    pub(crate) clipboard: String,
    /// What the browser will refuse once, whatever the state.
    pub(crate) refusals: Vec<(Operation, Fault)>,
    /// The page is closed: nothing reaches it.
    pub(crate) gone: bool,
}

/// What carries the frames of a link.
pub(crate) enum Carrier {
    Socket(usize),
    Tabs { room: String, tab: TabRoom },
    Hand,
}

/// No input leads to more than this; what says everything again is the longest.
const MOST_OUTPUTS: usize = 4_096;

impl Side {
    pub(crate) fn new(index: usize, engine: Engine, seed: u64) -> Self {
        let index = u8::try_from(index).expect("few sides");
        let start = Start {
            fields: Vec::new(),
            https: false,
            line: true,
            epoch: EPOCH,
            ..Start::default()
        };
        let mut side = Self {
            name: char::from(b'a' + index),
            engine,
            session: Session::new(
                start,
                seed.wrapping_mul(31).wrapping_add(u64::from(index) * 2 + 1),
            ),
            events: Vec::new(),
            watch: Watch::new(),
            connection: None,
            link: None,
            wakes: 0,
            clipboard: String::new(),
            refusals: Vec::new(),
            gone: false,
        };
        side.drain();
        side
    }

    /// Hands an input to the session; what it tells is kept and checked, what it orders comes back.
    pub(crate) fn take(&mut self, now: f64, input: Input) -> Vec<Effect> {
        let shown = format!("{input:?}");
        self.session.handle(now, input);
        let effects = self.drain();
        if let Err(broken) = self.watch.steps() {
            panic!("{} after {shown}: {broken}", self.name);
        }
        effects
    }

    /// The text that waits to be carried to the other side by hand.
    pub(crate) fn to_carry(&self) -> Option<&str> {
        self.events
            .iter()
            .rev()
            .find_map(|event| match &event.what {
                What::SignalToCarry { text } => Some(text.as_str()),
                _ => None,
            })
    }

    fn drain(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for count in 0.. {
            assert!(count < MOST_OUTPUTS, "{} never stops", self.name);
            match self.session.poll() {
                None => break,
                Some(Output::Effect(effect)) => effects.push(effect),
                Some(Output::Event(event)) => {
                    if let Err(broken) = self.watch.event(&event) {
                        panic!("{} told {event:?}: {broken}", self.name);
                    }
                    self.events.push(event);
                }
            }
        }
        effects
    }
}
