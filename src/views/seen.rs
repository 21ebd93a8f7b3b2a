//! Clicks that only change what is seen: no command, no event, nothing the core would know.

use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlInputElement};
use webrtc_steps_core::room;

use super::{dom, listen};

/// Handles a click on a `[data-view]`.
pub(super) fn click(frame: &Element, control: &Element) {
    let attribute = |name: &str| control.get_attribute(name).unwrap_or_default();
    match attribute("data-view").as_str() {
        "fold" => toggle(
            control,
            closest(control, ".stage").and_then(|stage| dom::find(&stage, ".steps")),
        ),
        "explain" => explain(control),
        "indent" => indent(control),
        "code" => choose(frame, "data-code", "code", &attribute("data-code")),
        "tab" => choose(frame, "data-tab", "tab", &attribute("data-tab")),
        "next" => listen::press(frame, &attribute("data-for")),
        "dismiss" => closest(control, ".diag")
            .iter()
            .for_each(|card| dom::show(card, false)),
        "copy-link" => copy_link(frame, control),
        "scan" => toggle(control, dom::find(frame, "[data-place=scan]")),
        "another-room" => another_room(frame),
        "last-run" => last_run(frame),
        _ => {}
    }
}

fn closest(control: &Element, selector: &str) -> Option<Element> {
    control.closest(selector).ok().flatten()
}

/// Opens or folds what a button stands above.
fn toggle(control: &Element, body: Option<Element>) {
    let Some(body) = body else { return };
    let folded = body.has_attribute("hidden");
    dom::show(&body, folded);
    dom::mark(
        control,
        "aria-expanded",
        if folded { "true" } else { "false" },
    );
}

/// Opens or folds the explanation of a step.
fn explain(control: &Element) {
    let Some(step) = closest(control, ".step") else {
        return;
    };
    let open = step.class_list().contains("explained");
    if open {
        dom::unclass(&step, "explained")
    } else {
        dom::class(&step, "explained")
    }
    dom::mark(
        control,
        "aria-expanded",
        if open { "false" } else { "true" },
    );
}

/// Shows a frame as sent or indented; the indented form is made when it is first asked for.
pub fn indent(control: &Element) {
    let Some(opened) = closest(control, ".framed, .opened") else {
        return;
    };
    let (Some(sent), Some(indented)) = (dom::part(&opened, "sent"), dom::part(&opened, "indented"))
    else {
        return;
    };
    let wanted = control.get_attribute("data-as").as_deref() == Some("indented");
    if wanted && indented.text_content().unwrap_or_default().is_empty() {
        let text = sent.text_content().unwrap_or_default();
        dom::say(&indented, &pretty(&text).unwrap_or(text));
    }
    dom::show(&indented, wanted);
    dom::show(&sent, !wanted);
    press_one(&dom::all(&opened, "[data-view=indent]"), control);
}

/// JSON on several lines; `None` when the text is no JSON.
pub(super) fn pretty(text: &str) -> Option<String> {
    let value = JSON::parse(text).ok()?;
    JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from(2))
        .ok()?
        .as_string()
}

/// Writes a choice onto the page and marks the buttons that stand for it.
pub(super) fn choose(frame: &Element, attribute: &str, view: &str, value: &str) {
    if let Some(page) = dom::find(frame, ".page") {
        dom::mark(&page, attribute, value);
    }
    for button in dom::all(frame, &format!("[data-view={view}]")) {
        let chosen = button.get_attribute(attribute).as_deref() == Some(value);
        dom::mark(
            &button,
            "aria-pressed",
            if chosen { "true" } else { "false" },
        );
    }
}

fn press_one(buttons: &[Element], pressed: &Element) {
    for button in buttons {
        dom::mark(
            button,
            "aria-pressed",
            if button == pressed { "true" } else { "false" },
        );
    }
}

/// Copies the join link and says so; where the browser does not copy, the link stands selected.
fn copy_link(frame: &Element, control: &Element) {
    let link = dom::part(frame, "link");
    let copied = link.is_some_and(|link| dom::copy_field(&link));
    if copied {
        dom::focus(control);
    }
    let said = dom::all(frame, "[data-part=copied] > *");
    for (sentence, holds) in said.iter().zip([copied, !copied]) {
        dom::show(sentence, holds);
    }
}

/// Puts another room's name into the form: 128 random bits.
fn another_room(frame: &Element) {
    let mut bytes = [0; 16];
    let random = web_sys::window().and_then(|window| window.crypto().ok());
    let drawn =
        random.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    let field = dom::find_as::<HtmlInputElement>(frame, "input[name=room]");
    if let (true, Some(field)) = (drawn, field) {
        let bits = u128::from_le_bytes(bytes);
        field.set_value(&room::name((bits >> 64) as u64, bits as u64));
    }
}

/// Shows the record of the run that is over, or the start again.
fn last_run(frame: &Element) {
    let Some(page) = dom::find(frame, ".page") else {
        return;
    };
    let shown = page.get_attribute("data-past").as_deref() == Some("true");
    dom::mark(&page, "data-past", if shown { "false" } else { "true" });
}
