//! What stands between the two sides of a pair: one diagram and one table, fed from two elements that really connect.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};
use webrtc_steps_panels::{OpenedBetween, open_between};

use crate::opened::{sentence, words};
use crate::support::{ANSWER, CONNECT, OFFER, Pair};

#[wasm_bindgen(module = "/tests/panels/silent/side.js")]
extern "C" {
    /// Presses a key on an element; whether the page left it to the browser.
    fn press(row: &Element, key: &str) -> bool;
}

#[wasm_bindgen(module = "/tests/browser/support/page.js")]
extern "C" {
    async fn stirred(milliseconds: f64) -> JsValue;
}

/// How often it is looked whether something was drawn, in milliseconds.
const LOOK: f64 = 200.0;
/// How long anything may take, in milliseconds.
const PATIENCE: f64 = 20_000.0;

/// The open diagram of a pair, in a shadow root as in the page.
struct Middle {
    host: Element,
    root: ShadowRoot,
    opened: Option<OpenedBetween>,
    told: [u32; 2],
}

impl Middle {
    fn new() -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let host = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        let root = host
            .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
            .unwrap();
        let place = document.create_element("div").unwrap();
        root.append_child(&place).unwrap();
        let opened = open_between(&place, words(), Function::new_no_args(""));
        Self {
            opened: Some(opened.unwrap_or_else(|thrown| panic!("opening threw: {thrown:?}"))),
            host,
            root,
            told: [0, 0],
        }
    }

    /// Tells what both told since, event by event in the order of their times, as the pair does.
    fn catch_up(&mut self, pair: &Pair) {
        let mut events: Vec<(f64, &str, JsValue)> = Vec::new();
        let sides = [("offerer", &pair.offerer), ("answerer", &pair.answerer)];
        for ((side, element), told) in sides.into_iter().zip(&mut self.told) {
            let record = element.plain_record();
            for event in record.slice(*told, record.length()).iter() {
                let at = Reflect::get(&event, &"at".into())
                    .unwrap()
                    .as_f64()
                    .unwrap();
                events.push((at, side, event));
            }
            *told = record.length();
        }
        // What was told at the same time of a coarse clock stays in the order of the sides: the offerer sends first.
        events.sort_by(|(one, ..), (two, ..)| one.total_cmp(two));
        let opened = self.opened.as_ref().unwrap();
        for (_, side, event) in events {
            opened.tell(side, event);
        }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|index| found.get(index).unwrap().unchecked_into())
            .collect()
    }

    /// Rows that read like this and are not folded away.
    fn reading(&self, words: &str) -> Vec<Element> {
        let mut rows = self.all(".seq > li:not([hidden])");
        rows.retain(|item| sentence(item).contains(words));
        rows
    }

    fn state(&self, name: &str, side: &str) -> Element {
        let cell = format!("[data-state-of=\"{name}\"] [data-part={side}]");
        self.all(&cell).remove(0)
    }
}

impl Drop for Middle {
    fn drop(&mut self) {
        self.opened = None;
        self.host.remove();
    }
}

fn click(item: &Element) {
    let button = item.query_selector("button.row").unwrap().unwrap();
    button.unchecked_into::<HtmlElement>().click();
}

fn now() -> f64 {
    web_sys::window().unwrap().performance().unwrap().now()
}

/// Two that took the course by hand, up to the answer.
async fn answered() -> Pair {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER).await;
    pair
}

#[wasm_bindgen_test]
async fn a_run_by_hand_is_drawn_with_each_message_once_and_the_numbers_of_both() {
    let pair = answered().await;
    let mut middle = Middle::new();
    middle.catch_up(&pair);
    pair.offerer.until_available(CONNECT).await;
    middle.catch_up(&pair);
    for (words, steps) in [
        (
            "offer, ",
            "From the offerer to the answerer. Step 8, 10, 12.",
        ),
        (
            "answer, ",
            "From the answerer to the offerer. Step 21, 23, 24.",
        ),
    ] {
        let rows = middle.all(".seq > li");
        let rows: Vec<_> = rows
            .iter()
            .map(sentence)
            .filter(|read| read.contains(steps))
            .collect();
        assert_eq!(rows.len(), 1, "{words}");
        assert!(rows[0].contains(words), "{}", rows[0]);
    }
    for item in middle.all(".seq > li") {
        let read = sentence(&item);
        assert!(
            !read.contains("nferred") && !read.contains("the other peer"),
            "{read}"
        );
        assert!(!item.class_list().contains("guessed"), "{read}");
    }
    assert_eq!(
        middle
            .state("signalingState", "offerer")
            .text_content()
            .unwrap(),
        "have-local-offer"
    );
    assert_eq!(
        middle
            .state("signalingState", "answerer")
            .text_content()
            .unwrap(),
        "stable"
    );
    assert_eq!(
        middle
            .state("channel.readyState", "answerer")
            .text_content()
            .unwrap(),
        "none yet"
    );
}

