//! A relay that goes away: in the middle of the course, which goes on, and after it, which disturbs nothing.

use anyhow::{Result, ensure};
use serde_json::Value;
use webrtc_steps_tabs::course::{
    ANSWER, ANSWERERS_CANDIDATES, LAST, OFFER, OFFERERS_CANDIDATES, Pair,
};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::proxy::Proxy;
use webrtc_steps_tabs::relay::Relay;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::snapshot::Snapshot;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let (all, same) = (&pairing::ALL, &pairing::SAME);
    ring.promise("a_cut_line_to_the_relay_is_taken_up_where_it_was", all, cut);
    ring.promise(
        "a_relay_that_starts_anew_before_the_answer_is_found_again",
        same,
        restarted,
    );
    ring.promise(
        "a_relay_that_starts_anew_before_the_last_step_is_found_again",
        same,
        restarted_late,
    );
    ring.promise(
        "losing_the_relay_does_not_disturb_the_chat",
        all,
        not_needed,
    );
}

/// The seat, the id and every step survive; what was clicked meanwhile goes out when the line is back.
async fn cut(world: &World) -> Result<()> {
    let proxy = Proxy::start(world.relay.address()).await?;
    let pair = join_at(world, proxy.address()).await?;
    let ids = [id(&pair.offerer).await?, id(&pair.answerer).await?];
    pair.take_all(OFFER).await?;
    pair.answerer
        .wait("the offer came", |page| page.status(12) == "done")
        .await?;
    proxy.cut();
    lost(&pair).await?;
    pair.take_all(ANSWER).await?;
    pair.take(ANSWERERS_CANDIDATES).await?;
    proxy.mend(world.relay.address());
    back(&pair).await?;
    let now = [id(&pair.offerer).await?, id(&pair.answerer).await?];
    ensure!(ids == now, "the ids were {ids:?} and are {now:?}");
    pair.take_all([OFFERERS_CANDIDATES, LAST]).await?;
    pair.chat().await?;
    // The browser complains of each failed try, as it should.
    pair.knows_every_step().await?;
    for tab in [&pair.offerer, &pair.answerer] {
        ensure!(
            attempt(&tab.look().await?) == 1.0,
            "{}: it began anew",
            tab.name
        );
    }
    Ok(())
}

async fn restarted(world: &World) -> Result<()> {
    let relay = Relay::start().await?;
    let pair = join_at(world, relay.address()).await?;
    pair.take_all(OFFER).await?;
    pair.answerer
        .wait("the offer came", |page| page.status(12) == "done")
        .await?;
    let _relay = start_anew(relay, &pair).await?;
    pair.follow().await?;
    pair.chat().await
}

async fn restarted_late(world: &World) -> Result<()> {
    let relay = Relay::start().await?;
    let pair = join_at(world, relay.address()).await?;
    pair.take_all(OFFER).await?;
    pair.take_all(ANSWER).await?;
    pair.take(ANSWERERS_CANDIDATES).await?;
    pair.offerer
        .wait("the answer came", |page| page.status(24) == "done")
        .await?;
    let _relay = start_anew(relay, &pair).await?;
    pair.follow().await?;
    pair.chat().await
}

/// Kills the relay, and starts one on the same port that knows nobody.
async fn start_anew(relay: Relay, pair: &Pair) -> Result<Relay> {
    let address = relay.kill().await?;
    lost(pair).await?;
    let relay = Relay::start_on(address).await?;
    back(pair).await?;
    Ok(relay)
}

async fn not_needed(world: &World) -> Result<()> {
    let relay = Relay::start().await?;
    let url = format!(
        "http://{}/?mode=auto&room={}",
        relay.address(),
        world.room()
    );
    let pair = Pair::join_at(world, &url).await?;
    pair.chat().await?;
    let address = relay.kill().await?;
    lost(&pair).await?;
    pair.chat().await?;
    // Nor does its return, with other ids for both.
    let _relay = Relay::start_on(address).await?;
    back(&pair).await?;
    pair.chat().await?;
    for tab in [&pair.offerer, &pair.answerer] {
        let page = tab.look().await?;
        ensure!(attempt(&page) == 1.0, "{}: it began anew", tab.name);
        let states = page.history("channel-state");
        ensure!(
            states.last() == Some(&"open"),
            "{}: the channel went through {states:?}",
            tab.name
        );
    }
    Ok(())
}

async fn join_at(world: &World, relay: std::net::SocketAddr) -> Result<Pair> {
    let url = format!("http://{relay}/?mode=manual&room={}", world.room());
    Pair::join_at(world, &url).await
}

async fn lost(pair: &Pair) -> Result<()> {
    for tab in [&pair.offerer, &pair.answerer] {
        tab.wait("the loss of the relay is shown", |page| {
            page.state("signaling-link") != "open"
        })
        .await?;
    }
    Ok(())
}

async fn back(pair: &Pair) -> Result<()> {
    for tab in [&pair.offerer, &pair.answerer] {
        tab.wait("it is in the room again", |page| {
            let again = page.told.iter().any(|told| {
                told.kind == "joined" && told.rest.get("again") == Some(&Value::Bool(true))
            });
            again && page.state("signaling-link") == "open"
        })
        .await?;
    }
    Ok(())
}

/// The id that the relay gave this tab last.
async fn id(tab: &Tab) -> Result<Option<Value>> {
    let page = tab.look().await?;
    let joined = page.told.iter().rev().find(|told| told.kind == "joined");
    let me = joined.and_then(|told| told.rest.get("me")).cloned();
    ensure!(me.is_some(), "{}: it was given no id", tab.name);
    Ok(me)
}

fn attempt(page: &Snapshot) -> f64 {
    let last = page.told.last();
    last.and_then(|told| told.rest.get("attempt")?.as_f64())
        .unwrap_or(0.0)
}
