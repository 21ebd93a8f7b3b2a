//! What is heard of a whole course: short sentences, one for each thing that happened, nothing twice.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};
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
    // What Firefox's patience makes the page do depends on time.
    let patience = |line: &&String| line.contains("the connection open");
    Ok(said
        .iter()
        .filter(|line| !patience(line))
        .map(named)
        .collect())
}

/// That exactly this was heard first, and of `last` what came of it, in the order of its coming; nothing twice.
async fn is_heard(tab: &Tab, first: &[&str], last: &[&str]) -> Result<()> {
    let heard = heard(tab).await?;
    let all = heard.iter().map(String::as_str);
    let rest: Vec<_> = all.clone().skip(first.len()).collect();
    let once = rest.iter().collect::<BTreeSet<_>>().len() == rest.len();
    ensure!(
        all.take(first.len()).eq(first.iter().copied())
            && once
            && rest.iter().all(|said| last.contains(said)),
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
    pair.offerer
        .wait("the other side left the room", |page| {
            let left = page.told.iter().filter(|told| told.kind == "peer-left");
            left.count() == 2
        })
        .await?;
    is_heard(&pair.offerer, &OFFERER, &AFTER_THAT).await?;
    is_heard(&pair.answerer, &ANSWERER, &["You left the room."]).await
}

const OFFERER: [&str; 14] = [
    "You are in the room.",
    "PEER is here.",
    "You are the offerer. You joined second, so you offer.",
    "Your next step is 2: Create the peer connection.",
    "Your next step is 4: Add the data channel.",
    "Your next step is 5: Create the offer.",
    "Your next step is 6: Set the local description.",
    "Your next step is 8: Send the offer.",
    "Your offer was sent.",
    "The answer came.",
    "Your next step is 25: Send the candidates.",
    "Your next step is 26: Set the remote description.",
    "The data channel is open. You can write.",
    "PEER says: two",
];
/// The channel's end and the goodbye come by two ways, either of them first.
const AFTER_THAT: [&str; 4] = [
    "The other side closed the channel.",
    "PEER said goodbye.",
    "Your next step is 2: Create the peer connection.",
    "PEER left the room.",
];
const ANSWERER: [&str; 14] = [
    "You are in the room.",
    "You are the answerer. You are the first in the room. Whoever comes next offers.",
    "PEER is here.",
    "An offer came.",
    "Your next step is 14: Create the peer connection.",
    "Your next step is 16: Listen for the data channel.",
    "Your next step is 17: Set the remote description.",
    "Your next step is 18: Create the answer.",
    "Your next step is 19: Set the local description.",
    "Your next step is 21: Send the answer.",
    "Your answer was sent.",
    "Your next step is 22: Send the candidates.",
    "The data channel is open. You can write.",
    "PEER says: one",
];

async fn trouble(world: &World) -> Result<()> {
    let tab = world
        .offerer(&world.page("room=heard&endpoint=ws://127.0.0.1:9"))
        .await?;
    inside(&tab, LISTEN, vec![]).await?;
    tab.click("join").await?;
    super::states::until(&tab, ".diag:not([hidden])").await?;
    let heard = heard(&tab).await?;
    let [said] = heard.as_slice() else {
        bail!("{}: what is heard is\n{}", tab.name, heard.join("\n"));
    };
    let begins = said.starts_with("The page was joining the room. 127.0.0.1:9 does not answer");
    ensure!(begins, "{said}");
    Ok(())
}
