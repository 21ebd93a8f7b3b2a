//! Performs orders on the browser's own peer connections and reports what comes of them.

mod bindings;
mod channel;
mod peer;
mod stats;
mod track;

use webrtc_steps_core::io::{AttemptNumber, Effect, Operation};

use crate::inbox::Inbox;
pub(crate) use channel::Channel;
use peer::Peer;

/// Owns the peer connection of the present attempt. Dropping it closes the connection and removes every listener.
pub(crate) struct Driver {
    inbox: Inbox,
    peer: Option<Peer>,
}

impl Driver {
    pub(crate) fn new(inbox: Inbox) -> Self {
        Self { inbox, peer: None }
    }

    /// Takes one order. Those for the signaling link and the timers are not the driver's.
    pub(crate) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::CreatePeerConnection {
                attempt,
                ice_servers,
                relay_only,
            } => {
                self.peer = Peer::create(attempt, &ice_servers, relay_only, &self.inbox);
            }
            Effect::ClosePeerConnection { attempt } => {
                if self
                    .peer
                    .as_ref()
                    .is_some_and(|peer| peer.attempt == attempt)
                {
                    self.peer = None;
                }
            }
            other => {
                if let Some(peer) = &mut self.peer {
                    peer.order(other);
                }
            }
        }
    }

    /// The browser answered the order it was working on: the next one can go.
    pub(crate) fn settled(&mut self, attempt: AttemptNumber) {
        if let Some(peer) = self.peer.as_mut().filter(|peer| peer.attempt == attempt) {
            peer.settled();
        }
    }

    /// Keeps a channel that the other side made.
    pub(crate) fn keep(&mut self, attempt: AttemptNumber, channel: Channel) {
        if let Some(peer) = self.peer.as_mut().filter(|peer| peer.attempt == attempt) {
            peer.keep(channel);
        }
    }
}

/// Whether the browser answers an order later, so that the next one has to wait for it.
pub(crate) fn is_queued(operation: Operation) -> bool {
    !matches!(
        operation,
        Operation::Create | Operation::AddDataChannel | Operation::Send
    )
}
