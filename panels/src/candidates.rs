//! Every candidate with what became of it and what each of its fields means, and the pairs that the browser makes of them.

mod pairs;
mod rows;

use std::cell::RefCell;
use std::fmt::Display;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::candidate::{self, AddressKind};
use webrtc_steps_core::command::Switch;
use webrtc_steps_core::io::{Event, Role, Side, What};

use self::pairs::PairList;
use self::rows::Rows;
use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// A kind of candidate that is explained once it appears, with the words for it.
const SEEN: [(&str, &str); 6] = [
    ("mdns", "cand.seen.mdns"),
    ("host", "cand.seen.host"),
    ("srflx", "cand.seen.srflx"),
    ("prflx", "cand.seen.prflx"),
    ("relay", "cand.seen.relay"),
    ("tcp", "cand.seen.tcp"),
];

/// The panel.
pub(crate) struct Candidates {
    desk: Desk,
    count: Element,
    more: Element,
    foot: Element,
    note: Template,
    rows: Rows,
    pairs: PairList,
    counts: [usize; 2],
    seen: Vec<&'static str>,
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
            desk: desk.clone(),
            count: panel.part("count"),
            more: panel.part("more"),
            foot: panel.part("foot"),
            note: panel.template("note", &[]),
            rows: Rows::new(&panel),
            pairs: PairList::new(&panel),
            counts: [0, 0],
            seen: Vec::new(),
            role: None,
        };
        made.explain();
        missing.take().map_or(Ok(made), Err)
    }

    fn words(&self) -> &Words {
        &self.desk.words
    }

    fn clear(&mut self) {
        dom::say(&self.count, "");
        dom::say_or_hide(&self.more, "");
        self.rows.clear();
        self.pairs.clear();
        self.counts = [0, 0];
        self.seen.clear();
        self.explain();
    }

    /// The shape that stands for a side: the offerer's or the answerer's.
    fn shape(&self, side: Side) -> &'static str {
        let offers = self.role != Some(Role::Answerer);
        if (side == Side::Mine) == offers {
            "of"
        } else {
            "an"
        }
    }

    fn known(
        &mut self,
        side: Side,
        index: usize,
        candidate: &webrtc_steps_core::signal::Candidate,
    ) {
        let [mine, theirs] = &mut self.counts;
        *(if side == Side::Mine { mine } else { theirs }) += 1;
        let [mine, theirs] = self.counts;
        let args: [(&str, &dyn Display); 2] = [("mine", &mine), ("theirs", &theirs)];
        dom::say(&self.count, &self.words().with("cand.count", &args));
        if let Some(parsed) = candidate::parse(&candidate.candidate) {
            let mdns = AddressKind::of(parsed.address) == AddressKind::Mdns;
            self.see(parsed.kind);
            self.see(if mdns { "mdns" } else { "" });
            self.see(if parsed.is_tcp() { "tcp" } else { "" });
        }
        let shape = self.shape(side);
        let left = self.rows.add(side, index, candidate, shape);
        if left > 0 {
            let more = self.words().with("cand.more", &[("count", &left)]);
            dom::say_or_hide(&self.more, &more);
        }
    }

    /// Remembers a kind of candidate, and explains it from now on.
    fn see(&mut self, kind: &str) {
        let known = SEEN.iter().find(|(name, _)| *name == kind);
        if let Some((name, _)) = known.filter(|(name, _)| !self.seen.contains(name)) {
            self.seen.push(name);
            self.explain();
        }
    }

    fn explain(&self) {
        dom::say(&self.foot, "");
        let seen = SEEN.iter().filter(|(name, _)| self.seen.contains(name));
        let ids: Vec<&str> = seen.map(|(_, id)| *id).collect();
        let ids = if ids.is_empty() {
            vec!["cand.none"]
        } else {
            ids
        };
        for id in ids {
            if let Some(note) = self.note.stamp() {
                dom::say(&note, &self.words().text(id));
                dom::append(&self.foot, &note);
            }
        }
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
            } => self.known(*side, *index, candidate),
            What::CandidateFate { side, index, fate } => self.rows.fate(*side, *index, *fate),
            What::SelectedPair { local, remote } => self.pairs.selected(local, remote),
            What::Stats { text } => self.pairs.read(text),
            What::Option { option, on } if *option == Switch::Statistics.name() => {
                self.pairs.reading(*on);
            }
            _ => {}
        }
    }

    fn show(&mut self, _record: &[Event]) {
        let shapes = [self.shape(Side::Mine), self.shape(Side::Theirs)];
        for kind in self.pairs.draw(&self.rows, shapes) {
            self.see(&kind);
        }
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "candidate") => self.rows.toggle(&act.control),
            ("click", "statistics") => {
                let on = act.attribute("aria-checked") == "true";
                let value = if on { "off" } else { "on" };
                self.desk.run(Switch::Statistics.name(), value);
            }
            _ => {}
        }
    }
}
