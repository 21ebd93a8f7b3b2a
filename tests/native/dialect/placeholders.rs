//! Frames of transcripts: JSON in which `<SDP>` and `<CAND>` are long texts, and `<name>` is whatever was made up there.

use std::collections::BTreeMap;

use serde_json::Value;

/// The SDP of every description in a transcript.
pub(crate) const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
/// The text of every candidate in a transcript.
pub(crate) const CANDIDATE: &str = "candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host";

/// What the names of a scene stand for, as they were first met.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, Value>);

impl Names {
    /// A line with its names filled in; a frame's JSON keeps the types of what was met.
    pub(crate) fn fill(&self, line: &str) -> String {
        let (before, json) = split(line);
        match json {
            Some(value) => format!("{before}{}", self.filled(&value)),
            None => self.text(line),
        }
    }

    /// Whether a line is the expected one. Names that were not met yet take what stands in their place.
    pub(crate) fn fit(&mut self, expected: &str, actual: &str) -> bool {
        let ((one, expected_json), (other, actual_json)) = (split(expected), split(actual));
        match (expected_json, actual_json) {
            (Some(expected), Some(actual)) => {
                self.fit_text(one, other) && self.fit_value(&expected, &actual)
            }
            _ => self.fit_text(expected, actual),
        }
    }

    fn fit_value(&mut self, expected: &Value, actual: &Value) -> bool {
        match (expected, actual) {
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(key, value)| {
                        other
                            .get(key)
                            .is_some_and(|other| self.fit_value(value, other))
                    })
            }
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| self.fit_value(a, b))
            }
            (Value::String(expected), actual) => self.fit_string(expected, actual),
            (expected, actual) => expected == actual,
        }
    }

    fn fit_string(&mut self, expected: &str, actual: &Value) -> bool {
        if let Some(name) = whole_name(expected) {
            return self.fit_name(name, actual);
        }
        let Some(text) = actual.as_str() else {
            return false;
        };
        match (nested(expected), nested(text)) {
            (Some(one), Some(other)) => self.fit_value(&one, &other),
            _ => self.fit_text(expected, text),
        }
    }

    fn fit_name(&mut self, name: &str, actual: &Value) -> bool {
        match self.0.get(name) {
            Some(known) if known == actual => true,
            // First met inside a text, where a number has no type yet.
            Some(Value::String(known)) if is_number(actual, known) => {
                self.0.insert(name.to_owned(), actual.clone());
                true
            }
            Some(_) => false,
            None => {
                self.0.insert(name.to_owned(), actual.clone());
                true
            }
        }
    }

    fn fit_text(&mut self, expected: &str, actual: &str) -> bool {
        let expected = self.text(expected);
        let Some((before, name, after)) = first_name(&expected) else {
            return expected == actual;
        };
        let Some(rest) = actual.strip_prefix(before) else {
            return false;
        };
        let next = first_name(after).map_or(after, |(literal, ..)| literal);
        let end = if next.is_empty() {
            Some(rest.len())
        } else {
            rest.find(next)
        };
        end.is_some_and(|end| {
            let (met, rest) = rest.split_at(end);
            self.fit_name(name, &Value::from(met)) && self.fit_text(after, rest)
        })
    }

    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::Object(object) => object
                .iter()
                .map(|(key, value)| (self.text(key), self.filled(value)))
                .collect(),
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::String(text) => {
                let whole = whole_name(text).and_then(|name| self.0.get(name));
                match (whole, nested(text)) {
                    (Some(value), _) => value.clone(),
                    (None, Some(inner)) => Value::from(self.filled(&inner).to_string()),
                    (None, None) => Value::from(self.text(text)),
                }
            }
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        let mut text = text.replace("<SDP>", SDP).replace("<CAND>", CANDIDATE);
        for (name, value) in &self.0 {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            text = text.replace(&format!("<{name}>"), &value);
        }
        text
    }
}

/// An engine's own line with the two long texts made short.
pub(crate) fn shortened(line: &str) -> String {
    let escaped = |text: &str| Value::from(text).to_string().trim_matches('"').to_owned();
    let twice = escaped(&escaped(SDP));
    line.replace(&twice, "<SDP>")
        .replace(&escaped(SDP), "<SDP>")
        .replace(CANDIDATE, "<CAND>")
}

/// What stands before a frame's JSON (a mark, the digits of Socket.IO, words), and the JSON.
fn split(line: &str) -> (&str, Option<Value>) {
    let starts = line.match_indices(['{', '[', '"']).take(1);
    for (at, _) in starts {
        let (before, json) = line.split_at(at);
        if let Ok(value) = serde_json::from_str(json) {
            return (before, Some(value));
        }
    }
    (line, None)
}

fn is_number(value: &Value, digits: &str) -> bool {
    matches!(value, Value::Number(number) if number.to_string() == digits)
}

/// JSON that stands in a text.
fn nested(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

fn whole_name(text: &str) -> Option<&str> {
    match first_name(text) {
        Some(("", name, "")) => Some(name),
        _ => None,
    }
}

/// The first `<name>` of a text, with what stands around it.
fn first_name(text: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in text.match_indices('<') {
        let (before, from) = text.split_at(at);
        let Some((name, after)) = from.strip_prefix('<').and_then(|from| from.split_once('>'))
        else {
            continue;
        };
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Some((before, name, after));
        }
    }
    None
}
