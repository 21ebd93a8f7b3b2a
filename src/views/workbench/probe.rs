//! What the pasted messages would be read as, live while the document is edited: a line for each, and one in full.

use webrtc_steps_core::command::{MOST_MESSAGES as MOST_TRIED, messages};
use webrtc_steps_core::io::Probe;

use super::desk::{Desk, MOST_DOCUMENT, MOST_MESSAGES};
use super::row::{named, nearest, place, rule_text, skipped};
use super::{json, panel};
use crate::views::{dom, seen};

/// Signs of a message that its line shows.
const LINE: usize = 160;

/// The sentence that was said last, so that nothing is announced twice.
#[derive(Default)]
pub(super) struct Said(String);

impl Said {
    /// `sound`: the document has no mistakes, so the messages were read.
    pub(super) fn show(&mut self, sound: bool, probes: &[Probe], desk: &Desk) {
        let text = desk.text("message", MOST_MESSAGES).unwrap_or_default();
        let messages = messages(&text);
        let last = messages.len().saturating_sub(1);
        let picked = desk.picked.get().filter(|picked| *picked < last);
        let picked = picked.unwrap_or(last);
        let message = messages.get(picked).copied().unwrap_or_default();
        let document = desk.text("document", MOST_DOCUMENT).unwrap_or_default();
        let page = Page {
            desk,
            document: &document,
        };
        page.lines(probes, &messages, picked);
        desk.show("result", !text.trim().is_empty());
        let probe = probes.get(picked);
        let said = match probe {
            _ if text.trim().is_empty() => String::new(),
            Some(probe) => page.sentence(probe),
            None if sound => String::new(),
            None => desk.words.text("bench.mend-first"),
        };
        desk.say("said", &said);
        page.in_full(probe.unwrap_or(&Probe::default()), message);
        if let Some(result) = desk.part("result") {
            dom::mark(&result, "data-fits", probe.map_or("none", verdict));
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
    desk.show("tried", false);
    desk.show("tried-more", false);
    desk.show("result", true);
    desk.say("said", &said);
    desk.announce(&said);
}

/// The panel, and the document that the messages were tried on.
struct Page<'a> {
    desk: &'a Desk,
    document: &'a str,
}

impl Page<'_> {
    /// A line for each of several messages. Those that are there already stay, so that the focus does too.
    fn lines(&self, probes: &[Probe], messages: &[&str], picked: usize) {
        let several = probes.len() > 1;
        let most = self
            .desk
            .words
            .with("bench.tried-most", &[("limit", &MOST_TRIED)]);
        let full = messages.len() == MOST_TRIED;
        self.desk.say("tried-more", if full { &most } else { "" });
        self.desk.show("tried", several);
        let there = self.desk.part("tried").map(|list| dom::all(&list, "li"));
        let mut rows = there.unwrap_or_default();
        if rows.len() != probes.len() || !several {
            let list = self.desk.list("tried", "try");
            let new = probes.iter().filter_map(|_| list.add(&[]));
            rows = if several { new.collect() } else { Vec::new() };
        }
        for (index, ((row, probe), message)) in rows.iter().zip(probes).zip(messages).enumerate() {
            let line: String = message.chars().take(LINE).collect();
            let (said, at) = self.line(probe);
            dom::fill(row, &[("verdict", &said), ("where", &at), ("line", &line)]);
            dom::mark(row, "data-fits", verdict(probe));
            if let Some(button) = dom::find(row, "button") {
                let pressed = if index == picked { "true" } else { "false" };
                dom::mark(&button, "aria-pressed", pressed);
                dom::mark(&button, "data-index", &index.to_string());
            }
        }
    }

    /// What became of a message, and by which rule, in short.
    fn line(&self, probe: &Probe) -> (String, String) {
        let words = &self.desk.words;
        let said = match (&probe.near, told(probe)) {
            (Some(_), _) => words.text("bench.line-no"),
            (None, told) if told.is_empty() => words.text("bench.line-quiet"),
            (None, told) => told,
        };
        let near = probe.near.as_ref().or(probe.skipped.as_ref());
        let rule = rule(probe);
        let rule = rule.map(|rule| named(words, self.document, rule));
        let at = match (rule, near) {
            (Some(rule), Some(near)) => words.with(
                "bench.line-at",
                &[("rule", &rule), ("at", &place(words, near))],
            ),
            (rule, _) => rule.unwrap_or_default(),
        };
        (said, at)
    }

    /// All that is known of one message.
    fn in_full(&self, probe: &Probe, message: &str) {
        let (desk, words) = (self.desk, &self.desk.words);
        let passed_over = probe.skipped.as_ref().map(|near| skipped(words, near));
        let at = probe
            .near
            .as_ref()
            .map(|near| nearest(words, near, self.document))
            .or(passed_over);
        desk.say("at", &at.unwrap_or_default());
        self.mark(probe, message);
        let rule = rule(probe);
        let head = rule.map(|rule| named(words, self.document, rule));
        desk.say("rule-head", &head.unwrap_or_default());
        let own = rule.and_then(|rule| rule_text(self.document, rule));
        let inherited = || {
            let text = probe.rule_text.as_deref()?;
            Some(seen::pretty(text).unwrap_or_else(|| text.to_owned()))
        };
        desk.say("probed-rule", &own.or_else(inherited).unwrap_or_default());
        self.lists(probe);
    }

    /// The message indented, with the place marked where it did not fit.
    fn mark(&self, probe: &Probe, message: &str) {
        let Some(place) = self.desk.part("probed") else {
            return;
        };
        let near = probe.near.as_ref().or(probe.skipped.as_ref());
        dom::show(&place, near.is_some());
        if let Some(near) = near {
            let text = seen::pretty(message).unwrap_or_else(|| message.to_owned());
            panel::mark(&place, &text, &json::spot(&text, &near.pointer));
        }
    }

    fn lists(&self, probe: &Probe) {
        let desk = self.desk;
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

    fn sentence(&self, probe: &Probe) -> String {
        let words = &self.desk.words;
        let told = told(probe);
        if !told.is_empty() {
            return words.with("bench.reads", &[("events", &told)]);
        }
        words.text(if probe.near.is_some() {
            "bench.reads-nothing"
        } else {
            "bench.reads-quiet"
        })
    }
}

/// The events of a message. Each element of a list is one, so the same word follows itself.
fn told(probe: &Probe) -> String {
    let mut told = probe.told.clone();
    told.dedup();
    told.join(", ")
}

/// The rule to show: of an envelope whose inside fitted nothing, the one that came nearest inside.
fn rule(probe: &Probe) -> Option<usize> {
    let near = probe.near.as_ref();
    near.and_then(|near| near.rule).or(probe.rule)
}

fn verdict(probe: &Probe) -> &'static str {
    match (&probe.near, &probe.skipped) {
        (Some(_), _) => "no",
        (None, Some(_)) => "partly",
        (None, None) => "yes",
    }
}
