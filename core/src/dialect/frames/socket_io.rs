//! Socket.IO packets of the default namespace (Socket.IO protocol 5 in Engine.IO 4): a digit or two, an
//! acknowledgement number, JSON.

use serde_json::{Value, json as value};

use super::Decoded;
use crate::dialect::mistake::Why;
use crate::dialect::value::{decode as parse, json};

/// Takes a packet apart. Opening and pings are answered here; what is left is an event, an acknowledgement, a
/// connection or an error.
pub(super) fn decode(frame: &str) -> Decoded {
    let mut decoded = Decoded::default();
    if frame.starts_with("0{") {
        decoded.replies.push("40".to_owned());
    } else if frame == "2" {
        decoded.replies.push("3".to_owned());
    } else if let Some(packet) = frame
        .strip_prefix("40")
        .filter(|packet| packet.is_empty() || packet.starts_with('{'))
    {
        decoded.connected = true;
        let session = if packet.is_empty() {
            Ok(value!({}))
        } else {
            parse(packet)
        };
        let message = session.map(|session| value!({ "connect": session }));
        decoded.messages.push(message);
    } else if !matches!(frame, "1" | "3" | "6") {
        decoded.messages.push(packet(frame));
    }
    decoded
}

fn packet(frame: &str) -> Result<Value, Why> {
    let kind = frame.get(..2).unwrap_or_default();
    let rest = frame.get(2..).unwrap_or_default();
    let body = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest
        .strip_suffix(body)
        .and_then(|digits| digits.parse::<u64>().ok());
    match (kind, number) {
        ("41", _) => Ok(value!({ "disconnect": true })),
        ("42", None) => parse(body),
        ("42", Some(id)) => Ok(value!({ "id": id, "event": parse(body)? })),
        ("43", Some(id)) => Ok(value!({ "id": id, "ack": parse(body)? })),
        ("44", _) => Ok(value!({ "error": parse(body)? })),
        _ => Err(Why::NotJson),
    }
}

/// The packet of a message. The checks on loading see to it that it has one.
pub(super) fn encode(message: &Value) -> String {
    let part = |name| message.get(name).map(json);
    let id = part("id").unwrap_or_default();
    match (part("event"), part("ack")) {
        (Some(event), _) if message.is_object() => ["42", &id, &event].concat(),
        (_, Some(ack)) if message.is_object() => ["43", &id, &ack].concat(),
        _ => ["42", &json(message)].concat(),
    }
}
