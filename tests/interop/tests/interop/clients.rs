//! Our page in a tab, and somebody else's client on the other side: the channel opens and a message goes each way.

use anyhow::{Result, ensure};
use tokio::process::Command;
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::installed::{self, Installed};
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

/// The room of every test: each has a server of its own.
const ROOM: &str = "meeting";

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("a_tab_running_peerjs_calls_us", same, peerjs_calls);
    ring.promise("we_call_a_tab_running_peerjs", same, we_call_peerjs);
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
    ring.promise("a_tab_running_y_webrtc_connects_with_us", same, y_webrtc);
    ring.promise("matchbox_socket_connects_with_us", same, matchbox_comes);
    ring.promise("we_connect_with_matchbox_socket", same, we_come_to_matchbox);
    ring.promise("werift_offers_to_us", same, werift_offers);
    ring.promise("we_offer_to_werift", same, we_offer_to_werift);
    ring.promise("aiortc_offers_to_us", same, aiortc_offers);
    ring.promise("we_offer_to_aiortc", same, we_offer_to_aiortc);
}

/// Both sides say the channel is open, and a text goes each way.
async fn talk(ours: &Tab, theirs: &mut Foreign, greeting: &str) -> Result<()> {
    page::opened(ours).await?;
    theirs.open().await?;
    page::received(ours, greeting).await?;
    theirs.received(page::say(ours).await?).await
}

/// The same with a client that sends bytes, which the page counts and does not show as a line.
async fn talk_in_bytes(ours: &Tab, theirs: &mut Foreign) -> Result<()> {
    page::opened(ours).await?;
    theirs.open().await?;
    ours.wait("a message in bytes comes", |page| {
        page.notes().contains(&"note.binary")
    })
    .await?;
    theirs.received(page::say(ours).await?).await
}

async fn peerjs_calls(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let pages = Server::pages().await?;
    let (ours, theirs) = (world.pairing.offerer, world.pairing.answerer);
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "peerjs",
        room: ROOM,
    };
    let ours = endpoint.join(world, ("ours", ours), &[]).await?;
    let id = page::id_of(&ours).await?;
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("call", id.as_str())];
    let mut peer = Foreign::tab(world, theirs, &pages, "peerjs", &words).await?;
    server.explained(talk(&ours, &mut peer, "hello from PeerJS").await)
}

async fn we_call_peerjs(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let pages = Server::pages().await?;
    let (ours, theirs) = (world.pairing.offerer, world.pairing.answerer);
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("id", "bob")];
    let mut peer = Foreign::tab(world, theirs, &pages, "peerjs", &words).await?;
    let id = peer.ready().await?;
    ensure!(id == "bob", "PeerJS is known as {id}");
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "peerjs",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", ours), &[("peer", "bob")])
        .await?;
    server.explained(talk(&ours, &mut peer, "hello from PeerJS").await)
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
    let mut peer =
        Foreign::tab(world, world.pairing.answerer, &pages, "simple-peer", &words).await?;
    talk(&ours, &mut peer, "hello from simple-peer").await
}

async fn we_offer_to_simple_peer(world: &World) -> Result<()> {
    let pages = Server::pages().await?;
    let socket = any_room(world);
    let words = [("socket", socket.as_str())];
    let mut peer =
        Foreign::tab(world, world.pairing.answerer, &pages, "simple-peer", &words).await?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: &socket,
        dialect: "simple-peer",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    talk(&ours, &mut peer, "hello from simple-peer").await
}

async fn y_webrtc(world: &World) -> Result<()> {
    let server = Server::y_webrtc().await?;
    let pages = Server::pages().await?;
    let words = [("socket", server.socket()), ("room", ROOM)];
    let mut peer = Foreign::tab(world, world.pairing.answerer, &pages, "y-webrtc", &words).await?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "y-webrtc",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    server.explained(talk(&ours, &mut peer, "hello from y-webrtc").await)
}

async fn matchbox_comes(world: &World) -> Result<()> {
    let server = Server::matchbox().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "matchbox",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let mut peer = Foreign::program("matchbox_socket", matchbox_socket(&server)?)?;
    server.explained(talk_in_bytes(&ours, &mut peer).await)
}

async fn we_come_to_matchbox(world: &World) -> Result<()> {
    let server = Server::matchbox().await?;
    let mut peer = Foreign::program("matchbox_socket", matchbox_socket(&server)?)?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "matchbox",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    server.explained(talk_in_bytes(&ours, &mut peer).await)
}

async fn werift_offers(world: &World) -> Result<()> {
    program_offers(world, "raw", werift()?, "hello from werift").await
}

async fn we_offer_to_werift(world: &World) -> Result<()> {
    we_offer(world, "raw", werift()?, "hello from werift").await
}

async fn aiortc_offers(world: &World) -> Result<()> {
    program_offers(world, "simple-peer", aiortc()?, "hello from aiortc").await
}

async fn we_offer_to_aiortc(world: &World) -> Result<()> {
    we_offer(world, "simple-peer", aiortc()?, "hello from aiortc").await
}

/// A program that connects to a room of the relay, which passes on whatever comes, and offers to us.
async fn program_offers(
    world: &World,
    dialect: &str,
    mut program: Command,
    greeting: &str,
) -> Result<()> {
    let socket = any_room(world);
    let endpoint = Endpoint {
        address: &socket,
        dialect,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    program.args([&socket, "offer"]);
    let mut peer = Foreign::program("the program", program)?;
    talk(&ours, &mut peer, greeting).await
}

/// The program is there first and answers us.
async fn we_offer(
    world: &World,
    dialect: &str,
    mut program: Command,
    greeting: &str,
) -> Result<()> {
    let socket = any_room(world);
    program.arg(&socket);
    let mut peer = Foreign::program("the program", program)?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: &socket,
        dialect,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    talk(&ours, &mut peer, greeting).await
}

fn werift() -> Result<Command> {
    installed::node("programs/werift.mjs")
}

fn aiortc() -> Result<Command> {
    let mut command = Installed::Python.command()?;
    command.arg(installed::peer_file("programs/aiortc_peer.py"));
    Ok(command)
}

fn matchbox_socket(server: &Server) -> Result<Command> {
    let mut command = Installed::MatchboxSocket.command()?;
    command.arg(format!("{}/{ROOM}", server.socket()));
    Ok(command)
}

/// A room of our relay that passes on any text: the plainest endpoint there is.
fn any_room(world: &World) -> String {
    format!("ws://{}/any/{ROOM}", world.relay.address())
}
