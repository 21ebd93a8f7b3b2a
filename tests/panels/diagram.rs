//! The diagram on the page: every row of a real run, opened in place, walked by keyboard, bounded, and saved as a picture.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::opened::{Opened, sentence};
use crate::support::{Element, Pair, Peer, Relay, room};

#[wasm_bindgen(module = "/tests/panels/silent/side.js")]
extern "C" {
    /// Presses a key on an element; whether the page left it to the browser.
    fn press(row: &web_sys::Element, key: &str) -> bool;

    /// The titles of the rows of a picture; throws where it is no picture.
    fn titles(text: &str) -> Vec<String>;

    /// Catches what a click on a link would have downloaded.
    type Download;

    #[wasm_bindgen(constructor)]
    fn new() -> Download;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Download) -> String;
    #[wasm_bindgen(method)]
    async fn text(this: &Download) -> JsValue;
    #[wasm_bindgen(method)]
    fn end(this: &Download);
}

const ROWS: &str = ".diagram .seq > li";

async fn joined() -> Element {
    let element = Element::in_tabs(&room(), &[("mode", "manual")]);
    element.join().await;
    element
}

/// Rows of the diagram whose sentence has these words.
fn reading(element: &Element, words: &str) -> Vec<web_sys::Element> {
    let reads = |item: &web_sys::Element| sentence(item).contains(words);
    let mut rows = element.all(ROWS);
    rows.retain(reads);
    rows
}

/// Rows that show something of this name on its way from this peer to the other.
fn passed_on(element: &Element, what: &str) -> Vec<web_sys::Element> {
    let mut rows = reading(element, "From you to the other peer");
    rows.retain(|item| sentence(item).contains(&format!(", {what}, ")));
    rows
}

fn click(item: &web_sys::Element) {
    let button = item.query_selector("button.row").unwrap().unwrap();
    button.unchecked_into::<HtmlElement>().click();
}

/// A line of chat as plain data, as if it had come.
fn line(number: usize) -> String {
    format!(
        r#"{{"v":1,"at":{number},"attempt":1,"kind":"chat","side":"theirs","text":"line {number}"}}"#
    )
}

#[wasm_bindgen_test]
async fn the_rows_of_a_real_connection_carry_the_numbers_of_their_events() {
    let pair = Pair::connected().await;
    pair.chat().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    let record = pair.offerer.record();
    let drawn = ["sent", "received", "call", "candidate", "chat"];
    for (place, event) in record.iter().enumerate() {
        if !drawn.contains(&event["kind"].as_str().unwrap()) {
            continue;
        }
        let row = pair
            .offerer
            .all(&format!(".diagram [data-at=event-{}]", place + 1));
        assert_eq!(row.len(), 1, "{event}");
    }
    for words in ["ICE checks", "DTLS handshake", "channel “chat” open"] {
        assert_eq!(reading(&pair.offerer, words).len(), 1, "{words}");
    }
}

#[wasm_bindgen_test]
async fn the_space_between_the_lifelines_fills_once_the_channel_is_open() {
    let pair = Pair::connected().await;
    pair.chat().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    let chat = passed_on(&pair.offerer, "text");
    assert!(chat[0].class_list().contains("piped"));
    let offer = passed_on(&pair.offerer, "offer");
    assert!(!offer[0].class_list().contains("piped"));
}

