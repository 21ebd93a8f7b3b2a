//! Where WebSocket requests arrive: origin, room name and counts are judged, then a seat is taken.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, Path, Query, State, WebSocketUpgrade},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any},
};
use serde::Deserialize;

use crate::{
    address,
    connections::Connections,
    origin::Origins,
    outbox::Outbox,
    refusal::Refusal,
    room::{Kind, RoomKey},
    rooms::Rooms,
    settings::{Limits, Settings},
    socket::{self, Admitted, Visit},
};

/// A client's read buffer: signaling is small, and there may be many clients.
const READ_BUFFER: usize = 16 * 1024;

/// What the WebSocket requests of one relay share.
pub(crate) struct Door {
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) connections: Arc<Connections>,
    limits: Arc<Limits>,
    origins: Origins,
    trusted_proxies: Vec<IpAddr>,
}

impl Door {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            rooms: Arc::new(Rooms::new(&settings.limits)),
            connections: Arc::new(Connections::new(&settings.limits)),
            origins: Origins::new(settings.origins, settings.page.is_some()),
            trusted_proxies: settings.trusted_proxies,
            limits: Arc::new(settings.limits),
        }
    }

    /// `/rooms/{room}` and `/any/{room}`. A name may hold slashes; an empty one is refused in words too.
    pub(crate) fn routes(self: Arc<Self>) -> Router {
        Router::new()
            .route("/rooms/", open(Kind::Envelope))
            .route("/rooms/{*room}", open(Kind::Envelope))
            .route("/any/", open(Kind::Plain))
            .route("/any/{*room}", open(Kind::Plain))
            .with_state(self)
    }

    fn admit(&self, kind: Kind, arrival: &Arrival, outbox: &Outbox) -> Result<Admitted, Refusal> {
        if !self.origins.accept(&arrival.headers) {
            return Err(Refusal::OriginNotAllowed);
        }
        let name = arrival.room.clone().filter(|name| self.is_room_name(name));
        let name = name.ok_or(Refusal::BadRoomName {
            max: self.limits.max_room_name,
        })?;
        let address = address::client(arrival.peer, &arrival.headers, &self.trusted_proxies);
        let connection = self.connections.open(address)?;
        let seat = self.rooms.enter(
            RoomKey { kind, name },
            arrival.resume.as_deref(),
            outbox.clone(),
        )?;
        Ok(Admitted { seat, connection })
    }

    fn is_room_name(&self, name: &str) -> bool {
        (1..=self.limits.max_room_name).contains(&name.chars().count())
            && !name.chars().any(char::is_control)
    }
}

fn open(kind: Kind) -> MethodRouter<Arc<Door>> {
    any(async move |State(door): State<Arc<Door>>, arrival: Arrival| arrival.answer(&door, kind))
}

/// A WebSocket request.
struct Arrival {
    upgrade: WebSocketUpgrade,
    /// The name from the path, decoded; none if it is empty or no UTF-8.
    room: Option<String>,
    resume: Option<String>,
    peer: IpAddr,
    headers: HeaderMap,
}

impl Arrival {
    /// Upgrades in any case: a refusal is told over the WebSocket.
    fn answer(mut self, door: &Door, kind: Kind) -> Response {
        let limits = Arc::clone(&door.limits);
        let (outbox, outflow) = Outbox::new(limits.max_queue);
        let visit = Visit {
            kind,
            admitted: door.admit(kind, &self, &outbox),
            outbox,
            outflow,
        };
        if kind == Kind::Plain {
            // A dialect may ask for a subprotocol; browsers give up if the server agrees to none.
            let wanted = self.upgrade.requested_protocols().next().cloned();
            if let Some(protocol) = wanted {
                self.upgrade.set_selected_protocol(protocol);
            }
        }
        self.upgrade
            .max_message_size(limits.max_message)
            .max_frame_size(limits.max_message)
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .on_upgrade(move |socket| socket::run(socket, visit, limits))
    }
}

#[derive(Deserialize)]
struct Parameters {
    resume: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Arrival {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(upgrade) = WebSocketUpgrade::from_request_parts(parts, state).await else {
            return Err(not_a_web_socket());
        };
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let room = Path::<String>::from_request_parts(parts, state).await.ok();
        let parameters = Query::<Parameters>::try_from_uri(&parts.uri).ok();
        Ok(Self {
            upgrade,
            room: room.map(|Path(name)| name),
            resume: parameters.and_then(|Query(parameters)| parameters.resume),
            peer: peer.ip(),
            headers: parts.headers.clone(),
        })
    }
}

fn not_a_web_socket() -> Response {
    let text = "This address is for WebSocket connections: open it with ws:// or wss:// from a page or a program.\n";
    (
        StatusCode::UPGRADE_REQUIRED,
        [(header::UPGRADE, "websocket")],
        text,
    )
        .into_response()
}
