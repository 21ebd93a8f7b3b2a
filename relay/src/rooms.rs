//! All rooms of a relay: entering, delivering, leaving, and coming back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Message;
use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::{
    envelope::delivery,
    lost_seats::LostSeats,
    outbox::Outbox,
    refusal::Refusal,
    room::{Kind, Peer, Room, RoomKey},
    settings::Limits,
};

/// Lost seats kept in all rooms together.
const MAX_LOST_SEATS: usize = 4096;

/// The rooms with at least one peer in them. The lock is held for short, never across an await.
pub(crate) struct Rooms {
    room_size: usize,
    max_rooms: usize,
    state: Mutex<State>,
}

/// A socket's place in a room. Dropping it leaves the room as a lost socket does.
pub(crate) struct Seat {
    rooms: Arc<Rooms>,
    room: RoomKey,
    id: String,
    socket: u64,
    left: bool,
}

impl Rooms {
    pub(crate) fn new(limits: &Limits) -> Self {
        let state = State {
            rooms: HashMap::new(),
            lost: LostSeats::new(limits.resume_for, MAX_LOST_SEATS),
            next_socket: 0,
            closed: false,
        };
        Self {
            room_size: limits.room_size,
            max_rooms: limits.max_rooms,
            state: Mutex::new(state),
        }
    }

    /// Takes a seat. A known `resume` token takes back its seat and id, also from a socket that is still
    /// open; an unknown one enters as a new peer.
    pub(crate) fn enter(
        self: &Arc<Self>,
        key: RoomKey,
        resume: Option<&str>,
        outbox: Outbox,
    ) -> Result<Seat, Refusal> {
        let mut state = self.lock();
        if state.closed {
            return Err(Refusal::GoingAway);
        }
        let socket = state.next_socket;
        state.next_socket += 1;
        let room = state.rooms.get_mut(&key);
        let taken = room
            .zip(resume)
            .and_then(|(room, token)| room.take_over(token, socket, &outbox));
        let id = match taken {
            Some(id) => id,
            None => {
                self.check_place(&state, &key)?;
                state.seat(&key, resume, socket, outbox)
            }
        };
        drop(state);
        Ok(Seat {
            rooms: Arc::clone(self),
            room: key,
            id,
            socket,
            left: false,
        })
    }

    /// Ends every connection and lets nobody in again.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        for room in state.rooms.values() {
            room.end(&Refusal::GoingAway);
        }
    }

    fn check_place(&self, state: &State, key: &RoomKey) -> Result<(), Refusal> {
        match state.rooms.get(key) {
            Some(room) if room.len() >= self.room_size => Err(Refusal::RoomFull {
                size: self.room_size,
            }),
            None if state.rooms.len() >= self.max_rooms => Err(Refusal::TooManyRooms),
            _ => Ok(()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Passes `data` to the peer `to`, or to everyone else.
    pub(crate) fn deliver(&self, to: Option<&str>, data: &RawValue) -> Result<(), Refusal> {
        let message = delivery(&self.id, data);
        let Some(to) = to else {
            self.broadcast(&message);
            return Ok(());
        };
        let state = self.rooms.lock();
        let mut others = state.others(self);
        let peer = others
            .find(|peer| peer.id == to)
            .ok_or(Refusal::NoSuchPeer)?;
        peer.outbox.push(message);
        Ok(())
    }

    /// Passes a message to everyone else as it is.
    pub(crate) fn broadcast(&self, message: &Message) {
        for peer in self.rooms.lock().others(self) {
            peer.outbox.push(message.clone());
        }
    }

    /// Leaves the room. `for_good`: the client said so, and its token ends; otherwise it can come back.
    pub(crate) fn leave(mut self, for_good: bool) {
        self.vacate(for_good);
    }

    fn vacate(&mut self, for_good: bool) {
        if !self.left {
            self.left = true;
            self.rooms.lock().remove(&self.room, self.socket, for_good);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.vacate(false);
    }
}

struct State {
    rooms: HashMap<RoomKey, Room>,
    lost: LostSeats<RoomKey>,
    next_socket: u64,
    closed: bool,
}

impl State {
    /// Seats a peer under the id of its lost seat, or a new one.
    fn seat(&mut self, key: &RoomKey, resume: Option<&str>, socket: u64, outbox: Outbox) -> String {
        let peer = match resume.and_then(|token| self.lost.take_back(token, key, Instant::now())) {
            Some((token, id)) => Peer::known(id, token, socket, outbox),
            None => Peer::new(socket, outbox),
        };
        let id = peer.id.clone();
        let room = self
            .rooms
            .entry(key.clone())
            .or_insert_with(|| Room::new(key.kind));
        room.add(peer);
        id
    }

    fn remove(&mut self, key: &RoomKey, socket: u64, for_good: bool) {
        let Some(room) = self.rooms.get_mut(key) else {
            return;
        };
        let gone = room.remove(socket);
        if room.len() == 0 {
            self.rooms.remove(key);
        }
        // Nobody in a plain room has ever been told a token.
        if let Some(peer) = gone
            && !for_good
            && key.kind == Kind::Envelope
        {
            self.lost
                .keep(peer.token, key.clone(), peer.id, Instant::now());
        }
    }

    fn others(&self, seat: &Seat) -> impl Iterator<Item = &Peer> {
        self.rooms
            .get(&seat.room)
            .into_iter()
            .flat_map(|room| room.others(seat.socket))
    }
}
