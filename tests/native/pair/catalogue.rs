//! The catalogue of words, as the page would load it: which ids it has, and which holes their sentences leave.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

/// The sentences of English, by id.
pub(crate) fn english() -> &'static BTreeMap<String, String> {
    static WORDS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/words/en.json");
        let text = std::fs::read_to_string(path).expect("the catalogue is there");
        serde_json::from_str(&text).expect("the catalogue is flat JSON")
    })
}

/// Every message in an event's data: a sentence exists for it, and every hole of it is filled.
pub(crate) fn check(data: &Value) -> Result<(), String> {
    match data {
        Value::Array(list) => list.iter().try_for_each(check),
        Value::Object(map) => {
            if let (Some(Value::String(id)), Some(Value::Object(args))) =
                (map.get("id"), map.get("args"))
            {
                let sentence = english()
                    .get(id)
                    .ok_or_else(|| format!("there are no words for {id}"))?;
                let open = holes(sentence)
                    .into_iter()
                    .find(|hole| !args.contains_key(hole));
                return open.map_or(Ok(()), |hole| {
                    Err(format!("nothing fills {{{hole}}} of {id}"))
                });
            }
            map.values().try_for_each(check)
        }
        _ => Ok(()),
    }
}

/// The names in braces.
pub(crate) fn holes(sentence: &str) -> Vec<String> {
    let parts = sentence.split('{').skip(1);
    let names = parts.filter_map(|part| part.split_once('}').map(|(name, _)| name));
    let word = |name: &&str| {
        !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign == '-')
    };
    names.filter(word).map(str::to_owned).collect()
}
