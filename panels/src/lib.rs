//! What an element loads when it is first needed: panels that explain, diagnose, record and replay. They know the run as its
//! record only, like any other listener, and ask for things through the element's own commands.

mod between;
mod candidates;
mod code;
mod descriptions;
mod desk;
mod diagnosis;
mod diagram;
mod exercises;
mod faults;
mod keeper;
mod machine;
mod panel;
mod panels;
mod past;
mod record;
mod refusals;
mod save;
mod scan;
mod stage;
mod states;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use webrtc_steps::views::dom;
use webrtc_steps::words::Words;

pub use between::{OpenedBetween, open_between};
pub use desk::Desk;
pub use panel::{Act, Panel};
pub use panels::Panels;

use keeper::Keeper;
use panel::Listening;
use stage::Stage;

/// The open panels of an element. Freeing it takes them away.
#[wasm_bindgen]
pub struct Opened {
    stage: Rc<RefCell<Stage>>,
    _listening: Listening,
    _keeper: Option<Keeper>,
}

/// Opens the panels in the shadow root of `host`. `words` is the whole catalogue, `record` every event so far, oldest first;
/// `run` gives a command of the element (`run(command, value)` answers with a promise).
///
/// # Errors
/// An Error with a sentence when the markup cannot be stamped.
#[wasm_bindgen]
pub fn open(
    host: &HtmlElement,
    words: Object,
    record: &Array,
    run: Function,
) -> Result<Opened, JsValue> {
    let root = host
        .shadow_root()
        .ok_or_else(|| js_sys::Error::new("the element has no open shadow root"))?;
    let desk = Desk::new(host, &root, Words::new(words), run);
    let mut panels = Panels::new(&desk).map_err(|sentence| js_sys::Error::new(&sentence))?;
    panels.tell(record);
    let stage = Stage::new(&desk, panels);
    Ok(Opened {
        _listening: Listening::new(&root, &stage),
        _keeper: Keeper::new(&root),
        stage,
    })
}

/// Takes the page's Trusted Types policy `webrtc-steps`, before the first [`open`], where the browser knows such policies.
#[wasm_bindgen(js_name = trustPanels)]
pub fn trust(policy: JsValue) {
    dom::trust(policy);
}

#[wasm_bindgen]
impl Opened {
    /// Tells what became known since, as plain data, in order.
    pub fn tell(&self, events: &Array) {
        if let Ok(mut stage) = self.stage.try_borrow_mut() {
            stage.tell(events);
        }
    }
}
