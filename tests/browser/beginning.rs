//! Before `join`: what is told, what is refused, and that nothing is contacted.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Census, Element, fact, room, sentence};

const ENDPOINT: &str = "wss://signaling.example/deep/path";
const SERVERS: &str = "stun:stun.example:3478 turn:turn.example:5349?transport=tcp";

#[wasm_bindgen_test]
async fn whom_joining_contacts_is_told_and_nobody_is_contacted_before() {
    let census = Census::new();
    let element = Element::mount(&[
        ("endpoint", ENDPOINT),
        ("ice-servers", SERVERS),
        ("data-named-by-link", "endpoint"),
    ]);
    element.until_told("contacts", |_| true).await;
    let hosts = ["signaling.example", "stun.example", "turn.example"];
    let told = element.told_of("contacts")[0]["contacts"].clone();
    for (contact, host) in told.as_array().unwrap().iter().zip(hosts) {
        assert!(
            contact["host"].as_str().unwrap().starts_with(host),
            "{contact}"
        );
    }
    assert!(fact(&told[0]["namedBy"], "named.link"), "{told}");
    assert!(fact(&told[1]["namedBy"], "named.page"), "{told}");
    let shown = element.texts("[data-part=contacts] li");
    assert_eq!(shown.len(), 3);
    for (line, host) in shown.iter().zip(hosts) {
        assert!(line.contains(host), "{line}");
    }
    assert!(shown[0].contains(&sentence("named.link", &[])));
    element.type_into("[name=endpoint]", "wss://other.example");
    element.type_into("[name=ice-servers]", "");
    element
        .until("the change is told", |element| {
            element.told_of("contacts").len() == 3
        })
        .await;
    let shown = element.texts("[data-part=contacts] li");
    assert_eq!(shown.len(), 1);
    assert!(shown[0].contains("other.example"));
    assert!(shown[0].contains(&sentence("named.you", &[])));
    assert_eq!(census.contacts(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn that_the_other_peer_learns_addresses_is_told_even_when_no_server_is_contacted() {
    let element = Element::in_tabs(&room(), &[]);
    element.until_told("contacts", |_| true).await;
    assert!(element.texts("[data-part=contacts] li").is_empty());
    let consent = element.text("[data-place=start]");
    assert!(consent.contains(&sentence("ui.consent.nobody", &[])));
    assert!(consent.contains(&sentence("ui.consent.addresses", &[])));
}

#[wasm_bindgen_test]
async fn only_the_attribute_autojoin_joins_without_a_click() {
    let census = Census::new();
    let waits = Element::in_tabs(
        &room(),
        &[("data-autojoin", ""), ("data-named-by-link", "autojoin")],
    );
    let joins = Element::in_tabs(&room(), &[("autojoin", "")]);
    joins.until_told("joined", |_| true).await;
    assert!(waits.told_of("joining").is_empty());
    assert_eq!(waits.state("signaling-link"), "none");
    assert_eq!(census.contacts(), ["BroadcastChannel"]);
    census.end();
}

#[wasm_bindgen_test]
fn a_room_that_nobody_named_has_128_random_bits_of_its_own() {
    let rooms = [(); 4].map(|()| Element::mount(&[]).value("[name=room]"));
    for room in &rooms {
        let secret = room.rsplit('-').next().unwrap();
        assert_eq!(secret.len(), 26, "{room}");
        let known = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
        assert!(secret.chars().all(known), "{room}");
    }
    for (index, room) in rooms.iter().enumerate() {
        assert!(!rooms[..index].contains(room), "{room} came twice");
    }
}

#[wasm_bindgen_test]
fn the_fields_begin_with_what_the_attributes_say() {
    let element = Element::mount(&[
        ("endpoint", ENDPOINT),
        ("room", "our room"),
        ("dialect", "relay"),
        ("mode", "trickle"),
        ("peer-role", "offerer"),
        ("ice-servers", SERVERS),
    ]);
    let expected = [
        ("endpoint", ENDPOINT),
        ("room", "our room"),
        ("dialect", "relay"),
        ("mode", "trickle"),
        ("role", "offerer"),
        ("ice-servers", SERVERS),
    ];
    for (field, value) in expected {
        assert_eq!(element.value(&format!("[name={field}]")), value, "{field}");
    }
}

#[wasm_bindgen_test]
fn an_element_without_attributes_needs_no_server_and_goes_by_hand() {
    let element = Element::mount(&[]);
    assert_eq!(element.value("[name=endpoint]"), "tabs:");
    assert_eq!(element.value("[name=mode]"), "manual");
    assert_eq!(element.value("[name=role]"), "auto");
    assert_eq!(element.value("[name=ice-servers]"), "");
}

#[wasm_bindgen_test]
async fn a_mistake_in_a_field_is_named_beside_it_and_nobody_is_contacted() {
    let wrong = [
        (
            "endpoint",
            "http://localhost:8080",
            "field.endpoint-http",
            vec![("better", "ws://localhost:8080")],
        ),
        ("endpoint", "ftp://x", "field.endpoint-scheme", vec![]),
        ("room", " ", "field.room-empty", vec![]),
        (
            "ice-servers",
            "stun://x:1",
            "ice.slashes",
            vec![("url", "stun://x:1"), ("better", "stun:x:1")],
        ),
        (
            "ice-servers",
            "turn:127.0.0.1",
            "ice.needs-username",
            vec![],
        ),
        (
            "ice-servers",
            "stun:127.0.0.1:99999",
            "ice.port",
            vec![("url", "stun:127.0.0.1:99999"), ("port", "99999")],
        ),
        (
            "max-retransmits",
            "-1",
            "field.number",
            vec![("value", "-1"), ("limit", "65534")],
        ),
    ];
    let census = Census::new();
    for (field, value, id, holes) in wrong {
        let element = Element::in_tabs(&room(), &[]);
        element.type_into(&format!("[name={field}]"), value);
        let refusal = element.run("join").await;
        assert_eq!(refusal, Err(sentence(id, &holes)), "{field} {value}");
        let named = element.told_of("field-refused")[0]["field"]
            .as_str()
            .unwrap()
            .to_owned();
        let input = element.find(&format!("[name={named}]"));
        assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
        let told = input.get_attribute("aria-describedby").unwrap();
        assert_eq!(
            element.text(&format!("[id=\"{told}\"]")),
            sentence(id, &holes)
        );
        assert_eq!(element.state("signaling-link"), "none");
    }
    assert_eq!(census.contacts(), [""; 0]);
    census.end();
}
