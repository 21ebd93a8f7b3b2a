//! The relay of this project as clients meet it: rooms of two, seats that can be taken back, and the notices.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// How long a lost seat can be taken back, in ms.
const RESUME_FOR: f64 = 600_000.0;

/// A relay process: stopping it forgets everything.
#[derive(Debug)]
pub(crate) struct Relay {
    rooms: BTreeMap<String, Vec<Seat>>,
    lost: Vec<Lost>,
    ids: u32,
    pub(crate) room_size: usize,
    pub(crate) running: bool,
    /// A mistake some servers have: what is said comes back to the one who said it.
    pub(crate) echoes: bool,
}

#[derive(Debug)]
struct Seat {
    id: String,
    token: String,
    socket: usize,
}

#[derive(Debug)]
struct Lost {
    room: String,
    id: String,
    token: String,
    until: f64,
}

/// What the relay does to a socket.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Deed {
    Say(usize, String),
    Close(usize, u16, String),
}

impl Relay {
    pub(crate) fn new() -> Self {
        Self {
            rooms: BTreeMap::new(),
            lost: Vec::new(),
            ids: 0,
            room_size: 2,
            running: true,
            echoes: false,
        }
    }

    /// A socket of the page `name` enters a room, perhaps with the token of the seat it had.
    pub(crate) fn enter(
        &mut self,
        now: f64,
        room: &str,
        resume: Option<&str>,
        socket: usize,
        name: char,
    ) -> Vec<Deed> {
        if let Some(old) = self.take_over(room, resume, socket) {
            let mut deeds = refuse(
                old,
                1008,
                "seat-taken-over",
                "Another connection of this client took over its seat.",
            );
            deeds.extend(self.introduce(room, socket));
            return deeds;
        }
        if self
            .rooms
            .get(room)
            .is_some_and(|seats| seats.len() >= self.room_size)
        {
            return refuse(
                socket,
                1013,
                "room-full",
                "The room was not entered: it is full.",
            );
        }
        let seat = self
            .take_back(now, room, resume, socket)
            .unwrap_or_else(|| {
                self.ids += 1;
                Seat {
                    id: format!("{name}-{}", self.ids),
                    token: format!("token-of-{name}-{}", self.ids),
                    socket,
                }
            });
        self.rooms.entry(room.to_owned()).or_default().push(seat);
        self.introduce(room, socket)
    }

    /// A frame of a client: passed on with the sender's id, or refused.
    pub(crate) fn frame(&self, socket: usize, text: &str) -> Vec<Deed> {
        let Some((seats, seat)) = self.seat_of(socket) else {
            return Vec::new();
        };
        let envelope: Value = serde_json::from_str(text).unwrap_or_default();
        let known = envelope
            .as_object()
            .is_some_and(|object| object.keys().all(|key| key == "to" || key == "data"));
        let Some(data) = envelope.get("data").filter(|_| known) else {
            return complain(
                socket,
                "bad-message",
                "The message was not delivered: it is not of the form asked for.",
            );
        };
        let to = envelope.get("to").and_then(Value::as_str);
        let others: Vec<&Seat> = seats
            .iter()
            .filter(|other| self.echoes || other.socket != socket)
            .filter(|other| {
                to.is_none_or(|to| to == other.id || (self.echoes && other.socket == socket))
            })
            .collect();
        if to.is_some() && !others.iter().any(|other| other.socket != socket) {
            return complain(
                socket,
                "no-such-peer",
                "The message was not delivered: no other peer in this room has this id.",
            );
        }
        let text = json!({"from": seat.id, "data": data}).to_string();
        others
            .iter()
            .map(|other| Deed::Say(other.socket, text.clone()))
            .collect()
    }

    /// A socket ended: `for_good` when the client said so, else its seat can be taken back for a while.
    pub(crate) fn gone(&mut self, now: f64, socket: usize, for_good: bool) -> Vec<Deed> {
        let Some((name, at)) = self.rooms.iter().find_map(|(name, seats)| {
            let at = seats.iter().position(|seat| seat.socket == socket)?;
            Some((name.clone(), at))
        }) else {
            return Vec::new();
        };
        let seats = self.rooms.entry(name.clone()).or_default();
        let seat = seats.remove(at);
        let text = json!({"peer-left": seat.id}).to_string();
        let deeds = seats
            .iter()
            .map(|other| Deed::Say(other.socket, text.clone()))
            .collect();
        if seats.is_empty() {
            self.rooms.remove(&name);
        }
        if !for_good {
            let (id, token) = (seat.id, seat.token);
            self.lost.push(Lost {
                room: name,
                id,
                token,
                until: now + RESUME_FOR,
            });
        }
        deeds
    }

    /// The process ends: every seat and token is forgotten.
    pub(crate) fn stop(&mut self) {
        self.running = false;
        self.rooms.clear();
        self.lost.clear();
    }

    fn take_over(&mut self, room: &str, resume: Option<&str>, socket: usize) -> Option<usize> {
        let seats = self.rooms.get_mut(room)?;
        let seat = seats
            .iter_mut()
            .find(|seat| Some(seat.token.as_str()) == resume)?;
        Some(std::mem::replace(&mut seat.socket, socket))
    }

    fn take_back(
        &mut self,
        now: f64,
        room: &str,
        resume: Option<&str>,
        socket: usize,
    ) -> Option<Seat> {
        let fits = |lost: &Lost| {
            lost.room == room && Some(lost.token.as_str()) == resume && now < lost.until
        };
        let lost = self.lost.remove(self.lost.iter().position(fits)?);
        let (id, token) = (lost.id, lost.token);
        Some(Seat { id, token, socket })
    }

    fn seat_of(&self, socket: usize) -> Option<(&Vec<Seat>, &Seat)> {
        self.rooms.values().find_map(|seats| {
            let seat = seats.iter().find(|seat| seat.socket == socket)?;
            Some((seats, seat))
        })
    }

    fn introduce(&self, room: &str, socket: usize) -> Vec<Deed> {
        let Some((seats, seat)) = self
            .seat_of(socket)
            .filter(|_| self.rooms.contains_key(room))
        else {
            return Vec::new();
        };
        let others = || seats.iter().filter(|other| other.socket != socket);
        let peers: Vec<&str> = others().map(|other| other.id.as_str()).collect();
        let welcome = json!({"joined": {"self": seat.id, "peers": peers, "resume": seat.token, "version": 1}});
        let notice = json!({"peer-joined": seat.id}).to_string();
        let mut deeds = vec![Deed::Say(socket, welcome.to_string())];
        deeds.extend(others().map(|other| Deed::Say(other.socket, notice.clone())));
        deeds
    }
}

fn complain(socket: usize, code: &str, message: &str) -> Vec<Deed> {
    let text = json!({"error": {"code": code, "message": message}}).to_string();
    vec![Deed::Say(socket, text)]
}

fn refuse(socket: usize, close: u16, code: &str, message: &str) -> Vec<Deed> {
    let mut deeds = complain(socket, code, message);
    deeds.push(Deed::Close(socket, close, format!("{code}: {message}")));
    deeds
}
