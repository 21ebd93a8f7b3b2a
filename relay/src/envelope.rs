//! The JSON of `/rooms`: the envelope a client sends, what others receive, and the relay's notices.

use axum::extract::ws::{Message, Utf8Bytes};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::refusal::Refusal;

/// The version of this protocol, told in `joined`.
const VERSION: u32 = 1;

/// `{"to":"ID","data":ANY}`; without `to` it goes to everyone else. Any other key is refused, so that
/// nobody believes that a `from` of their own did something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope<'a> {
    #[serde(default)]
    pub(crate) to: Option<String>,
    /// Kept as the text that came, unread.
    #[serde(borrow)]
    pub(crate) data: &'a RawValue,
}

impl<'a> Envelope<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Self, Refusal> {
        serde_json::from_str(text).map_err(|_| {
            Refusal::BadMessage(r#"it is not JSON of the form {"to":"ID","data":ANY} with nothing beside these two keys"#)
        })
    }
}

/// What a peer receives: `{"from":"ID","data":ANY}`.
pub(crate) fn delivery(from: &str, data: &RawValue) -> Message {
    #[derive(Serialize)]
    struct Delivery<'a> {
        from: &'a str,
        data: &'a RawValue,
    }
    text(&Delivery { from, data })
}

/// What the relay itself says.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Notice<'a> {
    Joined {
        #[serde(rename = "self")]
        own: &'a str,
        peers: Vec<&'a str>,
        resume: &'a str,
        version: u32,
    },
    PeerJoined(&'a str),
    PeerLeft(&'a str),
    Error {
        code: &'static str,
        message: String,
    },
}

impl<'a> Notice<'a> {
    pub(crate) fn joined(own: &'a str, peers: Vec<&'a str>, resume: &'a str) -> Self {
        Self::Joined {
            own,
            peers,
            resume,
            version: VERSION,
        }
    }

    pub(crate) fn message(&self) -> Message {
        text(self)
    }
}

impl From<&Refusal> for Notice<'_> {
    fn from(refusal: &Refusal) -> Self {
        Self::Error {
            code: refusal.code(),
            message: refusal.message(),
        }
    }
}

/// Writing these few types to memory cannot fail.
fn text(value: &impl Serialize) -> Message {
    Message::Text(Utf8Bytes::from(
        serde_json::to_string(value).unwrap_or_default(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(message: &Message) -> &str {
        message.to_text().unwrap()
    }

    #[test]
    fn data_is_passed_on_as_the_text_that_came() {
        let odd = r#"{ "a":1.0e+2 ,"a":[ "\u0041", 12345678901234567890123 ] }"#;
        let sent = format!(r#"{{"to":"b","data":{odd}}}"#);
        let envelope = Envelope::read(&sent).unwrap();
        assert_eq!(envelope.to.as_deref(), Some("b"));
        assert_eq!(
            written(&delivery("a", envelope.data)),
            format!(r#"{{"from":"a","data":{odd}}}"#)
        );
    }

    #[test]
    fn an_envelope_with_anything_else_is_refused() {
        for text in [
            r#"{"from":"x","data":1}"#,
            r#"{"joined":{"self":"x"},"data":1}"#,
            r#"{"to":"x"}"#,
            r#"{"to":5,"data":1}"#,
            r#"{"to":"a","to":"b","data":1}"#,
            r#"{"data":1} {"data":2}"#,
            "[]",
            "hello",
            "",
        ] {
            assert_eq!(
                Envelope::read(text).map(|_| ()).unwrap_err().code(),
                "bad-message",
                "{text}"
            );
        }
    }

    #[test]
    fn data_may_be_nested_as_deep_as_a_message_is_long() {
        let deep = format!(
            r#"{{"data":{}{}}}"#,
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert_eq!(Envelope::read(&deep).unwrap().data.get().len(), 200_000);
    }

    #[test]
    fn notices_read_as_documented() {
        let joined = Notice::joined("me", vec!["a", "b"], "token").message();
        assert_eq!(
            written(&joined),
            r#"{"joined":{"self":"me","peers":["a","b"],"resume":"token","version":1}}"#
        );
        assert_eq!(
            written(&Notice::PeerJoined("a").message()),
            r#"{"peer-joined":"a"}"#
        );
        assert_eq!(
            written(&Notice::PeerLeft("a").message()),
            r#"{"peer-left":"a"}"#
        );
        let error = Notice::from(&Refusal::NoSuchPeer).message();
        assert!(written(&error).starts_with(r#"{"error":{"code":"no-such-peer","message":"The "#));
    }
}
