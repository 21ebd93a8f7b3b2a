//! Every frame and HTTP step in and out as it travelled, with the message of the dialect it matched, or the nearest and why not.

use web_sys::Element;
use webrtc_steps_core::io::{Event, Near, Role, What};

use super::desk::Desk;
use super::row::{named, nearest, own_rules, rule_text, skipped};
use crate::views::chat::lost_count;
use crate::views::clock::Clock;
use crate::views::dom::{self, Build, Template};
use crate::views::seen;
use crate::words::Words;

/// The rows that stay in the panel.
const MOST_ROWS: u32 = 200;
/// Rows back that a frame which repeats is looked for.
const NEIGHBOURS: usize = 4;
/// Signs of a frame that its line shows; opened, it shows all.
const LINE: usize = 240;

pub(super) struct Frames {
    words: Words,
    list: Element,
    row: Template,
    marked: Template,
    clock: Clock,
    role: Option<Role>,
    /// The document in use, whose messages the rules are.
    document: String,
    /// Those of the dialect that it extends, which follow its own.
    inherited: Vec<String>,
    latest: Vec<Latest>,
    gone: u32,
    /// The end of the list stays in view.
    following: bool,
}

/// One of the newest rows, to see whether the next frame repeats it.
struct Latest {
    key: String,
    times: u32,
    row: Element,
}

/// A frame as it came or went.
struct Frame<'a> {
    outward: bool,
    kind: &'a str,
    text: &'a str,
    rule: Option<usize>,
    near: Option<&'a Near>,
    skipped: Option<&'a Near>,
}

impl<'a> Frame<'a> {
    fn plain(outward: bool, kind: &'a str, text: &'a str) -> Self {
        Self {
            outward,
            kind,
            text,
            rule: None,
            near: None,
            skipped: None,
        }
    }
}

impl Frames {
    pub(super) fn new(build: &Build<'_>) -> Self {
        let parts = [
            "node", "time", "said", "kind", "times", "line", "opened", "meaning", "rule", "sent",
            "indented",
        ];
        Self {
            words: build.words.clone(),
            list: build.part("frames"),
            row: build.template("frame", &parts),
            marked: build.template("marked-text", &["before", "marked", "after"]),
            clock: Clock::default(),
            role: None,
            document: String::new(),
            inherited: Vec::new(),
            latest: Vec::new(),
            gone: 0,
            following: false,
        }
    }

    pub(super) fn apply(&mut self, event: &Event, desk: &Desk) {
        self.clock.apply(event);
        match &event.what {
            What::Role { role, .. } => self.role = *role,
            What::Dialect(chosen) => {
                self.document.clone_from(&chosen.document);
                self.inherited.clone_from(&chosen.inherited);
            }
            What::Sent {
                kind, text, rule, ..
            } => {
                let frame = Frame::plain(true, kind, text);
                let rule = *rule;
                self.add(&Frame { rule, ..frame }, event.at, desk);
            }
            What::Received {
                kind,
                text,
                rule,
                events,
                near,
                skipped,
                ..
            } => {
                let mut means = events.clone();
                means.dedup();
                let means = means.join(", ");
                let frame = Frame {
                    outward: false,
                    kind: if means.is_empty() { kind } else { &means },
                    text,
                    rule: *rule,
                    near: near.as_ref(),
                    skipped: skipped.as_ref(),
                };
                self.add(&frame, event.at, desk);
            }
            What::Fetching { method, url, body } => {
                let text = [url, "\n", body.as_deref().unwrap_or_default()].concat();
                self.add(&Frame::plain(true, method, text.trim_end()), event.at, desk);
            }
            What::Fetched { status, text } => {
                let kind = status.map_or_else(|| "HTTP".to_owned(), |status| status.to_string());
                self.add(&Frame::plain(false, &kind, text), event.at, desk);
            }
            _ => {}
        }
    }

    /// From here on the newest frame stays in view.
    pub(super) fn follow(&mut self, desk: &Desk) {
        self.following = true;
        if let Some(list) = desk.part("frames") {
            list.set_scroll_top(list.scroll_height());
        }
    }

