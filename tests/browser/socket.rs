//! The socket transport: an address that does not answer, odd frames, and a whole connection over an endpoint.

use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

use crate::support::{ANSWER, Census, Element, OFFER, Pair, Relay, fact, hand_in, room, sentence};

/// This page's own server: it answers, but not as a WebSocket.
fn deaf_host() -> String {
    window().unwrap().location().host().unwrap()
}

fn over_relay(room: &str, mode: &str) -> Element {
    Element::mount(&[
        ("endpoint", "ws://relay.example"),
        ("room", room),
        ("mode", mode),
    ])
}

#[wasm_bindgen_test]
async fn an_address_that_does_not_answer_is_told_with_its_sentence_and_tried_again() {
    let census = Census::new();
    let host = deaf_host();
    let element = Element::mount(&[("endpoint", &format!("ws://{host}"))]);
    element.click("join");
    let closed = |event: &Value| event["state"] == "closed";
    element.until_told("link", closed).await;
    let note = element.told_of("link").into_iter().find(closed).unwrap()["note"].clone();
    assert!(fact(&note, "link.no-answer"), "{note}");
    assert_eq!(note["args"]["host"], host.as_str());
    let trouble = &element.told_of("trouble")[0];
    assert!(
        fact(&trouble["advice"], "advice.endpoint-running"),
        "{trouble}"
    );
    let advice = sentence("advice.endpoint-running", &[("host", &host)]);
    assert!(element.text("[data-place=trouble]").contains(&advice));
    element
        .until("it was tried three times", |element| {
            element
                .told_of("link")
                .iter()
                .filter(|event| event["state"] == "connecting")
                .count()
                >= 3
        })
        .await;
    assert_eq!(element.told_of("trouble").len(), 1, "told once");
    assert_eq!(element.free(), None);
    assert_eq!(census.alive(), [""; 0], "freed while a try was due");
    census.end();
}

#[wasm_bindgen_test]
async fn a_person_can_give_up_on_an_address_that_does_not_answer() {
    let element = Element::mount(&[("endpoint", &format!("ws://{}", deaf_host()))]);
    element.click("join");
    let closed = |event: &Value| event["state"] == "closed";
    element.until_told("link", closed).await;
    element.run("leave").await.unwrap();
    element.type_into("[name=endpoint]", "tabs:");
    element.join().await;
}

#[wasm_bindgen_test]
async fn an_address_that_the_browser_refuses_is_told_and_the_form_is_back() {
    let element = Element::mount(&[("endpoint", "ws://[broken")]);
    assert!(element.run("join").await.is_err());
    element.type_into("[name=endpoint]", "tabs:");
    element.join().await;
}

#[wasm_bindgen_test]
async fn frames_that_are_too_long_or_no_text_are_told_and_not_copied() {
    let census = Census::new();
    let element = Element::mount(&[("endpoint", &format!("ws://{}", deaf_host()))]);
    element.click("join");
    element
        .until("the socket is made", |element| {
            !element.told_of("link").is_empty()
        })
        .await;
    let socket = census.socket(0);
    hand_in(&socket, &js_sys::JsString::from("x").repeat(300_000));
    hand_in(&socket, &js_sys::ArrayBuffer::new(8));
    let note = |id: &'static str| move |event: &Value| fact(&event["message"], id);
    element
        .until_told("note", note("note.frame-too-long"))
        .await;
    element.until_told("note", note("note.frame-binary")).await;
    census.end();
}

#[wasm_bindgen_test]
async fn two_elements_connect_over_a_socket() {
    let relay = Relay::new();
    let room = room();
    let pair = Pair {
        answerer: over_relay(&room, "auto"),
        offerer: over_relay(&room, "auto"),
    };
    pair.enter().await;
    pair.until_open().await;
    pair.chat().await;
    assert!(relay.urls().iter().all(|url| url.contains("/rooms/test-")));
    pair.offerer.run("leave").await.unwrap();
    assert_eq!(relay.closed(), [1000], "a normal close");
    relay.end();
}

#[wasm_bindgen_test]
async fn a_link_that_is_lost_mid_handshake_comes_back_to_its_seat_and_goes_on() {
    let relay = Relay::new();
    let room = room();
    let pair = Pair {
        answerer: over_relay(&room, "trickle"),
        offerer: over_relay(&room, "trickle"),
    };
    pair.enter().await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER[..3]).await;
    relay.drop();
    for element in [&pair.offerer, &pair.answerer] {
        let again = |event: &Value| event["again"] == true;
        element.until_told("joined", again).await;
        let lost = |event: &Value| fact(&event["note"], "link.lost");
        element.until_told("link", lost).await;
    }
    assert_eq!(
        relay
            .urls()
            .iter()
            .filter(|url| url.contains("?resume=token-"))
            .count(),
        2
    );
    Pair::take(&pair.answerer, &ANSWER[3..]).await;
    Pair::take(&pair.offerer, &["set-remote-description"]).await;
    pair.until_open().await;
    pair.chat().await;
    relay.end();
}

#[wasm_bindgen_test]
async fn a_link_that_is_lost_after_the_channel_opened_disturbs_nobody() {
    let relay = Relay::new();
    let room = room();
    let pair = Pair {
        answerer: over_relay(&room, "auto"),
        offerer: over_relay(&room, "auto"),
    };
    pair.enter().await;
    pair.until_open().await;
    relay.drop();
    let lost = |event: &Value| fact(&event["note"], "link.lost-not-needed");
    pair.offerer.until_told("link", lost).await;
    pair.chat().await;
    let again = |event: &Value| event["again"] == true;
    pair.offerer.until_told("joined", again).await;
    pair.chat().await;
    assert!(pair.offerer.told_of("attempt-ended").is_empty());
    relay.end();
}

#[wasm_bindgen_test]
async fn a_resume_token_is_shown_nowhere() {
    let relay = Relay::new();
    let element = over_relay(&room(), "manual");
    element.join().await;
    for (place, text) in [
        (
            "the record",
            serde_json::to_string(&element.record()).unwrap(),
        ),
        ("the page", element.texts("*").concat()),
    ] {
        assert!(!text.contains("token-"), "it is in {place}: {text}");
    }
    relay.end();
}
