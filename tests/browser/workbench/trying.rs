//! Captured messages tried on a document: a line for each, one in full, and what was passed over.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::{DOCUMENT, EDITOR, MESSAGE, opened, typed};
use crate::support::{Relay, room, sentence};

#[wasm_bindgen_test]
async fn of_several_messages_each_has_a_line_and_the_chosen_one_is_shown_in_full() {
    let element = opened(&[]).await;
    typed(&element, EDITOR, DOCUMENT).await;
    let messages = ["{\"kind\":\"offre\"}", "{\"joined\":{\"self\":\"me\"}}"];
    typed(&element, MESSAGE, &messages.join("\n")).await;
    assert_eq!(
        element.texts(".wb-tried [data-part=verdict]"),
        [sentence("bench.line-no", &[]), "joined".to_owned()]
    );
    let places = element.texts(".wb-tried [data-part=where]");
    assert!(places[0].ends_with("/kind"), "{places:?}");
    assert_eq!(places[1], "/messages/0");
    assert_eq!(element.texts(".wb-tried code"), messages);
    assert_eq!(
        element.text(".wb-said"),
        sentence("bench.reads", &[("events", "joined")]),
        "the last is shown in full"
    );
    let first = element.find(".wb-try").unchecked_into::<HtmlElement>();
    first.focus().unwrap();
    first.click();
    element
        .until("the first is shown in full", |element| {
            element.text(".wb-said") == sentence("bench.reads-nothing", &[])
        })
        .await;
    assert_eq!(element.text(".wb-result mark"), "\"offre\"");
    assert_eq!(first.get_attribute("aria-pressed").as_deref(), Some("true"));
    assert!(first.matches(":focus").unwrap(), "the focus stays");
    typed(&element, MESSAGE, messages[1]).await;
    assert!(element.find(".wb-tried").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_list_of_which_nothing_fits_is_said_with_its_place() {
    let relay = Relay::new();
    let element = opened(&[("room", &room())]).await;
    element.join().await;
    let me = element.told_of("joined")[0]["me"].clone();
    let roster = format!(r#"{{"joined":{{"self":{me},"peers":[{{"id":"b"}}],"resume":"x"}}}}"#);
    typed(&element, MESSAGE, &roster).await;
    let why = element.told_of("probed").last().unwrap()["messages"][0]["skipped"]["why"].clone();
    let why = why.as_str().unwrap().to_owned();
    let said = sentence("bench.skipped", &[("at", "/joined/peers/0"), ("why", &why)]);
    assert_eq!(element.text(".wb-at"), said);
    assert_eq!(
        element
            .find(".wb-result")
            .get_attribute("data-fits")
            .as_deref(),
        Some("partly")
    );
    relay.say(&roster);
    element
        .until("the frame says it too", |element| {
            !element.all("li[data-known=partly]").is_empty()
        })
        .await;
    let meaning = element.text("li[data-known=partly] [data-part=meaning]");
    assert!(meaning.starts_with(&said), "{meaning}");
    relay.end();
}
