//! A call as a record tells it: `setRemoteDescription(answer)`, `pc.send("…")`, `new RTCPeerConnection({…})`.

use crate::signal::DescriptionKind;

/// The calls that rows speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    New,
    CreateDataChannel,
    CreateAnswer,
    SetLocal,
    SetRemote,
    AddCandidate,
    Send,
    GetUserMedia,
    Other,
}

/// A call taken apart.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) method: Method,
    /// What stands between the brackets: nothing, a description's kind, or values.
    pub(super) argument: String,
    /// As it was told.
    pub(super) text: String,
}

impl Call {
    pub(super) fn read(text: &str) -> Self {
        let (name, rest) = text.split_once('(').unwrap_or((text, ""));
        let name = name.trim().trim_start_matches("new ");
        let method = match name.rsplit('.').next().unwrap_or(name) {
            "RTCPeerConnection" => Method::New,
            "createDataChannel" => Method::CreateDataChannel,
            "createAnswer" => Method::CreateAnswer,
            "setLocalDescription" => Method::SetLocal,
            "setRemoteDescription" => Method::SetRemote,
            "addIceCandidate" => Method::AddCandidate,
            "send" => Method::Send,
            "getUserMedia" => Method::GetUserMedia,
            _ => Method::Other,
        };
        let argument = rest.trim_end().trim_end_matches(')').trim().to_owned();
        Self {
            method,
            argument,
            text: text.to_owned(),
        }
    }

    /// The kind of description it names.
    pub(super) fn kind(&self) -> Option<DescriptionKind> {
        DescriptionKind::from_word(&self.argument)
    }

    /// Whether this is the end of candidates.
    pub(super) fn ends_candidates(&self) -> bool {
        self.argument == "null"
    }

    /// Whether a value has a member of this name, as far as the call was told with its values.
    pub(super) fn has_member(&self, name: &str) -> bool {
        let mut before = "";
        let mut rest = self.argument.as_str();
        while let Some((head, tail)) = rest.split_once(name) {
            before = if head.is_empty() { before } else { head };
            let begins = !before.ends_with(|sign: char| sign.is_alphanumeric());
            let ends = tail.trim_start_matches('"').trim_start().starts_with(':');
            if begins && ends {
                return true;
            }
            (before, rest) = (name, tail);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, Method};

    #[test]
    fn a_call_is_known_with_and_without_values() {
        let call = Call::read("new RTCPeerConnection({\"iceServers\": []})");
        assert_eq!(call.method, Method::New);
        assert_eq!(call.argument, "{\"iceServers\": []}");
        assert_eq!(Call::read("pc.createAnswer()").method, Method::CreateAnswer);
        assert_eq!(Call::read("restartIce").method, Method::Other);
    }

    #[test]
    fn a_member_is_found_by_its_whole_name() {
        let call = Call::read("new RTCPeerConnection({iceServers: [{urls: \"stun:a\"}]})");
        assert!(call.has_member("urls"));
        assert!(!call.has_member("url"));
        assert!(Call::read("f({\"url\": 1})").has_member("url"));
    }
}
