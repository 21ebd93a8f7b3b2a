//! What waits to be written to one client: bounded, and ended by the first reason given.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::extract::ws::Message;
use tokio::sync::{mpsc, watch};

use crate::refusal::Refusal;

/// Messages that may wait beside the limit in bytes, so that empty ones are bounded too.
const MAX_WAITING: usize = 1024;

/// The side that others write to; cheap to clone.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::Sender<Message>,
    waiting: Arc<AtomicUsize>,
    max_bytes: usize,
    end: watch::Sender<Option<Refusal>>,
}

/// The side that the client's own task reads.
pub(crate) struct Outflow {
    queue: mpsc::Receiver<Message>,
    waiting: Arc<AtomicUsize>,
}

impl Outbox {
    /// An outbox in which `max_bytes` may wait. One message always may.
    pub(crate) fn new(max_bytes: usize) -> (Self, Outflow) {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        let waiting = Arc::new(AtomicUsize::new(0));
        let outflow = Outflow {
            queue: receiver,
            waiting: Arc::clone(&waiting),
        };
        (
            Self {
                queue: sender,
                waiting,
                max_bytes,
                end: watch::Sender::new(None),
            },
            outflow,
        )
    }

    /// Adds a message without waiting. A client for whom too much waits is ended as too slow.
    pub(crate) fn push(&self, message: Message) {
        if self.end.borrow().is_some() {
            return;
        }
        let size = size(&message);
        let before = self.waiting.fetch_add(size, Ordering::Relaxed);
        let full = before > 0 && before + size > self.max_bytes;
        if full || self.queue.try_send(message).is_err() {
            self.end(Refusal::TooSlow);
        }
    }

    /// Ends this client. Only the first reason counts.
    pub(crate) fn end(&self, why: Refusal) {
        self.end.send_if_modified(|end| {
            let first = end.is_none();
            if first {
                *end = Some(why);
            }
            first
        });
    }

    /// Waits for the reason to end.
    pub(crate) async fn ended(&self) -> Refusal {
        let mut end = self.end.subscribe();
        // The sender lives in self, so waiting cannot fail.
        let reason = end
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|end| end.clone());
        reason.unwrap_or(Refusal::GoingAway)
    }
}

impl Outflow {
    /// The next message; it counts as waiting until it is given to [`Outflow::written`].
    pub(crate) async fn next(&mut self) -> Option<Message> {
        self.queue.recv().await
    }

    /// The next message if one is there.
    pub(crate) fn next_now(&mut self) -> Option<Message> {
        self.queue.try_recv().ok()
    }

    /// Says that a message of this size has been written.
    pub(crate) fn written(&self, size: usize) {
        self.waiting.fetch_sub(size, Ordering::Relaxed);
    }
}

/// The bytes of a message that count as waiting.
pub(crate) fn size(message: &Message) -> usize {
    match message {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) => bytes.len(),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(outbox: &Outbox) -> Option<Refusal> {
        outbox.end.borrow().clone()
    }

    #[test]
    fn a_client_for_whom_too_many_bytes_wait_is_too_slow() {
        let (outbox, mut outflow) = Outbox::new(10);
        outbox.push(Message::text("123456"));
        assert!(outflow.next_now().is_some());
        outflow.written(6);
        outbox.push(Message::text("123456"));
        outbox.push(Message::text("1234"));
        assert_eq!(ended(&outbox), None);
        outbox.push(Message::text("1"));
        assert_eq!(ended(&outbox), Some(Refusal::TooSlow));
    }

    #[test]
    fn one_message_may_wait_however_long_it_is() {
        let (outbox, _outflow) = Outbox::new(10);
        outbox.push(Message::text("longer than ten bytes"));
        assert_eq!(ended(&outbox), None);
    }

    #[test]
    fn empty_messages_are_counted_too() {
        let (outbox, _outflow) = Outbox::new(10);
        for _ in 0..=MAX_WAITING {
            outbox.push(Message::text(""));
        }
        assert_eq!(ended(&outbox), Some(Refusal::TooSlow));
    }

    #[test]
    fn the_first_reason_to_end_counts() {
        let (outbox, _outflow) = Outbox::new(10);
        outbox.end(Refusal::SeatTakenOver);
        outbox.end(Refusal::GoingAway);
        assert_eq!(ended(&outbox), Some(Refusal::SeatTakenOver));
    }
}
