//! The values of lines, in the forms that tools write them: plain data, JSON in a text, or `name: value` with commas.

use serde_json::Value;

use crate::io::Fault;
use crate::signal::{Candidate, Description, DescriptionKind};

/// What a value says as text: JSON in a text is read, a list or an object written.
pub(super) fn text(value: &Value) -> String {
    match unpacked(value) {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Data that was packed into a text is data again.
fn unpacked(value: &Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
        other => other.clone(),
    }
}

/// `{"type", "sdp"}`, or `type: offer, sdp: v=0…`.
pub(super) fn description(value: &Value) -> Option<Description> {
    let value = unpacked(value);
    if let Value::String(text) = &value {
        let (kind, sdp) = text.strip_prefix("type: ")?.split_once(", sdp: ")?;
        return Some(Description {
            kind: DescriptionKind::from_word(kind)?,
            sdp: sdp.to_owned(),
        });
    }
    Some(Description {
        kind: DescriptionKind::from_word(value.get("type")?.as_str()?)?,
        sdp: value.get("sdp")?.as_str()?.to_owned(),
    })
}

/// `{"candidate", …}`, or `sdpMid: 0, sdpMLineIndex: 0, candidate: …`. The end of candidates is none.
pub(super) fn candidate(value: &Value) -> Option<Candidate> {
    let value = unpacked(value);
    let member = |name: &str| match &value {
        Value::String(text) => named(text, name).map(Value::from),
        other => other.get(name).filter(|member| !member.is_null()).cloned(),
    };
    let words = |name: &str| Some(text(&member(name)?));
    let candidate = words("candidate").filter(|text| !text.is_empty())?;
    Some(Candidate {
        sdp_mid: words("sdpMid"),
        sdp_m_line_index: words("sdpMLineIndex").and_then(|index| index.parse().ok()),
        username_fragment: words("usernameFragment"),
        candidate,
    })
}

/// The value of `name: value` among others, up to the next comma.
fn named<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut members = text
        .split(", ")
        .filter_map(|member| member.split_once(": "));
    members
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The label of a data channel: `{"label"}`, `[id or label, …]` or `label: chat, …`.
pub(super) fn label(value: &Value) -> String {
    match unpacked(value) {
        Value::String(text) => named(&text, "label").unwrap_or(&text).to_owned(),
        Value::Array(list) => list
            .iter()
            .find_map(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        other => other
            .get("label")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    }
}

/// `InvalidStateError: why`; a text without a name is nothing but a message.
pub(super) fn fault(value: &Value) -> Fault {
    let said = text(value);
    let is_name = |name: &str| name.ends_with("Error") && !name.contains(' ');
    let (name, message) = match said.split_once(": ") {
        Some((name, message)) if is_name(name) => (name, message),
        _ => ("", said.as_str()),
    };
    Fault {
        name: name.to_owned(),
        message: message.to_owned(),
    }
}
