//! One element's owner: takes from the inbox, asks the core, performs its orders, shows its facts.

use std::collections::VecDeque;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, JSON};
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, ShadowRoot};
use webrtc_steps_core::command::{Command, Disturbance, Plain, Switch};
use webrtc_steps_core::io::{Effect, Event, Input, Millis, RtcReport, Side, Ticket, What};
use webrtc_steps_core::settings::{Mode, Start};
use webrtc_steps_core::{Output, Session, timeline};

use crate::begin;
use crate::clipboard;
use crate::documents::Documents;
use crate::driver::Driver;
use crate::inbox::{Inbox, Incoming};
use crate::signaling::Signaling;
use crate::timers::{Timers, after, now};
use crate::views::{self, Views};
use crate::words::Words;

/// The most events kept for a view that loads late; older ones are dropped, and the views say so themselves.
const LONGEST_RECORD: usize = 5_000;
/// How long facts wait to be shown while `auto` connects, in milliseconds.
const BATCH: Millis = 150.0;

/// Everything one element owns. Dropping it closes connections, links and timers, and empties the element.
pub(crate) struct App {
    inbox: Inbox,
    session: Session,
    driver: Driver,
    signaling: Signaling,
    documents: Documents,
    timers: Timers,
    views: Views,
    words: Words,
    record: VecDeque<Event>,
    /// Facts that are known and not shown yet, and the timer that ends their wait.
    unshown: VecDeque<Event>,
    batch: Option<Timeout>,
    /// The wait is over.
    due: bool,
    waiting: Vec<(Ticket, Answer)>,
    /// An attribute changed, and whom joining would contact has not been told since.
    stale: bool,
    _listeners: Vec<EventListener>,
}

/// How the promise of `run` is kept or broken.
pub(crate) struct Answer {
    pub(crate) resolve: Function,
    pub(crate) reject: Function,
}

/// What an element begins with.
pub(crate) struct Beginning {
    pub(crate) start: Start,
    pub(crate) views: views::Start,
    /// Gives the dialect documents that come with the element.
    pub(crate) beside: Function,
    pub(crate) seed: u64,
    /// This element's end of a line to another: a MessagePort.
    pub(crate) line: Option<JsValue>,
}

impl App {
    /// Stamps the element and shows its first facts.
    pub(crate) fn new(
        host: &HtmlElement,
        root: &ShadowRoot,
        words: Words,
        beginning: Beginning,
        inbox: Inbox,
    ) -> Result<Self, String> {
        let views = Views::new(host, root, &words, &beginning.views)?;
        let to = inbox.clone();
        let send = move |command| {
            to.send(Incoming::Input(Input::Command {
                command,
                ticket: None,
            }))
        };
        let mut listeners = views::listen(root, Rc::new(send));
        listeners.push(views::listen_for_workbench(root, &inbox));
        let to = inbox.clone();
        listeners.extend(host.owner_document().map(|document| {
            EventListener::new(&document, "visibilitychange", move |_| {
                to.send(Incoming::Input(Input::Hidden(begin::hidden())));
            })
        }));
        Ok(Self {
            session: Session::new(beginning.start, beginning.seed),
            driver: Driver::new(inbox.clone()),
            signaling: Signaling::new(inbox.clone(), beginning.line),
            documents: Documents::new(beginning.beside, inbox.clone()),
            timers: Timers::default(),
            views,
            words,
            record: VecDeque::new(),
            unshown: VecDeque::new(),
            batch: None,
            due: false,
            waiting: Vec::new(),
            stale: false,
            _listeners: listeners,
            inbox,
        })
    }

    /// Works until nothing is left to do; the facts as plain data, in order.
    pub(crate) fn turn(&mut self) -> Array {
        self.drain();
        while let Some(incoming) = self.inbox.take() {
            match incoming {
                Incoming::Input(input) => self.handle(input),
                Incoming::Channel(attempt, channel) => self.driver.keep(attempt, channel),
                Incoming::Line(link, line) => self.signaling.line(link, &line),
                Incoming::LinkTick(link) => self.signaling.tick(link),
                Incoming::Show => self.due = true,
                Incoming::Workbench => self.views.toggle_workbench(self.record.iter(), &self.inbox),
            }
            self.drain();
        }
        self.tell()
    }

    /// Remembers whom to tell of a command's outcome.
    pub(crate) fn expect(&mut self, ticket: Ticket, answer: Answer) {
        self.waiting.push((ticket, answer));
    }

    /// The whole record, oldest first, as plain data.
    pub(crate) fn record(&self) -> Array {
        self.record.iter().map(plain).collect()
    }

    /// The values of the start form as they stand, by field name.
    pub(crate) fn form_fields(&self) -> Vec<(String, String)> {
        self.views.form_fields()
    }

    /// An attribute of the host changed: the form shows it at once; a run goes on with what it was joined with.
    pub(crate) fn attribute(&mut self, host: &HtmlElement, name: &str) {
        let Some(begun) = begin::field(host, name) else {
            return;
        };
        self.views.begin_with(&begun);
        let (field, value, by) = begun;
        self.inbox
            .send(Incoming::Input(Input::Begins { field, value, by }));
        self.stale = true;
        self.consider_if_stale();
    }

    /// Whom the form, as it stands, would contact is told before a run only.
    fn consider_if_stale(&mut self) {
        if self.stale && !self.session.facts().run.begun {
            self.stale = false;
            self.inbox.send(Incoming::Input(Input::Command {
                command: Command::Consider(self.form_fields()),
                ticket: None,
            }));
        }
    }

