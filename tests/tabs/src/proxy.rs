//! A TCP proxy before the relay: it counts who wants into a room, and cuts connections when a test says so.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A proxy with an address of its own. Dropping it ends it.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    /// Where to; nowhere while the relay is "down".
    upstream: Mutex<Option<SocketAddr>>,
    /// Connections that asked for a room.
    rooms: AtomicUsize,
    /// Counts the cuts; each ends every connection of before.
    cuts: watch::Sender<u32>,
}

impl Proxy {
    /// Starts a proxy to this address.
    pub async fn start(upstream: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.context("opening a port for the proxy")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream: Mutex::new(Some(upstream)),
            rooms: AtomicUsize::new(0),
            cuts: watch::Sender::new(0),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            accepting,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections have asked for a room.
    pub fn rooms(&self) -> usize {
        self.shared.rooms.load(Ordering::SeqCst)
    }

    /// Cuts every connection, and each new one as it comes, until [`Proxy::mend`].
    pub fn cut(&self) {
        self.set(None);
        self.shared.cuts.send_modify(|count| *count += 1);
    }

    /// Passes connections on again.
    pub fn mend(&self, upstream: SocketAddr) {
        self.set(Some(upstream));
    }

    fn set(&self, upstream: Option<SocketAddr>) {
        *self
            .shared
            .upstream
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = upstream;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.shared.cuts.send_modify(|count| *count += 1);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(pass(client, Arc::clone(&shared)));
    }
}

async fn pass(mut client: TcpStream, shared: Arc<Shared>) {
    let mut cuts = shared.cuts.subscribe();
    cuts.mark_unchanged();
    let mut start = [0_u8; 11];
    let asked = client.peek(&mut start).await.unwrap_or(0);
    if start.get(..asked) == Some(b"GET /rooms/") {
        shared.rooms.fetch_add(1, Ordering::SeqCst);
    }
    let upstream = *shared
        .upstream
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let Some(upstream) = upstream else { return };
    let Ok(mut relay) = TcpStream::connect(upstream).await else {
        return;
    };
    tokio::select! {
        // Whoever ended it, it is over.
        _ = copy_bidirectional(&mut client, &mut relay) => {}
        _ = cuts.changed() => {}
    }
}
