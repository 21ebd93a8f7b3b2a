//! The panels of a mounted element, as the loader opens them: told what the element tells, heard when they give commands.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::support::Element;

/// What a screen reader says of a row of a diagram: what is seen of it, then in words what its shapes show.
pub(crate) fn sentence(item: &web_sys::Element) -> String {
    let part = |name: &str| {
        let part = item.query_selector(&format!(".row [data-part={name}]"));
        let text = part.unwrap().and_then(|part| part.text_content());
        let text = text.unwrap_or_default();
        Some(text.trim().trim_end_matches('.').to_owned()).filter(|text| !text.is_empty())
    };
    let seen: Vec<_> = ["time", "what", "fact"]
        .iter()
        .copied()
        .filter_map(part)
        .collect();
    let all: Vec<_> = [Some(seen.join(", ")), part("unseen")]
        .into_iter()
        .flatten()
        .collect();
    format!("{}.", all.join(". "))
}

/// Every catalogue of the page.
const WORDS: [&str; 11] = [
    include_str!("../../www/words/en.json"),
    include_str!("../../www/words/en/candidates.json"),
    include_str!("../../www/words/en/code.json"),
    include_str!("../../www/words/en/descriptions.json"),
    include_str!("../../www/words/en/diagnosis.json"),
    include_str!("../../www/words/en/diagram.json"),
    include_str!("../../www/words/en/exercises.json"),
    include_str!("../../www/words/en/faults.json"),
    include_str!("../../www/words/en/panels.json"),
    include_str!("../../www/words/en/record.json"),
    include_str!("../../www/words/en/refusals.json"),
];
/// How often it is looked whether something happened that no event tells, in milliseconds.
const LOOK: f64 = 200.0;
/// How long anything may take, in milliseconds.
const PATIENCE: f64 = 20_000.0;

#[wasm_bindgen(module = "/tests/browser/support/page.js")]
extern "C" {
    async fn stirred(milliseconds: f64) -> JsValue;
}

/// The open panels of an element. Dropping it takes them away.
pub(crate) struct Opened<'a> {
    pub(crate) element: &'a Element,
    panels: webrtc_steps_panels::Opened,
    /// How many events they were told.
    told: Cell<u32>,
    /// Commands they gave, with their values.
    given: Rc<RefCell<Vec<(String, String)>>>,
    _run: Closure<dyn Fn(String, String)>,
}

impl<'a> Opened<'a> {
    /// Opens the panels in an element, with everything that it told so far.
    pub(crate) fn on(element: &'a Element) -> Self {
        let given: Rc<RefCell<Vec<(String, String)>>> = Rc::default();
        let to = given.clone();
        let run = Closure::<dyn Fn(String, String)>::new(move |command, value| {
            to.borrow_mut().push((command, value));
        });
        let function: Function = run.as_ref().clone().unchecked_into();
        let record = element.plain_record();
        let panels = webrtc_steps_panels::open(element.host(), words(), &record, function);
        Self {
            panels: panels.unwrap_or_else(|thrown| panic!("opening threw: {thrown:?}")),
            told: Cell::new(record.length()),
            element,
            given,
            _run: run,
        }
    }

    /// Tells the panels what is new, and gives the element what they want, until neither is left.
    pub(crate) async fn catch_up(&self) {
        loop {
            let record = self.element.plain_record();
            let new = record.slice(self.told.get(), record.length());
            self.told.set(record.length());
            if new.length() > 0 {
                self.panels.tell(&new);
            }
            let given = std::mem::take(&mut *self.given.borrow_mut());
            if given.is_empty() && new.length() == 0 {
                return;
            }
            for (command, value) in given {
                // A refusal is told by events.
                let _refused = self.element.run_with(&command, &value).await;
            }
        }
    }

    /// Tells the panels an event that did not happen here.
    #[allow(dead_code, reason = "for tests of what cannot be provoked")]
    pub(crate) fn tell(&self, event: &str) {
        self.panels.tell(&Array::of1(&JSON::parse(event).unwrap()));
    }

    /// Waits until a condition holds.
    ///
    /// # Panics
    /// When it takes too long, with what was waited for and everything that was told.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Element) -> bool) {
        let deadline = now() + PATIENCE;
        loop {
            self.catch_up().await;
            if holds(self.element) {
                return;
            }
            assert!(
                now() < deadline,
                "it never came to this: {what}\n{}",
                self.element.story()
            );
            stirred(LOOK).await;
        }
    }

    /// Clicks on what a selector names.
    pub(crate) fn click(&self, selector: &str) {
        let found: web_sys::HtmlElement = self.element.find(selector).unchecked_into();
        found.click();
    }
}

fn now() -> f64 {
    web_sys::window().unwrap().performance().unwrap().now()
}

/// All sentences in one catalogue.
pub(crate) fn words() -> Object {
    let all = Object::new();
    for text in WORDS {
        let words: Object = JSON::parse(text).unwrap().unchecked_into();
        for key in Object::keys(&words).iter() {
            let sentence = Reflect::get(&words, &key).unwrap();
            Reflect::set(&all, &key, &sentence).unwrap();
        }
    }
    all
}
