//! The clock, and the queue of everything that is still to happen. Nothing sleeps: time jumps to the next thing due.

use std::collections::BTreeMap;

use webrtc_steps_core::command::{Command, Plain};
use webrtc_steps_core::dialect::FetchAnswer;
use webrtc_steps_core::io::{Input, Operation, RtcReport};

use super::next_random::Random;
use super::relay::Relay;
use super::sdp::Engine;
use super::side::Side;
use super::wire::Socket;

/// Something that will happen to a side, or between two.
#[derive(Debug, Clone)]
pub(crate) enum Due {
    /// Through the inbox of a page.
    Input(Input),
    /// The deadline a session asked for; only the newest counts.
    Wake(u64),
    /// The browser has done an order, or refuses it.
    Settles {
        attempt: u32,
    },
    /// Gathering goes on: how many candidates were found of which ICE session.
    Gathers {
        attempt: u32,
        ufrag: String,
        found: u32,
    },
    /// A browser's patience with an ICE session may be over.
    Patience {
        attempt: u32,
    },
    /// The pair of two ICE sessions works.
    Connects {
        attempt: u32,
        with: usize,
    },
    ChannelOpens {
        attempt: u32,
    },
    /// The other end is gone: the channel, then the connection.
    ChannelCloses {
        attempt: u32,
    },
    Fades {
        attempt: u32,
        to: &'static str,
        cut: u32,
    },
    SocketOpens(usize),
    AtRelay(usize, String),
    AtPage(usize, String),
    /// A socket's end reaches the page, or the relay.
    ClosedAtPage(usize, u16, String),
    ClosedAtRelay(usize, bool),
    /// Another tab's line, or the moment a tab has listened long enough.
    Line {
        link: u32,
        line: Vec<String>,
    },
    Listened {
        link: u32,
    },
}

/// How the network treats what passes.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    /// One way between a page and the relay, in ms.
    pub(crate) delay: f64,
    /// What may come on top, by chance.
    pub(crate) jitter: f64,
    /// Candidates of one socket overtake each other and everything else.
    pub(crate) reorders: bool,
    /// Candidates reach a page before the description they belong to.
    pub(crate) overtaking: bool,
    /// Every how many-th frame is delivered twice; 0 for none.
    pub(crate) duplicates: u64,
    /// Whether packets pass between the two browsers.
    pub(crate) direct: bool,
    /// Counts cuts of the direct way, so that a healed one is not taken for the present one.
    pub(crate) cuts: u32,
}

/// Everything there is.
pub(crate) struct World {
    pub(crate) now: f64,
    queue: BTreeMap<(u64, u64), (usize, Due)>,
    count: u64,
    pub(crate) sides: Vec<Side>,
    pub(crate) relay: Relay,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) network: Network,
    pub(crate) random: Random,
    /// Dialect documents of the page's own origin, by place.
    pub(crate) documents: BTreeMap<String, String>,
    /// Where sockets were opened to, and where a goodbye went by HTTP.
    pub(crate) addresses: Vec<String>,
    pub(crate) partings: Vec<String>,
    /// The STUN and TURN URLs that peer connections were given, one line each time.
    pub(crate) configurations: Vec<String>,
    /// What HTTP requests are answered, by a part of their URL.
    pub(crate) answers: Vec<(&'static str, FetchAnswer)>,
    tickets: u32,
}

/// More than any run needs: a run that does not end is a mistake, not a slow test.
const MOST: u32 = 200_000;

impl World {
    /// Pages `a`, `b`, … in these browsers, nothing joined yet.
    pub(crate) fn new(engines: &[Engine], seed: u64) -> Self {
        let sides = engines.iter().enumerate();
        Self {
            now: 0.0,
            queue: BTreeMap::new(),
            count: 0,
            sides: sides
                .map(|(index, engine)| Side::new(index, *engine, seed))
                .collect(),
            relay: Relay::new(),
            sockets: Vec::new(),
            network: Network {
                delay: 5.0,
                jitter: 0.0,
                reorders: false,
                overtaking: false,
                duplicates: 0,
                direct: true,
                cuts: 0,
            },
            random: Random(seed),
            documents: BTreeMap::new(),
            addresses: Vec::new(),
            partings: Vec::new(),
            configurations: Vec::new(),
            answers: Vec::new(),
            tickets: 0,
        }
    }

