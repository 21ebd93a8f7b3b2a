//! Candidates, tracks, channels and statistics of the lines.

use serde_json::Value;

use super::Reader;
use super::parts::{self, candidate, text};
use super::stats::Seen;
use crate::io::{Fate, Side, StateName, What};
use crate::words::say;

impl Reader {
    pub(super) fn gather(&mut self, value: &Value) {
        let Some(candidate) = candidate(value) else {
            return;
        };
        self.gathered = false;
        let (side, index) = (Side::Mine, self.mine);
        self.mine += 1;
        self.facts.attempt.found = self.mine;
        self.facts.attempt.flowing = true;
        self.watched.know(side, &candidate);
        self.tell(What::Candidate {
            side,
            index,
            candidate,
        });
    }

    pub(super) fn add(&mut self, value: &Value) {
        let Some(candidate) = candidate(value) else {
            return;
        };
        let (side, index) = (Side::Theirs, self.theirs);
        self.theirs += 1;
        self.facts.attempt.theirs = self.theirs;
        self.facts.attempt.usable = self.theirs;
        self.watched.know(side, &candidate);
        self.tell(What::Candidate {
            side,
            index,
            candidate,
        });
        self.fate(Some(index), Fate::Used);
    }

    pub(super) fn fate(&mut self, index: Option<usize>, fate: Fate) {
        if let Some(index) = index {
            let side = Side::Theirs;
            self.tell(What::CandidateFate { side, index, fate });
        }
    }

    pub(super) fn candidate_error(&mut self, value: &Value) {
        let member = |name: &str| value.get(name).map(text).unwrap_or_default();
        let code = value.get("errorCode").and_then(Value::as_u64);
        self.tell(What::CandidateError {
            url: member("url"),
            code: code
                .and_then(|code| u16::try_from(code).ok())
                .unwrap_or_default(),
            text: member("errorText"),
        });
    }

    pub(super) fn track(&mut self, side: Side, value: &Value) {
        let value = text(value);
        let kind = if value.contains("video") {
            "video"
        } else {
            "audio"
        }
        .to_owned();
        self.tell(What::Track { side, kind });
    }

    pub(super) fn create_channel(&mut self, value: &Value) {
        self.learn_channel(value);
        self.call("createDataChannel()", 4, 16);
        self.channel(value, "connecting");
        let step = self.step(4, 16);
        let fact = say("fact.channel").with("label", parts::label(value));
        self.done("createDataChannel()", step, Some(fact));
    }

    pub(super) fn channel(&mut self, value: &Value, state: &str) {
        let (label, options, state) = (parts::label(value), String::new(), state.to_owned());
        if state != "announced" {
            self.state(StateName::Channel, &state);
        }
        self.tell(What::Channel {
            label,
            options,
            state,
        });
    }

    pub(super) fn stats(&mut self, value: &Value) {
        let (text, seen) = self.watched.look(value);
        for seen in seen {
            match seen {
                Seen::Channel { label, state } => {
                    self.state(StateName::Channel, &state);
                    let options = String::new();
                    self.tell(What::Channel {
                        label,
                        options,
                        state,
                    });
                }
                Seen::Pair { local, remote } => self.tell(What::SelectedPair { local, remote }),
            }
        }
        self.tell(What::Stats { text });
    }
}
