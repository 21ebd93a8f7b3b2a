//! One frame's row: the sentence about it, and what its controls do.

use web_sys::Element;
use webrtc_steps_core::io::Near;

use super::desk::Desk;
use super::{json, panel};
use crate::views::{dom, seen};
use crate::words::Words;

/// Why no message fitted, in a sentence. `document` is the one whose rules were tried.
pub(super) fn nearest(words: &Words, near: &Near, document: &str) -> String {
    let at = place(words, near);
    match near.rule {
        Some(rule) => words.with(
            "bench.nearest",
            &[
                ("rule", &named(words, document, rule)),
                ("at", &at),
                ("why", &near.why),
            ],
        ),
        None => words.with("bench.fits-none", &[("why", &near.why)]),
    }
}

/// That of a list nothing fitted, in a sentence.
pub(super) fn skipped(words: &Words, near: &Near) -> String {
    words.with(
        "bench.skipped",
        &[("at", &place(words, near)), ("why", &near.why)],
    )
}

/// Where in the frame it failed.
pub(super) fn place(words: &Words, near: &Near) -> String {
    if near.pointer.is_empty() {
        words.text("bench.whole")
    } else {
        near.pointer.clone()
    }
}

/// A rule's place: in the document itself, or in the dialect that it extends.
pub(super) fn named(words: &Words, document: &str, rule: usize) -> String {
    let pointer = |rule: usize| format!("/messages/{rule}");
    match rule.checked_sub(own_rules(document)) {
        Some(behind) if json::find(document, &["extends"]).is_some() => {
            words.with("bench.rule-inherited", &[("rule", &pointer(behind))])
        }
        _ => pointer(rule),
    }
}

/// A rule's text as the document has it; none where it belongs to a dialect that the document extends.
pub(super) fn rule_text(document: &str, rule: usize) -> Option<String> {
    json::value(document, &["messages", &rule.to_string()]).map(str::to_owned)
}

/// How many rules are the document's own.
pub(super) fn own_rules(document: &str) -> usize {
    json::find(document, &["messages"])
        .map_or(0, |messages| json::children(document, &messages).len())
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
pub(super) fn unfold(control: &Element) {
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
