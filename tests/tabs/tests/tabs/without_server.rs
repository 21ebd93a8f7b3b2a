//! `tabs:`: two tabs of one browser and no server between them.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::{Pair, joined};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise("two_tabs_connect_by_hand_without_a_server", same, manual);
    ring.promise(
        "two_tabs_connect_by_themselves_without_a_server",
        same,
        auto,
    );
    ring.promise(
        "two_tabs_that_join_at_once_elect_one_offerer",
        same,
        at_once,
    );
    ring.promise("a_third_tab_is_told_that_the_room_is_full", same, third);
}

fn url(world: &World, mode: &str) -> String {
    world.page(&format!("endpoint=tabs:&mode={mode}&room={}", world.room()))
}

async fn manual(world: &World) -> Result<()> {
    let pair = Pair::join_at(world, &url(world, "manual")).await?;
    pair.take_manual_course().await?;
    pair.chat().await?;
    pair.is_complete().await
}

async fn auto(world: &World) -> Result<()> {
    let pair = Pair::join_at(world, &url(world, "auto")).await?;
    pair.chat().await?;
    pair.is_complete().await
}

/// Lets one tab join when the other says so, and say so itself when it joins: both within a few milliseconds.
const WAIT_FOR_THE_WORD: &str = "const channel = new BroadcastChannel('test');
    channel.onmessage = () => { document.querySelector('webrtc-steps').run('join'); };";
const JOIN_AND_SAY_THE_WORD: &str = "new BroadcastChannel('test').postMessage('now');
    document.querySelector('webrtc-steps').run('join');";

/// More than one round: which tab is hidden, and which has the smaller id, decides who is late.
const ROUNDS: usize = 4;

async fn at_once(world: &World) -> Result<()> {
    let url = url(world, "auto");
    let pair = Pair {
        offerer: world.offerer(&url).await?,
        answerer: world.answerer(&url).await?,
    };
    let tabs = [&pair.offerer, &pair.answerer];
    pair.offerer.eval(WAIT_FOR_THE_WORD, vec![]).await?;
    for _ in 0..ROUNDS {
        pair.answerer.eval(JOIN_AND_SAY_THE_WORD, vec![]).await?;
        let mut roles = Vec::new();
        for tab in tabs {
            let page = tab.wait("it has a role", |page| page.state("role") != "none");
            roles.push(page.await?.state("role").to_owned());
        }
        roles.sort();
        ensure!(roles == ["answerer", "offerer"], "the roles are {roles:?}");
        pair.chat().await?;
        for tab in tabs {
            tab.click("leave").await?;
            tab.wait("it has left", |page| page.can("join")).await?;
        }
    }
    Ok(())
}

async fn third(world: &World) -> Result<()> {
    let url = url(world, "auto");
    let pair = Pair::join_at(world, &url).await?;
    pair.chat().await?;
    let third = world.tab("third", world.pairing.offerer, &url).await?;
    third.click("join").await?;
    let page = third
        .wait("it is told", |page| {
            page.told.iter().any(|told| told.kind == "trouble")
        })
        .await?;
    let told = page.told.iter().find(|told| told.kind == "trouble");
    let cause = told.and_then(|told| told.rest.get("cause")?.get("id")?.as_str());
    ensure!(cause == Some("trouble.room-full"), "it is told {told:?}");
    third
        .wait("it can join again", |page| {
            page.can("join") && page.state("role") == "none"
        })
        .await?;
    // The two others are not disturbed, and the seat of one who leaves is free.
    pair.chat().await?;
    pair.offerer.click("leave").await?;
    third.click("join").await?;
    joined(&third, "offerer").await?;
    let pair = Pair {
        offerer: third,
        answerer: pair.answerer,
    };
    pair.chat().await
}
