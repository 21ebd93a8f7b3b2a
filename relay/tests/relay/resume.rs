//! What a client that lost its socket can rely on.

use std::time::Duration;

use crate::client::{Client, relay, relay_with, two};
use serde_json::json;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

#[tokio::test]
async fn a_lost_socket_comes_back_to_its_id() {
    let relay = relay().await;
    let (mut first, second) = two(relay.address(), "room").await;
    let (id, token) = (second.id.clone(), second.resume.clone());
    second.vanish();
    assert_eq!(first.receive().await, json!({"peer-left": id}));
    let mut again = Client::resume(relay.address(), "room", &token).await;
    assert_eq!(
        (&again.id, &again.peers[..]),
        (&id, &[first.id.clone()][..])
    );
    assert_eq!(first.receive().await, json!({"peer-joined": id}));
    first.send(&json!({"to": id, "data": "welcome back"})).await;
    assert_eq!(
        again.receive().await,
        json!({"from": first.id, "data": "welcome back"})
    );
}

#[tokio::test]
async fn a_seat_can_be_lost_and_taken_back_again_and_again() {
    let relay = relay().await;
    let (mut first, mut second) = two(relay.address(), "room").await;
    for _ in 0..3 {
        let (id, token) = (second.id.clone(), second.resume.clone());
        second.vanish();
        assert_eq!(first.receive().await, json!({"peer-left": id}));
        second = Client::resume(relay.address(), "room", &token).await;
        assert_eq!(second.id, id);
        assert_eq!(first.receive().await, json!({"peer-joined": id}));
    }
}

#[tokio::test]
async fn a_socket_that_is_still_open_gives_its_seat_to_the_new_one() {
    let relay = relay().await;
    let (mut first, mut old) = two(relay.address(), "room").await;
    let mut new = Client::resume(relay.address(), "room", &old.resume).await;
    assert_eq!(
        (&new.id, &new.peers[..]),
        (&old.id, &[first.id.clone()][..])
    );
    assert_eq!(first.receive().await, json!({"peer-joined": new.id}));
    old.is_refused_with("seat-taken-over", CloseCode::Policy)
        .await;
    new.send(&json!({"data": "it is me"})).await;
    assert_eq!(
        first.receive().await,
        json!({"from": new.id, "data": "it is me"})
    );
    first.send(&json!({"to": new.id, "data": "so I see"})).await;
    assert_eq!(
        new.receive().await,
        json!({"from": first.id, "data": "so I see"})
    );
}

#[tokio::test]
async fn a_clean_leave_ends_the_token() {
    let relay = relay().await;
    for code in [1000, 1001] {
        let (mut first, second) = two(relay.address(), "room").await;
        let (id, token) = (second.id.clone(), second.resume.clone());
        second.close(code).await;
        assert_eq!(first.receive().await, json!({"peer-left": id}));
        let stranger = Client::resume(relay.address(), "room", &token).await;
        assert_ne!(stranger.id, id);
        assert_ne!(stranger.resume, token);
        assert_eq!(first.receive().await, json!({"peer-joined": stranger.id}));
        stranger.close(1000).await;
        first.receive().await;
        first.close(1000).await;
    }
}

#[tokio::test]
async fn any_other_close_code_keeps_the_seat() {
    let relay = relay().await;
    let (_first, second) = two(relay.address(), "room").await;
    let (id, token) = (second.id.clone(), second.resume.clone());
    second.close(4000).await;
    assert_eq!(Client::resume(relay.address(), "room", &token).await.id, id);
}

#[tokio::test]
async fn a_seat_that_somebody_else_took_is_full_and_good_again_later() {
    let relay = relay().await;
    let (mut first, second) = two(relay.address(), "room").await;
    let (id, token) = (second.id.clone(), second.resume.clone());
    second.vanish();
    first.receive().await;
    let other = Client::join(relay.address(), "room").await;
    first.receive().await;
    let mut late = Client::open(relay.address(), &format!("/rooms/room?resume={token}")).await;
    late.is_refused_with("room-full", CloseCode::Again).await;
    other.close(1000).await;
    first.receive().await;
    assert_eq!(Client::resume(relay.address(), "room", &token).await.id, id);
}

#[tokio::test]
async fn the_last_of_a_room_comes_back_too() {
    let relay = relay().await;
    let (mut first, second) = two(relay.address(), "room").await;
    let (first_id, second_id) = (first.id.clone(), second.id.clone());
    let (first_token, second_token) = (first.resume.clone(), second.resume.clone());
    second.vanish();
    assert_eq!(first.receive().await, json!({"peer-left": second_id}));
    first.close(4000).await;
    let second = Client::resume(relay.address(), "room", &second_token).await;
    let first = Client::resume(relay.address(), "room", &first_token).await;
    assert_eq!((first.id, second.id), (first_id, second_id.clone()));
    assert_eq!(first.peers, [second_id]);
}

#[tokio::test]
async fn a_token_is_good_in_its_own_room_only() {
    let relay = relay().await;
    let (_first, mut second) = two(relay.address(), "room").await;
    let stranger = Client::resume(relay.address(), "other", &second.resume).await;
    assert_ne!(stranger.id, second.id);
    second.has_nothing_to_read().await;
}

#[tokio::test]
async fn an_unknown_token_enters_as_a_new_peer() {
    let relay = relay().await;
    for token in ["", "unknown", "%FF", &"a".repeat(4000)] {
        let client = Client::resume(relay.address(), "room", token).await;
        assert_eq!(client.id.len(), 8);
        client.close(1000).await;
    }
}

#[tokio::test]
async fn a_token_is_forgotten_when_its_time_is_over() {
    let relay = relay_with(|limits| limits.resume_for = Duration::ZERO).await;
    let (mut first, second) = two(relay.address(), "room").await;
    let (id, token) = (second.id.clone(), second.resume.clone());
    second.vanish();
    assert_eq!(first.receive().await, json!({"peer-left": id}));
    assert_ne!(Client::resume(relay.address(), "room", &token).await.id, id);
}
