//! Descriptions are explained line by line, held against each other, and can be changed before they are set.

use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use webrtc_steps_core::sdp::reader::read;

use crate::opened::Opened;
use crate::support::{Element, OFFER, Pair, room};

#[wasm_bindgen(module = "/tests/panels/silent/side.js")]
extern "C" {
    async fn collected() -> JsValue;
}

const PANEL: &str = "[data-at=descriptions]";

/// Clicks on the line that begins so.
fn press(opened: &Opened<'_>, start: &str) {
    let lines = opened.element.all(&format!("{PANEL} .sdp > li"));
    let begins = |line: &&web_sys::Element| line.text_content().unwrap().starts_with(start);
    let line = lines.iter().find(begins);
    let place = line.unwrap_or_else(|| panic!("no line {start}"));
    let place = place.get_attribute("data-at").unwrap();
    opened.click(&format!("[data-at={place}] .l"));
}

async fn offering() -> Element {
    let element = Element::in_tabs(&room(), &[("mode", "manual"), ("peer-role", "offerer")]);
    element.join().await;
    element
}

#[wasm_bindgen_test]
async fn every_line_that_this_browser_writes_is_explained() {
    let told: Vec<Value> = serde_json::from_str(&collected().await.as_string().unwrap()).unwrap();
    assert_eq!(told.len(), 16);
    let (mut lines, mut unknown) = (0, Vec::new());
    for description in &told {
        let offer = description["offer"].as_str();
        for line in read(description["sdp"].as_str().unwrap(), offer) {
            lines += 1;
            if !line.known {
                unknown.push(format!("{}: {}", description["name"], line.text));
            }
        }
    }
    assert!(lines > 500, "only {lines} lines");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[wasm_bindgen_test]
async fn a_line_opens_in_place_with_each_part_explained_and_folds_again() {
    let element = offering().await;
    let opened = Opened::on(&element);
    Pair::take(&element, &OFFER[..3]).await;
    opened.catch_up().await;
    assert_eq!(element.text(&format!("{PANEL} h2 button")), "Your offer");
    press(&opened, "m=application");
    let parts = element.texts(".sdp .open u");
    assert_eq!(
        parts,
        ["application", "9", "UDP/DTLS/SCTP", "webrtc-datachannel"]
    );
    assert_eq!(element.all(".sdp .open dd").len(), 4);
    assert!(element.text(".sdp .open dd:last-child").ends_with('.'));
    press(&opened, "m=application");
    assert!(element.all(".sdp .open, .sdp .explained").is_empty());
}

#[wasm_bindgen_test]
async fn what_is_open_stays_open_while_candidates_come() {
    let element = offering().await;
    let opened = Opened::on(&element);
    Pair::take(&element, &OFFER[..3]).await;
    opened.catch_up().await;
    press(&opened, "a=setup");
    Pair::take(&element, &OFFER[3..4]).await;
    opened
        .until("gathering ended", |element| {
            !element.told_of("gathering-ended").is_empty()
        })
        .await;
    assert_eq!(element.texts(".sdp .open u"), ["actpass"]);
}

#[wasm_bindgen_test]
async fn an_answer_says_what_it_did_to_the_offer() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    opened.click(&format!("{PANEL} [data-side=theirs]"));
    assert!(
        !pair
            .offerer
            .find("[data-at=description-theirs]")
            .has_attribute("hidden")
    );
    assert!(
        pair.offerer
            .find("[data-at=description-mine]")
            .has_attribute("hidden")
    );
    press(&opened, "a=setup");
    let said = pair.offerer.text(".sdp .open .answers");
    assert!(
        said.contains("actpass") && said.contains("DTLS handshake"),
        "{said}"
    );
    opened.click(&format!("{PANEL} [data-side=compared]"));
    let verdicts = pair
        .offerer
        .all(&format!("{PANEL} h3 [data-verdict=accepted]"));
    assert_eq!(verdicts.len(), 1);
    let own = pair.offerer.all(&format!("{PANEL} td[data-verdict=own]"));
    assert!(own.len() >= 3, "{}", own.len());
}

#[wasm_bindgen_test]
async fn a_description_that_waits_is_edited_and_the_browser_says_what_it_thinks_of_it() {
    let element = offering().await;
    let opened = Opened::on(&element);
    Pair::take(&element, &OFFER[..3]).await;
    opened.catch_up().await;
    opened.click("[data-do=edit]");
    let original = element.value("[data-do=edit-text]");
    let broken = original
        .replace("v=0\n", "v=0\nnonsense\n")
        .replace("a=mid:0\n", "");
    element.type_into("[data-do=edit-text]", &broken);
    assert_eq!(
        element.texts(&format!("{PANEL} .diff .new code")),
        ["nonsense"]
    );
    assert_eq!(
        element.texts(&format!("{PANEL} .diff .gone code")),
        ["a=mid:0"]
    );
    opened.click("[data-do=edit-use]");
    opened.catch_up().await;
    assert!(
        element
            .text(&format!("{PANEL} [data-part=size]"))
            .contains("edited")
    );
    assert!(element.run("set-local-description").await.is_err());
    opened
        .until("the refusal is shown", |element| {
            !element
                .find(&format!("{PANEL} .refusal"))
                .has_attribute("hidden")
        })
        .await;
    let fault = element.told_of("trouble").last().unwrap()["fault"]["name"].clone();
    let said = element.text(&format!("{PANEL} .refusal blockquote"));
    assert!(said.starts_with(fault.as_str().unwrap()), "{said}");
}

#[wasm_bindgen_test]
async fn an_edited_description_goes_back_to_the_original() {
    let element = offering().await;
    let opened = Opened::on(&element);
    Pair::take(&element, &OFFER[..3]).await;
    opened.catch_up().await;
    let made = element.told_of("pending").last().unwrap()["sdp"].clone();
    opened.click("[data-do=edit]");
    element.type_into("[data-do=edit-text]", "v=0\n");
    opened.click("[data-do=edit-use]");
    opened.catch_up().await;
    opened.click("[data-do=edit-back]");
    opened.catch_up().await;
    let pending = element.told_of("pending").last().unwrap()["sdp"].clone();
    assert_eq!(pending, made);
    Pair::take(&element, &OFFER[3..4]).await;
    assert_eq!(element.state("signaling-state"), "have-local-offer");
}

#[wasm_bindgen_test]
async fn odd_descriptions_are_shown_and_break_nothing() {
    let element = offering().await;
    let opened = Opened::on(&element);
    let long = "a=rtpmap:96 x/1\\r\\n".repeat(400);
    for sdp in [
        "",
        "no lines",
        "<b>bold</b>",
        "m=\\r\\na=\\r\\n=",
        long.as_str(),
    ] {
        let event = format!(
            r#"{{"v":1,"at":1,"attempt":1,"kind":"description","side":"theirs","type":"answer","sdp":"{sdp}"}}"#
        );
        opened.tell(&event);
    }
    // All lines are above any section, and most of them are folded.
    assert_eq!(element.all(".sdp > li[data-at]").len(), 8);
    opened.click("[data-do=section]");
    assert_eq!(element.all(".sdp > li[data-at]").len(), 400);
    assert!(element.all(&format!("{PANEL} .sdp b")).is_empty());
}
