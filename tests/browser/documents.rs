//! Dialect documents in the browser: fetched from the page's own origin, shown with what they ask and what is wrong.

use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, window};

use crate::support::{Census, Element, Relay, fact, room, sentence};

/// Where the tests' own documents lie: the test's server serves the repository.
fn place(name: &str) -> String {
    format!("/tests/browser/documents/{name}.json")
}

fn host() -> String {
    window().unwrap().location().host().unwrap()
}

fn with_document(name: &str, more: &[(&str, &str)]) -> Element {
    let (endpoint, place) = (format!("ws://{}", host()), place(name));
    let mut attributes = vec![("endpoint", endpoint.as_str()), ("dialect", &place)];
    // A later attribute of the same name counts.
    attributes.extend(more);
    Element::mount(&attributes)
}

/// A document that fetches this file before it connects.
fn with_fetches(file: &str) -> Element {
    let endpoint = format!("ws://{}/tests/browser/documents", host());
    with_document("fetches", &[("endpoint", &endpoint), ("room", file)])
}

#[wasm_bindgen_test]
async fn a_document_of_this_site_is_read_and_a_field_made_for_each_question() {
    let element = with_document("asks", &[("var-key", "k2")]);
    element
        .until_told("dialect", |event| event["title"] == "asks for everything")
        .await;
    assert_eq!(element.value("[name=\"var.key\"]"), "k2");
    assert_eq!(element.value("[name=\"var.side\"]"), "right");
    assert_eq!(element.value("[name=\"var.token\"]"), "");
    let token = element.find("[name=\"var.token\"]");
    assert_eq!(token.get_attribute("type").as_deref(), Some("password"));
    let labels = element.texts("[data-part=vars] label");
    assert_eq!(labels, ["Which key?", "Which side?", "Your token"]);
    let note = element.text("[data-part=dialect-note]");
    assert_eq!(note, "A document of the tests.");
    let planned = sentence("ui.dialect.planned", &[("labels", "planned")]);
    assert_eq!(element.text("[data-part=planned]"), planned);
    assert!(
        element
            .find("[data-part=channel-fields]")
            .has_attribute("disabled")
    );
}

#[wasm_bindgen_test]
async fn what_was_typed_into_a_question_stays_while_the_form_is_edited() {
    let element = with_document("asks", &[]);
    element
        .until_told("dialect", |event| event["title"] == "asks for everything")
        .await;
    element.type_into("[name=\"var.key\"]", "mine");
    let before = element.told_of("contacts").len();
    element.type_into("[name=room]", "another");
    element
        .until("the edit was considered", |element| {
            element.told_of("contacts").len() > before
        })
        .await;
    assert_eq!(element.value("[name=\"var.key\"]"), "mine");
}

#[wasm_bindgen_test]
async fn a_secret_that_came_by_link_is_not_used_and_that_is_said_beside_its_field() {
    let linked = [("var-token", "leaked"), ("data-named-by-link", "var.token")];
    let element = with_document("asks", &linked);
    let told = |event: &Value| fact(&event["message"], "field.secret-by-link");
    element.until_told("field-refused", told).await;
    assert_eq!(element.value("[name=\"var.token\"]"), "");
    let said = sentence("field.secret-by-link", &[]);
    assert!(element.text("[data-part=vars]").contains(&said));
}

#[wasm_bindgen_test]
async fn a_document_by_link_is_announced_beside_the_button_read_by_its_click_and_shown() {
    let element = with_document("asks", &[("data-named-by-link", "dialect")]);
    let place = place("asks");
    let note = |id| sentence(id, &[("place", &place)]);
    let linked = "[data-part=linked]";
    let unread = |event: &Value| event["stage"] == "unread";
    element.until_told("document-linked", unread).await;
    assert_eq!(element.text(linked), note("ui.linked.unread"));
    element.click("join");
    let halted = |event: &Value| event["stage"] == "halted";
    element.until_told("document-linked", halted).await;
    assert_eq!(element.text(linked), note("ui.linked.read"));
    let focused = element.shadow().active_element().unwrap();
    let name = focused.get_attribute("name");
    assert_eq!(name.as_deref(), Some("var.key"));
    assert_eq!(element.texts(".refusal").concat(), "");
    assert_eq!(element.state("signaling-link"), "none");
}

#[wasm_bindgen_test]
async fn a_request_that_cannot_be_read_is_said_with_its_url_and_what_may_be_wrong() {
    let element = with_document(
        "fetches",
        &[("endpoint", "ws://localhost:9"), ("room", "r")],
    );
    element.click("join");
    let unread = |event: &Value| fact(&event["cause"], "trouble.fetch-unread");
    element.until_told("trouble", unread).await;
    let url = element.told_of("fetching")[0]["url"].clone();
    let cause = sentence("trouble.fetch-unread", &[("url", url.as_str().unwrap())]);
    assert!(element.text("[data-part=refusal]").starts_with(&cause));
}

#[wasm_bindgen_test]
async fn a_document_that_is_not_there_is_named_beside_the_choice() {
    let element = with_document("nowhere", &[]);
    let place = place("nowhere");
    let said = sentence("field.document-missing", &[("name", &place)]);
    assert_eq!(element.run("join").await, Err(said.clone()));
    let field = element.find("[name=dialect]");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(element.texts(".dialect-about .refusal"), [said]);
    assert_eq!(element.state("signaling-link"), "none");
}

