//! What JavaScript threw, as words.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use webrtc_steps_core::io::Fault;

/// The name and message of anything that was thrown or rejected.
pub(crate) fn fault(thrown: &JsValue) -> Fault {
    let part = |name: &str| {
        Reflect::get(thrown, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    Fault {
        name: part("name").unwrap_or_else(|| "Error".to_owned()),
        message: part("message")
            .or_else(|| thrown.as_string())
            .unwrap_or_default(),
    }
}
