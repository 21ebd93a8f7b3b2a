//! Our page in a tab, and somebody else's client in another, met in a room of its server: the channel opens and a message goes each way.

use anyhow::Result;
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::page::Endpoint;
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

use crate::clients::{ROOM, talk};

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise(
        "a_tab_running_gstwebrtc_api_watches_us",
        same,
        gstwebrtc_api_watches,
    );
    ring.promise(
        "we_watch_a_tab_running_gstwebrtc_api",
        same,
        we_watch_gstwebrtc_api,
    );
    ring.promise("a_tab_running_y_webrtc_comes_to_us", same, y_webrtc_comes);
    ring.promise(
        "we_come_to_a_tab_running_y_webrtc",
        same,
        we_come_to_y_webrtc,
    );
    ring.promise(
        "a_tab_running_the_bittorrent_trackers_client_comes_to_us",
        same,
        bittorrent_tracker_comes,
    );
    ring.promise(
        "we_come_to_a_tab_running_the_bittorrent_trackers_client",
        same,
        we_come_to_bittorrent_tracker,
    );
}

async fn y_webrtc_comes(world: &World) -> Result<()> {
    let server = Server::y_webrtc().await?;
    comes_to_us(world, &server, "y-webrtc", "hello from y-webrtc").await
}

async fn we_come_to_y_webrtc(world: &World) -> Result<()> {
    let server = Server::y_webrtc().await?;
    we_come(world, &server, "y-webrtc", "hello from y-webrtc").await
}

async fn bittorrent_tracker_comes(world: &World) -> Result<()> {
    let server = Server::bittorrent_tracker().await?;
    let name = "bittorrent-tracker";
    comes_to_us(world, &server, name, "hello from bittorrent-tracker").await
}

async fn we_come_to_bittorrent_tracker(world: &World) -> Result<()> {
    let server = Server::bittorrent_tracker().await?;
    let name = "bittorrent-tracker";
    we_come(world, &server, name, "hello from bittorrent-tracker").await
}

async fn gstwebrtc_api_watches(world: &World) -> Result<()> {
    let server = Server::gst_signalling().await?;
    let pages = Server::pages().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "gstreamer",
        room: ROOM,
    };
    let ours = ("ours", world.pairing.offerer);
    let ours = endpoint
        .join(world, ours, &[("var.side", "producer")])
        .await?;
    let words = [("socket", server.socket())];
    let theirs = world.pairing.answerer;
    let mut peer = Foreign::tab(world, theirs, &pages, "gstwebrtc-api", &words).await?;
    server.explained(talk(&ours, &mut peer, "hello from gstwebrtc-api").await)
}

/// A producer of gstwebrtc-api offers a picture and no channel: the connection stands.
async fn we_watch_gstwebrtc_api(world: &World) -> Result<()> {
    let server = Server::gst_signalling().await?;
    let pages = Server::pages().await?;
    let words = [("socket", server.socket()), ("produce", "")];
    let theirs = world.pairing.answerer;
    let mut peer = Foreign::tab(world, theirs, &pages, "gstwebrtc-api", &words).await?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "gstreamer",
        room: ROOM,
    };
    let ours = ("ours", world.pairing.offerer);
    let ours = endpoint
        .join(world, ours, &[("var.side", "listener")])
        .await?;
    server.explained(peer.open().await)?;
    ours.wait("it is connected", |page| {
        page.state("connection-state") == "connected"
    })
    .await?;
    Ok(())
}

/// We are in the room, and a tab comes.
async fn comes_to_us(world: &World, server: &Server, name: &str, greeting: &str) -> Result<()> {
    let pages = Server::pages().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: name,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    let words = [("socket", server.socket()), ("room", ROOM)];
    let mut peer = Foreign::tab(world, world.pairing.answerer, &pages, name, &words).await?;
    server.explained(talk(&ours, &mut peer, greeting).await)
}

/// A tab is in the room, and we come.
async fn we_come(world: &World, server: &Server, name: &str, greeting: &str) -> Result<()> {
    let pages = Server::pages().await?;
    let words = [("socket", server.socket()), ("room", ROOM)];
    let mut peer = Foreign::tab(world, world.pairing.answerer, &pages, name, &words).await?;
    peer.ready().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: name,
        room: ROOM,
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    server.explained(talk(&ours, &mut peer, greeting).await)
}
