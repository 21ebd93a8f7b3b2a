//! Faults on purpose: what happens to signals of each direction, what holds, what was hit, and the switches beside.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use webrtc_steps::views::control::Control;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::command::{Disorder, Disturbance, Plain, Switch};
use webrtc_steps_core::io::{Event, Millis, Side, What};

use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// Hits that are listed; older ones are counted.
const MOST_HITS: u32 = 30;
/// The kinds of signals that have words.
const KINDS: [&str; 3] = ["offer", "answer", "candidate"];

/// The panel.
pub(crate) struct Faults {
    desk: Desk,
    panel: Element,
    controls: [Control; 4],
    hold: Template,
    hit: Template,
    /// The number of the newest event in the record, from 1.
    number: usize,
    began: Option<Millis>,
    older: u32,
}

impl Faults {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("faults.html"));
        let panel = build.within("[data-at=faults]");
        let control = |plain: Plain| panel.control(plain.name());
        for name in ["count", "ms-field", "holds", "holds-rows", "holds-none"] {
            panel.part(name);
        }
        for name in ["hits", "hits-none", "hits-older", "by-hand"] {
            panel.part(name);
        }
        let made = Self {
            desk: desk.clone(),
            controls: [
                control(Plain::CloseLink),
                control(Plain::AddCandidates),
                control(Plain::AddTrack),
                control(Plain::Renegotiate),
            ],
            hold: panel.template("hold", &["side", "signal", "disorder", "times", "remove"]),
            hit: panel.template("hit", &["time", "what", "look"]),
            panel: panel.place.clone(),
            number: 0,
            began: None,
            older: 0,
        };
        missing.take().map_or(Ok(made), Err)
    }

    /// What holds now.
    fn list(&self, all: &[Disturbance]) {
        let words = &self.desk.words;
        self.reveal("holds", !all.is_empty());
        self.reveal("holds-none", all.is_empty());
        let count = if all.is_empty() {
            String::new()
        } else {
            all.len().to_string()
        };
        dom::fill(&self.panel, &[("count", &count), ("holds-rows", "")]);
        let Some(rows) = dom::part(&self.panel, "holds-rows") else {
            return;
        };
        for (held, row) in all
            .iter()
            .filter_map(|held| Some((held, self.hold.stamp()?)))
        {
            let side = words.text(&format!("faults.way.{}", side_word(held.side)));
            let signal = signal_words(words, &held.kind);
            let disorder = disorder_words(words, held.disorder);
            let times = match held.times {
                None => words.text("faults.times.always"),
                Some(1) => words.text("faults.times.once"),
                Some(count) => words.with("faults.holds.left", &[("count", &count)]),
            };
            let what = [side.as_str(), &signal, &disorder].join(" ");
            dom::fill(
                &row,
                &[
                    ("side", &side),
                    ("signal", &signal),
                    ("disorder", &disorder),
                    ("times", &times),
                ],
            );
            if let Some(remove) = dom::part(&row, "remove") {
                let label = words.with("faults.remove.label", &[("what", &what)]);
                dom::mark(&remove, "data-side", side_word(held.side));
                dom::mark(&remove, "data-signal", &held.kind);
                dom::mark(&remove, "aria-label", &label);
            }
            dom::append(&rows, &row);
        }
    }

    /// A fault happened to a signal.
    fn hit(&mut self, at: Millis, side: Side, disorder: &str, kind: &str) {
        let words = &self.desk.words;
        let (Some(list), Some(row)) = (dom::part(&self.panel, "hits"), self.hit.stamp()) else {
            return;
        };
        let what = words.with(
            "faults.hits.row",
            &[
                (
                    "side",
                    &words.text(&format!("faults.way.{}", side_word(side))),
                ),
                ("signal", &signal_words(words, kind)),
                (
                    "disorder",
                    &words.text(&format!("faults.disorder.{disorder}")),
                ),
            ],
        );
        let seconds = (at - self.began.unwrap_or(at)) / 1000.0;
        let time = words.with("faults.hits.time", &[("seconds", &format!("{seconds:.3}"))]);
        dom::fill(&row, &[("time", &time), ("what", &what)]);
        dom::mark(&row, "data-disturbed", disorder);
        if let Some(look) = dom::part(&row, "look") {
            dom::mark(&look, "data-goes", &format!("event-{}", self.number));
        }
        dom::append(&list, &row);
        self.older += dom::trim(&list, MOST_HITS);
        self.reveal("hits-none", false);
        if self.older > 0 {
            let older = words.with("faults.hits.older", &[("count", &self.older)]);
            dom::fill(&self.panel, &[("hits-older", &older)]);
            self.reveal("hits-older", true);
        }
    }

    fn reveal(&self, part: &str, shown: bool) {
        if let Some(part) = dom::part(&self.panel, part) {
            dom::show(&part, shown);
        }
    }

    fn switched(&self, option: &str, on: bool) {
        let selector = format!("[data-switch={option}]");
        if let Some(switch) = dom::find_as::<HtmlInputElement>(&self.panel, &selector) {
            switch.set_checked(on);
        }
        if option == Switch::AddByHand.name() {
            self.reveal("by-hand", on);
        }
    }

    /// The value of a field of the form.
    fn field(&self, name: &str) -> String {
        let field = dom::find(&self.panel, &format!("form [name={name}]"));
        let Some(field) = field else {
            return String::new();
        };
        match field.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.value(),
            None => field
                .dyn_into::<HtmlInputElement>()
                .map_or_else(|_| String::new(), |input| input.value()),
        }
    }

    /// Gives the fault that the form describes.
    fn disturb(&self) {
        let disorder = self.field("disorder");
        let ms = self.field("ms").parse::<u32>().ok();
        let ms = ms.filter(|_| disorder == "delay");
        let times = self.field("times").parse::<u32>().ok();
        self.give(&serde_json::json!({
            "side": self.field("side"),
            "signal": self.field("signal"),
            "disorder": disorder,
            "ms": ms,
            "times": times,
        }));
    }

    fn give(&self, disturbance: &serde_json::Value) {
        self.desk.run("disturb", &disturbance.to_string());
    }
}

