//! The table of candidates: a row each, which opens in place.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::candidate;
use webrtc_steps_core::io::{Fate, Side};
use webrtc_steps_core::pairs::End;
use webrtc_steps_core::sdp;
use webrtc_steps_core::signal::Candidate;

/// Candidates shown of one attempt.
const MOST_ROWS: usize = 200;

/// A candidate, its row, and where it stands in its side's count.
struct Row {
    side: Side,
    index: usize,
    candidate: Candidate,
    row: Element,
    fate: Fate,
    /// What is open below it.
    open: Option<Element>,
}

/// All rows.
pub(super) struct Rows {
    words: Words,
    list: Element,
    template: Template,
    opened: Template,
    field: Template,
    rows: Vec<Row>,
    left: usize,
}

impl Rows {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        let parts = ["node", "whose", "type", "address", "port", "fate"];
        let opened = ["means", "parts", "fate-means", "section", "text"];
        Self {
            words: panel.words.clone(),
            list: panel.part("rows"),
            template: panel.template("row", &parts),
            opened: panel.template("opened-row", &opened),
            field: panel.template("field", &["name", "value", "means"]),
            rows: Vec::new(),
            left: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        dom::say(&self.list, "");
        self.rows.clear();
        self.left = 0;
    }

    /// Adds a candidate; tells how many there are beyond those that are listed.
    pub(super) fn add(
        &mut self,
        side: Side,
        index: usize,
        candidate: &Candidate,
        shape: &str,
    ) -> usize {
        if self.rows.len() >= MOST_ROWS {
            self.left += 1;
            return self.left;
        }
        if let Some(row) = self.stamp(side, index, candidate, shape) {
            dom::append(&self.list, &row);
            self.rows.push(Row {
                side,
                index,
                candidate: candidate.clone(),
                row,
                fate: Fate::Kept,
                open: None,
            });
            self.fate(side, index, Fate::Kept);
        }
        self.left
    }

    fn stamp(
        &self,
        side: Side,
        index: usize,
        candidate: &Candidate,
        shape: &str,
    ) -> Option<Element> {
        let row = self.template.stamp()?;
        let whose = match side {
            Side::Mine => self.words.text("cand.mine"),
            Side::Theirs => self.words.text("cand.theirs"),
        };
        dom::mark(&row, "data-at", &place(side, index));
        dom::dress(&row, "node", &["node mini", shape]);
        dom::mark(&row, "class", shape);
        let text = &candidate.candidate;
        match candidate::parse(text) {
            Some(parsed) => {
                let kind = [parsed.kind, " ", &parsed.protocol.to_ascii_lowercase()].concat();
                let address = sdp::short_address(parsed.address);
                dom::fill(
                    &row,
                    &[
                        ("type", &kind),
                        ("address", &address),
                        ("port", parsed.port),
                    ],
                );
            }
            None => dom::fill(&row, &[("address", text)]),
        }
        dom::fill(&row, &[("whose", &whose)]);
        Some(row)
    }

    /// What became of a candidate.
    pub(super) fn fate(&mut self, side: Side, index: usize, fate: Fate) {
        let mut rows = self.rows.iter_mut();
        let Some(row) = rows.find(|row| row.side == side && row.index == index) else {
            return;
        };
        row.fate = fate;
        let (name, word, means) = fate_words(fate, side);
        dom::mark(&row.row, "data-fate", name);
        dom::fill(&row.row, &[("fate", &self.words.text(word))]);
        if let Some(open) = &row.open {
            dom::fill(open, &[("fate-means", &self.words.text(means))]);
        }
    }

    /// Opens or folds a row, by the button in it.
    pub(super) fn toggle(&mut self, button: &Element) {
        let item = button.closest("tr").ok().flatten();
        let at = self
            .rows
            .iter()
            .position(|row| Some(&row.row) == item.as_ref());
        let Some(row) = at.and_then(|at| self.rows.get(at)) else {
            return;
        };
        let open = match &row.open {
            Some(open) => {
                open.remove();
                None
            }
            None => self.open(row),
        };
        dom::mark(
            button,
            "aria-expanded",
            if open.is_some() { "true" } else { "false" },
        );
        if let Some(row) = at.and_then(|at| self.rows.get_mut(at)) {
            row.open = open;
        }
    }

    fn open(&self, row: &Row) -> Option<Element> {
        let open = self.opened.stamp()?;
        let text = &row.candidate.candidate;
        let parsed = candidate::parse(text);
        let means = match &parsed {
            Some(parsed) => self.words.say(&parsed.means()),
            None => self.words.text("cand.odd"),
        };
        let (.., fate) = fate_words(row.fate, row.side);
        dom::fill(
            &open,
            &[
                ("means", &means),
                ("fate-means", &self.words.text(fate)),
                ("text", text),
            ],
        );
        if let Some(section) = dom::part(&open, "section") {
            let mid = row.candidate.sdp_mid.as_deref();
            let said = mid.map(|mid| self.words.with("cand.section", &[("mid", &mid)]));
            dom::say_or_hide(&section, &said.unwrap_or_default());
        }
        self.explain(&open, parsed.as_ref());
        row.row.after_with_node_1(&open).ok()?;
        Some(open)
    }

    /// Writes each field with what it means.
    fn explain(&self, open: &Element, parsed: Option<&candidate::Parsed<'_>>) {
        let Some(list) = dom::part(open, "parts") else {
            return;
        };
        for field in parsed.iter().flat_map(|parsed| parsed.fields()) {
            let Some(made) = self.field.stamp() else {
                return;
            };
            let means = self.words.say(&field.says);
            let parts = [
                ("name", field.name),
                ("value", field.value),
                ("means", &means),
            ];
            dom::fill(&made, &parts);
            dom::append(&list, &made);
        }
        dom::show(&list, parsed.is_some());
    }

    /// The candidate that is an end of a pair: its place and its address. Where the browser hides the address, the port tells.
    pub(super) fn known(&self, side: Side, end: &End) -> Option<(String, String)> {
        self.rows.iter().find_map(|row| {
            let parsed = candidate::parse(&row.candidate.candidate)?;
            let fits = row.side == side
                && (parsed.address == end.address || end.address.is_empty())
                && parsed.protocol.eq_ignore_ascii_case(&end.protocol)
                // An active TCP candidate takes its port only when it calls.
                && (parsed.port == end.port || parsed.tcp_type == Some("active"));
            fits.then(|| (place(side, row.index), parsed.address.to_owned()))
        })
    }
}

fn place(side: Side, index: usize) -> String {
    match side {
        Side::Mine => format!("candidate-mine-{index}"),
        Side::Theirs => format!("candidate-theirs-{index}"),
    }
}

/// The mark, the word and the meaning of what became of a candidate.
fn fate_words(fate: Fate, side: Side) -> (&'static str, &'static str, &'static str) {
    match (fate, side) {
        (Fate::Kept, Side::Mine) => ("kept", "cand.fate.kept", "cand.fate-means.kept"),
        (Fate::Kept, Side::Theirs) => ("kept", "cand.fate.early", "cand.fate-means.early"),
        (Fate::Used, Side::Mine) => ("used", "cand.fate.sent", "cand.fate-means.sent"),
        (Fate::Used, Side::Theirs) => ("used", "cand.fate.added", "cand.fate-means.added"),
        (Fate::Dropped, _) => ("dropped", "cand.fate.dropped", "cand.fate-means.dropped"),
        (Fate::Selected, _) => ("selected", "cand.fate.selected", "cand.fate-means.selected"),
    }
}
