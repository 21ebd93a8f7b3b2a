//! Janus, a media server: its EchoTest plugin is the other peer, and its VideoCall plugin stands between two.

use anyhow::Result;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &SAME;
    ring.promise(
        "a_tab_connects_with_the_echo_test_of_janus",
        same,
        echo_test,
    );
    ring.promise(
        "two_tabs_call_each_other_by_the_video_call_of_janus",
        same,
        video_call,
    );
}

async fn echo_test(world: &World) -> Result<()> {
    let server = Server::janus().await?;
    server.explained(echoed(world, &server).await)
}

async fn echoed(world: &World, server: &Server) -> Result<()> {
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "janus-echotest",
        room: "echo",
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    page::opened(&ours).await?;
    let line = page::say(&ours).await?;
    // The plugin puts a word of its own before what it sends back.
    page::received(&ours, &format!("Janus EchoTest here! You wrote: {line}")).await
}

async fn video_call(world: &World) -> Result<()> {
    let server = Server::janus().await?;
    server.explained(called(world, &server).await)
}

async fn called(world: &World, server: &Server) -> Result<()> {
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "janus-videocall",
        room: "call",
    };
    let (first, second) = (world.pairing.answerer, world.pairing.offerer);
    let words = [("var.self", "alice")];
    let first = endpoint.join(world, ("first", first), &words).await?;
    let words = [("var.self", "bob"), ("var.peer", "alice")];
    let second = endpoint.join(world, ("second", second), &words).await?;
    for tab in [&first, &second] {
        tab.wait("it is connected", |page| {
            page.state("connection-state") == "connected"
        })
        .await?;
    }
    // Each is connected with Janus, and the plugin passes media on between them; no channel of the one opens at the other.
    page::opened(&second).await
}
