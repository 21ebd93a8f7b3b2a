//! Making connections, calls on closed ones, and cameras: rows A27 to A35.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Shown, event, is_firefox, played, rows, shown_of};
use crate::opened::Opened;
use crate::support::{Element, Pair, room};

/// What is shown when a connection is made with this server, unchecked by the page.
async fn with_server(url: &str, credential: &str) -> Shown {
    let element = Element::in_tabs(&room(), &[("ice-servers", url)]);
    element.run_with("let-me-fail", "on").await.unwrap();
    if !credential.is_empty() {
        element.type_into("input[name=ice-username]", "somebody");
        element.type_into("input[name=ice-credential]", credential);
    }
    element.join().await;
    element.until_available("create-peer-connection").await;
    let outcome = element.run("create-peer-connection").await;
    let _opened = Opened::on(&element);
    Shown {
        rows: rows(&element),
        card: element.text("[data-at=refusal]"),
        error: outcome.err(),
    }
}

#[wasm_bindgen_test]
async fn a27_a_server_with_slashes_is_explained() {
    let shown = with_server("stun://127.0.0.1", "").await;
    shown.is("A27", "server-slashes");
    assert!(shown.card.contains("stun://127.0.0.1"), "{}", shown.card);
}

#[wasm_bindgen_test]
async fn a27_every_other_mistake_of_an_address_is_explained() {
    for (url, key) in [
        ("https://127.0.0.1", "server-scheme"),
        ("127.0.0.1:3478", "server-no-scheme"),
        ("stun:127.0.0.1?transport=udp", "server-query"),
        ("stun:127.0.0.1:99999", "server-port"),
    ] {
        with_server(url, "").await.is("A27", key);
    }
}

#[wasm_bindgen_test]
async fn a28_a_turn_server_without_credentials_is_explained() {
    with_server("turn:127.0.0.1:3478", "")
        .await
        .is("A28", "server-credentials");
}

#[wasm_bindgen_test]
async fn a29_a_server_in_the_old_form_is_told_though_nothing_is_refused() {
    let shown = played("server in the old form").await;
    assert_eq!(shown.error, None);
    shown.is("A29", "server-old-form");
}

#[wasm_bindgen_test]
async fn a30_a_blocked_port_is_explained_where_it_is_refused() {
    let shown = with_server("turn:127.0.0.1:9", "secret").await;
    if shown.error.is_some() {
        shown.is("A30", "server-port-blocked");
    } else {
        assert!(!is_firefox(), "Firefox refuses it");
        shown.is_nothing();
    }
}

#[wasm_bindgen_test]
async fn a31_a_call_after_the_close_is_explained() {
    played("call after the close")
        .await
        .is("A31", "after-close");
}

#[wasm_bindgen_test]
async fn a32_too_many_connections_are_explained_where_there_is_a_limit() {
    let shown = played("more connections than there may be").await;
    if is_firefox() {
        shown.is_nothing();
    } else {
        shown.is("A32", "too-many");
    }
}

#[wasm_bindgen_test]
async fn a33_a_camera_on_plain_http_is_explained() {
    played("camera where there is none by the rules")
        .await
        .is("A33", "media-insecure");
}

#[wasm_bindgen_test]
async fn a34_a_camera_that_is_not_allowed_is_explained() {
    let shown = played("camera that is not allowed").await;
    assert_eq!(shown.error.as_deref(), Some("\"NotAllowedError\""));
    shown.is("A34", "media-denied");
}

/// A refusal of a camera, as a record tells it.
fn refused(name: &str) -> Shown {
    let said = json!({ "id": "doing.call", "args": {} });
    let trouble = json!({
        "call": "getUserMedia()", "state": "", "fault": { "name": name, "message": "" },
        "blame": "browser", "doing": said, "cause": said, "advice": said, "step": null,
    });
    shown_of(&[event("trouble", trouble)])
}

#[wasm_bindgen_test]
async fn a34_from_recorded_facts_a_camera_in_use_is_explained() {
    refused("NotReadableError").is("A34", "media-busy");
}

#[wasm_bindgen_test]
async fn a35_is_not_said_of_a_page_that_stands_by_itself() {
    let shown = refused("NotAllowedError");
    shown.is("A34", "media-denied");
}

#[wasm_bindgen_test]
async fn a_connection_with_a_good_server_shows_nothing() {
    let shown = with_server("stun:127.0.0.1:3478", "").await;
    assert_eq!(shown.error, None);
    shown.is_nothing();
    let pair = Pair::connected().await;
    assert!(
        {
            let _opened = Opened::on(&pair.offerer);
            rows(&pair.offerer)
        }
        .is_empty()
    );
}
