//! Who this page is in the connection, the last thing the page did by itself, and what it waits for.

use web_sys::Element;
use webrtc_steps_core::io::{Event, Role, What};
use webrtc_steps_core::step::{STEPS, Status, Whose};

use super::bar::gone;
use super::dom::{self, Build};
use crate::words::Words;

/// The box above the steps.
pub(crate) struct You {
    words: Words,
    node: Element,
    head: Element,
    why: Element,
    note: Element,
    wait: Element,
    wait_head: Element,
    wait_text: Element,
    /// Each step's status and whose it is, to say what a page without a next step waits for.
    steps: Vec<(Status, Whose)>,
    present: bool,
    joined: bool,
    /// The signals are carried by a person: nobody can tell who is there.
    by_hand: bool,
    /// The server is the other party.
    alone: bool,
    offers: bool,
    /// The endpoint does not tell who is there.
    unknown: bool,
}

impl You {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("you.html"));
        let you = Self {
            words: build.words.clone(),
            node: build.part("node"),
            head: build.part("head"),
            why: build.part("why"),
            note: build.part("note"),
            wait: build.part("wait"),
            wait_head: build.part("wait-head"),
            wait_text: build.part("wait-text"),
            steps: vec![(Status::Waiting, Whose::Mine); 26],
            present: false,
            joined: false,
            by_hand: false,
            alone: false,
            offers: false,
            unknown: false,
        };
        you.role(None, &build.words.text("ui.you.room-decides"));
        you
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Joining {
                endpoint,
                alone,
                tells_peers,
                ..
            } => {
                self.by_hand = endpoint == "paste:";
                (self.alone, self.unknown) = (*alone, !*tells_peers);
                dom::show(&self.note, false);
                (self.joined, self.present) = (false, false);
                self.role(None, &self.words.text("ui.you.room-decides"));
            }
            What::AttemptBegan => dom::show(&self.note, false),
            What::Joined { .. } => self.joined = true,
            What::Role { role, why } => {
                self.offers = *role == Some(Role::Offerer);
                self.role(*role, &self.words.say(why));
            }
            // That they have no more candidates belongs into the timeline only; strange frames have their own hint.
            What::Note { message }
                if matches!(&*message.id, "note.their-end" | "note.unknown-frame") => {}
            What::Note { message } => dom::say_or_hide(&self.note, &self.words.say(message)),
            What::PeerJoined { .. } => self.present = true,
            What::PeerLeft { message, .. } if !gone(message) => {}
            What::PeerLeft { .. } | What::Left => self.present = false,
            What::Received { from: Some(_), .. } => self.present = true,
            What::Step {
                step,
                status,
                whose,
                ..
            } => {
                if let Some(known) = self.steps.get_mut(usize::from(*step).wrapping_sub(1)) {
                    *known = (*status, *whose);
                }
            }
            _ => return,
        }
        self.waiting();
    }

    fn role(&self, role: Option<Role>, why: &str) {
        let (shape, head) = match role {
            Some(Role::Offerer) => ("node of", "ui.you.offerer"),
            Some(Role::Answerer) => ("node an", "ui.you.answerer"),
            None => ("node un ring", "ui.you.open"),
        };
        dom::mark(&self.node, "class", shape);
        dom::say(&self.head, &self.words.text(head));
        dom::say(&self.why, why);
    }

    /// Without a step to do, the other peer's first step that has not been seen is what is waited for.
    fn waiting(&self) {
        let open = |wanted: &(Status, Whose)| !matches!(wanted.0, Status::Done | Status::Skipped);
        let to_do = self.steps.iter().any(|step| step.0 == Status::Next);
        let theirs = self
            .steps
            .iter()
            .zip(&STEPS)
            .position(|(step, row)| open(step) && step.1 == Whose::Theirs && !row.beside);
        let theirs = theirs.filter(|_| self.joined && !to_do);
        dom::show(&self.wait, theirs.is_some());
        let Some(index) = theirs else { return };
        let number = index + 1;
        if self.present {
            let title = self.words.text(&format!("step.{number}.title"));
            dom::say(
                &self.wait_head,
                &self
                    .words
                    .with("ui.wait.step", &[("step", &number), ("title", &title)]),
            );
            dom::say(&self.wait_text, &self.words.text("ui.wait.theirs"));
        } else if self.by_hand {
            dom::say(&self.wait_head, &self.words.text("ui.wait.carry"));
            dom::say(&self.wait_text, &self.words.text("ui.wait.by-hand"));
        } else {
            let (head, text) = match (self.alone, self.unknown) {
                (true, _) => ("ui.wait.server", "ui.wait.server-text"),
                (_, true) if self.offers => ("ui.wait.alone", "ui.wait.unheard"),
                (_, true) => ("ui.wait.unknown", "ui.wait.unknown-text"),
                _ => ("ui.wait.alone", "ui.wait.join"),
            };
            dom::say(&self.wait_head, &self.words.text(head));
            dom::say(&self.wait_text, &self.words.text(text));
        }
    }
}
