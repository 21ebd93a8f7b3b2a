//! Diagnoses judged on recorded facts: those that need a foreign network, a camera or somebody else's page, and the silence
//! of what is healthy. Those that two browsers on one machine can provoke are provoked in `tests/panels/silent`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "diagnosis/recorded.rs"]
mod recorded;
#[path = "diagnosis/told.rs"]
mod told;

use recorded::{Recorded, answer, candidate, offer};
use told::told;
use webrtc_steps_core::diagnosis::{Owner, Tone};
use webrtc_steps_core::io::{Side, StateName};

#[test]
fn s6_from_recorded_facts_strict_networks_need_a_relay() {
    let mut run = Recorded::agreed("auto");
    for side in [Side::Mine, Side::Theirs] {
        run.candidate(side, &candidate("srflx", "203.0.113.7"));
    }
    run.state(StateName::Connection, "failed").wait(4_000.0);
    let found = run.first();
    assert_eq!((found.row, found.whose), ("S6", Owner::Network));
    told(&found);
}

#[test]
fn s6_from_recorded_facts_is_not_said_where_a_relay_was_tried() {
    let mut run = Recorded::agreed("auto");
    for side in [Side::Mine, Side::Theirs] {
        run.candidate(side, &candidate("srflx", "203.0.113.7"));
    }
    run.candidate(Side::Theirs, &candidate("relay", "198.51.100.1"));
    run.state(StateName::Connection, "failed").wait(4_000.0);
    assert_eq!(run.first().row, "S5");
}

#[test]
fn s10_from_recorded_facts_names_reach_one_network_only() {
    let mut run = Recorded::agreed("auto");
    for side in [Side::Mine, Side::Theirs] {
        run.candidate(side, &candidate("host", "9ce5695a.local"));
    }
    run.state(StateName::Connection, "failed").wait(4_000.0);
    let found = run.first();
    assert_eq!(found.row, "S10");
    told(&found);
}

#[test]
fn s8_from_recorded_facts_a_dead_server_is_missed_before_the_browser_says_so() {
    let mut run = Recorded::joined("manual", &["stun:192.0.2.1"]);
    run.described(Side::Mine, &offer("chromium"));
    run.state(StateName::IceGathering, "gathering");
    run.candidate(Side::Mine, &candidate("host", "9ce5695a.local"));
    assert!(run.wait(9_000.0).rows().is_empty(), "not sure yet");
    let found = run.wait(7_000.0).first();
    assert_eq!((found.row, found.tone), ("S8", Tone::Odd));
    told(&found);
    run.error("stun:192.0.2.1", 701);
    let found = run.first();
    assert!(
        found
            .facts
            .iter()
            .any(|fact| fact.value.args[0].1 == "stun:192.0.2.1")
    );
    told(&found);
}

#[test]
fn s9_from_recorded_facts_a_family_of_addresses_without_a_server_is_not_fatal() {
    let mut run = Recorded::agreed("auto");
    run.state(StateName::IceGathering, "gathering");
    run.candidate(Side::Mine, &candidate("host", "192.168.0.2"));
    run.error("stun:[2001:db8::1]", 701);
    let found = run.first();
    assert_eq!((found.row, found.tone), ("S9", Tone::Calm));
    told(&found);
    run.candidate(Side::Mine, &candidate("srflx", "203.0.113.7"));
    assert!(run.rows().is_empty(), "the other family works");
}

#[test]
fn s21_from_recorded_facts_a_line_of_an_unreliable_channel_is_gone() {
    let mut run = Recorded::open("ordered: false, maxRetransmits: 0");
    run.says("hello");
    assert!(run.wait(60_000.0).rows().is_empty(), "nothing was lost");
    run.state(StateName::Connection, "disconnected")
        .says("are you there");
    let found = run.find("S21");
    told(&found);
    let mut reliable = Recorded::open("ordered");
    reliable
        .state(StateName::Connection, "disconnected")
        .says("are you there");
    assert!(!reliable.rows().contains(&"S21"));
}

#[test]
fn s22_from_recorded_facts_an_interruption_may_pass() {
    let mut run = Recorded::open("ordered");
    run.state(StateName::Connection, "disconnected");
    assert!(
        run.wait(2_000.0).rows().is_empty(),
        "it may be over at once"
    );
    let found = run.wait(2_000.0).first();
    assert_eq!(
        (found.row, found.tone, found.mend),
        ("S22", Tone::Calm, None)
    );
    told(&found);
    run.state(StateName::Connection, "failed");
    let found = run.wait(4_000.0).first();
    assert_eq!((found.row, found.mend), ("S22", Some("restart-ice")));
    run.state(StateName::Connection, "connected");
    assert!(run.rows().is_empty(), "it came back");
}

#[test]
fn s23_from_recorded_facts_a_picture_waits_for_a_click() {
    let mut run = Recorded::open("ordered");
    run.track(Side::Theirs, "video")
        .refused("play()", "NotAllowedError", "stable");
    let found = run.first();
    assert_eq!(found.row, "S23");
    told(&found);
}

