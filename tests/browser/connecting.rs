//! Two elements in one page connect over real peer connections.

use futures_util::future::join;
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{ANSWER, CONNECT, Census, Element, OFFER, Pair, fact, room};

#[wasm_bindgen_test]
async fn two_elements_connect_by_themselves_and_chat_both_ways() {
    let pair = Pair::join("auto").await;
    pair.until_open().await;
    assert_eq!(pair.answerer.state("role"), "answerer");
    assert_eq!(pair.offerer.state("role"), "offerer");
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn the_manual_course_connects_command_by_command() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.answerer, &["send-candidates"]).await;
    Pair::take(&pair.offerer, &["send-candidates", CONNECT]).await;
    pair.until_open().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn trickle_mode_connects_without_sending_candidates_by_hand() {
    let pair = Pair::join("trickle").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    pair.until_open().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn the_candidates_of_one_side_are_enough() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.answerer, &["send-candidates"]).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    pair.until_open().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn text_that_is_carried_by_hand_connects() {
    let offerer = Element::mount(&[("endpoint", "paste:"), ("peer-role", "offerer")]);
    let answerer = Element::mount(&[("endpoint", "paste:"), ("peer-role", "answerer")]);
    offerer.join().await;
    answerer.join().await;
    Pair::take(&offerer, &OFFER).await;
    let offer = carried(&offerer).await;
    answerer.run_with("read-signal", &offer).await.unwrap();
    Pair::take(&answerer, &ANSWER).await;
    let answer = carried(&answerer).await;
    // This one is pasted and read by a click.
    offerer.type_into("[data-signal=incoming]", &answer);
    offerer.click("read-signal");
    Pair::take(&offerer, &[CONNECT]).await;
    let pair = Pair { offerer, answerer };
    pair.until_open().await;
    pair.chat().await;
}

async fn carried(element: &Element) -> String {
    let carried = |element: &Element| element.value("[data-signal=outgoing]");
    element
        .until("there is a text to carry", |element| {
            !carried(element).is_empty()
        })
        .await;
    carried(element)
}

#[wasm_bindgen_test]
async fn two_that_join_at_once_agree_on_one_offerer() {
    let room = room();
    let both = [(); 2].map(|()| Element::in_tabs(&room, &[("mode", "auto")]));
    let [first, second] = &both;
    join(first.join(), second.join()).await;
    first.until_open().await;
    second.until_open().await;
    let mut roles = both.each_ref().map(|element| element.state("role"));
    roles.sort();
    assert_eq!(roles, ["answerer", "offerer"]);
}

#[wasm_bindgen_test]
async fn a_third_is_told_that_the_room_is_full_and_disturbs_nobody() {
    let room = room();
    let [first, second, third] = [(); 3].map(|()| Element::in_tabs(&room, &[("mode", "auto")]));
    first.join().await;
    second.join().await;
    second.until_open().await;
    let refusal = third.run("join").await.unwrap_err();
    assert_eq!(refusal, crate::support::sentence("trouble.room-full", &[]));
    let pair = Pair {
        offerer: second,
        answerer: first,
    };
    pair.until_open().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn leaving_and_joining_again_connects_ten_times_over() {
    let pair = Pair::connected().await;
    for _ in 0..9 {
        pair.offerer.run("leave").await.unwrap();
        pair.answerer.run("leave").await.unwrap();
        assert_eq!(pair.offerer.state("channel-state"), "none");
        pair.enter().await;
        pair.until_open().await;
    }
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn a_side_that_leaves_is_told_and_can_come_back() {
    let pair = Pair::connected().await;
    pair.offerer.run("leave").await.unwrap();
    pair.answerer
        .until_told("peer-left", |event| !event["message"].is_null())
        .await;
    pair.answerer
        .until_told("attempt-ended", |event| event["attempt"] == 1)
        .await;
    pair.offerer.join().await;
    pair.until_open().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_says_goodbye() {
    let census = Census::new();
    let pair = Pair::connected().await;
    pair.offerer.leave_page();
    let ended = |event: &Value| event["attempt"] == 1;
    pair.answerer.until_told("peer-left", |_| true).await;
    pair.answerer.until_told("attempt-ended", ended).await;
    let left = pair.offerer.told_of("attempt-ended");
    assert!(fact(&left[0]["why"], "left.page"), "{left:?}");
    drop(pair);
    assert_eq!(census.alive(), [""; 0]);
    census.end();
}
