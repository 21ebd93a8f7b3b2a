//! What the holes of one message captured, in the one form the rest of the engine knows.

use serde_json::{Map, Value};

use super::example::Thing;
use super::read::Miss;
use super::value::{Values, text_in, text_of};
use crate::settings::IceServer;
use crate::signal::{Candidate, Description, DescriptionKind};

/// The most URLs of one STUN or TURN server.
const MOST_URLS: usize = 16;

/// Everything that one message captured.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    pub(crate) variables: Values,
    pub(crate) peer: Option<Value>,
    /// Those of a repeated element.
    pub(crate) peers: Vec<Value>,
    pub(crate) description: Draft,
    /// The description, once it is known to be one.
    pub(crate) read: Option<Description>,
    pub(crate) candidate: Draft,
    pub(crate) candidates: Vec<Heard>,
    pub(crate) ice_server: Draft,
    pub(crate) ice_servers: Vec<IceServer>,
    pub(crate) error: Draft,
    /// The first of a repeated element of which nothing fitted.
    pub(crate) skipped: Option<Miss>,
    /// Messages inside this one, each with the pointer where it stands.
    pub(crate) messages: Vec<(String, Value)>,
}

/// A thing as far as it was captured.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) value: Option<Value>,
    /// Where its last part was captured.
    pub(crate) pointer: String,
}

/// A candidate or the end of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Candidate(Candidate),
    End,
}

impl Captures {
    pub(crate) fn draft(&mut self, thing: Thing) -> &mut Draft {
        match thing {
            Thing::Description => &mut self.description,
            Thing::Candidate => &mut self.candidate,
            Thing::IceServer => &mut self.ice_server,
            // A closing is told, never read: the checks see to that.
            Thing::Error | Thing::Close => &mut self.error,
        }
    }
}

impl Draft {
    /// Takes the whole, or a part of it under its own name.
    pub(crate) fn take(&mut self, part: &str, value: &Value, pointer: &str) {
        pointer.clone_into(&mut self.pointer);
        if part.is_empty() {
            self.value = Some(value.clone());
            return;
        }
        let whole = self.value.get_or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(parts) = whole {
            parts.insert(part.to_owned(), value.clone());
        }
    }
}

/// The kind, if it is told, and the SDP of an object or of a text.
pub(crate) fn description(value: &Value) -> Option<(Option<DescriptionKind>, String)> {
    let (kind, sdp) = match value {
        Value::Object(parts) => (parts.get("type"), parts.get("sdp")?.as_str()?),
        other => (None, other.as_str()?),
    };
    let kind = match kind {
        Some(word) => Some(DescriptionKind::from_word(word.as_str()?)?),
        None => None,
    };
    sdp.trim_start()
        .starts_with("v=")
        .then(|| (kind, sdp.to_owned()))
}

/// A candidate, or one of the forms of an end: null, an empty text, `{"completed": true}`.
pub(crate) fn candidate(value: &Value) -> Option<Heard> {
    let none = Map::new();
    let (text, parts) = match value {
        Value::Object(parts) if parts.get("completed") == Some(&Value::Bool(true)) => {
            (&Value::Null, parts)
        }
        Value::Object(parts) => (parts.get("candidate")?, parts),
        other => (other, &none),
    };
    let text = if text.is_null() {
        ""
    } else {
        text.as_str()?.trim()
    };
    if text.is_empty() {
        return Some(Heard::End);
    }
    let text = text.strip_prefix("a=").unwrap_or(text);
    let part = |name| {
        parts
            .get(name)
            .filter(|part| !part.is_null())
            .and_then(text_of)
    };
    let mut sdp_mid = part("sdpMid");
    let sdp_m_line_index = part("sdpMLineIndex").and_then(|index| index.parse().ok());
    if sdp_mid.is_none() && sdp_m_line_index.is_none() {
        // A candidate that names no section belongs to the first.
        sdp_mid = Some("0".to_owned());
    }
    text.starts_with("candidate:").then(|| {
        Heard::Candidate(Candidate {
            candidate: text.to_owned(),
            sdp_mid,
            sdp_m_line_index,
            username_fragment: part("usernameFragment"),
        })
    })
}

/// A STUN or TURN server (`RTCIceServer`), its URLs a text, a list or under the old name `url`.
pub(crate) fn ice_server(value: &Value) -> Option<IceServer> {
    let parts = value.as_object()?;
    let urls = match parts.get("urls").or_else(|| parts.get("url"))? {
        Value::String(url) => vec![url.clone()],
        Value::Array(urls) => urls.iter().filter_map(text_of).take(MOST_URLS).collect(),
        _ => return None,
    };
    let known = |url: &String| {
        ["stun:", "stuns:", "turn:", "turns:"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
    };
    let part = |name| parts.get(name).and_then(text_of);
    (!urls.is_empty() && urls.iter().all(known)).then(|| IceServer {
        urls,
        username: part("username"),
        credential: part("credential"),
    })
}

/// Code and message: those of an object, or the whole as message.
pub(crate) fn error(value: Option<Value>) -> (Option<String>, Option<String>) {
    match value {
        Some(Value::Object(parts)) => {
            let part = |name| parts.get(name).map(text_in);
            (part("code"), part("message"))
        }
        other => (None, other.as_ref().map(text_in)),
    }
}
