//! What is done on purpose: forbidden calls, edited descriptions, faults, and what is added to a connection that stands.

use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{ANSWER, CONNECT, Element, OFFER, Pair, room};

/// Gives a command that the browser will refuse; what its last refusal was: the call, the state and the error's name.
async fn refusal(element: &Element, command: &str) -> [String; 3] {
    let before = element.told_of("trouble").len();
    let outcome = element.run(command).await;
    assert!(outcome.is_err(), "{command}\n{}", element.story());
    let troubles = element.told_of("trouble");
    assert!(troubles.len() > before, "{command}\n{}", element.story());
    let last = &troubles[troubles.len() - 1];
    [&last["call"], &last["state"], &last["fault"]["name"]]
        .map(|value| value.as_str().unwrap_or_default().to_owned())
}

/// The course from an offer that was made to the channel.
async fn finish(pair: &Pair) {
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.answerer, &["send-candidates"]).await;
    pair.offerer
        .until_told("received", |event| event["signal"] == "answer")
        .await;
    Pair::take(&pair.offerer, &[CONNECT, "send-candidates"]).await;
    pair.until_open().await;
    pair.chat().await;
}

async fn disturb(element: &Element, side: &str, signal: &str, disorder: Option<&str>) {
    let text = json!({"side": side, "signal": signal, "disorder": disorder, "ms": 500, "times": 1});
    let outcome = element.run_with("disturb", &text.to_string()).await;
    assert_eq!(outcome, Ok(()));
}

/// Makes the document say that it is in the background, or leaves that to the browser again.
fn hide(hidden: bool) {
    let body = if hidden {
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });"
    } else {
        "delete document.hidden;"
    };
    let told = format!("{body} document.dispatchEvent(new Event('visibilitychange'));");
    Function::new_no_args(&told).call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn forbidden_calls_are_refused_by_the_browser_and_the_course_goes_on() {
    let pair = Pair::join("manual").await;
    let offerer = &pair.offerer;
    Pair::take(offerer, &OFFER[..1]).await;
    assert!(!offerer.is_available("set-remote-description"));
    offerer.click("let-me-fail");
    offerer.until_available("set-remote-description").await;
    let switch = offerer.find("[data-command=let-me-fail]");
    assert_eq!(
        switch.get_attribute("aria-checked").as_deref(),
        Some("true")
    );
    let state = "InvalidStateError";
    assert_eq!(
        refusal(offerer, "create-answer").await,
        ["createAnswer()", "stable", state]
    );
    assert_eq!(
        refusal(offerer, "set-remote-description").await,
        ["setRemoteDescription(answer)", "stable", state]
    );
    // Which of two errors it is differs between the browsers.
    let local = refusal(offerer, "set-local-description").await;
    assert_eq!(local[..2], ["setLocalDescription(answer)", "stable"]);
    Pair::take(offerer, &OFFER[1..2]).await;
    let early = offerer.run_with("send-message", "too early").await;
    assert!(early.is_err());
    offerer
        .until_told("trouble", |event| event["call"] == "send()")
        .await;
    Pair::take(offerer, &OFFER[2..]).await;
    finish(&pair).await;
    let again = refusal(offerer, "set-remote-description").await;
    assert_eq!(again, ["setRemoteDescription(answer)", "stable", state]);
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn with_the_switch_on_the_browser_judges_the_ice_servers() {
    let attributes = [
        ("ice-servers", "http://stun.invalid"),
        ("peer-role", "offerer"),
    ];
    let element = Element::in_tabs(&room(), &attributes);
    assert!(element.run("join").await.is_err());
    element.run_with("let-me-fail", "on").await.unwrap();
    element.join().await;
    let refused = refusal(&element, "create-peer-connection").await;
    assert_eq!(refused, ["new RTCPeerConnection()", "", "SyntaxError"]);
}

#[wasm_bindgen_test]
async fn an_offer_set_over_an_own_offer_rolls_it_back_and_that_is_said() {
    let room = room();
    let role = [("peer-role", "offerer")];
    let pair = [
        Element::in_tabs(&room, &role),
        Element::in_tabs(&room, &role),
    ];
    for element in &pair {
        element.run_with("let-me-fail", "on").await.unwrap();
        element.join().await;
    }
    for commands in [&OFFER[..4], &OFFER[4..]] {
        for element in &pair {
            Pair::take(element, commands).await;
        }
    }
    let [first, _] = &pair;
    first
        .until_told("pending", |event| {
            event["side"] == "theirs" && event["type"] == "offer"
        })
        .await;
    Pair::take(first, &[CONNECT]).await;
    assert_eq!(first.state("signaling-state"), "have-remote-offer");
    assert_eq!(first.state("role"), "answerer");
    first
        .until_told("note", |event| event["message"]["id"] == "note.rolled-back")
        .await;
    Pair::take(first, &["create-answer"]).await;
}

#[wasm_bindgen_test]
async fn an_edited_description_is_what_the_browser_is_given() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    let answerer = &pair.answerer;
    answerer
        .until_told("pending", |event| event["side"] == "theirs")
        .await;
    let pending = answerer.told_of("pending");
    let offer = pending[0]["sdp"].as_str().unwrap().to_owned();
    Pair::take(answerer, &ANSWER[..2]).await;
    let broken = offer.replacen("o=", "o#", 1);
    answerer.run_with("edit-theirs", &broken).await.unwrap();
    let [call, state, _] = refusal(answerer, CONNECT).await;
    assert_eq!([&*call, &*state], ["setRemoteDescription(offer)", "stable"]);
    answerer.run_with("edit-theirs", &offer).await.unwrap();
    let edited = answerer.told_of("pending");
    assert_eq!(edited[edited.len() - 1]["edited"], true);
    Pair::take(answerer, &ANSWER[2..]).await;
    Pair::take(answerer, &["send-candidates"]).await;
    Pair::take(&pair.offerer, &[CONNECT, "send-candidates"]).await;
    pair.until_open().await;
}

