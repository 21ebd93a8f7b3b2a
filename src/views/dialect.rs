//! The part of the start form that belongs to the dialect: which one, what it says, what it asks, what is wrong with it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement, HtmlSelectElement};
use webrtc_steps_core::dialect::Ask;
use webrtc_steps_core::io::Chosen;
use webrtc_steps_core::settings::{begin, field_of};

use super::Start;
use super::dom::{self, Build, Template};
use super::start::value_of;
use crate::words::Words;

/// The choice whose value is in the field `dialect-document`.
const CUSTOM: &str = "custom";

/// The dialect's fields, and what its document says.
pub(super) struct DialectFields {
    words: Words,
    start: Start,
    note: Element,
    mistakes: Element,
    vars: Element,
    planned: Element,
    channels: Element,
    mistake: Template,
    var: Template,
    asks: Vec<Ask>,
}

impl DialectFields {
    pub(super) fn new(build: &Build<'_>, form: &Element, start: &Start) -> Self {
        let choice: HtmlSelectElement = build.find_as("[data-part=dialect-choice]");
        offer(&choice, build.words, &start.dialects);
        sync(form);
        Self {
            words: build.words.clone(),
            start: start.clone(),
            note: build.part("dialect-note"),
            mistakes: build.part("dialect-mistakes"),
            vars: build.part("vars"),
            planned: build.part("planned"),
            channels: build.part("channel-fields"),
            mistake: build.template("mistake", &["pointer", "sentence"]),
            var: build.template("var", &["question", "in"]),
            asks: Vec::new(),
        }
    }

    /// What the form began with.
    pub(super) fn begun_with(&self) -> &Start {
        &self.start
    }

    /// Takes another value that a field begins with; what the field is to show then.
    pub(super) fn begin_with(
        &mut self,
        (field, value, by): (String, String, &'static str),
    ) -> String {
        begin(&mut self.start.fields, field.clone(), value.clone(), by);
        let mut asks = self.asks.iter();
        let ask = asks.find(|ask| field_of(&ask.name).eq_ignore_ascii_case(&field));
        ask.map_or(value, |ask| self.begun(ask, &field))
    }

    /// Shows what the document says, and a field for each thing it asks.
    pub(super) fn show(&mut self, chosen: &Chosen) {
        dom::say_or_hide(&self.note, &chosen.note);
        dom::say(&self.mistakes, "");
        dom::show(&self.mistakes, !chosen.mistakes.is_empty());
        for (pointer, sentence) in &chosen.mistakes {
            if let Some(line) = self.mistake.stamp() {
                dom::fill(&line, &[("pointer", pointer), ("sentence", sentence)]);
                dom::append(&self.mistakes, &line);
            }
        }
        self.plan(&chosen.channels);
        if self.asks != chosen.asks {
            self.ask(&chosen.asks);
        }
    }

    /// Whether this is the very document that the page's link brought.
    pub(super) fn came_by_link(&self, chosen: &Chosen) -> bool {
        let begun = self.start.begun("dialect-document");
        chosen.name == CUSTOM
            && begun.is_some_and(|(text, by)| by == "link" && text == chosen.document)
    }

    /// Leads the keyboard to the first question; whether there is one.
    pub(super) fn focus_first(&self) -> bool {
        let first = dom::find(&self.vars, "[name]");
        first.inspect(dom::focus).is_some()
    }

    /// With channels of the dialect's own, the form's fields mean nothing.
    fn plan(&self, channels: &[String]) {
        if channels.is_empty() {
            dom::show(&self.planned, false);
            return dom::unmark(&self.channels, "disabled");
        }
        let labels = channels.join(", ");
        let said = self
            .words
            .with("ui.dialect.planned", &[("labels", &labels)]);
        dom::say_or_hide(&self.planned, &said);
        dom::mark(&self.channels, "disabled", "");
    }

    /// A field for each variable; what was typed into one of the same name stays.
    fn ask(&mut self, asks: &[Ask]) {
        let typed: Vec<(String, String)> = dom::all(&self.vars, "[name]")
            .iter()
            .filter_map(|field| Some((field.get_attribute("name")?, value_of(field)?)))
            .collect();
        dom::say(&self.vars, "");
        dom::show(&self.vars, !asks.is_empty());
        for (index, ask) in asks.iter().enumerate() {
            let name = field_of(&ask.name);
            let before = typed.iter().find(|(field, _)| *field == name);
            let value = before.map_or_else(|| self.begun(ask, &name), |(_, value)| value.clone());
            if let Some(field) = self.field(&format!("field-var-{index}"), ask, &name, &value) {
                dom::append(&self.vars, &field);
            }
        }
        self.asks = asks.to_vec();
    }

    /// What a field begins with. A secret that came by link is not used.
    fn begun(&self, ask: &Ask, name: &str) -> String {
        match self.start.begun(name) {
            Some((_, "link")) if ask.secret => String::new(),
            Some((value, _)) => value.to_owned(),
            None => ask.default.clone(),
        }
    }

    fn field(&self, id: &str, ask: &Ask, name: &str, value: &str) -> Option<Element> {
        let field = self.var.stamp()?;
        let document = dom::document()?;
        let kind = if ask.choices.is_empty() {
            "input"
        } else {
            "select"
        };
        let input = document.create_element(kind).ok()?;
        let marks = [
            ("id", id),
            ("name", name),
            ("spellcheck", "false"),
            ("autocapitalize", "none"),
            ("autocomplete", "off"),
        ];
        for (mark, value) in marks {
            dom::mark(&input, mark, value);
        }
        if ask.secret {
            dom::mark(&input, "type", "password");
        }
        if let Some(select) = input.dyn_ref::<HtmlSelectElement>() {
            choices(select, &ask.choices, value);
        } else if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        }
        let question = Some(&ask.question).filter(|question| !question.is_empty());
        dom::fill(&field, &[("question", question.unwrap_or(&ask.name))]);
        dom::mark(&dom::part(&field, "question")?, "for", id);
        dom::append(&dom::part(&field, "in")?, &input);
        Some(field)
    }
}

