//! The first page: where the other peer is, the fields, whom joining contacts, and the one button.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use webrtc_steps_core::io::{Contact, Event, Linked, What};

use super::Start;
use super::control::Control;
use super::dialect::{self, DialectFields};
use super::dom::{self, Build, Template};
use crate::words::Words;

/// The fields that begin with an attribute's value.
const BEGUN_FIELDS: [&str; 9] = [
    "endpoint",
    "room",
    "dialect",
    "dialect-document",
    "ice-servers",
    "hosts",
    "mode",
    "role",
    "ice-transport-policy",
];
/// The fields that begin with what the markup says, or empty.
const OTHER_FIELDS: [&str; 7] = [
    "label",
    "ordered",
    "protocol",
    "max-retransmits",
    "max-packet-life-time",
    "ice-username",
    "ice-credential",
];

/// The start form and what stands beside it.
pub(crate) struct StartForm {
    words: Words,
    form: Element,
    contacts: Element,
    nobody: Element,
    /// Says that the document came by link.
    brought: Element,
    /// Says how far the document is that the link named.
    linked: Element,
    refusal: Element,
    last: Element,
    contact: Template,
    join: Control,
    dialect: DialectFields,
}

impl StartForm {
    pub(crate) fn new(build: &Build<'_>, start: &Start) -> Self {
        build.stamp(include_str!("start.html"));
        let form = build.part("form");
        begin(build, start);
        sync_kind(&form);
        Self {
            words: build.words.clone(),
            contacts: build.part("contacts"),
            nobody: build.part("nobody"),
            brought: build.part("brought"),
            linked: build.part("linked"),
            refusal: build.part("refusal"),
            last: build.part("last"),
            contact: build.template("contact", &["host", "purpose", "named"]),
            join: build.control("join"),
            dialect: DialectFields::new(build, &form, start),
            form,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.join.apply(event, &self.words);
        match &event.what {
            What::Contacts { contacts } => {
                self.clear_refusals();
                dom::show(&self.linked, false);
                self.consent(contacts);
            }
            What::DocumentLinked { place, stage } => self.link_named(place, *stage),
            What::Joining { .. } => {
                self.clear_refusals();
                dom::show(&self.linked, false);
                dom::say_or_hide(&self.refusal, "");
            }
            // A run that is over at once leaves its reason here, beside the button to try again.
            What::Trouble(trouble) => {
                let sentences =
                    [&trouble.cause, &trouble.advice].map(|message| self.words.say(message));
                dom::say_or_hide(&self.refusal, &sentences.join(" "));
            }
            What::Channel { state, .. } if state == "open" => dom::say_or_hide(&self.refusal, ""),
            What::Dialect(chosen) => {
                self.dialect.show(chosen);
                dom::show(&self.brought, self.dialect.came_by_link(chosen));
            }
            What::FieldRefused { field, message } => self.refuse(field, &self.words.say(message)),
            What::Left => dom::show(&self.last, true),
            _ => {}
        }
    }

    /// What the form began with.
    pub(super) fn begun(&self) -> &Start {
        self.dialect.begun_with()
    }

    /// Takes another value that a field begins with, and shows it.
    pub(super) fn begin_with(&mut self, begun: &(String, String, &'static str)) {
        let value = self.dialect.begin_with(begun.clone());
        self.fill(&[(begun.0.clone(), value)]);
    }

    /// Puts values into fields, by name, in any capitals.
    pub(super) fn fill(&self, fields: &[(String, String)]) {
        for input in dom::all(&self.form, "[name]") {
            let name = input.get_attribute("name").unwrap_or_default();
            let mut fields = fields.iter();
            if let Some((_, value)) = fields.find(|(field, _)| field.eq_ignore_ascii_case(&name)) {
                set(&input, value);
            }
        }
        sync_kind(&self.form);
    }

    /// Lists every host that joining will contact, what for, and who named it.
    fn consent(&self, contacts: &[Contact]) {
        dom::say(&self.contacts, "");
        dom::show(&self.nobody, contacts.is_empty());
        for contact in contacts {
            let Some(line) = self.contact.stamp() else {
                continue;
            };
            let purpose = self.words.say(&contact.purpose);
            let named = self.words.say(&contact.named_by);
            dom::fill(
                &line,
                &[
                    ("host", &contact.host),
                    ("purpose", &purpose),
                    ("named", &named),
                ],
            );
            dom::append(&self.contacts, &line);
        }
    }

    /// Says beside the button what its next click does; after the first one, leads to what there is to answer.
    fn link_named(&self, place: &str, stage: Linked) {
        let id = if stage == Linked::Unread {
            "ui.linked.unread"
        } else {
            "ui.linked.read"
        };
        dom::say_or_hide(&self.linked, &self.words.with(id, &[("place", &place)]));
        if stage == Linked::Halted && !self.dialect.focus_first() {
            self.join.focus();
        }
    }

    /// Says beside the field what is wrong with it.
    fn refuse(&self, field: &str, sentence: &str) {
        let mut named = dom::all(&self.form, "[name]").into_iter();
        let input = named.find(|input| input.get_attribute("name").as_deref() == Some(field));
        // A field that nobody sees cannot show what is wrong: the choice beside it does.
        let choice = || dom::part(&self.form, "dialect-choice");
        let input = if field == "dialect" {
            input.filter(is_shown).or_else(choice)
        } else {
            input
        };
        let place = input
            .as_ref()
            .and_then(|input| input.closest(".field").ok().flatten());
        let (Some(input), Some(place)) = (input, place) else {
            dom::say_or_hide(&self.refusal, sentence);
            return;
        };
        if let Ok(Some(folded)) = place.closest("details") {
            dom::mark(&folded, "open", "");
        }
        let Some(told) = self
            .form
            .owner_document()
            .and_then(|document| document.create_element("p").ok())
        else {
            return;
        };
        let id = format!("refusal-{}", field.replace('.', "-"));
        if let Some(before) = dom::find(&place, ".refusal") {
            before.remove();
        }
        dom::mark(&told, "class", "refusal");
        dom::mark(&told, "id", &id);
        dom::say(&told, sentence);
        dom::append(&place, &told);
        dom::mark(&input, "aria-invalid", "true");
        dom::mark(&input, "aria-describedby", &id);
        // What is wrong may be out of sight: whoever clicked on join is led to the first of it.
        if self.join.has_focus() {
            dom::focus(&input);
        }
    }

    fn clear_refusals(&self) {
        for told in dom::all(&self.form, ".field > .refusal") {
            told.remove();
        }
        for field in dom::all(&self.form, "[aria-invalid]") {
            dom::unmark(&field, "aria-invalid");
            dom::unmark(&field, "aria-describedby");
        }
    }
}

/// The form's fields by name. What only steers this view (`where`) is not among them.
pub(crate) fn fields(form: &Element) -> Vec<(String, String)> {
    let named = dom::all(form, "[name]").into_iter();
    named
        .filter_map(|field| {
            Some((
                field.get_attribute("name").filter(|name| name != "where")?,
                value_of(&field)?,
            ))
        })
        .collect()
}

/// Whether nothing around a field hides it.
fn is_shown(field: &Element) -> bool {
    matches!(field.closest("[hidden]"), Ok(None))
}

/// The value of an input, a select or a text area.
pub(super) fn value_of(field: &Element) -> Option<String> {
    let typed = field
        .dyn_ref::<HtmlInputElement>()
        .map(HtmlInputElement::value);
    let chosen = || {
        field
            .dyn_ref::<HtmlSelectElement>()
            .map(HtmlSelectElement::value)
    };
    let written = || {
        field
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
    };
    typed.or_else(chosen).or_else(written)
}

/// Sets the value of an input, a select or a text area. Of a select that has no such choice, the first.
fn set(field: &Element, value: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        text.set_value(value);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
        if select.selected_index() < 0 {
            select.set_selected_index(0);
        }
    }
}

/// Puts the begun values into the fields.
fn begin(build: &Build<'_>, start: &Start) {
    for name in BEGUN_FIELDS {
        set(&build.find(&format!("[name={name}]")), start.value(name));
    }
    for name in OTHER_FIELDS {
        build.find(&format!("[name={name}]"));
    }
    let socket = Some(start.value("endpoint")).filter(|endpoint| kind(endpoint) == "relay");
    let relay = build.part("where-relay");
    dom::mark(
        &relay,
        "data-endpoint",
        socket.unwrap_or("ws://localhost:8080"),
    );
}

/// The user chose where the other peer is: that names the endpoint.
pub(super) fn choose_where(form: &Element, card: &Element) {
    let endpoint = dom::find_as::<HtmlInputElement>(form, "input[name=endpoint]");
    if let (Some(endpoint), Some(named)) = (endpoint, card.get_attribute("data-endpoint")) {
        endpoint.set_value(&named);
    }
    sync_kind(form);
}

/// The user chose a dialect from the list.
pub(super) fn choose_dialect(form: &Element, choice: &Element) {
    dialect::choose(form, choice);
}

/// Follows the endpoint: which card is chosen, and which fields mean nothing for it.
pub(super) fn sync_kind(form: &Element) {
    let Some(endpoint) = dom::find_as::<HtmlInputElement>(form, "input[name=endpoint]") else {
        return;
    };
    let kind = kind(&endpoint.value());
    dialect::sync(form);
    dom::mark(form, "data-kind", kind);
    if let Some(card) = dom::find_as::<HtmlInputElement>(form, &format!("[data-part=where-{kind}]"))
    {
        card.set_checked(true);
    }
}

/// Which of the three cards an endpoint belongs to.
fn kind(endpoint: &str) -> &'static str {
    match endpoint.trim().to_ascii_lowercase().as_str() {
        "tabs:" => "tabs",
        "paste:" => "paste",
        _ => "relay",
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn an_endpoint_belongs_to_one_card() {
        assert_eq!(
            [" Tabs:", "paste:", "wss://example.org", ""].map(kind),
            ["tabs", "paste", "relay", "relay"]
        );
    }
}
