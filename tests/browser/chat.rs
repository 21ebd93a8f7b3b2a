//! The chat: every line goes or is told, and nothing typed is lost.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Census, Element, Pair, Peer, room, sentence, until};

#[wasm_bindgen_test]
async fn a_line_that_went_leaves_the_field_empty() {
    let pair = Pair::connected().await;
    pair.offerer.chat("one line");
    pair.answerer
        .until("the line came", |to| to.lines("received") == ["one line"])
        .await;
    assert_eq!(pair.offerer.typed(), "");
}

#[wasm_bindgen_test]
async fn a_line_that_a_program_sends_leaves_what_is_being_typed_alone() {
    let pair = Pair::connected().await;
    pair.offerer.type_into("input[name=text]", "half a line");
    pair.offerer
        .run_with("send-message", "a whole line")
        .await
        .unwrap();
    assert_eq!(pair.offerer.lines("sent"), ["a whole line"]);
    assert_eq!(pair.offerer.typed(), "half a line");
}

#[wasm_bindgen_test]
async fn what_is_typed_before_the_channel_opens_stays_in_the_field() {
    let element = Element::in_tabs(&room(), &[]);
    element.join().await;
    element.chat("too early");
    element.run("create-peer-connection").await.unwrap();
    assert_eq!(element.typed(), "too early");
    let reason = sentence("chat.not-open", &[]);
    assert!(element.text("[aria-live]").contains(&reason));
    assert!(element.lines("sent").is_empty());
}

#[wasm_bindgen_test]
async fn what_is_typed_after_the_other_side_left_stays_in_the_field() {
    let pair = Pair::connected().await;
    pair.offerer.type_into("input[name=text]", "half a line");
    pair.answerer.run("leave").await.unwrap();
    pair.offerer
        .until("the chat is over", |element| {
            !element.is_available("send-message")
        })
        .await;
    pair.offerer.chat("half a line");
    pair.offerer.run("create-peer-connection").await.unwrap();
    assert_eq!(pair.offerer.typed(), "half a line");
    assert!(pair.offerer.lines("sent").is_empty());
}

#[wasm_bindgen_test]
async fn a_line_given_in_the_task_the_channel_closes_is_told_and_comes_back_to_the_field() {
    let pair = Pair::connected().await;
    let (sent, closed) = futures_util::future::join(
        pair.offerer.run("close"),
        pair.offerer.run_with("send-message", "a last word"),
    )
    .await;
    assert_eq!(sent, Ok(()));
    assert!(closed.is_err());
    assert_eq!(pair.offerer.typed(), "a last word");
}

#[wasm_bindgen_test]
async fn a_line_above_the_other_sides_limit_is_told_with_both_sizes_and_stays() {
    let room = room();
    let element = Element::in_tabs(&room, &[("mode", "auto")]);
    element.join().await;
    let peer = Peer::new(&room, "a tab");
    peer.take_at_most(1000);
    peer.offer().await;
    element.until_open().await;
    let long = "x".repeat(1001);
    element.chat(&long);
    element.until_told("chat-refused", |_| true).await;
    assert_eq!(element.typed(), long);
    assert_eq!(
        element.text("[data-place=chat] .refusal"),
        sentence("chat.too-long", &[("bytes", "1001"), ("limit", "1000")])
    );
    let most = "x".repeat(1000);
    element.chat(&most);
    let came = || peer.received() == [most.clone()];
    until("the line that fits came", came, || element.story()).await;
    assert_eq!(element.typed(), "");
    assert!(
        element
            .find("[data-place=chat] .refusal")
            .has_attribute("hidden")
    );
    peer.end();
}

#[wasm_bindgen_test]
async fn an_empty_line_is_not_sent() {
    let pair = Pair::connected().await;
    let refused = pair.offerer.run_with("send-message", "").await;
    assert_eq!(refused, Err(sentence("chat.empty", &[])));
    pair.offerer.chat("");
    pair.chat().await;
    assert_eq!(pair.answerer.lines("received").len(), 1);
}

#[wasm_bindgen_test]
async fn a_full_send_queue_is_told_and_the_line_stays_in_the_field() {
    let census = Census::new();
    let pair = Pair::connected().await;
    // Nothing that a test could wait for fills a queue in every browser, so the channel is made to say it is full.
    for index in 0..2 {
        let channel = census.data_channel(index);
        let full = js_sys::Object::new();
        js_sys::Reflect::set(&full, &"value".into(), &(16 * 1024 * 1024).into()).unwrap();
        js_sys::Object::define_property(channel.as_ref(), &"bufferedAmount".into(), &full);
    }
    pair.offerer.chat("one too many");
    pair.offerer.until_told("chat-refused", |_| true).await;
    assert_eq!(pair.offerer.typed(), "one too many");
    assert_eq!(
        pair.offerer.text("[data-place=chat] .refusal"),
        sentence("chat.queue-full", &[])
    );
    census.end();
}
