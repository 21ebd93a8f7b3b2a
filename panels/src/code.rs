//! The code behind the run: each step in JavaScript and Rust, also in the step's own card, and the whole program.

mod draw;
mod give;

use std::cell::RefCell;
use std::collections::BTreeSet;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::code::{Changed, Run};
use webrtc_steps_core::io::{Event, Millis};
use webrtc_steps_core::step::STEPS;
use webrtc_steps_core::words::Message;

use crate::desk::Desk;
use crate::panel::{Act, Panel};
use draw::Places;

/// The panel.
pub(crate) struct Code {
    desk: Desk,
    run: Run,
    /// Where the code of each step stands: its card, and its row in the panel once it ran.
    cards: Vec<Option<Places>>,
    rows: Vec<Option<Element>>,
    stale: BTreeSet<u8>,
    /// The program that is shown is not that of the run as it is.
    old: bool,
    begun: Option<Millis>,
    body: Element,
    count: Element,
    none: Element,
    list: Element,
    row: Template,
    value: Template,
    program: give::Parts,
}

impl Code {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("code.html"));
        let panel = build.within("[data-at=code]");
        let made = Self {
            desk: desk.clone(),
            run: Run::default(),
            cards: STEPS
                .iter()
                .map(|step| Places::of_card(desk, step.number))
                .collect(),
            rows: vec![None; STEPS.len()],
            stale: STEPS.iter().map(|step| step.number).collect(),
            old: true,
            begun: None,
            body: panel.part("folds"),
            count: panel.part("count"),
            none: panel.part("none"),
            list: panel.part("list"),
            row: panel.template("step", &["node", "title", "at", "js", "rust"]),
            value: panel.template("value", &[]),
            program: give::Parts::new(&panel),
        };
        missing.take().map_or(Ok(made), Err)
    }

    fn words(&self) -> impl Fn(&Message) -> String + use<> {
        let words: Words = self.desk.words.clone();
        move |message: &Message| words.say(message)
    }

    /// The program of the run as it is, if somebody sees it.
    fn refresh(&mut self) {
        if self.old && !self.body.has_attribute("hidden") {
            self.old = false;
            let program = self.run.program(&give::answers(&self.desk), &self.words());
            self.program.show(program, &self.desk.words);
        }
    }
}

impl Panel for Code {
    fn apply(&mut self, event: &Event) {
        match self.run.apply(event) {
            Changed::Nothing => return,
            Changed::Step(step) => {
                self.stale.insert(step);
            }
            Changed::All => self.stale.extend(STEPS.iter().map(|step| step.number)),
            Changed::Begun => {
                self.begun = Some(event.at);
                self.stale.extend(STEPS.iter().map(|step| step.number));
            }
        }
        self.old = true;
    }

    fn show(&mut self, _record: &[Event]) {
        for step in std::mem::take(&mut self.stale) {
            self.draw(step);
        }
        self.refresh();
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        if act.kind != "click" {
            return;
        }
        self.refresh();
        match act.name.as_str() {
            "code-copy" => self.program.copy(&self.desk.words),
            "code-page" => self.program.download(&act.control, true),
            "code-module" => self.program.download(&act.control, false),
            _ => {}
        }
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        for places in self.cards.iter().flatten() {
            dom::show(&places.whole, false);
        }
    }
}
