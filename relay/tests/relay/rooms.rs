//! What peers in a room can rely on.

use crate::client::{Client, relay, relay_with, soon, two};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::{Bytes, Message, protocol::frame::coding::CloseCode};

#[tokio::test]
async fn two_peers_exchange_messages_signed_by_the_relay() {
    let relay = relay().await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    assert_eq!(first.peers, Vec::<String>::new());
    assert_eq!(second.peers, [first.id.as_str()]);
    first
        .send(&json!({"to": second.id, "data": {"description": "offer"}}))
        .await;
    assert_eq!(
        second.receive().await,
        json!({"from": first.id, "data": {"description": "offer"}})
    );
    second.send(&json!({"to": first.id, "data": null})).await;
    assert_eq!(
        first.receive().await,
        json!({"from": second.id, "data": null})
    );
}

#[tokio::test]
async fn data_arrives_letter_for_letter() {
    let relay = relay().await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    let data = r#"{ "b":1.50, "a":"\u0041\n",  "a":[1e400, "ü\ud800"] }"#;
    first.send_text(&format!(r#"{{"data":{data}}}"#)).await;
    assert_eq!(
        second.receive_text().await.as_str(),
        format!(r#"{{"from":"{}","data":{data}}}"#, first.id)
    );
}

#[tokio::test]
async fn without_a_recipient_a_message_goes_to_everyone_else() {
    let relay = relay_with(|limits| limits.room_size = 3).await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    let mut third = Client::join(relay.address(), "room").await;
    assert_eq!(third.peers, [first.id.as_str(), second.id.as_str()]);
    second.send(&json!({"data": "all"})).await;
    assert_eq!(first.receive().await, json!({"peer-joined": third.id}));
    for peer in [&mut first, &mut third] {
        assert_eq!(
            peer.receive().await,
            json!({"from": second.id, "data": "all"})
        );
    }
    first.send(&json!({"to": third.id, "data": "one"})).await;
    assert_eq!(
        third.receive().await,
        json!({"from": first.id, "data": "one"})
    );
    assert_eq!(second.receive().await, json!({"peer-joined": third.id}));
    second.has_nothing_to_read().await;
}

#[tokio::test]
async fn rooms_do_not_hear_one_another() {
    let relay = relay().await;
    let (mut first, _second) = two(relay.address(), "one").await;
    let (_third, mut fourth) = two(relay.address(), "two").await;
    first.send(&json!({"to": fourth.id, "data": 1})).await;
    first.is_told("no-such-peer").await;
    fourth.has_nothing_to_read().await;
}

#[tokio::test]
async fn nobody_can_speak_as_somebody_else_or_as_the_relay() {
    let relay = relay_with(|limits| limits.room_size = 3).await;
    let (mut victim, bystander) = two(relay.address(), "room").await;
    let mut forger = Client::join(relay.address(), "room").await;
    victim.receive().await;
    for forged in [
        json!({"from": bystander.id, "data": 1}),
        json!({"to": victim.id, "from": bystander.id, "data": 1}),
        json!({"peer-left": bystander.id}),
        json!({"joined": {"self": "x", "peers": [], "resume": "x", "version": 1}}),
        json!({"error": {"code": "room-full", "message": "go away"}, "data": 1}),
    ] {
        forger.send(&forged).await;
        forger.is_told("bad-message").await;
    }
    let inside = json!({"from": bystander.id, "data": {"peer-left": bystander.id}});
    forger.send(&json!({"to": victim.id, "data": inside})).await;
    assert_eq!(
        victim.receive().await,
        json!({"from": forger.id, "data": inside})
    );
}

#[tokio::test]
async fn a_bad_message_is_told_and_does_not_end_the_connection() {
    let relay = relay().await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    for bad in [
        "",
        "not json",
        "[]",
        "{}",
        r#"{"to":"x"}"#,
        r#"{"to":1,"data":1}"#,
    ] {
        first.send_text(bad).await;
        first.is_told("bad-message").await;
    }
    first
        .socket
        .send(Message::binary(Bytes::from_static(b"\x00")))
        .await
        .unwrap();
    first.is_told("bad-message").await;
    let own = first.id.clone();
    for absent in ["nobody", own.as_str(), ""] {
        first.send(&json!({"to": absent, "data": 1})).await;
        first.is_told("no-such-peer").await;
    }
    first.send(&json!({"data": "still here"})).await;
    assert_eq!(
        second.receive().await,
        json!({"from": first.id, "data": "still here"})
    );
}

#[tokio::test]
async fn a_full_room_says_so_and_has_place_again_when_somebody_leaves() {
    let relay = relay().await;
    let (mut first, second) = two(relay.address(), "room").await;
    let mut third = Client::open(relay.address(), "/rooms/room").await;
    third.is_refused_with("room-full", CloseCode::Again).await;
    let gone = second.id.clone();
    second.close(1000).await;
    assert_eq!(first.receive().await, json!({"peer-left": gone}));
    let third = Client::join(relay.address(), "room").await;
    assert_eq!(first.receive().await, json!({"peer-joined": third.id}));
}

#[tokio::test]
async fn an_abrupt_disconnect_is_told_at_once() {
    let relay = relay().await;
    let (mut first, second) = two(relay.address(), "room").await;
    let gone = second.id.clone();
    second.vanish();
    assert_eq!(first.receive().await, json!({"peer-left": gone}));
}

#[tokio::test]
async fn a_room_name_may_hold_anything_but_control_characters() {
    let relay = relay().await;
    let (mut first, mut second) = two(relay.address(), "b%C3%BCcher%2Fund%20%22mehr%22%3F").await;
    first.send(&json!({"data": 1})).await;
    assert_eq!(second.receive().await["data"], 1);
    let same = Client::open(relay.address(), "/rooms/b%C3%BCcher/und%20%22mehr%22%3F");
    same.await
        .is_refused_with("room-full", CloseCode::Again)
        .await;
    let most = "%C3%BC".repeat(128);
    Client::join(relay.address(), &most).await;
    for bad in ["", "%0A", "a%00b", "%C2%85", "%FF", &format!("{most}x")] {
        let mut client = Client::open(relay.address(), &format!("/rooms/{bad}")).await;
        client
            .is_refused_with("bad-room-name", CloseCode::Policy)
            .await;
    }
}

#[tokio::test]
async fn who_answers_pings_is_never_cut_and_who_does_not_is() {
    let relay =
        relay_with(|limits| limits.ping_every = std::time::Duration::from_millis(400)).await;
    let (mut silent, mut mute) = two(relay.address(), "room").await;
    // The silent one reads, and so answers pings; the mute one does nothing at all.
    let left = silent.receive().await;
    assert_eq!(left, json!({"peer-left": mute.id}));
    mute.is_refused_with("no-answer", CloseCode::Again).await;
    for _ in 0..4 {
        let ping = soon("a ping", silent.socket.next()).await.unwrap().unwrap();
        assert!(matches!(ping, Message::Ping(_)), "{ping:?}");
    }
}

#[tokio::test]
async fn any_passes_every_frame_on_unchanged_from_the_moment_the_socket_is_open() {
    let relay = relay_with(|limits| limits.room_size = 3).await;
    let address = relay.address();
    let mut clients = [
        Client::open(address, "/any/room").await,
        Client::open(address, "/any/room?resume=token").await,
        Client::open(address, "/any/room").await,
    ];
    let texts = [
        "not json",
        r#"{"from":"anyone","data":1}"#,
        "",
        r#"{"joined":{}}"#,
    ];
    let [first, second, third] = &mut clients;
    for text in texts {
        first.send_text(text).await;
        assert_eq!(second.receive_text().await.as_str(), text);
        assert_eq!(third.receive_text().await.as_str(), text);
    }
    let bytes = Message::binary(Bytes::from_static(b"\x00\xff"));
    third.socket.send(bytes.clone()).await.unwrap();
    assert_eq!(first.receive_frame().await, bytes);
    assert_eq!(second.receive_frame().await, bytes);
    let mut fourth = Client::open(address, "/any/room").await;
    fourth.is_closed_with("room-full", CloseCode::Again).await;
}

#[tokio::test]
async fn any_and_rooms_of_one_name_are_two_rooms() {
    let relay = relay().await;
    let (mut first, _second) = two(relay.address(), "room").await;
    let mut plain = Client::open(relay.address(), "/any/room").await;
    plain.send_text(r#"{"from":"x","data":1}"#).await;
    first.has_nothing_to_read().await;
}
