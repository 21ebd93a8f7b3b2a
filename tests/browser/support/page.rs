//! The bindings of the scripts beside this file.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlElement};

#[wasm_bindgen(module = "/tests/browser/support/page.js")]
extern "C" {
    pub(super) async fn stirred(milliseconds: f64) -> JsValue;

    /// Waits until calls on peer connections that are older than this one have had their turn.
    #[wasm_bindgen(js_name = browserCaughtUp)]
    pub(crate) async fn browser_caught_up();

    /// Puts a text into a field as typing does.
    #[wasm_bindgen(js_name = type)]
    pub(crate) fn type_into(field: &web_sys::Element, text: &str);

    /// Chooses from a list as a person does.
    #[wasm_bindgen(js_name = choose)]
    pub(crate) fn choose_in(list: &web_sys::Element, value: &str);

    /// Chooses a file in a file field, as a person does.
    #[wasm_bindgen(js_name = chooseFile)]
    pub(crate) fn choose_file(field: &web_sys::Element, name: &str, text: &str);

    /// Makes every change of a node's text throw.
    pub(crate) fn sabotage(node: &web_sys::Element);

    /// Dispatches a message as the browser does when one came.
    #[wasm_bindgen(js_name = handIn)]
    pub(crate) fn hand_in(target: &EventTarget, data: &JsValue);

    /// The element's part.
    pub(super) type Stand;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(attributes: &str) -> Stand;
    #[wasm_bindgen(method, getter)]
    pub(super) fn host(this: &Stand) -> HtmlElement;
    #[wasm_bindgen(method, getter, js_name = wakeIt)]
    pub(super) fn wake(this: &Stand) -> Function;
    #[wasm_bindgen(method, getter)]
    pub(super) fn faults(this: &Stand) -> Vec<String>;
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &Stand);
    #[wasm_bindgen(method)]
    pub(super) fn hold(this: &Stand, mounted: JsValue);
    #[wasm_bindgen(method, js_name = detailsFrom)]
    pub(super) fn details_from(this: &Stand, index: usize) -> String;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn run(
        this: &Stand,
        command: &str,
        value: Option<String>,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn record(this: &Stand) -> Array;
    #[wasm_bindgen(method, js_name = leavePage)]
    pub(super) fn leave_page(this: &Stand);
    #[wasm_bindgen(method)]
    pub(super) fn free(this: &Stand) -> Option<String>;
}

#[wasm_bindgen(module = "/tests/browser/support/census.js")]
extern "C" {
    /// Counts what is alive in the page and what was contacted, from its making to its end.
    pub(crate) type Census;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Census;
    /// What is alive, each with a name.
    #[wasm_bindgen(method)]
    pub(crate) fn alive(this: &Census) -> Vec<String>;
    /// What was made that contacts somebody, by its kind.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn contacts(this: &Census) -> Vec<String>;
    /// Errors and rejections that nobody caught.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn strays(this: &Census) -> Vec<String>;
    #[wasm_bindgen(method)]
    pub(crate) fn connection(this: &Census, index: usize) -> EventTarget;
    #[wasm_bindgen(method, js_name = dataChannel)]
    pub(crate) fn data_channel(this: &Census, index: usize) -> EventTarget;
    #[wasm_bindgen(method)]
    pub(crate) fn socket(this: &Census, index: usize) -> EventTarget;
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Census);
}

#[wasm_bindgen(module = "/tests/browser/support/page.js")]
extern "C" {
    /// A peer in a room of tabs that speaks the wire format by itself.
    pub(crate) type Peer;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(room: &str, id: &str) -> Peer;
    /// The one it heard in the room.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn other(this: &Peer) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn received(this: &Peer) -> Vec<String>;
    #[wasm_bindgen(method, js_name = takeAtMost)]
    pub(crate) fn take_at_most(this: &Peer, bytes: u32);
    #[wasm_bindgen(method, js_name = greetWith)]
    pub(crate) fn greet_with(this: &Peer, texts: Vec<String>);
    #[wasm_bindgen(method)]
    pub(crate) async fn offer(this: &Peer);
    #[wasm_bindgen(method)]
    pub(crate) fn say(this: &Peer, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn signal(this: &Peer, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn raw(this: &Peer, line: &JsValue);
    /// Every line it heard, as JSON.
    #[wasm_bindgen(method)]
    pub(crate) fn heard(this: &Peer) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Peer);
}

#[wasm_bindgen(module = "/tests/browser/support/page.js")]
extern "C" {
    /// A relay inside the page.
    pub(crate) type Relay;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Relay;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn urls(this: &Relay) -> Vec<String>;
    /// The code of each close that a page asked for.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn closed(this: &Relay) -> Vec<u16>;
    /// Says any text to everybody.
    #[wasm_bindgen(method)]
    pub(crate) fn say(this: &Relay, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn drop(this: &Relay);
    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Relay);
}
