//! Provoked with two elements of this page: what their users leave out, and what happens to them.

use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use super::viewer::{CARD, Viewer};
use crate::opened::Opened;
use crate::support::{ANSWER, CONNECT, Element, OFFER, Pair, Relay, room};

/// What a person waits before the card says that something is missing, in milliseconds.
const LEFT_OUT: f64 = 10_000.0;
const HALF_AN_HOUR: f64 = 1_800_000.0;

fn row(element: &Element) -> String {
    let cards = element.all(CARD);
    let row = cards
        .first()
        .and_then(|card| card.get_attribute("data-row"));
    row.unwrap_or_default()
}

#[wasm_bindgen_test]
async fn s1_an_offer_without_sections_is_told_and_mended_from_the_card() {
    let pair = Pair::join("manual").await;
    let opened = Opened::on(&pair.offerer);
    let begin = [
        "create-peer-connection",
        "create-offer",
        "set-local-description",
    ];
    Pair::take(&pair.offerer, &begin).await;
    opened
        .until("the card", |element| row(element) == "S1")
        .await;
    opened.click(&format!("{CARD} [data-do=mend]"));
    let next = format!("{CARD} [data-mends=create-offer]");
    opened
        .until("the next way out", |element| !element.all(&next).is_empty())
        .await;
    opened.click(&next);
    opened.catch_up().await;
    Pair::take(&pair.offerer, &["set-local-description"]).await;
    opened
        .until("no card", |element| row(element).is_empty())
        .await;
}

#[wasm_bindgen_test]
async fn s2_a_description_that_was_sent_and_never_set_is_told() {
    let pair = Pair::join("manual").await;
    let begin = [
        "create-peer-connection",
        "add-data-channel",
        "create-offer",
        "send-offer",
    ];
    Pair::take(&pair.offerer, &begin).await;
    let shown = Viewer::of(LEFT_OUT)
        .shows(&pair.offerer.record(), "S2")
        .await;
    assert_eq!(shown.node, "6");
}

#[wasm_bindgen_test]
async fn s4_candidates_that_were_never_sent_are_missed_and_sent_from_the_card() {
    let pair = Pair::join("manual").await;
    let opened = Opened::on(&pair.offerer);
    let other = Opened::on(&pair.answerer);
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    opened
        .until("the card", |element| row(element) == "S4")
        .await;
    other.catch_up().await;
    assert_eq!(
        row(&pair.answerer),
        "",
        "the next step is the answerer's to take"
    );
    assert_eq!(pair.offerer.text(&format!("{CARD} [data-part=node]")), "25");
    let facts = pair.offerer.texts(&format!("{CARD} [data-part=facts] b"));
    assert_eq!(facts.last().map(String::as_str), Some("0"));
    opened.click(&format!("{CARD} [data-mends=send-candidates]"));
    opened
        .until("the channel is open", |element| {
            element.state("channel-state") == "open"
        })
        .await;
    opened
        .until("no card", |element| row(element).is_empty())
        .await;
}

#[wasm_bindgen_test]
async fn s7_relay_only_without_a_relay_gathers_nothing() {
    let room = room();
    let element = Element::in_tabs(
        &room,
        &[
            ("mode", "manual"),
            ("peer-role", "offerer"),
            ("ice-transport-policy", "relay"),
        ],
    );
    element.join().await;
    let opened = Opened::on(&element);
    Pair::take(&element, &OFFER[..4]).await;
    opened
        .until("the card", |element| row(element) == "S7")
        .await;
}

#[wasm_bindgen_test]
async fn s16_a_track_that_was_added_later_is_offered_from_the_card() {
    let pair = Pair::connected().await;
    pair.offerer.run("add-track").await.unwrap();
    pair.offerer
        .until_told("negotiation-needed", |event| {
            event["at"].as_f64() > Some(0.0)
        })
        .await;
    let at = |event: Option<&Value>| event.and_then(|event| event["at"].as_f64());
    pair.offerer
        .until("the browser wants an offer", |element| {
            let track = at(element.told_of("track").last());
            track.is_some() && at(element.told_of("negotiation-needed").last()) >= track
        })
        .await;
    Viewer::of(LEFT_OUT)
        .shows(&pair.offerer.record(), "S16")
        .await;
    pair.offerer.run("renegotiate").await.unwrap();
    pair.answerer
        .until_told("track", |event| event["side"] == "theirs")
        .await;
    Viewer::of(HALF_AN_HOUR).is_silent(&pair.offerer.record());
}

#[wasm_bindgen_test]
async fn full_a_third_in_the_room_is_told() {
    let room = room();
    let [first, second, third] = [(); 3].map(|()| Element::in_tabs(&room, &[("mode", "auto")]));
    first.join().await;
    second.join().await;
    let opened = Opened::on(&third);
    assert!(third.run("join").await.is_err());
    opened
        .until("the card", |element| row(element) == "full")
        .await;
}

#[wasm_bindgen_test]
async fn dialect_a_description_in_unknown_words_is_told() {
    let relay = Relay::new();
    let fields = [
        ("endpoint", "ws://relay.example"),
        ("room", "blue"),
        ("mode", "manual"),
    ];
    let element = Element::mount(&fields);
    element.join().await;
    relay.say(r#"{"call": {"text": "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n"}}"#);
    element
        .until_told("received", |event| event["signal"] == "unknown")
        .await;
    Viewer::of(6_000.0)
        .shows(&element.record(), "dialect")
        .await;
    relay.end();
}

#[wasm_bindgen_test]
async fn lost_an_answer_that_a_fault_took_is_told() {
    let pair = Pair::join("manual").await;
    let fault = r#"{"side": "theirs", "signal": "answer", "disorder": "drop", "times": 1}"#;
    pair.offerer.run_with("disturb", fault).await.unwrap();
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    pair.offerer
        .until_told("disturbed", |event| event["signal"] == "answer")
        .await;
    Viewer::of(6_000.0)
        .shows(&pair.offerer.record(), "lost")
        .await;
}

#[wasm_bindgen_test]
async fn a_healthy_run_shows_no_diagnosis_in_any_mode() {
    for mode in ["auto", "trickle", "manual"] {
        let pair = Pair::join(mode).await;
        let opened = [Opened::on(&pair.offerer), Opened::on(&pair.answerer)];
        if mode != "auto" {
            Pair::take(&pair.offerer, &OFFER).await;
            paused(&pair).await;
            Pair::take(&pair.answerer, &ANSWER).await;
            paused(&pair).await;
        }
        if mode == "manual" {
            Pair::take(&pair.answerer, &["send-candidates"]).await;
            Pair::take(&pair.offerer, &["send-candidates"]).await;
            paused(&pair).await;
        }
        if mode != "auto" {
            Pair::take(&pair.offerer, &[CONNECT]).await;
        }
        pair.until_open().await;
        for panels in &opened {
            panels.catch_up().await;
            assert_eq!(row(panels.element), "", "{mode}");
        }
        paused(&pair).await;
    }
}

/// Half an hour in which nobody clicks.
async fn paused(pair: &Pair) {
    for element in [&pair.offerer, &pair.answerer] {
        let record: Vec<Value> = element.record();
        Viewer::of(HALF_AN_HOUR).is_silent(&record);
    }
}
