//! The way for the other peer to come: a button for a second tab and a link, made of public parts only.

mod link;

use web_sys::{Element, HtmlInputElement};
use webrtc_steps_core::io::{Event, What};

use super::bar::gone;
use super::dom::{self, Build};
use crate::words::Words;

pub use self::link::JoinLink;
pub(super) use self::link::link;

/// The card, shown while nobody else is here.
pub(crate) struct Invite {
    words: Words,
    card: Element,
    how: Element,
    open: Element,
    field: HtmlInputElement,
    /// Whether the other peer comes through the room, so that its coming is seen here.
    by_hand: bool,
    /// The server is the other party: nobody is invited.
    alone: bool,
    link: JoinLink,
}

impl Invite {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("invite.html"));
        Self {
            words: build.words.clone(),
            card: build.part("card"),
            how: build.part("how"),
            open: build.part("open"),
            field: build.find_as("[data-part=link]"),
            by_hand: false,
            alone: false,
            link: JoinLink::default(),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        if self.link.apply(event) {
            let link = self.link.address();
            dom::mark(&self.open, "href", &link);
            self.field.set_value(&link);
        }
        match &event.what {
            What::Joining {
                endpoint, alone, ..
            } => {
                self.by_hand = endpoint.starts_with("paste:");
                // Both ends of a line are there already.
                self.alone = *alone || endpoint == "line:";
                self.tell_how(endpoint);
                dom::show(&self.card, self.by_hand);
            }
            What::Joined { again: false, .. } => dom::show(&self.card, !self.alone),
            What::PeerJoined { .. } | What::Left => dom::show(&self.card, false),
            What::Received { from, .. } if self.by_hand || from.is_some() => {
                dom::show(&self.card, false)
            }
            What::PeerLeft { message, .. } if gone(message) => {
                dom::show(&self.card, !self.alone);
            }
            _ => {}
        }
    }

    fn tell_how(&self, endpoint: &str) {
        let how = if self.by_hand {
            "ui.invite.paste"
        } else if endpoint.starts_with("tabs:") {
            "ui.invite.tabs"
        } else {
            "ui.invite.relay"
        };
        let mut how = self.words.text(how);
        if self.link.leaves_out_document() {
            how = [&how, " ", &self.words.text("ui.invite.document")].concat();
        }
        dom::say(&self.how, &how);
    }
}
