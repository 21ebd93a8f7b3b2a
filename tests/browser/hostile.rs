//! What comes from outside: text stays text, what is too long is told and not copied, what is secret stays where it was typed.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element as Node;

use crate::support::{Census, Element, Pair, Peer, fact, hand_in, room, until};

const MARKUP: &str = "<x-injected></x-injected><img src=x onerror=\"globalThis.injected=1\">";
/// Sixty-four times what the page takes.
const FAR_TOO_LONG: u32 = 16 * 1024 * 1024;

fn nothing_was_injected(element: &Element) {
    assert!(element.all("x-injected, img, script, iframe").is_empty());
    let injected = Reflect::get(&js_sys::global(), &"injected".into()).unwrap();
    assert!(injected.is_undefined());
}

#[wasm_bindgen_test]
async fn a_chat_line_that_looks_like_markup_stays_text() {
    let pair = Pair::connected().await;
    pair.offerer.run_with("send-message", MARKUP).await.unwrap();
    let came = |element: &Element| element.lines("received") == [MARKUP];
    pair.answerer.until("the line came", came).await;
    assert_eq!(pair.offerer.lines("sent"), [MARKUP]);
    nothing_was_injected(&pair.answerer);
    nothing_was_injected(&pair.offerer);
}

#[wasm_bindgen_test]
async fn ids_rooms_and_frames_that_look_like_markup_stay_text() {
    let room = format!("{MARKUP}{}", room());
    let element = Element::in_tabs(&room, &[]);
    element.join().await;
    let peer = Peer::new(&room, MARKUP);
    element
        .until_told("peer-joined", |event| event["peer"] == MARKUP)
        .await;
    peer.signal(&format!(
        "{{\"hello\":{}}}",
        serde_json::Value::from(MARKUP)
    ));
    peer.signal(MARKUP);
    let unknown = |event: &serde_json::Value| event["text"] == MARKUP;
    element.until_told("received", unknown).await;
    nothing_was_injected(&element);
    peer.end();
}

#[wasm_bindgen_test]
async fn a_channel_label_and_a_peer_that_look_like_markup_stay_text() {
    let room = room();
    let offerer = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "offerer")]);
    let answerer = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "answerer")]);
    offerer.type_into("input[name=label]", MARKUP);
    let pair = Pair { offerer, answerer };
    pair.enter().await;
    pair.until_open().await;
    nothing_was_injected(&pair.offerer);
    nothing_was_injected(&pair.answerer);
    assert!(pair.answerer.text("[data-place=chat]").contains(MARKUP));
}

#[wasm_bindgen_test]
async fn a_text_above_the_pages_limit_is_told_and_not_copied() {
    let census = Census::new();
    let pair = Pair::connected().await;
    let before = memory();
    // Chromium would not send it, so it is put where the browser puts what came.
    let long = js_sys::JsString::from("x").repeat(FAR_TOO_LONG as i32);
    for index in 0..2 {
        hand_in(&census.data_channel(index), &long);
    }
    let bytes = FAR_TOO_LONG.to_string();
    let told = |event: &serde_json::Value| {
        fact(&event["message"], "note.text-too-long")
            && event["message"]["args"]["bytes"] == bytes.as_str()
    };
    pair.answerer.until_told("note", told).await;
    assert!(
        memory() - before < f64::from(FAR_TOO_LONG) / 2.0,
        "it was copied"
    );
    assert!(pair.answerer.lines("received").is_empty());
    pair.chat().await;
    census.end();
}

#[wasm_bindgen_test]
async fn a_message_that_is_no_text_is_told_with_its_size() {
    let census = Census::new();
    let pair = Pair::connected().await;
    for index in 0..2 {
        hand_in(&census.data_channel(index), &js_sys::ArrayBuffer::new(4321));
    }
    let told = |event: &serde_json::Value| {
        fact(&event["message"], "note.binary") && event["message"]["args"]["bytes"] == "4321"
    };
    pair.answerer.until_told("note", told).await;
    pair.chat().await;
    census.end();
}

