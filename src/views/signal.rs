//! The card of a `paste:` endpoint: the text to carry to the other side, and the place for theirs.

use web_sys::{Element, HtmlTextAreaElement};
use webrtc_steps_core::io::{Event, What};

use super::control::Control;
use super::dom::{self, Build};
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
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("signal.html"));
        Self {
            words: build.words.clone(),
            card: build.part("card"),
            outgoing: build.find_as("[data-signal=outgoing]"),
            incoming: build.find_as("[data-signal=incoming]"),
            copy: build.control("copy-signal"),
            read: build.control("read-signal"),
        }
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
