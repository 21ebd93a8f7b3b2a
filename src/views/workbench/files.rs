//! Documents that come into the editor, and the document that leaves it.

use gloo_events::EventListener;
use js_sys::encode_uri_component;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FileReader, HtmlDocument, HtmlElement, HtmlInputElement, HtmlSelectElement,
};
use webrtc_steps_core::command::Command;
use webrtc_steps_core::settings::{Field, field_of, shareable};

use super::desk::{Desk, MOST_DOCUMENT};
use super::editor::probe;
use super::share;
use crate::views::dom;
use crate::views::invite;

/// The fields that are part of a join link, beside the answers to what the dialect asks.
const LINKED: [&str; 5] = ["endpoint", "room", "mode", "ice-servers", "hosts"];

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
pub(super) fn replace(desk: &Desk, text: &str) {
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
    let linked = fields.iter().filter(|(name, _)| LINKED.contains(&&**name));
    let mut parts: Vec<(&str, &str)> = linked
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answers = answers(desk, &text, &fields);
    let answered = answers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    parts.extend(answered);
    if let Some(link) = desk.field("wb-link") {
        link.set_value(&invite::link(&parts, Some(&coded)));
        let _ = link.focus();
        link.select();
    }
}

/// What the form answers to this very document, as fields: as far as it holds for the other side too.
fn answers(desk: &Desk, document: &str, fields: &[Field]) -> Vec<Field> {
    let chosen = desk.chosen.borrow();
    if chosen.document != document {
        return Vec::new();
    }
    let given = chosen.asks.iter().filter_map(|ask| {
        let field = field_of(&ask.name);
        let (_, value) = fields.iter().find(|(name, _)| *name == field)?;
        Some((ask.name.clone(), value.clone()))
    });
    let shared = shareable(&chosen.asks, &given.collect::<Vec<_>>());
    let fields = shared.into_iter();
    fields
        .map(|(name, value)| (field_of(&name), value))
        .collect()
}
