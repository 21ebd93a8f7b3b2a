//! People click slowly: the connection opens all the same, in every pairing and mode.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::{
    ANSWER, ANSWERERS_CANDIDATES, Click, LAST, OFFER, OFFERERS_CANDIDATES, Pair, joined,
};
use webrtc_steps_tabs::pairing::{self, Browser};
use webrtc_steps_tabs::paste::{pick_up, put_down};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let all = &pairing::ALL;
    ring.slow_promise("a_slow_person_connects_in_manual_mode", all, manual);
    ring.slow_promise("a_slow_person_connects_in_trickle_mode", all, trickle);
    ring.slow_promise("a_slow_person_connects_by_paste", all, paste);
}

async fn manual(world: &World) -> Result<()> {
    let pair = join(world, "mode=manual").await?;
    let rest = [ANSWERERS_CANDIDATES, OFFERERS_CANDIDATES, LAST];
    // Where a browser's patience runs out: from the answer's creation on.
    for click in OFFER.into_iter().chain(ANSWER).chain(rest) {
        slowly(world, &pair, click, matches!(click.0, 21 | 22 | 25 | 26)).await?;
    }
    pair.chat().await?;
    if world.pairing.answerer == Browser::Firefox {
        says_what_it_did(&pair).await?;
    }
    Ok(())
}

/// Firefox alone would have given up: the page did something about it, and says so.
async fn says_what_it_did(pair: &Pair) -> Result<()> {
    let page = pair.answerer.look().await?;
    let own = ["note.holding-open", "note.their-restart"];
    ensure!(
        page.notes().iter().any(|note| own.contains(note)),
        "the page kept it alive without a word: {:?}",
        page.notes()
    );
    Ok(())
}

async fn trickle(world: &World) -> Result<()> {
    let pair = join(world, "mode=trickle").await?;
    for click in OFFER.into_iter().chain(ANSWER).chain([LAST]) {
        slowly(world, &pair, click, matches!(click.0, 21 | 26)).await?;
    }
    pair.chat().await
}

async fn paste(world: &World) -> Result<()> {
    let url = world.page("endpoint=paste:&mode=manual");
    let answerer = world.answerer(&format!("{url}&role=answerer")).await?;
    let offerer = world.offerer(&format!("{url}&role=offerer")).await?;
    let pair = Pair { offerer, answerer };
    for (tab, role) in [(&pair.answerer, "answerer"), (&pair.offerer, "offerer")] {
        pause(world, false).await?;
        tab.click("join").await?;
        joined(tab, role).await?;
    }
    for click in OFFER {
        slowly(world, &pair, click, false).await?;
    }
    put_down(&pair.answerer, &pick_up(&pair.offerer).await?).await?;
    pause(world, false).await?;
    pair.answerer.click("read-signal").await?;
    for click in ANSWER {
        slowly(world, &pair, click, false).await?;
    }
    put_down(&pair.offerer, &pick_up(&pair.answerer).await?).await?;
    pause(world, true).await?;
    pair.offerer.click("read-signal").await?;
    slowly(world, &pair, LAST, true).await?;
    pair.chat().await
}

/// Joins as [`Pair::join`] does, with a pause before each click when every click has one.
async fn join(world: &World, query: &str) -> Result<Pair> {
    let url = world.page(&format!("room={}&{query}", world.room()));
    let answerer = world.answerer(&url).await?;
    let offerer = world.offerer(&url).await?;
    let pair = Pair { offerer, answerer };
    for (tab, role) in [(&pair.answerer, "answerer"), (&pair.offerer, "offerer")] {
        pause(world, false).await?;
        tab.click("join").await?;
        joined(tab, role).await?;
    }
    Ok(pair)
}

/// Takes a step after a pause, if it is one of those.
async fn slowly(world: &World, pair: &Pair, click: Click, critical: bool) -> Result<()> {
    pause(world, critical).await?;
    pair.take(click).await
}

async fn pause(world: &World, critical: bool) -> Result<()> {
    if critical || world.pauses_everywhere() {
        world.read_for_a_while().await?;
    }
    Ok(())
}
