//! Servers that are not the project's relay: another dialect by its name, and a document by its path.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::{Pair, joined};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let all = &pairing::ALL;
    ring.promise("raw_descriptions_over_a_bare_relay_connect", all, raw);
    ring.promise(
        "one_click_offers_where_nobody_tells_who_is_there",
        all,
        click,
    );
    ring.promise("a_document_by_its_path_connects", &pairing::SAME, by_path);
}

/// The relay passes every frame of `/any/` on as it is, and says nothing itself.
fn bare(world: &World, more: &str) -> String {
    let endpoint = format!("ws://{}/any/{{room}}", world.relay.address());
    world.page(&format!("dialect=raw&endpoint={endpoint}&{more}"))
}

async fn raw(world: &World) -> Result<()> {
    let url = bare(world, &format!("mode=manual&room={}", world.room()));
    let answerer = world.answerer(&url).await?;
    answerer.click("join").await?;
    joined(&answerer, "answerer").await?;
    let offerer = world.offerer(&format!("{url}&role=offerer")).await?;
    offerer.click("join").await?;
    joined(&offerer, "offerer").await?;
    let pair = Pair { offerer, answerer };
    pair.take_manual_course().await?;
    pair.chat().await
}

async fn click(world: &World) -> Result<()> {
    let url = bare(world, &format!("mode=auto&room={}", world.room()));
    let pair = Pair {
        answerer: world.answerer(&url).await?,
        offerer: world.offerer(&url).await?,
    };
    for tab in [&pair.answerer, &pair.offerer] {
        tab.click("join").await?;
        joined(tab, "answerer").await?;
    }
    pair.offerer.click("create-offer").await?;
    pair.chat().await?;
    let role = pair.offerer.look().await?.state("role").to_owned();
    ensure!(role == "offerer", "the one who clicked is the {role}");
    Ok(())
}

async fn by_path(world: &World) -> Result<()> {
    let query = format!(
        "mode=auto&room={}&dialect=/dialects/relay.json",
        world.room()
    );
    let pair = Pair::join_at(world, &world.page(&query)).await?;
    pair.chat().await
}
