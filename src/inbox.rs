//! The one queue that every callback sends to; who owns the session takes from it, one at a time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;
use webrtc_steps_core::io::{AttemptNumber, Input, RtcReport, SignalReport};

use crate::driver::Channel;

/// What callbacks send: an input for the session, or a handle that only the driver or a transport can keep.
pub(crate) enum Incoming {
    Input(Input),
    /// The other side made a channel; its listeners are attached already.
    Channel(AttemptNumber, Channel),
    /// Another tab posted a line.
    Line(u32, Vec<String>),
    /// A transport's own deadline has come.
    LinkTick(u32),
}

/// A sender to the queue. Cloning it clones a reference.
#[derive(Clone)]
pub(crate) struct Inbox {
    queue: Rc<RefCell<VecDeque<Incoming>>>,
    wake: Function,
}

impl Inbox {
    /// `wake` is called whenever the queue was empty and is not any more.
    pub(crate) fn new(wake: Function) -> Self {
        Self {
            queue: Rc::default(),
            wake,
        }
    }

    pub(crate) fn send(&self, incoming: Incoming) {
        let was_empty = {
            let mut queue = self.queue.borrow_mut();
            queue.push_back(incoming);
            queue.len() == 1
        };
        if was_empty {
            // A `wake` that throws is the element's own failure; there is nobody here to tell.
            let _thrown = self.wake.call0(&JsValue::UNDEFINED);
        }
    }

    pub(crate) fn take(&self) -> Option<Incoming> {
        self.queue.borrow_mut().pop_front()
    }

    pub(crate) fn rtc(&self, attempt: AttemptNumber, report: RtcReport) {
        self.send(Incoming::Input(Input::Rtc { attempt, report }));
    }

    pub(crate) fn signal(&self, link: u32, report: SignalReport) {
        self.send(Incoming::Input(Input::Signal { link, report }));
    }
}
