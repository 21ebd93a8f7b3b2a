//! Every candidate: whose it is, its type and address, and what became of it.

use std::cell::RefCell;
use std::fmt::Display;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::{Event, Fate, Role, Side, What};
use webrtc_steps_core::sdp;

use crate::desk::Desk;
use crate::panel::Panel;

/// Candidates shown of one attempt; the table says when there are more.
const MOST_ROWS: usize = 200;

/// A candidate's row and where it stands in its side's count.
struct Row {
    side: Side,
    index: usize,
    row: Element,
    fate: Element,
}

/// The table.
pub(crate) struct Candidates {
    words: Words,
    list: Element,
    count: Element,
    pair: Element,
    foot: Element,
    template: Template,
    rows: Vec<Row>,
    counts: [usize; 2],
    local_names: bool,
    role: Option<Role>,
}

impl Candidates {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("candidates.html"));
        let panel = build.within("[data-at=candidates]");
        let made = Self {
            words: desk.words.clone(),
            list: panel.part("rows"),
            count: panel.part("count"),
            pair: panel.part("pair"),
            foot: panel.part("foot"),
            template: panel.template("row", &["node", "whose", "type", "address", "port", "fate"]),
            rows: Vec::new(),
            counts: [0, 0],
            local_names: false,
            role: None,
        };
        missing.take().map_or(Ok(made), Err)
    }

    fn clear(&mut self) {
        dom::say(&self.list, "");
        dom::say(&self.count, "");
        dom::say_or_hide(&self.pair, "");
        self.rows.clear();
        self.counts = [0, 0];
        self.local_names = false;
        self.explain();
    }

    fn known(&mut self, side: Side, index: usize, candidate: &str) {
        let [mine, theirs] = &mut self.counts;
        *(if side == Side::Mine { mine } else { theirs }) += 1;
        let args: [(&str, &dyn Display); 2] =
            [("mine", &self.counts[0]), ("theirs", &self.counts[1])];
        dom::say(&self.count, &self.words.with("cand.count", &args));
        self.local_names |= candidate.contains(".local ");
        self.explain();
        if self.rows.len() < MOST_ROWS
            && let Some(row) = self.row(side, index, candidate)
        {
            dom::append(&self.list, &row.row);
            self.rows.push(row);
            self.fate(side, index, Fate::Kept);
        }
    }

    fn row(&self, side: Side, index: usize, candidate: &str) -> Option<Row> {
        let row = self.template.stamp()?;
        let offers = self.role != Some(Role::Answerer);
        let shape = if (side == Side::Mine) == offers {
            "of"
        } else {
            "an"
        };
        dom::dress(&row, "node", &["node mini", shape]);
        let whose = if side == Side::Mine {
            "cand.mine"
        } else {
            "cand.theirs"
        };
        dom::fill(&row, &[("whose", &self.words.text(whose))]);
        if let Some(parts) = sdp::parts(candidate) {
            let kind = [parts.kind, " ", &parts.protocol.to_ascii_lowercase()].concat();
            let address = sdp::short_address(parts.address);
            dom::fill(
                &row,
                &[("type", &kind), ("address", &address), ("port", parts.port)],
            );
        }
        dom::mark(&dom::part(&row, "address")?, "title", candidate);
        let fate = dom::part(&row, "fate")?;
        Some(Row {
            side,
            index,
            fate,
            row,
        })
    }

    fn fate(&self, side: Side, index: usize, fate: Fate) {
        let Some(row) = self
            .rows
            .iter()
            .find(|row| row.side == side && row.index == index)
        else {
            return;
        };
        let (name, id) = match (fate, side) {
            (Fate::Kept, Side::Mine) => ("kept", "cand.fate.kept"),
            (Fate::Kept, Side::Theirs) => ("kept", "cand.fate.early"),
            (Fate::Used, Side::Mine) => ("used", "cand.fate.sent"),
            (Fate::Used, Side::Theirs) => ("used", "cand.fate.added"),
            (Fate::Dropped, _) => ("dropped", "cand.fate.dropped"),
            (Fate::Selected, _) => ("selected", "cand.fate.selected"),
        };
        dom::mark(&row.row, "data-fate", name);
        dom::say(&row.fate, &self.words.text(id));
    }

    fn explain(&self) {
        let id = match (self.counts, self.local_names) {
            ([0, 0], _) => "cand.none",
            (_, true) => "cand.local",
            _ => "cand.about",
        };
        dom::say(&self.foot, &self.words.text(id));
    }
}

impl Panel for Candidates {
    fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Role { role, .. } => self.role = *role,
            What::AttemptBegan | What::Joining { .. } => self.clear(),
            What::Candidate {
                side,
                index,
                candidate,
            } => self.known(*side, *index, &candidate.candidate),
            What::CandidateFate { side, index, fate } => self.fate(*side, *index, *fate),
            What::SelectedPair { local, remote } => {
                let args: [(&str, &dyn Display); 2] = [
                    ("local", &sdp::route(local)),
                    ("remote", &sdp::route(remote)),
                ];
                dom::say_or_hide(&self.pair, &self.words.with("cand.pair", &args));
            }
            _ => {}
        }
    }
}
