//! What a panel is, and how the user reaches it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRoot};
use webrtc_steps_core::io::{Event, Millis};

use crate::stage::Stage;

/// One panel: a fold over the record, like every view.
pub trait Panel {
    /// Takes one fact. Cheap: long texts and lists are drawn by [`Panel::show`].
    fn apply(&mut self, event: &Event);

    /// Draws what changed: once after each batch of facts. `record` is the whole run so far.
    fn show(&mut self, _record: &[Event]) {}

    /// Time has passed; once a second, and in a replay with each moment that is shown.
    fn tick(&mut self, _now: Millis) {}

    /// The user did something with an element of this panel that has `data-do`.
    fn act(&mut self, _act: &Act, _record: &[Event]) {}
}

/// Something a user did.
#[derive(Debug, Clone)]
pub struct Act {
    /// The event's type: `click`, `input`, `change` or `submit`.
    pub kind: String,
    /// The element's `data-do`.
    pub name: String,
    /// The element.
    pub control: Element,
    /// What the event was dispatched to, within the element.
    pub target: Element,
}

impl Act {
    /// An attribute of the control; empty if it is not there.
    pub fn attribute(&self, name: &str) -> String {
        self.control.get_attribute(name).unwrap_or_default()
    }
}

/// The listeners and the clock. Dropping it ends both.
pub(crate) struct Listening {
    _listeners: Vec<EventListener>,
    _clock: Interval,
}

impl Listening {
    pub(crate) fn new(root: &ShadowRoot, stage: &Rc<RefCell<Stage>>) -> Self {
        let on = |kind: &'static str| {
            let stage = stage.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(root, kind, options, move |event| {
                let Some(act) = act(event) else { return };
                if act.kind == "submit" {
                    event.prevent_default();
                }
                if let Ok(mut stage) = stage.try_borrow_mut() {
                    stage.act(&act);
                }
            })
        };
        let stage = stage.clone();
        Self {
            _listeners: ["click", "input", "change", "submit"].map(on).into(),
            _clock: Interval::new(1000, move || {
                if let Ok(mut stage) = stage.try_borrow_mut() {
                    stage.tick();
                }
            }),
        }
    }
}

/// What the user did with an element that has `data-do`.
pub(crate) fn act(event: &web_sys::Event) -> Option<Act> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let control = target.closest("[data-do]").ok().flatten()?;
    Some(Act {
        kind: event.type_(),
        name: control.get_attribute("data-do")?,
        control,
        target,
    })
}