#[test]
fn s24_from_recorded_facts_a_secure_page_needs_a_secure_socket() {
    let mut run = Recorded::at_endpoint("ws://relay.example");
    run.trouble("trouble.link-security", "SecurityError").left();
    let found = run.first();
    assert_eq!(found.row, "S24");
    assert!(found.explains.contains(&"trouble.link-security"));
    told(&found);
}

#[test]
fn s27_from_recorded_facts_silence_of_one_who_left_is_told_with_its_length() {
    let mut run = Recorded::open("ordered");
    run.peer_left("left.channel-open")
        .state(StateName::Connection, "disconnected");
    let found = run.wait(4_000.0).first();
    assert_eq!((found.row, found.whose), ("S27", Owner::Theirs));
    told(&found);
}

#[test]
fn full_from_recorded_facts_is_the_endpoints_word() {
    let mut run = Recorded::at_endpoint("ws://relay.example");
    run.trouble("trouble.room-full", "").left();
    let found = run.first();
    assert_eq!((found.row, found.whose), ("full", Owner::Endpoint));
    told(&found);
}

#[test]
fn rooms_from_recorded_facts_are_compared_where_nobody_tells_who_is_there() {
    let mut run = Recorded::at_endpoint("ws://bare.example");
    run.offered();
    assert!(
        run.wait(300_000.0).rows().is_empty(),
        "a person may take minutes"
    );
    let found = run.wait(400_000.0).first();
    assert_eq!(found.row, "rooms");
    told(&found);
}

#[test]
fn dialect_from_recorded_facts_is_told_only_of_what_looks_like_a_signal() {
    let mut run = Recorded::at_endpoint("ws://bare.example");
    run.unknown("{\"ping\": 1}");
    assert!(run.wait(60_000.0).rows().is_empty(), "chatter of a server");
    run.unknown("{\"kind\": \"call\", \"text\": \"v=0\\r\\no=- 1 2 IN IP4 0.0.0.0\"}");
    let found = run.wait(6_000.0).first();
    assert_eq!(found.row, "dialect");
    told(&found);
    run.described(Side::Theirs, &answer("chromium"));
    assert!(run.rows().is_empty(), "it was understood after all");
}

#[test]
fn hidden_from_recorded_facts_a_page_in_the_background_is_throttled() {
    let mut run = Recorded::joined("auto", &[]);
    run.peer_joined("b7e2").page(true, true);
    assert!(
        run.wait(60_000.0).rows().is_empty(),
        "nothing was under way"
    );
    run.offered();
    let found = run.wait(1_000.0).find("hidden");
    assert_eq!(found.tone, Tone::Calm);
    told(&found);
    run.page(true, false);
    assert!(!run.rows().contains(&"hidden"));
}

#[test]
fn http_from_recorded_facts_is_told_when_something_absent_was_wanted() {
    let mut run = Recorded::joined("auto", &[]);
    run.page(false, false);
    assert!(
        run.rows().is_empty(),
        "data channels need no secure context"
    );
    run.note("note.not-copied");
    let found = run.first();
    assert_eq!(found.row, "http");
    told(&found);
}

#[test]
fn lost_from_recorded_facts_a_fault_on_purpose_is_named() {
    let mut run = Recorded::joined("manual", &[]);
    run.offered().disturbed(Side::Theirs, "answer");
    let found = run.wait(6_000.0).first();
    assert_eq!((found.row, found.step), ("lost", Some(21)));
    told(&found);
    run.described(Side::Theirs, &answer("chromium"));
    assert!(run.rows().is_empty());
}

#[test]
fn s4_waits_for_a_person_who_takes_the_steps_in_their_order() {
    let mut run = Recorded::answerer_agreed("manual");
    run.candidate_found();
    assert!(run.wait(600_000.0).rows().is_empty());
}

#[test]
fn s4_from_recorded_facts_candidates_of_the_other_side_are_missed_later() {
    let mut run = Recorded::agreed("manual");
    run.candidate(Side::Mine, &candidate("host", "9ce5695a.local"));
    run.sent("candidate", "{}");
    assert!(
        run.wait(25_000.0).rows().is_empty(),
        "a person may pause there"
    );
    let found = run.wait(10_000.0).first();
    assert_eq!(
        (found.row, found.step, found.whose),
        ("S4", Some(22), Owner::Theirs)
    );
    told(&found);
}

#[test]
fn the_deadline_is_the_moment_of_the_next_change() {
    let mut run = Recorded::agreed("manual");
    run.candidate_found();
    assert!(run.rows().is_empty());
    let due = run.deadline().expect("something is waited for");
    let now = run.now();
    run.wait(due - now - 1.0);
    assert!(run.rows().is_empty());
    assert_eq!(run.wait(1.0).rows(), ["S4"]);
}
