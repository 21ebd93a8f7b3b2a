//! The 26 steps in their five stages, each with its control in place.

mod row;
mod stage;

use std::collections::BTreeMap;

use web_sys::Element;
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::io::{Event, Role, What};
use webrtc_steps_core::step::{Actor, STEPS, Status, Whose};

use self::row::Row;
use self::stage::Stage;
use super::control::Control;
use super::dom::{self, Build, Template};
use crate::words::Words;

/// The command of a step's control.
pub(super) fn command_of(step: u8) -> Option<&'static str> {
    STEPS
        .iter()
        .find(|row| row.number == step)?
        .command
        .map(Plain::name)
}

/// The class of whoever acts in a step.
pub(super) fn shape_of(step: u8) -> &'static str {
    STEPS
        .iter()
        .find(|row| row.number == step)
        .map_or("un", |row| shape(row.actor))
}

/// Whether the controls of an actor's steps stand here. Without a role the offerer's do.
fn acts_here(actor: Actor, role: Option<Role>) -> bool {
    actor.whose(role) == Whose::Mine && (role.is_some() || actor == Actor::Offerer)
}

/// The class that gives an actor's colour and shape.
pub(super) fn shape(actor: Actor) -> &'static str {
    match actor {
        Actor::Offerer => "of",
        Actor::Answerer => "an",
        Actor::Relay => "en",
    }
}

/// Commands on a connection that are no step of the course.
const CONNECTION: [&str; 2] = ["restart-ice", "close"];

/// The stages, the steps and the controls that stand in them now.
pub(crate) struct Steps {
    words: Words,
    stages: Vec<Stage>,
    rows: Vec<Row>,
    button: Template,
    /// Where an answerer may offer after all.
    first: Element,
    controls: BTreeMap<&'static str, Control>,
    /// What was last said of each command, for a control that is put up later.
    known: BTreeMap<&'static str, (bool, String)>,
    connection: [Control; 2],
    role: Option<Role>,
    offer_came: bool,
}

impl Steps {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("steps.html"));
        let (stages, rows) = stage::build(build);
        let mut steps = Self {
            words: build.words.clone(),
            stages,
            rows,
            button: build.template("button", &["button", "reason"]),
            first: build.part("first"),
            controls: BTreeMap::new(),
            known: BTreeMap::new(),
            connection: CONNECTION.map(|command| build.control(command)),
            role: None,
            offer_came: false,
        };
        steps.put_controls();
        steps
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        for control in &self.connection {
            control.apply(event, &self.words);
        }
        match &event.what {
            What::Role { role, .. } => self.take_role(*role),
            What::Control {
                command,
                available,
                reason,
            } => {
                let reason = self.words.say_or_nothing(reason.as_ref());
                self.allow(command, *available, reason);
            }
            What::Step {
                step,
                status,
                whose,
                evidence,
                fact,
            } => {
                if (*step, *whose) == (12, Whose::Mine) {
                    // Once an offer has come, there is nothing to offer first.
                    self.offer_came = is_over(*status);
                    dom::show(&self.first, self.may_offer());
                }
                let fact = self.words.say_or_nothing(fact.as_ref());
                if let Some(row) = self.rows.get_mut(usize::from(*step).wrapping_sub(1)) {
                    row.show(*status, *whose, *evidence, &fact, &self.words);
                }
                self.refresh_stage(*step);
            }
            What::Joining { .. } | What::AttemptBegan => {
                self.stages.iter_mut().for_each(Stage::forget_choice)
            }
            _ => {}
        }
    }

    fn allow(&mut self, command: &'static str, available: bool, reason: String) {
        if let Some(control) = self.controls.get(command) {
            control.set(available, &reason);
        }
        self.known.insert(command, (available, reason));
    }

    fn take_role(&mut self, role: Option<Role>) {
        if role == self.role {
            return;
        }
        self.role = role;
        self.put_controls();
        for stage in &mut self.stages {
            stage.refresh(&self.rows, role, &self.words);
        }
    }

    /// Each command has one control: it stands at the step that is this page's own.
    fn put_controls(&mut self) {
        for control in std::mem::take(&mut self.controls).into_values() {
            control.remove();
        }
        let mut wanted = Vec::new();
        for row in self
            .rows
            .iter()
            .filter(|row| acts_here(row.actor, self.role))
        {
            let label = self.words.text(&format!("step.{}.title", row.step));
            wanted.extend(
                row.command
                    .map(|command| (command, row.control.clone(), label)),
            );
        }
        let answers = self.role == Some(Role::Answerer);
        dom::show(&self.first, self.may_offer());
        if answers {
            let label = self.words.text("ui.offer-yourself");
            wanted.push(("create-offer", self.first.clone(), label));
        }
        for (command, place, label) in wanted {
            if let Some(control) = self.control(command, &place, &label) {
                self.controls.insert(command, control);
            }
        }
        for row in &self.rows {
            row.mark_control();
        }
    }

    fn may_offer(&self) -> bool {
        self.role == Some(Role::Answerer) && !self.offer_came
    }

    fn control(&self, command: &'static str, place: &Element, label: &str) -> Option<Control> {
        let stamped = self.button.stamp()?;
        let button = dom::part(&stamped, "button")?;
        dom::say(&button, label);
        let control = Control::new(command, button, dom::part(&stamped, "reason")?);
        if let Some((available, reason)) = self.known.get(command) {
            control.set(*available, reason);
        }
        dom::append(place, &stamped);
        Some(control)
    }

    fn refresh_stage(&mut self, step: u8) {
        let role = self.role;
        for stage in self.stages.iter_mut().filter(|stage| stage.holds(step)) {
            stage.refresh(&self.rows, role, &self.words);
        }
    }
}

/// Whether nothing is left to do in a step.
fn is_over(status: Status) -> bool {
    matches!(status, Status::Done | Status::Skipped)
}

#[cfg(test)]
mod tests {
    use super::acts_here;
    use webrtc_steps_core::io::Role;
    use webrtc_steps_core::step::STEPS;

    #[test]
    fn no_command_has_two_controls_whatever_the_role() {
        for role in [None, Some(Role::Offerer), Some(Role::Answerer)] {
            let mut seen = Vec::new();
            for command in STEPS
                .iter()
                .filter(|row| acts_here(row.actor, role))
                .filter_map(|row| row.command)
            {
                assert!(!seen.contains(&command), "{command:?} twice for {role:?}");
                seen.push(command);
            }
        }
    }
}
