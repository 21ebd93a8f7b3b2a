//! The card's nodes, and how a diagnosis is written into them.

use std::cell::RefCell;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::diagnosis::{Also, Diagnosis, Judged, Owner};
use webrtc_steps_core::io::Millis;
use webrtc_steps_core::step::{Actor, STEPS};

use super::{Known, duration};

/// The stamped card.
pub(super) struct Card {
    words: Words,
    root: Element,
    said: Element,
    facts: Element,
    more: Element,
    fact: Template,
    other: Template,
    /// Says that the card is there to who has scrolled past it. A reader's program is told by `said`.
    past: Element,
    /// What is shown: of the first its row and sentences, of the others their rows.
    shown: Option<(Diagnosis, Vec<&'static str>)>,
}

impl Card {
    pub(super) fn new(words: &Words, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, words, &missing);
        build.stamp(include_str!("../diagnosis.html"));
        let root = build.part("diagnosis");
        let card = Self {
            words: words.clone(),
            said: build.part("said"),
            facts: build.part("facts"),
            more: build.part("more"),
            fact: build.template("fact", &["sign", "judged", "label", "value"]),
            other: build.template("other", &["title"]),
            past: build.part("past"),
            root,
            shown: None,
        };
        missing.take().map_or(Ok(card), Err)
    }

    /// Whether a node is the card's.
    pub(super) fn holds(&self, node: &Element) -> bool {
        self.root.contains(Some(node))
    }

    /// Scrolls back to the card if this node is the line that says it is there.
    pub(super) fn see(&self, node: &Element) {
        if self.past == *node {
            self.root.scroll_into_view();
        }
    }

    /// The keyboard goes on in the pane of the steps when the card is put away.
    pub(super) fn lead_on(&self) {
        if let Ok(Some(pane)) = self.root.closest("section.do") {
            dom::focus(&pane);
        }
    }

    /// Shows the first, and the others by their titles.
    pub(super) fn show(&mut self, found: &[Diagnosis], now: Millis, known: &Known) {
        let Some((first, others)) = found.split_first() else {
            return self.rest();
        };
        let rows: Vec<&'static str> = others.iter().map(|one| one.row).collect();
        let before = self.shown.as_ref();
        let same = before.is_some_and(|(shown, more)| shown == first && *more == rows);
        let news = before.is_none_or(|(shown, _)| shown.row != first.row);
        if !same {
            self.write(first);
            self.list(others);
            self.shown = Some((first.clone(), rows));
        }
        self.offer(first, known);
        let time = duration(&self.words, now - first.since);
        let tone = first.tone.word();
        let kicker = self
            .words
            .with(&format!("diagnosis.tone.{tone}"), &[("time", &time)]);
        let title = self.words.say(&first.title);
        self.fill("kicker", &kicker);
        dom::say(&self.past, &format!("{kicker}: {title}"));
        dom::show(&self.root, true);
        if news {
            let said = self
                .words
                .with(&format!("diagnosis.said.{tone}"), &[("title", &title)]);
            dom::say(&self.said, &said);
        }
    }

    fn rest(&mut self) {
        if self.shown.take().is_some() {
            dom::show(&self.root, false);
            dom::unmark(&self.root, "data-row");
            dom::unmark(&self.root, "data-explains");
            dom::say(&self.said, "");
        }
    }

    fn write(&self, first: &Diagnosis) {
        dom::mark(&self.root, "data-row", first.row);
        dom::mark(&self.root, "data-tone", first.tone.word());
        dom::mark(&self.root, "data-whose", first.whose.word());
        for (part, message) in [
            ("title", &first.title),
            ("why", &first.why),
            ("advice", &first.advice),
        ] {
            self.fill(part, &self.words.say(message));
        }
        dom::say(&self.facts, "");
        for fact in &first.facts {
            self.judged(fact);
        }
        self.missing(first);
        self.also(first.also.as_ref());
    }

    fn judged(&self, fact: &Judged) {
        let Some(item) = self.fact.stamp() else {
            return;
        };
        let (sign, class, said) = if fact.good {
            ("\u{2713}", "t", "diagnosis.good")
        } else {
            ("\u{2715}", "f", "diagnosis.bad")
        };
        let (label, value) = (self.words.say(&fact.label), self.words.say(&fact.value));
        dom::fill(
            &item,
            &[
                ("sign", sign),
                ("judged", &self.words.text(said)),
                ("label", &label),
                ("value", &value),
            ],
        );
        dom::dress(&item, "sign", &[class]);
        dom::append(&self.facts, &item);
    }

