//! Session descriptions and candidates as the two engines write them, with names that tell a reader whose they are.

use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

/// Which browser a side runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
}

/// Who speaks in a description: the peer connection and its ICE session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Speaker {
    pub(crate) engine: Engine,
    /// The side's letter and its attempt, as in `a1`.
    pub(crate) name: String,
    /// Counts ICE sessions from 1: a restart begins another.
    pub(crate) generation: u32,
}

impl Speaker {
    /// The name of the ICE session, as in `a1g1` (RFC 8839 wants four signs at least).
    pub(crate) fn ufrag(&self) -> String {
        format!("{}g{}", self.name, self.generation)
    }

    /// 32 bytes that differ from connection to connection, in no order anybody could rely on.
    pub(crate) fn fingerprint(&self) -> String {
        let mut state = self
            .name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let bytes = (0..32).map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            format!("{:02X}", state >> 56)
        });
        format!("sha-256 {}", bytes.collect::<Vec<_>>().join(":"))
    }

    /// A description without candidates. An answer takes the active DTLS role (RFC 8842).
    pub(crate) fn describe(
        &self,
        kind: DescriptionKind,
        version: u32,
        channel: bool,
    ) -> Description {
        let origin = match self.engine {
            Engine::Chromium => {
                format!("o=- 46117300{} {version} IN IP4 127.0.0.1", self.name.len())
            }
            Engine::Firefox => format!(
                "o=mozilla...THIS_IS_SDPARTA-153.0 7520{} {version} IN IP4 0.0.0.0",
                self.name.len()
            ),
        };
        let mut lines = vec![
            "v=0".to_owned(),
            origin,
            "s=-".to_owned(),
            "t=0 0".to_owned(),
        ];
        if channel {
            lines.push("a=group:BUNDLE 0".to_owned());
            lines.extend(self.section(kind));
        }
        let sdp = lines
            .iter()
            .flat_map(|line| [line.as_str(), "\r\n"])
            .collect();
        Description { kind, sdp }
    }

    fn section(&self, kind: DescriptionKind) -> Vec<String> {
        let (setup, largest) = match (kind, self.engine) {
            (DescriptionKind::Offer, Engine::Chromium) => ("actpass", 262_144),
            (DescriptionKind::Offer, Engine::Firefox) => ("actpass", 1_073_741_823),
            (DescriptionKind::Answer, Engine::Chromium) => ("active", 262_144),
            (DescriptionKind::Answer, Engine::Firefox) => ("active", 1_073_741_823),
        };
        vec![
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel".to_owned(),
            "c=IN IP4 0.0.0.0".to_owned(),
            format!("a=ice-ufrag:{}", self.ufrag()),
            format!("a=ice-pwd:{}passwordpassword", self.ufrag()),
            "a=ice-options:trickle".to_owned(),
            format!("a=fingerprint:{}", self.fingerprint()),
            format!("a=setup:{setup}"),
            "a=mid:0".to_owned(),
            "a=sctp-port:5000".to_owned(),
            format!("a=max-message-size:{largest}"),
        ]
    }

    /// The `index`-th host candidate, its address hidden behind a `.local` name.
    pub(crate) fn candidate(&self, index: u32) -> Candidate {
        let (name, port) = (&self.name, 50_000 + index);
        let candidate = match self.engine {
            Engine::Chromium => format!(
                "candidate:{index} 1 udp 2113937151 {name}-{index}.local {port} typ host generation 0 ufrag {} network-cost 999",
                self.ufrag()
            ),
            Engine::Firefox => {
                format!("candidate:{index} 1 UDP 2122252543 {name}-{index}.local {port} typ host")
            }
        };
        Candidate {
            candidate,
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: Some(0),
            username_fragment: Some(self.ufrag()),
        }
    }
}

/// A description with these candidates in it, as `localDescription` shows it once they are found.
pub(crate) fn with_candidates(sdp: &str, candidates: &[Candidate]) -> String {
    let mut whole = sdp.to_owned();
    for candidate in candidates {
        whole.push_str(&format!("a={}\r\n", candidate.candidate));
    }
    if !candidates.is_empty() {
        whole.push_str("a=end-of-candidates\r\n");
    }
    whole
}