#[wasm_bindgen_test]
async fn a_line_of_another_tab_above_the_pages_limit_is_told_and_not_copied() {
    let room = room();
    let element = Element::in_tabs(&room, &[]);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    element.until_told("peer-joined", |_| true).await;
    let before = memory();
    let long = js_sys::JsString::from("x").repeat(FAR_TOO_LONG as i32);
    let line = js_sys::Array::of4(
        &"signal".into(),
        &"a tab".into(),
        &peer.other().into(),
        &long,
    );
    peer.raw(&line);
    let told = |event: &serde_json::Value| fact(&event["message"], "note.frame-too-long");
    element.until_told("note", told).await;
    assert!(
        memory() - before < f64::from(FAR_TOO_LONG) / 2.0,
        "it was copied"
    );
    peer.end();
}

#[wasm_bindgen_test]
async fn lines_of_another_tab_in_no_known_form_are_left_aside() {
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "auto")]);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    for odd in [
        "null",
        "{}",
        "[]",
        "7",
        "\"signal\"",
        "[1,2,3,4]",
        "[\"bye\"]",
    ] {
        peer.raw(&js_sys::JSON::parse(odd).unwrap());
    }
    for frame in [
        "",
        "{",
        "null",
        "{\"description\":7}",
        "{\"candidate\":{}}",
        "[[[[]]]]",
    ] {
        peer.signal(frame);
    }
    peer.offer().await;
    element.until_open().await;
    assert_eq!(element.faults(), [""; 0]);
    peer.end();
}

#[wasm_bindgen_test]
async fn credentials_stay_in_their_fields() {
    const USERNAME: &str = "u5ern4me-of-turn";
    const CREDENTIAL: &str = "cr3denti4l-of-turn";
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "auto"), ("peer-role", "offerer")]);
    element.type_into("[name=ice-servers]", "turn:127.0.0.1:3478?transport=tcp");
    element.type_into("[name=ice-username]", USERNAME);
    element.type_into("[name=ice-credential]", CREDENTIAL);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    element.until_open().await;
    let mut places = vec![
        (
            "the events",
            serde_json::to_string(&element.told()).unwrap(),
        ),
        (
            "the record",
            serde_json::to_string(&element.record()).unwrap(),
        ),
        ("the signals", peer.heard()),
        ("the host", element.host().outer_html()),
    ];
    for node in element.all("*") {
        places.push(("the markup", attributes(&node)));
    }
    places.push(("the text", element.texts("*").concat()));
    for (place, text) in places {
        for secret in [USERNAME, CREDENTIAL] {
            assert!(!text.contains(secret), "{secret} is in {place}: {text}");
        }
    }
    assert_eq!(element.value("[name=ice-credential]"), CREDENTIAL);
    let link = element.value("[data-part=link]");
    assert!(link.contains(&room) && !link.contains(CREDENTIAL), "{link}");
    peer.end();
}

fn attributes(node: &Node) -> String {
    let names: Vec<String> = node
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
        .collect();
    let values = names.iter().filter_map(|name| node.get_attribute(name));
    values.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn a_peer_cannot_send_in_the_name_of_another() {
    let room = room();
    let element = Element::in_tabs(&room, &[]);
    element.join().await;
    let partner = Peer::new(&room, "partner");
    element.until_told("peer-joined", |_| true).await;
    let stranger = Peer::new(&room, "stranger");
    let heard = |peer: &Peer| !peer.other().is_empty() || peer.heard().contains("full");
    until(
        "the stranger is told",
        || heard(&stranger),
        || stranger.heard(),
    )
    .await;
    let line = [&"signal", &"stranger", &"", &"{\"bye\":true}"].map(|part| JsValue::from(*part));
    stranger.raw(&line.iter().collect::<js_sys::Array>());
    partner.offer().await;
    element
        .until_told("received", |event| event["signal"] == "offer")
        .await;
    let byes = element.told_of("peer-left");
    assert!(byes.is_empty(), "{byes:?}");
    partner.end();
    stranger.end();
}

/// The bytes of wasm memory.
fn memory() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Reflect::get(&memory.buffer(), &"byteLength".into())
        .unwrap()
        .as_f64()
        .unwrap()
}