    /// Gives a command, with a ticket; the ticket's number is its name.
    pub(crate) fn command(&mut self, side: usize, command: Command) -> u32 {
        self.tickets += 1;
        let ticket = self.tickets;
        self.input(
            side,
            Input::Command {
                command,
                ticket: Some(ticket),
            },
        );
        ticket
    }

    /// Clicks on a button.
    pub(crate) fn click(&mut self, side: usize, plain: Plain) -> u32 {
        self.command(side, Command::Plain(plain))
    }

    /// Joins with these fields.
    pub(crate) fn join(&mut self, side: usize, fields: &[(&str, &str)]) -> u32 {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.command(side, Command::Join(fields.collect()))
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, ms: f64) {
        self.run_until(ms, |_| false);
    }

    /// Lets time pass until a fact holds; whether it did within so many ms.
    pub(crate) fn run_until(&mut self, ms: f64, holds: impl Fn(&Self) -> bool) -> bool {
        let end = self.now + ms;
        for _ in 0..MOST {
            if holds(self) {
                return true;
            }
            let next = self
                .queue
                .first_key_value()
                .map(|((at, _), _)| f64::from_bits(*at));
            let Some(at) = next.filter(|at| *at <= end) else {
                self.now = end;
                return holds(self);
            };
            self.now = at;
            if let Some((_, (side, due))) = self.queue.pop_first() {
                self.happen(side, due);
            }
        }
        panic!(
            "something goes on for ever: {:?}",
            self.queue.iter().take(5).collect::<Vec<_>>()
        );
    }

    /// Both channels of these two are open.
    pub(crate) fn open(&self, a: usize, b: usize) -> bool {
        [a, b]
            .iter()
            .all(|side| self.sides[*side].session.facts().attempt.channel_open)
    }

    pub(crate) fn later(&mut self, wait: f64, side: usize, due: Due) {
        self.at(self.now + wait.max(0.0), side, due);
    }

    /// What is due at the same time happens in the order in which it was put here.
    pub(crate) fn at(&mut self, at: f64, side: usize, due: Due) {
        self.count += 1;
        self.queue.insert((at.to_bits(), self.count), (side, due));
    }

    /// Puts a report into the inbox of a page.
    pub(crate) fn report(&mut self, side: usize, attempt: u32, report: RtcReport) {
        self.later(0.0, side, Due::Input(Input::Rtc { attempt, report }));
    }

    /// Gives an input to a session now, and performs what it orders.
    pub(crate) fn input(&mut self, side: usize, input: Input) {
        let answered = match &input {
            Input::Rtc {
                attempt,
                report: RtcReport::Done { operation, .. } | RtcReport::Refused { operation, .. },
            } => (!matches!(
                operation,
                Operation::Create | Operation::AddDataChannel | Operation::Send
            ))
            .then_some(*attempt),
            _ => None,
        };
        if self.sides[side].gone {
            return;
        }
        let effects = self.sides[side].take(self.now, input);
        if let Some(attempt) = answered {
            self.order_answered(side, attempt);
        }
        for effect in effects {
            self.perform(side, effect);
        }
    }

    fn happen(&mut self, side: usize, due: Due) {
        match due {
            Due::Input(input) => self.input(side, input),
            Due::Wake(number) if self.sides[side].wakes == number => self.input(side, Input::Tick),
            Due::Wake(_) => {}
            Due::Settles { attempt } => self.settles(side, attempt),
            Due::Gathers {
                attempt,
                ufrag,
                found,
            } => self.gathers(side, attempt, ufrag, found),
            Due::Patience { attempt } => self.lose_patience(side, attempt),
            Due::Connects { attempt, with } => self.connects(side, attempt, with),
            Due::ChannelOpens { attempt } => self.channel_opens(side, attempt),
            Due::ChannelCloses { attempt } => self.channel_closes(side, attempt),
            Due::Fades { attempt, to, cut } => self.fades(side, attempt, to, cut),
            Due::SocketOpens(socket) => self.socket_opens(socket),
            Due::AtRelay(socket, text) => self.at_relay(socket, &text),
            Due::AtPage(socket, text) => self.at_page(socket, text),
            Due::ClosedAtPage(socket, code, reason) => self.closed_at_page(socket, code, reason),
            Due::ClosedAtRelay(socket, for_good) => self.closed_at_relay(socket, for_good),
            Due::Line { link, line } => self.tab_line(side, link, &line),
            Due::Listened { link } => self.tab_listened(side, link),
        }
    }
}
