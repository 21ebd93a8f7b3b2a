//! The program that our page writes takes its place at somebody else's server: the page that was left there connects with it.

use anyhow::Result;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::program::{Running, taken};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

use crate::clients::ROOM;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("a_program_calls_through_peerserver", same, peerserver);
    ring.promise("a_program_calls_through_simple_signal", same, simple_signal);
    ring.promise("a_program_answers_through_y_webrtc", same, y_webrtc);
    ring.promise("a_program_answers_through_matchbox", same, matchbox);
}

async fn peerserver(world: &World) -> Result<()> {
    let server = Server::peerserver().await?;
    takes_over(world, &server, "peerjs", Second::Calls).await
}

async fn simple_signal(world: &World) -> Result<()> {
    let server = Server::simple_signal().await?;
    takes_over(world, &server, "simple-signal", Second::Calls).await
}

async fn y_webrtc(world: &World) -> Result<()> {
    let server = Server::y_webrtc().await?;
    takes_over(world, &server, "y-webrtc", Second::Comes).await
}

async fn matchbox(world: &World) -> Result<()> {
    let server = Server::matchbox().await?;
    takes_over(world, &server, "matchbox", Second::Comes).await
}

/// How the second one finds the first.
#[derive(Clone, Copy)]
enum Second {
    /// By its id.
    Calls,
    /// The room brings them together.
    Comes,
}

/// Two pages connect; the second leaves, and its program comes in its place.
async fn takes_over(world: &World, server: &Server, dialect: &str, second: Second) -> Result<()> {
    let endpoint = Endpoint {
        address: server.socket(),
        dialect,
        room: ROOM,
    };
    let (one, other) = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint.join(world, ("first", one), &[]).await?;
    let id = match second {
        Second::Calls => page::id_of(&first).await?,
        Second::Comes => String::new(),
    };
    let fields = match second {
        Second::Calls => vec![("var.peer", id.as_str())],
        Second::Comes => Vec::new(),
    };
    let left = endpoint.join(world, ("second", other), &fields).await?;
    server.explained(page::chat(&first, &left).await)?;
    let text = taken(&left).await?;
    left.click("leave").await?;
    left.wait("it has left", |page| page.can("join")).await?;
    first
        .wait("it knows that the other one is gone", |page| {
            !page.is_open()
        })
        .await?;
    let program = Running::from_file(world, other, &text).await?;
    server.explained(program.chats_with(&first).await)
}
