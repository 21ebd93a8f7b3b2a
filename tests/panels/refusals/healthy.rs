//! A run in which nothing is wrong shows no diagnosis.

use wasm_bindgen_test::wasm_bindgen_test;

use super::rows;
use crate::opened::Opened;
use crate::support::{ANSWER, CONNECT, OFFER, Pair};

/// Both have their panels open from the beginning; nothing is shown at any time.
async fn run(mode: &str) {
    let pair = Pair::join(mode).await;
    let offerer = Opened::on(&pair.offerer);
    let answerer = Opened::on(&pair.answerer);
    if mode != "auto" {
        Pair::take(&pair.offerer, &OFFER).await;
        Pair::take(&pair.answerer, &ANSWER).await;
        if mode == "manual" {
            Pair::take(&pair.answerer, &["send-candidates"]).await;
            Pair::take(&pair.offerer, &["send-candidates"]).await;
        }
        Pair::take(&pair.offerer, &[CONNECT]).await;
    }
    for opened in [&offerer, &answerer] {
        opened
            .until("the channel is open", |element| {
                assert_eq!(rows(element), Vec::<String>::new());
                element.state("channel-state") == "open"
            })
            .await;
    }
    pair.chat().await;
    pair.offerer.run("restart-ice").await.unwrap();
    for opened in [&offerer, &answerer] {
        opened
            .until("the restart is through", |element| {
                assert_eq!(rows(element), Vec::<String>::new());
                let notes = element.told_of("note");
                notes
                    .iter()
                    .any(|note| note["message"]["id"] == "note.restarted")
            })
            .await;
    }
    pair.offerer.run("leave").await.unwrap();
    for opened in [&offerer, &answerer] {
        opened.catch_up().await;
        assert_eq!(rows(opened.element), Vec::<String>::new());
    }
}

#[wasm_bindgen_test]
async fn a_healthy_run_by_hand_shows_no_refusal() {
    run("manual").await;
}

#[wasm_bindgen_test]
async fn a_healthy_run_that_trickles_shows_no_refusal() {
    run("trickle").await;
}

#[wasm_bindgen_test]
async fn a_healthy_run_by_itself_shows_no_refusal() {
    run("auto").await;
}
