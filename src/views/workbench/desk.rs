//! What every part of the panel works with: its nodes, the words, and the way to the session.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{JsString, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Chosen, Input};

use super::{focus, seen};
use crate::inbox::{Inbox, Incoming};
use crate::views::dom::{self, Template};
use crate::views::{live, start};
use crate::words::Words;

/// The longest document, in UTF-16 units: one that is longer has more than the 64 KiB allowed.
pub(super) const MOST_DOCUMENT: u32 = 64 * 1024;
/// The longest text of captured messages.
pub(super) const MOST_MESSAGES: u32 = 512 * 1024;

/// Cloning it clones references.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) words: Words,
    pub(super) inbox: Inbox,
    pub(super) frame: Element,
    pub(super) place: Element,
    /// Which of several tried messages is shown in full; none: the last.
    pub(super) picked: Rc<Cell<Option<usize>>>,
    /// The dialect that the page uses.
    pub(super) chosen: Rc<RefCell<Chosen>>,
}

impl Desk {
    pub(super) fn new(words: &Words, inbox: &Inbox, frame: &Element, place: &Element) -> Self {
        Self {
            words: words.clone(),
            inbox: inbox.clone(),
            frame: frame.clone(),
            place: place.clone(),
            picked: Rc::default(),
            chosen: Rc::default(),
        }
    }

    pub(super) fn send(&self, command: Command) {
        let ticket = None;
        self.inbox
            .send(Incoming::Input(Input::Command { command, ticket }));
    }

    pub(super) fn part(&self, name: &str) -> Option<Element> {
        dom::part(&self.place, name)
    }

    pub(super) fn template(&self, name: &str) -> Option<Template> {
        Template::find(&self.place, name)
    }

    /// Sets what a part says; an empty text hides it.
    pub(super) fn say(&self, name: &str, text: &str) {
        if let Some(part) = self.part(name) {
            dom::say_or_hide(&part, text);
        }
    }

    pub(super) fn show(&self, name: &str, shown: bool) {
        if let Some(part) = self.part(name) {
            dom::show(&part, shown);
        }
    }

    pub(super) fn area(&self, name: &str) -> Option<HtmlTextAreaElement> {
        self.part(name)?.dyn_into().ok()
    }

    pub(super) fn field(&self, name: &str) -> Option<HtmlInputElement> {
        self.part(name)?.dyn_into().ok()
    }

    /// The text of an area, unless it is longer than this many UTF-16 units: then it is not copied.
    pub(super) fn text(&self, name: &str, most: u32) -> Option<String> {
        let value = Reflect::get(&self.area(name)?.into(), &"value".into()).ok()?;
        let text: &JsString = value.dyn_ref()?;
        (text.length() <= most).then(|| text.into())
    }

    /// Empties a list, to be filled with copies of a template.
    pub(super) fn list(&self, name: &str, template: &str) -> List {
        let list = self.part(name);
        if let Some(list) = &list {
            dom::say(list, "");
        }
        List(list.zip(self.template(template)))
    }

    /// Tells the one who does not see the page.
    pub(super) fn announce(&self, sentence: &str) {
        if let Some(region) = dom::find(&self.frame, "[data-place=live]") {
            live::announce(&region, sentence);
        }
    }

    /// Whether a run is under way.
    pub(super) fn in_run(&self) -> bool {
        self.page()
            .is_some_and(|page| page.get_attribute("data-phase").as_deref() == Some("run"))
    }

    pub(super) fn is_open(&self) -> bool {
        self.page()
            .is_some_and(|page| page.get_attribute("data-workbench").as_deref() == Some("true"))
    }

    pub(super) fn open(&self) {
        self.mark_open("true");
        for tab in dom::all(&self.frame, "[data-view=tab][data-tab=workbench]") {
            dom::show(&tab, true);
        }
        seen::choose(&self.frame, "data-tab", "tab", "workbench");
        self.show("panel", true);
        focus(&self.part("panel").into_iter().collect::<Vec<_>>());
        if let Some(panel) = self.part("panel") {
            panel.scroll_into_view();
        }
    }

    pub(super) fn close(&self) {
        self.mark_open("false");
        self.show("panel", false);
        for tab in dom::all(&self.frame, "[data-view=tab][data-tab=workbench]") {
            dom::show(&tab, false);
        }
        seen::choose(&self.frame, "data-tab", "tab", "steps");
        focus(&dom::all(&self.frame, "[data-view=workbench]"));
    }

    /// The start form's fields, with these in place of what stands there.
    pub(super) fn form_with(&self, values: &[(&str, &str)]) -> Vec<(String, String)> {
        let Some(form) = dom::find(&self.frame, "[data-form=start]") else {
            return Vec::new();
        };
        for (name, value) in values {
            if let Some(field) = dom::find(&form, &format!("[name=\"{name}\"]")) {
                put(&field, value);
            }
        }
        if !values.is_empty() {
            start::sync_kind(&form);
        }
        let mut fields = start::fields(&form);
        for (name, value) in values {
            fields.retain(|(field, _)| field != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        fields
    }

    fn mark_open(&self, open: &str) {
        if let Some(page) = self.page() {
            dom::mark(&page, "data-workbench", open);
        }
        for opener in dom::all(&self.frame, "[data-view=workbench]") {
            dom::mark(&opener, "aria-expanded", open);
        }
    }

    fn page(&self) -> Option<Element> {
        dom::find(&self.frame, ".page")
    }
}

/// A list of the panel and the template of its rows.
pub(super) struct List(Option<(Element, Template)>);

impl List {
    /// Adds a row with these parts; hands it back for what else it needs.
    pub(super) fn add(&self, parts: &[(&str, &str)]) -> Option<Element> {
        let (list, template) = self.0.as_ref()?;
        let row = template.stamp()?;
        dom::fill(&row, parts);
        dom::append(list, &row);
        Some(row)
    }
}

/// Writes a value into a field, whatever kind of field it is.
fn put(field: &Element, value: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}
