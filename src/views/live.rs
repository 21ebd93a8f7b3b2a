//! The one live region: what a person who does not see the page has to hear.

use web_sys::Element;
use webrtc_steps_core::io::{Event, Linked, What};
use webrtc_steps_core::step::{Status, Whose};

use super::dom::{self, Build};
use crate::words::Words;

/// Sentences that stay in the region; a screen reader speaks what is added.
const MOST_SENTENCES: u32 = 4;

/// The region, and the step that was announced last.
pub(crate) struct Live {
    words: Words,
    region: Element,
    next: Option<u8>,
}

impl Live {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        Self {
            words: build.words.clone(),
            region: build.place.clone(),
            next: None,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        let words = &self.words;
        match &event.what {
            What::Step {
                step,
                status: Status::Next,
                whose: Whose::Mine,
                ..
            } if self.next != Some(*step) => {
                self.next = Some(*step);
                let title = words.text(&format!("step.{step}.title"));
                announce(
                    &self.region,
                    &words.with("ui.live.next", &[("step", &step), ("title", &title)]),
                );
            }
            What::AttemptBegan | What::Left => self.next = None,
            What::Trouble(trouble) => {
                let sentences = [&trouble.doing, &trouble.cause, &trouble.advice]
                    .map(|message| words.say(message));
                announce(&self.region, &sentences.join(" "));
            }
            What::DocumentLinked {
                place,
                stage: Linked::Halted,
            } => announce(
                &self.region,
                &words.with("ui.linked.read", &[("place", place)]),
            ),
            What::PeerLeft { message, .. }
            | What::Note { message }
            | What::ChatRefused { message, .. } => {
                announce(&self.region, &words.say(message));
            }
            What::Channel { state, .. } if state == "open" => {
                announce(&self.region, &words.text("ui.live.open"))
            }
            _ => {}
        }
    }
}

/// Adds a sentence to the region.
pub(super) fn announce(region: &Element, sentence: &str) {
    let Some(line) = region
        .owner_document()
        .and_then(|document| document.create_element("p").ok())
    else {
        return;
    };
    dom::say(&line, sentence);
    dom::append(region, &line);
    dom::trim(region, MOST_SENTENCES);
}
