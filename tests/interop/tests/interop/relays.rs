//! Two tabs through a relay that passes on whatever comes: the shapes that people give their messages, with no server behind them.

use anyhow::Result;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_tabs::pairing::CHROMIUM;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

use crate::clients::{OFFER, ROOM, any_room};

pub(crate) fn promises(ring: &mut Ring) {
    // What differs here is text; the browsers' part is the same as in the other promises.
    let one = &[CHROMIUM];
    ring.promise("two_tabs_connect_in_raw_descriptions", one, raw);
    ring.promise("two_tabs_connect_in_simple_peers_signals", one, simple_peer);
    ring.promise("two_tabs_connect_in_perfect_negotiation", one, perfect);
    ring.promise(
        "two_tabs_connect_as_the_samples_channel_page_does",
        one,
        samples,
    );
}

async fn raw(world: &World) -> Result<()> {
    meet(world, "raw", &[OFFER]).await
}

async fn simple_peer(world: &World) -> Result<()> {
    meet(world, "simple-peer", &[OFFER]).await
}

async fn perfect(world: &World) -> Result<()> {
    meet(
        world,
        "perfect-negotiation",
        &[OFFER, ("var.side", "impolite")],
    )
    .await
}

/// Here the one who is there offers when the other says that it is ready.
async fn samples(world: &World) -> Result<()> {
    meet(world, "samples-channel", &[]).await
}

async fn meet(world: &World, dialect: &str, fields: &[(&str, &str)]) -> Result<()> {
    let socket = any_room(world);
    let endpoint = Endpoint {
        address: &socket,
        dialect,
        room: ROOM,
    };
    let (first, second) = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint.join(world, ("first", first), &[]).await?;
    let second = endpoint.join(world, ("second", second), fields).await?;
    page::chat(&first, &second).await
}
