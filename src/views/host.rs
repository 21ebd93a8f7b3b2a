//! The states on the host element, for style sheets and programs outside.

use std::cell::RefCell;

use web_sys::HtmlElement;
use webrtc_steps_core::io::{Event, FirstChannel, LinkState, StateName, What};

use super::dom;

/// The host element as a view: nothing but its `data-*` attributes.
pub(crate) struct Host {
    element: HtmlElement,
    channel: RefCell<FirstChannel>,
}

impl Host {
    pub(crate) fn new(element: &HtmlElement) -> Self {
        let host = Self {
            element: element.clone(),
            channel: RefCell::default(),
        };
        host.set("data-role", "none");
        host.set("data-signaling-link", LinkState::None.word());
        host.clear();
        host
    }

    pub(crate) fn apply(&self, event: &Event) {
        match &event.what {
            What::Role { role, .. } => {
                self.set("data-role", role.map_or("none", |role| role.word()))
            }
            What::Link { state, .. } => self.set("data-signaling-link", state.word()),
            What::State { name, value } => self.set(name.words().0, value),
            What::Channel { label, state, .. } => {
                if self.channel.borrow_mut().follows(label, state) {
                    self.set(StateName::Channel.words().0, state);
                }
            }
            What::AttemptBegan => self.clear(),
            What::Left => {
                self.set("data-role", "none");
                self.set("data-signaling-link", LinkState::None.word());
                self.clear();
            }
            _ => {}
        }
    }

    fn clear(&self) {
        self.channel.take();
        for state in StateName::ALL {
            self.set(state.words().0, "none");
        }
    }

    fn set(&self, name: &str, value: &str) {
        dom::mark(&self.element, name, value);
    }
}
