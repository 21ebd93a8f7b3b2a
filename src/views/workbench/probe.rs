//! What the pasted message would be read as, live while the document is edited.

use webrtc_steps_core::io::Probe;

use super::desk::{Desk, MOST_DOCUMENT, MOST_MESSAGES};
use super::row::{nearest, pointer, rule_text};
use super::{json, panel};
use crate::views::seen;

/// The sentence that was said last, so that nothing is announced twice.
#[derive(Default)]
pub(super) struct Said(String);

impl Said {
    pub(super) fn show(&mut self, probe: &Probe, desk: &Desk) {
        let message = desk.text("message", MOST_MESSAGES).unwrap_or_default();
        let message = json::last_message(&message);
        desk.show("result", !message.is_empty());
        let said = if message.is_empty() {
            String::new()
        } else {
            sentence(probe, desk)
        };
        let readable = probe.mistakes.is_empty() && !message.is_empty();
        let document = desk.text("document", MOST_DOCUMENT).unwrap_or_default();
        let rule = probe
            .rule
            .or(probe.near.as_ref().and_then(|near| near.rule))
            .filter(|_| readable);
        desk.say("said", &said);
        desk.say(
            "at",
            &probe
                .near
                .as_ref()
                .map_or_else(String::new, |near| nearest(&desk.words, near)),
        );
        show_place(probe, message, desk);
        desk.say("rule-head", &rule.map(pointer).unwrap_or_default());
        let text = rule.and_then(|rule| rule_text(&document, rule));
        desk.say("probed-rule", &text.unwrap_or_default());
        show_lists(probe, desk);
        if let Some(result) = desk.part("result") {
            crate::views::dom::mark(&result, "data-fits", verdict(probe));
        }
        if said != self.0 && !said.is_empty() {
            desk.announce(&said);
        }
        self.0 = said;
    }
}

/// Says why the pasted text is not tried.
pub(super) fn refuse(desk: &Desk, id: &str) {
    let said = desk.words.text(id);
    desk.show("result", true);
    desk.say("said", &said);
    desk.announce(&said);
}

/// The frame indented, with the place marked where it did not fit.
fn show_place(probe: &Probe, message: &str, desk: &Desk) {
    let Some(place) = desk.part("probed") else {
        return;
    };
    let near = probe.near.as_ref().filter(|_| !message.is_empty());
    crate::views::dom::show(&place, near.is_some());
    if let Some(near) = near {
        let text = seen::pretty(message).unwrap_or_else(|| message.to_owned());
        panel::mark(&place, &text, &json::spot(&text, &near.pointer));
    }
}

fn show_lists(probe: &Probe, desk: &Desk) {
    desk.show("captured-head", !probe.captured.is_empty());
    let captured = desk.list("captured", "pair");
    for (name, value) in &probe.captured {
        captured.add(&[("name", name), ("value", value)]);
    }
    desk.show("replies-head", !probe.replies.is_empty());
    let replies = desk.list("replies", "reply");
    for reply in &probe.replies {
        replies.add(&[("text", reply)]);
    }
}

fn verdict(probe: &Probe) -> &'static str {
    if !probe.mistakes.is_empty() {
        "none"
    } else if probe.near.is_some() {
        "no"
    } else {
        "yes"
    }
}

fn sentence(probe: &Probe, desk: &Desk) -> String {
    let words = &desk.words;
    if !probe.mistakes.is_empty() {
        return words.text("bench.mend-first");
    }
    if !probe.told.is_empty() {
        return words.with("bench.reads", &[("events", &probe.told.join(", "))]);
    }
    words.text(if probe.near.is_some() {
        "bench.reads-nothing"
    } else {
        "bench.reads-quiet"
    })
}
