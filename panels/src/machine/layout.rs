//! Where the states of each machine stand, in the units of its drawing.

use webrtc_steps_core::io::StateName;

/// The width of every drawing.
pub(super) const WIDTH: f64 = 364.0;
/// The height of a box.
pub(super) const HEIGHT: f64 = 26.0;
/// The width of one letter in a box, and the room around its word.
const LETTER: f64 = 6.7;
const PADDING: f64 = 14.0;

/// One state's middle.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) state: &'static str,
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    pub(super) fn width(&self) -> f64 {
        let letters = u32::try_from(self.state.len()).map_or(0.0, f64::from);
        letters * LETTER + PADDING
    }

    pub(super) fn left(&self) -> f64 {
        self.x - self.width() / 2.0
    }

    pub(super) fn top(&self) -> f64 {
        self.y - HEIGHT / 2.0
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + HEIGHT / 2.0
    }
}

/// A machine's drawing.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) spots: &'static [Spot],
    /// How far two ways that lead back and forth stand from the middle.
    pub(super) aside: f64,
    /// Its states stand in one row, so that a mark stands below; otherwise at the left.
    pub(super) in_a_row: bool,
}

impl Layout {
    pub(super) fn spot(&self, state: &str) -> Option<&'static Spot> {
        self.spots.iter().find(|spot| spot.state == state)
    }

    /// Whether a way has to go around a box that stands between the two.
    pub(super) fn is_around(&self, from: &Spot, to: &Spot) -> bool {
        let (top, bottom) = (from.y.min(to.y), from.y.max(to.y));
        self.spots
            .iter()
            .any(|spot| spot.x == from.x && spot.x == to.x && top < spot.y && spot.y < bottom)
    }
}

const fn at(state: &'static str, x: f64, y: f64) -> Spot {
    Spot { state, x, y }
}

/// The drawing of a machine.
pub(super) fn of(name: StateName) -> &'static Layout {
    match name {
        StateName::Signaling => &SIGNALING,
        StateName::IceGathering => &GATHERING,
        StateName::IceConnection => &ICE,
        StateName::Connection => &CONNECTION,
        StateName::Channel => &CHANNEL,
    }
}

static SIGNALING: Layout = Layout {
    spots: &[
        at("have-local-offer", 182.0, 16.0),
        at("stable", 182.0, 90.0),
        at("have-remote-offer", 182.0, 164.0),
        at("closed", 326.0, 90.0),
    ],
    aside: 12.0,
    in_a_row: false,
};

static GATHERING: Layout = Layout {
    spots: &[
        at("new", 24.0, 16.0),
        at("gathering", 160.0, 16.0),
        at("complete", 322.0, 16.0),
    ],
    aside: 5.0,
    in_a_row: false,
};

static ICE: Layout = Layout {
    spots: &[
        at("new", 22.0, 16.0),
        at("checking", 104.0, 16.0),
        at("connected", 210.0, 16.0),
        at("completed", 320.0, 16.0),
        at("failed", 104.0, 74.0),
        at("disconnected", 210.0, 74.0),
        at("closed", 326.0, 74.0),
    ],
    aside: 7.0,
    in_a_row: false,
};

static CONNECTION: Layout = Layout {
    spots: &[
        at("new", 22.0, 16.0),
        at("connecting", 140.0, 16.0),
        at("connected", 290.0, 16.0),
        at("failed", 140.0, 74.0),
        at("disconnected", 290.0, 74.0),
        at("closed", 30.0, 74.0),
    ],
    aside: 7.0,
    in_a_row: false,
};

static CHANNEL: Layout = Layout {
    spots: &[
        at("connecting", 46.0, 16.0),
        at("open", 154.0, 16.0),
        at("closing", 240.0, 16.0),
        at("closed", 332.0, 16.0),
    ],
    aside: 5.0,
    in_a_row: true,
};

/// A point of a drawing.
pub(super) type Point = (f64, f64);

/// The line from one box to another, moved aside to the left of its direction, from edge to edge.
pub(super) fn between(from: &Spot, to: &Spot, aside: f64) -> (Point, Point) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let (across, down) = (dy / length * aside, -dx / length * aside);
    let start = edge(from, dx, dy);
    let end = edge(to, -dx, -dy);
    (
        (start.0 + across, start.1 + down),
        (end.0 + across, end.1 + down),
    )
}

/// Where a line from the middle of a box leaves it.
fn edge(spot: &Spot, dx: f64, dy: f64) -> Point {
    let (half_width, half_height) = (spot.width() / 2.0, HEIGHT / 2.0);
    let across = if dx == 0.0 {
        f64::MAX
    } else {
        half_width / dx.abs()
    };
    let down = if dy == 0.0 {
        f64::MAX
    } else {
        half_height / dy.abs()
    };
    let share = across.min(down);
    (spot.x + dx * share, spot.y + dy * share)
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, between, of};
    use webrtc_steps_core::io::StateName;
    use webrtc_steps_core::machine;

    #[test]
    fn every_state_has_its_place_within_the_drawing() {
        for name in StateName::ALL {
            let layout = of(name);
            for state in machine::of(name).states {
                let spot = layout.spot(state).unwrap();
                assert!(
                    spot.left() >= 0.0 && spot.left() + spot.width() <= WIDTH,
                    "{state}"
                );
            }
        }
    }

    #[test]
    fn ways_back_and_forth_stand_apart() {
        let layout = of(StateName::Signaling);
        let (up, down) = (
            layout.spot("have-local-offer").unwrap(),
            layout.spot("stable").unwrap(),
        );
        let there = between(up, down, 12.0);
        let back = between(down, up, 12.0);
        assert!(there.0.0 < up.x && back.0.0 > up.x || there.0.0 > up.x && back.0.0 < up.x);
        assert!(there.0.1 < there.1.1, "it leads down");
    }
}