/// The answers to choose from. Without a default nothing is chosen for the user.
fn choices(select: &HtmlSelectElement, choices: &[String], value: &str) {
    if !choices.iter().any(|choice| choice == value) {
        add(select, "", "");
    }
    for choice in choices {
        add(select, choice, choice);
    }
    select.set_value(value);
    if select.selected_index() < 0 {
        select.set_selected_index(0);
    }
}

/// The user chose a dialect from the list: that fills the field, or opens it.
pub(super) fn choose(form: &Element, choice: &Element) {
    let chosen = value_of(choice).unwrap_or_default();
    let Some(field) = dom::find_as::<HtmlInputElement>(form, "input[name=dialect]") else {
        return;
    };
    field.set_value(&chosen);
    show_place(form, chosen.is_empty());
    if chosen.is_empty() {
        let _ = field.focus();
    }
}

/// Makes the list follow the field.
pub(super) fn sync(form: &Element) {
    let (Some(field), Some(choice)) = (
        dom::find_as::<HtmlInputElement>(form, "input[name=dialect]"),
        dom::find_as::<HtmlSelectElement>(form, "[data-part=dialect-choice]"),
    ) else {
        return;
    };
    let value = field.value();
    if let Some(custom) = dom::part(form, "dialect-custom") {
        dom::show(&custom, value == CUSTOM);
    }
    choice.set_value(&value);
    let listed = choice.selected_index() >= 0 && !value.is_empty();
    if !listed {
        choice.set_value("");
    }
    show_place(form, !listed);
}

fn show_place(form: &Element, shown: bool) {
    if let Some(place) = dom::part(form, "dialect-place") {
        dom::show(&place, shown);
    }
}

/// Fills the list: the page's own relay first, then the others as they come.
fn offer(choice: &HtmlSelectElement, words: &Words, dialects: &[(String, String)]) {
    let relay = ("relay".to_owned(), "webrtc-steps relay".to_owned());
    let own = |row: &&(String, String)| row.0 == relay.0;
    let rest = dialects.iter().filter(|row| !own(row));
    let first = dialects.iter().find(own).unwrap_or(&relay);
    let custom = choice.first_element_child();
    for (name, title) in std::iter::once(first).chain(rest) {
        let shown = words.with("ui.dialect.title", &[("title", title), ("name", name)]);
        if let Some(option) = add(choice, name, &shown) {
            // The choices that are no names of documents stay last.
            let _ = choice.insert_before(&option, custom.as_deref());
        }
    }
}

fn add(select: &HtmlSelectElement, value: &str, text: &str) -> Option<HtmlOptionElement> {
    let option = dom::document()?.create_element("option").ok()?;
    let option: HtmlOptionElement = option.dyn_into().ok()?;
    option.set_value(value);
    option.set_text(text);
    select.append_child(&option).ok()?;
    Some(option)
}
