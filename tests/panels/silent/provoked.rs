//! Provoked with peer connections as other programs use them, because this page does none of it wrong.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::viewer::Viewer;

#[wasm_bindgen(module = "/tests/panels/silent/raw.js")]
extern "C" {
    #[wasm_bindgen(js_name = wrong)]
    async fn wrong_in_browser(name: &str) -> JsValue;
    #[wasm_bindgen(js_name = blocked)]
    async fn blocked_in_browser() -> JsValue;
}

#[wasm_bindgen(module = "/tests/panels/silent/side.js")]
extern "C" {
    fn firefox() -> bool;
}

/// What the browser told of something done wrong.
pub(crate) async fn wrong(name: &str) -> Vec<Value> {
    let facts = wrong_in_browser(name).await.as_string().unwrap();
    serde_json::from_str(&facts).unwrap()
}

fn values<'a>(facts: &'a [Value], name: &str) -> Vec<&'a str> {
    let of = facts.iter().filter(|fact| fact["name"] == name);
    of.filter_map(|fact| fact["value"].as_str()).collect()
}

fn has(facts: &[Value], kind: &str) -> bool {
    facts.iter().any(|fact| fact["kind"] == kind)
}

#[wasm_bindgen_test]
async fn s3_candidates_that_came_before_anybody_listened_are_found_in_the_description() {
    let facts = wrong("lateListener").await;
    assert!(!has(&facts, "candidate"), "the browser told none again");
    Viewer::of(0.0).shows(&facts, "S3").await;
}

#[wasm_bindgen_test]
async fn s4a_firefox_gives_up_without_candidates_where_chromium_waits() {
    let facts = wrong("noCandidates").await;
    let failed = values(&facts, "connectionState").contains(&"failed");
    assert_eq!(failed, firefox());
    let viewer = Viewer::of(4_000.0);
    if failed {
        viewer.shows(&facts, "S4a").await;
    } else {
        viewer.is_silent(&facts);
    }
}

#[wasm_bindgen_test]
async fn s5_a_pair_of_addresses_that_leads_nowhere_is_told() {
    let facts = wrong("noRoute").await;
    assert!(values(&facts, "connectionState").contains(&"failed"));
    Viewer::of(4_000.0).shows(&facts, "S5").await;
}

#[wasm_bindgen_test]
async fn s8_a_server_that_is_silent_is_told_before_the_browser_says_so() {
    let facts = wrong("deadServer").await;
    Viewer::of(0.0).shows(&facts, "S8").await;
}

#[wasm_bindgen_test]
async fn s9_a_server_that_nobody_finds_is_not_fatal() {
    let facts = wrong("strangeServer").await;
    assert!(has(&facts, "candidate-error") && has(&facts, "candidate"));
    Viewer::of(0.0).shows(&facts, "S9").await;
}

#[wasm_bindgen_test]
async fn s10_names_that_nobody_answers_to_are_told() {
    let facts = wrong("strangeNames").await;
    Viewer::of(20_000.0).shows(&facts, "S10").await;
}

#[wasm_bindgen_test]
async fn s11_an_own_offer_is_taken_by_the_browser_and_known_by_its_fingerprint() {
    let facts = wrong("ownOffer").await;
    assert!(!has(&facts, "trouble"), "the browser took it");
    Viewer::of(0.0).shows(&facts, "S11").await;
}

#[wasm_bindgen_test]
async fn s12_an_offer_that_is_rolled_back_is_told() {
    let facts = wrong("bothOffer").await;
    assert!(!has(&facts, "trouble"), "the browser says nothing");
    Viewer::of(2_000.0).shows(&facts, "S12").await;
}

#[wasm_bindgen_test]
async fn s13_a_channel_of_the_answerer_stays_connecting() {
    let facts = wrong("wrongSide").await;
    assert!(values(&facts, "connectionState").contains(&"connected"));
    assert!(!values(&facts, "channel.readyState").contains(&"open"));
    Viewer::of(5_000.0).shows(&facts, "S13").await;
}

#[wasm_bindgen_test]
async fn s14_the_channel_event_is_not_repeated_for_a_late_listener() {
    let facts = wrong("lateForChannel").await;
    assert!(!has(&facts, "channel"));
    Viewer::of(5_000.0).shows(&facts, "S14").await;
}