impl Panel for Faults {
    fn apply(&mut self, event: &Event) {
        self.number += 1;
        match &event.what {
            What::Control { .. } => {
                for control in &self.controls {
                    control.apply(event, &self.desk.words);
                }
            }
            What::Joining { .. } => self.began = self.began.or(Some(event.at)),
            What::Option { option, on } => self.switched(option, *on),
            What::Disturbances(all) => self.list(all),
            What::Disturbed {
                side,
                disorder,
                kind,
                ..
            } => self.hit(event.at, *side, disorder, kind),
            _ => {}
        }
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("submit", "disturb") => self.disturb(),
            ("change", "disturb") => self.reveal("ms-field", self.field("disorder") == "delay"),
            ("click", "undisturb") => self.give(&serde_json::json!({
                "side": act.attribute("data-side"),
                "signal": act.attribute("data-signal"),
                "disorder": null,
            })),
            ("change", "switch") => {
                let option = act.attribute("data-switch");
                let on = act
                    .control
                    .dyn_ref::<HtmlInputElement>()
                    .is_some_and(HtmlInputElement::checked);
                if Switch::from_name(&option).is_some() {
                    self.desk.run(&option, if on { "on" } else { "off" });
                }
            }
            _ => {}
        }
    }
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
    }
}

/// A kind of signal in words; one without words as it is.
fn signal_words(words: &Words, kind: &str) -> String {
    match kind {
        "" => words.text("faults.signal.every"),
        kind if KINDS.contains(&kind) => words.text(&format!("faults.signal.{kind}")),
        kind => kind.to_owned(),
    }
}

fn disorder_words(words: &Words, disorder: Option<Disorder>) -> String {
    let Some(disorder) = disorder else {
        return String::new();
    };
    let said = words.text(&format!("faults.disorder.{}", disorder.word()));
    match disorder {
        Disorder::Delay(ms) => words.with("faults.holds.ms", &[("disorder", &said), ("ms", &ms)]),
        _ => said,
    }
}
