//! What the holes of one message captured, in the one form the rest of the engine knows.

use serde_json::{Map, Value};

use super::example::{CandidatePart, DescriptionPart, ErrorPart};
use super::value::{Values, text_in, text_of};
use crate::signal::{Candidate, Description, DescriptionKind};

/// Everything that one message captured.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    pub(crate) variables: Values,
    pub(crate) peer: Option<Value>,
    /// Those of a repeated element.
    pub(crate) peers: Vec<Value>,
    pub(crate) description: DescriptionDraft,
    pub(crate) candidate: CandidateDraft,
    pub(crate) candidates: Vec<Heard>,
    pub(crate) error: ErrorDraft,
    /// Messages inside this one, each with the pointer where it stands.
    pub(crate) messages: Vec<(String, Value)>,
}

/// A candidate or the end of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    Candidate(Candidate),
    End,
}

#[derive(Debug, Default)]
pub(crate) struct DescriptionDraft {
    pub(crate) kind: Option<DescriptionKind>,
    pub(crate) sdp: Option<String>,
    /// Where the kind, or else the SDP, was captured.
    pub(crate) pointer: String,
}

#[derive(Debug, Default)]
pub(crate) struct CandidateDraft {
    heard: Option<Heard>,
    sdp_mid: Option<String>,
    sdp_m_line_index: Option<u16>,
    username_fragment: Option<String>,
    touched: bool,
}

#[derive(Debug, Default)]
pub(crate) struct ErrorDraft {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

impl DescriptionDraft {
    /// Takes a part; false if the value is no such thing.
    pub(crate) fn take(&mut self, part: DescriptionPart, value: &Value, pointer: &str) -> bool {
        let taken = match (part, value) {
            (DescriptionPart::Type, value) => self.take_kind(value),
            (_, Value::String(sdp)) => self.take_sdp(sdp),
            (_, Value::Object(object)) => {
                object.get("type").is_none_or(|kind| self.take_kind(kind))
                    && object
                        .get("sdp")
                        .and_then(Value::as_str)
                        .is_some_and(|s| self.take_sdp(s))
            }
            _ => false,
        };
        if self.pointer.is_empty() || part != DescriptionPart::Sdp {
            pointer.clone_into(&mut self.pointer);
        }
        taken
    }

    fn take_kind(&mut self, value: &Value) -> bool {
        self.kind = value.as_str().and_then(DescriptionKind::from_word);
        self.kind.is_some()
    }

    fn take_sdp(&mut self, sdp: &str) -> bool {
        let is_sdp = sdp.trim_start().starts_with("v=");
        if is_sdp {
            self.sdp = Some(sdp.to_owned());
        }
        is_sdp
    }

    /// Whether anything was captured at all.
    pub(crate) fn touched(&self) -> bool {
        self.kind.is_some() || self.sdp.is_some()
    }

    /// The description, if it is whole.
    pub(crate) fn finish(&mut self) -> Option<Description> {
        Some(Description {
            kind: self.kind?,
            sdp: self.sdp.take()?,
        })
    }
}

impl CandidateDraft {
    /// Takes a part; false if the value is no such thing.
    pub(crate) fn take(&mut self, part: CandidatePart, value: &Value) -> bool {
        self.touched = true;
        match (part, value) {
            (CandidatePart::Whole, Value::Object(object)) => self.take_object(object),
            (CandidatePart::Whole | CandidatePart::Candidate, Value::Null) => {
                self.heard = Some(Heard::End);
                true
            }
            (CandidatePart::Whole | CandidatePart::Candidate, Value::String(text)) => {
                self.take_text(text)
            }
            (CandidatePart::Whole | CandidatePart::Candidate, _) => false,
            (_, Value::Null) => true,
            (CandidatePart::SdpMid, value) => {
                self.sdp_mid = text_of(value);
                self.sdp_mid.is_some()
            }
            (CandidatePart::SdpMLineIndex, value) => {
                self.sdp_m_line_index = text_of(value).and_then(|text| text.parse().ok());
                self.sdp_m_line_index.is_some()
            }
            (CandidatePart::UsernameFragment, value) => {
                self.username_fragment = value.as_str().map(str::to_owned);
                self.username_fragment.is_some()
            }
        }
    }

    fn take_object(&mut self, object: &Map<String, Value>) -> bool {
        if object.get("completed") == Some(&Value::Bool(true)) {
            self.heard = Some(Heard::End);
            return true;
        }
        let parts = [
            ("sdpMid", CandidatePart::SdpMid),
            ("sdpMLineIndex", CandidatePart::SdpMLineIndex),
            ("usernameFragment", CandidatePart::UsernameFragment),
        ];
        object
            .get("candidate")
            .and_then(Value::as_str)
            .is_some_and(|text| self.take_text(text))
            && parts
                .into_iter()
                .all(|(key, part)| object.get(key).is_none_or(|v| self.take(part, v)))
    }

    fn take_text(&mut self, text: &str) -> bool {
        let text = text.trim();
        let candidate = text.strip_prefix("a=").unwrap_or(text);
        if !text.is_empty() && !candidate.starts_with("candidate:") {
            return false;
        }
        self.heard = Some(if text.is_empty() {
            Heard::End
        } else {
            Heard::Candidate(Candidate {
                candidate: candidate.to_owned(),
                sdp_mid: None,
                sdp_m_line_index: None,
                username_fragment: None,
            })
        });
        true
    }

    /// Whether parts were captured, but not the candidate itself.
    pub(crate) fn broken(&self) -> bool {
        self.touched && self.heard.is_none()
    }

    /// The candidate with its parts. With neither mid nor index it belongs to the first section.
    pub(crate) fn finish(self) -> Option<Heard> {
        let Heard::Candidate(mut candidate) = self.heard? else {
            return Some(Heard::End);
        };
        candidate.sdp_mid = self.sdp_mid;
        candidate.sdp_m_line_index = self.sdp_m_line_index;
        candidate.username_fragment = self.username_fragment;
        if candidate.sdp_mid.is_none() && candidate.sdp_m_line_index.is_none() {
            candidate.sdp_mid = Some("0".to_owned());
        }
        Some(Heard::Candidate(candidate))
    }
}

impl ErrorDraft {
    /// Takes a part, whatever it is. All of an error is a text, or an object with both parts.
    pub(crate) fn take(&mut self, part: ErrorPart, value: &Value) {
        match (part, value) {
            (ErrorPart::Whole, Value::Object(object)) => {
                self.code = object.get("code").map(text_in);
                self.message = object.get("message").map(text_in);
            }
            (ErrorPart::Code, value) => self.code = Some(text_in(value)),
            (ErrorPart::Whole | ErrorPart::Message, value) => self.message = Some(text_in(value)),
        }
    }
}
