//! `addIceCandidate()`: rows A8 to A12.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{is_firefox, offered, played, says, until_row};
use crate::opened::Opened;
use crate::support::{Element, Pair, Peer, room};

#[wasm_bindgen_test]
async fn a8_a_candidate_before_its_description_is_explained() {
    let pair = offered().await;
    let element = &pair.answerer;
    for switch in ["add-by-hand", "let-me-fail"] {
        element.run_with(switch, "on").await.unwrap();
    }
    Pair::take(&pair.offerer, &["send-candidates"]).await;
    element
        .until_told("candidate", |event| event["side"] == "theirs")
        .await;
    assert!(element.run("add-candidates").await.is_err());
    let opened = Opened::on(element);
    let card = until_row(&opened, "A8").await;
    assert!(says(&card, "refusal.candidate-early.cause"), "{card}");
    let mend = element.find("[data-row=A8] [data-do=mend]");
    assert_eq!(
        mend.get_attribute("data-mends").as_deref(),
        Some("set-remote-description")
    );
}

#[wasm_bindgen_test]
async fn a9_a_candidate_without_a_place_is_explained() {
    played("candidate without a place")
        .await
        .is("A9", "candidate-nowhere");
}

/// One that has set the offer of a peer worked by hand, and what that peer's candidates should say.
async fn with_a_peer() -> (Element, Peer) {
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "manual")]);
    element.join().await;
    let peer = Peer::new(&room, "by hand");
    element.until_told("peer-joined", |_| true).await;
    peer.offer().await;
    let commands = [
        "create-peer-connection",
        "add-data-channel",
        "set-remote-description",
    ];
    Pair::take(&element, &commands).await;
    (element, peer)
}

const CANDIDATE: &str = "candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host";

/// What is shown when the peer gives this candidate.
async fn given(candidate: serde_json::Value, row: &str, key: &str) {
    let (element, peer) = with_a_peer().await;
    let opened = Opened::on(&element);
    peer.signal(&serde_json::json!({ "candidate": candidate }).to_string());
    let card = until_row(&opened, row).await;
    for part in ["title", "cause", "remedy"] {
        assert!(says(&card, &format!("refusal.{key}.{part}")), "{card}");
    }
    peer.end();
}

#[wasm_bindgen_test]
async fn a10_a_candidate_of_a_section_that_is_not_there_is_explained() {
    let candidate =
        serde_json::json!({ "candidate": CANDIDATE, "sdpMid": "7", "sdpMLineIndex": null });
    given(candidate, "A10", "candidate-other-mid").await;
}

#[wasm_bindgen_test]
async fn a10_a_candidate_of_an_index_that_is_not_there_is_explained() {
    let candidate =
        serde_json::json!({ "candidate": CANDIDATE, "sdpMid": null, "sdpMLineIndex": 7 });
    given(candidate, "A10", "candidate-other-index").await;
}

#[wasm_bindgen_test]
async fn a10_a_mangled_candidate_is_told_whether_refused_or_not() {
    let candidate =
        serde_json::json!({ "candidate": "candidate:1 1 udp", "sdpMid": "0", "sdpMLineIndex": 0 });
    let key = if is_firefox() {
        "candidate-mangled-taken"
    } else {
        "candidate-mangled"
    };
    given(candidate, "A10", key).await;
}

#[wasm_bindgen_test]
async fn a11_a_candidate_of_an_older_session_is_told_in_both_engines() {
    let candidate = serde_json::json!({
        "candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "zzzz",
    });
    given(candidate, "A11", "candidate-old-dropped").await;
}

#[wasm_bindgen_test]
async fn a12_the_end_of_candidates_before_the_description_is_told_in_both_engines() {
    let shown = played("end of candidates before the description").await;
    assert_eq!(shown.error.is_some(), is_firefox());
    shown.is("A12", "end-early");
}
