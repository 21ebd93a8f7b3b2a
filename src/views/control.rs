//! A control: a button with its command, and the reason beside it when it cannot be used.

use web_sys::Element;
use webrtc_steps_core::io::{Event, What};

use super::dom;
use crate::words::Words;

/// One `data-command` of the page and the element that holds its reason.
#[derive(Debug, Clone)]
pub struct Control {
    command: &'static str,
    button: Element,
    reason: Element,
}

impl Control {
    /// Ties a button to its command and its reason.
    pub fn new(command: &'static str, button: Element, reason: Element) -> Self {
        let id = format!("reason-{command}");
        dom::mark(&button, "data-command", command);
        dom::mark(&button, "aria-describedby", &id);
        dom::mark(&reason, "id", &id);
        let control = Self {
            command,
            button,
            reason,
        };
        control.set(true, "");
        control
    }

    /// Follows [`What::Control`] of its own command.
    pub fn apply(&self, event: &Event, words: &Words) {
        if let What::Control {
            command,
            available,
            reason,
        } = &event.what
            && *command == self.command
        {
            self.set(
                *available,
                &reason
                    .as_ref()
                    .map(|reason| words.say(reason))
                    .unwrap_or_default(),
            );
        }
    }

    /// Leads the keyboard to the button.
    pub fn focus(&self) {
        dom::focus(&self.button);
    }

    /// Whether the keyboard is at the button.
    pub fn has_focus(&self) -> bool {
        self.button.matches(":focus").unwrap_or(false)
    }

    /// Takes the button and its reason out of the page.
    pub fn remove(&self) {
        match self.button.parent_element() {
            Some(both) if both.child_element_count() == 2 => both.remove(),
            _ => self.button.remove(),
        }
    }

    /// Says whether the command can be given, and why not.
    pub fn set(&self, available: bool, reason: &str) {
        dom::mark(
            &self.button,
            "aria-disabled",
            if available { "false" } else { "true" },
        );
        dom::say_or_hide(&self.reason, reason);
    }
}
