//! Leaving, and coming back: told at once, and as often as one likes in the same page load.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use webrtc_steps_tabs::course::Pair;
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::snapshot::Snapshot;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

/// Within this the other side is told, in ms.
const SOON: f64 = 1_000.0;
const ROUNDS: usize = 10;

pub(crate) fn promises(ring: &mut Ring) {
    let (all, same) = (&pairing::ALL, &pairing::SAME);
    ring.promise(
        "leaving_and_joining_again_works_ten_times_over",
        same,
        again,
    );
    ring.promise("leaving_is_told_within_a_second", all, left);
    ring.promise("a_closed_tab_is_told_within_a_second", all, closed);
    ring.promise(
        "a_closed_tab_is_told_without_a_server_too",
        same,
        closed_without_server,
    );
    ring.promise("a_reloaded_tab_is_told_and_connects_again", same, reloaded);
}

async fn again(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=auto").await?;
    pair.chat().await?;
    for round in 1..=ROUNDS {
        let (leaver, stayer) = sides(&pair, round);
        leave(leaver, stayer)
            .await
            .with_context(|| format!("round {round}"))?;
        leaver.click("join").await?;
        pair.chat()
            .await
            .with_context(|| format!("round {round}"))?;
    }
    pair.nothing_went_wrong().await
}

/// Either side leaves in turn.
fn sides(pair: &Pair, round: usize) -> (&Tab, &Tab) {
    if round.is_multiple_of(2) {
        (&pair.offerer, &pair.answerer)
    } else {
        (&pair.answerer, &pair.offerer)
    }
}

async fn left(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=auto").await?;
    pair.chat().await?;
    leave(&pair.offerer, &pair.answerer).await?;
    let page = pair.offerer.look().await?;
    ensure!(
        page.state("role") == "none" && page.can("join"),
        "{}: it is not back at the start: {:?}",
        pair.offerer.name,
        page.states
    );
    Ok(())
}

/// One side leaves; the other is told by its state and by an event, within a second of the click.
async fn leave(leaver: &Tab, stayer: &Tab) -> Result<()> {
    leaver.click("leave").await?;
    let page = leaver
        .wait("it has left", |page| page.state("signaling-link") != "open")
        .await?;
    let click = page.clicks.last().context("no click was seen")?;
    ensure!(click.command == "leave", "the last click was {click:?}");
    told_since(stayer, click.time, click.time).await
}

async fn closed(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=auto").await?;
    close(&pair).await
}

async fn closed_without_server(world: &World) -> Result<()> {
    let url = world.page(&format!("endpoint=tabs:&mode=auto&room={}", world.room()));
    let pair = Pair::join_at(world, &url).await?;
    close(&pair).await
}

async fn close(pair: &Pair) -> Result<()> {
    pair.chat().await?;
    let before = now()?;
    pair.offerer.close().await?;
    let page = pair
        .answerer
        .wait("it is told", |page| left_at(page, before).is_some())
        .await?;
    let first = page.told.iter().find(|told| told.time >= before);
    let first = first.context("nothing was told")?.time;
    told_since(&pair.answerer, before, first).await
}

async fn reloaded(world: &World) -> Result<()> {
    let url = world.page(&format!("mode=auto&room={}", world.room()));
    let pair = Pair::join_at(world, &url).await?;
    pair.chat().await?;
    let before = now()?;
    pair.offerer.go(&url).await?;
    let page = pair
        .answerer
        .wait("it is told", |page| left_at(page, before).is_some())
        .await?;
    let first = page.told.iter().find(|told| told.time >= before);
    let first = first.context("nothing was told")?.time;
    told_since(&pair.answerer, before, first).await?;
    pair.offerer.click("join").await?;
    pair.chat().await
}

/// The other side's going is told, and shown by the channel's state, soon after the first sign.
async fn told_since(stayer: &Tab, since: f64, sign: f64) -> Result<()> {
    let page = stayer
        .wait("it is told and the channel is shown closed", |page| {
            left_at(page, since).is_some() && not_open_at(page, since).is_some()
        })
        .await?;
    let told = left_at(&page, since).context("it was not told")? - sign;
    let shown = not_open_at(&page, since).context("it was not shown")? - sign;
    ensure!(
        told <= SOON && shown <= SOON,
        "{}: told after {told:.0} ms, shown after {shown:.0} ms",
        stayer.name
    );
    Ok(())
}

/// When it was told that the other side went.
fn left_at(page: &Snapshot, since: f64) -> Option<f64> {
    let kind = |kind: &str| matches!(kind, "peer-left" | "attempt-ended");
    page.told
        .iter()
        .find(|told| told.time >= since && kind(&told.kind))
        .map(|told| told.time)
}

/// When the channel stopped being shown as open.
fn not_open_at(page: &Snapshot, since: f64) -> Option<f64> {
    page.shown
        .iter()
        .find(|shown| {
            shown.time >= since
                && shown.name == "data-channel-state"
                && shown.value.as_deref() != Some("open")
        })
        .map(|shown| shown.time)
}

fn now() -> Result<f64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(since.as_secs_f64() * 1_000.0)
}
