//! One page's side of a connection: takes what happens, gives orders and facts.

mod address;
mod attempt;
mod auto;
mod brake;
mod candidates;
mod carry;
mod channels;
mod chat;
mod descriptions;
mod documents;
mod faults;
mod fetching;
mod forbidden;
mod joining;
mod link;
mod members;
mod negotiation;
mod options;
mod patience;
mod pending;
mod reports;
mod restart;
mod show;
mod signals;
mod speak;
mod trial;
mod workbench;

use std::collections::VecDeque;

use crate::command::{Command, Plain};
use crate::facts::Facts;
use crate::guard;
use crate::io::{Effect, Event, Input, Millis, Ticket, What};
use crate::settings::Start;
use crate::words::{Message, say};
use attempt::Attempt;
use documents::Library;
use faults::Faults;
use link::Link;
use members::Run;
use show::Shown;
use workbench::Bench;

/// What [`Session::poll`] gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// An order to the browser.
    Effect(Effect),
    /// A fact for views and listeners.
    Event(Event),
}

/// The state machine of one element. `handle` cannot fail and does not panic, whatever comes in.
pub struct Session {
    now: Millis,
    start: Start,
    random: Random,
    out: VecDeque<Output>,
    facts: Facts,
    run: Option<Run>,
    link: Link,
    library: Library,
    attempt: Attempt,
    shown: Shown,
    bench: Bench,
    faults: Faults,
}

/// Who wanted a step taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    User,
    Page,
}

impl Session {
    /// A session before `join`. `start` is what the form begins with; `seed` is random and makes ids.
    pub fn new(start: Start, seed: u64) -> Self {
        let mut session = Self {
            now: 0.0,
            start,
            random: Random(seed | 1),
            out: VecDeque::new(),
            facts: Facts::new(),
            run: None,
            link: Link::default(),
            library: Library::default(),
            attempt: Attempt::default(),
            shown: Shown::default(),
            bench: Bench::default(),
            faults: Faults::default(),
        };
        session.tell_page();
        session.consider(Vec::new());
        session.show();
        session
    }

    /// Takes one input. `now` is `performance.now()`; a clock that runs backwards is taken to stand still.
    pub fn handle(&mut self, now: Millis, input: Input) {
        if now > self.now {
            self.now = now;
        }
        if let Some(run) = &mut self.run {
            run.conversation.at(self.now + self.start.epoch);
        }
        match input {
            Input::Command { command, ticket } => self.command(command, ticket),
            Input::Rtc { attempt, report } if attempt == self.attempt.number && self.is_alive() => {
                self.rtc(report)
            }
            Input::Signal { link, report } if link == self.link.number => self.signal(report),
            Input::Rtc { .. } | Input::Signal { .. } => {}
            Input::Tick => self.shown.woken(),
            Input::Document { place, answer } => {
                self.document_came(&place, answer);
                self.bench_document(&place);
            }
            Input::Begins { field, value, by } => self.begin_with(field, value, by),
            Input::PageHide => self.leave(say("left.page"), None),
            Input::Hidden(hidden) => self.page_hidden(hidden),
            Input::Copied(done) => self.note(say(if done {
                "note.copied"
            } else {
                "note.not-copied"
            })),
        }
        self.keep_deadlines();
        self.autopilot();
        self.show();
        self.schedule();
    }

    /// The next order or fact, in order; `None` when there is nothing left.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// What the steps are judged over.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    fn command(&mut self, command: Command, ticket: Option<Ticket>) {
        match command {
            Command::Join(fields) => self.join(&fields, ticket),
            Command::Consider(fields) => self.consider(fields),
            Command::SendMessage(text) => self.send_message(text, ticket),
            Command::ReadSignal(text) => self.read_signal(&text, ticket),
            Command::Probe { .. }
            | Command::OpenDocument(_)
            | Command::Recognise(_)
            | Command::SwitchDialect { .. } => self.bench_command(command, ticket),
            Command::Switch { option, on } => self.switch(option, on, ticket),
            Command::Edit { side, sdp } => self.edit(side, sdp, ticket),
            Command::Disturb(disturbance) => self.disturb(disturbance, ticket),
            Command::Plain(plain) => match guard::permit(&self.facts, plain) {
                Ok(()) if guard::allow(&self.facts, plain).is_err() => self.force(plain, ticket),
                Ok(()) => self.take(plain, By::User, ticket),
                Err(reason) => self.outcome(ticket, Some(reason)),
            },
        }
    }

    /// Gives a permitted command its effect.
    fn take(&mut self, plain: Plain, by: By, ticket: Option<Ticket>) {
        if by == By::User
            && let Some(run) = &mut self.run
        {
            run.paused = false;
        }
        match plain {
            Plain::CreatePeerConnection => self.create_peer_connection(by, ticket),
            Plain::AddDataChannel => self.add_data_channel(by, ticket),
            Plain::CreateOffer => self.create_offer(by, ticket),
            Plain::CreateAnswer => self.create_answer(by, ticket),
            Plain::SetLocalDescription => self.set_local(by, ticket),
            Plain::SetRemoteDescription => self.set_remote(by, ticket),
            Plain::SendOffer | Plain::SendAnswer => self.give_description(ticket),
            Plain::SendCandidates => self.let_candidates_flow(ticket),
            Plain::RestartIce => self.offer_again(true, by, ticket),
            Plain::Renegotiate => self.offer_again(false, by, ticket),
            Plain::AddTrack => self.add_track(by, ticket),
            Plain::AddCandidates => self.add_candidates(ticket),
            Plain::CloseLink => self.lose_link(ticket),
            Plain::CopySignal => self.copy_signal(ticket),
            Plain::Close => self.close(ticket),
            Plain::Leave => self.leave(say("left.you"), ticket),
        }
    }

    fn tell(&mut self, what: What) {
        let event = Event {
            at: self.now,
            attempt: self.attempt.number,
            what,
        };
        self.out.push_back(Output::Event(event));
    }

    fn note(&mut self, message: Message) {
        self.tell(What::Note { message });
    }

    fn order(&mut self, effect: Effect) {
        self.out.push_back(Output::Effect(effect));
    }

    fn outcome(&mut self, ticket: Option<Ticket>, refused: Option<Message>) {
        if let Some(ticket) = ticket {
            self.tell(What::Outcome { ticket, refused });
        }
    }
}

/// A small generator for ids and jitter (xorshift64*): nothing secret rests on it, the seed comes from outside.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Between 0 and 1.
    fn part(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(0);
        f64::from(high) / f64::from(u32::MAX)
    }
}
