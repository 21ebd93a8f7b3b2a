//! Every frame in and out as it travelled, with the message of the dialect it matched, or the nearest and why not.

use web_sys::Element;
use webrtc_steps_core::io::{Event, Near, Role, What};

use super::desk::Desk;
use super::{json, panel};
use crate::views::dom::{self, Build, Template};
use crate::views::seen;
use crate::views::timeline::{Clock, lost_count};
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
            latest: Vec::new(),
            gone: 0,
            following: false,
        }
    }

    pub(super) fn apply(&mut self, event: &Event, desk: &Desk) {
        self.clock.apply(event);
        let frame = match &event.what {
            What::Role { role, .. } => return self.role = *role,
            What::Dialect(chosen) => return self.document.clone_from(&chosen.document),
            What::Sent {
                kind, text, rule, ..
            } => Frame {
                outward: true,
                kind,
                text,
                rule: *rule,
                near: None,
            },
            What::Received {
                kind,
                text,
                rule,
                near,
                ..
            } => Frame {
                outward: false,
                kind,
                text,
                rule: *rule,
                near: near.as_ref(),
            },
            _ => return,
        };
        self.add(&frame, event.at, desk);
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
        let rule = frame.rule.or(frame.near.and_then(|near| near.rule));
        let rule_text = rule.and_then(|rule| rule_text(&self.document, rule));
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
        if let Some(near) = frame.near {
            dom::mark(row, "data-known", "false");
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
            return nearest(&self.words, near);
        }
        let Some(rule) = frame.rule else {
            return String::new();
        };
        let id = match (frame.outward, frame.kind) {
            (true, _) => "bench.written",
            (false, "notice") => "bench.recognised",
            (false, _) => "bench.read",
        };
        self.words
            .with(id, &[("kind", &frame.kind), ("rule", &pointer(rule))])
    }
}

/// Why no message fitted, in a sentence.
pub(super) fn nearest(words: &Words, near: &Near) -> String {
    let at = if near.pointer.is_empty() {
        words.text("bench.whole")
    } else {
        near.pointer.clone()
    };
    match near.rule {
        Some(rule) => words.with(
            "bench.nearest",
            &[("rule", &pointer(rule)), ("at", &at), ("why", &near.why)],
        ),
        None => words.with("bench.fits-none", &[("why", &near.why)]),
    }
}

/// A rule's pointer into the document.
pub(super) fn pointer(rule: usize) -> String {
    format!("/messages/{rule}")
}

/// A rule's text as the document has it; none where it belongs to a dialect that the document extends.
pub(super) fn rule_text(document: &str, rule: usize) -> Option<String> {
    json::value(document, &["messages", &rule.to_string()]).map(str::to_owned)
}

/// Shows all frames, or those that matched nothing.
pub(super) fn filter(desk: &Desk, control: &Element) {
    let wanted = control.get_attribute("data-filter").unwrap_or_default();
    if let Some(list) = desk.part("frames") {
        dom::mark(&list, "data-filter", &wanted);
    }
    for button in dom::all(&desk.place, "[data-bench=filter]") {
        let pressed = button == *control;
        dom::mark(
            &button,
            "aria-pressed",
            if pressed { "true" } else { "false" },
        );
    }
}

/// Opens a row in place, or folds it. Where a frame did not fit is marked in its indented form when it is first seen.
pub(super) fn unfold(_desk: &Desk, control: &Element) {
    let Ok(Some(row)) = control.closest("li") else {
        return;
    };
    let (Some(opened), Some(indented)) = (dom::part(&row, "opened"), dom::part(&row, "indented"))
    else {
        return;
    };
    let folded = opened.has_attribute("hidden");
    dom::show(&opened, folded);
    dom::mark(
        control,
        "aria-expanded",
        if folded { "true" } else { "false" },
    );
    let Some(at) = row
        .get_attribute("data-pointer")
        .filter(|_| indented.text_content().is_none_or(|text| text.is_empty()))
    else {
        return;
    };
    let text = text_of(control);
    let text = seen::pretty(&text).unwrap_or(text);
    panel::mark(&indented, &text, &json::spot(&text, &at));
    if let Some(button) = dom::find(&opened, "[data-as=indented]") {
        seen::indent(&button);
    }
}

/// The frame of the row that a control stands in, as it travelled.
pub(super) fn text_of(control: &Element) -> String {
    let row = control.closest("li").ok().flatten();
    row.and_then(|row| dom::part(&row, "sent")?.text_content())
        .unwrap_or_default()
}

/// Frames with the same key are told apart by nothing that matters: the same text, or a rule that means nothing.
fn key(frame: &Frame<'_>) -> String {
    let way = if frame.outward { ">" } else { "<" };
    let idle = matches!(frame.kind, "notice" | "reply" | "repeat" | "message");
    match frame.rule.filter(|_| idle) {
        Some(rule) => format!("{way}{rule}"),
        None => format!("{way}{}", frame.text),
    }
}
