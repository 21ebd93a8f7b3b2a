//! Puts a text on the clipboard, where the browser lets a page do so.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Element;
use webrtc_steps_core::io::Input;

use crate::inbox::{Inbox, Incoming};
use crate::views::dom;

/// Copies, and reports whether it worked. There is no clipboard without a secure context: the older way, through a
/// field within `frame`, copies there.
pub(crate) fn copy(text: &str, inbox: &Inbox, frame: &Element) {
    let report = |inbox: &Inbox, done: bool| inbox.send(Incoming::Input(Input::Copied(done)));
    let Some(writing) = write(text) else {
        return report(inbox, dom::copy_text(frame, text));
    };
    let to = inbox.clone();
    let done = Closure::once_into_js(move || report(&to, true));
    let to = inbox.clone();
    let refused = Closure::once_into_js(move || report(&to, false));
    if let Ok(then) = get(&writing, "then").dyn_into::<Function>() {
        let _chained = then.call2(&writing, &done, &refused);
    }
}

fn write(text: &str) -> Option<Promise> {
    let clipboard = get(&get(&web_sys::window()?.into(), "navigator"), "clipboard");
    let write = get(&clipboard, "writeText").dyn_into::<Function>().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
