//! Each refusal of the browser that is known, provoked: the card that explains it is shown.

mod candidates;
mod channels;
mod connections;
mod healthy;
mod local;
mod machines;
mod remote;

use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::opened::{Opened, says};
use crate::support::{Element, Pair, room};

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
    opened.tell(events);
    let trouble = events.iter().find(|event| event["kind"] == "trouble");
    Shown {
        rows: opened.rows(),
        card: element.text("[data-part=refusal]"),
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
