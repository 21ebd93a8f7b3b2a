//! `setRemoteDescription()` and `createAnswer()`: rows A1, A2, A4 and A13 to A21.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::{Shown, dare, description, is_firefox, offered, played, rows, says, until_row};
use crate::opened::Opened;
use crate::support::{ANSWER, CONNECT, OFFER, Pair};

#[wasm_bindgen_test]
async fn a1_an_answer_in_stable_is_explained() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    assert!(dare(&pair.offerer, CONNECT).await);
    let opened = Opened::on(&pair.offerer);
    let card = until_row(&opened, "A1").await;
    assert!(says(&card, "refusal.answer-twice.cause"), "{card}");
    assert!(says(&card, "refusal.lost.nothing"), "{card}");
    assert!(card.contains("InvalidStateError"), "{card}");
    assert!(says(&card, "states.misplaced"), "{card}");
    assert_eq!(
        pair.offerer.all("[data-row=A1] svg.machine .wrong").len(),
        1
    );
}

#[wasm_bindgen_test]
async fn a1_an_answer_nobody_asked_for_leads_to_the_offer() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &["create-peer-connection", "add-data-channel"]).await;
    assert!(dare(element, CONNECT).await);
    let opened = Opened::on(element);
    let card = until_row(&opened, "A1").await;
    assert!(says(&card, "refusal.answer-unasked.cause"), "{card}");
    let mend = element.find("[data-row=A1] [data-do=mend]");
    assert_eq!(
        mend.get_attribute("data-mends").as_deref(),
        Some("create-offer")
    );
    mend.unchecked_into::<HtmlElement>().click();
    opened
        .until("the card is gone with the step that mends", |element| {
            rows(element).is_empty()
        })
        .await;
    element.until_available("set-local-description").await;
}

#[wasm_bindgen_test]
async fn a2_an_answer_to_an_offer_that_was_rolled_back_is_explained() {
    let shown = played("answer to an offer that was rolled back").await;
    shown.is("A2", "answer-withdrawn");
}

#[wasm_bindgen_test]
async fn a4_an_answer_without_an_offer_is_explained() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &["create-peer-connection"]).await;
    assert!(dare(&pair.offerer, "create-answer").await);
    let opened = Opened::on(&pair.offerer);
    let card = until_row(&opened, "A4").await;
    assert!(says(&card, "refusal.no-offer-came.cause"), "{card}");
}

#[wasm_bindgen_test]
async fn a4_an_answer_before_the_offer_is_set_leads_to_setting_it() {
    let pair = offered().await;
    assert!(dare(&pair.answerer, "create-answer").await);
    let opened = Opened::on(&pair.answerer);
    let card = until_row(&opened, "A4").await;
    assert!(says(&card, "refusal.offer-not-set.cause"), "{card}");
    let mend = pair.answerer.find("[data-row=A4] [data-do=mend]");
    assert_eq!(
        mend.get_attribute("data-mends").as_deref(),
        Some("set-remote-description")
    );
}

/// What is shown when the answerer sets their offer in this form.
async fn set_changed(change: fn(&str) -> String) -> Shown {
    let pair = offered().await;
    let element = &pair.answerer;
    let changed = change(&description(element, "theirs"));
    element.run_with("let-me-fail", "on").await.unwrap();
    element.run_with("edit-theirs", &changed).await.unwrap();
    let outcome = element.run("set-remote-description").await;
    let _opened = Opened::on(element);
    let trouble = element.told_of("trouble").pop();
    Shown {
        rows: rows(element),
        card: element.text("[data-at=refusal]"),
        error: outcome
            .is_err()
            .then(|| trouble.unwrap()["fault"].to_string()),
    }
}

#[wasm_bindgen_test]
async fn a13_a_missing_last_line_end_is_explained_where_it_is_refused() {
    let shown = set_changed(|sdp| sdp.trim_end().to_owned()).await;
    if is_firefox() {
        shown.is_nothing();
    } else {
        shown.is("A13", "no-last-line-end");
    }
}

