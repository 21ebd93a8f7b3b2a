//! The document: edited, checked while it is typed, and used.

use web_sys::Element;
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Contact, What};

use super::desk::{Desk, MOST_DOCUMENT, MOST_MESSAGES};
use super::files::replace;
use super::{focus, json};
use crate::views::dom;

/// What the editor has to remember.
pub(super) struct Editor {
    /// The document in use; the editor follows it until somebody edits.
    present: String,
    mistakes: usize,
    /// Whether the form, or the run, speaks to a server.
    to_server: bool,
    in_run: bool,
}

impl Editor {
    pub(super) fn new(desk: &Desk) -> Self {
        // The list of the start form, without what is no document of the page's own.
        let offered = "[data-part=dialect-choice] option:not([value=''], [value=custom])";
        if let Some(select) = desk.part("built-in") {
            for option in dom::all(&desk.frame, offered) {
                let _added = option
                    .clone_node_with_deep(true)
                    .and_then(|copy| select.append_child(&copy));
            }
        }
        let editor = Self {
            present: String::new(),
            mistakes: 0,
            to_server: false,
            in_run: desk.in_run(),
        };
        editor.show_use(desk);
        editor
    }

    pub(super) fn apply(&mut self, what: &What, desk: &Desk) {
        match what {
            What::Dialect(chosen) => {
                self.follow(&chosen.document, desk);
                desk.chosen.replace(chosen.clone());
                let title = if chosen.title.is_empty() {
                    &chosen.name
                } else {
                    &chosen.title
                };
                desk.say(
                    "present",
                    &desk.words.with("ui.wb.present", &[("title", title)]),
                );
            }
            What::Opened { text, refused, .. } => {
                desk.say("load-refusal", &desk.words.say_or_nothing(refused.as_ref()));
                match refused {
                    Some(refused) => desk.announce(&desk.words.say(refused)),
                    None => replace(desk, text),
                }
            }
            What::Probed { mistakes, .. } => self.checked(mistakes, desk),
            What::Contacts { contacts } => self.contacts(contacts),
            What::Joining { endpoint, .. } => {
                self.in_run = true;
                self.to_server = endpoint.starts_with("ws");
                desk.say("use-refusal", "");
                desk.say("use-said", "");
            }
            What::Left => self.in_run = false,
            What::FieldRefused { message, .. } => {
                desk.say("use-refusal", &desk.words.say(message));
            }
            _ => return,
        }
        self.show_use(desk);
    }

    /// The editor shows the document in use, unless it was edited: what was typed stays.
    fn follow(&mut self, document: &str, desk: &Desk) {
        let Some(area) = desk.area("document") else {
            return;
        };
        let typed = area.value();
        if typed.is_empty() || typed == self.present {
            area.set_value(document);
            self.mistakes = 0;
        }
        document.clone_into(&mut self.present);
    }

    fn checked(&mut self, mistakes: &[(String, String)], desk: &Desk) {
        self.mistakes = mistakes.len();
        desk.say("use-said", "");
        let words = &desk.words;
        let said = match self.mistakes {
            0 => words.text("bench.no-mistakes"),
            count => words.with("bench.mistakes", &[("count", &count)]),
        };
        desk.say("state", &said);
        if let Some(state) = desk.part("state") {
            let good = if self.mistakes == 0 { "true" } else { "false" };
            dom::mark(&state, "data-good", good);
        }
        let list = desk.list("mistakes", "mistake");
        for (pointer, sentence) in mistakes {
            list.add(&[("pointer", pointer), ("sentence", sentence)]);
        }
    }

    fn contacts(&mut self, contacts: &[Contact]) {
        if !self.in_run {
            self.to_server = contacts
                .iter()
                .any(|contact| contact.purpose.id == "contact.signaling");
        }
    }

    /// The button that uses the document, and why it cannot be used.
    fn show_use(&self, desk: &Desk) {
        let words = &desk.words;
        let label = if self.in_run {
            "ui.wb.rejoin"
        } else {
            "ui.wb.join"
        };
        let reason = if self.mistakes > 0 {
            words.text("bench.reason.mistakes")
        } else if !self.to_server {
            words.text("bench.reason.no-server")
        } else {
            String::new()
        };
        if let Some(button) = desk.part("use") {
            dom::say(&button, &words.text(label));
            let refused = if reason.is_empty() { "false" } else { "true" };
            dom::mark(&button, "aria-disabled", refused);
        }
        desk.say("use-reason", &reason);
    }
}

/// Asks what the document is worth and what the pasted message would be read as.
pub(super) fn probe(desk: &Desk) {
    let Some(document) = desk.text("document", MOST_DOCUMENT) else {
        let said = desk
            .words
            .with("bench.document-long", &[("limit", &MOST_DOCUMENT)]);
        return desk.say("state", &said);
    };
    if document.trim().is_empty() {
        desk.list("mistakes", "mistake");
        return desk.say("state", &desk.words.text("bench.no-document"));
    }
    match desk.text("message", MOST_MESSAGES) {
        Some(message) => desk.send(Command::Probe { document, message }),
        None => super::probe::refuse(desk, "bench.messages-long"),
    }
}

/// Selects the place of a mistake in the text and scrolls to it.
pub(super) fn go_to(desk: &Desk, control: &Element) {
    let (Some(area), Some(text)) = (desk.area("document"), desk.text("document", MOST_DOCUMENT))
    else {
        return;
    };
    let pointer = dom::part(control, "pointer").and_then(|part| part.text_content());
    let range = json::place(&text, &pointer.unwrap_or_default());
    let (before, inside) = (
        text.get(..range.start).unwrap_or_default(),
        text.get(range).unwrap_or_default(),
    );
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(0);
    let start = units(before);
    let _ = area.focus();
    // The order matters: focusing may scroll to where the caret was.
    let _ = area.set_selection_range(start, start + units(inside));
    // Lines are not wrapped, and all signs are equally wide.
    let longest = text.lines().map(units).max();
    let (line, column) = (before.matches('\n').count(), before.lines().next_back());
    let along = |whole: i32, part: usize, of: usize, before: usize| {
        let number = |count: usize| i32::try_from(count).unwrap_or(0);
        number(part.saturating_sub(before)).saturating_mul(whole / number(of).max(1))
    };
    let of = |count: Option<u32>| usize::try_from(count.unwrap_or(0)).unwrap_or(0);
    let lines = text.matches('\n').count() + 1;
    area.set_scroll_top(along(area.scroll_height(), line, lines, 3));
    area.set_scroll_left(along(
        area.scroll_width(),
        of(column.map(units)),
        of(longest),
        24,
    ));
}

/// Puts the document into the form, or leaves the room and joins again with it.
pub(super) fn join(desk: &Desk, button: &Element) {
    if button.get_attribute("aria-disabled").as_deref() == Some("true") {
        let reason = desk.part("use-reason").and_then(|part| part.text_content());
        return desk.announce(&reason.unwrap_or_default());
    }
    let Some(document) = desk.text("document", MOST_DOCUMENT) else {
        return probe(desk);
    };
    desk.say("use-refusal", "");
    let dialect = "custom";
    let fields = desk.form_with(&[("dialect", dialect), ("dialect-document", &document)]);
    if desk.in_run() {
        let dialect = dialect.to_owned();
        return desk.send(Command::SwitchDialect { dialect, document });
    }
    desk.send(Command::Consider(fields));
    let said = desk.words.text("bench.in-form");
    desk.say("use-said", &said);
    desk.announce(&said);
    // The form names whom the document contacts and asks what it asks; the click on join stays the user's.
    focus(&dom::all(&desk.frame, "[data-command=join]"));
}
