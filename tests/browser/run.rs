//! `run`: a command and its outcome, in the words of the page.

use futures_util::future::{join, join4};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Element, OFFER, Pair, room, sentence};

fn refused(id: &str) -> Result<(), String> {
    Err(sentence(id, &[]))
}

#[wasm_bindgen_test]
async fn a_command_that_is_done_resolves_after_its_effect() {
    let element = Element::in_tabs(&room(), &[]);
    element.join().await;
    assert_eq!(element.state("signaling-link"), "open");
    element.run("create-peer-connection").await.unwrap();
    assert_eq!(element.state("signaling-state"), "stable");
    element.run("create-offer").await.unwrap();
    element.run("set-local-description").await.unwrap();
    assert_eq!(element.state("signaling-state"), "have-local-offer");
    element.run("close").await.unwrap();
    element.run("leave").await.unwrap();
    assert_eq!(element.state("signaling-link"), "none");
}

#[wasm_bindgen_test]
async fn a_command_that_cannot_be_given_is_refused_with_the_sentence_beside_its_control() {
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    for command in OFFER {
        assert_eq!(element.run(command).await, refused("reason.not-joined"));
        assert_eq!(
            element.text(&format!("#reason-{command}")),
            sentence("reason.not-joined", &[])
        );
    }
    element.join().await;
    assert_eq!(
        element.run("create-offer").await,
        refused("reason.no-peer-connection")
    );
    assert_eq!(
        element.run("create-answer").await,
        refused("reason.no-peer-connection")
    );
    assert_eq!(element.run("join").await, refused("reason.joined-already"));
    assert_eq!(
        element.run_with("send-message", "too early").await,
        refused("chat.not-open")
    );
    assert_eq!(
        element.run_with("read-signal", "{}").await,
        refused("reason.nothing-to-read")
    );
}

#[wasm_bindgen_test]
async fn a_command_that_nobody_knows_is_refused_by_its_name() {
    let element = Element::in_tabs(&room(), &[]);
    for unknown in ["dance", "", "JOIN", "send-everything"] {
        let refusal = element.run(unknown).await.unwrap_err();
        assert!(
            refusal.contains(unknown) && refusal.ends_with('.'),
            "{refusal}"
        );
    }
    element.join().await;
}

#[wasm_bindgen_test]
async fn the_end_of_an_attempt_refuses_what_was_under_way() {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER[..2]).await;
    let (offered, closed) = join(pair.offerer.run("create-offer"), pair.offerer.run("close")).await;
    assert_eq!(offered, refused("reason.attempt-ended"));
    assert_eq!(closed, Ok(()));
}

#[wasm_bindgen_test]
async fn a_person_can_give_up_joining() {
    let element = Element::in_tabs(&room(), &[]);
    let leave = async {
        let connecting = |event: &serde_json::Value| event["state"] == "connecting";
        element.until_told("link", connecting).await;
        element.run("leave").await
    };
    let (joined, left) = join(element.run("join"), leave).await;
    assert_eq!(left, Ok(()));
    assert_eq!(joined, refused("left.you"));
    element.join().await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_refuses_a_join_that_was_under_way() {
    let element = Element::in_tabs(&room(), &[]);
    let leave = async {
        let connecting = |event: &serde_json::Value| event["state"] == "connecting";
        element.until_told("link", connecting).await;
        element.leave_page();
    };
    let (joined, ()) = join(element.run("join"), leave).await;
    assert_eq!(joined, refused("left.page"));
    element.join().await;
}

#[wasm_bindgen_test]
async fn many_commands_at_once_each_get_their_own_outcome() {
    let pair = Pair::join("manual").await;
    let (created, again, offer, nonsense) = join4(
        pair.offerer.run("create-peer-connection"),
        pair.offerer.run("create-peer-connection"),
        pair.offerer.run("create-answer"),
        pair.offerer.run("nonsense"),
    )
    .await;
    assert_eq!(created, Ok(()));
    assert!(again.is_err() && offer.is_err() && nonsense.is_err());
    assert_ne!(again, offer);
}
