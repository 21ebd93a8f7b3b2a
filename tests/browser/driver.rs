//! The driver: nothing that comes is missed, nothing that comes too late is taken.

use js_sys::{Function, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::support::{Census, Element, OFFER, Pair, Peer, browser_caught_up, room, until};

fn hundred_lines() -> Vec<String> {
    (0..100).map(|number| format!("line {number}")).collect()
}

/// Plays a candidate event that the browser had under way.
fn late_candidate(connection: &web_sys::EventTarget) {
    let candidate = Object::new();
    let text = "candidate:1 1 udp 1 192.0.2.1 9 typ host";
    Reflect::set(&candidate, &"candidate".into(), &text.into()).unwrap();
    Reflect::set(&candidate, &"sdpMid".into(), &"0".into()).unwrap();
    let event = Event::new("icecandidate").unwrap();
    Reflect::set(&event, &"candidate".into(), &candidate).unwrap();
    connection.dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn lines_sent_the_moment_the_channel_opens_all_come_in_order_to_an_answerer() {
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "auto")]);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    peer.greet_with(hundred_lines());
    peer.offer().await;
    element
        .until("a hundred lines came", |element| {
            element.lines("received").len() >= 100
        })
        .await;
    assert_eq!(element.lines("received"), hundred_lines());
    peer.end();
}

#[wasm_bindgen_test]
async fn lines_sent_the_moment_the_channel_opens_all_come_in_order_to_an_offerer() {
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "offerer")]);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    peer.greet_with(hundred_lines());
    element
        .until("a hundred lines came", |element| {
            element.lines("received").len() >= 100
        })
        .await;
    assert_eq!(element.lines("received"), hundred_lines());
    peer.end();
}

#[wasm_bindgen_test]
async fn a_hundred_lines_given_at_once_go_in_order() {
    let pair = Pair::connected().await;
    let lines = hundred_lines();
    let given = lines
        .iter()
        .map(|line| pair.offerer.run_with("send-message", line));
    let outcomes = futures_util::future::join_all(given).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    pair.answerer
        .until("a hundred lines came", |to| {
            to.lines("received").len() >= 100
        })
        .await;
    assert_eq!(pair.answerer.lines("received"), lines);
}

#[wasm_bindgen_test]
async fn a_candidate_that_comes_after_the_close_is_ignored() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    Pair::take(&element, &OFFER[..1]).await;
    late_candidate(&census.connection(0));
    element.until_told("candidate", |_| true).await;
    element.click("close");
    // In the same task as the click: the report stands in the queue behind the order to close.
    late_candidate(&census.connection(0));
    element.until_told("attempt-ended", |_| true).await;
    late_candidate(&census.connection(0));
    Pair::take(&element, &OFFER[..1]).await;
    assert_eq!(element.told_of("candidate").len(), 1, "{}", element.story());
    census.end();
}

#[wasm_bindgen_test]
async fn a_call_that_settles_after_the_close_is_ignored() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    Pair::take(&element, &OFFER[..2]).await;
    // Closing leaves a browser's own promise pending for ever; this one settles all the same, and late.
    let (promise, settle) = pending();
    let answer = Function::new_with_args("promise", "return () => promise");
    let call = answer.call1(&JsValue::NULL, &promise).unwrap();
    Reflect::set(&census.connection(0), &"createOffer".into(), &call).unwrap();
    element.click("create-offer");
    element
        .until_told("call", |event| event["call"] == "createOffer()")
        .await;
    element.run("close").await.unwrap();
    let description = js_sys::JSON::parse("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}").unwrap();
    settle.call1(&JsValue::NULL, &description).unwrap();
    browser_caught_up().await;
    Pair::take(&element, &OFFER).await;
    let offers = element.told_of("done");
    let made = |event: &&Value| event["call"] == "createOffer()";
    assert_eq!(offers.iter().filter(made).count(), 1, "{}", element.story());
    census.end();
}