#[wasm_bindgen_test]
async fn a_frame_opens_in_place_as_sent_and_indented() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    let row = passed_on(&pair.offerer, "offer").remove(0);
    let button = row.query_selector("button.row").unwrap().unwrap();
    assert_eq!(
        button.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
    click(&row);
    assert_eq!(
        button.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    let part = |name: &str| row.query_selector(&format!("[data-part={name}]")).unwrap();
    let sent = pair.offerer.told_of("sent");
    let offer = sent.iter().find(|event| event["signal"] == "offer");
    let text = part("sent").unwrap().text_content().unwrap();
    assert_eq!(text, offer.unwrap()["text"].as_str().unwrap());
    assert!(
        part("meaning")
            .unwrap()
            .text_content()
            .unwrap()
            .contains("offer")
    );
    let indented = row.query_selector("[data-as=indented]").unwrap().unwrap();
    indented.unchecked_into::<HtmlElement>().click();
    let indented = part("indented").unwrap();
    assert!(!indented.has_attribute("hidden"));
    assert!(indented.text_content().unwrap().contains("\n  "));
    click(&row);
    let inside = row.query_selector(".opened").unwrap().unwrap();
    assert!(inside.has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_description_opens_line_by_line_and_a_candidate_as_text() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    let set = reading(&pair.offerer, ", setLocalDescription(offer), ").remove(0);
    click(&set);
    let lines = set.query_selector_all(".lines li").unwrap();
    assert!(lines.length() > 10);
    let first = lines.get(0).unwrap().text_content();
    assert_eq!(first.as_deref(), Some("v=0"));
    let found = reading(&pair.offerer, ", candidate, ").remove(0);
    click(&found);
    let text = found.query_selector("[data-part=sent]").unwrap().unwrap();
    assert!(text.text_content().unwrap().starts_with("candidate:"));
}

#[wasm_bindgen_test]
async fn the_rows_are_walked_by_arrows_home_and_end_and_one_is_reached_by_tab() {
    let element = joined().await;
    let opened = Opened::on(&element);
    opened.catch_up().await;
    let rows = element.all(".diagram .seq .row");
    let reachable = || element.all(".diagram .seq .row[tabindex=\"0\"]");
    assert_eq!(reachable().len(), 1);
    let newest = reachable().remove(0);
    newest
        .clone()
        .unchecked_into::<HtmlElement>()
        .focus()
        .unwrap();
    press(&newest, "Home");
    assert_eq!(reachable(), [rows[0].clone()]);
    assert_eq!(element.shadow().active_element(), Some(rows[0].clone()));
    press(&rows[0], "ArrowDown");
    assert_eq!(reachable(), [rows[1].clone()]);
    press(&rows[1], "ArrowUp");
    assert_eq!(reachable(), [rows[0].clone()]);
    press(&rows[0], "ArrowUp");
    assert_eq!(reachable(), [rows[0].clone()]);
    press(&rows[0], "End");
    assert_eq!(reachable(), [rows[rows.len() - 1].clone()]);
    // Whoever stands in a row stays there when more comes.
    press(&rows[rows.len() - 1], "Home");
    opened.tell(&line(1));
    assert_eq!(reachable(), [rows[0].clone()]);
    assert_eq!(element.shadow().active_element(), Some(rows[0].clone()));
}

#[wasm_bindgen_test]
async fn every_row_is_a_button_that_reads_as_one_sentence() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.answerer);
    opened.catch_up().await;
    for row in pair.answerer.all(ROWS) {
        if row.class_list().contains("gap") {
            continue;
        }
        let said = sentence(&row);
        assert!(said.ends_with('.') && said.len() > 6, "{said:?}");
        assert!(!said.contains("diagram."), "no words: {said}");
    }
    let list = pair.answerer.find(".diagram .seq");
    assert_eq!(list.tag_name(), "OL");
    assert!(list.has_attribute("aria-label"));
}

