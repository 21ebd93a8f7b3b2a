//! A frame of the wire as code that makes it: what the browser made stands there as an expression, all else as a value.

use serde_json::Value;

use super::literal::{js_key, js_string, rust_string};
use super::snippet::{Language, Piece};

/// A line longer than this is broken, in characters.
const WIDE: usize = 44;

/// The expression that makes the text of a frame, ready for `send()`.
pub(super) fn made(frame: &str, language: Language) -> Vec<Piece> {
    let parsed: Option<Value> = serde_json::from_str(frame).ok();
    let Some(value) = parsed.filter(|value| !value.is_string()) else {
        return vec![Piece::value(language.string(frame))];
    };
    let (before, after) = match language {
        Language::JavaScript => ("JSON.stringify(", ")"),
        Language::Rust => ("json!(", ").to_string()"),
    };
    let mut pieces = vec![Piece::code(before)];
    write(&value, language, 1, &mut pieces);
    pieces.push(Piece::code(after));
    pieces
}

/// The JSON pointer to the description in a frame that came, and as members of JavaScript.
pub(super) fn place_of_description(frame: &str) -> Option<(String, String)> {
    let value: Value = serde_json::from_str(frame).ok()?;
    find(&value)
}

fn find(value: &Value) -> Option<(String, String)> {
    if expression(value, Language::JavaScript).is_some_and(|found| found.starts_with("description"))
    {
        return Some((String::new(), String::new()));
    }
    match value {
        Value::Object(entries) => entries.iter().find_map(|(key, value)| {
            let (pointer, members) = find(value)?;
            let bare = js_key(key);
            let member = if bare.starts_with(['"', '[']) {
                format!("[{}]", js_string(key))
            } else {
                format!(".{bare}")
            };
            let key = key.replace('~', "~0").replace('/', "~1");
            Some((format!("/{key}{pointer}"), format!("{member}{members}")))
        }),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, value)| {
            let (pointer, members) = find(value)?;
            Some((format!("/{index}{pointer}"), format!("[{index}]{members}")))
        }),
        _ => None,
    }
}

/// What the browser made: a description, its SDP, a candidate or its text.
fn expression(value: &Value, language: Language) -> Option<&'static str> {
    let begins = |value: Option<&Value>, with: &str| {
        value
            .and_then(Value::as_str)
            .is_some_and(|text| text.starts_with(with))
    };
    let rust = language == Language::Rust;
    match value {
        Value::Object(entries)
            if entries.len() == 2
                && entries.contains_key("type")
                && begins(entries.get("sdp"), "v=") =>
        {
            Some("description")
        }
        Value::Object(entries)
            if begins(entries.get("candidate"), "candidate:")
                && entries.contains_key("sdpMid")
                && !entries.contains_key("type") =>
        {
            Some("candidate")
        }
        text if begins(Some(text), "v=0") => Some(if rust {
            "description.sdp()"
        } else {
            "description.sdp"
        }),
        text if begins(Some(text), "candidate:") => Some(if rust {
            "candidate.candidate()"
        } else {
            "candidate.candidate"
        }),
        _ => None,
    }
}

fn write(value: &Value, language: Language, depth: usize, pieces: &mut Vec<Piece>) {
    if let Some(expression) = expression(value, language) {
        return pieces.push(Piece::code(expression));
    }
    let entries: Vec<(Option<String>, &Value)> = match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (Some(language.key(key)), value))
            .collect(),
        Value::Array(items) => items.iter().map(|item| (None, item)).collect(),
        Value::String(text) => return pieces.push(Piece::value(language.string(text))),
        other => return pieces.push(Piece::value(other.to_string())),
    };
    let (open, close) = if value.is_object() {
        ("{", "}")
    } else {
        ("[", "]")
    };
    if entries.is_empty() {
        return pieces.push(Piece::code(&[open, close].concat()));
    }
    let mut inside = Vec::new();
    for (place, (key, value)) in entries.into_iter().enumerate() {
        let mut entry = Vec::new();
        entry.extend(key.map(|key| Piece::code(&format!("{key}: "))));
        write(value, language, depth + 1, &mut entry);
        inside.push((place, entry));
    }
    let length: usize = inside
        .iter()
        .flat_map(|(_, entry)| entry)
        .map(|piece| piece.text.len() + 1)
        .sum();
    let (indent, outdent) = if length > WIDE {
        (
            format!("\n{}", "  ".repeat(depth)),
            format!("\n{}", "  ".repeat(depth - 1)),
        )
    } else {
        let blank = if value.is_object() { " " } else { "" };
        (blank.to_owned(), blank.to_owned())
    };
    pieces.push(Piece::code(open));
    for (place, entry) in inside {
        let comma = match (place, length > WIDE) {
            (0, _) => "",
            (_, true) => ",",
            (_, false) => ", ",
        };
        let gap = if place == 0 || length > WIDE {
            indent.as_str()
        } else {
            ""
        };
        pieces.push(Piece::code(&[comma, gap].concat()));
        pieces.extend(entry);
    }
    pieces.push(Piece::code(&[&outdent, close].concat()));
}

impl Language {
    /// A string literal.
    pub(super) fn string(self, text: &str) -> String {
        match self {
            Self::JavaScript => js_string(text),
            Self::Rust => rust_string(text),
        }
    }

    /// The key of an object: in Rust, of the macro `json!`.
    fn key(self, key: &str) -> String {
        match self {
            Self::JavaScript => js_key(key),
            Self::Rust => rust_string(key),
        }
    }
}
