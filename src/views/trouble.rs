//! What went wrong last: what was attempted, the cause, the advice, and the browser's own words.

use web_sys::Element;
use webrtc_steps_core::io::{Event, Fault, What};
use webrtc_steps_core::trouble::Trouble;

use super::dom::{self, Build};
use crate::words::Words;

/// The red card at the top left.
pub(crate) struct TroubleCard {
    words: Words,
    card: Element,
    kicker: Element,
    doing: Element,
    cause: Element,
    advice: Element,
    fault: Element,
}

impl TroubleCard {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("trouble.html"));
        Self {
            words: build.words.clone(),
            card: build.part("card"),
            kicker: build.part("kicker"),
            doing: build.part("doing"),
            cause: build.part("cause"),
            advice: build.part("advice"),
            fault: build.part("fault"),
        }
    }

    pub(crate) fn apply(&self, event: &Event) {
        match &event.what {
            What::Trouble(trouble) => self.tell(trouble),
            What::Channel { state, .. } if state == "open" => dom::show(&self.card, false),
            // Whatever the user does next, the card has been read; a new attempt that began by itself proves nothing.
            What::Joining { .. } | What::Left | What::Call { by_page: false, .. } => {
                dom::show(&self.card, false)
            }
            _ => {}
        }
    }

    fn tell(&self, trouble: &Trouble) {
        let words = &self.words;
        let kicker = match trouble.step {
            Some(step) => words.with("ui.trouble.step", &[("step", &step)]),
            None => words.text(&format!("ui.trouble.{}", trouble.blame.word())),
        };
        dom::mark(&self.card, "data-blame", trouble.blame.word());
        dom::say(&self.kicker, &kicker);
        dom::say(&self.cause, &words.say(&trouble.cause));
        dom::say(&self.doing, &words.say(&trouble.doing));
        dom::say(&self.advice, &words.say(&trouble.advice));
        dom::say_or_hide(
            &self.fault,
            &trouble.fault.as_ref().map(verbatim).unwrap_or_default(),
        );
        dom::show(&self.card, true);
    }
}

/// The browser's words, as they came.
fn verbatim(fault: &Fault) -> String {
    format!("{}: {}", fault.name, fault.message)
}