#[wasm_bindgen_test]
async fn each_mistake_of_a_document_is_shown_with_its_pointer() {
    let element = with_document("wrong", &[]);
    let wrong = |event: &Value| event["mistakes"][0]["pointer"] == "/sned";
    element.until_told("dialect", wrong).await;
    let lines = element.texts("[data-part=dialect-mistakes] li");
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("/sned "), "{lines:?}");
    let said = sentence("field.dialect-wrong", &[("places", "/sned")]);
    assert_eq!(element.run("join").await, Err(said));
}

#[wasm_bindgen_test]
async fn a_click_on_join_that_is_refused_leads_to_what_is_wrong() {
    let element = with_document("wrong", &[]);
    let wrong = |event: &Value| event["mistakes"][0]["pointer"] == "/sned";
    element.until_told("dialect", wrong).await;
    let join: HtmlElement = element.find("[data-command=join]").unchecked_into();
    join.focus().unwrap();
    join.click();
    element.until_told("field-refused", |_| true).await;
    let focused = element.shadow().active_element().unwrap();
    assert_eq!(focused.get_attribute("name").as_deref(), Some("dialect"));
}

#[wasm_bindgen_test]
async fn a_document_of_another_site_is_not_fetched() {
    let census = Census::new();
    for place in [
        "https://other.example/a.json",
        "//other.example/a.json",
        "data:/x.json",
    ] {
        let element = Element::mount(&[("endpoint", "ws://relay.example"), ("dialect", place)]);
        let said = sentence("field.document-foreign", &[("name", place)]);
        assert_eq!(element.run("join").await, Err(said), "{place}");
    }
    assert_eq!(census.contacts(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn a_document_above_the_limit_is_refused() {
    let element = Element::mount(&[
        ("endpoint", "ws://relay.example"),
        ("dialect", "/tests/browser/documents/long.json"),
    ]);
    let place = place("long");
    let said = sentence("field.document-long", &[("name", &place)]);
    assert_eq!(element.run("join").await, Err(said));
}

#[wasm_bindgen_test]
async fn two_pages_connect_through_a_document_by_its_path() {
    let relay = Relay::new();
    let room = room();
    let page = || {
        Element::mount(&[
            ("endpoint", "ws://relay.example"),
            ("room", &room),
            ("dialect", "/core/src/dialects/relay.json"),
            ("mode", "auto"),
        ])
    };
    let (answerer, offerer) = (page(), page());
    answerer.join().await;
    offerer.join().await;
    offerer.until_open().await;
    answerer.until_open().await;
    relay.end();
}

#[wasm_bindgen_test]
async fn a_name_is_found_beside_the_module() {
    let element = Element::mount(&[("endpoint", "ws://relay.example"), ("dialect", "raw")]);
    element
        .until_told("dialect", |event| event["title"] == "raw descriptions")
        .await;
    assert_eq!(element.value("[data-part=dialect-choice]"), "raw");
}

#[wasm_bindgen_test]
async fn what_a_dialect_fetches_first_becomes_part_of_the_address() {
    let census = Census::new();
    let element = with_fetches("id.json");
    element.click("join");
    element
        .until_told("fetched", |event| event["status"] == 200)
        .await;
    let asked = element.told_of("fetching")[0]["url"].clone();
    let url = asked.as_str().unwrap();
    assert!(url.starts_with(&format!("http://{}/", host())), "{url}");
    element
        .until("the socket is tried", |_| {
            census.contacts().contains(&"WebSocket".to_owned())
        })
        .await;
    census.end();
}

#[wasm_bindgen_test]
async fn a_request_that_is_refused_brings_the_form_back() {
    let element = with_fetches("none.json");
    element.click("join");
    let refused = |event: &Value| fact(&event["cause"], "trouble.fetch-status");
    element.until_told("trouble", refused).await;
    element.until_told("left", |_| true).await;
    assert_eq!(element.state("signaling-link"), "none");
}

#[wasm_bindgen_test]
async fn choosing_from_the_list_fills_the_field_and_the_last_choice_opens_it() {
    let element = Element::mount(&[("endpoint", "ws://relay.example")]);
    let choice = "[data-part=dialect-choice]";
    assert_eq!(element.value(choice), "relay");
    assert!(
        element
            .find("[data-part=dialect-place]")
            .has_attribute("hidden")
    );
    element.choose(choice, "raw");
    assert_eq!(element.value("[name=dialect]"), "raw");
    element
        .until_told("dialect", |event| event["title"] == "raw descriptions")
        .await;
    element.choose(choice, "");
    assert!(
        !element
            .find("[data-part=dialect-place]")
            .has_attribute("hidden")
    );
}

#[wasm_bindgen_test]
async fn an_offerer_is_not_told_that_nobody_is_there_where_nobody_tells() {
    let relay = Relay::new();
    let document = r#"{"dialect": "Bare", "url": "{endpoint}", "messages": [{"both": "{description}", "means": ["offer", "answer"]}]}"#;
    let element = Element::mount(&[
        ("endpoint", "ws://relay.example"),
        ("room", &room()),
        ("dialect", "custom"),
        ("dialect-document", document),
        ("peer-role", "offerer"),
    ]);
    element.join().await;
    element
        .until("who is there", |element| {
            element.text("[data-part=present]") == sentence("ui.present.unknown", &[])
        })
        .await;
    relay.end();
}
