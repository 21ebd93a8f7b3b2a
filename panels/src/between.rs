//! What stands between the two sides of a pair: the diagram of both, and the table of their states.

mod rows;
mod states;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::{Interval, Timeout};
use js_sys::{Array, Function, JSON, Object};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use webrtc_steps::views;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::between::Order;
use webrtc_steps_core::io::{Millis, Role, What};
use webrtc_steps_core::record::read_event;

use crate::desk;
use crate::panel::act;
use rows::Rows;
use states::States;

/// How long an event can be kept back by a side that connects by itself, in milliseconds. The element tells in batches of at most 150.
const LATE: Millis = 200.0;
const LATE_FOR_TIMER: u32 = 200;

/// What stands between the two. Freeing it takes it away.
#[wasm_bindgen]
pub struct OpenedBetween {
    stage: Rc<RefCell<Stage>>,
    _listeners: Vec<EventListener>,
    _clock: Interval,
}

struct Stage {
    place: Element,
    rows: Rows,
    states: States,
    order: Order,
    /// One of the sides connects by itself, and tells in batches.
    batched: bool,
    later: Option<Timeout>,
    me: Weak<RefCell<Self>>,
}

/// Opens the diagram and the states of a pair in `place`. `words` is the whole catalogue; `run(command, value)` gives a command of the
/// pair.
///
/// # Errors
/// An Error with a sentence when the markup cannot be stamped.
#[wasm_bindgen]
pub fn open_between(
    place: &Element,
    words: Object,
    run: Function,
) -> Result<OpenedBetween, JsValue> {
    // Nothing here gives commands yet.
    drop(run);
    let stage = Stage::new(place, &Words::new(words));
    let stage = stage.map_err(|sentence| js_sys::Error::new(&sentence))?;
    let on = |kind: &'static str| {
        let stage = stage.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(place, kind, options, move |event| {
            if let (Some(act), Ok(mut stage)) = (act(event), stage.try_borrow_mut()) {
                stage.rows.act(&act);
            }
            indent(event);
        })
    };
    let ticking = stage.clone();
    Ok(OpenedBetween {
        _listeners: ["click"].map(on).into(),
        _clock: Interval::new(1000, move || {
            if let Ok(mut stage) = ticking.try_borrow_mut() {
                stage.rows.tick(desk::now());
            }
        }),
        stage,
    })
}

#[wasm_bindgen]
impl OpenedBetween {
    /// Tells what a side (`offerer` or `answerer`) told: the detail of one of its events, or a list of them, in order.
    pub fn tell(&self, side: &str, details: JsValue) {
        let role = match side {
            "offerer" => Role::Offerer,
            "answerer" => Role::Answerer,
            _ => return,
        };
        let details = if Array::is_array(&details) {
            Array::from(&details)
        } else {
            Array::of1(&details)
        };
        if let Ok(mut stage) = self.stage.try_borrow_mut() {
            stage.tell(role, &details);
        }
    }
}

impl Drop for OpenedBetween {
    fn drop(&mut self) {
        if let Ok(mut stage) = self.stage.try_borrow_mut() {
            stage.later = None;
            dom::say(&stage.place, "");
        }
    }
}

/// A frame can be read as sent, or indented.
fn indent(event: &web_sys::Event) {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest("[data-view=indent]").ok()?);
    if let Some(control) = control {
        views::indent(&control);
    }
}

impl Stage {
    fn new(place: &Element, words: &Words) -> Result<Rc<RefCell<Self>>, String> {
        let missing = RefCell::new(None);
        dom::say(place, "");
        let build = Build::new(place, words, &missing);
        build.stamp(include_str!("between.html"));
        build.stamp(crate::diagram::ROWS);
        let (rows, states) = (Rows::new(&build), States::new(&build)?);
        if let Some(part) = missing.take() {
            return Err(part);
        }
        Ok(Rc::new_cyclic(|me| {
            RefCell::new(Self {
                place: place.clone(),
                rows,
                states,
                order: Order::default(),
                batched: false,
                later: None,
                me: me.clone(),
            })
        }))
    }

    /// Takes what one side told. What cannot be read is left out: a newer element may know more kinds.
    fn tell(&mut self, role: Role, details: &Array) {
        for detail in details.iter() {
            let text = JSON::stringify(&detail).ok().map(String::from);
            if let Some(Ok(event)) = text.map(|text| read_event(&text)) {
                if let What::Joining { mode, .. } = &event.what {
                    self.batched = mode == "auto";
                }
                self.order.push(role, event);
            }
        }
        if self.batched {
            // The other side may still tell of something that was before.
            self.take(desk::now() - LATE);
            self.wait();
        } else {
            self.take(Millis::INFINITY);
        }
    }

    /// Takes the events up to a moment, in their order.
    fn take(&mut self, until: Millis) {
        while let Some((role, event)) = self.order.next(until) {
            self.states.apply(role, &event);
            self.rows.apply(role, event);
        }
        self.rows.show();
        self.states.show();
    }

    fn wait(&mut self) {
        if self.order.is_empty() || self.later.is_some() {
            return;
        }
        let me = self.me.clone();
        self.later = Some(Timeout::new(LATE_FOR_TIMER, move || {
            if let Some(stage) = me.upgrade()
                && let Ok(mut stage) = stage.try_borrow_mut()
            {
                stage.later = None;
                stage.take(desk::now() - LATE);
                stage.wait();
            }
        }));
    }
}
