//! A synthetic video track: a canvas that is filmed, so that no camera and no permission is needed.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::bindings::{Connection, get, object};

/// Frames per second; nothing moves on it.
const RATE: f64 = 1.0;

/// A track that stops when it is dropped.
pub(super) struct Track(JsValue);

impl Track {
    /// Adds a track to a connection (`addTransceiver()`).
    pub(super) fn add(connection: &Connection) -> Result<Self, JsValue> {
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.ok_or(JsValue::UNDEFINED)?;
        let canvas = document.create_element("canvas")?;
        // Firefox films only what has a context.
        call(&canvas, "getContext", &"2d".into())?;
        let stream = call(&canvas, "captureStream", &RATE.into())?;
        let tracks = call(&stream, "getVideoTracks", &JsValue::UNDEFINED)?;
        let track = Self(get(&tracks, "0"));
        let options = object(&[("direction", "sendrecv".into())]);
        connection.add_transceiver(&track.0, &options)?;
        Ok(track)
    }
}

impl Drop for Track {
    fn drop(&mut self) {
        // What cannot be stopped has stopped.
        let _stopped = call(&self.0, "stop", &JsValue::UNDEFINED);
    }
}

fn call(object: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let function: Function = get(object, name).dyn_into()?;
    function.call1(object, argument)
}
