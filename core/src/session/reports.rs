//! What the browser reports of the present attempt.

use super::Session;
use crate::io::{Effect, RtcReport, Side, StateName, What};
use crate::trouble::{Blame, Trouble};
use crate::words::say;

impl Session {
    /// A report of the present attempt.
    pub(super) fn rtc(&mut self, report: RtcReport) {
        match report {
            RtcReport::Done {
                operation,
                description,
            } => self.done(operation, description),
            RtcReport::Refused { operation, fault } => self.refused(operation, fault),
            RtcReport::State { name, value } => self.state(name, value),
            RtcReport::LocalCandidate(candidate) => self.found_candidate(candidate),
            RtcReport::GatheringEnded { complete } => self.gathering_ended(complete),
            RtcReport::CandidateError { url, code, text } => {
                let id = match code {
                    401 => "note.server-refused",
                    701 => "note.server-silent",
                    _ => "note.server-error",
                };
                self.note(
                    say(id)
                        .with("url", &url)
                        .with("code", code)
                        .with("text", &text),
                );
                self.tell(What::CandidateError { url, code, text });
            }
            RtcReport::ChannelAnnounced { label } => self.channel_announced(label),
            RtcReport::ChannelState { label, state } => self.channel_state(label, state),
            RtcReport::Text(text) => self.line_came(text),
            RtcReport::TextInBytes(text) => {
                self.note(say("note.text-in-bytes").with("bytes", text.len()));
                self.line_came(text);
            }
            RtcReport::Unreadable { bytes, binary } => {
                let id = if binary {
                    "note.binary"
                } else {
                    "note.text-too-long"
                };
                self.note(say(id).with("bytes", bytes));
            }
            RtcReport::RoomAgain => self.note(say("note.room-again")),
            RtcReport::SelectedPair { local, remote } => {
                self.tell(What::SelectedPair { local, remote })
            }
            RtcReport::NegotiationNeeded => self.tell(What::NegotiationNeeded),
            RtcReport::TrackCame { kind } => self.tell(What::Track {
                side: Side::Theirs,
                kind,
            }),
            RtcReport::Stats { text } => self.tell(What::Stats { text }),
            RtcReport::MaxMessageSize(bytes) => self.attempt.max_message = Some(bytes),
        }
    }

    fn state(&mut self, name: StateName, value: String) {
        let before = match name {
            StateName::Signaling => {
                std::mem::replace(&mut self.facts.attempt.signaling, value.clone())
            }
            StateName::Connection => {
                std::mem::replace(&mut self.facts.attempt.connection, value.clone())
            }
            _ => String::new(),
        };
        // The signaling state is read after each call as well: only a change is news, but the first one always is.
        let repeated = name == StateName::Signaling
            && before == value
            && std::mem::replace(&mut self.attempt.signaling_told, true);
        if !repeated {
            self.tell(What::State {
                name,
                value: value.clone(),
            });
        }
        if name == StateName::Connection && before != value {
            self.connection_state(&value);
        }
    }

    fn connection_state(&mut self, value: &str) {
        if matches!(value, "connected" | "failed") {
            // Which pairs were tried, and what came of them.
            self.read_statistics();
        }
        match value {
            "connected" => {
                self.facts.attempt.ever_connected = true;
                self.order(Effect::ReadSelectedPair {
                    attempt: self.attempt.number,
                });
                self.connected();
            }
            "disconnected" if self.partner_left() => self.peer_hung_up(say("ended.gone")),
            "disconnected" if self.facts.attempt.ever_connected => {
                self.note(say("note.disconnected"))
            }
            "failed" => self.connection_failed(),
            _ => {}
        }
    }

    fn connection_failed(&mut self) {
        let facts = &self.facts.attempt;
        let (cause, advice) = match (
            facts.ever_connected,
            self.facts.run.trickles,
            facts.handed,
            facts.theirs,
        ) {
            (true, ..) => ("trouble.lost", "advice.restart"),
            (false, false, ..) => ("trouble.gave-up", "advice.start-again"),
            (false, true, 0, 0) => ("trouble.no-candidates", "advice.send-candidates"),
            (false, true, ..) => ("trouble.no-route", "advice.routes"),
        };
        let mended = self.repair();
        if !mended {
            self.let_others_call();
            let (doing, blame) = (say("doing.connect"), Blame::Network);
            let (cause, advice) = (say(cause), say(advice));
            self.tell(What::Trouble(Trouble {
                blame,
                doing,
                cause,
                advice,
                fault: None,
                step: None,
                refusal: None,
            }));
        }
    }
}
