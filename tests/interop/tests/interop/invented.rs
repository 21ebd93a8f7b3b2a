//! Servers invented to be awkward, and documents for them that somebody wrote from docs/dialects.md and captured messages alone.

use anyhow::{Result, ensure};
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise(
        "two_tabs_chat_through_pigeons_with_a_document_from_the_manual",
        same,
        pigeons,
    );
    ring.promise(
        "two_tabs_chat_through_lighthouse_with_a_document_from_the_manual",
        same,
        lighthouse,
    );
}

/// Lists without keys, a ticket by HTTP, counted messages, a room that the server names, base64.
async fn pigeons(world: &World) -> Result<()> {
    let document = include_str!("../../dialects/pigeons.json");
    meet(world, &Server::invented("pigeons").await?, document).await
}

/// Texts with bars, a map by ids, echoes, receipts, and offers that get lost until one is acknowledged.
async fn lighthouse(world: &World) -> Result<()> {
    let document = include_str!("../../dialects/lighthouse.json");
    meet(world, &Server::invented("lighthouse").await?, document).await
}

async fn meet(world: &World, server: &Server, document: &str) -> Result<()> {
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: document,
        room: "roses",
    };
    server.explained(chatting(world, endpoint).await)?;
    let refusals = server.refusals();
    ensure!(refusals.is_empty(), "the server refused: {refusals:?}");
    Ok(())
}

async fn chatting(world: &World, endpoint: Endpoint<'_>) -> Result<()> {
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint.join(world, ("first", browsers.0), &[]).await?;
    let second = endpoint.join(world, ("second", browsers.1), &[]).await?;
    page::chat(&first, &second).await
}
