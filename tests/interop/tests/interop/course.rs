//! The course app: a server and a client of our own with its strictness, and our page on either side.

use anyhow::{Result, ensure};
use webrtc_steps_interop::foreign::Foreign;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const ROOM: &str = "meeting";
const GREETING: &str = "hello from the course";

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise("two_clients_of_the_course_connect", same, themselves);
    ring.promise("two_tabs_connect_through_the_course_server", same, two_tabs);
    ring.promise("a_client_of_the_course_joins_our_room", same, joins_us);
    ring.promise("we_join_the_room_of_a_client_of_the_course", same, we_join);
    ring.promise(
        "a_strangers_end_does_not_end_a_connection_of_the_course",
        same,
        stranger,
    );
}

/// What the fixture is worth: its own two sides get along.
async fn themselves(world: &World) -> Result<()> {
    let server = Server::course().await?;
    let pages = Server::pages().await?;
    let mut first = client(world, &server, &pages, "create").await?;
    first.ready().await?;
    let mut second = client(world, &server, &pages, "join").await?;
    for one in [&mut first, &mut second] {
        one.open().await?;
        one.received(GREETING).await?;
    }
    Ok(())
}

async fn two_tabs(world: &World) -> Result<()> {
    let server = Server::course().await?;
    let endpoint = endpoint(&server);
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint
        .join(world, ("first", browsers.0), &[("var.side", "create")])
        .await?;
    let second = endpoint
        .join(world, ("second", browsers.1), &[("var.side", "join")])
        .await?;
    page::chat(&first, &second).await
}

async fn joins_us(world: &World) -> Result<()> {
    let server = Server::course().await?;
    let pages = Server::pages().await?;
    let ours = ("ours", world.pairing.offerer);
    let ours = endpoint(&server)
        .join(world, ours, &[("var.side", "create")])
        .await?;
    let mut theirs = client(world, &server, &pages, "join").await?;
    page::opened(&ours).await?;
    theirs.open().await?;
    page::received(&ours, GREETING).await?;
    theirs.received(page::say(&ours).await?).await
}

async fn we_join(world: &World) -> Result<()> {
    let server = Server::course().await?;
    let pages = Server::pages().await?;
    let mut theirs = client(world, &server, &pages, "create").await?;
    theirs.ready().await?;
    let ours = ("ours", world.pairing.offerer);
    let ours = endpoint(&server)
        .join(world, ours, &[("var.side", "join")])
        .await?;
    page::opened(&ours).await?;
    theirs.open().await?;
    page::received(&ours, GREETING).await?;
    theirs.received(page::say(&ours).await?).await
}

/// The server tells the first participant of every room of everybody's end.
async fn stranger(world: &World) -> Result<()> {
    let server = Server::course().await?;
    let endpoint = endpoint(&server);
    let browsers = (world.pairing.answerer, world.pairing.offerer);
    let first = endpoint
        .join(world, ("first", browsers.0), &[("var.side", "create")])
        .await?;
    let second = endpoint
        .join(world, ("second", browsers.1), &[("var.side", "join")])
        .await?;
    page::chat(&first, &second).await?;
    let other = Endpoint {
        room: "elsewhere",
        ..endpoint
    };
    let third = other
        .join(world, ("third", browsers.1), &[("var.side", "create")])
        .await?;
    third.close().await?;
    let notice = "has been disconnected";
    first
        .wait("the notice comes", |page| {
            page.told.iter().any(|told| {
                let text = told.rest.get("text").and_then(|text| text.as_str());
                told.kind == "received" && text.is_some_and(|text| text.contains(notice))
            })
        })
        .await?;
    page::chat(&first, &second).await?;
    ensure!(first.look().await?.is_open(), "the channel closed");
    Ok(())
}

fn endpoint(server: &Server) -> Endpoint<'_> {
    Endpoint {
        address: server.socket(),
        dialect: "course",
        room: ROOM,
    }
}

async fn client(world: &World, server: &Server, pages: &Server, side: &str) -> Result<Foreign> {
    let address = server.address().to_string();
    let words = [("server", address.as_str()), ("side", side), ("room", ROOM)];
    Foreign::tab(world, world.pairing.answerer, pages, "course", &words).await
}
