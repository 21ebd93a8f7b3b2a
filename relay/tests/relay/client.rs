//! Relays started in this process, and clients that talk to them over real sockets.

use std::{net::SocketAddr, time::Duration};

use axum::http::HeaderValue;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Message, Utf8Bytes,
        client::IntoClientRequest,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};
use webrtc_steps_relay::{Limits, Relay, Settings, start};

/// A promise that is not kept within this time is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// A relay on a free port of this machine.
pub(crate) async fn relay() -> Relay {
    relay_with(|_| {}).await
}

/// The same with other limits.
pub(crate) async fn relay_with(change: impl FnOnce(&mut Limits)) -> Relay {
    let mut settings = local();
    change(&mut settings.limits);
    start(settings).await.expect("the relay starts")
}

/// Settings for a free port of this machine.
pub(crate) fn local() -> Settings {
    Settings {
        listen: "127.0.0.1:0".parse().expect("an address"),
        ..Settings::default()
    }
}

/// Waits for something that must happen.
pub(crate) async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    match timeout(PATIENCE, happens).await {
        Ok(value) => value,
        Err(_) => panic!("did not happen in {PATIENCE:?}: {what}"),
    }
}

/// One client of a relay.
pub(crate) struct Client {
    pub(crate) socket: WebSocketStream<TcpStream>,
    pub(crate) id: String,
    pub(crate) peers: Vec<String>,
    pub(crate) resume: String,
}

impl Client {
    /// Connects to a path without expecting a welcome.
    pub(crate) async fn open(address: SocketAddr, path: &str) -> Self {
        Self::open_with(address, path, &[]).await
    }

    /// The same with headers added to the request.
    pub(crate) async fn open_with(
        address: SocketAddr,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Self {
        let mut request = format!("ws://{address}{path}")
            .into_client_request()
            .expect("a request");
        for (name, value) in headers {
            request
                .headers_mut()
                .append(*name, HeaderValue::from_str(value).expect("a header value"));
        }
        let stream = TcpStream::connect(address)
            .await
            .expect("the relay accepts");
        let (socket, _) = soon("the upgrade", client_async(request, stream))
            .await
            .expect("the upgrade works");
        Self {
            socket,
            id: String::new(),
            peers: Vec::new(),
            resume: String::new(),
        }
    }

    /// Enters a room with the envelope and reads the welcome.
    pub(crate) async fn join(address: SocketAddr, room: &str) -> Self {
        let mut client = Self::open(address, &format!("/rooms/{room}")).await;
        client.read_welcome().await;
        client
    }

    /// Comes back to a room with a token.
    pub(crate) async fn resume(address: SocketAddr, room: &str, token: &str) -> Self {
        Self::join(address, &format!("{room}?resume={token}")).await
    }

    pub(crate) async fn read_welcome(&mut self) {
        let welcome = self.receive().await;
        let joined = &welcome["joined"];
        assert_eq!(joined["version"], 1, "{welcome}");
        self.id = joined["self"].as_str().expect("an id").into();
        self.resume = joined["resume"].as_str().expect("a token").into();
        let peers = joined["peers"].as_array().expect("a list");
        self.peers = peers
            .iter()
            .map(|peer| peer.as_str().expect("an id").into())
            .collect();
    }

    pub(crate) async fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket
            .send(Message::text(text))
            .await
            .expect("sending works");
    }

    /// The next JSON message.
    pub(crate) async fn receive(&mut self) -> Value {
        serde_json::from_str(&self.receive_text().await).expect("JSON")
    }

    /// The next text message.
    pub(crate) async fn receive_text(&mut self) -> Utf8Bytes {
        match self.receive_frame().await {
            Message::Text(text) => text,
            other => panic!("expected a text, got {other:?}"),
        }
    }

    /// The next frame that is not a ping or pong.
    pub(crate) async fn receive_frame(&mut self) -> Message {
        let socket = &mut self.socket;
        soon("a message", async {
            loop {
                let frame = socket
                    .next()
                    .await
                    .expect("the relay is there")
                    .expect("a frame");
                if !matches!(frame, Message::Ping(_) | Message::Pong(_)) {
                    return frame;
                }
            }
        })
        .await
    }

    /// Reads an error and then the close frame of the same meaning.
    pub(crate) async fn is_refused_with(&mut self, code: &str, close: CloseCode) {
        self.is_told(code).await;
        self.is_closed_with(code, close).await;
    }

    /// Reads an error with a sentence.
    pub(crate) async fn is_told(&mut self, code: &str) {
        let error = self.receive().await;
        assert_eq!(error["error"]["code"], code, "{error}");
        let sentence = error["error"]["message"].as_str().expect("a sentence");
        assert!(sentence.len() > 20 && sentence.ends_with('.'), "{sentence}");
    }

    /// Reads the close frame, then the end.
    pub(crate) async fn is_closed_with(&mut self, code: &str, close: CloseCode) {
        match self.receive_frame().await {
            Message::Close(Some(CloseFrame {
                code: given,
                reason,
            })) => {
                assert_eq!(given, close);
                assert!(reason.starts_with(&format!("{code}: ")), "{reason}");
            }
            other => panic!("expected a close frame, got {other:?}"),
        }
        assert!(!matches!(
            soon("the end", self.socket.next()).await,
            Some(Ok(_))
        ));
    }

    /// Proves that nothing is waiting to be read: a message to oneself would come behind it.
    pub(crate) async fn has_nothing_to_read(&mut self) {
        self.send(&json!({"to": "nobody", "data": 0})).await;
        self.is_told("no-such-peer").await;
    }

    /// Closes as `socket.close(code)` does in a browser, and waits until the relay has agreed.
    pub(crate) async fn close(mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: Utf8Bytes::default(),
        };
        self.socket.close(Some(frame)).await.expect("closing works");
        while soon("the close", self.socket.next())
            .await
            .is_some_and(|frame| frame.is_ok())
        {}
    }

    /// Loses the connection without a word on the WebSocket.
    pub(crate) fn vanish(self) {
        drop(self.socket.into_inner());
    }
}

/// Two clients in one room.
pub(crate) async fn two(address: SocketAddr, room: &str) -> (Client, Client) {
    let mut first = Client::join(address, room).await;
    let second = Client::join(address, room).await;
    assert_eq!(first.receive().await, json!({"peer-joined": second.id}));
    (first, second)
}
