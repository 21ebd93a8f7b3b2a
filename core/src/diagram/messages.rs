//! The rows of what travelled: over the endpoint, by hand, or directly once the channel is open.

use super::{Diagram, Inside, Lane, Row, Shape, Text, Tone, Wire, lane};
use crate::io::{Side, What};
use crate::sdp;
use crate::step::{Evidence, Status, Whose};
use crate::words::{Message, say};

impl Diagram {
    /// Over the endpoint, or carried by hand.
    pub(super) fn signals(&mut self, what: &What) {
        let row = match what {
            What::Sent {
                kind: "repeat",
                rule,
                ..
            } if self.repeated(*rule) => return,
            What::Sent {
                step,
                kind,
                to,
                text,
                again,
                rule,
            } => {
                let row = frame(Side::Mine, kind, to.is_some(), text.len()).step(*step);
                let place = self.put(row.inside(self.this()));
                if *again {
                    let fact = say("diagram.bytes-again").with("count", text.len());
                    self.change(place, |row| row.fact = fact.into());
                }
                if *kind == "repeat" {
                    self.repeats.push((*rule, place, 1));
                }
                return;
            }
            What::Received {
                step, kind, text, ..
            } => frame(Side::Theirs, kind, false, text.len()).step(*step),
            What::Disturbed {
                side,
                disorder,
                kind,
                text,
            } => {
                let mut row = frame(*side, kind, true, text.len());
                row.disorder = Some(disorder);
                row.fact = say(disordered(disorder)).into();
                row.tone(Tone::Bad).meaning("diagram.meaning.disturbed")
            }
            What::SignalToCarry { text } if !text.is_empty() => {
                Row::act(Lane::Mine, say("diagram.row.carry"))
                    .fact(bytes(text.len()))
                    .meaning("diagram.meaning.carry")
            }
            What::Fetching { method, url, .. } => Row::new(
                Shape::Wire(Wire::new(Lane::Mine, Lane::Endpoint)),
                method.as_str(),
            )
            .fact(url.as_str())
            .meaning("diagram.meaning.fetching"),
            What::Fetched { status, text } => fetched(*status, text),
            _ => return,
        };
        let row = row.inside(self.this());
        self.put(row);
    }

    /// What a rule repeats has one row, and a count.
    fn repeated(&mut self, rule: Option<usize>) -> bool {
        let mut known = self.repeats.iter_mut();
        let Some((_, place, count)) = known.find(|(of, ..)| *of == rule) else {
            return false;
        };
        *count += 1;
        let (place, said) = (*place, say("diagram.row.repeated").with("count", *count));
        self.change(place, |row| row.fact = said.into());
        true
    }

    /// From peer to peer, past the endpoint.
    pub(super) fn direct(&mut self, what: &What) {
        let both = |what: Message| Row::new(Shape::Wire(Wire::both()), what);
        let row = match what {
            // That it is connecting says the row of the call that made it.
            What::Channel {
                label,
                options,
                state,
            } if state != "connecting" => {
                let said = say("diagram.row.channel")
                    .with("label", label)
                    .with("state", state);
                both(said)
                    .fact(options.as_str())
                    .tone(match state.as_str() {
                        "open" | "announced" => Tone::Seen,
                        _ => Tone::Bad,
                    })
                    .meaning(match state.as_str() {
                        "open" => "diagram.meaning.channel.open",
                        "announced" => "diagram.meaning.channel.announced",
                        _ => "diagram.meaning.channel.closed",
                    })
            }
            What::SelectedPair { local, remote } => {
                let pair = [&sdp::route(local), " ↔ ", &sdp::route(remote)].concat();
                both(say("diagram.row.pair"))
                    .fact(pair)
                    .meaning("diagram.meaning.pair")
            }
            What::Chat { side, text } => {
                let (from, to) = match side {
                    Side::Mine => (Lane::Mine, Lane::Theirs),
                    Side::Theirs => (Lane::Theirs, Lane::Mine),
                };
                Row::new(Shape::Wire(Wire::new(from, to)), say("diagram.row.text"))
                    .fact(bytes(text.len()))
                    .meaning("diagram.meaning.text")
            }
            _ => return,
        };
        let row = row.inside(self.this());
        self.put(row);
    }

