//! What every panel works with: words, the element, its commands, the time.

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, ShadowRoot};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::Millis;

/// Cloning it clones references.
#[derive(Debug, Clone)]
pub struct Desk {
    pub words: Words,
    pub host: HtmlElement,
    pub root: ShadowRoot,
    run: Function,
}

impl Desk {
    /// For one element; `run(command, value)` gives a command of it.
    pub fn new(host: &HtmlElement, root: &ShadowRoot, words: Words, run: Function) -> Self {
        Self {
            words,
            host: host.clone(),
            root: root.clone(),
            run,
        }
    }

    /// Gives a command of the element. What comes of it is told by events; a refusal stands beside the command's control.
    pub fn run(&self, command: &str, value: &str) {
        let _told_by_events = self
            .run
            .call2(&JsValue::UNDEFINED, &command.into(), &value.into());
    }

    /// Now, on the page's time origin.
    pub fn now(&self) -> Millis {
        web_sys::window()
            .and_then(|window| window.performance())
            .map_or(0.0, |performance| performance.now())
    }
}
