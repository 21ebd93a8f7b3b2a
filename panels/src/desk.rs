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
    /// When the clock of the events was 0, in milliseconds since 1970.
    pub origin: Millis,
    /// Of the past: commands are not given.
    still: bool,
    run: Function,
}

impl Desk {
    /// For one element; `run(command, value)` gives a command of it.
    pub fn new(host: &HtmlElement, root: &ShadowRoot, words: Words, run: Function) -> Self {
        Self {
            words,
            host: host.clone(),
            root: root.clone(),
            origin: performance().map_or(0.0, |performance| performance.time_origin()),
            still: false,
            run,
        }
    }

    /// The same for a moment of the past, which nobody can change.
    pub(crate) fn of_the_past(&self, origin: Millis) -> Self {
        Self {
            origin,
            still: true,
            ..self.clone()
        }
    }

    /// Leads to a place; nowhere if there is none.
    pub fn show(&self, place: &str) {
        self.call("show", place);
    }

    /// Gives a command of the element. What comes of it is told by events; a refusal stands beside the command's control.
    pub fn run(&self, command: &str, value: &str) {
        if !self.still {
            self.call(command, value);
        }
    }

    fn call(&self, command: &str, value: &str) {
        let _told_by_events = self
            .run
            .call2(&JsValue::UNDEFINED, &command.into(), &value.into());
    }

    /// Now, on the page's time origin.
    pub fn now(&self) -> Millis {
        now()
    }
}

/// Now, on the page's time origin.
pub(crate) fn now() -> Millis {
    performance().map_or(0.0, |performance| performance.now())
}

fn performance() -> Option<web_sys::Performance> {
    web_sys::window()?.performance()
}
