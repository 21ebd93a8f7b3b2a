//! Walking the rows by keyboard: one of them is in the order of Tab, arrows go on from there.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use webrtc_steps::views::dom;

/// Listens for arrows, Home and End on the list of rows.
pub(crate) fn listen(list: &Element) -> EventListener {
    let scope = list.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(list, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if key.ctrl_key() || key.alt_key() || key.meta_key() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let Some(row) = target.filter(|target: &Element| target.class_list().contains("row"))
        else {
            return;
        };
        if let Some(next) = neighbour(&scope, &row, &key.key()) {
            event.prevent_default();
            dom::mark(&row, "tabindex", "-1");
            dom::mark(&next, "tabindex", "0");
            dom::focus(&next);
        }
    })
}

/// The row a key leads to.
fn neighbour(list: &Element, row: &Element, key: &str) -> Option<Element> {
    let item = row.parent_element()?;
    let (mut to, down) = match key {
        "ArrowDown" => (item.next_element_sibling(), true),
        "ArrowUp" => (item.previous_element_sibling(), false),
        "Home" => (list.first_element_child(), true),
        "End" => (list.last_element_child(), false),
        _ => return None,
    };
    // Rows of a folded stage are passed over.
    while let Some(folded) = to.take_if(|item| item.has_attribute("hidden")) {
        to = if down {
            folded.next_element_sibling()
        } else {
            folded.previous_element_sibling()
        };
    }
    dom::find(&to?, ".row")
}

/// Whether somebody stands in one of the rows.
pub(crate) fn is_held(list: &Element) -> bool {
    list.matches(":focus-within").unwrap_or(false)
}

/// Keeps one row in the order of Tab: the newest, unless somebody stands in another.
pub(crate) fn keep_one(list: &Element) {
    let before = dom::find(list, ".row[tabindex=\"0\"]");
    if before.is_some() && is_held(list) {
        return;
    }
    let newest = list.last_element_child();
    let newest = newest.and_then(|item| dom::find(&item, ".row"));
    if newest == before {
        return;
    }
    if let Some(before) = before {
        dom::mark(&before, "tabindex", "-1");
    }
    if let Some(newest) = newest {
        dom::mark(&newest, "tabindex", "0");
    }
}

/// Leads whoever stood in a row that is gone to the newest.
pub(crate) fn go_on(list: &Element) {
    keep_one(list);
    if let Some(row) = dom::find(list, ".row[tabindex=\"0\"]") {
        dom::focus(&row);
    }
}
