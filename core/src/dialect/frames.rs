//! How frames carry messages: JSON, text, records ended by a separator, or Socket.IO.

mod socket_io;

use serde_json::Value;

use super::mistake::Why;
use super::value::{decode, json};

/// Ends a record (SignalR's JSON hub protocol).
const SEPARATOR: char = '\u{1e}';
/// The most records of one frame.
const MOST_RECORDS: usize = 64;

/// A framing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Frames {
    /// A frame is one JSON value.
    #[default]
    Json,
    /// A JSON object or list is that; anything else is a text.
    Text,
    /// JSON values, each ended by U+001E.
    Records,
    /// Socket.IO 4 over WebSocket alone (Engine.IO 4).
    SocketIo,
}

/// What a frame carried.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) messages: Vec<Result<Value, Why>>,
    /// The framing's own answers.
    pub(crate) replies: Vec<String>,
    /// The framing's handshake is done: messages can go.
    pub(crate) connected: bool,
}

impl Frames {
    /// The word in a document.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "text" => Some(Self::Text),
            "records" => Some(Self::Records),
            "socket.io" => Some(Self::SocketIo),
            _ => None,
        }
    }

    /// Whether there is a handshake after the socket has opened.
    pub(crate) fn greets(self) -> bool {
        self == Self::SocketIo
    }

    /// Takes a frame apart.
    pub(crate) fn decode(self, frame: &str) -> Decoded {
        let messages = match self {
            Self::Json => vec![decode(frame)],
            Self::Text => vec![text(frame)],
            Self::Records => frame
                .split(SEPARATOR)
                .filter(|record| !record.trim().is_empty())
                .take(MOST_RECORDS)
                .map(decode)
                .collect(),
            Self::SocketIo => return socket_io::decode(frame),
        };
        Decoded {
            messages,
            ..Decoded::default()
        }
    }

    /// The frame of a message.
    pub(crate) fn encode(self, message: &Value) -> String {
        match (self, message) {
            (Self::Text, Value::String(text)) => text.clone(),
            (Self::Records, _) => {
                let mut record = json(message);
                record.push(SEPARATOR);
                record
            }
            (Self::SocketIo, _) => socket_io::encode(message),
            (Self::Json | Self::Text, _) => json(message),
        }
    }
}

fn text(frame: &str) -> Result<Value, Why> {
    match decode(frame) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => Ok(value),
        Err(Why::TooDeep) => Err(Why::TooDeep),
        Ok(_) | Err(_) => Ok(Value::from(frame)),
    }
}
