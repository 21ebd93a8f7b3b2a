//! The catalogue the page is given, to compare what is shown with.

use serde_json::{Map, Value};

/// The English catalogue as it is served.
pub(crate) const CATALOGUE: &str = include_str!("../../../www/words/en.json");

thread_local! {
    static WORDS: Map<String, Value> = serde_json::from_str(CATALOGUE).unwrap();
}

/// The sentence of an id with its holes filled.
pub(crate) fn sentence(id: &str, holes: &[(&str, &str)]) -> String {
    let text = WORDS.with(|words| words.get(id).and_then(Value::as_str).map(str::to_owned));
    let text = text.unwrap_or_else(|| panic!("the catalogue has no \"{id}\""));
    holes.iter().fold(text, |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// Whether an event's message has this id.
pub(crate) fn fact(message: &Value, id: &str) -> bool {
    message["id"] == id
}
