//! `setLocalDescription()`: rows A3 and A5 to A7.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{dare, description, is_firefox, offered, rows, says, until_row};
use crate::opened::Opened;
use crate::support::{OFFER, Pair};

#[wasm_bindgen_test]
async fn a3_an_offer_where_an_answer_is_owed_is_explained() {
    let pair = offered().await;
    let element = &pair.answerer;
    assert!(!dare(element, "create-offer").await, "an offer can be made");
    Pair::take(element, &["set-remote-description"]).await;
    assert!(dare(element, "set-local-description").await);
    let opened = Opened::on(element);
    let card = until_row(&opened, "A3").await;
    assert!(says(&card, "refusal.offer-owed-answer.cause"), "{card}");
    let mend = element.find("[data-row=A3] [data-do=mend]");
    assert_eq!(
        mend.get_attribute("data-mends").as_deref(),
        Some("create-answer")
    );
}

#[wasm_bindgen_test]
async fn a5_an_answer_that_was_not_made_here_is_explained() {
    let pair = offered().await;
    let element = &pair.answerer;
    Pair::take(element, &["set-remote-description"]).await;
    assert!(dare(element, "set-local-description").await);
    let opened = Opened::on(element);
    let card = until_row(&opened, "A5").await;
    assert!(says(&card, "refusal.answer-not-made.cause"), "{card}");
}

#[wasm_bindgen_test]
async fn a5_an_answer_that_was_edited_is_explained() {
    let pair = offered().await;
    let element = &pair.answerer;
    Pair::take(element, &["set-remote-description", "create-answer"]).await;
    let pending = element.told_of("pending");
    let made = pending.iter().rev().find(|event| event["side"] == "mine");
    let sdp = made.unwrap()["sdp"].as_str().unwrap().to_owned();
    let edited = sdp
        .replace("a=setup:active", "a=setup:passive")
        .replace("a=mid:0", "a=mid:9");
    element.run_with("edit-mine", &edited).await.unwrap();
    let refused = element.run("set-local-description").await.is_err();
    let opened = Opened::on(element);
    if refused {
        let card = until_row(&opened, "A5").await;
        assert!(says(&card, "refusal.answer-edited.cause"), "{card}");
    } else {
        assert!(rows(element).is_empty(), "what was accepted breaks nothing");
    }
}

#[wasm_bindgen_test]
async fn a6_their_offer_set_as_ones_own_is_told_whether_refused_or_not() {
    let pair = offered().await;
    let element = &pair.answerer;
    let refused = dare(element, "set-local-description").await;
    assert!(refused || is_firefox(), "Chromium refuses it");
    let opened = Opened::on(element);
    let card = until_row(&opened, "A6").await;
    assert!(says(&card, "refusal.local-is-theirs.cause"), "{card}");
}

#[wasm_bindgen_test]
async fn a7_a_foreign_fingerprint_in_ones_own_offer_is_told_whether_refused_or_not() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &OFFER[..3]).await;
    let edited = fingerprint_changed(&pending(element));
    element.run_with("edit-mine", &edited).await.unwrap();
    let refused = element.run("set-local-description").await.is_err();
    assert_eq!(refused, !is_firefox());
    let opened = Opened::on(element);
    let card = until_row(&opened, "A7").await;
    let key = if refused {
        "offer-edited"
    } else {
        "fingerprint-changed"
    };
    assert!(says(&card, &format!("refusal.{key}.cause")), "{card}");
}

#[wasm_bindgen_test]
async fn a7_an_offer_with_its_sections_changed_is_explained() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &OFFER[..3]).await;
    let sdp = pending(element);
    let (head, _) = sdp.split_once("m=").unwrap();
    let bare = head.replace("a=group:BUNDLE 0\r\n", "");
    element.run_with("edit-mine", &bare).await.unwrap();
    assert!(element.run("set-local-description").await.is_err());
    let opened = Opened::on(element);
    let card = until_row(&opened, "A7").await;
    assert!(says(&card, "refusal.offer-edited.cause"), "{card}");
}

/// The own description that waits to be set.
fn pending(element: &crate::support::Element) -> String {
    let told = element.told_of("pending");
    let mine = told.iter().rev().find(|event| event["side"] == "mine");
    mine.unwrap()["sdp"].as_str().unwrap().to_owned()
}

fn fingerprint_changed(sdp: &str) -> String {
    let (before, rest) = sdp.split_once("a=fingerprint:sha-256 ").unwrap();
    let (print, after) = rest.split_once("\r\n").unwrap();
    let other: String = print
        .chars()
        .map(|sign| if sign == 'A' { 'B' } else { sign })
        .map(|sign| if sign == '1' { '2' } else { sign })
        .collect();
    format!("{before}a=fingerprint:sha-256 {other}\r\n{after}")
}

#[wasm_bindgen_test]
async fn a7_an_offer_set_unchanged_shows_nothing() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &OFFER).await;
    let _opened = Opened::on(element);
    assert!(rows(element).is_empty());
    assert!(!description(element, "mine").is_empty());
}