#[wasm_bindgen_test]
async fn a_refusal_is_shown_in_the_row_of_its_call_in_the_browsers_own_words() {
    let element = joined().await;
    let opened = Opened::on(&element);
    element.run_with("let-me-fail", "on").await.unwrap();
    element.run("create-peer-connection").await.unwrap();
    let _refused = element.run("create-answer").await;
    opened
        .until("the refusal is told", |element| {
            element
                .told_of("trouble")
                .iter()
                .any(|event| !event["fault"].is_null())
        })
        .await;
    let trouble = element.told_of("trouble").pop().unwrap();
    let row = reading(&element, "createAnswer()").remove(0);
    assert!(row.class_list().contains("refused"));
    let quote = row.query_selector("blockquote").unwrap().unwrap();
    let message = trouble["fault"]["message"].as_str().unwrap();
    let name = trouble["fault"]["name"].as_str().unwrap();
    assert_eq!(quote.text_content().unwrap(), format!("{name}: {message}"));
    let button = row.query_selector("button.row").unwrap().unwrap();
    assert_eq!(
        button.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    assert!(sentence(&row).contains(&format!("refused, {name}")));
}

#[wasm_bindgen_test]
async fn a_dropped_signal_ends_in_a_cross_and_says_so() {
    let pair = Pair::join("manual").await;
    let opened = Opened::on(&pair.offerer);
    let drop = r#"{"side":"mine","signal":"offer","disorder":"drop","times":1}"#;
    pair.offerer.run_with("disturb", drop).await.unwrap();
    Pair::take(&pair.offerer, &crate::support::OFFER).await;
    opened
        .until("the drop is drawn", |element| {
            !reading(element, "dropped").is_empty()
        })
        .await;
    let row = passed_on(&pair.offerer, "offer").remove(0);
    assert!(row.class_list().contains("disturbed"));
    let wire = row.query_selector(".wire.cut").unwrap();
    assert!(wire.is_some());
    let beyond = row.query_selector("[data-part=onward]").unwrap().unwrap();
    assert!(beyond.has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn the_next_step_is_a_dashed_row_at_the_end_that_goes_with_it() {
    let pair = Pair::join("manual").await;
    let opened = Opened::on(&pair.offerer);
    Pair::take(&pair.offerer, &crate::support::OFFER[..4]).await;
    opened
        .until("the offer is next", |element| {
            element
                .all(".diagram .ghost")
                .iter()
                .any(|row| sentence(row).contains("offer"))
        })
        .await;
    let ghost = pair.offerer.all(ROWS).pop().unwrap();
    assert!(ghost.class_list().contains("ghost"));
    assert!(!ghost.has_attribute("data-at"));
    click(&ghost);
    assert!(ghost.text_content().unwrap().contains("v=0"));
    pair.offerer.run("send-offer").await.unwrap();
    opened
        .until("it went", |element| {
            element.all(".diagram .ghost").is_empty()
        })
        .await;
    assert_eq!(passed_on(&pair.offerer, "offer").len(), 1);
}

#[wasm_bindgen_test]
async fn of_ten_thousand_rows_the_newest_stand_on_the_page_and_the_rest_comes_back_in_chunks() {
    let element = joined().await;
    let opened = Opened::on(&element);
    opened.catch_up().await;
    let before = element.all(ROWS).len();
    for number in 0..10_000 {
        opened.tell(&line(number));
    }
    let shown = element.all(ROWS).len();
    assert!(shown <= 301, "{shown} rows");
    let earlier = element.text("[data-do=diagram-earlier]");
    assert!(earlier.starts_with(char::is_numeric), "{earlier}");
    opened.click("[data-do=diagram-earlier]");
    assert_eq!(element.all(ROWS).len(), shown + 200);
    let count = |text: &str| -> usize {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    let left = element.text("[data-do=diagram-earlier]");
    assert_eq!(count(&earlier) - count(&left), 200);
    assert!(before < 30);
    // Until all of it is there, in order.
    while !element.find("[data-part=earlier]").has_attribute("hidden") {
        opened.click("[data-do=diagram-earlier]");
    }
    assert!(element.all(ROWS).len() >= 10_000);
}

#[wasm_bindgen_test]
async fn what_came_from_the_network_is_text_in_every_row() {
    const MARKUP: &str = "<img src=x onerror=alert(1)><b>bold</b>";
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "manual")]);
    element.join().await;
    let opened = Opened::on(&element);
    let peer = Peer::new(&room, MARKUP);
    element
        .until_told("peer-joined", |event| event["peer"] == MARKUP)
        .await;
    peer.signal(MARKUP);
    opened
        .until("the frame is drawn", |element| {
            !reading(element, ", unknown, ").is_empty()
        })
        .await;
    let row = reading(&element, ", unknown, ").remove(0);
    click(&row);
    let sent = row.query_selector("[data-part=sent]").unwrap().unwrap();
    assert_eq!(sent.text_content().unwrap(), MARKUP);
    assert!(element.all(".diagram img").is_empty());
    peer.end();
}

#[wasm_bindgen_test]
async fn the_diagram_is_saved_as_a_picture_that_stands_alone() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    let download = Download::new();
    opened.click("[data-do=diagram-svg]");
    download.end();
    assert_eq!(download.name(), "webrtc-steps.svg");
    let text = download.text().await.as_string().unwrap();
    let drawn: Vec<String> = pair.offerer.all(ROWS).iter().map(sentence).collect();
    assert_eq!(titles(&text), drawn);
    for outside in ["href", "<style", "<script", "url("] {
        assert!(!text.contains(outside), "it needs {outside}");
    }
}

#[wasm_bindgen_test]
async fn a_frame_that_nobody_knows_is_drawn_from_the_endpoint_not_from_the_other_peer() {
    let relay = Relay::new();
    let element = Element::mount(&[("endpoint", "ws://relay.example"), ("room", &room())]);
    element.join().await;
    relay.say(r#"{"nobody": "knows"}"#);
    let opened = Opened::on(&element);
    let rows = |element: &Element| reading(element, "unknown");
    opened
        .until("the frame has a row", |element| !rows(element).is_empty())
        .await;
    for row in rows(&element) {
        let far = row.query_selector("[data-part=onward]").unwrap().unwrap();
        assert!(far.has_attribute("hidden"), "{}", row.outer_html());
    }
    relay.end();
}
