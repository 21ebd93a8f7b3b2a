//! Two tabs of our page through each server that relays: they connect by themselves and chat.

use anyhow::Result;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("two_tabs_connect_through_peerserver", same, peerserver);
    ring.promise("two_tabs_connect_through_y_webrtc", same, y_webrtc);
    ring.promise("two_tabs_connect_through_matchbox_server", same, matchbox);
    ring.promise(
        "two_tabs_connect_through_gst_signalling",
        same,
        gst_signalling,
    );
    ring.promise("two_tabs_connect_through_wasm_peers", same, wasm_peers);
    ring.promise(
        "two_tabs_connect_through_simple_signal",
        same,
        simple_signal,
    );
    ring.promise(
        "two_tabs_connect_through_bittorrent_tracker",
        same,
        bittorrent_tracker,
    );
}

type Word = (&'static str, &'static str);

/// What the two tabs give for the dialect's variables.
#[derive(Clone, Copy)]
enum Variables {
    /// Nothing: the endpoint brings the two of a room together.
    None,
    /// The second one names the first by the id that the endpoint knows it by.
    Call(&'static str),
    /// These words of the first and of the second.
    Sides(&'static [Word], &'static [Word]),
}

async fn peerserver(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    meet(world, &server, "peerjs", Variables::Call("var.peer")).await
}

async fn y_webrtc(world: &World) -> Result<()> {
    let server = Server::y_webrtc().await?;
    meet(world, &server, "y-webrtc", Variables::None).await
}

async fn matchbox(world: &World) -> Result<()> {
    let server = Server::matchbox().await?;
    meet(world, &server, "matchbox", Variables::None).await
}

async fn gst_signalling(world: &World) -> Result<()> {
    let server = Server::gst_signalling().await?;
    let sides = Variables::Sides(&[("var.side", "producer")], &[("var.side", "listener")]);
    meet(world, &server, "gstreamer", sides).await
}

async fn wasm_peers(world: &World) -> Result<()> {
    let server = Server::wasm_peers().await?;
    meet(world, &server, "wasm-peers", Variables::None).await
}

async fn simple_signal(world: &World) -> Result<()> {
    let server = Server::simple_signal().await?;
    meet(world, &server, "simple-signal", Variables::Call("var.peer")).await
}

async fn bittorrent_tracker(world: &World) -> Result<()> {
    let server = Server::bittorrent_tracker().await?;
    meet(world, &server, "bittorrent-tracker", Variables::None).await
}

async fn meet(world: &World, server: &Server, dialect: &str, variables: Variables) -> Result<()> {
    let endpoint = Endpoint {
        address: server.socket(),
        dialect,
        // The tracker wants twenty characters, and the others take them.
        room: "twenty-letters-each-",
    };
    server.explained(chatting(world, endpoint, variables).await)
}

async fn chatting(world: &World, endpoint: Endpoint<'_>, variables: Variables) -> Result<()> {
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let mine = match variables {
        Variables::Sides(first, _) => first.to_vec(),
        Variables::None | Variables::Call(_) => Vec::new(),
    };
    let first = endpoint.join(world, ("first", browsers.0), &mine).await?;
    let id = match variables {
        Variables::Call(_) => page::id_of(&first).await?,
        Variables::None | Variables::Sides(..) => String::new(),
    };
    let theirs = match variables {
        Variables::Sides(_, second) => second.to_vec(),
        Variables::Call(name) => vec![(name, id.as_str())],
        Variables::None => Vec::new(),
    };
    let second = endpoint
        .join(world, ("second", browsers.1), &theirs)
        .await?;
    page::chat(&first, &second).await
}
