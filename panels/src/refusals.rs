//! The newest refusal that is known: what is wrong, the browser's own words, the state machine with the call marked on it, what to
//! do, whether anything was lost, and the step that leads on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::{Event, Role, What};
use webrtc_steps_core::refusal::{Explained, Mend, Refusals};
use webrtc_steps_core::step::Whose;

use crate::desk::Desk;
use crate::machine;
use crate::panel::{Act, Panel};

/// The card at the top left.
pub(crate) struct Refused {
    words: Words,
    card: Element,
    /// Says that the card is there to who has scrolled past it.
    past: Element,
    refusals: Refusals,
    /// What is shown now.
    shown: Option<Explained>,
    /// The one that the user has put away.
    closed: Option<Explained>,
    available: BTreeMap<&'static str, bool>,
    role: Option<Role>,
}

impl Refused {
    /// Stamps the card.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("refusals.html"));
        let mut refusals = Refusals::default();
        refusals.shown_in_a_frame(is_framed());
        let made = Self {
            words: desk.words.clone(),
            card: build.part("refusal"),
            past: build.part("past-refusal"),
            refusals,
            shown: None,
            closed: None,
            available: BTreeMap::new(),
            role: None,
        };
        let parts = build.within("[data-part=refusal]");
        for name in [
            "title", "cause", "fault", "machine", "remedy", "lost", "back", "mend", "go",
        ] {
            parts.part(name);
        }
        missing.take().map_or(Ok(made), Err)
    }

    fn fill(&self, explained: &Explained) {
        let (words, card) = (&self.words, &self.card);
        dom::mark(card, "data-row", explained.row);
        let kicker = match explained.fault {
            Some(_) => words.with("refusal.call", &[("call", &explained.call)]),
            None => words.text("refusal.taken"),
        };
        let title = words.say(&explained.title);
        dom::say(&self.past, &format!("{kicker}: {title}"));
        dom::fill(
            card,
            &[
                ("kicker", &kicker),
                ("title", &title),
                ("cause", &words.say(&explained.cause)),
                ("remedy", &words.say(&explained.remedy)),
            ],
        );
        let fault = explained.fault.as_ref();
        let verbatim = fault.map(|fault| format!("{}: {}", fault.name, fault.message));
        self.say_or_hide("fault", &verbatim.unwrap_or_default());
        self.say_or_hide("lost", &words.say_or_nothing(explained.lost.as_ref()));
        if let Some(place) = dom::part(card, "machine") {
            dom::say(&place, "");
            let drawn =
                fault.is_some() && machine::draw(&place, words, &explained.state, &explained.call);
            dom::show(&place, drawn);
        }
    }

    fn say_or_hide(&self, part: &str, text: &str) {
        if let Some(part) = dom::part(&self.card, part) {
            dom::say_or_hide(&part, text);
        }
    }

    /// The step that leads on, with its button if it is this side's and can be taken.
    fn lead_back(&self, mend: Option<Mend>) {
        let show = |name: &str, shown: bool| {
            if let Some(part) = dom::part(&self.card, name) {
                dom::show(&part, shown);
            }
        };
        let Some(mend) = mend else {
            for name in ["back", "mend", "go"] {
                show(name, false);
            }
            return;
        };
        let (words, command) = (&self.words, mend.command.name());
        let title = words.text(&format!("refusal.do.{command}"));
        let number = mend.step.map(|step| step.to_string()).unwrap_or_default();
        let whose = words.text(&format!("refusal.mend.{}", mend.whose.word()));
        let parts = [("node", &*number), ("step", &*title), ("whose", &*whose)];
        dom::fill(&self.card, &parts);
        let colour = colour(self.role, mend.whose);
        dom::dress(&self.card, "node", &["node big", colour]);
        show("node", mend.step.is_some());
        show("back", true);
        let possible = self.available.get(command) == Some(&true);
        if let Some(button) = dom::part(&self.card, "mend") {
            dom::mark(&button, "data-mends", command);
            dom::mark(&button, "class", &format!("go {colour}"));
            dom::say(&button, &title);
        }
        show("mend", possible && mend.whose == Whose::Mine);
        if let Some(button) = dom::part(&self.card, "go") {
            dom::mark(&button, "data-goes", &format!("step-{number}"));
        }
        show("go", mend.step.is_some());
    }
}

impl Panel for Refused {
    fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Control {
                command, available, ..
            } => {
                self.available.insert(command, *available);
            }
            What::Role { role, .. } => self.role = *role,
            _ => {}
        }
        if self.refusals.apply(event).is_some() {
            self.closed = None;
            self.shown = None;
        }
    }

    fn show(&mut self, _record: &[Event]) {
        let standing = self.refusals.standing();
        let standing = standing.filter(|standing| self.closed.as_ref() != Some(*standing));
        let Some(explained) = standing.cloned() else {
            if self.shown.take().is_some() {
                dom::unmark(&self.card, "data-row");
            }
            return dom::show(&self.card, false);
        };
        if self.shown.as_ref() != Some(&explained) {
            self.fill(&explained);
        }
        self.lead_back(explained.mend);
        dom::show(&self.card, true);
        self.shown = Some(explained);
    }

    fn act(&mut self, act: &Act, record: &[Event]) {
        if act.kind == "click" && act.name == "see-refusal" && self.past == act.control {
            self.card.scroll_into_view();
        }
        if act.kind == "click"
            && act.name == "close-refusal"
            && self.card.contains(Some(&act.control))
        {
            self.closed.clone_from(&self.shown);
            self.show(record);
        }
    }
}

/// The class of whoever takes a step.
fn colour(role: Option<Role>, whose: Whose) -> &'static str {
    match (role, whose) {
        (_, Whose::Relay) => "en",
        (None, _) => "un",
        (Some(Role::Offerer), Whose::Mine) | (Some(Role::Answerer), Whose::Theirs) => "of",
        _ => "an",
    }
}

/// Whether the page is shown inside another one.
fn is_framed() -> bool {
    let window = web_sys::window();
    let parent = window
        .as_ref()
        .and_then(|window| window.parent().ok().flatten());
    parent != window
}
