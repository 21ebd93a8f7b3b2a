//! The record in a real browser: looking back at the run, and opening a file, while the run goes on.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::opened::Opened;
use crate::support::{Element, Pair, room};

const DUMP: &str = include_str!("../native/record/chromium-internals.json");
const SLIDER: &str = "input[data-do=replay-to]";

fn past(element: &Element) -> bool {
    element.all(".frame[data-replay]").len() == 1
}

/// Puts the slider at a moment, as an arrow key does.
fn slide(element: &Element, moment: usize) {
    let slider: HtmlInputElement = element.find(SLIDER).unchecked_into();
    slider.set_value(&moment.to_string());
    send(&slider, "input");
}

/// A new object of one of the browser's classes.
fn make(class: &str, arguments: &Array) -> JsValue {
    let class = Reflect::get(&js_sys::global(), &class.into()).unwrap();
    Reflect::construct(&class.unchecked_into::<Function>(), arguments).unwrap()
}

fn send(field: &web_sys::Element, kind: &str) {
    let init = Object::new();
    for name in ["bubbles", "composed"] {
        Reflect::set(&init, &name.into(), &true.into()).unwrap();
    }
    let event: web_sys::Event = make("Event", &Array::of2(&kind.into(), &init)).unchecked_into();
    field.dispatch_event(&event).unwrap();
}

/// Chooses a file with this text, as the browser's own dialog does.
fn choose(element: &Element, control: &str, text: &str) {
    let parts = Array::of1(&text.into());
    let file = make("File", &Array::of2(&parts, &"dump.json".into()));
    let transfer = make("DataTransfer", &Array::new());
    let items: Object = Reflect::get(&transfer, &"items".into())
        .unwrap()
        .unchecked_into();
    let add: Function = Reflect::get(&items, &"add".into())
        .unwrap()
        .unchecked_into();
    add.call1(&items, &file).unwrap();
    let files: JsValue = Reflect::get(&transfer, &"files".into()).unwrap();
    let field: HtmlInputElement = element.find(control).unchecked_into();
    Reflect::set(&field, &"files".into(), &files).unwrap();
    send(&field, "change");
}

#[wasm_bindgen_test]
async fn the_past_is_shown_step_by_step_and_the_present_comes_back() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    opened.click("[data-do=replay]");
    assert!(past(&pair.offerer));
    let done = |number: usize| {
        pair.offerer
            .find(&format!("[data-step=\"{number}\"]"))
            .get_attribute("data-status")
    };
    assert_eq!(done(8).as_deref(), Some("done"), "it begins at the end");
    slide(&pair.offerer, 1);
    assert_ne!(
        done(8).as_deref(),
        Some("done"),
        "nothing was sent at the beginning"
    );
    for _ in 0..3 {
        opened.click("[data-do=replay-on]");
    }
    opened.click("[data-do=replay-back]");
    let slider: HtmlInputElement = pair.offerer.find(SLIDER).unchecked_into();
    assert_eq!(slider.value(), "3");
    slide(&pair.offerer, 100_000);
    assert_eq!(done(8).as_deref(), Some("done"));
    opened.click("[data-do=replay-live]");
    assert!(!past(&pair.offerer));
    assert_eq!(pair.offerer.all(".frame").len(), 1);
    assert!(pair.offerer.all("[data-place=replay]").is_empty());
}

#[wasm_bindgen_test]
async fn no_command_can_be_given_to_the_past() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    opened.click("[data-do=replay]");
    let controls = pair.offerer.all("[data-command]:not(form)");
    assert!(controls.len() > 5);
    for control in controls {
        let name = control.get_attribute("data-command");
        assert_eq!(
            control.get_attribute("aria-disabled").as_deref(),
            Some("true"),
            "{name:?}"
        );
    }
    pair.offerer.click("close");
    pair.offerer.chat("to nobody");
    opened.catch_up().await;
    assert!(pair.offerer.told_of("attempt-ended").is_empty());
    assert!(pair.offerer.told_of("chat").is_empty());
    opened.click("[data-do=replay-live]");
    assert!(pair.offerer.is_available("close"));
}

#[wasm_bindgen_test]
async fn the_run_goes_on_while_the_past_is_shown() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    opened.click("[data-do=replay]");
    pair.answerer
        .run_with("send-message", "meanwhile")
        .await
        .unwrap();
    opened
        .until("the line came", |element| {
            !element.told_of("chat").is_empty()
        })
        .await;
    assert!(
        pair.offerer.lines("received").is_empty(),
        "it is no part of that moment"
    );
    opened.click("[data-do=replay-live]");
    assert_eq!(pair.offerer.lines("received"), ["meanwhile"]);
}

#[wasm_bindgen_test]
async fn a_dump_of_chromium_opens_before_joining() {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    choose(&element, ".start [data-do=record-open]", DUMP);
    opened.until("the dump is open", past).await;
    let runs = element.texts("[data-do=replay-run] option");
    assert_eq!(runs, ["9-1", "8-1"]);
    assert!(element.text("[data-place=replay]").contains("of "));
    element.choose("[data-do=replay-run]", "1");
    assert_eq!(
        element.find(".page").get_attribute("data-me").as_deref(),
        Some("answerer")
    );
    opened.click("[data-do=replay-live]");
    assert!(!past(&element));
    assert_eq!(
        element.find(".page").get_attribute("data-phase").as_deref(),
        Some("start")
    );
}

#[wasm_bindgen_test]
async fn a_file_that_is_no_record_is_refused_with_a_sentence() {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    choose(&element, ".start [data-do=record-open]", "{}");
    let refusal = ".start [data-part=refused]";
    opened
        .until("a sentence says why", |element| {
            !element.text(refusal).is_empty()
        })
        .await;
    assert!(!past(&element));
    assert!(
        element.text(refusal).contains("not a record"),
        "{}",
        element.text(refusal)
    );
}

#[wasm_bindgen_test]
async fn what_is_left_out_of_a_file_is_said_before_it_is_saved() {
    let element = Element::in_tabs(&room(), &[]);
    let _opened = Opened::on(&element);
    let told = || element.text("[data-at=record] [data-part=told]");
    assert!(told().contains("chat, the room"), "{}", told());
    for name in ["record-private", "record-hosts"] {
        let choice: HtmlInputElement = element.find(&format!("[name={name}]")).unchecked_into();
        choice.click();
    }
    assert!(told().starts_with("Left out: passwords only"), "{}", told());
}
