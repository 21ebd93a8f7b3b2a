//! The one queue that every callback sends to; who owns the session takes from it, one at a time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
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
    /// The workbench is to be opened, or closed.
    Workbench,
    /// What waits to be shown has waited long enough.
    Show,
}

/// A sender to the queue. Cloning it clones a reference.
#[derive(Clone)]
pub(crate) struct Inbox {
    queue: Rc<RefCell<VecDeque<Incoming>>>,
    wake: Function,
    open: js_sys::Set,
}

impl Inbox {
    /// `wake` is called whenever the queue was empty and is not any more.
    pub(crate) fn new(wake: Function) -> Self {
        let open = js_sys::Set::new(&JsValue::UNDEFINED);
        Self {
            queue: Rc::default(),
            wake,
            open,
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

    /// Notes a connection, socket or channel that somebody else can reach: after a fault nobody owns it any more.
    pub(crate) fn opened(&self, resource: &JsValue) {
        self.open.add(resource);
    }

    /// Its owner has closed it.
    pub(crate) fn closed(&self, resource: &JsValue) {
        self.open.delete(resource);
    }

    /// Closes whatever is still open, and hears of nothing more.
    pub(crate) fn abandon(&self) {
        self.open.for_each(&mut |resource, _, _| {
            if let Ok(close) = Reflect::get(&resource, &"close".into())
                && let Ok(close) = close.dyn_into::<Function>()
            {
                // What cannot be closed is closed already.
                let _thrown = close.call0(&resource);
            }
        });
        self.open.clear();
    }

    pub(crate) fn rtc(&self, attempt: AttemptNumber, report: RtcReport) {
        self.send(Incoming::Input(Input::Rtc { attempt, report }));
    }

    pub(crate) fn signal(&self, link: u32, report: SignalReport) {
        self.send(Incoming::Input(Input::Signal { link, report }));
    }
}