    /// Shows everything anew in another language: a view is a fold, so it is told what was told before. The run goes on.
    pub(crate) fn reword(
        &mut self,
        host: &HtmlElement,
        root: &ShadowRoot,
        words: Words,
    ) -> Result<(), String> {
        let (start, typed) = self.views.take_away();
        self.views = Views::new(host, root, &words, &start)?;
        self.words = words;
        for event in &self.record {
            self.views.mark_host(event);
            self.views.apply(event);
        }
        for event in &self.unshown {
            self.views.mark_host(event);
        }
        self.views.fill_form(&typed);
        Ok(())
    }

    /// Says goodbye at once: the page is going.
    pub(crate) fn leave_page(&mut self) -> Array {
        self.handle(Input::PageHide);
        self.drain();
        self.tell()
    }

    fn handle(&mut self, input: Input) {
        let settled = match &input {
            Input::Rtc {
                attempt,
                report: RtcReport::Done { operation, .. } | RtcReport::Refused { operation, .. },
            } => crate::driver::is_queued(*operation).then_some(*attempt),
            _ => None,
        };
        self.session.handle(now(), input);
        if let Some(attempt) = settled {
            self.driver.settled(attempt);
        }
    }

    /// Orders go out first: what is shown costs a layout, and the other side waits for none of it.
    fn drain(&mut self) {
        while let Some(output) = self.session.poll() {
            match output {
                Output::Effect(effect) => self.perform(effect),
                Output::Event(event) => {
                    self.views.mark_host(&event);
                    self.unshown.push_back(event);
                }
            }
        }
    }

    /// Shows what is known, in order. While `auto` connects it is shown in batches, because nobody clicks and every
    /// frame drawn in between delays the connection.
    fn tell(&mut self) -> Array {
        let told = Array::new();
        let due = std::mem::take(&mut self.due);
        if self.hurries() && !due {
            if self.batch.is_none() && !self.unshown.is_empty() {
                let inbox = self.inbox.clone();
                self.batch = Some(after(BATCH, move || inbox.send(Incoming::Show)));
            }
            return told;
        }
        self.batch = None;
        while let Some(event) = self.unshown.pop_front() {
            self.show(event, &told);
        }
        told
    }

    fn hurries(&self) -> bool {
        let facts = self.session.facts();
        let connecting = facts.run.begun && !facts.attempt.channel_open;
        connecting && facts.run.mode == Mode::Auto
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::OpenLink { link, transport } => self.signaling.open(link, transport),
            Effect::SendFrame { link, text } => self.signaling.send(link, &text),
            Effect::CloseLink { link } => self.signaling.close(link),
            Effect::Fetch {
                link,
                fetch,
                parting,
            } => self.signaling.fetch(link, &fetch, parting),
            Effect::LoadDocument { place } => self.documents.load(&place),
            Effect::Wake { at } => self.timers.wake(at, &self.inbox),
            Effect::Copy { text } => clipboard::copy(&text, &self.inbox, self.views.frame()),
            rtc => self.driver.perform(rtc),
        }
    }

    fn show(&mut self, event: Event, told: &Array) {
        if let What::Outcome { ticket, refused } = &event.what {
            let refused = refused.as_ref().map(|message| self.words.say(message));
            if let Some(at) = self.waiting.iter().position(|(known, _)| known == ticket) {
                self.waiting.swap_remove(at).1.give(refused);
            }
        }
        self.views.apply(&event);
        if matches!(event.what, What::Left) {
            self.consider_if_stale();
        }
        told.push(&plain(&event));
        if self.record.len() >= LONGEST_RECORD {
            self.record.pop_front();
        }
        self.record.push_back(event);
    }
}

impl Answer {
    /// Resolves, or rejects with an Error that carries the sentence of the page.
    pub(crate) fn give(&self, refused: Option<String>) {
        let _thrown = match refused {
            None => self.resolve.call0(&JsValue::UNDEFINED),
            Some(sentence) => self
                .reject
                .call1(&JsValue::UNDEFINED, &js_sys::Error::new(&sentence)),
        };
    }
}

/// A command by its `data-command`, with the value it needs; `None` for a name that is none, or a value that does not fit.
pub(crate) fn command(
    name: &str,
    value: Option<String>,
    fields: impl FnOnce() -> Vec<(String, String)>,
) -> Option<Command> {
    let value = value.unwrap_or_default();
    match name {
        "join" => Some(Command::Join(fields())),
        "send-message" => Some(Command::SendMessage(value)),
        "read-signal" => Some(Command::ReadSignal(value)),
        "edit-mine" => Some(edit(Side::Mine, value)),
        "edit-theirs" => Some(edit(Side::Theirs, value)),
        "disturb" => Disturbance::from_json(&value).map(Command::Disturb),
        other => match Switch::from_name(other) {
            Some(option) => switch(option, &value),
            None => Plain::from_name(other).map(Command::Plain),
        },
    }
}

fn edit(side: Side, sdp: String) -> Command {
    Command::Edit { side, sdp }
}

fn switch(option: Switch, value: &str) -> Option<Command> {
    matches!(value, "on" | "off").then(|| Command::Switch {
        option,
        on: value == "on",
    })
}

/// An event as plain JavaScript data.
fn plain(event: &Event) -> JsValue {
    JSON::parse(&timeline::json(event).to_string()).unwrap_or(JsValue::NULL)
}
