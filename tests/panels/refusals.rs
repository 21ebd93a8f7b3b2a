//! Each refusal of the browser that is known, provoked: the card that explains it is shown.

mod candidates;
mod channels;
mod connections;
mod healthy;
mod local;
mod machines;
mod remote;

use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;

use crate::opened::Opened;
use crate::support::{Element, Pair, room};

thread_local! {
    static WORDS: Map<String, Value> =
        serde_json::from_str(include_str!("../../www/words/en/refusals.json")).unwrap();
}

/// Whether a text says the sentence of an id, whatever fills its holes.
fn says(text: &str, id: &str) -> bool {
    let sentence = WORDS.with(|words| words.get(id).and_then(Value::as_str).map(str::to_owned));
    let sentence = sentence.unwrap_or_else(|| panic!("the catalogue has no \"{id}\""));
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

/// The ids of the rows that are shown as a diagnosis.
fn rows(element: &Element) -> Vec<String> {
    let shown = element.all("[data-row]");
    let shown = shown.iter().filter(|card| !card.has_attribute("hidden"));
    shown
        .filter_map(|card| card.get_attribute("data-row"))
        .collect()
}

/// Waits until a row is shown, and answers with what its card says.
async fn until_row(opened: &Opened<'_>, row: &str) -> String {
    let what = format!("the row {row} is shown");
    let shows = |element: &Element| rows(element).iter().any(|shown| shown == row);
    opened.until(&what, shows).await;
    opened.element.text(&format!("[data-row={row}]"))
}

/// An event of a record: its kind, and what belongs to it.
fn event(kind: &str, data: Value) -> Value {
    let mut event = json!({ "v": 1, "at": 1000.0, "attempt": 1, "kind": kind });
    for (name, value) in data.as_object().cloned().unwrap_or_default() {
        event[name] = value;
    }
    event
}

#[wasm_bindgen(module = "/tests/panels/refusals/provoke.js")]
extern "C" {
    async fn provoke(name: &str) -> JsValue;
    #[wasm_bindgen(js_name = isFirefox)]
    fn is_firefox() -> bool;
}

/// What the browser itself refused, and what is shown of it.
struct Shown {
    rows: Vec<String>,
    card: String,
    /// The error's name; none where the browser said nothing.
    error: Option<String>,
}

impl Shown {
    /// That this row is shown, with these sentences.
    fn is(&self, row: &str, key: &str) {
        assert_eq!(self.rows, [row], "{:?}: {}", self.error, self.card);
        for part in ["title", "cause", "remedy"] {
            let id = format!("refusal.{key}.{part}");
            assert!(says(&self.card, &id), "{id} is not in: {}", self.card);
        }
    }

    fn is_nothing(&self) {
        assert!(self.rows.is_empty(), "{:?} {}", self.rows, self.card);
    }
}

/// Plays a scene with the browser's own calls, and shows its record to the panels.
async fn played(scene: &str) -> Shown {
    let events = provoke(scene).await.as_string().unwrap();
    let events: Vec<Value> = serde_json::from_str(&events).unwrap();
    shown_of(&events)
}

/// What the panels show of a record.
fn shown_of(events: &[Value]) -> Shown {
    let element = Element::in_tabs(&room(), &[]);
    let opened = Opened::on(&element);
    for event in events {
        opened.tell(&event.to_string());
    }
    let trouble = events.iter().find(|event| event["kind"] == "trouble");
    Shown {
        rows: rows(&element),
        card: element.text("[data-at=refusal]"),
        error: trouble.map(|trouble| trouble["fault"]["name"].to_string()),
    }
}

/// Gives a command whatever the rules say; whether it was refused.
async fn dare(element: &Element, command: &str) -> bool {
    element.run_with("let-me-fail", "on").await.unwrap();
    element.run(command).await.is_err()
}

/// Two in manual mode; the answerer has the offer, and its own connection.
async fn offered() -> Pair {
    let pair = Pair::join("manual").await;
    Pair::take(&pair.offerer, &crate::support::OFFER).await;
    let prepare = ["create-peer-connection", "add-data-channel"];
    Pair::take(&pair.answerer, &prepare).await;
    pair.answerer
        .until_available("set-remote-description")
        .await;
    pair
}

/// The newest description of a side.
fn description(element: &Element, side: &str) -> String {
    let told = element.told_of("description");
    let of_side = told.iter().rev().find(|event| event["side"] == side);
    of_side.unwrap()["sdp"].as_str().unwrap().to_owned()
}