    /// The missing step with its node, or whose it is.
    fn missing(&self, first: &Diagnosis) {
        let words = &self.words;
        let (title, number) = match first.step {
            Some(step) => (words.text(&format!("step.{step}.title")), step.to_string()),
            None => (String::new(), String::new()),
        };
        let whose = match (first.step, first.whose) {
            (None, Owner::Mine) => words.text("diagnosis.whose.page"),
            (None, Owner::Theirs) => words.text("diagnosis.whose.gone"),
            (_, whose) => words.text(&format!("diagnosis.whose.{}", whose.word())),
        };
        let whose = match (first.step, first.whose) {
            (Some(_), Owner::Theirs) => format!("{whose} {}", words.text("diagnosis.wait")),
            _ => whose,
        };
        self.fill("step", &title);
        self.fill("whose", &whose);
        self.fill("node", &number);
        let shape = match first.whose {
            Owner::Endpoint => "en",
            _ => first.step.map_or("no", shape),
        };
        let ring = if first.whose == Owner::Theirs {
            "ring"
        } else {
            ""
        };
        dom::dress(&self.root, "node", &["node", "big", shape, ring]);
        dom::dress(
            &self.root,
            "mend",
            &["go", if shape == "no" { "" } else { shape }],
        );
        self.reveal(
            "node",
            first.step.is_some() || first.whose == Owner::Endpoint,
        );
    }

    /// The ways out: the command that mends it, and the step it is about.
    fn offer(&self, first: &Diagnosis, known: &Known) {
        let words = &self.words;
        let command = first.mend.filter(|command| known.can(command));
        if let Some(command) = command {
            let label = match (command, first.count) {
                ("send-candidates", 0) => words.text("diagnosis.mend.none"),
                ("send-candidates", 1) => words.text("diagnosis.mend.one"),
                _ => words.with(
                    &format!("diagnosis.mend.{command}"),
                    &[("count", &first.count)],
                ),
            };
            self.fill("mend", &label);
            self.mark("mend", "data-mends", command);
        }
        self.reveal("mend", command.is_some());
        if let Some(step) = first.step {
            self.fill("go", &words.with("diagnosis.go", &[("step", &step)]));
            self.mark("go", "data-goes", &format!("step-{step}"));
        }
        self.reveal("go", first.step.is_some());
        if known.is_explained_by(first) {
            dom::mark(&self.root, "data-explains", "");
        } else {
            dom::unmark(&self.root, "data-explains");
        }
    }

    fn also(&self, also: Option<&Also>) {
        self.reveal("also", also.is_some());
        if let Some(also) = also {
            self.fill("also-node", &also.step.to_string());
            self.fill("also-says", &self.words.say(&also.says));
            dom::dress(&self.root, "also-node", &["node", "ring", shape(also.step)]);
        }
    }

    fn list(&self, others: &[Diagnosis]) {
        dom::say(&self.more, "");
        for other in others {
            let Some(item) = self.other.stamp() else {
                return;
            };
            if let Some(button) = dom::part(&item, "title") {
                dom::say(&button, &self.words.say(&other.title));
                dom::mark(&button, "data-row", other.row);
            }
            dom::append(&self.more, &item);
        }
        self.reveal("others", !others.is_empty());
    }

    fn fill(&self, part: &str, text: &str) {
        dom::fill(&self.root, &[(part, text)]);
    }

    fn mark(&self, part: &str, name: &str, value: &str) {
        if let Some(part) = dom::part(&self.root, part) {
            dom::mark(&part, name, value);
        }
    }

    fn reveal(&self, part: &str, shown: bool) {
        if let Some(part) = dom::part(&self.root, part) {
            dom::show(&part, shown);
        }
    }
}

/// The class of the one who takes a step.
fn shape(step: u8) -> &'static str {
    let found = STEPS.iter().find(|row| row.number == step);
    match found.map(|row| row.actor) {
        Some(Actor::Answerer) => "an",
        Some(Actor::Relay) => "en",
        _ => "of",
    }
}
