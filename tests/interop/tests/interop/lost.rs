//! A signaling server that goes away or loses a socket, and a client that goes away.

use anyhow::Result;
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::course::exchange;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::proxy::Proxy;
use webrtc_steps_tabs::ring::Ring;
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
        "we_notice_that_a_tab_running_peerjs_is_gone",
        same,
        peerjs_goes,
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

/// A server that sees the token of before again says nothing (trap 10 of the wire formats): the page comes back with a new one.
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
    proxy.cut();
    first
        .wait("the loss is shown", |page| {
            page.state("signaling-link") != "open"
        })
        .await?;
    proxy.mend(server.address());
    first
        .wait("the server has it again", |page| {
            page.state("signaling-link") == "open"
        })
        .await?;
    let id = page::id_of(&first).await?;
    let direct = Endpoint {
        address: server.socket(),
        ..behind
    };
    let words = [("var.peer", id.as_str())];
    let second = direct.join(world, ("second", browsers.1), &words).await?;
    page::chat(&first, &second).await
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

async fn peerjs_goes(world: &World) -> Result<()> {
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
    peer.close().await?;
    ours.wait("the connection is over", |page| {
        page.state("channel-state") == "none" && page.can("create-peer-connection")
    })
    .await?;
    // Whoever calls next is answered.
    let id = page::id_of(&ours).await?;
    let mut next = peerjs(world, &server, &pages, &id).await?;
    page::opened(&ours).await?;
    next.open().await
}

async fn peerjs(world: &World, server: &Server, pages: &Server, call: &str) -> Result<Foreign> {
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("call", call)];
    Foreign::tab(world, world.pairing.answerer, pages, "peerjs", &words).await
}
