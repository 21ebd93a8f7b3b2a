//! The document: loaded, edited, checked while it is typed, taken out of the page, and used.

use gloo_events::EventListener;
use js_sys::encode_uri_component;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FileReader, HtmlDocument, HtmlElement, HtmlInputElement, HtmlSelectElement,
};
use webrtc_steps_core::built_in::NAMES;
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Contact, Probe, What};

use super::desk::{Desk, MOST_DOCUMENT, MOST_MESSAGES};
use super::{focus, json, share};
use crate::views::dom;
use crate::views::invite;

/// The fields that are part of a join link.
const LINKED: [&str; 4] = ["endpoint", "room", "mode", "ice-servers"];

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
        let select: Option<HtmlSelectElement> =
            desk.part("built-in").and_then(|part| part.dyn_into().ok());
        let document = desk.place.owner_document();
        for name in NAMES {
            let option = document
                .as_ref()
                .and_then(|document| document.create_element("option").ok());
            if let (Some(option), Some(select)) = (option, &select) {
                dom::say(&option, name);
                dom::append(select, &option);
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
            What::Probed(probed) => self.checked(probed, desk),
            What::Contacts { contacts } => self.contacts(contacts),
            What::Joining { endpoint, .. } => {
                self.in_run = true;
                self.to_server = endpoint.starts_with("ws");
                desk.say("use-refusal", "");
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

    fn checked(&mut self, probed: &Probe, desk: &Desk) {
        self.mistakes = probed.mistakes.len();
        desk.say("use-said", "");
        let words = &desk.words;
        let said = match self.mistakes {
            0 => words.text("bench.no-mistakes"),
            1 => words.text("bench.mistake"),
            count => words.with("bench.mistakes", &[("count", &count)]),
        };
        desk.say("state", &said);
        if let Some(state) = desk.part("state") {
            let good = if self.mistakes == 0 { "true" } else { "false" };
            dom::mark(&state, "data-good", good);
        }
        let list = desk.list("mistakes", "mistake");
        for (pointer, sentence) in &probed.mistakes {
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

/// Loads the built-in document that is chosen, or the one at the path.
pub(super) fn open(desk: &Desk, from: &str) {
    let place = match desk.part(from) {
        Some(part) => match part.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.value(),
            None => desk
                .field(from)
                .map(|field| field.value())
                .unwrap_or_default(),
        },
        None => return,
    };
    desk.send(Command::OpenDocument(place));
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

/// The document as it may leave the page.
pub(super) fn leaving(desk: &Desk) -> String {
    share::cleaned(&desk.text("document", MOST_DOCUMENT).unwrap_or_default())
}

/// Gives the link that was clicked the document as a file: the browser saves it, and nothing has to be taken back later.
pub(super) fn download(desk: &Desk, link: &Element) {
    let text = leaving(desk);
    let coded = String::from(encode_uri_component(&text));
    dom::mark(
        link,
        "href",
        &["data:application/json;charset=utf-8,", &coded].concat(),
    );
    dom::mark(link, "download", &share::file_name(&text));
}

/// Shows the join link with the document in its fragment, if it is small enough.
pub(super) fn share(desk: &Desk) {
    let text = desk.text("document", MOST_DOCUMENT).unwrap_or_default();
    let coded = share::fragment(&text);
    let refused = match &coded {
        Some(_) => String::new(),
        None => desk.words.text("bench.share-long"),
    };
    desk.say("share-refusal", &refused);
    desk.show("shared", coded.is_some());
    let Some(coded) = coded else {
        return desk.announce(&refused);
    };
    let fields = desk.form_with(&[]);
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for name in LINKED {
        let field = fields.iter().find(|(field, _)| field == name);
        parts.extend(field.map(|(_, value)| (name, value.as_str())));
    }
    if let Some(link) = desk.field("wb-link") {
        link.set_value(&invite::link(&parts, Some(&coded)));
        let _ = link.focus();
        link.select();
    }
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

/// A file that is being read. Dropping it ends the reading.
pub(super) struct Reading {
    reader: FileReader,
    _listeners: [EventListener; 2],
}

/// Reads the chosen file into the editor; one that is too large is not read.
pub(super) fn read_file(desk: &Desk, field: &Element) -> Option<Reading> {
    let field = field.dyn_ref::<HtmlInputElement>()?;
    let file = field.files()?.get(0)?;
    if file.size() > f64::from(MOST_DOCUMENT) {
        let said = desk
            .words
            .with("bench.file-long", &[("limit", &MOST_DOCUMENT)]);
        desk.say("load-refusal", &said);
        desk.announce(&said);
        return None;
    }
    let reader = FileReader::new().ok()?;
    let (to, from) = (desk.clone(), reader.clone());
    let done = EventListener::once(&reader, "load", move |_| {
        if let Some(text) = from.result().ok().and_then(|text| text.as_string()) {
            to.say("load-refusal", "");
            replace(&to, &text);
        }
    });
    let to = desk.clone();
    let failed = EventListener::once(&reader, "error", move |_| {
        to.say("load-refusal", &to.words.text("bench.file-unread"));
    });
    reader.read_as_text(&file).ok()?;
    // Chosen once more, the same file is read once more.
    field.set_value("");
    Some(Reading {
        reader,
        _listeners: [done, failed],
    })
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Puts another document into the editor, so that undoing brings the one before back.
fn replace(desk: &Desk, text: &str) {
    let Some(area) = desk.area("document") else {
        return;
    };
    if area.value() != text {
        let _ = area.focus();
        area.select();
        let page = desk
            .place
            .owner_document()
            .and_then(|document| document.dyn_into::<HtmlDocument>().ok());
        let typed = page.is_some_and(|page| {
            page.exec_command_with_show_ui_and_value("insertText", false, text)
                .unwrap_or(false)
        });
        if !typed || area.value() != text {
            area.set_value(text);
        }
        let _ = area.set_selection_range(0, 0);
        area.set_scroll_top(0);
        if let Some(area) = area.dyn_ref::<HtmlElement>() {
            area.scroll_into_view();
        }
    }
    probe(desk);
}
