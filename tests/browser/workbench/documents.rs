//! Documents come in and leave: nothing typed is lost, nothing secret goes out, and only the user joins.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{DOCUMENT, EDITOR, MESSAGE, area, opened, press, typed};
use crate::support::{Census, Element, Relay, choose_file, room, sentence};

#[wasm_bindgen_test]
async fn nothing_typed_is_lost_by_joining_leaving_or_a_join_that_fails() {
    let relay = Relay::new();
    let element = opened(&[("room", &room())]).await;
    typed(&element, EDITOR, &format!("{DOCUMENT} ")).await;
    typed(&element, MESSAGE, "half a mess").await;
    let still = |element: &Element| {
        assert_eq!(area(element, EDITOR).value(), format!("{DOCUMENT} "));
        assert_eq!(area(element, MESSAGE).value(), "half a mess");
    };
    element.join().await;
    still(&element);
    element.run("leave").await.unwrap();
    still(&element);
    element.type_into("[name=room]", " ");
    assert!(element.run("join").await.is_err());
    still(&element);
    relay.end();
}

#[wasm_bindgen_test]
async fn before_joining_the_document_goes_into_the_form_and_only_the_user_joins() {
    let census = Census::new();
    let element = opened(&[("room", &room())]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    press(&element, "[data-bench=use]");
    element
        .until_told("dialect", |event| event["name"] == "custom")
        .await;
    assert_eq!(element.value("[name=dialect]"), "custom");
    assert_eq!(element.value("[name=dialect-document]"), DOCUMENT);
    assert!(element.told_of("joining").is_empty());
    assert_eq!(census.contacts(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn what_is_said_about_the_form_is_gone_once_the_page_joins() {
    let relay = Relay::new();
    let element = opened(&[("room", &room())]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    press(&element, "[data-bench=use]");
    let said = element.find("[data-part=use-said]");
    assert!(!said.has_attribute("hidden"));
    element.join().await;
    assert!(said.has_attribute("hidden"), "{:?}", said.text_content());
    relay.end();
}

#[wasm_bindgen_test]
async fn a_link_takes_the_answers_that_hold_for_the_other_side_too() {
    let element = opened(&[("hosts", "media.example")]).await;
    let asks = r#""key": {"ask": "Key?"}, "token": {"ask": "Token?", "secret": true},
        "self": {"ask": "You?"}, "side": {"ask": "Side?", "choices": ["l", "r"]}, "pass""#;
    typed(&element, EDITOR, &DOCUMENT.replace("\"pass\"", asks)).await;
    press(&element, "[data-bench=use]");
    element
        .until_told("dialect", |event| event["name"] == "custom")
        .await;
    for (name, value) in [("key", "k 7"), ("token", "t0ps3cret"), ("self", "alice")] {
        element.type_into(&format!("[name=\"var.{name}\"]"), value);
    }
    element.choose("[name=\"var.side\"]", "l");
    press(&element, "[data-bench=share]");
    let link = element.value("#wb-link");
    assert!(
        link.contains("&hosts=media.example&var.key=k%207#"),
        "{link}"
    );
    for own in ["t0ps3cret", "alice", "var.side"] {
        assert!(!link.contains(own), "{link}");
    }
}

#[wasm_bindgen_test]
async fn in_a_run_the_page_leaves_and_joins_again_with_the_document() {
    let relay = Relay::new();
    let element = opened(&[("room", "fixed")]).await;
    element.join().await;
    typed(&element, EDITOR, DOCUMENT).await;
    assert_eq!(
        element.text("[data-bench=use]"),
        sentence("ui.wb.rejoin", &[])
    );
    press(&element, "[data-bench=use]");
    element
        .until("it is in the room again", |element| {
            element.told_of("joined").len() == 2
        })
        .await;
    assert_eq!(element.told_of("joining")[1]["dialect"], "custom");
    assert_eq!(element.told_of("left").len(), 1);
    let link = element.value("#join-link");
    assert!(
        link.contains("#dialect="),
        "the other peer needs it too: {link}"
    );
    relay.end();
}

#[wasm_bindgen_test]
async fn what_leaves_the_page_has_a_version_and_no_secret() {
    let element = opened(&[]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    let link = element.find("[data-bench=download]");
    link.add_event_listener_with_callback(
        "click",
        &js_sys::Function::new_with_args("event", "event.preventDefault()"),
    )
    .unwrap();
    press(&element, "[data-bench=download]");
    assert_eq!(link.get_attribute("download").as_deref(), Some("mine.json"));
    let file = js_sys::decode_uri_component(&link.get_attribute("href").unwrap()).unwrap();
    let file = String::from(file);
    assert!(
        file.contains("\"version\": 1") && !file.contains("hunter2"),
        "{file}"
    );
    press(&element, "[data-bench=share]");
    let link = element.value("#wb-link");
    let (address, coded) = link.split_once("#dialect=").unwrap();
    assert!(
        address.contains("endpoint=ws%3A%2F%2Frelay.example"),
        "{address}"
    );
    let bytes = web_sys::window()
        .unwrap()
        .atob(&coded.replace('-', "+").replace('_', "/"))
        .unwrap();
    assert!(
        bytes.contains("\"version\":1") && !bytes.contains("hunter2"),
        "{bytes}"
    );
    let long = DOCUMENT.replace("Mine", &"x".repeat(3_000));
    typed(&element, EDITOR, &long).await;
    press(&element, "[data-bench=share]");
    assert_eq!(
        element.text("[data-part=share-refusal]"),
        sentence("bench.share-long", &[])
    );
    assert!(element.find("[data-part=shared]").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_document_that_a_link_brought_is_named_before_anything_is_contacted() {
    let census = Census::new();
    let attributes = [
        ("dialect", "custom"),
        ("dialect-document", DOCUMENT),
        ("data-named-by-link", "dialect dialect-document"),
    ];
    let element = opened(&attributes).await;
    assert!(!element.find("[data-part=brought]").has_attribute("hidden"));
    assert_eq!(area(&element, EDITOR).value(), DOCUMENT);
    assert!(element.told_of("joining").is_empty());
    assert_eq!(census.contacts(), [""; 0]);
    let plain = Element::in_tabs(&room(), &[]);
    plain.until_told("dialect", |_| true).await;
    assert!(plain.find("[data-part=brought]").has_attribute("hidden"));
    census.end();
}

#[wasm_bindgen_test]
async fn a_link_whose_document_is_damaged_or_cut_is_refused_until_a_dialect_is_chosen() {
    for brought in ["", &DOCUMENT[..200]] {
        let census = Census::new();
        let attributes = [
            ("endpoint", "ws://relay.example"),
            ("dialect", "custom"),
            ("dialect-document", brought),
            ("data-named-by-link", "dialect dialect-document"),
        ];
        let element = Element::mount(&attributes);
        element.until_told("field-refused", |_| true).await;
        let said = sentence("field.document-damaged", &[]);
        let shown = |element: &Element| element.texts(".dialect-field .refusal");
        assert_eq!(shown(&element), [said.clone()]);
        assert_eq!(element.run("join").await, Err(said));
        assert_eq!(census.contacts(), [""; 0]);
        census.end();
        let relay = Relay::new();
        element.choose("[data-part=dialect-choice]", "relay");
        element.until_told("dialect", |_| true).await;
        assert_eq!(shown(&element), [""; 0]);
        element.join().await;
        relay.end();
    }
}

#[wasm_bindgen_test]
async fn a_file_is_read_into_the_editor_unless_it_is_too_large() {
    let element = opened(&[]).await;
    choose_file(&element.find("#wb-file"), "mine.json", DOCUMENT);
    element
        .until("it is in the editor", |element| {
            area(element, EDITOR).value() == DOCUMENT
        })
        .await;
    let before = element.told_of("probed").len();
    choose_file(&element.find("#wb-file"), "huge.json", &"x".repeat(70_000));
    let refusal = sentence("bench.file-long", &[("limit", "65536")]);
    assert_eq!(element.text("[data-part=load-refusal]"), refusal);
    assert_eq!(area(&element, EDITOR).value(), DOCUMENT);
    assert!(element.told_of("probed").len() <= before + 1);
}
