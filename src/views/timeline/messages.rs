//! The rows of what travelled: over the endpoint, by hand, or directly once the channel is open.

use std::fmt::Display;

use webrtc_steps_core::io::{Side, What};
use webrtc_steps_core::sdp;

use super::Timeline;
use super::rows::{Act, Lane, Wire};
use crate::views::bar::short;
use crate::views::dom;

impl Timeline {
    /// Over the endpoint, or carried by hand.
    pub(super) fn signals(&mut self, what: &What) {
        match what {
            What::Sent {
                kind: "repeat",
                rule,
                ..
            } if self.repeated(*rule) => {}
            What::Sent {
                step,
                kind,
                to,
                text,
                again,
                rule,
            } => {
                let (step, again, peer) = (*step, *again, to.as_deref().map(short));
                let row = self.rows.wire(&Wire {
                    outward: true,
                    step,
                    kind,
                    peer,
                    text,
                    again,
                });
                if let Some(row) = row.filter(|_| *kind == "repeat") {
                    self.repeats.push((*rule, row, 1));
                }
            }
            What::Received {
                step,
                kind,
                from,
                text,
                ..
            } => {
                let (step, again, peer) = (*step, false, from.as_deref().map(short));
                self.rows.wire(&Wire {
                    outward: false,
                    step,
                    kind,
                    peer,
                    text,
                    again,
                });
            }
            What::SignalToCarry { text } if !text.is_empty() => {
                let size = self.size(text);
                let said = self.words.text("ui.row.carry");
                self.rows.act(Lane::Mine, &Act::text(&said).fact(&size));
            }
            _ => {}
        }
    }

    /// What a dialect asks by HTTP, and what came of it.
    pub(super) fn requests(&mut self, what: &What) {
        match what {
            What::Fetching { method, url, .. } => {
                let asked = [method.as_str(), " ", url].concat();
                self.rows.act(Lane::Endpoint, &Act::code(&asked));
            }
            What::Fetched { status, text } => {
                let said = match status {
                    Some(status) => self.words.with("ui.row.fetched", &[("status", status)]),
                    None if text.is_empty() => self.words.text("ui.row.fetched-blind"),
                    None => self.words.with("ui.row.fetch-failed", &[("words", text)]),
                };
                let size = status.map(|_| self.size(text)).unwrap_or_default();
                self.rows.act(Lane::Endpoint, &Act::text(&said).fact(&size));
            }
            _ => {}
        }
    }

    /// What a rule repeats has one row, and a count.
    fn repeated(&mut self, rule: Option<usize>) -> bool {
        let mut known = self.repeats.iter_mut();
        let Some((_, row, count)) = known.find(|(of, ..)| *of == rule) else {
            return false;
        };
        *count += 1;
        let said = self.words.with("ui.row.repeated", &[("count", count)]);
        dom::fill(row, &[("size", &said)]);
        true
    }

    /// From peer to peer, past the endpoint.
    pub(super) fn direct(&mut self, what: &What) {
        let words = self.words.clone();
        match what {
            // That it is connecting says the row of the call that made it.
            What::Channel {
                label,
                options,
                state,
            } if state != "connecting" => {
                let args: [(&str, &dyn Display); 2] = [("label", label), ("state", state)];
                self.rows
                    .direct("both", &words.with("ui.row.channel", &args), options, "");
            }
            What::SelectedPair { local, remote } => {
                let pair = format!("{} ↔ {}", sdp::route(local), sdp::route(remote));
                self.rows
                    .direct("both checks", &words.text("ui.row.pair"), &pair, "");
            }
            What::Chat { side, text } => {
                let (way, said) = match side {
                    Side::Mine => ("to", words.text("ui.said.sent")),
                    Side::Theirs => ("fro", words.text("ui.said.received")),
                };
                let size = self.size(text);
                self.rows
                    .direct(way, &words.text("ui.kind.text"), &size, &said);
            }
            What::ChatRefused { message, .. } => {
                self.rows.act(Lane::Mine, &Act::note(&words.say(message)))
            }
            _ => {}
        }
    }

    fn size(&self, text: &str) -> String {
        self.words.with("ui.bytes", &[("count", &text.len())])
    }
}
