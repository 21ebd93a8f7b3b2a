//! Transports: they carry text and know no JSON. A new one is a file and an arm of `open`.

mod fetch;
mod tabs;
mod websocket;

use wasm_bindgen::JsValue;
use webrtc_steps_core::dialect::Fetch;
use webrtc_steps_core::io::{SignalReport, Transport};

use crate::inbox::Inbox;

/// The link of the present run. Dropping it closes it.
pub(crate) struct Signaling {
    inbox: Inbox,
    /// This element's end of a line.
    line: Option<JsValue>,
    link: Option<(u32, Carrier)>,
    fetches: fetch::Fetches,
}

enum Carrier {
    Socket(websocket::Socket),
    Tabs(tabs::Tabs),
}

impl Signaling {
    pub(crate) fn new(inbox: Inbox, line: Option<JsValue>) -> Self {
        Self {
            inbox,
            line,
            link: None,
            fetches: fetch::Fetches::default(),
        }
    }

    /// Opens a transport, closing the one before. What comes of it is reported under `link`.
    pub(crate) fn open(&mut self, link: u32, transport: Transport) {
        self.link = None;
        self.fetches.keep_only(link);
        let opened = match transport {
            Transport::WebSocket { url, protocols } => {
                websocket::Socket::open(&url, &protocols, link, &self.inbox).map(Carrier::Socket)
            }
            Transport::Tabs { room, me } => {
                tabs::Tabs::open(&room, &me, link, &self.inbox).map(Carrier::Tabs)
            }
            Transport::Line { me } => match &self.line {
                Some(line) => Ok(Carrier::Tabs(tabs::Tabs::on_line(
                    line,
                    &me,
                    link,
                    &self.inbox,
                ))),
                // The form is refused before it comes to this.
                None => return,
            },
            // Nothing to open: a person carries the text.
            Transport::Paste => {
                return self
                    .inbox
                    .signal(link, SignalReport::Open { presence: None });
            }
        };
        match opened {
            Ok(carrier) => self.link = Some((link, carrier)),
            Err(fault) => self.inbox.signal(link, SignalReport::Refused(fault)),
        }
    }

    /// Sends one frame, if that link is still there.
    pub(crate) fn send(&self, link: u32, text: &str) {
        match &self.link {
            Some((open, Carrier::Socket(socket))) if *open == link => socket.send(text),
            Some((open, Carrier::Tabs(tabs))) if *open == link => tabs.send(text),
            _ => {}
        }
    }

    /// Makes an HTTP request of the dialect. `parting`: it goes on when the link closes.
    pub(crate) fn fetch(&mut self, link: u32, fetch: &Fetch, parting: bool) {
        self.fetches.send(link, fetch, parting, &self.inbox);
    }

    pub(crate) fn close(&mut self, link: u32) {
        self.fetches.close(link);
        if self.link.as_ref().is_some_and(|(open, _)| *open == link) {
            self.link = None;
        }
    }

    /// Another tab posted a line.
    pub(crate) fn line(&mut self, link: u32, line: &[String]) {
        if let Some((open, Carrier::Tabs(tabs))) = &mut self.link
            && *open == link
        {
            tabs.line(line);
        }
    }

    /// The transport's own deadline has come.
    pub(crate) fn tick(&mut self, link: u32) {
        if let Some((open, Carrier::Tabs(tabs))) = &mut self.link
            && *open == link
        {
            tabs.tick();
        }
    }
}
