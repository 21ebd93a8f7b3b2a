//! Changes a description before it is set: the text, the lines that differ, and what the browser says about it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps_core::io::{Event, Side, What};
use webrtc_steps_core::refusal::Refusals;
use webrtc_steps_core::sdp::changes::changes;
use webrtc_steps_core::signal::Description;

use crate::desk::Desk;
use crate::panel::Act;

/// Changed lines that are listed.
const MOST_CHANGES: usize = 100;

/// What waits to be set on one side.
#[derive(Debug, Default)]
struct Waiting {
    /// As the browser made it, or as it came.
    original: Option<String>,
    /// As it will be set.
    now: Option<String>,
    /// The last one that was set here was changed by the user.
    edited: bool,
    /// What the browser said when it was to be set: fault, cause and advice.
    refusal: Option<[String; 3]>,
}

/// The editor of the side that is shown.
pub(super) struct Editor {
    desk: Desk,
    place: Element,
    button: Element,
    body: Element,
    text: HtmlTextAreaElement,
    told: Element,
    diff: Element,
    refusal: Element,
    change: Template,
    mine: Waiting,
    theirs: Waiting,
    /// Knows the causes of refusals.
    refusals: Refusals,
    shown: Option<Side>,
    open: bool,
}

impl Editor {
    pub(super) fn new(desk: &Desk, panel: &Build<'_>) -> Self {
        Self {
            desk: desk.clone(),
            place: panel.part("edit"),
            button: panel.part("open-editor"),
            body: panel.part("editor"),
            text: panel.find_as("[data-part=text]"),
            told: panel.part("told"),
            diff: panel.part("diff"),
            refusal: panel.part("refusal"),
            change: panel.template("change", &["way", "changed"]),
            mine: Waiting::default(),
            theirs: Waiting::default(),
            refusals: Refusals::default(),
            shown: None,
            open: false,
        }
    }

    /// A description waits to be set, or none does any more.
    pub(super) fn pending(&mut self, side: Side, description: Option<&Description>, edited: bool) {
        let waiting = self.waiting(side);
        match description {
            Some(description) => {
                if !edited {
                    waiting.original = Some(description.sdp.clone());
                    waiting.refusal = None;
                }
                waiting.edited = edited;
                waiting.now = Some(description.sdp.clone());
            }
            None => waiting.now = None,
        }
        if self.shown == Some(side) {
            self.open &= description.is_some();
        }
    }

    /// The browser refused to set a description that the user had changed.
    pub(super) fn refused(&mut self, event: &Event) {
        let explained = self.refusals.apply(event);
        let What::Trouble(trouble) = &event.what else {
            return;
        };
        let refusal = trouble.refusal.as_ref();
        let side = match refusal.map(|refusal| refusal.call.as_ref()) {
            Some(call) if call.starts_with("setLocalDescription") => Side::Mine,
            Some(call) if call.starts_with("setRemoteDescription") => Side::Theirs,
            _ => return,
        };
        let words = self.desk.words.clone();
        let (cause, advice) = match &explained {
            Some(known) => (&known.cause, &known.remedy),
            None => (&trouble.cause, &trouble.advice),
        };
        let fault = trouble.fault.as_ref();
        let fault = fault.map(|fault| [&fault.name, ": ", &fault.message].concat());
        let said = [
            fault.unwrap_or_default(),
            words.say(cause),
            words.say(advice),
        ];
        let waiting = self.waiting(side);
        if waiting.edited {
            waiting.refusal = Some(said);
        }
        self.draw_refusal();
    }

    /// Another attempt begins.
    pub(super) fn clear(&mut self) {
        (self.mine, self.theirs) = (Waiting::default(), Waiting::default());
        self.open = false;
    }

    /// Shows the editor of one side, or none.
    pub(super) fn show(&mut self, side: Option<Side>) {
        if self.shown != side {
            self.open = false;
        }
        self.shown = side;
        let waits = side.is_some_and(|side| self.of(side).now.is_some());
        dom::show(&self.place, waits);
        self.draw();
        self.draw_refusal();
    }

    fn waiting(&mut self, side: Side) -> &mut Waiting {
        match side {
            Side::Mine => &mut self.mine,
            Side::Theirs => &mut self.theirs,
        }
    }

    fn of(&self, side: Side) -> &Waiting {
        match side {
            Side::Mine => &self.mine,
            Side::Theirs => &self.theirs,
        }
    }

    fn draw(&self) {
        let open = self.open;
        let (id, expanded) = match open {
            true => ("desc.edit.close", "true"),
            false => ("desc.edit", "false"),
        };
        dom::say(&self.button, &self.desk.words.text(id));
        dom::mark(&self.button, "aria-expanded", expanded);
        dom::show(&self.body, open);
    }

    fn draw_refusal(&self) {
        let said = self.shown.and_then(|side| self.of(side).refusal.as_ref());
        if let Some([fault, cause, advice]) = said {
            dom::fill(
                &self.refusal,
                &[("fault", fault), ("cause", cause), ("advice", advice)],
            );
        }
        dom::show(&self.refusal, said.is_some());
    }

    /// The user did something in the editor.
    pub(super) fn act(&mut self, act: &Act) {
        let Some(side) = self.shown else { return };
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "edit") => self.toggle(side),
            ("input", "edit-text") => self.compare(side),
            ("click", "edit-use") => self.give(side, &self.text.value()),
            ("click", "edit-back") => {
                if let Some(original) = self.of(side).original.clone() {
                    self.text.set_value(&plain(&original));
                    self.give(side, &original);
                }
            }
            _ => {}
        }
    }

    fn toggle(&mut self, side: Side) {
        self.open = !self.open;
        self.draw();
        if let (true, Some(now)) = (self.open, self.of(side).now.clone()) {
            self.text.set_value(&plain(&now));
            self.compare(side);
            dom::focus(self.text.unchecked_ref());
        }
    }

    /// Says which lines differ from the original.
    fn compare(&self, side: Side) {
        let text = self.text.value();
        let original = self.of(side).original.as_deref().unwrap_or_default();
        let changes = changes(original, &text);
        let words = &self.desk.words;
        let new = changes.iter().filter(|change| change.new).count();
        let gone = changes.len() - new;
        dom::say(
            &self.told,
            &match changes.len() {
                0 => words.text("desc.edit.same"),
                _ => words.with("desc.edit.changed", &[("gone", &gone), ("new", &new)]),
            },
        );
        dom::say(&self.diff, "");
        for change in changes.into_iter().take(MOST_CHANGES) {
            let Some(item) = self.change.stamp() else {
                return;
            };
            let (class, id) = match change.new {
                true => ("new", "desc.diff.new"),
                false => ("gone", "desc.diff.gone"),
            };
            dom::mark(&item, "class", class);
            dom::fill(&item, &[("way", &words.text(id)), ("changed", change.line)]);
            dom::append(&self.diff, &item);
        }
    }

    fn give(&self, side: Side, text: &str) {
        let command = match side {
            Side::Mine => "edit-mine",
            Side::Theirs => "edit-theirs",
        };
        self.desk.run(command, &wire(text));
        self.compare(side);
        let id = if plain(text) == plain(self.of(side).original.as_deref().unwrap_or_default()) {
            "desc.edit.same"
        } else {
            "desc.edit.used"
        };
        dom::say(&self.told, &self.desk.words.text(id));
    }
}

/// Line ends as a text area has them.
fn plain(sdp: &str) -> String {
    sdp.replace("\r\n", "\n")
}

/// Line ends as SDP has them (RFC 8866 9).
fn wire(text: &str) -> String {
    plain(text).replace('\n', "\r\n")
}