#[wasm_bindgen_test]
async fn candidates_added_before_their_description_are_refused_and_kept() {
    let pair = Pair::join("trickle").await;
    let answerer = &pair.answerer;
    for option in ["add-by-hand", "let-me-fail"] {
        answerer.run_with(option, "on").await.unwrap();
    }
    Pair::take(&pair.offerer, &OFFER).await;
    answerer
        .until_told("received", |event| event["signal"] == "end")
        .await;
    Pair::take(answerer, &ANSWER[..2]).await;
    let early = refusal(answerer, "add-candidates").await;
    assert_eq!(early, ["addIceCandidate()", "stable", "InvalidStateError"]);
    Pair::take(answerer, &ANSWER[2..]).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    assert_eq!(answerer.run("add-candidates").await, Ok(()));
    pair.until_open().await;
}

#[wasm_bindgen_test]
async fn a_track_added_later_is_there_after_a_new_offer_without_any_permission() {
    let pair = Pair::connected().await;
    for (from, to) in [
        (&pair.offerer, &pair.answerer),
        (&pair.answerer, &pair.offerer),
    ] {
        let needed = from.told_of("negotiation-needed").len();
        from.run("add-track").await.unwrap();
        from.until("a negotiation is needed", |from| {
            from.told_of("negotiation-needed").len() > needed
        })
        .await;
        assert!(
            !to.told_of("track")
                .iter()
                .any(|track| track["side"] == "theirs")
        );
        from.run("renegotiate").await.unwrap();
        to.until_told("track", |track| {
            track["side"] == "theirs" && track["media"] == "video"
        })
        .await;
        for page in [from, to] {
            page.until_told("note", |event| {
                event["message"]["id"] == "note.renegotiated"
            })
            .await;
        }
    }
    pair.chat().await;
    assert_eq!(pair.offerer.told_of("trouble"), [Value::Null; 0]);
    assert_eq!(pair.answerer.told_of("trouble"), [Value::Null; 0]);
}

