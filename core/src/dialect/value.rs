//! Values as texts, and the pipes between a value and the wire.

use std::cmp::Ordering;

use base64ct::{Base64, Base64Unpadded, Encoding};
use serde_json::{Number, Value};

use super::example::Pipe;
use super::mistake::Why;

/// The deepest nesting of a frame.
const MOST_DEPTH: usize = 64;

/// A text, number or boolean as text. `1` and `1.0` are the same text.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number_text(number)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as JSON.
pub(crate) fn json(value: &Value) -> String {
    // Writing a value into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// A value inside a text: itself if it is a text, else as JSON.
pub(crate) fn text_in(value: &Value) -> String {
    text_of(value).unwrap_or_else(|| json(value))
}

fn number_text(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0")
        .map_or_else(|| text.clone(), str::to_owned)
}

/// Whether two values are the same to a hole: by their text, or as JSON if they have none.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (text_of(a), text_of(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a == b,
        _ => false,
    }
}

/// Whether a value is what an example says word for word.
pub(crate) fn equal(example: &Value, value: &Value) -> bool {
    match (example, value) {
        (Value::Number(a), Value::Number(b)) => number_text(a) == number_text(b),
        _ => example == value,
    }
}

/// The order of a condition: numbers and texts of digits as numbers, all else as text.
pub(crate) fn compare(a: &Value, b: &Value) -> Ordering {
    if let (Value::Number(a), Value::Number(b)) = (a, b)
        && let (Some(a), Some(b)) = (a.as_f64(), b.as_f64())
    {
        return a.partial_cmp(&b).unwrap_or(Ordering::Equal);
    }
    let (a, b) = (text_in(a), text_in(b));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(&a) && digits(&b) {
        let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
        return a.len().cmp(&b.len()).then_with(|| a.cmp(b));
    }
    a.cmp(&b)
}

/// The JSON of a frame.
pub(crate) fn decode(text: &str) -> Result<Value, Why> {
    let value = serde_json::from_str(text).map_err(|_| Why::NotJson)?;
    if within(&value, MOST_DEPTH) {
        Ok(value)
    } else {
        Err(Why::TooDeep)
    }
}

/// Whether a value is nested no deeper than this. The parser has bounded it already.
pub(crate) fn within(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| within(item, depth - 1)),
        Value::Object(entries) => depth > 0 && entries.values().all(|v| within(v, depth - 1)),
        _ => true,
    }
}

/// A value on its way to the wire.
pub(crate) fn apply(pipe: Pipe, value: Value) -> Value {
    match pipe {
        Pipe::Json => Value::String(json(&value)),
        Pipe::Text => Value::String(text_in(&value)),
        Pipe::Base64 => Value::String(Base64::encode_string(text_in(&value).as_bytes())),
        // What is no number goes as it is: the other side will say so.
        Pipe::Number => match serde_json::from_str(text_in(&value).trim()) {
            Ok(Value::Number(number)) => Value::Number(number),
            _ => value,
        },
    }
}

/// A value on its way from the wire; what cannot be undone does not match.
pub(crate) fn undo(pipe: Pipe, value: &Value) -> Option<Value> {
    match (pipe, value) {
        (Pipe::Json, Value::String(text)) => decode(text).ok(),
        (Pipe::Text, Value::String(_)) => Some(value.clone()),
        (Pipe::Base64, Value::String(text)) => from_base64(text).map(Value::String),
        (Pipe::Number, Value::Number(number)) => Some(Value::String(number_text(number))),
        _ => None,
    }
}

/// The UTF-8 text in base64, of either alphabet (RFC 4648 4 and 5), with padding or without.
pub(crate) fn from_base64(text: &str) -> Option<String> {
    let standard = text.trim_end_matches('=').replace('-', "+");
    let bytes = Base64Unpadded::decode_vec(&standard.replace('_', "/")).ok()?;
    String::from_utf8(bytes).ok()
}

/// Values by name, few enough to be searched in turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(Vec<(String, Value)>);

impl Values {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Gives a name its value, in place of the one before.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, before)) => *before = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// All of them, in the order they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Takes over all of another's values.
    pub(crate) fn take(&mut self, other: &mut Self) {
        for (name, value) in other.0.drain(..) {
            self.set(&name, value);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
