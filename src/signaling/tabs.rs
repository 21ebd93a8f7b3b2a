//! Other tabs of this browser over a BroadcastChannel, or the other end of a line over a MessagePort: who is there is the
//! core's to tell, this only posts lines.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};
use webrtc_steps_core::io::{Fault, SignalReport};
use webrtc_steps_core::tabs::{LISTEN, TabRoom, Wish};

use crate::fault::fault;
use crate::inbox::{Inbox, Incoming};
use crate::timers::{after, now};

/// The longest text taken from another tab, in UTF-16 units.
const LONGEST: u32 = 256 * 1024;

#[wasm_bindgen]
extern "C" {
    /// What a BroadcastChannel and a MessagePort have in common.
    #[wasm_bindgen(extends = web_sys::EventTarget)]
    type Air;

    #[wasm_bindgen(method, structural, catch, js_name = postMessage)]
    fn post(this: &Air, line: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, getter, js_name = postMessage)]
    fn poster(this: &Air) -> Function;

    /// A MessagePort keeps what comes until this.
    #[wasm_bindgen(method, structural)]
    fn start(this: &Air);
}

/// A seat in a room of tabs, or at one end of a line. Dropping it says goodbye.
pub(super) struct Tabs {
    air: Air,
    room: TabRoom,
    link: u32,
    inbox: Inbox,
    /// What ends it after a fault, when nobody owns it any more.
    end: JsValue,
    _listener: EventListener,
    _deadline: Option<Timeout>,
}

impl Tabs {
    pub(super) fn open(room: &str, me: &str, link: u32, inbox: &Inbox) -> Result<Self, Fault> {
        let channel = BroadcastChannel::new(&format!("webrtc-steps {room}"))
            .map_err(|thrown| fault(&thrown))?;
        let to = inbox.clone();
        let deadline = after(LISTEN, move || to.send(Incoming::LinkTick(link)));
        let (room, wishes) = TabRoom::enter(me, now());
        let tabs = Self::over(channel.unchecked_into(), room, link, inbox, Some(deadline));
        tabs.grant(wishes);
        Ok(tabs)
    }

    /// Takes this end of a line. The line itself stays when the seat is given up: whoever begins again speaks over it.
    pub(super) fn on_line(port: &JsValue, me: &str, link: u32, inbox: &Inbox) -> Self {
        let (room, wishes) = TabRoom::on_line(me, now());
        let tabs = Self::over(port.clone().unchecked_into(), room, link, inbox, None);
        tabs.air.start();
        tabs.grant(wishes);
        tabs
    }

    fn over(air: Air, room: TabRoom, link: u32, inbox: &Inbox, deadline: Option<Timeout>) -> Self {
        let to = inbox.clone();
        let listener = EventListener::new(&air, "message", move |event| {
            let posted = event
                .dyn_ref::<MessageEvent>()
                .map(|event| read(&event.data()));
            match posted.flatten() {
                Some(Posted::Line(line)) => to.send(Incoming::Line(link, line)),
                Some(Posted::TooLong(length)) => to.signal(link, SignalReport::TooLong(length)),
                None => {}
            }
        });
        let end = ending(&air, &room);
        inbox.opened(&end);
        Self {
            air,
            room,
            link,
            inbox: inbox.clone(),
            end,
            _listener: listener,
            _deadline: deadline,
        }
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
                    let _closed_already = self.air.post(&posted(&line));
                }
            }
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.grant(vec![self.room.leave()]);
        if let Some(channel) = self.air.dyn_ref::<BroadcastChannel>() {
            channel.close();
        }
        self.inbox.closed(&self.end);
    }
}

/// What closes the seat without this program: a channel of tabs itself; for a line, which is not this element's own, the
/// goodbye.
fn ending(air: &Air, room: &TabRoom) -> JsValue {
    if air.has_type::<BroadcastChannel>() {
        return air.into();
    }
    let end = Object::new();
    if let Wish::Post(line) = room.leave() {
        let bye = air.poster().bind1(air, &posted(&line));
        // A plain object takes any property.
        let _set = Reflect::set(&end, &"close".into(), &bye);
    }
    end.into()
}

/// A line as plain data.
fn posted(line: &[String]) -> Array {
    line.iter().map(|part| JsValue::from_str(part)).collect()
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
