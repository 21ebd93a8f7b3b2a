//! A WebSocket that carries text (RFC 6455), through web-sys: it has an `open` event, and a normal close is no error.

use gloo_events::EventListener;
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CloseEvent, MessageEvent, SecurityPolicyViolationEvent, WebSocket};
use webrtc_steps_core::io::{Fault, SignalReport};

use crate::fault::fault;
use crate::inbox::Inbox;

/// The longest frame taken, in UTF-16 units: checked before it is copied, since wasm memory never shrinks.
const LONGEST: u32 = 256 * 1024;
const NORMAL: u16 = 1000;

/// An open or opening socket. Dropping it removes its listeners and closes it with code 1000.
pub(super) struct Socket {
    socket: WebSocket,
    listeners: Vec<EventListener>,
    inbox: Inbox,
}

impl Socket {
    pub(super) fn open(
        url: &str,
        protocols: &[String],
        link: u32,
        inbox: &Inbox,
    ) -> Result<Self, Fault> {
        let protocols: Array = protocols
            .iter()
            .map(|name| JsValue::from_str(name))
            .collect();
        let socket =
            WebSocket::new_with_str_sequence(url, &protocols).map_err(|thrown| fault(&thrown))?;
        inbox.opened(&socket);
        let to = inbox.clone();
        let mut listeners = vec![EventListener::once(&socket, "open", move |_| {
            to.signal(link, SignalReport::Open { presence: None });
        })];
        let to = inbox.clone();
        listeners.push(EventListener::new(&socket, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                to.signal(link, read(&event.data()));
            }
        }));
        let to = inbox.clone();
        listeners.push(EventListener::once(&socket, "close", move |event| {
            let (code, reason) = event
                .dyn_ref::<CloseEvent>()
                .map_or((1006, String::new()), |event| {
                    (event.code(), event.reason())
                });
            to.signal(link, SignalReport::Closed { code, reason });
        }));
        listeners.extend(watch_policy(url, link, inbox));
        Ok(Self {
            socket,
            listeners,
            inbox: inbox.clone(),
        })
    }

    /// Sends a frame. A socket that is not open any more reports its close by itself.
    pub(super) fn send(&self, text: &str) {
        let _not_open = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listeners.clear();
        let _closed_already = self.socket.close_with_code(NORMAL);
        self.inbox.closed(&self.socket);
    }
}

/// A page's Content-Security-Policy blocks a socket without a reason; only this event names it.
fn watch_policy(url: &str, link: u32, inbox: &Inbox) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let (inbox, url) = (inbox.clone(), url.to_owned());
    Some(EventListener::new(
        &document,
        "securitypolicyviolation",
        move |event| {
            let Some(event) = event.dyn_ref::<SecurityPolicyViolationEvent>() else {
                return;
            };
            if url.starts_with(&event.blocked_uri()) && !event.blocked_uri().is_empty() {
                let (name, message) = (
                    "SecurityPolicyViolation".to_owned(),
                    event.effective_directive(),
                );
                inbox.signal(link, SignalReport::Refused(Fault { name, message }));
            }
        },
    ))
}

fn read(data: &JsValue) -> SignalReport {
    match data.dyn_ref::<JsString>() {
        Some(text) if text.length() <= LONGEST => SignalReport::Frame(String::from(text)),
        Some(text) => SignalReport::TooLong(text.length()),
        None => SignalReport::Binary,
    }
}
