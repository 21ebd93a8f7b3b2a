//! The choice of what is shown: the offer, the answer, or one against the other.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::Side;
use webrtc_steps_core::signal::DescriptionKind;

/// The three buttons: mine, theirs, one against the other.
pub(super) struct Choice {
    words: Words,
    place: Element,
    buttons: [Element; 3],
}

impl Choice {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        let names = ["choose-mine", "choose-theirs", "choose-compared"];
        Self {
            words: panel.words.clone(),
            place: panel.part("choose"),
            buttons: names.map(|name| panel.part(name)),
        }
    }

    /// Draws the buttons for what is known of mine and theirs, and marks the one at `shown`.
    pub(super) fn draw(&self, kinds: [Option<DescriptionKind>; 2], shown: usize) {
        let [mine, theirs, compared] = &self.buttons;
        let [first, second] = kinds;
        let both = first.is_some() && second.is_some();
        let same = both && first == second;
        self.label(mine, Side::Mine, first, same);
        self.label(theirs, Side::Theirs, second, same);
        dom::show(compared, both && !same);
        dom::show(&self.place, both);
        self.order(first == Some(DescriptionKind::Answer));
        for (index, button) in self.buttons.iter().enumerate() {
            let pressed = if index == shown { "true" } else { "false" };
            dom::mark(button, "aria-pressed", pressed);
        }
    }

    /// Two offers that crossed are told apart by whose they are.
    fn label(&self, button: &Element, side: Side, kind: Option<DescriptionKind>, same: bool) {
        dom::show(button, kind.is_some());
        let id = match kind {
            Some(kind) if same => title(side, kind),
            Some(DescriptionKind::Answer) => "desc.answer",
            _ => "desc.offer",
        };
        dom::say(button, &self.words.text(id));
    }

    /// The offer stands first, whoever made it.
    fn order(&self, answers: bool) {
        let [mine, theirs, compared] = &self.buttons;
        let (before, after) = if answers {
            (theirs, mine)
        } else {
            (mine, theirs)
        };
        if self.place.first_element_child().as_ref() != Some(before) {
            for button in [before, after, compared] {
                dom::append(&self.place, button);
            }
        }
    }
}

/// What one of the two is called.
pub(super) fn title(side: Side, kind: DescriptionKind) -> &'static str {
    match (side, kind) {
        (Side::Mine, DescriptionKind::Offer) => "desc.my-offer",
        (Side::Mine, DescriptionKind::Answer) => "desc.my-answer",
        (Side::Theirs, DescriptionKind::Offer) => "desc.their-offer",
        (Side::Theirs, DescriptionKind::Answer) => "desc.their-answer",
    }
}
