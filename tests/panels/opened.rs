//! An element with its panels open, as `www/webrtc-steps.js` opens them.

use std::cell::Cell;

use js_sys::{Array, JSON, Object};
use serde_json::{Map, Value, json};
use wasm_bindgen::JsCast;
use webrtc_steps_panels::Opened as Panels;

use crate::support::Element;

/// Every catalogue of the page.
const CATALOGUES: [&str; 11] = [
    include_str!("../../www/words/en.json"),
    include_str!("../../www/words/en/panels.json"),
    include_str!("../../www/words/en/diagnosis.json"),
    include_str!("../../www/words/en/refusals.json"),
    include_str!("../../www/words/en/diagram.json"),
    include_str!("../../www/words/en/descriptions.json"),
    include_str!("../../www/words/en/candidates.json"),
    include_str!("../../www/words/en/code.json"),
    include_str!("../../www/words/en/faults.json"),
    include_str!("../../www/words/en/exercises.json"),
    include_str!("../../www/words/en/record.json"),
];

thread_local! {
    static WORDS: Map<String, Value> = CATALOGUES
        .iter()
        .flat_map(|catalogue| serde_json::from_str::<Map<String, Value>>(catalogue).unwrap())
        .collect();
}

/// The sentence of an id, its holes unfilled.
pub(crate) fn words(id: &str) -> String {
    let text = WORDS.with(|words| words.get(id).and_then(Value::as_str).map(str::to_owned));
    text.unwrap_or_else(|| panic!("the catalogue has no \"{id}\""))
}

/// Whether a text says the sentence of an id, whatever fills its holes.
pub(crate) fn says(text: &str, id: &str) -> bool {
    let sentence = words(id);
    let mut pieces = sentence
        .split('{')
        .map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    let mut rest = text;
    pieces.all(|piece| match rest.split_once(piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// The panels of a mounted element.
pub(crate) struct Opened<'a> {
    pub(crate) element: &'a Element,
    panels: Panels,
    told: Cell<usize>,
}

impl<'a> Opened<'a> {
    /// Opens the panels of an element with everything that happened so far.
    pub(crate) fn on(element: &'a Element) -> Self {
        let words = WORDS.with(|words| Value::from(words.clone()));
        let words: Object = JSON::parse(&words.to_string()).unwrap().unchecked_into();
        let panels =
            webrtc_steps_panels::open(element.host(), words, &Array::new(), element.runner());
        let opened = Self {
            element,
            panels: panels.unwrap_or_else(|thrown| panic!("opening threw: {thrown:?}")),
            told: Cell::new(0),
        };
        opened.catch_up();
        opened
    }

    /// Tells the panels what happened since.
    pub(crate) fn catch_up(&self) {
        let told = self.element.told();
        let new = told.get(self.told.replace(told.len())..).unwrap_or(&[]);
        self.tell(new);
    }

    /// Tells the panels events that the element did not tell.
    pub(crate) fn tell(&self, events: &[Value]) {
        if !events.is_empty() {
            let events = Value::from(events.to_vec()).to_string();
            let events: Array = JSON::parse(&events).unwrap().unchecked_into();
            self.panels.tell(&events);
        }
    }

    /// Waits until a condition holds of what the panels show.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let holds = |_: &Element| {
            self.catch_up();
            holds(self)
        };
        self.element.until(what, holds).await;
    }

    /// The ids of the rows that are shown as a diagnosis.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.catch_up();
        let shown = self.element.all("[data-row]");
        let shown = shown.iter().filter(|card| !card.has_attribute("hidden"));
        shown
            .filter_map(|card| card.get_attribute("data-row"))
            .collect()
    }

    /// Waits until a row is shown, and answers with what its card says.
    pub(crate) async fn until_row(&self, row: &str) -> String {
        let what = format!("the row {row} is shown");
        self.until(&what, |opened| {
            opened.rows().iter().any(|shown| shown == row)
        })
        .await;
        self.element.text(&format!("[data-row={row}]"))
    }
}

/// An event of a record: its kind, and what belongs to it.
pub(crate) fn event(kind: &str, data: Value) -> Value {
    let mut event = json!({ "v": 1, "at": 1000.0, "attempt": 1, "kind": kind });
    for (name, value) in data.as_object().cloned().unwrap_or_default() {
        event[name] = value;
    }
    event
}
