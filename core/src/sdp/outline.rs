//! A description as an outline: its session part and its media sections, each with its attributes.

/// A description, taken apart as far as its sections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline<'a> {
    /// Attributes above the first section: they hold for all sections that do not say otherwise.
    pub session: Vec<(&'a str, &'a str)>,
    pub sections: Vec<Section<'a>>,
}

/// One `m=` line and what belongs to it (RFC 8866 5.14).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section<'a> {
    /// `application`, `audio` or `video`.
    pub media: &'a str,
    pub port: &'a str,
    pub protocol: &'a str,
    /// Payload types of codecs; for data `webrtc-datachannel`.
    pub formats: Vec<&'a str>,
    /// Name and value; an attribute without a value has an empty one.
    pub attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Outline<'a> {
    /// Reads any text; what is no line of SDP is left out.
    pub fn of(sdp: &'a str) -> Self {
        let mut outline = Self::default();
        for line in sdp.lines().map(str::trim_end) {
            if let Some(value) = line.strip_prefix("m=") {
                outline.sections.push(Section::of(value));
            } else if let Some(attribute) = line.strip_prefix("a=") {
                let attributes = match outline.sections.last_mut() {
                    Some(section) => &mut section.attributes,
                    None => &mut outline.session,
                };
                attributes.push(named(attribute));
            }
        }
        outline
    }

    /// The value of an attribute for a section: its own, or the session's.
    pub fn value(&self, section: Option<usize>, name: &str) -> Option<&'a str> {
        let own = section.and_then(|index| self.sections.get(index)?.value(name));
        own.or_else(|| first(&self.session, name))
    }

    /// The mids that share one connection (RFC 9143).
    pub fn bundle(&self) -> Vec<&'a str> {
        let group = self
            .session
            .iter()
            .find_map(|(name, value)| (*name == "group").then(|| value.strip_prefix("BUNDLE"))?);
        group
            .map(|mids| mids.split_ascii_whitespace().collect())
            .unwrap_or_default()
    }
}

impl<'a> Section<'a> {
    fn of(value: &'a str) -> Self {
        let mut fields = value.split_ascii_whitespace();
        let mut next = || fields.next().unwrap_or_default();
        let (media, port, protocol) = (next(), next(), next());
        Self {
            media,
            port,
            protocol,
            formats: fields.collect(),
            attributes: Vec::new(),
        }
    }

    /// The first value of an attribute; empty if it has none.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        first(&self.attributes, name)
    }

    /// Every value of an attribute, in order.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self
            .attributes
            .iter()
            .filter(move |(known, _)| *known == name);
        named.map(|(_, value)| *value)
    }

    /// Port 0 refuses a section (RFC 3264 6); beside `bundle-only` it only says that it has no port of its own.
    pub fn is_refused(&self) -> bool {
        self.port == "0" && self.value("bundle-only").is_none()
    }

    /// `sendrecv`, `sendonly`, `recvonly` or `inactive`; without a word it is the first (RFC 8866 6.7).
    pub fn direction(&self) -> &'a str {
        let named = self.attributes.iter().map(|(name, _)| *name);
        named
            .into_iter()
            .find(|name| DIRECTIONS.contains(name))
            .unwrap_or("sendrecv")
    }

    /// The codec of a payload type as `name/rate`, from `rtpmap` or from the fixed ones (RFC 3551 6).
    pub fn codec(&self, format: &str) -> Option<&'a str> {
        let mapped = self.values("rtpmap").find_map(|value| {
            let (payload, codec) = value.split_once(' ')?;
            (payload == format).then_some(codec.trim())
        });
        mapped.or(match (self.media, format) {
            ("audio", "0") => Some("PCMU/8000"),
            ("audio", "8") => Some("PCMA/8000"),
            ("audio", "9") => Some("G722/8000"),
            _ => None,
        })
    }

    /// The parameters of a payload type (`fmtp`).
    pub fn parameters(&self, format: &str) -> Option<&'a str> {
        self.values("fmtp").find_map(|value| {
            let (payload, parameters) = value.split_once(' ')?;
            (payload == format).then_some(parameters)
        })
    }
}

/// The four words for who sends (RFC 8866 6.7).
pub(super) const DIRECTIONS: [&str; 4] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/// `name:value` of an attribute.
fn named(attribute: &str) -> (&str, &str) {
    attribute.split_once(':').unwrap_or((attribute, ""))
}

fn first<'a>(attributes: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_falls_back_to_what_the_session_says() {
        let sdp = "v=0\r\na=setup:actpass\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\nm=video 0 X 96\r\na=setup:active\r\na=inactive\r\n";
        let outline = Outline::of(sdp);
        assert_eq!(outline.value(Some(0), "setup"), Some("actpass"));
        assert_eq!(outline.value(Some(1), "setup"), Some("active"));
        assert_eq!(outline.value(Some(7), "mid"), None);
        assert_eq!(outline.bundle(), ["0", "1"]);
        let [audio, video] = &outline.sections[..] else {
            panic!("two sections");
        };
        assert_eq!(audio.codec("111"), Some("opus/48000/2"));
        assert_eq!(audio.codec("0"), Some("PCMU/8000"));
        assert_eq!(
            (audio.direction(), video.direction()),
            ("sendrecv", "inactive")
        );
        assert!(video.is_refused() && !audio.is_refused());
    }
}
