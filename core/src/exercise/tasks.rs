//! Tasks that several exercises have.

use super::seen::Seen;
use super::{Task, Whose};

/// In a room with somebody.
pub(super) const ROOM: Task = task("room", Whose::Mine, "", |seen| {
    seen.now.joined && seen.now.peer
});

/// In a mode in which each step is clicked.
pub(super) const BY_HAND: Task = task("by-hand", Whose::Mine, "", |seen| {
    seen.now.joined && seen.now.mode != "auto"
});

/// Nothing was begun yet.
pub(super) const FRESH: Task = task("fresh", Whose::Mine, "", Seen::fresh);

/// The channel is open.
pub(super) const CONNECTED: Task = task("connected", Whose::Both, "", Seen::connected);

/// A task without anything to set up.
pub(super) const fn task(
    name: &'static str,
    whose: Whose,
    place: &'static str,
    done: fn(&Seen) -> bool,
) -> Task {
    Task {
        name,
        whose,
        place,
        begin: &[],
        done,
    }
}
