//! A stage: one line that says who acts and how far it is, and its steps under it.

use std::fmt::Display;

use web_sys::Element;
use webrtc_steps_core::io::Role;
use webrtc_steps_core::step::{Actor, STEPS, Status, Whose};

use super::row::Row;
use super::{acts_here, is_over, shape};
use crate::views::dom::{self, Build};
use crate::words::Words;

/// A stage of the list.
pub(super) struct Stage {
    number: u8,
    actor: Actor,
    head: Element,
    node: Element,
    count: Element,
    steps: Element,
    /// Whether it was last opened or folded by the page; what the user did in between stays.
    open: Option<bool>,
}

/// Stamps all stages and steps into the list.
pub(super) fn build(build: &Build<'_>) -> (Vec<Stage>, Vec<Row>) {
    let list = build.part("stages");
    let stage = build.template("stage", &[]);
    let step = build.template("step", &[]);
    let mut stages: Vec<Stage> = Vec::new();
    let mut rows = Vec::with_capacity(STEPS.len());
    for row in &STEPS {
        if stages.last().is_none_or(|last| last.number != row.stage)
            && let Some(item) = stage.stamp()
        {
            dom::append(&list, &item);
            stages.push(Stage::new(&build.inside(&item), row.stage, row.actor));
        }
        if let (Some(stage), Some(item)) = (stages.last(), step.stamp()) {
            dom::append(&stage.steps, &item);
            rows.push(Row::new(row, &build.inside(&item)));
        }
    }
    for stage in &mut stages {
        stage.refresh(&rows, None, build.words);
    }
    (stages, rows)
}

impl Stage {
    fn new(build: &Build<'_>, number: u8, actor: Actor) -> Self {
        let node = build.part("node");
        dom::class(&node, shape(actor));
        let name = build.words.with("ui.stage", &[("number", &number)]);
        dom::say(&build.part("name"), &name);
        let title = build.words.text(&format!("stage.{number}"));
        dom::say(&build.part("title"), &title);
        Self {
            number,
            actor,
            head: build.part("head"),
            node,
            count: build.part("count"),
            steps: build.part("steps"),
            open: None,
        }
    }

    pub(super) fn holds(&self, step: u8) -> bool {
        STEPS
            .iter()
            .any(|row| row.number == step && row.stage == self.number)
    }

    /// A new attempt begins: what the user folded in the last one no longer counts.
    pub(super) fn forget_choice(&mut self) {
        self.open = None;
    }

    /// Says how far the stage is; opens it while a step of this page is left in it, folds it when all are over.
    pub(super) fn refresh(&mut self, rows: &[Row], role: Option<Role>, words: &Words) {
        let own: Vec<_> = rows.iter().filter(|row| self.holds(row.step)).collect();
        let over = own.iter().filter(|row| is_over(row.status)).count();
        let next = own.iter().any(|row| row.status == Status::Next);
        let left = over < own.len();
        self.tell(over, own.len(), self.actor.whose(role), words);
        let wanted = left && (acts_here(self.actor, role) || next);
        if self.open != Some(wanted) || (next && self.steps.has_attribute("hidden")) {
            self.open = Some(wanted);
            fold(&self.head, &self.steps, !wanted);
        }
    }

    fn tell(&self, over: usize, all: usize, whose: Whose, words: &Words) {
        let args: [(&str, &dyn Display); 2] = [("done", &over), ("all", &all)];
        let id = match whose {
            _ if over == all => "ui.stage.done",
            _ if over > 0 => "ui.stage.some",
            Whose::Mine => "ui.stage.mine",
            Whose::Theirs => "ui.stage.theirs",
            Whose::Relay => "ui.stage.relay",
        };
        dom::say(&self.count, &words.with(id, &args));
        if over == all {
            dom::class(&self.count, "ok");
            dom::unclass(&self.node, "ring");
        } else {
            dom::unclass(&self.count, "ok");
            dom::class(&self.node, "ring");
        }
    }
}

/// Opens or folds a stage's steps.
fn fold(head: &Element, steps: &Element, folded: bool) {
    dom::show(steps, !folded);
    dom::mark(head, "aria-expanded", if folded { "false" } else { "true" });
}
