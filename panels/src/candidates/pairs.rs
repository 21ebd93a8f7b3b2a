//! The pairs as the browser's statistics tell them, the selected one first.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::Side;
use webrtc_steps_core::pairs::{self, End, Pair};
use webrtc_steps_core::sdp;

use super::rows::Rows;

/// Pairs shown; with two dozen candidates on each side there are hundreds.
const MOST_PAIRS: usize = 40;

/// The list of pairs.
pub(super) struct PairList {
    words: Words,
    list: Element,
    count: Element,
    means: Element,
    none: Element,
    switch: Element,
    row: Template,
    plain: Template,
    lead: Template,
    pairs: Vec<Pair>,
    /// Statistics were read at least once in this attempt.
    was_read: bool,
    changed: bool,
}

impl PairList {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        let parts = [
            "local-node",
            "local",
            "state",
            "remote-node",
            "remote",
            "time",
            "facts",
        ];
        Self {
            words: panel.words.clone(),
            list: panel.part("pairs"),
            count: panel.part("pairs-count"),
            means: panel.part("pair"),
            none: panel.part("pairs-none"),
            switch: panel.part("statistics"),
            row: panel.template("pair-row", &parts),
            plain: panel.template("end", &[]),
            lead: panel.template("end-known", &[]),
            pairs: Vec::new(),
            was_read: false,
            changed: false,
        }
    }

    pub(super) fn clear(&mut self) {
        self.pairs.clear();
        (self.was_read, self.changed) = (false, true);
        dom::say_or_hide(&self.means, "");
    }

    /// The statistics came.
    pub(super) fn read(&mut self, text: &str) {
        let pairs = pairs::read(text);
        self.changed |= !self.was_read || pairs != self.pairs;
        self.was_read = true;
        self.pairs = pairs;
    }

    /// The pair that is used became known without the statistics.
    pub(super) fn selected(&self, local: &str, remote: &str) {
        if !self.was_read {
            let (local, remote) = (sdp::route(local), sdp::route(remote));
            let says = self
                .words
                .with("cand.pair", &[("local", &local), ("remote", &remote)]);
            dom::say_or_hide(&self.means, &says);
        }
    }

    /// Whether the statistics are read.
    pub(super) fn reading(&self, on: bool) {
        dom::mark(
            &self.switch,
            "aria-checked",
            if on { "true" } else { "false" },
        );
    }

    /// Draws what changed; tells the kinds of all ends, which may be new.
    pub(super) fn draw(&mut self, rows: &Rows, shapes: [&str; 2]) -> Vec<String> {
        if !self.changed {
            return Vec::new();
        }
        self.changed = false;
        let selected = self.pairs.iter().filter(|pair| pair.selected).count();
        let count = match self.pairs.len() {
            0 => String::new(),
            count => self
                .words
                .with("pair.count", &[("count", &count), ("selected", &selected)]),
        };
        dom::say(&self.count, &count);
        let none = match (self.pairs.is_empty(), self.was_read) {
            (false, _) => String::new(),
            (true, true) => self.words.text("pair.none-read"),
            (true, false) => self.words.text("pair.none"),
        };
        dom::say_or_hide(&self.none, &none);
        if let Some(pair) = self.pairs.iter().find(|pair| pair.selected) {
            dom::say_or_hide(&self.means, &self.words.say(&pair.means()));
        }
        dom::say(&self.list, "");
        for pair in self.pairs.iter().take(MOST_PAIRS) {
            self.put(pair, rows, shapes);
        }
        let ends = self
            .pairs
            .iter()
            .flat_map(|pair| [&pair.local, &pair.remote]);
        ends.map(|end| end.kind.clone()).collect()
    }

    fn put(&self, pair: &Pair, rows: &Rows, [mine, theirs]: [&str; 2]) {
        let Some(row) = self.row.stamp() else { return };
        dom::mark(&row, "data-state", &pair.state);
        if pair.selected {
            dom::class(&row, "selected");
        }
        dom::dress(&row, "local-node", &["node mini", mine]);
        dom::dress(&row, "remote-node", &["node mini", theirs]);
        self.end(
            &row,
            "local",
            rows.known(Side::Mine, &pair.local),
            &pair.local,
        );
        self.end(
            &row,
            "remote",
            rows.known(Side::Theirs, &pair.remote),
            &pair.remote,
        );
        let state = match pair.selected {
            true => self.words.text("pair.selected"),
            false => pair.state.clone(),
        };
        let parts = [
            ("state", state),
            ("time", self.time(pair)),
            ("facts", self.facts(pair)),
        ];
        for (name, text) in &parts {
            dom::fill(&row, &[(name, text)]);
        }
        dom::append(&self.list, &row);
    }

    /// One end: where its candidate is known, it leads there.
    fn end(&self, row: &Element, name: &str, known: Option<(String, String)>, end: &End) {
        let template = if known.is_some() {
            &self.lead
        } else {
            &self.plain
        };
        let (Some(made), Some(holder)) = (template.stamp(), dom::part(row, name)) else {
            return;
        };
        let (place, address) = known.unwrap_or_default();
        if !place.is_empty() {
            dom::mark(&made, "data-goes", &place);
        }
        dom::say(&made, &self.route(end, &address));
        dom::append(&holder, &made);
    }

    /// Type, protocol, address and port; `known` is the address of its candidate, for a browser that hides it here.
    fn route(&self, end: &End, known: &str) -> String {
        let address = match (end.address.as_str(), known) {
            ("", "") => self.words.text("pair.hidden"),
            ("", known) => sdp::short_address(known),
            (address, _) => sdp::short_address(address),
        };
        let route = format!("{} {} {address}:{}", end.kind, end.protocol, end.port);
        match end.kind.as_str() {
            "prflx" => [&route, ", ", &self.words.text("pair.learnt")].concat(),
            _ => route,
        }
    }

    fn time(&self, pair: &Pair) -> String {
        match pair.round_trip {
            Some(ms) if ms < 1.0 && pair.state == "succeeded" => self.words.text("pair.under-1"),
            Some(ms) if ms >= 1.0 => self.words.with("pair.round-trip", &[("ms", &ms.round())]),
            _ => self.words.text("pair.round-trip-none"),
        }
    }

    fn facts(&self, pair: &Pair) -> String {
        let bytes = match (pair.bytes_sent, pair.bytes_received) {
            (Some(sent), Some(received)) => {
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("sent", &sent), ("received", &received)];
                self.words.with("pair.bytes", &args)
            }
            _ => self.words.text("pair.bytes-unknown"),
        };
        let state = match pair.nominated {
            Some(true) => [
                &self.words.say(&pair.state_says()),
                " ",
                &self.words.text("pair.nominated"),
            ]
            .concat(),
            _ => self.words.say(&pair.state_says()),
        };
        let checks = self.words.say(&pair.checks_say());
        let came = self.words.say(&pair.came_says());
        [state, checks, came, bytes].join(" ")
    }
}
