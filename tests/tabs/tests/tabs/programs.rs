//! The program that the page writes takes a side's place: it runs in a tab against our page, connects, and a line goes each way.

use std::time::Duration;

use anyhow::Result;
use webrtc_steps_tabs::course::{ANSWER, Pair, follow, joined, take};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::paste::{pick_up, put_down};
use webrtc_steps_tabs::program::{Running, beside_the_page, taken};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// Without a goodbye a browser notices nothing for five seconds.
const AT_ONCE: Duration = Duration::from_secs(3);

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise(
        "the_program_of_a_manual_offerer_takes_its_place",
        same,
        manual_offerer,
    );
    ring.promise(
        "the_program_of_a_manual_answerer_takes_its_place",
        same,
        manual_answerer,
    );
    ring.promise(
        "the_program_of_a_trickling_offerer_takes_its_place",
        same,
        trickle_offerer,
    );
    ring.promise(
        "the_program_of_a_trickling_answerer_takes_its_place",
        same,
        trickle_answerer,
    );
    ring.promise(
        "the_program_of_an_automatic_offerer_takes_its_place",
        &pairing::ALL,
        auto_offerer,
    );
    ring.promise(
        "the_program_of_an_automatic_answerer_takes_its_place",
        same,
        auto_answerer,
    );
    ring.promise(
        "the_program_of_a_side_without_a_server_takes_its_place",
        same,
        without_server,
    );
    ring.promise(
        "the_program_of_a_side_carried_by_hand_connects",
        same,
        by_hand,
    );
    ring.promise("the_program_of_raw_descriptions_takes_its_place", same, raw);
    ring.promise(
        "the_program_of_perfect_negotiation_takes_its_place",
        same,
        perfect_negotiation,
    );
    ring.promise("a_program_whose_tab_closes_says_goodbye", same, goodbye);
}

async fn manual_offerer(world: &World) -> Result<()> {
    over_the_relay(world, "manual", "offerer").await.map(drop)
}

async fn manual_answerer(world: &World) -> Result<()> {
    over_the_relay(world, "manual", "answerer").await.map(drop)
}

async fn trickle_offerer(world: &World) -> Result<()> {
    over_the_relay(world, "trickle", "offerer").await.map(drop)
}

async fn trickle_answerer(world: &World) -> Result<()> {
    over_the_relay(world, "trickle", "answerer").await.map(drop)
}

async fn auto_offerer(world: &World) -> Result<()> {
    over_the_relay(world, "auto", "offerer").await.map(drop)
}

async fn auto_answerer(world: &World) -> Result<()> {
    over_the_relay(world, "auto", "answerer").await.map(drop)
}

async fn goodbye(world: &World) -> Result<()> {
    let (pair, program) = over_the_relay(world, "auto", "offerer").await?;
    program.close().await?;
    pair.answerer
        .wait_for(AT_ONCE, "it has heard the goodbye", |page| !page.is_open())
        .await?;
    Ok(())
}

async fn without_server(world: &World) -> Result<()> {
    let query = format!("endpoint=tabs:&mode=trickle&room={}", world.room());
    let pair = Pair::join_at(world, &world.page(&query)).await?;
    let text = program_of(&pair, "offerer").await?;
    let site = beside_the_page(&text).await?;
    let url = format!("http://{}/?{query}&role=answerer", site.0.address());
    pair.answerer.go(&url).await?;
    pair.answerer.click("join").await?;
    pair.answerer
        .wait("it is in the room", |page| {
            page.state("signaling-link") == "open"
        })
        .await?;
    let program = Running::from_site(world, world.pairing.offerer, site).await?;
    follow(&pair.answerer).await?;
    program.chats_with(&pair.answerer).await
}

/// Its program is there as soon as the side has a role: all steps are still to come.
async fn by_hand(world: &World) -> Result<()> {
    let url = world.page("endpoint=paste:&mode=manual");
    let offerer = world.offerer(&format!("{url}&role=offerer")).await?;
    offerer.click("join").await?;
    joined(&offerer, "offerer").await?;
    let text = taken(&offerer).await?;
    let answerer = world.answerer(&format!("{url}&role=answerer")).await?;
    answerer.click("join").await?;
    let program = Running::from_file(world, world.pairing.offerer, &text).await?;
    put_down(&answerer, &program.to_carry().await?).await?;
    answerer.click("read-signal").await?;
    for click in ANSWER {
        take(&answerer, click).await?;
    }
    program.take_in(&pick_up(&answerer).await?).await?;
    program.chats_with(&answerer).await
}

async fn raw(world: &World) -> Result<()> {
    let room = world.room();
    let url = bare(world, &format!("dialect=raw&mode=manual&room={room}"));
    takes_its_place(world, [&url, &url], "offerer")
        .await
        .map(drop)
}

async fn perfect_negotiation(world: &World) -> Result<()> {
    let room = world.room();
    let url = |side: &str| {
        bare(
            world,
            &format!("dialect=perfect-negotiation&mode=auto&room={room}&var.side={side}"),
        )
    };
    takes_its_place(world, [&url("polite"), &url("impolite")], "answerer")
        .await
        .map(drop)
}

/// The relay passes every frame of `/any/` on as it is, and says nothing itself.
fn bare(world: &World, more: &str) -> String {
    let endpoint = format!("ws://{}/any/{{room}}", world.relay.address());
    world.page(&format!("endpoint={endpoint}&{more}"))
}

async fn over_the_relay(world: &World, mode: &str, role: &str) -> Result<(Pair, Running)> {
    let url = world.page(&format!("mode={mode}&room={}", world.room()));
    takes_its_place(world, [&url, &url], role).await
}

/// The side of this role is taken by its program; the other one is our page, fresh. The addresses are the offerer's and the answerer's.
async fn takes_its_place(world: &World, urls: [&str; 2], role: &str) -> Result<(Pair, Running)> {
    let [offers, answers] = urls;
    let pair = Pair {
        answerer: world.answerer(&format!("{answers}&role=answerer")).await?,
        offerer: world.offerer(&format!("{offers}&role=offerer")).await?,
    };
    pair.enter().await?;
    let text = program_of(&pair, role).await?;
    if role == "offerer" {
        pair.answerer.click("join").await?;
        pair.answerer
            .wait("it is in the room", |page| {
                page.state("signaling-link") == "open"
            })
            .await?;
        let program = Running::from_file(world, world.pairing.offerer, &text).await?;
        follow(&pair.answerer).await?;
        program.chats_with(&pair.answerer).await?;
        return Ok((pair, program));
    }
    let program = Running::from_file(world, world.pairing.answerer, &text).await?;
    // It is in the room.
    program.until("step 14", "").await?;
    pair.offerer.click("join").await?;
    follow(&pair.offerer).await?;
    program.chats_with(&pair.offerer).await?;
    Ok((pair, program))
}

/// Lets both sides connect, takes the program of one, and lets both leave.
async fn program_of(pair: &Pair, role: &str) -> Result<String> {
    pair.follow().await?;
    let mine = if role == "offerer" {
        &pair.offerer
    } else {
        &pair.answerer
    };
    let text = taken(mine).await?;
    for tab in [&pair.offerer, &pair.answerer] {
        tab.click("leave").await?;
        tab.wait("it has left", |page| page.can("join")).await?;
    }
    Ok(text)
}