fn pending() -> (js_sys::Promise, Function) {
    let mut settle = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| settle = Some(resolve));
    (promise, settle.unwrap())
}

#[wasm_bindgen_test]
async fn a_call_that_the_browser_refuses_is_told_and_the_attempt_goes_on() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    Pair::take(&element, &OFFER[..2]).await;
    let connection = census.connection(0);
    let refuse =
        Function::new_no_args("return Promise.reject(new DOMException('no', 'InvalidStateError'))");
    Reflect::set(&connection, &"createOffer".into(), &refuse).unwrap();
    let refusal = element.run("create-offer").await.unwrap_err();
    let trouble = element.told_of("trouble");
    assert_eq!(
        trouble[0]["fault"],
        serde_json::json!({"name": "InvalidStateError", "message": "no"})
    );
    assert!(refusal.ends_with('.'), "{refusal}");
    let throw = Function::new_no_args("throw new DOMException('not so', 'OperationError')");
    Reflect::set(&connection, &"createOffer".into(), &throw).unwrap();
    assert!(element.run("create-offer").await.is_err());
    Reflect::delete_property(connection.unchecked_ref::<Object>(), &"createOffer".into()).unwrap();
    Pair::take(&element, &OFFER[2..]).await;
    assert_eq!(element.faults(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn a_peer_connection_that_cannot_be_made_is_told() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    let throw = Function::new_no_args("throw new DOMException('too many', 'UnknownError')");
    let before = Reflect::get(&js_sys::global(), &"RTCPeerConnection".into()).unwrap();
    Reflect::set(&js_sys::global(), &"RTCPeerConnection".into(), &throw).unwrap();
    let refused = element.run("create-peer-connection").await;
    Reflect::set(&js_sys::global(), &"RTCPeerConnection".into(), &before).unwrap();
    assert!(refused.is_err());
    assert_eq!(element.told_of("trouble").len(), 1);
    Pair::take(&element, &OFFER).await;
    census.end();
}

#[wasm_bindgen_test]
async fn a_candidate_that_comes_before_its_description_is_kept_and_used() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.offerer, &["send-candidates"]).await;
    Pair::take(&pair.answerer, &["create-peer-connection"]).await;
    let came = |element: &Element| {
        let known = element.told_of("candidate");
        known
            .iter()
            .filter(|event| event["side"] == "theirs")
            .count()
    };
    let used = |element: &Element| {
        let fates = element.told_of("candidate-fate");
        let used = |event: &&Value| event["side"] == "theirs" && event["fate"] == "used";
        fates.iter().filter(used).count()
    };
    pair.answerer
        .until("a candidate is kept", |element| came(element) > 0)
        .await;
    assert_eq!(used(&pair.answerer), 0);
    Pair::take(&pair.answerer, &["set-remote-description"]).await;
    pair.answerer
        .until("all are used", |element| {
            used(element) > 0 && used(element) == came(element)
        })
        .await;
}

#[wasm_bindgen_test]
async fn the_channel_is_made_as_the_fields_ask() {
    let room = room();
    let offerer = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "offerer")]);
    let answerer = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "answerer")]);
    offerer.type_into("[name=label]", "bare");
    offerer.type_into("[name=ordered]", "false");
    offerer.type_into("[name=protocol]", "chat.v1");
    offerer.type_into("[name=max-retransmits]", "3");
    let census = Census::new();
    let pair = Pair { offerer, answerer };
    pair.enter().await;
    pair.until_open().await;
    let read = |index: usize, name: &str| Reflect::get(&census.data_channel(index), &name.into());
    for index in 0..2 {
        assert_eq!(read(index, "label").unwrap(), "bare");
        assert_eq!(read(index, "ordered").unwrap(), false);
        assert_eq!(read(index, "protocol").unwrap(), "chat.v1");
        assert_eq!(read(index, "maxRetransmits").unwrap(), 3);
    }
    census.end();
    until(
        "both tell the channel",
        || pair.answerer.told_of("channel").len() > 1,
        String::new,
    )
    .await;
}