    fn add(&mut self, frame: &Frame<'_>, at: f64, desk: &Desk) {
        let key = key(frame);
        if let Some(known) = self.latest.iter_mut().find(|known| known.key == key) {
            known.times += 1;
            let times = self.words.with("ui.wb.times", &[("count", &known.times)]);
            let time = self.clock.text(at);
            return dom::fill(&known.row, &[("times", &times), ("time", &time)]);
        }
        let Some(row) = self.row.stamp() else { return };
        self.fill(&row, frame, at);
        let list = &self.list;
        let at_end = list.scroll_top() + list.client_height() >= list.scroll_height() - 8;
        dom::append(list, &row);
        self.gone += dom::trim(list, MOST_ROWS);
        desk.say("frames-older", &lost_count(&self.words, self.gone));
        dom::show(list, true);
        desk.show("frames-none", false);
        if self.following && at_end {
            list.set_scroll_top(list.scroll_height());
        }
        if self.latest.len() >= NEIGHBOURS {
            self.latest.remove(0);
        }
        self.latest.push(Latest { key, times: 1, row });
    }

    fn fill(&self, row: &Element, frame: &Frame<'_>, at: f64) {
        let who = match (frame.outward, self.role) {
            (false, _) => "en",
            (true, Some(Role::Offerer)) => "of",
            (true, Some(Role::Answerer)) => "an",
            (true, None) => "un",
        };
        dom::dress(row, "node", &["node mini", who]);
        dom::dress(row, "opened", &["opened", who]);
        let said = if frame.outward {
            "ui.said.sent"
        } else {
            "ui.said.received"
        };
        let rule = frame.near.and_then(|near| near.rule).or(frame.rule);
        let rule_text = rule.and_then(|rule| self.rule(rule));
        dom::fill(
            row,
            &[
                ("said", &self.words.text(said)),
                ("time", &self.clock.text(at)),
                ("kind", frame.kind),
                ("line", &frame.text.chars().take(LINE).collect::<String>()),
                ("sent", frame.text),
                ("meaning", &self.meaning(frame)),
            ],
        );
        if let Some(part) = dom::part(row, "rule") {
            dom::say_or_hide(&part, &rule_text.unwrap_or_default());
        }
        if let Some(near) = frame.near.or(frame.skipped) {
            let known = if frame.near.is_some() {
                "false"
            } else {
                "partly"
            };
            dom::mark(row, "data-known", known);
            dom::mark(row, "data-pointer", &near.pointer);
            if let (Some(indented), Some(marked)) =
                (dom::part(row, "indented"), self.marked.stamp())
            {
                dom::append(&indented, &marked);
            }
        }
    }

    fn meaning(&self, frame: &Frame<'_>) -> String {
        if let Some(near) = frame.near {
            return nearest(&self.words, near, &self.document);
        }
        let Some(rule) = frame.rule else {
            return String::new();
        };
        let id = match (frame.outward, frame.kind) {
            (true, _) => "bench.written",
            (false, "notice") => "bench.recognised",
            (false, _) => "bench.read",
        };
        let rule = named(&self.words, &self.document, rule);
        let said = self
            .words
            .with(id, &[("kind", &frame.kind), ("rule", &rule)]);
        match frame.skipped {
            Some(near) => [&skipped(&self.words, near), " ", &said].concat(),
            None => said,
        }
    }

    /// A rule's text: as the document has it, or as it was taken over.
    fn rule(&self, rule: usize) -> Option<String> {
        rule_text(&self.document, rule).or_else(|| {
            let behind = rule.checked_sub(own_rules(&self.document))?;
            let text = self.inherited.get(behind)?;
            Some(seen::pretty(text).unwrap_or_else(|| text.clone()))
        })
    }
}

/// Frames with the same key are the same, word for word: every other stands for itself, verbatim.
fn key(frame: &Frame<'_>) -> String {
    let way = if frame.outward { ">" } else { "<" };
    [way, frame.text].concat()
}
