//! One session with a person at its workbench and a server that says what the test says.

use std::borrow::Cow;

use webrtc_steps_core::command::{Command, Plain};
use webrtc_steps_core::io::{Effect, Event, Fit, Input, Probe, SignalReport, Transport, What};
use webrtc_steps_core::settings::Start;
use webrtc_steps_core::{Output, Session};

/// A document that names its messages plainly.
pub(crate) const DOCUMENT: &str = r#"{
  "dialect": "My server",
  "url": "{endpoint}/ws?room={room}",
  "variables": {"pass": {"ask": "Password", "secret": true}},
  "messages": [
    {"on": "open", "send": {"type": "join", "room": "{room}", "pass": "{pass?}"}},
    {"read": {"type": "welcome", "id": "{self}", "others": ["{peer}", "..."]}, "means": ["joined", "request-offer"]},
    {"both": {"type": "offer", "from": "{from}", "to": "{to}", "sdp": "{description.sdp}"}, "means": "offer"},
    {"both": {"type": "answer", "from": "{from}", "to": "{to}", "sdp": "{description.sdp}"}, "means": "answer"},
    {"both": {"type": "ice", "from": "{from}", "to": "{to}", "candidate": "{candidate}"}, "means": ["candidate", "end"]},
    {"read": {"type": "ping", "of": "{room}"}, "send": {"type": "pong", "of": "{room}", "pass": "{pass?}"}}
  ]
}"#;

pub(crate) struct Desk {
    session: Session,
    now: f64,
    tickets: u32,
    pub(crate) events: Vec<Event>,
    pub(crate) orders: Vec<Effect>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let mut desk = Self {
            session: Session::new(Start::default(), 7),
            now: 0.0,
            tickets: 0,
            events: Vec::new(),
            orders: Vec::new(),
        };
        desk.drain();
        desk
    }

    /// Joined with a document of its own, and let in.
    pub(crate) fn joined(document: &str) -> Self {
        let mut desk = Self::new();
        let refused = desk.give(Command::Join(fields(document)));
        assert_eq!(refused, None);
        desk.opens();
        desk.hears(r#"{"type":"welcome","id":"me","others":["b7e2"]}"#);
        desk
    }

    /// Gives a command; the id of the sentence that refuses it, if it does so at once.
    pub(crate) fn give(&mut self, command: Command) -> Option<Cow<'static, str>> {
        self.tickets += 1;
        let ticket = Some(self.tickets);
        self.take(Input::Command { command, ticket });
        let mine = self.tickets;
        self.events
            .iter()
            .rev()
            .find_map(|event| match &event.what {
                What::Outcome { ticket, refused } if *ticket == mine => {
                    refused.as_ref().map(|message| message.id.clone())
                }
                _ => None,
            })
    }

    pub(crate) fn take(&mut self, input: Input) {
        self.now += 1.0;
        self.session.handle(self.now, input);
        self.drain();
    }

    /// The link that was ordered last is open.
    pub(crate) fn opens(&mut self) {
        let report = SignalReport::Open { presence: None };
        let link = self.link().0;
        self.take(Input::Signal { link, report });
    }

    /// A frame comes.
    pub(crate) fn hears(&mut self, frame: &str) {
        let report = SignalReport::Frame(frame.to_owned());
        let link = self.link().0;
        self.take(Input::Signal { link, report });
    }

    /// The number and URL of the last link.
    pub(crate) fn link(&self) -> (u32, String) {
        let links = self.orders.iter().rev();
        links
            .filter_map(|order| match order {
                Effect::OpenLink {
                    link,
                    transport: Transport::WebSocket { url, .. },
                } => Some((*link, url.clone())),
                _ => None,
            })
            .next()
            .expect("a link was opened")
    }

    pub(crate) fn leave(&mut self) {
        self.give(Command::Plain(Plain::Leave));
    }

    /// What the last of the messages is read as; nothing of a document with mistakes.
    pub(crate) fn probe(&mut self, document: &str, message: &str) -> Probe {
        self.probes(document, message).pop().unwrap_or_default()
    }

    /// What each of the messages is read as.
    pub(crate) fn probes(&mut self, document: &str, message: &str) -> Vec<Probe> {
        let (document, message) = (document.to_owned(), message.to_owned());
        self.give(Command::Probe { document, message });
        self.last(|what| match what {
            What::Probed { messages, .. } => Some(messages.clone()),
            _ => None,
        })
    }

    /// The pointers of the mistakes that a document has.
    pub(crate) fn mistakes(&mut self, document: &str) -> Vec<String> {
        self.probes(document, "");
        self.last(|what| match what {
            What::Probed { mistakes, .. } => Some(mistakes.clone()),
            _ => None,
        })
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect()
    }

    pub(crate) fn recognise(&mut self, messages: &str) -> Vec<Fit> {
        self.give(Command::Recognise(messages.to_owned()));
        self.fits()
    }

    /// What was proposed last.
    pub(crate) fn fits(&self) -> Vec<Fit> {
        self.last(|what| match what {
            What::Fits(fits) => Some(fits.clone()),
            _ => None,
        })
    }

    /// The last fact that a test looks for.
    pub(crate) fn last<T>(&self, pick: impl Fn(&What) -> Option<T>) -> T {
        let mut facts = self.events.iter().rev();
        facts
            .find_map(|event| pick(&event.what))
            .expect("it was told")
    }

    pub(crate) fn count(&self, is_it: impl Fn(&What) -> bool) -> usize {
        self.events
            .iter()
            .filter(|event| is_it(&event.what))
            .count()
    }

    fn drain(&mut self) {
        while let Some(output) = self.session.poll() {
            match output {
                Output::Effect(effect) => self.orders.push(effect),
                Output::Event(event) => self.events.push(event),
            }
        }
    }
}

/// A form that names a server and this document.
pub(crate) fn fields(document: &str) -> Vec<(String, String)> {
    let fields = [
        ("endpoint", "ws://server.test"),
        ("room", "blue"),
        ("mode", "manual"),
        ("dialect", "custom"),
        ("dialect-document", document),
        ("var.pass", "hunter2"),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}
