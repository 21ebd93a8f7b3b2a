//! Sockets between pages and the relay: delay, order, duplicates, loss.

use webrtc_steps_core::io::{Input, SignalReport, Transport};

use super::relay::Deed;
use super::side::Carrier;
use super::world::{Due, World};

/// A WebSocket of a page.
#[derive(Debug)]
pub(crate) struct Socket {
    side: usize,
    link: u32,
    room: String,
    resume: Option<String>,
    /// A server that passes every frame on to the others in the room, and says nothing itself.
    bare: bool,
    /// The relay has it in a room, or refused it.
    open: bool,
    /// Nothing passes any more in either direction.
    dead: bool,
    /// When the last frame arrived at either end: a stream keeps its order.
    at_page: f64,
    at_relay: f64,
}

impl World {
    pub(crate) fn open_link(&mut self, side: usize, link: u32, transport: Transport) {
        self.close_link(side, None);
        match transport {
            Transport::WebSocket { url, .. } => self.open_socket(side, link, &url),
            Transport::Tabs { room, me } => self.enter_tabs(side, link, room, &me),
            Transport::Line { me } => self.take_line(side, link, &me),
            Transport::Paste => {
                self.sides[side].link = Some((link, Carrier::Hand));
                self.signal(0.0, side, link, SignalReport::Open { presence: None });
            }
        }
    }

    pub(crate) fn send_frame(&mut self, side: usize, link: u32, text: String) {
        match &self.sides[side].link {
            Some((open, Carrier::Socket(socket))) if *open == link => {
                let socket = *socket;
                if self.sockets[socket].open && !self.sockets[socket].dead {
                    self.travel(socket, true, Due::AtRelay(socket, text));
                }
            }
            Some((open, Carrier::Tabs { .. })) if *open == link => self.send_to_tab(side, &text),
            _ => {}
        }
    }

    /// Closes a link on purpose: the relay hears of it, and the tabs.
    pub(crate) fn close_link(&mut self, side: usize, link: Option<u32>) {
        let fits = self.sides[side]
            .link
            .as_ref()
            .is_some_and(|(open, _)| link.is_none_or(|link| link == *open));
        if !fits {
            return;
        }
        match self.sides[side].link.take() {
            Some((_, Carrier::Socket(socket)))
                if self.sockets[socket].open && !self.sockets[socket].dead =>
            {
                self.travel(socket, true, Due::ClosedAtRelay(socket, true));
            }
            Some((_, Carrier::Socket(socket))) => self.sockets[socket].dead = true,
            Some((_, Carrier::Tabs { room, tab })) => self.leave_tabs(side, &room, &tab),
            _ => {}
        }
    }

    /// Breaks the socket of a side. `noticed`: the relay sees it too; otherwise the seat looks taken to it.
    pub(crate) fn lose_socket(&mut self, side: usize, noticed: bool) {
        let Some((_, Carrier::Socket(socket))) = self.sides[side].link else {
            return;
        };
        self.sockets[socket].dead = true;
        self.later(0.0, side, Due::ClosedAtPage(socket, 1006, String::new()));
        if noticed {
            self.later(0.0, side, Due::ClosedAtRelay(socket, false));
        }
    }

    /// The relay's process ends, or starts with nothing in its memory.
    pub(crate) fn stop_relay(&mut self) {
        self.relay.stop();
        for side in 0..self.sides.len() {
            self.lose_socket(side, false);
        }
    }

    pub(crate) fn socket_opens(&mut self, socket: usize) {
        let Socket {
            side,
            link,
            room,
            resume,
            ..
        } = &self.sockets[socket];
        let (side, link, room, resume) = (*side, *link, room.clone(), resume.clone());
        if self.sockets[socket].dead {
            return;
        }
        if !self.relay.running {
            return self.later(
                self.network.delay,
                side,
                Due::ClosedAtPage(socket, 1006, String::new()),
            );
        }
        self.sockets[socket].open = true;
        self.signal(0.0, side, link, SignalReport::Open { presence: None });
        if self.sockets[socket].bare {
            return;
        }
        let name = self.sides[side].name;
        let deeds = self
            .relay
            .enter(self.now, &room, resume.as_deref(), socket, name);
        self.carry_out(deeds);
    }

