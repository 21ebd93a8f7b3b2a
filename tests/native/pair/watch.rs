//! What must hold after every event, whatever happened: the contract of steps, words for everything, a record that reads back, no secret anywhere.

use std::collections::{BTreeMap, BTreeSet};

use webrtc_steps_core::io::{Event, Role, What};
use webrtc_steps_core::record;
use webrtc_steps_core::step::{Evidence, STEPS, Status, Whose};
use webrtc_steps_core::timeline;

use super::{catalogue, types};

/// A secret that tests type into the form: no event may hold it.
pub(crate) const CREDENTIAL: &str = "correct-horse-battery";
/// The username that goes with it. It is not told either.
pub(crate) const USERNAME: &str = "turn-user-of-this-test";

/// Folds the events of one session as a view does.
#[derive(Default)]
pub(crate) struct Watch {
    steps: BTreeMap<u8, (Status, Whose, Option<Evidence>)>,
    controls: BTreeMap<&'static str, bool>,
    role: Option<Role>,
    at: f64,
    attempt: u32,
    ended: BTreeSet<u32>,
}

impl Watch {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Takes one event; the error names the promise it breaks.
    pub(crate) fn event(&mut self, event: &Event) -> Result<(), String> {
        let data = timeline::json(event);
        catalogue::check(&data)?;
        types::check(&data)?;
        let text = data.to_string();
        // An endless time is no JSON; a clock that tells it is a test's invention.
        if event.at.is_finite() {
            let back = record::read_event(&text)?;
            ensure(timeline::json(&back) == data, || {
                format!("it reads back as {}", timeline::json(&back))
            })?;
        }
        for secret in [CREDENTIAL, USERNAME, "token-of-"] {
            ensure(!text.contains(secret), || {
                format!("it holds the secret {secret}")
            })?;
        }
        ensure(data["kind"] != "other", || {
            "it has no data of its own".to_owned()
        })?;
        ensure(event.at >= self.at, || {
            format!("time runs backwards from {}", self.at)
        })?;
        ensure(event.attempt >= self.attempt, || {
            "an older attempt speaks".to_owned()
        })?;
        (self.at, self.attempt) = (event.at, event.attempt);
        match &event.what {
            What::Step {
                step,
                status,
                whose,
                evidence,
                ..
            } => {
                self.steps.insert(*step, (*status, *whose, *evidence));
            }
            What::Control {
                command,
                available,
                reason,
            } => {
                ensure(*available == reason.is_none(), || {
                    format!("{command} is off without a reason")
                })?;
                self.controls.insert(command, *available);
            }
            What::Role { role, .. } => self.role = *role,
            What::Outcome { ticket, .. } => {
                ensure(self.ended.insert(*ticket), || {
                    format!("ticket {ticket} ended twice")
                })?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What holds between inputs, when everything was told.
    pub(crate) fn steps(&self) -> Result<(), String> {
        ensure(self.steps.len() == STEPS.len(), || {
            "not every step was told".to_owned()
        })?;
        let of = |status| self.steps.iter().filter(move |(_, step)| step.0 == status);
        ensure(of(Status::Next).count() <= 1, || {
            "two steps are next".to_owned()
        })?;
        for (number, (status, whose, evidence)) in &self.steps {
            let mine = *whose == Whose::Mine;
            let active = matches!(status, Status::Next | Status::Possible);
            ensure(!active || mine, || {
                format!("step {number} of somebody else is offered")
            })?;
            ensure(evidence.is_none() || !mine, || {
                format!("step {number} is mine and has evidence")
            })?;
            ensure(evidence.is_none() || *status == Status::Done, || {
                format!("step {number} has evidence and is not done")
            })?;
            let proven = *status != Status::Done || mine || evidence.is_some();
            ensure(proven, || {
                format!("step {number} of somebody else is done without evidence")
            })?;
            ensure(self.role.is_some() || *status == Status::Waiting, || {
                format!("step {number} does not wait for a role")
            })?;
            ensure(!active || self.can_take(*number), || {
                format!("step {number} is offered but cannot be taken")
            })?;
        }
        Ok(())
    }

    /// The recommended step.
    pub(crate) fn next(&self) -> Option<u8> {
        self.steps
            .iter()
            .find(|(_, step)| step.0 == Status::Next)
            .map(|(number, _)| *number)
    }

    /// Every step with this status.
    pub(crate) fn with_status(&self, status: Status) -> Vec<u8> {
        self.steps
            .iter()
            .filter(|(_, step)| step.0 == status)
            .map(|(number, _)| *number)
            .collect()
    }

    /// The tickets that came to their end.
    pub(crate) fn ended(&self) -> &BTreeSet<u32> {
        &self.ended
    }

    fn can_take(&self, number: u8) -> bool {
        let command = STEPS
            .iter()
            .find(|step| step.number == number)
            .and_then(|step| step.command);
        command.is_some_and(|command| self.controls.get(command.name()) == Some(&true))
    }
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
