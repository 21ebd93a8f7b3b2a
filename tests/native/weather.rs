//! Networks of every character, by chance: two in auto mode connect all the same, and stay connected.

use proptest::prelude::*;

use crate::network::{MINUTE, PAIRINGS, chat, join};
use crate::pair::world::World;
use crate::script::last_lines;

/// A network with a character.
#[derive(Debug, Clone)]
struct Weather {
    engines: usize,
    seed: u64,
    delay: f64,
    jitter: f64,
    /// Candidates arrive in any order.
    reorders: bool,
    duplicates: u64,
    /// When whose socket breaks, and whether the relay notices.
    losses: Vec<(f64, usize, bool)>,
    /// Who asks for which role.
    roles: (&'static str, &'static str),
    second_after: f64,
}

fn weather() -> impl Strategy<Value = Weather> {
    let losses = prop::collection::vec((0.0..8_000.0_f64, 0_usize..2, any::<bool>()), 0..6);
    let times = (0.0..1_500.0_f64, 0.0..1_500.0_f64, 0.0..3_000.0_f64);
    let kinds = (
        0_usize..4,
        any::<u64>(),
        any::<bool>(),
        0_u64..4,
        prop::sample::select(ROLES),
    );
    (times, kinds, losses).prop_map(
        |((delay, jitter, second_after), (engines, seed, reorders, duplicates, roles), losses)| {
            Weather {
                engines,
                seed,
                delay,
                jitter,
                reorders,
                duplicates,
                losses,
                roles,
                second_after,
            }
        },
    )
}

/// What two people may ask for so that somebody offers.
const ROLES: &[(&str, &str)] = &[
    ("auto", "auto"),
    ("auto", "offerer"),
    ("offerer", "auto"),
    ("offerer", "offerer"),
    ("offerer", "answerer"),
];

fn under(weather: &Weather) -> World {
    let mut world = World::new(&PAIRINGS[weather.engines], weather.seed);
    (world.network.delay, world.network.jitter) = (weather.delay, weather.jitter);
    (world.network.reorders, world.network.duplicates) = (weather.reorders, weather.duplicates);
    let fields = |role: &'static str| [("mode", "auto"), ("role", role)];
    join(&mut world, 0, &fields(weather.roles.0));
    world.wait(weather.second_after);
    join(&mut world, 1, &fields(weather.roles.1));
    let mut losses = weather.losses.clone();
    losses.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut passed = 0.0;
    for (at, side, noticed) in losses {
        world.wait(at - passed);
        passed = at;
        // A seat without a token cannot be taken back before the relay notices that it is empty.
        let has_token = world.sides[side].session.facts().run.joined;
        world.lose_socket(side, noticed || !has_token);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_in_auto_mode_connect_whatever_the_network_does(weather in weather()) {
        let mut world = under(&weather);
        prop_assert!(world.run_until(3.0 * MINUTE, |world| world.open(0, 1)), "they never connect{}", last_lines(&world));
        world.wait(MINUTE);
        prop_assert!(world.open(0, 1), "it did not stay open");
        prop_assert_eq!(chat(&mut world), Ok(()));
    }

    #[test]
    fn a_connection_that_stands_is_not_disturbed_by_signaling(weather in weather()) {
        let losses = weather.losses.clone();
        let calm = Weather { losses: Vec::new(), roles: ("auto", "auto"), ..weather };
        let mut world = under(&calm);
        prop_assert!(world.run_until(3.0 * MINUTE, |world| world.open(0, 1)), "they never connect{}", last_lines(&world));
        world.wait(MINUTE);
        let attempts = [0, 1].map(|side: usize| world.sides[side].session.facts().run.attempt);
        for (wait, side, noticed) in losses {
            world.lose_socket(side, noticed);
            world.wait(wait);
        }
        world.wait(MINUTE);
        prop_assert!(world.open(0, 1), "it did not stay open");
        prop_assert_eq!(attempts, [0, 1].map(|side: usize| world.sides[side].session.facts().run.attempt));
        prop_assert_eq!(chat(&mut world), Ok(()));
    }
}
