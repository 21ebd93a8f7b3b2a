//! The card of a `paste:` endpoint: the text to carry to the other side, and the place for theirs.

use web_sys::{Element, HtmlTextAreaElement};
use webrtc_steps_core::io::{Event, What};

use super::control::Control;
use super::dom;
use crate::words::Words;

/// The card, hidden for every other endpoint.
pub(crate) struct SignalCard {
    words: Words,
    card: Element,
    outgoing: HtmlTextAreaElement,
    incoming: HtmlTextAreaElement,
    copy: Control,
    read: Control,
}

impl SignalCard {
    pub(crate) fn new(place: &Element, words: &Words) -> Result<Self, String> {
        dom::stamp(place, include_str!("signal.html"), words)?;
        Ok(Self {
            words: words.clone(),
            card: dom::part(place, "card")?,
            outgoing: dom::find_as(place, "[data-signal=outgoing]")?,
            incoming: dom::find_as(place, "[data-signal=incoming]")?,
            copy: Control::find(place, "copy-signal")?,
            read: Control::find(place, "read-signal")?,
        })
    }

    pub(crate) fn apply(&self, event: &Event) {
        self.copy.apply(event, &self.words);
        self.read.apply(event, &self.words);
        match &event.what {
            What::Joining { endpoint, .. } => {
                dom::show(&self.card, endpoint.trim_start().starts_with("paste:"));
                self.outgoing.set_value("");
                self.incoming.set_value("");
            }
            What::Left => dom::show(&self.card, false),
            What::SignalToCarry { text } => self.outgoing.set_value(text),
            // Read once, the text has done its work: an emptied field is ready for the next one.
            What::Received { text, .. } if *text == self.incoming.value() => {
                self.incoming.set_value("")
            }
            _ => {}
        }
    }
}
