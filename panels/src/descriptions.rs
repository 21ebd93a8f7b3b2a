//! Both descriptions, line by line, each line with the lamp it belongs to.

use std::cell::RefCell;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::{Event, Side, What};
use webrtc_steps_core::signal::{Description, DescriptionKind};

use crate::desk::Desk;
use crate::panel::Panel;

/// Lines shown of one description; a browser's own has some twenty.
const MOST_LINES: usize = 300;

/// The two panels.
pub(crate) struct Descriptions {
    words: Words,
    none: Element,
    mine: Element,
    theirs: Element,
    line: Template,
}

impl Descriptions {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("descriptions.html"));
        let panel = build.within("[data-at=descriptions]");
        let made = Self {
            words: desk.words.clone(),
            none: panel.part("none"),
            mine: panel.part("mine"),
            theirs: panel.part("theirs"),
            line: panel.template("line", &["text", "tag"]),
        };
        missing.take().map_or(Ok(made), Err)
    }

    fn describe(&self, side: Side, description: &Description) {
        let (panel, head) = match (side, description.kind) {
            (Side::Mine, DescriptionKind::Offer) => (&self.mine, "desc.my-offer"),
            (Side::Mine, DescriptionKind::Answer) => (&self.mine, "desc.my-answer"),
            (Side::Theirs, DescriptionKind::Offer) => (&self.theirs, "desc.their-offer"),
            (Side::Theirs, DescriptionKind::Answer) => (&self.theirs, "desc.their-answer"),
        };
        let lines: Vec<_> = description.sdp.lines().collect();
        let size = self.words.with(
            "desc.size",
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
        dom::show(&self.none, false);
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

impl Panel for Descriptions {
    fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Described { side, description } => self.describe(*side, description),
            What::AttemptBegan | What::Joining { .. } => {
                dom::show(&self.mine, false);
                dom::show(&self.theirs, false);
                dom::show(&self.none, true);
            }
            _ => {}
        }
    }
}

/// The lamp a line of SDP belongs to, or the session (RFC 8866, 8839, 8842, 8841).
fn tag(line: &str) -> &'static str {
    let attribute = line.strip_prefix("a=").unwrap_or_default();
    let name = attribute.split(':').next().unwrap_or_default();
    match name {
        "ice-ufrag" | "ice-pwd" | "ice-options" | "candidate" | "end-of-candidates"
        | "ice-lite" => "desc.tag.ice",
        "fingerprint" | "setup" | "tls-id" => "desc.tag.dtls",
        "sctp-port" | "sctpmap" | "max-message-size" | "mid" => "desc.tag.sctp",
        _ if line.starts_with("m=") => "desc.tag.sctp",
        _ if line.starts_with("c=") => "desc.tag.ice",
        _ => "desc.tag.session",
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
            [
                "desc.tag.session",
                "desc.tag.ice",
                "desc.tag.dtls",
                "desc.tag.sctp"
            ]
        );
    }
}
