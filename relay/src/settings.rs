//! What a relay is started with: address, page, origins, trusted proxies and limits.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use crate::origin::Origin;

/// Everything [`start`](crate::start) needs. The default is a relay for this machine alone.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes any free port.
    pub listen: SocketAddr,
    /// The folder of the built page, served at `/`; without one the relay serves no page.
    pub page: Option<PathBuf>,
    /// The origins whose pages may connect; empty means any.
    pub origins: Vec<Origin>,
    /// Proxies whose `X-Forwarded-For` is believed for the limit per address.
    pub trusted_proxies: Vec<IpAddr>,
    /// What one client, one address and all of them together may use.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8081)),
            page: None,
            origins: Vec::new(),
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl Settings {
    /// The warning to show at the start, if these settings deserve one.
    #[must_use]
    pub fn warning(&self) -> Option<&'static str> {
        let public = !self.listen.ip().is_loopback();
        (public && self.origins.is_empty()).then_some(
            "this relay can be reached from other machines and accepts pages of any origin; \
             name the origins of your pages with --origin to refuse all others",
        )
    }
}

/// What one client, one address and all of them together may use.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Peers in one room.
    pub room_size: usize,
    /// Rooms with at least one peer in them.
    pub max_rooms: usize,
    /// Open WebSockets of all clients together.
    pub max_connections: usize,
    /// Open WebSockets from one address; an IPv6 address counts by its first 64 bits.
    pub per_address: usize,
    /// Bytes of one message as the client sends it.
    pub max_message: usize,
    /// Messages a second from one client; a burst of twice as many is let through.
    pub messages_per_second: u32,
    /// Bytes that may wait for a client that reads too slowly.
    pub max_queue: usize,
    /// Characters of a room name.
    pub max_room_name: usize,
    /// How long one WebSocket may stay open.
    pub max_lifetime: Duration,
    /// How often a client is pinged; after two pings without an answer it counts as gone.
    pub ping_every: Duration,
    /// How long the seat of a lost WebSocket can be taken back.
    pub resume_for: Duration,
    /// How long a client may take to send the head of an HTTP request.
    pub request_head: Duration,
    /// How long a client has to read the reason before its socket is dropped.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            room_size: 2,
            max_rooms: 1000,
            // Below the usual 1024 open files of a process.
            max_connections: 800,
            // A class behind one address, two tabs each.
            per_address: 64,
            max_message: 256 * 1024,
            messages_per_second: 100,
            max_queue: 1024 * 1024,
            max_room_name: 128,
            max_lifetime: Duration::from_secs(24 * 60 * 60),
            ping_every: Duration::from_secs(15),
            resume_for: Duration::from_secs(10 * 60),
            request_head: Duration::from_secs(15),
            farewell: Duration::from_millis(1500),
        }
    }
}
