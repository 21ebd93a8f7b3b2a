//! Our page in a tab, and somebody else's client in another, one calling the other: the channel opens and a message goes each way.

use anyhow::{Context, Result};
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

/// The room of every test: each has a server of its own. A BitTorrent tracker wants twenty letters.
pub(crate) const ROOM: &str = "twenty-letters-each-";
/// The field of the start form that says who offers, for rooms where nobody tells who is there.
pub(crate) const OFFER: (&str, &str) = ("role", "offerer");

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("a_tab_running_peerjs_calls_us", same, peerjs_calls);
    ring.promise("we_call_a_tab_running_peerjs", same, we_call_peerjs);
    ring.promise(
        "a_tab_running_simple_signal_calls_us",
        same,
        simple_signal_calls,
    );
    ring.promise(
        "we_call_a_tab_running_simple_signal",
        same,
        we_call_simple_signal,
    );
    ring.promise(
        "a_tab_running_simple_peer_offers_to_us",
        same,
        simple_peer_offers,
    );
    ring.promise(
        "we_offer_to_a_tab_running_simple_peer",
        same,
        we_offer_to_simple_peer,
    );
}

/// Both sides say the channel is open, and a text goes each way.
pub(crate) async fn talk(ours: &Tab, theirs: &mut Foreign, greeting: &str) -> Result<()> {
    page::opened(ours).await?;
    theirs.open().await?;
    page::received(ours, greeting).await?;
    theirs.received(page::say(ours).await?).await
}

async fn peerjs_calls(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    called(world, &server, "peerjs", "hello from PeerJS").await
}

async fn we_call_peerjs(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    calling(world, &server, "peerjs", "hello from PeerJS").await
}

async fn simple_signal_calls(world: &World) -> Result<()> {
    let server = Server::simple_signal().await?;
    called(world, &server, "simple-signal", "hello from simple-signal").await
}

async fn we_call_simple_signal(world: &World) -> Result<()> {
    let server = Server::simple_signal().await?;
    calling(world, &server, "simple-signal", "hello from simple-signal").await
}

/// We wait, and a tab calls us by our id.
async fn called(world: &World, server: &Server, name: &str, greeting: &str) -> Result<()> {
    let pages = Server::pages().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: name,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let id = page::id_of(&ours).await?;
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("call", id.as_str())];
    let mut peer = Foreign::tab(world, world.pairing.answerer, &pages, name, &words).await?;
    server.explained(talk(&ours, &mut peer, greeting).await)
}

/// A tab waits, and we call it by its id.
async fn calling(world: &World, server: &Server, name: &str, greeting: &str) -> Result<()> {
    let pages = Server::pages().await?;
    let address = server.address().to_string();
    let words = [("server", address.as_str())];
    let mut peer = Foreign::tab(world, world.pairing.answerer, &pages, name, &words).await?;
    let id = peer.ready().await?;
    let id = id.as_str().context("its id is no text")?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: name,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[("var.peer", id)])
        .await?;
    server.explained(talk(&ours, &mut peer, greeting).await)
}

async fn simple_peer_offers(world: &World) -> Result<()> {
    let pages = Server::pages().await?;
    let socket = any_room(world);
    let endpoint = Endpoint {
        address: &socket,
        dialect: "simple-peer",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let words = [("socket", socket.as_str()), ("initiator", "")];
    let theirs = world.pairing.answerer;
    let mut peer = Foreign::tab(world, theirs, &pages, "simple-peer", &words).await?;
    talk(&ours, &mut peer, "hello from simple-peer").await
}

async fn we_offer_to_simple_peer(world: &World) -> Result<()> {
    let pages = Server::pages().await?;
    let socket = any_room(world);
    let words = [("socket", socket.as_str())];
    let theirs = world.pairing.answerer;
    let mut peer = Foreign::tab(world, theirs, &pages, "simple-peer", &words).await?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: &socket,
        dialect: "simple-peer",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[OFFER])
        .await?;
    talk(&ours, &mut peer, "hello from simple-peer").await
}

/// A room of our relay that passes on any text: the plainest endpoint there is.
pub(crate) fn any_room(world: &World) -> String {
    format!("ws://{}/any/{ROOM}", world.relay.address())
}