#[wasm_bindgen_test]
async fn a_message_opens_as_its_receiver_got_it_and_can_be_read_indented() {
    let pair = answered().await;
    let mut middle = Middle::new();
    middle.catch_up(&pair);
    let row = middle.reading("offer, ").remove(0);
    click(&row);
    let part = |name: &str| {
        row.query_selector(&format!("[data-part={name}]"))
            .unwrap()
            .unwrap()
    };
    let came = pair.answerer.told_of("received");
    let offer = came
        .iter()
        .find(|event| event["signal"] == "offer")
        .unwrap();
    assert_eq!(
        part("sent").text_content().unwrap(),
        offer["text"].as_str().unwrap()
    );
    assert_eq!(
        part("head").text_content().unwrap(),
        "offer, as the answerer got it"
    );
    assert!(part("times").text_content().unwrap().starts_with("Sent 0:"));
    let indented = row.query_selector("[data-as=indented]").unwrap().unwrap();
    indented.unchecked_into::<HtmlElement>().click();
    assert!(part("indented").text_content().unwrap().contains("\n  "));
    assert!(part("sent").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn stages_that_are_over_fold_and_open_again_and_their_messages_stand() {
    let pair = answered().await;
    let mut middle = Middle::new();
    middle.catch_up(&pair);
    pair.offerer.until_available(CONNECT).await;
    middle.catch_up(&pair);
    let heads = || middle.all(".seq > .stage-row");
    let open = |item: &Element| {
        let button = item.query_selector("button.row").unwrap().unwrap();
        button.get_attribute("aria-expanded").unwrap()
    };
    let told: Vec<_> = heads().iter().map(open).collect();
    assert_eq!(told, ["false", "false", "true"]);
    assert!(
        sentence(&heads()[0]).contains("events, 0:00 to "),
        "{}",
        sentence(&heads()[0])
    );
    assert!(middle.reading("createOffer()").is_empty());
    assert_eq!(
        middle
            .reading("From the offerer to the answerer. Step 8")
            .len(),
        1
    );
    click(&heads()[0]);
    assert_eq!(open(&heads()[0]), "true");
    assert_eq!(middle.reading("createOffer()").len(), 1);
    assert!(sentence(&heads()[0]).contains("prepares"));
    click(&heads()[0]);
    assert!(middle.reading("createOffer()").is_empty());
}

#[wasm_bindgen_test]
async fn a_stage_that_somebody_reads_in_does_not_fold() {
    let pair = Pair::join("manual").await;
    let mut middle = Middle::new();
    Pair::take(&pair.offerer, &OFFER[..4]).await;
    middle.catch_up(&pair);
    let read = middle.reading("createOffer()").remove(0);
    click(&read);
    Pair::take(&pair.offerer, &OFFER[4..]).await;
    // The answerer's stage begins with its own first step, and the one before is over.
    Pair::take(&pair.answerer, &ANSWER[..1]).await;
    let deadline = now() + PATIENCE;
    while middle.all(".seq > .stage-row").len() < 2 {
        assert!(now() < deadline, "{}", pair.answerer.story());
        stirred(LOOK).await;
        middle.catch_up(&pair);
    }
    assert_eq!(middle.reading("createOffer()"), [read]);
}

#[wasm_bindgen_test]
async fn arrows_pass_over_what_is_folded() {
    let pair = answered().await;
    let mut middle = Middle::new();
    middle.catch_up(&pair);
    let shown = middle.all(".seq > li:not([hidden]) .row");
    let reachable = || middle.all(".seq .row[tabindex=\"0\"]");
    let start = reachable().remove(0);
    start
        .clone()
        .unchecked_into::<HtmlElement>()
        .focus()
        .unwrap();
    press(&start, "Home");
    assert_eq!(reachable(), [shown[0].clone()]);
    press(&shown[0], "ArrowDown");
    assert_eq!(reachable(), [shown[1].clone()]);
    press(&shown[1], "ArrowUp");
    assert_eq!(reachable(), [shown[0].clone()]);
}

#[wasm_bindgen_test]
async fn the_next_step_stands_last_and_in_its_own_lane() {
    let pair = Pair::join("manual").await;
    let mut middle = Middle::new();
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.answerer, &ANSWER[..2]).await;
    pair.answerer.until_available(ANSWER[2]).await;
    middle.catch_up(&pair);
    let last = middle.all(".seq > li").pop().unwrap();
    assert!(last.class_list().contains("ghost"));
    assert_eq!(
        sentence(&last),
        "next, setRemoteDescription(offer). Done by the answerer. Step 17."
    );
    let node = last.query_selector("[data-part=node]").unwrap().unwrap();
    assert!(node.class_list().contains("on-b") && node.class_list().contains("an"));
}

#[wasm_bindgen_test]
async fn what_just_changed_is_marked_until_something_else_changes() {
    let pair = Pair::join("manual").await;
    let mut middle = Middle::new();
    middle.catch_up(&pair);
    assert!(middle.all(".twin .changed").is_empty());
    Pair::take(&pair.offerer, &OFFER[..4]).await;
    middle.catch_up(&pair);
    let marked = |side: &str| {
        middle
            .all(&format!(".twin .changed[data-part={side}]"))
            .len()
    };
    assert!(marked("offerer") > 0 && marked("answerer") == 0);
    // What one call changes is marked together; what was before it is not.
    let tell = |side, at: f64, value: &str| {
        let event = format!(
            r#"{{"v":1,"at":{at},"attempt":1,"kind":"state","name":"connectionState","value":"{value}"}}"#
        );
        let event = js_sys::JSON::parse(&event).unwrap();
        middle
            .opened
            .as_ref()
            .unwrap()
            .tell(side, Array::of1(&event).into());
    };
    let now = now();
    tell("answerer", now + 1_000.0, "connecting");
    tell("offerer", now + 1_050.0, "connecting");
    assert_eq!((marked("offerer"), marked("answerer")), (1, 1));
    tell("answerer", now + 5_000.0, "failed");
    assert_eq!((marked("offerer"), marked("answerer")), (0, 1));
    assert!(
        middle
            .state("connectionState", "answerer")
            .class_list()
            .contains("bad")
    );
}

#[wasm_bindgen_test]
async fn two_that_connect_by_themselves_are_drawn_too_though_they_tell_in_batches() {
    let pair = Pair::join("auto").await;
    let mut middle = Middle::new();
    let deadline = now() + PATIENCE;
    let both = |middle: &Middle, name: &str, value: &str| {
        let said = |side| middle.state(name, side).text_content().unwrap();
        said("offerer") == value && said("answerer") == value
    };
    while !both(&middle, "channel.readyState", "open")
        || !both(&middle, "connectionState", "connected")
    {
        assert!(now() < deadline, "{}", pair.offerer.story());
        stirred(LOOK).await;
        middle.catch_up(&pair);
    }
    for words in ["Step 8, 10, 12.", "Step 21, 23, 24."] {
        let rows = middle.all(".seq > li");
        assert_eq!(
            rows.iter()
                .filter(|item| sentence(item).contains(words))
                .count(),
            1,
            "{words}"
        );
    }
    let numbers: Vec<_> = middle
        .all(".seq > .stage-row")
        .iter()
        .map(sentence)
        .collect();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
}

#[wasm_bindgen_test]
async fn freeing_it_empties_its_place() {
    let mut middle = Middle::new();
    assert!(!middle.all("table").is_empty());
    middle.opened = None;
    assert!(middle.all("table").is_empty() && middle.all(".seq").is_empty());
}
