//! The workbench in the page: there when it is opened, live while it is used, and nothing typed into it is ever lost.

mod documents;
mod trying;

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::support::{Census, Element, Pair, Relay, fact, room, sentence};

const EDITOR: &str = "#wb-document";
const MESSAGE: &str = "#wb-message";
const DOCUMENT: &str = r#"{
  "dialect": "Mine",
  "url": "{endpoint}/rooms/{room}",
  "variables": {"pass": {"value": "hunter2", "secret": true}},
  "messages": [
    {"read": {"joined": {"self": "{self}"}}, "means": "joined"},
    {"both": {"kind": "offer", "sdp": "{description.sdp}"}, "means": "offer"},
    {"both": {"kind": "answer", "sdp": "{description.sdp}"}, "means": "answer"}
  ]
}"#;
const MARKUP: &str = "<img src=x onerror=\\\"globalThis.injected=1\\\">";

/// An element before joining, with its workbench open.
async fn opened(attributes: &[(&str, &str)]) -> Element {
    let mut all = vec![("endpoint", "ws://relay.example")];
    all.extend(attributes);
    let element = Element::mount(&all);
    element.until_told("dialect", |_| true).await;
    open(&element).await;
    element
}

async fn open(element: &Element) {
    press(element, "[data-view=workbench]");
    element
        .until("the panel is there", |element| {
            !element.all(".wb:not([hidden])").is_empty()
        })
        .await;
}

fn press(element: &Element, selector: &str) {
    element
        .find(selector)
        .unchecked_into::<HtmlElement>()
        .click();
}

fn area(element: &Element, selector: &str) -> HtmlTextAreaElement {
    element.find(selector).unchecked_into()
}

/// Types, and waits until the page has looked at it.
async fn typed(element: &Element, selector: &str, text: &str) {
    let before = element.told_of("probed").len();
    element.type_into(selector, text);
    element
        .until("it was looked at", |element| {
            element.told_of("probed").len() > before
        })
        .await;
}

#[wasm_bindgen_test]
async fn nobody_sees_the_workbench_before_it_is_opened() {
    let element = Element::in_tabs(&room(), &[]);
    element.until_told("contacts", |_| true).await;
    assert!(element.all(".wb, #wb-document").is_empty());
    for opener in element.all("[data-view=workbench]") {
        assert_eq!(
            opener.get_attribute("aria-expanded").as_deref(),
            Some("false")
        );
    }
    open(&element).await;
    assert_eq!(element.all("[aria-live]").len(), 1, "one live region");
    assert_eq!(
        element.all("[data-command]").len(),
        Element::in_tabs(&room(), &[]).all("[data-command]").len()
    );
    press(&element, "[data-bench=close]");
    assert!(element.all(".wb:not([hidden])").is_empty());
}