#[wasm_bindgen_test]
async fn a_channel_added_later_opens_beside_the_first() {
    let pair = Pair::connected().await;
    let offers = |element: &Element| element.told_of("description").len();
    let before = offers(&pair.offerer);
    pair.offerer.run("add-data-channel").await.unwrap();
    for element in [&pair.offerer, &pair.answerer] {
        element
            .until_told("channel", |event| {
                event["label"] == "later-1" && event["state"] == "open"
            })
            .await;
        assert_eq!(element.state("channel-state"), "open");
    }
    assert_eq!(offers(&pair.offerer), before);
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn statistics_are_read_when_it_connects_and_then_on_demand() {
    let pair = Pair::connected().await;
    let offerer = &pair.offerer;
    let has_pair = |event: &Value| {
        let text = event["stats"].as_str().unwrap_or_default();
        let entries: Vec<Value> = serde_json::from_str(text).unwrap();
        entries
            .iter()
            .any(|entry| entry["type"] == "candidate-pair")
    };
    offerer.until_told("stats", has_pair).await;
    let before = offerer.told_of("stats").len();
    offerer.run_with("read-statistics", "on").await.unwrap();
    let more = |element: &Element| element.told_of("stats").len() >= before + 3;
    offerer.until("three more reports came", more).await;
    let statistics = offerer.run_with("read-statistics", "sometimes").await;
    assert!(statistics.is_err());
}

#[wasm_bindgen_test]
async fn relay_only_without_a_server_finds_nothing_and_no_error_says_so() {
    let attributes = [("ice-transport-policy", "relay"), ("peer-role", "offerer")];
    let element = Element::in_tabs(&room(), &attributes);
    assert_eq!(element.value("select[name=ice-transport-policy]"), "relay");
    element.join().await;
    assert_eq!(element.told_of("joining")[0]["relayOnly"], true);
    Pair::take(&element, &OFFER[..4]).await;
    element
        .until_told("gathering-ended", |event| event["count"] == 0)
        .await;
    assert_eq!(element.told_of("trouble"), [Value::Null; 0]);
}

#[wasm_bindgen_test]
async fn a_lost_offer_leaves_no_trace_on_the_other_side_and_can_be_sent_again() {
    let pair = Pair::join("manual").await;
    disturb(&pair.offerer, "mine", "offer", Some("drop")).await;
    Pair::take(&pair.offerer, &OFFER).await;
    let lost = pair.offerer.told_of("disturbed");
    assert_eq!(lost.len(), 1);
    assert_eq!(
        [&lost[0]["disorder"], &lost[0]["signal"]],
        ["drop", "offer"]
    );
    assert!(lost[0]["text"].as_str().unwrap().contains("v=0"));
    assert_eq!(pair.offerer.told_of("disturbances").len(), 2);
    disturb(&pair.offerer, "mine", "offer", Some("delay")).await;
    Pair::take(&pair.offerer, &["send-offer"]).await;
    finish(&pair).await;
    let came = pair.answerer.told_of("received");
    let offers = came.iter().filter(|event| event["signal"] == "offer");
    assert_eq!(offers.count(), 1);
}

#[wasm_bindgen_test]
async fn a_damaged_description_is_refused_by_the_browser() {
    let pair = Pair::join("manual").await;
    disturb(&pair.answerer, "theirs", "offer", Some("corrupt")).await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER[..2]).await;
    pair.answerer.until_available(CONNECT).await;
    let [call, _, name] = refusal(&pair.answerer, CONNECT).await;
    assert_eq!(
        [&*call, &*name],
        ["setRemoteDescription(offer)", "OperationError"]
    );
}

#[wasm_bindgen_test]
async fn a_link_closed_on_purpose_is_opened_again_by_itself() {
    let pair = Pair::join("manual").await;
    let offerer = &pair.offerer;
    offerer.run("close-link").await.unwrap();
    offerer
        .until_told("joined", |event| event["again"] == true)
        .await;
    Pair::take(offerer, &OFFER).await;
    finish(&pair).await;
}

#[wasm_bindgen_test]
async fn the_page_tells_its_browser_and_when_it_is_hidden() {
    let element = Element::in_tabs(&room(), &[]);
    element.until_told("page", |_| true).await;
    let page = element.told_of("page");
    assert_eq!(page.len(), 1);
    assert!(page[0]["agent"].as_str().unwrap().starts_with("Mozilla/"));
    assert_eq!([&page[0]["secure"], &page[0]["hidden"]], [true, false]);
    hide(true);
    element
        .until_told("page", |page| page["hidden"] == true)
        .await;
    hide(false);
    element
        .until("it is seen again", |element| {
            element.told_of("page").len() == 3
        })
        .await;
}
