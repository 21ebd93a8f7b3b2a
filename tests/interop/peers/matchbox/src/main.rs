//! Joins a room of matchbox_server with matchbox's native socket, greets whoever opens a channel, and tells each message as a line of JSON.

use std::time::Duration;

use futures::FutureExt;
use futures_timer::Delay;
use matchbox_socket::{PeerState, RtcIceServerConfig, WebRtcSocket};
use serde_json::{Value, json};

const GREETING: &[u8] = b"hello from matchbox";
/// Between two looks at the socket.
const FRAME: Duration = Duration::from_millis(20);

fn main() {
    let Some(room) = std::env::args().nth(1) else {
        tell(&json!({"failed": "the address of the room is missing: ws://host:port/room"}));
        return;
    };
    futures::executor::block_on(talk(&room));
}

async fn talk(room: &str) {
    // No ICE server: nothing outside this machine is asked.
    let nobody = RtcIceServerConfig {
        urls: Vec::new(),
        username: None,
        credential: None,
    };
    let builder = WebRtcSocket::builder(room)
        .ice_server(nobody)
        .reconnect_attempts(Some(1));
    let (mut socket, messages) = builder.add_reliable_channel().build();
    let mut messages = messages.fuse();
    let mut named = false;
    loop {
        futures::select! {
            end = messages => return tell(&json!({"failed": format!("the socket ended: {end:?}")})),
            () = Delay::new(FRAME).fuse() => look(&mut socket, &mut named),
        }
    }
}

fn look(socket: &mut WebRtcSocket, named: &mut bool) {
    if !*named && let Some(id) = socket.id() {
        *named = true;
        tell(&json!({"ready": id.to_string()}));
    }
    for (peer, state) in socket.update_peers() {
        if state == PeerState::Connected {
            tell(&json!({"open": peer.to_string()}));
            socket.channel_mut(0).send(GREETING.into(), peer);
        } else {
            tell(&json!({"closed": peer.to_string()}));
        }
    }
    for (_, packet) in socket.channel_mut(0).receive() {
        tell(&json!({"received": String::from_utf8_lossy(&packet)}));
    }
}

fn tell(line: &Value) {
    println!("{line}");
}