#[wasm_bindgen_test]
async fn a14_line_ends_in_letters_are_explained() {
    let shown = set_changed(|sdp| sdp.replace("\r\n", "\\r\\n")).await;
    shown.is("A14", "sdp-escaped");
}

#[wasm_bindgen_test]
async fn a15_a_description_that_was_cut_is_explained() {
    let shown = set_changed(|sdp| sdp.split("tup:").next().unwrap().to_owned()).await;
    shown.is("A15", "sdp-cut");
}

#[wasm_bindgen_test]
async fn a16_an_indented_description_is_explained() {
    let shown = set_changed(|sdp| sdp.replace("\r\n", "\r\n  ")).await;
    shown.is("A16", "sdp-indented");
}

/// The text without the lines that begin so.
fn without(sdp: &str, begins: &str) -> String {
    let lines = sdp.lines().filter(|line| !line.starts_with(begins));
    lines.flat_map(|line| [line, "\r\n"]).collect()
}

#[wasm_bindgen_test]
async fn a17_a_description_without_a_fingerprint_is_explained() {
    let shown = set_changed(|sdp| without(sdp, "a=fingerprint")).await;
    shown.is("A17", "no-fingerprint");
}

#[wasm_bindgen_test]
async fn a17_a_description_without_ice_credentials_is_explained() {
    let shown = set_changed(|sdp| without(&without(sdp, "a=ice-ufrag"), "a=ice-pwd")).await;
    shown.is("A17", "no-credentials");
}

/// What is shown when the offerer sets their answer in this form.
async fn set_changed_answer(change: fn(&str) -> String) -> Shown {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    let element = &pair.offerer;
    element.until_available(CONNECT).await;
    let changed = change(&description(element, "theirs"));
    element.run_with("edit-theirs", &changed).await.unwrap();
    let outcome = element.run(CONNECT).await;
    let _opened = Opened::on(element);
    Shown {
        rows: rows(element),
        card: element.text("[data-at=refusal]"),
        error: outcome.err(),
    }
}

#[wasm_bindgen_test]
async fn a18_an_offers_text_as_an_answer_is_explained() {
    let actpass = |sdp: &str| {
        let chosen = ["active", "passive"];
        chosen.iter().fold(sdp.to_owned(), |sdp, role| {
            sdp.replace(&format!("a=setup:{role}"), "a=setup:actpass")
        })
    };
    set_changed_answer(actpass)
        .await
        .is("A18", "offer-as-answer");
}

#[wasm_bindgen_test]
async fn a18_an_answers_text_as_an_offer_is_told_though_it_is_accepted() {
    let shown = set_changed(|sdp| sdp.replace("a=setup:actpass", "a=setup:active")).await;
    assert_eq!(shown.error, None);
    shown.is("A18", "answer-as-offer");
}

#[wasm_bindgen_test]
async fn a19_an_answer_with_other_sections_is_explained() {
    let doubled = |sdp: &str| {
        let (head, section) = sdp.split_once("m=").unwrap();
        let head = head.replace("BUNDLE 0", "BUNDLE 0 1");
        let second = section.replace("a=mid:0", "a=mid:1");
        format!("{head}m={section}m={second}")
    };
    set_changed_answer(doubled)
        .await
        .is("A19", "answer-to-another");
}

#[wasm_bindgen_test]
async fn a20_an_offer_with_its_sections_moved_is_explained() {
    played("sections in another order")
        .await
        .is("A20", "sections-moved");
}

#[wasm_bindgen_test]
async fn a21_a_description_as_text_is_explained() {
    played("description as text")
        .await
        .is("A21", "not-a-description");
}

#[wasm_bindgen_test]
async fn a21_a_description_without_a_type_is_explained() {
    let shown = played("description without a type").await;
    let key = if is_firefox() {
        "not-a-description"
    } else {
        "no-type"
    };
    shown.is("A21", key);
}
