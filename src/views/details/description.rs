//! Both descriptions, line by line, each line with the lamp it belongs to.

use web_sys::Element;
use webrtc_steps_core::io::{Side, What};
use webrtc_steps_core::signal::{Description, DescriptionKind};

use crate::views::dom::{self, Build, Template};
use crate::words::Words;

/// Lines shown of one description; a browser's own has some twenty.
const MOST_LINES: usize = 300;

/// The two panels.
pub(super) struct Descriptions {
    words: Words,
    mine: Element,
    theirs: Element,
    line: Template,
}

impl Descriptions {
    pub(super) fn new(build: &Build<'_>) -> Self {
        for panel in ["description-mine", "description-theirs"] {
            let panel = build.within(&format!("[data-part={panel}]"));
            for part in ["head", "size", "lines"] {
                panel.part(part);
            }
        }
        Self {
            words: build.words.clone(),
            mine: build.part("description-mine"),
            theirs: build.part("description-theirs"),
            line: build.template("line", &["text", "tag"]),
        }
    }

    pub(super) fn apply(&self, what: &What) {
        match what {
            What::Described { side, description } => self.describe(*side, description),
            What::AttemptBegan | What::Joining { .. } => {
                dom::show(&self.mine, false);
                dom::show(&self.theirs, false);
            }
            _ => {}
        }
    }

    fn describe(&self, side: Side, description: &Description) {
        let (panel, head) = match (side, description.kind) {
            (Side::Mine, DescriptionKind::Offer) => (&self.mine, "ui.description.my-offer"),
            (Side::Mine, DescriptionKind::Answer) => (&self.mine, "ui.description.my-answer"),
            (Side::Theirs, DescriptionKind::Offer) => (&self.theirs, "ui.description.their-offer"),
            (Side::Theirs, DescriptionKind::Answer) => {
                (&self.theirs, "ui.description.their-answer")
            }
        };
        let lines: Vec<_> = description.sdp.lines().collect();
        let size = self.words.with(
            "ui.description.size",
            &[("bytes", &description.sdp.len()), ("lines", &lines.len())],
        );
        dom::fill(panel, &[("head", &self.words.text(head)), ("size", &size)]);
        if let Some(list) = dom::part(panel, "lines") {
            let whose = if description.kind == DescriptionKind::Offer {
                "of"
            } else {
                "an"
            };
            dom::say(&list, "");
            dom::mark(&list, "class", &["sdp ", whose].concat());
            for line in lines.into_iter().take(MOST_LINES) {
                self.put(&list, line);
            }
        }
        dom::show(panel, true);
    }

    fn put(&self, list: &Element, text: &str) {
        if let Some(line) = self.line.stamp() {
            dom::fill(
                &line,
                &[("text", text), ("tag", &self.words.text(tag(text)))],
            );
            dom::append(list, &line);
        }
    }
}

/// The lamp a line of SDP belongs to, or the session (RFC 8866, 8839, 8842, 8841).
fn tag(line: &str) -> &'static str {
    let attribute = line.strip_prefix("a=").unwrap_or_default();
    let name = attribute.split(':').next().unwrap_or_default();
    match name {
        "ice-ufrag" | "ice-pwd" | "ice-options" | "candidate" | "end-of-candidates"
        | "ice-lite" => "ui.tag.ice",
        "fingerprint" | "setup" | "tls-id" => "ui.tag.dtls",
        "sctp-port" | "sctpmap" | "max-message-size" | "mid" => "ui.tag.sctp",
        _ if line.starts_with("m=") => "ui.tag.sctp",
        _ if line.starts_with("c=") => "ui.tag.ice",
        _ => "ui.tag.session",
    }
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn each_line_belongs_to_its_lamp() {
        let lines = [
            "v=0",
            "a=ice-ufrag:8Dnb",
            "a=setup:actpass",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        ];
        assert_eq!(
            lines.map(tag),
            ["ui.tag.session", "ui.tag.ice", "ui.tag.dtls", "ui.tag.sctp"]
        );
    }
}
