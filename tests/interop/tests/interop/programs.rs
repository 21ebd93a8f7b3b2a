//! Our page in a tab, and a client that is no browser on the other side: the channel opens and a message goes each way.

use anyhow::Result;
use tokio::process::Command;
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::installed::{self, Installed};
use webrtc_steps_interop::page::Endpoint;
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

use crate::clients::{OFFER, ROOM, any_room, talk};

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("matchbox_socket_comes_to_us", same, matchbox_comes);
    ring.promise("we_come_to_matchbox_socket", same, we_come_to_matchbox);
    ring.promise("werift_offers_to_us", same, werift_offers);
    ring.promise("we_offer_to_werift", same, we_offer_to_werift);
    ring.promise("aiortc_offers_to_us", same, aiortc_offers);
    ring.promise("we_offer_to_aiortc", same, we_offer_to_aiortc);
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
    server.explained(talk(&ours, &mut peer, "hello from matchbox").await)
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
    server.explained(talk(&ours, &mut peer, "hello from matchbox").await)
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
        .join(world, ("ours", world.pairing.offerer), &[OFFER])
        .await?;
    talk(&ours, &mut peer, greeting).await
}

fn werift() -> Result<Command> {
    installed::node("programs/werift.js")
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
