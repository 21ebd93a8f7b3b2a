//! Other tabs of this browser, over a BroadcastChannel: who is in the room is the core's election, this only posts lines.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};
use webrtc_steps_core::io::{Fault, SignalReport};
use webrtc_steps_core::tabs::{LISTEN, TabRoom, Wish};

use crate::fault::fault;
use crate::inbox::{Inbox, Incoming};
use crate::timers::{after, now};

/// The longest text taken from another tab, in UTF-16 units.
const LONGEST: u32 = 256 * 1024;

/// A seat in a room of tabs. Dropping it says goodbye.
pub(super) struct Tabs {
    channel: BroadcastChannel,
    room: TabRoom,
    link: u32,
    inbox: Inbox,
    _listener: EventListener,
    _deadline: Timeout,
}

impl Tabs {
    pub(super) fn open(room: &str, me: &str, link: u32, inbox: &Inbox) -> Result<Self, Fault> {
        let channel = BroadcastChannel::new(&format!("webrtc-steps {room}"))
            .map_err(|thrown| fault(&thrown))?;
        inbox.opened(&channel);
        let to = inbox.clone();
        let listener = EventListener::new(&channel, "message", move |event| {
            let posted = event
                .dyn_ref::<MessageEvent>()
                .map(|event| read(&event.data()));
            match posted.flatten() {
                Some(Posted::Line(line)) => to.send(Incoming::Line(link, line)),
                Some(Posted::TooLong(length)) => to.signal(link, SignalReport::TooLong(length)),
                None => {}
            }
        });
        let to = inbox.clone();
        let deadline = after(LISTEN, move || to.send(Incoming::LinkTick(link)));
        let (room, wishes) = TabRoom::enter(me, now());
        let tabs = Self {
            channel,
            room,
            link,
            inbox: inbox.clone(),
            _listener: listener,
            _deadline: deadline,
        };
        tabs.grant(wishes);
        Ok(tabs)
    }

    pub(super) fn line(&mut self, line: &[String]) {
        let wishes = self.room.line(now(), line);
        self.grant(wishes);
    }

    pub(super) fn tick(&mut self) {
        // The timer may fire a little early by this clock: its turn has come all the same.
        let wishes = self.room.tick(now() + LISTEN);
        self.grant(wishes);
    }

    pub(super) fn send(&self, text: &str) {
        self.grant(self.room.send(text).into_iter().collect());
    }

    fn grant(&self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Report(report) => self.inbox.signal(self.link, report),
                Wish::Post(line) => {
                    let line: Array = line.iter().map(|part| JsValue::from_str(part)).collect();
                    let _closed_already = self.channel.post_message(&line);
                }
            }
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.grant(vec![self.room.leave()]);
        self.channel.close();
        self.inbox.closed(&self.channel);
    }
}

/// What another tab posted.
enum Posted {
    Line(Vec<String>),
    /// The length of a text above the limit, in UTF-16 units.
    TooLong(u32),
}

/// A line as another tab of this page posted it; anything else is not for us.
fn read(data: &JsValue) -> Option<Posted> {
    let parts = data
        .dyn_ref::<Array>()
        .filter(|parts| parts.length() == 4)?;
    let parts: Option<Vec<JsString>> = parts.iter().map(|part| part.dyn_into().ok()).collect();
    let parts = parts?;
    match parts.iter().map(JsString::length).max() {
        Some(longest) if longest > LONGEST => Some(Posted::TooLong(longest)),
        _ => Some(Posted::Line(parts.iter().map(String::from).collect())),
    }
}
