//! Starting and stopping: the listener, the routes and the HTTP connections.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo, middleware::map_response, routing::get};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{sleep, timeout},
};

use crate::{
    door::Door,
    lingering::Lingering,
    page::{self, PageMissing},
    settings::Settings,
};

/// How long stopping waits for clients to say goodbye.
const LONGEST_STOP: Duration = Duration::from_millis(1700);
/// How long accepting rests when the process has no file left for a connection.
const ACCEPT_REST: Duration = Duration::from_millis(100);

/// Why a relay did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no page to serve.
    #[error(transparent)]
    Page(#[from] PageMissing),
    /// The address cannot be listened on.
    #[error("could not listen on {address}: {}", advice(.cause))]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
}

/// A relay that runs until it is stopped. One that is dropped instead accepts nobody any more and says no goodbye.
#[must_use]
pub struct Relay {
    address: SocketAddr,
    door: Arc<Door>,
    /// Told to all, and watched by each HTTP connection that is still open.
    stopping: watch::Sender<bool>,
}

/// Listens as `settings` say and serves in the background of the current tokio runtime.
///
/// # Errors
///
/// The page folder has no page, or the address cannot be listened on.
pub async fn start(settings: Settings) -> Result<Relay, StartError> {
    let page = page::router(settings.page.clone())?;
    let wanted = settings.listen;
    let failed = |cause| StartError::Listen {
        address: wanted,
        cause,
    };
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let request_head = settings.limits.request_head;
    let door = Arc::new(Door::new(settings));
    let router = Router::new()
        .route("/healthz", get(async || "ok"))
        .merge(Arc::clone(&door).routes())
        .merge(page)
        .layer(map_response(page::add_headers));
    let (stopping, stop) = watch::channel(false);
    tokio::spawn(accept(
        listener,
        Conversation {
            router,
            request_head,
            stop,
        },
    ));
    Ok(Relay {
        address,
        door,
        stopping,
    })
}

impl Relay {
    /// The address it listens on, with the real port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts nobody any more, tells every client that the relay goes away, and waits until they have
    /// closed, for at most 1.7 seconds.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        self.door.rooms.close();
        let goodbyes = async {
            // Each connection holds a receiver as long as it lives.
            self.stopping.closed().await;
            self.door.connections.all_closed().await;
        };
        // Whoever is not done by then is cut off when the runtime ends.
        let _ = timeout(LONGEST_STOP, goodbyes).await;
    }
}

/// What each HTTP connection is given.
#[derive(Clone)]
struct Conversation {
    router: Router,
    request_head: Duration,
    stop: watch::Receiver<bool>,
}

async fn accept(listener: TcpListener, mut conversation: Conversation) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = conversation.stop.wait_for(|stop| *stop) => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                tokio::spawn(conversation.clone().hold(stream, peer));
            }
            Err(_) => sleep(ACCEPT_REST).await,
        }
    }
}

impl Conversation {
    /// Answers the requests of one connection; when the relay stops, only the one under way.
    async fn hold(mut self, stream: TcpStream, peer: SocketAddr) {
        // Without it small messages wait for one another; if it fails they only come later.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(self.router.layer(Extension(ConnectInfo(peer))));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.request_head)
            .serve_connection(TokioIo::new(Lingering::new(stream)), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        // A client that breaks off hears nothing, and nobody else needs to.
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = self.stop.wait_for(|stop| *stop) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

fn advice(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::AddrInUse => {
            "the port is in use; stop the program that uses it or give another port with --listen"
                .into()
        }
        io::ErrorKind::PermissionDenied => {
            "this user may not listen there; give a port above 1023 with --listen".into()
        }
        io::ErrorKind::AddrNotAvailable => {
            "this machine does not have this address; give one of its own with --listen".into()
        }
        _ => format!("{cause}; give another address with --listen"),
    }
}
