//! What stands after the last row: a silence that lasts, what was never sent, and what the next step does.

use super::messages::{bytes, frame};
use super::{Diagram, Inside, Lane, Row, Shape, Tone, When, Wire};
use crate::diagnosis::{Owner, Watch};
use crate::io::{Event, Millis, Role, Side, What};
use crate::step::{Status, Whose};
use crate::words::say;

/// The diagnosis that is drawn as what should be there: candidates that were never sent.
const NEVER_SENT: &str = "S4";

/// What the run waits for.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    watch: Watch,
    next: Option<u8>,
    /// Candidates of this side that were found.
    found: usize,
    /// The bytes of this side's description.
    size: usize,
}

impl Waiting {
    pub(super) fn apply(&mut self, event: &Event) {
        self.watch.apply(event);
        match &event.what {
            What::Joining { .. } | What::Left => {
                (self.next, self.found, self.size) = (None, 0, 0);
            }
            What::AttemptBegan => (self.found, self.size) = (0, 0),
            What::Step {
                step,
                status: Status::Next,
                whose: Whose::Mine,
                ..
            } => self.next = Some(*step),
            What::Step { step, .. } if self.next == Some(*step) => self.next = None,
            What::Described {
                side: Side::Mine,
                description,
            }
            | What::Pending {
                side: Side::Mine,
                description: Some(description),
                ..
            } => self.size = description.sdp.len(),
            What::Candidate {
                side: Side::Mine, ..
            } => self.found += 1,
            _ => {}
        }
    }

    /// The rows after the last one.
    pub(super) fn rows(&self, diagram: &Diagram, now: Millis) -> Vec<Row> {
        let mut rows = Vec::new();
        let (mine, theirs) = match diagram.scene.role {
            Some(Role::Answerer) => (22, 25),
            _ => (25, 22),
        };
        // Nobody sent a candidate, and nobody will be told: the browsers wait without a word.
        let stuck = self.watch.diagnose(now);
        let stuck = stuck.iter().find(|found| found.row == NEVER_SENT);
        let unsent = stuck.is_some_and(|found| found.whose == Owner::Mine);
        if stuck.is_some() {
            if let Some(When::At(last)) = diagram.rows.last().map(|row| row.when) {
                rows.push(gap(now - last).tone(Tone::Bad));
            }
            rows.extend(unsent.then(|| never(Lane::Mine, mine)));
            rows.push(never(Lane::Theirs, theirs));
        }
        let next = self.next.filter(|next| !(unsent && *next == mine));
        rows.extend(next.and_then(|step| self.ghost(step, diagram)));
        for row in &mut rows {
            row.scene = diagram.scene;
        }
        rows
    }

    /// What the next step does.
    fn ghost(&self, step: u8, diagram: &Diagram) -> Option<Row> {
        let description = |place: Option<usize>| place.map_or(Inside::Nothing, Inside::Event);
        let (made, came) = (diagram.calls.mine, diagram.calls.theirs);
        let row = match step {
            2 | 14 => Row::code("new RTCPeerConnection()"),
            4 => Row::code("createDataChannel()"),
            16 => Row::code("ondatachannel"),
            5 => Row::code("createOffer()"),
            18 => Row::code("createAnswer()"),
            6 => Row::code("setLocalDescription(offer)").inside(description(made)),
            19 => Row::code("setLocalDescription(answer)").inside(description(made)),
            17 => Row::code("setRemoteDescription(offer)").inside(description(came)),
            26 => Row::code("setRemoteDescription(answer)").inside(description(came)),
            8 => frame(Side::Mine, "offer", true, self.size).inside(description(made)),
            21 => frame(Side::Mine, "answer", true, self.size).inside(description(made)),
            22 | 25 => {
                let mut row = frame(Side::Mine, "candidate", true, 0);
                row.what = say("diagram.candidates").into();
                row.fact(say("diagram.row.gathered").with("count", self.found))
            }
            _ => return None,
        };
        let row = match step {
            8 | 21 => row.fact(bytes(self.size)),
            _ => row,
        };
        let mut row = row.step(Some(step)).tone(Tone::Ghost);
        if let Shape::Wire(wire) = &mut row.shape {
            wire.far = None;
        }
        row.when = When::Next;
        Some(row.meaning("diagram.meaning.next"))
    }
}

/// A silence of so many milliseconds.
pub(crate) fn gap(length: Millis) -> Row {
    let seconds = (length.max(0.0) / 1_000.0) as u64;
    let said = match seconds / 60 {
        0 => say("diagram.silence").with("seconds", seconds),
        minutes => say("diagram.silence.minutes")
            .with("minutes", minutes)
            .with("seconds", seconds % 60),
    };
    Row::new(Shape::Gap, said)
}

/// Candidates that were never sent.
fn never(from: Lane, step: u8) -> Row {
    let wire = Wire {
        onward: true,
        far: (from == Lane::Theirs).then_some(step),
        ..Wire::new(from, Lane::Endpoint)
    };
    let (what, step) = match from {
        Lane::Mine => ("diagram.never.mine", Some(step)),
        _ => ("diagram.never.theirs", None),
    };
    let mut row = Row::new(Shape::Wire(wire), say(what))
        .step(step)
        .tone(Tone::Never);
    row.when = When::Never;
    row.meaning("diagram.meaning.never")
}
