//! One step: its node, its title or its control, the fact it produced, and what it means.

use web_sys::Element;
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::step::{Actor, Evidence, Status, Step, Whose};

use super::{is_over, shape};
use crate::views::dom::{self, Build};
use crate::words::Words;

/// A `[data-step]` and what the stage has to know of it.
pub(super) struct Row {
    pub(super) step: u8,
    pub(super) actor: Actor,
    pub(super) command: Option<&'static str>,
    pub(super) status: Status,
    pub(super) whose: Whose,
    /// Where the step's control is put, when it has one.
    pub(super) control: Element,
    item: Element,
    node: Element,
    said: Element,
    fact: Element,
}

impl Row {
    /// Binds a stamped row, and fills what never changes.
    pub(super) fn new(step: &Step, build: &Build<'_>) -> Self {
        let row = Self {
            step: step.number,
            actor: step.actor,
            command: step.command.map(Plain::name),
            status: Status::Waiting,
            whose: step.actor.whose(None),
            control: build.part("control"),
            node: build.part("node"),
            said: build.part("said"),
            fact: build.part("fact"),
            item: build.place.clone(),
        };
        row.explain(build);
        row
    }

    /// Shows how the step stands.
    pub(super) fn show(
        &mut self,
        status: Status,
        whose: Whose,
        evidence: Option<Evidence>,
        fact: &str,
        words: &Words,
    ) {
        (self.status, self.whose) = (status, whose);
        dom::mark(&self.item, "data-status", status.word());
        dom::mark(&self.item, "data-whose", whose.word());
        match evidence {
            Some(evidence) => dom::mark(&self.item, "data-evidence", evidence.word()),
            None => dom::unmark(&self.item, "data-evidence"),
        }
        if status == Status::Next {
            dom::mark(&self.item, "aria-current", "step");
        } else {
            dom::unmark(&self.item, "aria-current");
        }
        self.look();
        dom::say(&self.fact, fact);
        dom::say(
            &self.said,
            &words.text(&format!("ui.status.{}", status.word())),
        );
    }

    /// Says whether a control stands in this row now; without one the row shows its title as text.
    pub(super) fn mark_control(&self) {
        let there = self.control.child_element_count() > 0;
        dom::mark(
            &self.item,
            "data-control",
            if there { "true" } else { "false" },
        );
    }

    /// Solid is done, a ring is possible or theirs, a dashed ring waits, red failed.
    fn look(&self) {
        let ring = !is_over(self.status) && !matches!(self.status, Status::Next | Status::Failed);
        let dash = self.status == Status::Waiting || self.status == Status::Skipped;
        let failed = self.status == Status::Failed;
        for (class, wanted) in [("ring", ring || dash), ("dash", dash), ("no", failed)] {
            if wanted {
                dom::class(&self.node, class)
            } else {
                dom::unclass(&self.node, class)
            }
        }
    }

    fn explain(&self, build: &Build<'_>) {
        let (item, step, words) = (&self.item, self.step, build.words);
        let shape = shape(self.actor);
        dom::mark(item, "data-step", &step.to_string());
        dom::mark(item, "data-at", &format!("step-{step}"));
        dom::mark(item, "data-whose", self.whose.word());
        dom::class(item, shape);
        dom::class(&self.node, shape);
        dom::say(&self.node, &step.to_string());
        for name in ["title", "what", "why"] {
            dom::say(
                &build.part(name),
                &words.text(&format!("step.{step}.{name}")),
            );
        }
        let title = words.text(&format!("step.{step}.title"));
        let label = words.with("ui.explain", &[("step", &step), ("title", &title)]);
        dom::mark(&build.part("more"), "aria-label", &label);
        dom::say(&self.said, &words.text("ui.status.waiting"));
        self.mark_control();
        self.look();
    }
}
