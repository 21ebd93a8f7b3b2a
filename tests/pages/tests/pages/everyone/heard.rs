//! What is heard of a whole course: short sentences, one for each thing that happened, nothing twice.

use anyhow::{Result, ensure};
use serde_json::Value;
use webrtc_steps_tabs::course::{
    ANSWER, ANSWERERS_CANDIDATES, LAST, OFFER, OFFERERS_CANDIDATES, Pair, joined,
};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::inside;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("a_whole_course_is_heard_in_short_sentences", &SAME, course);
    ring.promise("trouble_is_heard_once", &SAME, trouble);
}

/// Writes down everything that is added to a live region of the element.
const LISTEN: &str = "window.heard = [];
    const region = '[role=status], [role=alert], [role=log]:not([aria-live=off]), [aria-live=polite], [aria-live=assertive]';
    const hear = (changes) => {
        for (const { target, addedNodes } of changes) {
            const at = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
            if (!at?.closest(region)) continue;
            const said = [...addedNodes].map(({ textContent }) => textContent).join(' ').trim();
            if (said) window.heard.push(said);
        }
    };
    new MutationObserver(hear).observe(root, { childList: true, characterData: true, subtree: true });";

/// The sentences so far, with the other peer's id as PEER.
async fn heard(tab: &Tab) -> Result<Vec<String>> {
    let said = tab.eval("return window.heard;", vec![]).await?;
    let said: Vec<String> = serde_json::from_value(said)?;
    let told = tab.look().await?.told;
    let peer = told.iter().find(|told| told.kind == "peer-joined");
    let peer = peer.and_then(|told| told.rest.get("peer").and_then(Value::as_str));
    let named = |line: &String| match peer {
        Some(peer) => line.replace(peer, "PEER"),
        None => line.clone(),
    };
    Ok(said.iter().map(named).collect())
}

async fn is_heard(tab: &Tab, wanted: &[&str]) -> Result<()> {
    let heard = heard(tab).await?;
    ensure!(
        heard == wanted,
        "{}: what is heard is\n{}",
        tab.name,
        heard.join("\n")
    );
    Ok(())
}

async fn course(world: &World) -> Result<()> {
    let url = world.page(&format!("room={}&mode=manual", world.room()));
    let answerer = world.answerer(&url).await?;
    let offerer = world.offerer(&url).await?;
    for (tab, role) in [(&answerer, "answerer"), (&offerer, "offerer")] {
        inside(tab, LISTEN, vec![]).await?;
        tab.click("join").await?;
        joined(tab, role).await?;
    }
    let pair = Pair { offerer, answerer };
    pair.take_all(OFFER).await?;
    pair.take_all(ANSWER).await?;
    pair.take_all([ANSWERERS_CANDIDATES, OFFERERS_CANDIDATES, LAST])
        .await?;
    for tab in [&pair.offerer, &pair.answerer] {
        tab.wait("the channel is open", |page| page.is_open())
            .await?;
    }
    pair.offerer.say("one").await?;
    pair.answerer
        .wait("the line came", |page| page.received() == ["one"])
        .await?;
    pair.answerer.say("two").await?;
    pair.offerer
        .wait("the line came", |page| page.received() == ["two"])
        .await?;
    pair.answerer.press("leave").await?;
    pair.offerer
        .wait("the channel is closed", |page| !page.is_open())
        .await?;
    is_heard(&pair.offerer, &[]).await?;
    is_heard(&pair.answerer, &[]).await
}

async fn trouble(world: &World) -> Result<()> {
    let tab = world
        .offerer(&world.page("room=heard&endpoint=ws://127.0.0.1:9"))
        .await?;
    inside(&tab, LISTEN, vec![]).await?;
    tab.click("join").await?;
    super::states::until(&tab, ".diag:not([hidden])").await?;
    is_heard(&tab, &[]).await
}
