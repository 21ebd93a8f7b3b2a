//! Data channels: rows A22 to A26.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{dare, is_firefox, played, says, until_row};
use crate::opened::Opened;
use crate::support::{Element, Pair, room};

#[wasm_bindgen_test]
async fn a22_a_line_before_the_channel_is_open_is_explained() {
    let pair = Pair::join("manual").await;
    let element = &pair.offerer;
    Pair::take(element, &["create-peer-connection", "add-data-channel"]).await;
    element.run_with("let-me-fail", "on").await.unwrap();
    assert!(element.run_with("send-message", "too early").await.is_err());
    let opened = Opened::on(element);
    let card = until_row(&opened, "A22").await;
    assert!(says(&card, "refusal.send-early.cause"), "{card}");
    assert!(says(&card, "refusal.lost.line"), "{card}");
}

#[wasm_bindgen_test]
async fn a23_a_line_after_the_close_is_told_in_both_engines() {
    let shown = played("line after the close").await;
    assert_eq!(shown.error.is_some(), !is_firefox());
    let key = if is_firefox() {
        "send-late-taken"
    } else {
        "send-late"
    };
    shown.is("A23", key);
}

#[wasm_bindgen_test]
async fn a24_a_message_above_the_limit_is_explained_with_the_limit() {
    let shown = played("message above the limit").await;
    shown.is("A24", "message-too-big");
    assert!(shown.card.contains("1000 bytes"), "{}", shown.card);
}

#[wasm_bindgen_test]
async fn a25_a_full_queue_is_explained_where_the_browser_has_a_limit() {
    let shown = played("more than the queue holds").await;
    if is_firefox() {
        shown.is_nothing();
    } else {
        shown.is("A25", "send-too-fast");
    }
}

#[wasm_bindgen_test]
async fn a26_a_channel_with_both_limits_is_explained() {
    let element = Element::in_tabs(&room(), &[]);
    element.run_with("let-me-fail", "on").await.unwrap();
    element.type_into("input[name=max-retransmits]", "1");
    element.type_into("input[name=max-packet-life-time]", "1");
    element.join().await;
    Pair::take(&element, &["create-peer-connection"]).await;
    dare(&element, "create-offer").await;
    dare(&element, "add-data-channel").await;
    let opened = Opened::on(&element);
    let card = until_row(&opened, "A26").await;
    assert!(says(&card, "refusal.channel-options.cause"), "{card}");
}

#[wasm_bindgen_test]
async fn a26_a_channel_told_with_both_limits_names_them() {
    played("channel with both limits")
        .await
        .is("A26", "channel-two-limits");
}

#[wasm_bindgen_test]
async fn a26_an_agreed_channel_without_an_id_is_explained() {
    played("channel without its id")
        .await
        .is("A26", "channel-no-id");
}

#[wasm_bindgen_test]
async fn a26_an_id_that_is_taken_is_explained() {
    played("channel with an id that is taken")
        .await
        .is("A26", "channel-id-used");
}
