//! Janus, a media server: its EchoTest plugin is the other peer and sends back what it gets.

use anyhow::Result;
use webrtc_steps_interop::page::{self, Endpoint};
use webrtc_steps_interop::server::Server;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_tab_connects_with_the_echo_test_of_janus",
        &SAME,
        echo_test,
    );
}

async fn echo_test(world: &World) -> Result<()> {
    let server = Server::janus().await?;
    let endpoint = Endpoint {
        address: server.socket(),
        dialect: "janus-echotest",
        room: "echo",
    };
    let ours = endpoint
        .join(world, ("ours", world.pairing.offerer), &[])
        .await?;
    server.explained(
        async {
            page::opened(&ours).await?;
            let line = page::say(&ours).await?;
            // The plugin puts a word of its own before what it sends back.
            page::received(&ours, &format!("Janus EchoTest here! You wrote: {line}")).await
        }
        .await,
    )
}
