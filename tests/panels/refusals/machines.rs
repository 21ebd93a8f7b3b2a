//! The state machines of an element, drawn.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{dare, says};
use crate::opened::Opened;
use crate::support::{ANSWER, CONNECT, Element, OFFER, Pair};

const FIGURE: &str = "[data-at=states] [data-machine=signalingState]";

/// The state that a figure has lit.
fn lit(element: &Element, machine: &str) -> String {
    let now = format!("[data-at=states] [data-machine=\"{machine}\"] [data-lit=now]");
    element.texts(&now).concat()
}

#[wasm_bindgen_test]
async fn every_machine_shows_where_its_connection_is_and_how_it_came_there() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.answerer, &["send-candidates"]).await;
    Pair::take(&pair.offerer, &[CONNECT]).await;
    pair.until_open().await;
    let element = &pair.offerer;
    element
        .until("it is connected", |element| {
            element.state("connection-state") == "connected"
        })
        .await;
    let _opened = Opened::on(element);
    assert_eq!(lit(element, "signalingState"), "stable");
    assert_eq!(lit(element, "connectionState"), "connected");
    assert_eq!(lit(element, "channel.readyState"), "open");
    assert_eq!(
        element.texts(&format!("{FIGURE} .path b")),
        ["stable", "have-local-offer", "stable"]
    );
    let times = element.texts(&format!("{FIGURE} .path time"));
    assert!(times.iter().all(|time| time.starts_with("0:")), "{times:?}");
    assert_eq!(element.all(&format!("{FIGURE} [data-lit=taken]")).len(), 1);
}

#[wasm_bindgen_test]
async fn every_machine_is_a_figure_that_says_the_same_in_words() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &OFFER[..4]).await;
    let _opened = Opened::on(element);
    let figures = element.all("[data-at=states] figure");
    assert_eq!(figures.len(), 5);
    for figure in figures {
        let drawing = figure.query_selector("svg").unwrap().unwrap();
        assert_eq!(drawing.get_attribute("role").as_deref(), Some("img"));
        let text = drawing.get_attribute("aria-label").unwrap();
        assert!(says(&text, "states.alt"), "{text}");
    }
    let drawing = element.find(&format!("{FIGURE} svg"));
    let text = drawing.get_attribute("aria-label").unwrap();
    assert!(
        text.contains("signalingState is have-local-offer"),
        "{text}"
    );
    assert!(text.contains("stable → have-local-offer"), "{text}");
    assert!(
        text.contains("setRemoteDescription(answer) → stable"),
        "{text}"
    );
}

#[wasm_bindgen_test]
async fn a_call_that_does_not_fit_is_marked_where_it_was_made_until_the_next_one() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &["create-peer-connection", "add-data-channel"]).await;
    assert!(dare(element, "create-answer").await);
    let opened = Opened::on(element);
    let marked = || element.texts(&format!("{FIGURE} .wrong text"));
    assert_eq!(marked(), ["createAnswer()"]);
    let text = element.text(&format!("{FIGURE} .wrong-call"));
    assert!(says(&text, "states.wrong"), "{text}");
    Pair::take(element, &["create-offer"]).await;
    opened
        .until("the mark is gone", |_| marked().is_empty())
        .await;
}

#[wasm_bindgen_test]
async fn a_new_connection_begins_with_empty_machines() {
    let pair = Pair::connected().await;
    let element = &pair.offerer;
    let opened = Opened::on(element);
    element.run("close").await.unwrap();
    opened
        .until("nothing is lit", |element| {
            lit(element, "signalingState").is_empty()
        })
        .await;
    assert!(says(
        &element.text(&format!("{FIGURE} .next")),
        "states.none"
    ));
}
