//! A signaling server that goes away or loses a socket, and a client that goes away.

use anyhow::{Result, ensure};
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::course::exchange;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::proxy::Proxy;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::snapshot::{Snapshot, Told};
use webrtc_steps_tabs::world::World;

use crate::clients::{ROOM, talk};

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("a_connection_outlives_its_peerserver", same, outlives);
    ring.promise(
        "peerserver_knows_us_again_after_a_lost_socket",
        same,
        comes_back,
    );
    ring.promise("peerjs_hears_that_we_close", same, we_close);
    ring.promise(
        "the_next_caller_is_answered_after_peerjs_has_hung_up",
        same,
        next_caller,
    );
}

async fn outlives(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "peerjs",
        room: ROOM,
    };
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint.join(world, ("first", browsers.0), &[]).await?;
    let id = page::id_of(&first).await?;
    let words = [("var.peer", id.as_str())];
    let second = endpoint.join(world, ("second", browsers.1), &words).await?;
    page::chat(&first, &second).await?;
    drop(server);
    for tab in [&first, &second] {
        tab.wait("the loss of the server is shown", |page| {
            page.state("signaling-link") != "open"
        })
        .await?;
    }
    exchange(&first, &second, "the server is gone").await?;
    exchange(&second, &first, "and we are not").await
}

/// Whoever was given the id of this page can still call it. A server that has not noticed the loss says nothing (trap 10 of the wire formats).
async fn comes_back(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let proxy = Proxy::start(server.address()).await?;
    let socket = format!("ws://{}", proxy.address());
    let behind = Endpoint {
        address: &socket,
        dialect: "peerjs",
        room: ROOM,
    };
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let first = behind.join(world, ("first", browsers.0), &[]).await?;
    let id = page::id_of(&first).await?;
    proxy.cut();
    first
        .wait("the loss is shown", |page| {
            page.state("signaling-link") != "open"
        })
        .await?;
    proxy.mend(server.address());
    first
        .wait("the server has it again", |page| {
            page.state("signaling-link") == "open" && joined(page) == 2
        })
        .await?;
    ensure!(page::id_of(&first).await? == id, "its id is another one");
    let direct = Endpoint {
        address: server.socket(),
        ..behind
    };
    let words = [("var.peer", id.as_str())];
    let second = direct.join(world, ("second", browsers.1), &words).await?;
    page::chat(&first, &second).await
}

/// How often the server has let it in.
fn joined(page: &Snapshot) -> usize {
    let joined = |told: &&Told| told.kind == "joined";
    page.told.iter().filter(joined).count()
}

async fn we_close(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let pages = Server::pages().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "peerjs",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let id = page::id_of(&ours).await?;
    let mut peer = peerjs(world, &server, &pages, &id).await?;
    talk(&ours, &mut peer, "hello from PeerJS").await?;
    ours.click("close").await?;
    peer.closed().await
}

/// PeerJS hangs up by closing its channel and says nothing through the server.
async fn next_caller(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    let pages = Server::pages().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "peerjs",
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let id = page::id_of(&ours).await?;
    let mut first = peerjs(world, &server, &pages, &id).await?;
    talk(&ours, &mut first, "hello from PeerJS").await?;
    first.hang_up().await?;
    ours.wait("the connection is over", |page| {
        page.state("channel-state") == "none" && page.can("create-peer-connection")
    })
    .await?;
    let mut second = peerjs(world, &server, &pages, &id).await?;
    talk(&ours, &mut second, "hello from PeerJS").await
}

async fn peerjs(world: &World, server: &Server, pages: &Server, call: &str) -> Result<Foreign> {
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("call", call)];
    Foreign::tab(world, world.pairing.answerer, pages, "peerjs", &words).await
}
