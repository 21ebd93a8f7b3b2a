//! A promise's two outcomes, each handled once.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Calls one of the two when the promise settles. The promise owns both: one that never settles takes them along when it goes.
pub(crate) fn then(
    promise: &Promise,
    done: impl FnOnce(JsValue) + 'static,
    refused: impl FnOnce(JsValue) + 'static,
) {
    let (done, refused) = (Closure::once_into_js(done), Closure::once_into_js(refused));
    // Every promise has it.
    let then = Reflect::get(promise, &"then".into()).unwrap_or(JsValue::UNDEFINED);
    let then: Function = then.unchecked_into();
    let _chained = then.call2(promise, &done, &refused);
}