    /// What the other side did and did not tell: steps that follow from what it sent stand in one row.
    pub(super) fn theirs(&mut self, what: &What) {
        let What::Step {
            step,
            status: Status::Done,
            whose: Whose::Theirs,
            evidence: Some(Evidence::Inferred),
            ..
        } = what
        else {
            if !matches!(what, What::Step { .. } | What::Control { .. }) {
                self.inferred = None;
            }
            return;
        };
        let add = |row: &mut Row| {
            let Inside::Steps(steps) = &mut row.inside else {
                return;
            };
            if !steps.contains(step) {
                steps.push(*step);
                steps.sort_unstable();
            }
            row.fact = Text::Plain(spans(steps));
        };
        if let Some(place) = self.inferred {
            return self.change(place, add);
        }
        let mut row = Row::act(Lane::Theirs, say("diagram.row.inferred"))
            .tone(Tone::Inferred)
            .inside(Inside::Steps(Vec::new()))
            .meaning("diagram.meaning.inferred");
        add(&mut row);
        self.inferred = Some(self.put(row));
    }
}

/// A frame of the signaling link.
pub(super) fn frame(side: Side, kind: &'static str, addressed: bool, length: usize) -> Row {
    let outward = side == Side::Mine;
    // What negotiates goes to the other peer; other frames begin or end at the endpoint.
    let negotiates = matches!(kind, "offer" | "answer" | "candidate" | "end" | "bye");
    let onward = negotiates || outward && addressed;
    let (endpoint, far) = match (kind, outward) {
        ("offer", true) => (Some(10), Some(12)),
        ("offer", false) => (Some(10), Some(8)),
        ("answer", true) => (Some(23), Some(24)),
        ("answer", false) => (Some(23), Some(21)),
        _ => (None, None),
    };
    let (from, to) = if outward {
        (Lane::Mine, Lane::Endpoint)
    } else {
        (Lane::Endpoint, Lane::Mine)
    };
    let wire = Wire {
        sender: if onward { lane(side) } else { from },
        onward,
        endpoint,
        far,
        ..Wire::new(from, to)
    };
    let meaning = match kind {
        "offer" => "diagram.meaning.offer",
        "answer" => "diagram.meaning.answer",
        "candidate" => "diagram.meaning.candidate",
        "end" => "diagram.meaning.end",
        "joined" => "diagram.meaning.joined",
        "peer-joined" => "diagram.meaning.peer-joined",
        "leave" => "diagram.meaning.leave",
        "bye" => "diagram.meaning.bye",
        _ => "diagram.meaning.other",
    };
    Row::new(Shape::Wire(wire), kind)
        .fact(bytes(length))
        .meaning(meaning)
}

fn fetched(status: Option<u16>, text: &str) -> Row {
    let (what, tone) = match status {
        Some(status) => (
            say("diagram.row.fetched").with("status", status),
            Tone::Seen,
        ),
        None if text.is_empty() => (say("diagram.row.fetched-blind"), Tone::Seen),
        None => (
            say("diagram.row.fetch-failed").with("words", text),
            Tone::Bad,
        ),
    };
    let row = Row::new(Shape::Wire(Wire::new(Lane::Endpoint, Lane::Mine)), what).tone(tone);
    let size = status.map_or(Text::None, |_| bytes(text.len()).into());
    row.fact(size).meaning("diagram.meaning.fetched")
}

pub(super) fn bytes(count: usize) -> Message {
    say("diagram.bytes").with("count", count)
}

fn disordered(disorder: &str) -> &'static str {
    match disorder {
        "drop" => "diagram.disorder.drop",
        "delay" => "diagram.disorder.delay",
        "duplicate" => "diagram.disorder.duplicate",
        "reorder" => "diagram.disorder.reorder",
        "corrupt" => "diagram.disorder.corrupt",
        _ => "diagram.disorder.echo",
    }
}

/// Numbers with runs drawn together: `12 to 16, 18` reads `12–16, 18`.
fn spans(steps: &[u8]) -> String {
    let mut spans: Vec<(u8, u8)> = Vec::new();
    for step in steps {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *step => *last = *step,
            _ => spans.push((*step, *step)),
        }
    }
    let said = spans.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    });
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn numbers_in_a_row_are_drawn_together() {
        assert_eq!(spans(&[12, 13, 14, 16]), "12–14, 16");
        assert_eq!(spans(&[21]), "21");
    }
}
