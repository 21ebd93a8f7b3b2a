//! Exercises: guided runs whose steps and results are judged over what happened, and over nothing else.

mod answer;
mod candidates;
mod course;
mod glare;
mod later;
mod relay;
mod seen;
mod tasks;

use serde_json::json;

use crate::command::{Disorder, Switch};
use crate::io::{Millis, Side};
use crate::words::Message;

pub use course::{Course, Outcome, Progress};
pub use seen::{Kept, Now, Seen};

/// One exercise. Its words are `exercise.ID.title`, `.about` (one sentence) and `.lesson` (what was to be seen).
#[derive(Debug)]
pub struct Exercise {
    /// Its name in the page.
    pub id: &'static str,
    /// Given when it starts, and taken back when it ends.
    pub begin: &'static [Deed],
    pub tasks: &'static [Task],
    /// Judges the whole run, once every task is done.
    pub check: fn(&Seen) -> Vec<Finding>,
}

/// One thing to do, or to wait for. Its words are `task.NAME`.
#[derive(Debug)]
pub struct Task {
    pub name: &'static str,
    pub whose: Whose,
    /// Where it is done or can be seen (`data-at`); empty: nowhere in particular.
    pub place: &'static str,
    /// Given when the task's turn comes.
    pub begin: &'static [Deed],
    pub done: fn(&Seen) -> bool,
}

/// Who has to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The user of this page.
    Mine,
    /// The user of the other page.
    Theirs,
    /// Both users.
    Both,
    /// Whoever answers, on either page.
    Answerer,
    /// Nobody: it comes by itself.
    Page,
}

/// What an exercise sets up in this page by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Switches an option of the page.
    Switch(Switch, bool),
    /// A fault on purpose; no disorder ends it, and lets go what it held back.
    Fault {
        side: Side,
        signal: &'static str,
        disorder: Option<Disorder>,
        times: Option<u32>,
    },
}

/// How long a signal is held at most: until the exercise lets it go. In milliseconds.
const HELD: u32 = 600_000;

impl Deed {
    /// Holds back signals of one kind until [`Deed::free`].
    const fn hold(side: Side, signal: &'static str) -> Self {
        let disorder = Some(Disorder::Delay(HELD));
        Self::Fault {
            side,
            signal,
            disorder,
            times: None,
        }
    }

    /// Ends a fault, and lets go what it held back.
    const fn free(side: Side, signal: &'static str) -> Self {
        Self::Fault {
            side,
            signal,
            disorder: None,
            times: None,
        }
    }

    /// Loses the next signal of one kind.
    const fn lose(side: Side, signal: &'static str) -> Self {
        Self::Fault {
            side,
            signal,
            disorder: Some(Disorder::Drop),
            times: Some(1),
        }
    }

    /// As a command of the element and its value.
    pub fn command(&self) -> (&'static str, String) {
        match self {
            Self::Switch(option, on) => (option.name(), if *on { "on" } else { "off" }.to_owned()),
            Self::Fault {
                side,
                signal,
                disorder,
                times,
            } => {
                let ms = match disorder {
                    Some(Disorder::Delay(ms)) => Some(*ms),
                    _ => None,
                };
                let value = json!({
                    "side": if *side == Side::Mine { "mine" } else { "theirs" },
                    "signal": signal,
                    "disorder": disorder.map(Disorder::word),
                    "ms": ms,
                    "times": times,
                });
                ("disturb", value.to_string())
            }
        }
    }

    /// What takes it back.
    fn undone(self) -> Option<Self> {
        match self {
            Self::Switch(option, on) => Some(Self::Switch(option, !on)),
            Self::Fault {
                side,
                signal,
                disorder,
                ..
            } => disorder.map(|_| Self::free(side, signal)),
        }
    }
}

/// One thing that a check looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it was as it should be.
    pub holds: bool,
    /// What was found, with this run's figures.
    pub message: Message,
    /// Where to look (`data-at`).
    pub place: Option<String>,
}

impl Finding {
    fn new(holds: bool, message: Message) -> Self {
        Self {
            holds,
            message,
            place: None,
        }
    }

    /// Leads to an event of the record.
    fn seen_at(mut self, kept: Option<&Kept>) -> Self {
        self.place = kept.map(|kept| format!("event-{}", kept.number));
        self
    }

    /// Leads to a panel or a step.
    fn at(mut self, place: &str) -> Self {
        self.place = Some(place.to_owned());
        self
    }
}

/// All exercises, in the order in which they are offered.
pub const EXERCISES: [Exercise; 10] = [
    glare::WITHOUT_ROLES,
    glare::WITH_ROLES,
    answer::LOST,
    candidates::BEFORE_DESCRIPTION,
    candidates::TRICKLE_OR_WAIT,
    later::RESTART,
    later::CHANNEL,
    later::TRACK,
    relay::NOWHERE,
    relay::THROUGH,
];

/// The exercise of this name.
pub fn of_name(id: &str) -> Option<&'static Exercise> {
    static ALL: [Exercise; 10] = EXERCISES;
    ALL.iter().find(|exercise| exercise.id == id)
}

/// Whole milliseconds between two moments.
fn ms(from: Millis, to: Millis) -> String {
    format!("{:.0}", (to - from).max(0.0))
}