#[wasm_bindgen_test]
async fn s15_the_creator_never_gets_its_own_channel_event() {
    let facts = wrong("creatorListens").await;
    let announced = facts.iter().any(|fact| fact["state"] == "announced");
    assert!(!announced);
    Viewer::of(5_000.0).shows(&facts, "S15").await;
}

#[wasm_bindgen_test]
async fn s17_a_channel_that_closes_without_a_goodbye_is_the_end() {
    let facts = wrong("closedWithoutWord").await;
    assert_eq!(values(&facts, "channel.readyState").last(), Some(&"closed"));
    Viewer::of(4_000.0).shows(&facts, "S17").await;
}

#[wasm_bindgen_test]
async fn s18_an_own_close_tells_nobody() {
    let facts = wrong("closedItself").await;
    assert!(!values(&facts, "connectionState").contains(&"closed"));
    Viewer::of(0.0).shows(&facts, "S18").await;
}

#[wasm_bindgen_test]
async fn s19_an_offer_as_it_was_created_has_no_candidates() {
    let facts = wrong("bareOffer").await;
    Viewer::of(0.0).shows(&facts, "S19").await;
}

#[wasm_bindgen_test]
async fn s20_whoever_joins_later_never_hears_the_offer() {
    let facts = wrong("lateJoiner").await;
    assert!(has(&facts, "peer-joined"), "somebody came");
    assert!(!has(&facts, "note"), "and heard nothing");
    Viewer::of(6_000.0).shows(&facts, "S20").await;
}

#[wasm_bindgen_test]
async fn s22_an_interruption_is_told_as_one_while_the_other_side_is_in_the_room() {
    let facts = wrong("wentSilent").await;
    assert!(values(&facts, "connectionState").contains(&"disconnected"));
    Viewer::of(4_000.0).shows(&facts, "S22").await;
}

#[wasm_bindgen_test]
async fn s25_a_call_under_way_never_settles_once_the_connection_is_closed() {
    let facts = wrong("closedDuringCall").await;
    assert!(!has(&facts, "trouble") && !done(&facts, "createOffer()"));
    Viewer::of(16_000.0).shows(&facts, "S25").await;
}

fn done(facts: &[Value], call: &str) -> bool {
    let mut ends = facts.iter().filter(|fact| fact["kind"] == "done");
    ends.any(|fact| fact["call"] == call)
}

#[wasm_bindgen_test]
async fn s26_a_socket_that_a_policy_blocks_is_told_with_its_directive() {
    let said = blocked_in_browser().await.as_string().unwrap();
    assert!(said.contains("connect-src"), "{said}");
    let none = json!({"id": "doing.join", "args": {}});
    let facts = [
        json!({"v": 1, "at": 1, "attempt": 0, "kind": "trouble", "blame": "browser", "doing": none, "advice": none,
            "cause": {"id": "trouble.link-policy", "args": {"host": "relay.example"}}, "step": null, "call": null, "state": null,
            "fault": {"name": "SecurityPolicyViolation", "message": said}}),
    ];
    let shown = Viewer::of(0.0).shows(&facts, "S26").await;
    assert!(shown.facts.contains("connect-src"));
}

#[wasm_bindgen_test]
async fn s27_one_who_left_the_room_and_is_silent_said_no_goodbye() {
    let mut facts = wrong("wentSilent").await;
    let last = facts.last().unwrap()["at"].clone();
    facts.push(
        json!({"v": 1, "at": last, "attempt": 1, "kind": "peer-left", "peer": "b7e2",
        "message": {"id": "left.gone", "args": {"peer": "b7e2"}}}),
    );
    Viewer::of(4_000.0).shows(&facts, "S27").await;
}

#[wasm_bindgen_test]
async fn s28_the_open_event_is_missed_by_a_listener_that_comes_later() {
    let facts = wrong("lateForOpen").await;
    assert!(!values(&facts, "channel.readyState").contains(&"open"));
    Viewer::of(6_000.0).shows(&facts, "S28").await;
}

#[wasm_bindgen_test]
async fn s29_options_that_do_not_go_together_throw_at_once() {
    let facts = wrong("wrongOptions").await;
    Viewer::of(0.0).shows(&facts, "S29").await;
}
