//! Nothing outlives its owner: whenever an element is freed, listeners, timers, links and connections go with it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{ANSWER, Census, Element, OFFER, Pair, browser_caught_up, room, sabotage};

/// The answerer's commands whose calls the browser answers later.
const PENDING_ANSWER: [&str; 3] = [
    "set-remote-description",
    "create-answer",
    "set-local-description",
];
/// The offerer's.
const PENDING_OFFER: [&str; 2] = ["create-offer", "set-local-description"];

fn nothing_is_left(census: &Census, freed: &[&Element]) {
    for element in freed {
        assert_eq!(element.free(), None, "freeing threw");
        assert_eq!(
            element.shadow().child_element_count(),
            0,
            "the shadow root is not empty"
        );
    }
    assert_eq!(census.alive(), [""; 0]);
}

#[wasm_bindgen_test]
async fn nothing_is_left_of_an_element_that_never_joined() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[]);
    element.until_told("contacts", |_| true).await;
    assert!(!census.alive().is_empty(), "the census counts nothing");
    nothing_is_left(&census, &[&element]);
    census.end();
}

#[wasm_bindgen_test]
async fn nothing_is_left_of_an_element_that_is_freed_in_the_task_that_made_it() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[("autojoin", "")]);
    nothing_is_left(&census, &[&element]);
    browser_caught_up().await;
    assert_eq!(census.strays(), [""; 0]);
    assert_eq!(census.contacts(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn nothing_is_left_of_an_element_that_still_listens_for_other_tabs() {
    let census = Census::new();
    let element = Element::in_tabs(&room(), &[]);
    element.click("join");
    element
        .until_told("link", |event| event["state"] == "connecting")
        .await;
    nothing_is_left(&census, &[&element]);
    census.end();
}

#[wasm_bindgen_test]
async fn nothing_is_left_of_an_element_that_joined() {
    let census = Census::new();
    let pair = Pair::join("manual").await;
    nothing_is_left(&census, &[&pair.offerer, &pair.answerer]);
    census.end();
}

#[wasm_bindgen_test]
async fn nothing_is_left_of_two_that_are_connected() {
    let census = Census::new();
    let pair = Pair::connected().await;
    nothing_is_left(&census, &[&pair.offerer, &pair.answerer]);
    browser_caught_up().await;
    assert_eq!(census.strays(), [""; 0]);
    census.end();
}

#[wasm_bindgen_test]
async fn leaving_takes_down_what_joining_put_up() {
    let census = Census::new();
    let pair = Pair {
        offerer: Element::in_tabs("leaving", &[("mode", "auto")]),
        answerer: Element::in_tabs("leaving", &[("mode", "auto")]),
    };
    pair.offerer.until_told("contacts", |_| true).await;
    pair.answerer.until_told("contacts", |_| true).await;
    // A deadline that nobody wants any more comes once and does nothing.
    let alive = || {
        let mut alive = census.alive();
        alive.retain(|name| name != "timer");
        alive
    };
    let before = alive();
    pair.enter().await;
    pair.until_open().await;
    pair.offerer.run("leave").await.unwrap();
    pair.answerer.run("leave").await.unwrap();
    assert_eq!(alive(), before);
    census.end();
}

#[wasm_bindgen_test]
async fn freeing_during_any_pending_call_of_the_offerer_leaves_nothing() {
    for pending in PENDING_OFFER {
        free_while_pending(pending, &OFFER, |pair| &pair.offerer).await;
    }
}

#[wasm_bindgen_test]
async fn freeing_during_any_pending_call_of_the_answerer_leaves_nothing() {
    for pending in PENDING_ANSWER {
        free_while_pending(pending, &ANSWER, |pair| &pair.answerer).await;
    }
}

async fn free_while_pending(pending: &str, course: &[&str], side: fn(&Pair) -> &Element) {
    let census = Census::new();
    let pair = Pair::join("manual").await;
    if course[0] == ANSWER[0] && course.contains(&"create-answer") {
        Pair::take(&pair.offerer, &OFFER).await;
    }
    let before = course.iter().position(|command| *command == pending);
    Pair::take(side(&pair), &course[..before.unwrap()]).await;
    begin(side(&pair), pending).await;
    nothing_is_left(&census, &[&pair.offerer, &pair.answerer]);
    browser_caught_up().await;
    assert_eq!(census.strays(), [""; 0], "during {pending}");
    assert_eq!(side(&pair).faults(), [""; 0], "during {pending}");
    census.end();
}

/// Gives a command and returns while the browser has not answered its call.
async fn begin(element: &Element, command: &str) {
    element.until_available(command).await;
    let calls = |element: &Element| element.told_of("call").len();
    let (before, done) = (calls(element), element.told_of("done").len());
    element.click(command);
    element
        .until("the call was made", |element| calls(element) > before)
        .await;
    assert_eq!(element.told_of("done").len(), done, "{command} is pending");
}

#[wasm_bindgen_test]
async fn closing_during_any_pending_call_ends_the_attempt_and_the_next_one_connects() {
    let pair = Pair::join("trickle").await;
    for pending in PENDING_OFFER {
        let before = OFFER.iter().position(|command| *command == pending);
        Pair::take(&pair.offerer, &OFFER[..before.unwrap()]).await;
        begin(&pair.offerer, pending).await;
        pair.offerer.run("close").await.unwrap();
    }
    for pending in PENDING_ANSWER {
        offer(&pair).await;
        let before = ANSWER.iter().position(|command| *command == pending);
        Pair::take(&pair.answerer, &ANSWER[..before.unwrap()]).await;
        begin(&pair.answerer, pending).await;
        pair.answerer.run("close").await.unwrap();
        pair.offerer.until_available("create-peer-connection").await;
    }
    browser_caught_up().await;
    offer(&pair).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    Pair::take(&pair.offerer, &["set-remote-description"]).await;
    pair.until_open().await;
    pair.chat().await;
}

/// Takes the offerer's steps, and waits until the offer has come: whatever it said before, a goodbye above all, has come then too.
async fn offer(pair: &Pair) {
    let came = |element: &Element| {
        let received = element.told_of("received");
        received
            .iter()
            .filter(|told| told["signal"] == "offer")
            .count()
    };
    let before = came(&pair.answerer);
    Pair::take(&pair.offerer, &OFFER).await;
    let fresh = |element: &Element| came(element) > before;
    pair.answerer.until("the offer comes", fresh).await;
}

#[wasm_bindgen_test]
async fn an_element_that_was_moved_begins_anew() {
    let census = Census::new();
    let pair = Pair::connected().await;
    assert_eq!(pair.offerer.free(), None);
    pair.answerer.until_told("peer-left", |_| true).await;
    pair.offerer.mount_again();
    assert_eq!(pair.offerer.all("[data-step]").len(), 26);
    assert_eq!(pair.offerer.state("channel-state"), "none");
    pair.offerer.join().await;
    pair.until_open().await;
    pair.chat().await;
    nothing_is_left(&census, &[&pair.offerer, &pair.answerer]);
    census.end();
}

#[wasm_bindgen_test]
async fn a_throw_inside_one_element_leaves_the_others_working() {
    let room = room();
    let broken = Element::in_tabs("elsewhere", &[("mode", "auto")]);
    let pair = Pair {
        answerer: Element::in_tabs(&room, &[("mode", "auto")]),
        offerer: Element::in_tabs(&room, &[("mode", "auto")]),
    };
    pair.answerer.join().await;
    for fact in broken.all("[data-step] [data-part=fact]") {
        sabotage(&fact);
    }
    broken.click("join");
    broken
        .until("it threw", |broken| !broken.faults().is_empty())
        .await;
    assert_eq!(broken.faults(), ["sabotaged"]);
    pair.offerer.join().await;
    pair.until_open().await;
    pair.chat().await;
}
