//! What a row is judged with: the facts, the time, patience, and the making of a diagnosis.

use std::borrow::Cow;
use std::cell::Cell;

use super::known::Known;
use super::{Also, Diagnosis, Judged, Owner, Tone};
use crate::io::{Millis, Role};
use crate::settings::Mode;
use crate::step::STEPS;
use crate::words::{Message, say};

/// The facts at one moment.
pub(super) struct Judging<'a> {
    pub(super) known: &'a Known,
    now: Millis,
    deadline: Cell<Option<Millis>>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(known: &'a Known, now: Millis) -> Self {
        Self {
            known,
            now,
            deadline: Cell::new(None),
        }
    }

    /// Whether a fact has held for so many milliseconds; if not, when it will is a deadline.
    pub(super) fn past(&self, since: Millis, patience: Millis) -> bool {
        let at = since + patience;
        if self.now >= at {
            return true;
        }
        let first = self.deadline.get().is_none_or(|first| at < first);
        if first {
            self.deadline.set(Some(at));
        }
        false
    }

    /// The next moment a row waits for.
    pub(super) fn deadline(&self) -> Option<Millis> {
        self.deadline.get()
    }

    /// How long ago something was, in whole seconds.
    pub(super) fn seconds_since(&self, at: Millis) -> u64 {
        seconds(self.now - at)
    }

    /// Whether the page takes the steps by itself.
    pub(super) fn is_auto(&self) -> bool {
        self.known.run.mode == Mode::Auto.word()
    }

    /// This side's step that a command takes.
    pub(super) fn step_of(&self, command: &str) -> Option<u8> {
        let role = self.known.role;
        let mut mine = STEPS.iter().filter(|step| {
            let takes = step.command.is_some_and(|known| known.name() == command);
            takes && step.actor.whose(role) == crate::step::Whose::Mine
        });
        mine.next().map(|step| step.number)
    }

    /// The step in which candidates of one side are sent.
    pub(super) fn candidates_step(&self, mine: bool) -> u8 {
        let offers = self.known.role != Some(Role::Answerer);
        if offers == mine { 25 } else { 22 }
    }

    /// A diagnosis of a row that has held since then; its sentences are those of the catalogue under its name.
    pub(super) fn found(&self, row: &'static str, since: Millis, whose: Owner) -> Diagnosis {
        let sentence = |part: &str| Message {
            id: Cow::Owned(format!("diagnosis.{}.{}", row.to_ascii_lowercase(), part)),
            args: Vec::new(),
        };
        Diagnosis {
            row,
            tone: Tone::Stuck,
            since,
            title: sentence("title"),
            why: sentence("why"),
            advice: sentence("advice"),
            facts: Vec::new(),
            whose,
            step: None,
            mend: None,
            count: 0,
            also: None,
            explains: &[],
        }
    }
}

impl Diagnosis {
    pub(super) fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    pub(super) fn step(mut self, step: impl Into<Option<u8>>) -> Self {
        self.step = step.into();
        self
    }

    pub(super) fn mend(mut self, command: &'static str) -> Self {
        self.mend = Some(command);
        self
    }

    pub(super) fn explains(mut self, causes: &'static [&'static str]) -> Self {
        self.explains = causes;
        self
    }

    /// Fills a hole of the three sentences.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        for message in [&mut self.title, &mut self.why, &mut self.advice] {
            message.args.push((Cow::Borrowed(name), value.clone()));
        }
        self
    }

    /// A fact as it is in a run that works.
    pub(super) fn good(self, label: &'static str, value: impl ToString) -> Self {
        self.judged(label, say("fact.state").with("state", value), true)
    }

    /// A fact as it is not in a run that works.
    pub(super) fn bad(self, label: &'static str, value: impl ToString) -> Self {
        self.judged(label, say("fact.state").with("state", value), false)
    }

    pub(super) fn judged(mut self, label: &'static str, value: Message, good: bool) -> Self {
        self.facts.push(Judged {
            label: Message::new(label),
            value,
            good,
        });
        self
    }

    pub(super) fn also(mut self, step: u8, says: Message) -> Self {
        self.also = Some(Also { step, says });
        self
    }
}

/// Whole seconds of a time in milliseconds; none below zero.
fn seconds(ms: Millis) -> u64 {
    (ms.max(0.0) / 1000.0) as u64
}
