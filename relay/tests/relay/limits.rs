//! Each limit holds, says so, and touches nobody else.

use std::time::Duration;

use crate::client::{Client, local, relay_with, soon, two};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::{Message, protocol::frame::coding::CloseCode};
use webrtc_steps_relay::start;

#[tokio::test]
async fn a_message_of_the_largest_size_passes_and_a_larger_one_ends_its_sender() {
    let relay = relay_with(|limits| limits.max_message = 1000).await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    let frame = |size: usize| {
        format!(
            r#"{{"data":"{}"}}"#,
            "x".repeat(size - r#"{"data":""}"#.len())
        )
    };
    first.send_text(&frame(1000)).await;
    assert_eq!(second.receive().await["from"], json!(first.id));
    first.send_text(&frame(1001)).await;
    first
        .is_refused_with("message-too-big", CloseCode::Size)
        .await;
    assert_eq!(second.receive().await, json!({"peer-left": first.id}));
}

#[tokio::test]
async fn who_sends_a_huge_message_still_hears_why_it_was_cut() {
    let relay = relay_with(|_| {}).await;
    let (mut first, _second) = two(relay.address(), "room").await;
    // Sent to its end before anything is read, as a page does: a reset would destroy the answer.
    first.send_text(&"x".repeat(16 * 1024 * 1024)).await;
    first
        .is_refused_with("message-too-big", CloseCode::Size)
        .await;
}

#[tokio::test]
async fn a_flood_ends_its_sender() {
    let relay = relay_with(|limits| limits.messages_per_second = 1).await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    for number in 0..3 {
        first.send(&json!({"data": number})).await;
    }
    first
        .is_refused_with("too-many-messages", CloseCode::Policy)
        .await;
    assert_eq!(second.receive().await["data"], 0);
    assert_eq!(second.receive().await["data"], 1);
    assert_eq!(second.receive().await, json!({"peer-left": first.id}));
}

#[tokio::test]
async fn pings_of_the_client_count_as_messages() {
    let relay = relay_with(|limits| limits.messages_per_second = 1).await;
    let (mut first, _second) = two(relay.address(), "room").await;
    for _ in 0..3 {
        first
            .socket
            .send(Message::Ping(Vec::new().into()))
            .await
            .unwrap();
    }
    first
        .is_refused_with("too-many-messages", CloseCode::Policy)
        .await;
}

#[tokio::test]
async fn rooms_are_counted_until_they_are_empty() {
    let relay = relay_with(|limits| limits.max_rooms = 1).await;
    let (first, mut second) = two(relay.address(), "one").await;
    let mut other = Client::open(relay.address(), "/rooms/two").await;
    other
        .is_refused_with("too-many-rooms", CloseCode::Again)
        .await;
    let mut plain = Client::open(relay.address(), "/any/one").await;
    plain
        .is_closed_with("too-many-rooms", CloseCode::Again)
        .await;
    let id = first.id.clone();
    first.close(1000).await;
    assert_eq!(second.receive().await, json!({"peer-left": id}));
    second.close(1000).await;
    Client::join(relay.address(), "two").await;
}

#[tokio::test]
async fn connections_are_counted_until_they_close() {
    let relay = relay_with(|limits| limits.max_connections = 1).await;
    let first = Client::join(relay.address(), "one").await;
    let mut second = Client::open(relay.address(), "/rooms/two").await;
    second
        .is_refused_with("too-many-connections", CloseCode::Again)
        .await;
    first.close(1000).await;
    enters_in_the_end(relay.address(), &[]).await;
}

#[tokio::test]
async fn connections_of_one_address_are_counted_until_they_close() {
    let relay = relay_with(|limits| limits.per_address = 1).await;
    let first = Client::join(relay.address(), "one").await;
    let mut second = Client::open(relay.address(), "/rooms/two").await;
    second
        .is_refused_with("too-many-from-address", CloseCode::Again)
        .await;
    // Without a trusted proxy the header is only a claim.
    let claim = [("x-forwarded-for", "192.0.2.1")];
    let mut third = Client::open_with(relay.address(), "/rooms/two", &claim).await;
    third
        .is_refused_with("too-many-from-address", CloseCode::Again)
        .await;
    first.close(1000).await;
    enters_in_the_end(relay.address(), &[]).await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_count() {
    let mut settings = local();
    settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    settings.limits.per_address = 1;
    let relay = start(settings).await.unwrap();
    let from = |address: &'static str| [("x-forwarded-for", address)];
    let mut first = Client::open_with(relay.address(), "/rooms/one", &from("192.0.2.1")).await;
    first.read_welcome().await;
    let mut second = Client::open_with(relay.address(), "/rooms/one", &from("192.0.2.2")).await;
    second.read_welcome().await;
    // What the client itself wrote stands further left and counts for nothing.
    let mut third = Client::open_with(
        relay.address(),
        "/rooms/two",
        &from("198.51.100.1, 192.0.2.2"),
    )
    .await;
    third
        .is_refused_with("too-many-from-address", CloseCode::Again)
        .await;
}

#[tokio::test]
async fn the_longest_lifetime_of_a_connection_ends_it_in_words() {
    let relay = relay_with(|limits| limits.max_lifetime = Duration::from_millis(200)).await;
    let mut client = Client::join(relay.address(), "room").await;
    client
        .is_refused_with("lifetime-over", CloseCode::Again)
        .await;
}

#[tokio::test]
async fn a_request_that_does_not_come_to_its_end_is_cut() {
    let relay = relay_with(|limits| {
        limits.request_head = Duration::from_millis(200);
        limits.ping_every = Duration::from_millis(400);
    })
    .await;
    for begun in [
        "",
        "GET /healthz HTTP/1.1\r\n",
        "GET /healthz HTTP/1.1\r\nhost: relay\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(relay.address()).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        soon("the end", stream.read_to_end(&mut rest))
            .await
            .unwrap();
    }
    // A WebSocket is no such request, however quiet it is.
    let mut client = Client::join(relay.address(), "room").await;
    for _ in 0..3 {
        let ping = soon("a ping", client.socket.next()).await.unwrap().unwrap();
        assert!(matches!(ping, Message::Ping(_)), "{ping:?}");
    }
    client.has_nothing_to_read().await;
}

#[tokio::test]
async fn who_reads_too_slowly_is_cut_and_the_others_are_not() {
    let relay = relay_with(|limits| {
        limits.room_size = 3;
        limits.messages_per_second = 100_000;
        limits.farewell = Duration::from_secs(60);
    })
    .await;
    let (mut sender, mut reader) = two(relay.address(), "room").await;
    let mut slow = Client::join(relay.address(), "room").await;
    sender.receive().await;
    reader.receive().await;
    let message = json!({"data": "x".repeat(200_000)});
    let mut sent = 0;
    let left = loop {
        sender.send(&message).await;
        sent += 1;
        let received = reader.receive().await;
        if received.get("peer-left").is_some() {
            break received;
        }
        assert_eq!(received["from"], json!(sender.id));
        assert!(sent < 1000, "the slow reader is never cut");
    };
    assert_eq!(left, json!({"peer-left": slow.id}));
    assert_eq!(sender.receive().await, left);
    // The slow one wakes up: what the network held for it, then the reason.
    let mut received = 0;
    loop {
        let next = slow.receive().await;
        if next.get("error").is_some() {
            assert_eq!(next["error"]["code"], "too-slow");
            break;
        }
        received += 1;
    }
    assert!(received < sent);
    slow.is_closed_with("too-slow", CloseCode::Again).await;
}

/// The relay learns a little later than the client that a connection is closed: asks until it has.
async fn enters_in_the_end(address: std::net::SocketAddr, headers: &[(&'static str, &str)]) {
    soon("a place", async {
        loop {
            let mut client = Client::open_with(address, "/rooms/two", headers).await;
            if client.receive().await.get("joined").is_some() {
                return;
            }
        }
    })
    .await;
}
