//! One WebSocket from its first message to its last.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};

use crate::{
    connections::Connection,
    envelope::{Envelope, Notice},
    outbox::{self, Outbox, Outflow},
    rate::Bucket,
    refusal::Refusal,
    room::Kind,
    rooms::Seat,
    settings::Limits,
};

/// A client at the relay, from before its socket is open. Its seat is taken by then, so that a client
/// whose socket is open is in the room and misses nothing.
pub(crate) struct Visit {
    pub(crate) kind: Kind,
    pub(crate) admitted: Result<Admitted, Refusal>,
    pub(crate) outbox: Outbox,
    pub(crate) outflow: Outflow,
}

/// A client that has a seat.
pub(crate) struct Admitted {
    pub(crate) seat: Seat,
    /// Counts until the socket is closed.
    pub(crate) connection: Connection,
}

/// Runs a WebSocket until it is closed. A refused client hears why over the WebSocket itself, because
/// a browser shows its page nothing of a refused upgrade.
pub(crate) async fn run(socket: WebSocket, visit: Visit, limits: Arc<Limits>) {
    let Visit {
        kind,
        admitted,
        outbox,
        outflow,
    } = visit;
    let (sink, stream) = socket.split();
    let mut wire = Wire {
        sink,
        stream,
        outflow,
    };
    let (ending, _counted) = match admitted {
        Ok(Admitted { seat, connection }) => (
            wire.serve(seat, kind, &outbox, &limits).await,
            Some(connection),
        ),
        Err(refusal) => (Ending::Refused(refusal), None),
    };
    // A client that does not read its farewell is dropped without one.
    let _ = timeout(limits.farewell, wire.finish(kind, ending)).await;
}

/// How a connection came to its end.
enum Ending {
    /// The client closed it on purpose.
    Left,
    /// It broke, or the client closed it in a way that means to come back.
    Lost,
    /// The relay ends it.
    Refused(Refusal),
}

struct Wire {
    sink: SplitSink<WebSocket, Message>,
    stream: SplitStream<WebSocket>,
    outflow: Outflow,
}

impl Wire {
    /// Reads, writes and watches until something ends it; then the seat is free at once.
    async fn serve(&mut self, seat: Seat, kind: Kind, outbox: &Outbox, limits: &Limits) -> Ending {
        let heard = AtomicBool::new(false);
        let ending = tokio::select! {
            ending = read(&mut self.stream, &seat, kind, outbox, &heard, limits) => ending,
            ending = write(&mut self.sink, &mut self.outflow, &heard, limits.ping_every) => ending,
            refusal = outbox.ended() => Ending::Refused(refusal),
            () = sleep(limits.max_lifetime) => Ending::Refused(Refusal::LifetimeOver),
        };
        seat.leave(matches!(ending, Ending::Left));
        ending
    }

    /// Says goodbye and waits for the other side's close frame.
    async fn finish(mut self, kind: Kind, ending: Ending) {
        match ending {
            Ending::Lost => return,
            Ending::Left => {}
            Ending::Refused(refusal) => {
                if self.say_why(kind, &refusal).await.is_err() {
                    return;
                }
            }
        }
        // Reading on also answers the client's close frame and sends what is still to be sent.
        while let Some(Ok(_)) = self.stream.next().await {}
    }

    async fn say_why(&mut self, kind: Kind, refusal: &Refusal) -> Result<(), axum::Error> {
        // Who is too slow has lost messages: what is still queued would hide the gap.
        while *refusal != Refusal::TooSlow
            && let Some(message) = self.outflow.next_now()
        {
            self.sink.feed(message).await?;
        }
        if kind == Kind::Envelope {
            self.sink.feed(Notice::from(refusal).message()).await?;
        }
        let reason = Utf8Bytes::from(refusal.close_reason());
        self.sink
            .send(Message::Close(Some(CloseFrame {
                code: refusal.close_code(),
                reason,
            })))
            .await
    }
}

async fn read(
    stream: &mut SplitStream<WebSocket>,
    seat: &Seat,
    kind: Kind,
    outbox: &Outbox,
    heard: &AtomicBool,
    limits: &Limits,
) -> Ending {
    let per_second = limits.messages_per_second;
    let mut bucket = Bucket::new(per_second, Instant::now());
    loop {
        let message = match stream.next().await {
            Some(Ok(Message::Close(frame))) => return closed(frame.as_ref()),
            Some(Ok(message)) => message,
            Some(Err(error)) => return failed(error, limits.max_message),
            None => return Ending::Lost,
        };
        heard.store(true, Ordering::Relaxed);
        if !bucket.take(Instant::now()) {
            return Ending::Refused(Refusal::TooManyMessages { per_second });
        }
        if let Err(refusal) = forward(message, seat, kind) {
            outbox.push(Notice::from(&refusal).message());
        }
    }
}

/// Passes a message on; a refusal concerns this message alone.
fn forward(message: Message, seat: &Seat, kind: Kind) -> Result<(), Refusal> {
    match (kind, message) {
        (_, Message::Ping(_) | Message::Pong(_) | Message::Close(_)) => Ok(()),
        (Kind::Plain, message) => {
            seat.broadcast(&message);
            Ok(())
        }
        (Kind::Envelope, Message::Text(text)) => {
            let envelope = Envelope::read(&text)?;
            seat.deliver(envelope.to.as_deref(), envelope.data)
        }
        (Kind::Envelope, Message::Binary(_)) => {
            Err(Refusal::BadMessage("it is binary; send it as text"))
        }
    }
}

/// RFC 6455, 7.4.1: 1000, 1001 (a page that goes) and no code at all are a deliberate end.
fn closed(frame: Option<&CloseFrame>) -> Ending {
    match frame.map_or(close_code::NORMAL, |frame| frame.code) {
        close_code::NORMAL | close_code::AWAY | close_code::STATUS => Ending::Left,
        _ => Ending::Lost,
    }
}

fn failed(error: axum::Error, max: usize) -> Ending {
    match error.into_inner().downcast_ref() {
        Some(tungstenite::Error::Capacity(_)) => Ending::Refused(Refusal::MessageTooBig { max }),
        _ => Ending::Lost,
    }
}

/// Writes what waits, and pings. Anything heard since the last ping counts as its answer.
async fn write(
    sink: &mut SplitSink<WebSocket, Message>,
    outflow: &mut Outflow,
    heard: &AtomicBool,
    ping_every: Duration,
) -> Ending {
    let mut pings = interval_at(Instant::now() + ping_every, ping_every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut unanswered = 0;
    loop {
        let message = tokio::select! {
            Some(message) = outflow.next() => message,
            _ = pings.tick() => {
                if heard.swap(false, Ordering::Relaxed) {
                    unanswered = 0;
                }
                if unanswered == 2 {
                    return Ending::Refused(Refusal::NoAnswer);
                }
                unanswered += 1;
                Message::Ping(Bytes::new())
            }
        };
        let size = outbox::size(&message);
        // Pings wait behind the message that is being written, so writing has the time of two of them.
        match timeout(ping_every * 3, sink.send(message)).await {
            Ok(Ok(())) => outflow.written(size),
            Ok(Err(_)) => return Ending::Lost,
            Err(_) => return Ending::Refused(Refusal::NoAnswer),
        }
    }
}
