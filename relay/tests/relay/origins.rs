//! Which pages may connect.

use crate::client::{Client, local};
use serde_json::json;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use webrtc_steps_relay::{Relay, Settings, start};

async fn only(origin: &str, change: impl FnOnce(&mut Settings)) -> Relay {
    let mut settings = local();
    settings.origins = vec![origin.parse().unwrap()];
    change(&mut settings);
    start(settings).await.unwrap()
}

async fn enters(relay: &Relay, headers: &[(&'static str, &str)]) {
    let mut client = Client::open_with(relay.address(), "/rooms/room", headers).await;
    client.read_welcome().await;
    client.close(1000).await;
}

async fn is_refused(relay: &Relay, origin: &str) {
    let mut client = Client::open_with(relay.address(), "/rooms/room", &[("origin", origin)]).await;
    client
        .is_refused_with("origin-not-allowed", CloseCode::Policy)
        .await;
    let mut client = Client::open_with(relay.address(), "/any/room", &[("origin", origin)]).await;
    client
        .is_closed_with("origin-not-allowed", CloseCode::Policy)
        .await;
}

#[tokio::test]
async fn without_a_list_any_page_may_connect() {
    let relay = start(local()).await.unwrap();
    for origin in ["http://localhost:8080", "https://example.org", "null"] {
        enters(&relay, &[("origin", origin)]).await;
    }
}

#[tokio::test]
async fn with_a_list_only_its_pages_and_programs_may_connect() {
    let relay = only("https://example.org", |_| {}).await;
    enters(&relay, &[("origin", "https://example.org")]).await;
    enters(&relay, &[]).await;
    for origin in [
        "https://example.org:8443",
        "http://example.org",
        "null",
        "not an origin",
    ] {
        is_refused(&relay, origin).await;
    }
    is_refused(&relay, &format!("http://{}", relay.address())).await;
}

#[tokio::test]
async fn the_page_that_the_relay_serves_may_connect_to_it() {
    let page = tempfile::tempdir().unwrap();
    std::fs::write(page.path().join("index.html"), "<p>page").unwrap();
    let relay = only("https://example.org", |settings| {
        settings.page = Some(page.path().into())
    })
    .await;
    enters(
        &relay,
        &[("origin", &format!("http://{}", relay.address()))],
    )
    .await;
    is_refused(&relay, "https://example.net").await;
}

#[tokio::test]
async fn a_public_relay_without_a_list_deserves_a_warning() {
    let mut settings = local();
    assert_eq!(settings.warning(), None);
    settings.listen = "0.0.0.0:0".parse().unwrap();
    assert!(settings.warning().unwrap().contains("--origin"));
    settings.origins = vec!["https://example.org".parse().unwrap()];
    assert_eq!(settings.warning(), None);
}

#[tokio::test]
async fn a_subprotocol_is_agreed_to_in_any_rooms_as_browsers_demand() {
    let relay = start(local()).await.unwrap();
    // The client fails the handshake, as a browser does, if none of its subprotocols is agreed to.
    let wanted = [("sec-websocket-protocol", "one, two")];
    let mut first = Client::open_with(relay.address(), "/any/room", &wanted).await;
    let mut second = Client::open_with(relay.address(), "/any/room", &wanted).await;
    let message = json!({"v": 1}).to_string();
    second.send_text(&message).await;
    assert_eq!(first.receive_text().await.as_str(), message);
}
