//! The rows of ICE and DTLS: candidates and the servers they come from, checks, the handshake, and what was measured.

use serde_json::Value;

use super::{Diagram, Inside, Lane, Row, Shape, Tone, Wire};
use crate::io::{Fate, Role, Side, StateName, What};
use crate::sdp;
use crate::signal::Candidate;
use crate::words::say;

/// Servers whose requests are drawn one by one.
const MOST_SERVERS: usize = 4;

impl Diagram {
    pub(super) fn network(&mut self, what: &What) {
        match what {
            What::Candidate {
                side,
                index,
                candidate,
            } => self.candidate(*side, *index, candidate),
            What::CandidateFate { side, index, fate } => self.fate(*side, *index, *fate),
            What::GatheringEnded { count } => {
                let step = if self.scene.role == Some(Role::Answerer) {
                    20
                } else {
                    7
                };
                let row = Row::act(Lane::Mine, say("diagram.row.gathering-ended"))
                    .step(Some(step))
                    .fact(say("diagram.row.gathered").with("count", *count));
                self.put(row.meaning("diagram.meaning.gathered"));
            }
            What::CandidateError { url, code, text } => {
                let wire = Shape::Wire(Wire::new(Lane::Servers, Lane::Mine));
                let said = say("diagram.row.server-error").with("code", *code);
                let fact = [url.as_str(), " ", text.as_str()].concat();
                let row = Row::new(wire, said).fact(fact.trim()).tone(Tone::Bad);
                self.put(row.meaning("diagram.meaning.server-error"));
            }
            What::State { name, value } => self.transport(*name, value),
            What::Stats { text } => self.measured(text),
            _ => {}
        }
    }

    fn candidate(&mut self, side: Side, index: usize, candidate: &Candidate) {
        let route = sdp::route(&candidate.candidate);
        let kind = sdp::parts(&candidate.candidate).map_or("", |parts| parts.kind);
        // The browser keeps no record of what it asked: that an address came from a server says its type.
        let from_server = side == Side::Mine && matches!(kind, "srflx" | "relay");
        let row = match (side, from_server) {
            (Side::Mine, true) => {
                self.scene.servers = true;
                let wire = Shape::Wire(Wire::new(Lane::Servers, Lane::Mine));
                Row::new(wire, say("diagram.row.candidate"))
            }
            (Side::Mine, false) => Row::act(Lane::Mine, say("diagram.row.candidate")),
            (Side::Theirs, _) => Row::act(Lane::Mine, say("diagram.row.candidate.theirs")),
        };
        let row = row.fact(route).inside(self.this()).meaning(match kind {
            "host" => "diagram.meaning.cand.host",
            "srflx" => "diagram.meaning.cand.srflx",
            "prflx" => "diagram.meaning.cand.prflx",
            "relay" => "diagram.meaning.cand.relay",
            _ => "diagram.meaning.cand.odd",
        });
        let place = self.put(row);
        self.candidates.insert((side == Side::Mine, index), place);
    }

    /// What became of a candidate is written at the end of its row.
    fn fate(&mut self, side: Side, index: usize, fate: Fate) {
        let Some(place) = self.candidates.get(&(side == Side::Mine, index)) else {
            return;
        };
        let said = match (fate, side) {
            (Fate::Dropped, _) => say("diagram.fate.dropped"),
            (Fate::Used, Side::Theirs) => say("diagram.fate.added"),
            // That it is kept or sent, and the selected pair, have rows of their own.
            _ => return,
        };
        self.change(*place, |row| {
            row.what = said.into();
            if fate == Fate::Dropped {
                row.tone = Tone::Bad;
            }
        });
    }

    /// Gathering asks the servers, checks go both ways, the handshake follows: nobody tells more than the state.
    fn transport(&mut self, name: StateName, value: &str) {
        let both = |id| Row::new(Shape::Wire(Wire::both()), say(id)).fact(["→ ", value].concat());
        let row = match (name, value) {
            (StateName::IceGathering, "gathering") => return self.ask_servers(),
            (StateName::IceConnection, "checking") => {
                both("diagram.row.checks").meaning("diagram.meaning.checks")
            }
            (StateName::IceConnection, "connected") => {
                both("diagram.row.checks.good").meaning("diagram.meaning.checks.good")
            }
            (StateName::IceConnection, "failed") => both("diagram.row.checks.failed")
                .tone(Tone::Bad)
                .meaning("diagram.meaning.checks.failed"),
            (StateName::IceConnection, "disconnected") => both("diagram.row.checks.silent")
                .tone(Tone::Bad)
                .meaning("diagram.meaning.checks.silent"),
            (StateName::Connection, "connected") => {
                both("diagram.row.dtls").meaning("diagram.meaning.dtls")
            }
            _ => return,
        };
        if self.checks.is_none() && value == "checking" {
            let mark = Row::new(Shape::Mark, say("diagram.row.direct"));
            let mark = mark.fact(say("diagram.row.past-endpoint"));
            self.put(mark.meaning("diagram.meaning.direct"));
        }
        let place = self.put(row.inside(self.this()));
        if name == StateName::IceConnection && matches!(value, "checking" | "connected") {
            self.checks = Some(place);
        }
    }

    fn ask_servers(&mut self) {
        for url in self.servers.clone().iter().take(MOST_SERVERS) {
            let row = Row::new(
                Shape::Wire(Wire::new(Lane::Mine, Lane::Servers)),
                say("diagram.row.asks"),
            );
            let row = row.fact(url.as_str()).tone(Tone::Inferred);
            self.put(row.meaning("diagram.meaning.asks"));
        }
    }

    /// The counts of the pairs stand at the end of the row of the checks; opened, it shows the latest of them.
    fn measured(&mut self, text: &str) {
        let (Some(place), Some((sent, answered))) = (self.checks, counts(text)) else {
            return;
        };
        let inside = Inside::Event(self.told - 1);
        let said = say("diagram.row.counted")
            .with("sent", sent)
            .with("answered", answered);
        self.change(place, |row| {
            (row.fact, row.inside) = (said.into(), inside);
        });
    }
}

/// Connectivity checks sent and answered over all candidate pairs of `getStats()`; none where it tells none.
fn counts(text: &str) -> Option<(u64, u64)> {
    let entries: Vec<Value> = serde_json::from_str(text).ok()?;
    let pairs = entries
        .iter()
        .filter(|entry| entry.get("type").and_then(Value::as_str) == Some("candidate-pair"));
    let count = |pair: &Value, name: &str| pair.get(name).and_then(Value::as_u64).unwrap_or(0);
    let sums = pairs.map(|pair| {
        (
            count(pair, "requestsSent"),
            count(pair, "responsesReceived"),
        )
    });
    sums.reduce(|(sent, answered), (more, again)| (sent + more, answered + again))
        .filter(|(sent, _)| *sent > 0)
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn checks_are_counted_over_all_pairs() {
        let text = r#"[{"type":"candidate-pair","requestsSent":2,"responsesReceived":1},
            {"type":"transport"},{"type":"candidate-pair","requestsSent":1,"responsesReceived":1}]"#;
        assert_eq!(counts(text), Some((3, 2)));
        assert_eq!(counts("[]"), None);
        assert_eq!(counts("no list"), None);
    }
}
