//! Relay only, without a TURN server and with one.

use webrtc_steps_core::io::{Side, What};
use webrtc_steps_core::signal::DescriptionKind::{Answer, Offer};

use crate::page::{Page, candidate, described, joining, pair};

const NOTHING: [&str; 0] = [];

/// Joined with relay only, no TURN server.
fn relay_only() -> Page {
    let mut page = Page::in_room("manual");
    page.start("relay-nowhere");
    page.tell(What::Left);
    page.tell(joining("manual", true, &["stun:192.0.2.1:3478"]));
    page.joined();
    page.tell(described(Side::Mine, Offer, "mine", ""));
    page
}

#[test]
fn relay_only_without_a_turn_server_finds_nothing() {
    let mut page = relay_only();
    page.tell(What::GatheringEnded { count: 0 });
    assert_eq!(page.missed("relay-nowhere"), NOTHING);
}

#[test]
fn relay_only_that_finds_something_fails_the_check() {
    let mut page = relay_only();
    page.tell(candidate(Side::Mine, "host", "mine"));
    page.tell(What::GatheringEnded { count: 1 });
    assert_eq!(page.missed("relay-nowhere"), ["finding.no-candidates"]);
}

#[test]
fn gathering_before_the_policy_was_chosen_does_not_count() {
    let mut page = Page::in_room("manual");
    page.start("relay-nowhere");
    page.tell(What::GatheringEnded { count: 2 });
    assert_eq!(page.present(), "relay-join-without");
}

/// Connected under the policy, with these candidates and this pair.
fn through(kinds: &[&str], chosen: &str) -> Page {
    let mut page = Page::in_room("manual");
    page.start("relay-through");
    page.tell(What::Left);
    page.tell(joining("manual", true, &["turn:192.0.2.1:3478"]));
    page.joined();
    page.all(kinds.iter().map(|kind| candidate(Side::Mine, kind, "mine")));
    page.all([
        described(Side::Mine, Offer, "mine", ""),
        described(Side::Theirs, Answer, "theirs", ""),
    ]);
    page.opens("chat");
    if chosen.is_empty() {
        page.waits(1_000.0);
        assert_eq!(
            page.present(),
            "relay-pair",
            "the browser may still name it"
        );
        page.waits(2_000.0);
    } else {
        page.tell(pair(chosen));
    }
    page
}

#[test]
fn relay_only_through_a_turn_server_uses_nothing_else() {
    let page = through(&["relay", "relay"], "relay");
    assert_eq!(page.missed("relay-through"), NOTHING);
}

#[test]
fn a_browser_that_does_not_name_its_pair_passes_by_its_candidates() {
    let id = "relay-through";
    assert_eq!(through(&["relay"], "").missed(id), NOTHING);
    assert_eq!(
        through(&["relay", "host"], "").missed(id),
        ["finding.only-relays", "finding.pair-unnamed"]
    );
}

#[test]
fn a_route_past_the_turn_server_fails_the_check() {
    let page = through(&["relay", "host"], "host");
    assert_eq!(
        page.missed("relay-through"),
        ["finding.only-relays", "finding.pair-relayed"]
    );
}
