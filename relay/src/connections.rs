//! How many WebSockets are open, in all and per address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::{address, refusal::Refusal, settings::Limits};

/// The counts of one relay.
pub(crate) struct Connections {
    max: usize,
    per_address: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    total: watch::Sender<usize>,
}

/// One counted connection, until it is dropped.
pub(crate) struct Connection {
    connections: Arc<Connections>,
    address: IpAddr,
}

impl Connections {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            max: limits.max_connections,
            per_address: limits.per_address,
            by_address: Mutex::default(),
            total: watch::Sender::new(0),
        }
    }

    /// Counts a connection from `address`, or refuses it.
    pub(crate) fn open(self: &Arc<Self>, address: IpAddr) -> Result<Connection, Refusal> {
        let address = address::counted(address);
        let mut by_address = self.lock();
        if *self.total.borrow() >= self.max {
            return Err(Refusal::TooManyConnections);
        }
        let count = by_address.entry(address).or_default();
        if *count >= self.per_address {
            return Err(Refusal::TooManyFromAddress {
                max: self.per_address,
            });
        }
        *count += 1;
        self.total.send_modify(|total| *total += 1);
        Ok(Connection {
            connections: Arc::clone(self),
            address,
        })
    }

    /// Waits until no connection is open.
    pub(crate) async fn all_closed(&self) {
        // The sender lives in self, so waiting cannot fail.
        let _ = self.total.subscribe().wait_for(|total| *total == 0).await;
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut by_address = self.connections.lock();
        if let Some(count) = by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                by_address.remove(&self.address);
            }
        }
        self.connections.total.send_modify(|total| *total -= 1);
    }
}