#[wasm_bindgen_test]
async fn opening_typing_and_trying_contacts_nobody_and_leaves_nothing_behind() {
    let census = Census::new();
    let element = opened(&[]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    typed(&element, MESSAGE, "{}").await;
    element.type_into(MESSAGE, "{\"joined\":{}}");
    assert_eq!(census.contacts(), [""; 0]);
    assert_eq!(element.free(), None);
    assert_eq!(
        census.alive(),
        [""; 0],
        "a pause in typing outlives the element"
    );
    census.end();
}

#[wasm_bindgen_test]
async fn mistakes_are_named_while_the_document_is_typed_and_each_leads_to_its_place() {
    let element = opened(&[]).await;
    typed(
        &element,
        EDITOR,
        &DOCUMENT.replace("\"means\": \"offer\"", "\"means\": \"öffer\""),
    )
    .await;
    let mistakes = element.texts(".wb-mistake [data-part=pointer]");
    let index = mistakes
        .iter()
        .position(|pointer| pointer == "/messages/1/means");
    let index = index.unwrap_or_else(|| panic!("{mistakes:?}"));
    element.all(".wb-mistake")[index]
        .clone()
        .unchecked_into::<HtmlElement>()
        .click();
    let area = area(&element, EDITOR);
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let (start, end) = (
        area.selection_start().unwrap(),
        area.selection_end().unwrap(),
    );
    let chosen = &units[start.unwrap() as usize..end.unwrap() as usize];
    assert_eq!(String::from_utf16(chosen).unwrap(), "\"öffer\"");
    assert_eq!(
        element
            .find("[data-bench=use]")
            .get_attribute("aria-disabled")
            .as_deref(),
        Some("true")
    );
    typed(&element, EDITOR, DOCUMENT).await;
    assert!(element.all(".wb-mistake").is_empty());
    assert_eq!(
        element.text("#wb-state"),
        sentence("bench.no-mistakes", &[])
    );
}

#[wasm_bindgen_test]
async fn a_message_is_read_live_while_the_document_changes() {
    let element = opened(&[]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    typed(
        &element,
        MESSAGE,
        r#"{"kind":"offre","sdp":"v=0\r\ns=-\r\n"}"#,
    )
    .await;
    let said = |element: &Element| element.text(".wb-said");
    assert_eq!(said(&element), sentence("bench.reads-nothing", &[]));
    assert_eq!(element.text(".wb-result mark"), "\"offre\"");
    typed(
        &element,
        EDITOR,
        &DOCUMENT.replace("\"kind\": \"offer\"", "\"kind\": \"offre\""),
    )
    .await;
    assert_eq!(
        said(&element),
        sentence("bench.reads", &[("events", "offer")])
    );
    assert!(element.text("[aria-live]").contains(&said(&element)));
    assert!(
        element
            .text("[data-part=probed-rule]")
            .contains("\"offre\"")
    );
}

#[wasm_bindgen_test]
async fn every_frame_of_a_run_is_there_as_it_travelled_even_when_the_panel_opens_late() {
    let relay = Relay::new();
    let element = Element::mount(&[("endpoint", "ws://relay.example"), ("room", &room())]);
    element.join().await;
    relay.say(&format!("{{\"strange\": \"{MARKUP}\", \"a\": [1, 2]}}"));
    element
        .until_told("received", |event| event["signal"] == "unknown")
        .await;
    open(&element).await;
    relay.say("{\"from\": \"x\", \"data\": {\"nonsense\": true}}");
    element
        .until("both are listed", |element| {
            element.all("li[data-known=false]").len() == 2
        })
        .await;
    let frames = element.texts(".wb-frames [data-part=sent]");
    assert_eq!(frames.len(), 3, "{frames:?}");
    assert!(frames[0].contains("\"joined\""));
    assert_eq!(
        frames[1],
        format!("{{\"strange\": \"{MARKUP}\", \"a\": [1, 2]}}")
    );
    assert!(element.all(".wb img").is_empty(), "a frame is text");
    let meaning = element.texts(".wb-frames [data-part=meaning]");
    assert_eq!(
        meaning[0],
        sentence("bench.read", &[("kind", "joined"), ("rule", "/messages/0")])
    );
    assert!(element.texts(".wb-frames [data-part=rule]")[0].starts_with("{\"read\": {\"joined\""));
    for row in element.all("[data-bench=unfold]") {
        row.unchecked_into::<HtmlElement>().click();
    }
    assert_eq!(
        element.all(".wb-frames mark").len(),
        2,
        "each has its place marked"
    );
    press(&element, "[data-bench=filter][data-filter=unknown]");
    assert_eq!(
        element
            .find(".wb-frames")
            .get_attribute("data-filter")
            .as_deref(),
        Some("unknown")
    );
    press(&element, "[data-known=false] [data-bench=take-frame]");
    assert_eq!(area(&element, MESSAGE).value(), frames[1]);
    relay.end();
}

#[wasm_bindgen_test]
async fn a_frame_that_comes_again_and_again_is_one_row_with_a_count_and_old_rows_are_folded_away() {
    let relay = Relay::new();
    let element = Element::mount(&[("endpoint", "ws://relay.example"), ("room", &room())]);
    element.join().await;
    open(&element).await;
    for _ in 0..5 {
        relay.say("{\"ping\":1}");
        relay.say("{\"pong\":1}");
    }
    let row = |element: &Element| element.texts(".wb-frames [data-part=times]");
    element
        .until("five of each", |element| {
            row(element)
                .iter()
                .filter(|times| times.starts_with('5'))
                .count()
                == 2
        })
        .await;
    assert_eq!(row(&element).len(), 3);
    for number in 0..250 {
        relay.say(&format!("{{\"number\":{number}}}"));
    }
    element
        .until("all came", |element| {
            element.text(".wb-frames").contains("\"number\":249")
        })
        .await;
    assert_eq!(element.all(".wb-frames > li").len(), 200);
    assert_eq!(
        element.text("[data-part=frames-older]"),
        sentence("ui.older", &[("count", "53")])
    );
    relay.end();
}

#[wasm_bindgen_test]
async fn messages_can_be_tried_on_the_dialects_of_the_page() {
    let element = opened(&[]).await;
    typed(
        &element,
        MESSAGE,
        "{\"joined\":{\"self\":\"a\",\"peers\":[],\"resume\":\"x\"}}\n{\"peer-joined\":\"b\"}",
    )
    .await;
    press(&element, "[data-bench=recognise]");
    element.until_told("fits", |_| true).await;
    let fits = &element.told_of("fits")[0]["fits"];
    assert_eq!(fits[0]["name"], "relay", "{fits}");
    assert_eq!(fits[0]["read"], 2);
    let holes = [("read", "2"), ("of", "2"), ("title", "webrtc-steps relay")];
    assert_eq!(
        element.text("[data-part=fits-said]"),
        sentence("ui.wb.fit", &holes)
    );
    press(&element, "[data-bench=use-fit]");
    assert_eq!(element.value("[name=dialect]"), "relay");
}

#[wasm_bindgen_test]
async fn frames_that_nothing_fits_are_hinted_at_beside_the_steps() {
    let relay = Relay::new();
    let element = Element::mount(&[("endpoint", "ws://relay.example"), ("room", &room())]);
    element.join().await;
    assert!(element.find("[data-part=hint]").has_attribute("hidden"));
    relay.say("{\"strange\":true}");
    element
        .until_told("note", |event| {
            fact(&event["message"], "note.unknown-frame")
        })
        .await;
    assert!(!element.find("[data-part=hint]").has_attribute("hidden"));
    assert!(
        element
            .text("[data-part=hint]")
            .contains(&sentence("ui.wb.hint.one", &[]))
    );
    assert!(
        !element
            .text(".do")
            .contains(&sentence("note.unknown-frame", &[])),
        "it is said once"
    );
    element.run("leave").await.unwrap();
    assert!(element.find("[data-part=hint]").has_attribute("hidden"));
    relay.end();
}

#[wasm_bindgen_test]
async fn the_chat_goes_on_while_the_workbench_is_open() {
    let pair = Pair::connected().await;
    open(&pair.offerer).await;
    pair.chat().await;
    let frames = pair.offerer.all(".wb-frames > li").len();
    assert!(frames > 2, "{frames} frames");
}
