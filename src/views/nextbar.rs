//! The bar at the bottom of a narrow page: the next step, one tap away. Its button presses the step's own control.

use web_sys::Element;
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::step::{Status, Whose};

use super::dom;
use super::steps::{command_of, shape_of};
use crate::words::Words;

/// The bar, hidden while no step of this page is next.
pub(crate) struct NextBar {
    words: Words,
    bar: Element,
    node: Element,
    title: Element,
    note: Element,
    go: Element,
    next: Option<u8>,
}

impl NextBar {
    pub(crate) fn new(place: &Element, words: &Words) -> Result<Self, String> {
        dom::stamp(place, include_str!("nextbar.html"), words)?;
        dom::show(place, false);
        Ok(Self {
            words: words.clone(),
            bar: place.clone(),
            node: dom::part(place, "node")?,
            title: dom::part(place, "title")?,
            note: dom::part(place, "note")?,
            go: dom::part(place, "go")?,
            next: None,
        })
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Step {
                step,
                status: Status::Next,
                whose: Whose::Mine,
                ..
            } => self.show(*step),
            What::Step { step, .. } if self.next == Some(*step) => self.hide(),
            What::Left => self.hide(),
            _ => {}
        }
    }

    fn show(&mut self, step: u8) {
        self.next = Some(step);
        let shape = shape_of(step);
        dom::mark(&self.bar, "class", &format!("nextbar {shape}"));
        dom::mark(&self.node, "class", &format!("node big {shape}"));
        dom::say(&self.node, &step.to_string());
        dom::say(&self.title, &self.words.text(&format!("step.{step}.title")));
        dom::say(&self.note, &self.words.text("ui.next"));
        let command = command_of(step);
        dom::mark(&self.go, "data-for", command.unwrap_or_default());
        dom::show(&self.go, command.is_some());
        dom::show(&self.bar, true);
    }

    fn hide(&mut self) {
        self.next = None;
        dom::show(&self.bar, false);
    }
}
