//! What two peers say to each other, in no dialect: descriptions and candidates.

/// Whether a description proposes or replies (`RTCSdpType` without `pranswer` and `rollback`,
/// [webrtc-pc 4.3.1](https://www.w3.org/TR/webrtc/#rtcsdptype)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptionKind {
    Offer,
    Answer,
}

impl DescriptionKind {
    /// The browser's word: `offer` or `answer`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Answer => "answer",
        }
    }

    /// Reads the browser's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "offer" => Some(Self::Offer),
            "answer" => Some(Self::Answer),
            _ => None,
        }
    }
}

/// A session description (`RTCSessionDescriptionInit`): its kind and its SDP (RFC 8866), line ends as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    pub kind: DescriptionKind,
    pub sdp: String,
}

/// One possible route to a peer (`RTCIceCandidateInit`, [webrtc-pc 4.8.1](https://www.w3.org/TR/webrtc/#rtcicecandidate-interface)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// `candidate:…` as in RFC 8839; never empty (an empty one is the end of candidates).
    pub candidate: String,
    pub sdp_mid: Option<String>,
    pub sdp_m_line_index: Option<u16>,
    pub username_fragment: Option<String>,
}
