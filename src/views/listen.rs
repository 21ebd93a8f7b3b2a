//! The listeners on the root: each click, submit, key and change becomes a command, or stays with the views.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent,
    ShadowRoot,
};
use webrtc_steps_core::command::{Command, Plain, Switch};

use super::{dom, live, seen, start};

type Send = Rc<dyn Fn(Command)>;

/// Listens on the whole root, once per kind of event. Dropping what it returns ends it.
pub(crate) fn listen(root: &ShadowRoot, send: Send) -> Vec<EventListener> {
    let on = |kind: &'static str, handle: fn(&Element, &web_sys::Event, &Send)| {
        let (scope, send) = (root.clone(), send.clone());
        // A submit would leave the page unless it is prevented, and a listener is passive unless it asks.
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(root, kind, options, move |event| {
            if let Some(frame) = scope.first_element_child() {
                handle(&frame, event, &send);
            }
        })
    };
    vec![
        on("click", click),
        on("submit", submit),
        on("keydown", key),
        on("input", edit),
        on("change", change),
    ]
}

fn click(frame: &Element, event: &web_sys::Event, send: &Send) {
    let Some(target) = target(event) else { return };
    if let Ok(Some(control)) = target.closest("[data-command]")
        && control.dyn_ref::<HtmlFormElement>().is_none()
    {
        give(frame, &control, send);
    } else if let Ok(Some(control)) = target.closest("[data-view]") {
        seen::click(frame, &control);
        if control.get_attribute("data-view").as_deref() == Some("another-room") {
            consider(&control, send);
        }
    }
}

/// Sends the command of a control, or says why it cannot be given.
fn give(frame: &Element, control: &Element, send: &Send) {
    if refused(frame, control) || is_past(frame) {
        return;
    }
    let name = control.get_attribute("data-command").unwrap_or_default();
    let command = match name.as_str() {
        "join" => {
            dom::find(frame, "[data-form=start]").map(|form| Command::Join(start::fields(&form)))
        }
        "read-signal" => {
            let text = dom::find_as::<HtmlTextAreaElement>(frame, "[data-signal=incoming]");
            text.map(|text| Command::ReadSignal(text.value()))
        }
        name => match Switch::from_name(name) {
            Some(option) => Some(Command::Switch {
                option,
                on: control.get_attribute("aria-checked").as_deref() != Some("true"),
            }),
            None => Plain::from_name(name).map(Command::Plain),
        },
    };
    if let Some(command) = command {
        send(command);
    }
}

fn submit(frame: &Element, event: &web_sys::Event, send: &Send) {
    event.prevent_default();
    let Some(form) = target(event) else { return };
    if form.get_attribute("data-command").as_deref() != Some("send-message")
        || refused(frame, &form)
        || is_past(frame)
    {
        return;
    }
    if let Some(field) = dom::find_as::<HtmlInputElement>(&form, "input[name=text]") {
        // The chat empties the field when the line has gone: nothing typed is lost.
        send(Command::SendMessage(field.value()));
    }
}

/// Enter in a field of the start form joins.
fn key(frame: &Element, event: &web_sys::Event, send: &Send) {
    let enter = event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|key| key.key() == "Enter" && !key.is_composing());
    // In a field for a file, Enter opens the choice of one.
    let takes_text = |field: &HtmlInputElement| field.type_() != "file";
    let field = target(event).filter(|target| target.dyn_ref().is_some_and(takes_text));
    let Some(field) = field.filter(|_| enter) else {
        return;
    };
    if matches!(field.closest("[data-form=start]"), Ok(Some(_)))
        && let Some(join) = dom::find(frame, "[data-command=join]")
    {
        event.prevent_default();
        give(frame, &join, send);
    }
}

/// What is typed counts at once, but a document's place only when it is finished: each would be fetched.
fn edit(_frame: &Element, event: &web_sys::Event, send: &Send) {
    let field = target(event).filter(|field| !field.id().starts_with("field-dialect"));
    if let Some(field) = field {
        consider(&field, send);
    }
}

fn change(_frame: &Element, event: &web_sys::Event, send: &Send) {
    let Some(field) = target(event) else { return };
    if let (Ok(Some(form)), true) = (
        field.closest("[data-form=start]"),
        field.has_attribute("data-endpoint"),
    ) {
        start::choose_where(&form, &field);
    }
    if let (Ok(Some(form)), Some("dialect-choice")) = (
        field.closest("[data-form=start]"),
        field.get_attribute("data-part").as_deref(),
    ) {
        start::choose_dialect(&form, &field);
    }
    consider(&field, send);
}

/// Asks what the start form, as it stands, would contact.
fn consider(field: &Element, send: &Send) {
    if let Ok(Some(form)) = field.closest("[data-form=start]") {
        if field.get_attribute("name").as_deref() == Some("endpoint") {
            start::sync_kind(&form);
        }
        send(Command::Consider(start::fields(&form)));
    }
}

/// Whether this is a frame of the past: nothing that is done in it reaches the session.
fn is_past(frame: &Element) -> bool {
    frame.has_attribute("data-replay")
}

/// Whether a control is unavailable; the live region then says its reason.
fn refused(frame: &Element, control: &Element) -> bool {
    if control.get_attribute("aria-disabled").as_deref() != Some("true") {
        return false;
    }
    let id = control
        .get_attribute("aria-describedby")
        .unwrap_or_default();
    let reason =
        dom::find(frame, &format!("[id=\"{id}\"]")).and_then(|reason| reason.text_content());
    if let (Some(reason), Some(region)) = (
        reason.filter(|reason| !reason.is_empty()),
        dom::find(frame, "[data-place=live]"),
    ) {
        live::announce(&region, &reason);
    }
    true
}

/// The element an event began at.
fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Presses the one control of a command, for a button that only stands for it.
pub(super) fn press(frame: &Element, command: &str) {
    if let Some(control) =
        dom::find_as::<HtmlElement>(frame, &format!("[data-command=\"{command}\"]"))
    {
        control.click();
    }
}