    pub(crate) fn at_relay(&mut self, socket: usize, text: &str) {
        if self.sockets[socket].bare {
            let room = self.sockets[socket].room.clone();
            let others = (0..self.sockets.len()).filter(|other| *other != socket);
            let there = |other: &usize| {
                let other = &self.sockets[*other];
                other.bare && other.open && !other.dead && other.room == room
            };
            let others: Vec<usize> = others.filter(there).collect();
            let say = |other| Deed::Say(other, text.to_owned());
            return self.carry_out(others.into_iter().map(say).collect());
        }
        let deeds = self.relay.frame(socket, text);
        self.carry_out(deeds);
    }

    pub(crate) fn at_page(&mut self, socket: usize, text: String) {
        let Socket {
            side, link, dead, ..
        } = self.sockets[socket];
        if !dead && self.carries(side, socket) {
            self.signal(0.0, side, link, SignalReport::Frame(text));
        }
    }

    pub(crate) fn closed_at_page(&mut self, socket: usize, code: u16, reason: String) {
        let Socket { side, link, .. } = self.sockets[socket];
        if self.carries(side, socket) {
            self.sockets[socket].dead = true;
            self.signal(0.0, side, link, SignalReport::Closed { code, reason });
        }
    }

    pub(crate) fn closed_at_relay(&mut self, socket: usize, for_good: bool) {
        if self.sockets[socket].bare {
            self.sockets[socket].dead = true;
            return;
        }
        let deeds = self.relay.gone(self.now, socket, for_good);
        self.carry_out(deeds);
    }

    /// Puts a report of a link into the inbox of its page.
    pub(crate) fn signal(&mut self, wait: f64, side: usize, link: u32, report: SignalReport) {
        self.later(wait, side, Due::Input(Input::Signal { link, report }));
    }

    fn open_socket(&mut self, side: usize, link: u32, url: &str) {
        self.addresses.push(url.to_owned());
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let room = path.rsplit('/').next().unwrap_or("").to_owned();
        let bare = path.contains("/any/");
        let resume = query.strip_prefix("resume=").map(str::to_owned);
        let now = self.now;
        self.sockets.push(Socket {
            side,
            link,
            room,
            resume,
            bare,
            open: false,
            dead: false,
            at_page: now,
            at_relay: now,
        });
        let socket = self.sockets.len() - 1;
        self.sides[side].link = Some((link, Carrier::Socket(socket)));
        self.later(2.0 * self.network.delay, side, Due::SocketOpens(socket));
    }

    fn carry_out(&mut self, deeds: Vec<Deed>) {
        for deed in deeds {
            match deed {
                Deed::Say(socket, text) => {
                    if self.random.once_in(self.network.duplicates) {
                        self.travel(socket, false, Due::AtPage(socket, text.clone()));
                    }
                    self.travel(socket, false, Due::AtPage(socket, text));
                }
                Deed::Close(socket, code, reason) => {
                    self.travel(socket, false, Due::ClosedAtPage(socket, code, reason))
                }
            }
        }
    }

    /// One way through the network; a stream keeps its order unless this network does not.
    fn travel(&mut self, socket: usize, to_relay: bool, due: Due) {
        let slow = matches!(&due, Due::AtPage(_, text) if self.network.overtaking && text.contains("\"description\""));
        let extra = if slow { 300.0 } else { 0.0 };
        let mut at = self.now + self.network.delay + self.random.below(self.network.jitter) + extra;
        let Socket {
            side,
            at_page,
            at_relay,
            ..
        } = &mut self.sockets[socket];
        let last = if to_relay { at_relay } else { at_page };
        let side = *side;
        // Only candidates overtake and are overtaken: what changes the state of things keeps its order on a stream.
        let loose = matches!(&due, Due::AtPage(_, text) | Due::AtRelay(_, text) if text.contains("{\"candidate\""));
        if !loose || !(self.network.reorders || self.network.overtaking) {
            at = at.max(*last);
        }
        *last = last.max(at);
        self.at(at, side, due);
    }

    fn carries(&self, side: usize, socket: usize) -> bool {
        matches!(self.sides[side].link, Some((_, Carrier::Socket(open))) if open == socket)
    }
}
