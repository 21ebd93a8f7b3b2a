//! One room: the peers in it, and what they hear of one another.

use rand::Rng;

use crate::{envelope::Notice, outbox::Outbox, refusal::Refusal};

/// What a room carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// `/rooms`: the envelope and the notices.
    Envelope,
    /// `/any`: every message to everyone else, unchanged, and nothing else.
    Plain,
}

/// A room's kind and name: `/rooms/x` and `/any/x` are two rooms. No `Debug`, so that no log can name it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct RoomKey {
    pub(crate) kind: Kind,
    pub(crate) name: String,
}

/// The peers of one room, in the order of joining.
pub(crate) struct Room {
    kind: Kind,
    peers: Vec<Peer>,
}

/// A peer and the socket it speaks through.
pub(crate) struct Peer {
    pub(crate) id: String,
    pub(crate) token: String,
    /// Which socket sits here: a seat that was taken over has a new number.
    socket: u64,
    pub(crate) outbox: Outbox,
}

impl Room {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            peers: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.peers.len()
    }

    /// Adds a peer, tells it who is there, and tells the others.
    pub(crate) fn add(&mut self, peer: Peer) {
        let socket = peer.socket;
        self.peers.push(peer);
        self.introduce(socket);
    }

    /// Gives the seat of `token` to a new socket and ends the old one: the id, if somebody has this token.
    pub(crate) fn take_over(
        &mut self,
        token: &str,
        socket: u64,
        outbox: &Outbox,
    ) -> Option<String> {
        let peer = self.peers.iter_mut().find(|peer| peer.token == token)?;
        peer.outbox.end(Refusal::SeatTakenOver);
        peer.outbox = outbox.clone();
        peer.socket = socket;
        let id = peer.id.clone();
        self.introduce(socket);
        Some(id)
    }

    /// Removes the peer with this socket and tells the others.
    pub(crate) fn remove(&mut self, socket: u64) -> Option<Peer> {
        let place = self.peers.iter().position(|peer| peer.socket == socket)?;
        let gone = self.peers.remove(place);
        self.tell(&Notice::PeerLeft(&gone.id), self.peers.iter());
        Some(gone)
    }

    /// Everyone but this socket; nobody if it has no seat here any more.
    pub(crate) fn others(&self, socket: u64) -> impl Iterator<Item = &Peer> {
        let seated = self.peers.iter().any(|peer| peer.socket == socket);
        self.peers
            .iter()
            .filter(move |peer| seated && peer.socket != socket)
    }

    /// Ends every connection in the room.
    pub(crate) fn end(&self, why: &Refusal) {
        for peer in &self.peers {
            peer.outbox.end(why.clone());
        }
    }

    fn introduce(&self, socket: u64) {
        let Some(peer) = self.peers.iter().find(|peer| peer.socket == socket) else {
            return;
        };
        let others = self.others(socket).map(|other| other.id.as_str()).collect();
        let welcome = Notice::joined(&peer.id, others, &peer.token);
        self.tell(&welcome, [peer].into_iter());
        self.tell(&Notice::PeerJoined(&peer.id), self.others(socket));
    }

    fn tell<'a>(&self, notice: &Notice<'_>, peers: impl Iterator<Item = &'a Peer>) {
        if self.kind == Kind::Plain {
            return;
        }
        let message = notice.message();
        for peer in peers {
            peer.outbox.push(message.clone());
        }
    }
}

impl Peer {
    /// A peer nobody has met: a new id and a new token.
    pub(crate) fn new(socket: u64, outbox: Outbox) -> Self {
        // Who knows the token has the seat: 128 random bits.
        let token = format!("{:032x}", rand::random::<u128>());
        Self {
            id: new_id(),
            token,
            socket,
            outbox,
        }
    }

    /// A peer that comes back.
    pub(crate) fn known(id: String, token: String, socket: u64, outbox: Outbox) -> Self {
        Self {
            id,
            token,
            socket,
            outbox,
        }
    }
}

/// Eight letters or digits, 41 bits: short enough to read, too many for two alike in one room.
fn new_id() -> String {
    let mut random = rand::rng();
    (0..8)
        .filter_map(|_| char::from_digit(random.random_range(0..36), 36))
        .collect()
}
