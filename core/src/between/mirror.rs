//! A row of one side as the pair sees it: in its own lane, without what the other side tells itself.

use crate::diagram::{Lane, Row, Shape, Text, Tone, When, Wire};
use crate::io::{Role, What};
use crate::words::say;

/// The row, or none where it says nothing in a pair: guesses about the other side, names of a room that nobody else can enter.
pub(super) fn seen(row: Row, role: Role, what: &What) -> Option<Row> {
    // The answerer's first step is to be there.
    let joined = matches!(what, What::Joined { again: false, .. }) && role == Role::Answerer;
    // One side offers a channel, the other hears of it.
    let announced = matches!(what, What::Channel { state, .. } if state == "announced");
    let row = if announced { act(row) } else { row };
    let mut row = said_again(row, role)?;
    if joined {
        row.step = Some(11);
    }
    Some(row)
}

/// The same for a row that is known and says more.
pub(super) fn said_again(row: Row, role: Role) -> Option<Row> {
    let row = match &row.shape {
        Shape::Gap | Shape::Act(Lane::Theirs) => return None,
        Shape::Mark => mark(row)?,
        // What the endpoint tells one side stands at that side.
        Shape::Act(Lane::Endpoint) => Row {
            shape: Shape::Act(Lane::Mine),
            ..row
        },
        _ => row,
    };
    Some(turned(row, role))
}

/// A row after the last one: only what is this side's own to do.
pub(super) fn after(row: Row, role: Role) -> Option<Row> {
    let own = match (&row.shape, row.tone) {
        (_, Tone::Ghost) => true,
        (Shape::Wire(wire), Tone::Never) => wire.from == Lane::Mine,
        _ => false,
    };
    own.then(|| turned(row, role))
}

/// From here on the two talk past the endpoint.
pub(super) fn direct() -> Row {
    Row::new(Shape::Mark, say("diagram.row.direct"))
        .fact(say("diagram.row.past-endpoint"))
        .meaning("diagram.meaning.channel.open")
}

/// Whether both sides can tell of the same: what both do, what the one page does, and what the user said.
pub(super) fn is_mutual(row: &Row, what: &What) -> bool {
    match &row.shape {
        Shape::Mark => true,
        Shape::Wire(wire) => wire.both || matches!(what, What::Chat { .. }),
        _ => false,
    }
}

/// What holds for the run of one side is an act of that side; what holds for the page stays a mark.
fn mark(row: Row) -> Option<Row> {
    let Text::Said(message) = &row.what else {
        return Some(row);
    };
    let first = || message.args.iter().any(|(_, value)| value == "1");
    match &*message.id {
        "diagram.row.joining" | "diagram.row.direct" => None,
        id if id.starts_with("diagram.role.") => None,
        "diagram.row.attempt" if first() => None,
        "diagram.row.left" => Some(Row {
            what: say("between.row.left").into(),
            ..act(row)
        }),
        "diagram.row.attempt"
        | "diagram.row.ended"
        | "diagram.row.disturbances"
        | "diagram.row.undisturbed" => Some(act(row)),
        _ => Some(row),
    }
}

fn act(row: Row) -> Row {
    Row {
        shape: Shape::Act(Lane::Mine),
        ..row
    }
}

/// The answerer's rows stand the other way round.
fn turned(mut row: Row, role: Role) -> Row {
    if row.tone == Tone::Ghost {
        row.when = When::Next;
    }
    if role == Role::Offerer {
        return row;
    }
    match &mut row.shape {
        Shape::Act(lane) => *lane = opposite(*lane),
        Shape::Wire(wire) => {
            // What both do has no direction.
            if !wire.both {
                *wire = Wire {
                    from: opposite(wire.from),
                    to: opposite(wire.to),
                    sender: opposite(wire.sender),
                    ..wire.clone()
                };
            }
            std::mem::swap(&mut row.step, &mut wire.far);
        }
        Shape::Mark | Shape::Gap => {}
    }
    row
}

fn opposite(lane: Lane) -> Lane {
    match lane {
        Lane::Mine => Lane::Theirs,
        Lane::Theirs => Lane::Mine,
        lane => lane,
    }
}
