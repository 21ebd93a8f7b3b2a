//! The workbench on the built page: a document made there reaches the other peer by link, and strange frames are known.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::{Pair, joined};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

/// A dialect that nobody else speaks.
const DOCUMENT: &str = r#"{
  "dialect": "Own words",
  "url": "{endpoint}",
  "messages": [
    {"both": {"k": "o", "s": "{description.sdp}"}, "means": "offer"},
    {"both": {"k": "a", "s": "{description.sdp}"}, "means": "answer"},
    {"both": {"k": "c", "c": "{candidate}"}, "means": ["candidate", "end"]}
  ]
}"#;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_document_made_in_the_workbench_reaches_the_other_peer_by_link",
        &pairing::ALL,
        by_link,
    );
    ring.promise(
        "frames_of_another_dialect_are_known_by_the_dialects_of_the_page",
        &pairing::SAME,
        known,
    );
    ring.promise(
        "a_link_whose_document_is_damaged_says_so_and_does_not_join",
        &pairing::SAME,
        damaged,
    );
}

async fn by_link(world: &World) -> Result<()> {
    let url = bare(world, "mode=auto&role=answerer");
    let answerer = world.answerer(&url).await?;
    press(&answerer, ".start [data-view=workbench]").await?;
    until(&answerer, "the panel is open", "#wb-document").await?;
    answerer.paste("#wb-document", DOCUMENT).await?;
    let checked = "[data-part=state][data-good=true]";
    until(&answerer, "the document was checked", checked).await?;
    press(&answerer, "[data-bench=use]").await?;
    answerer.click("join").await?;
    joined(&answerer, "answerer").await?;
    let invitation = "a[data-part=open][href*=\"#dialect=\"]";
    until(&answerer, "the link carries it", invitation).await?;
    let link = read(&answerer, invitation, "href").await?;
    let offerer = world.offerer(&link.replace('#', "&role=offerer#")).await?;
    until(
        &offerer,
        "the page names what the link brought",
        "[data-part=brought]:not([hidden])",
    )
    .await?;
    let page = offerer.look().await?;
    ensure!(
        page.state("signaling-link") == "none",
        "contacted before join"
    );
    offerer.click("join").await?;
    Pair { offerer, answerer }.chat().await
}

async fn known(world: &World) -> Result<()> {
    let url = bare(world, "mode=manual&dialect=raw");
    let tab = world.answerer(&url).await?;
    tab.click("join").await?;
    joined(&tab, "answerer").await?;
    let (_, endpoint) = url.split_once("endpoint=").unwrap_or_default();
    let endpoint = endpoint.split('&').next().unwrap_or_default();
    let other = world.offerer(&world.page("")).await?;
    let script = "const [endpoint, frames] = arguments;
        globalThis.other = new WebSocket(endpoint);
        globalThis.other.onopen = () => frames.forEach((frame) => globalThis.other.send(frame));";
    let frames = json!([
        "{\"type\":\"OPEN\"}",
        "{\"type\":\"LEAVE\",\"src\":\"bob\"}"
    ]);
    other.eval(script, vec![json!(endpoint), frames]).await?;
    until(
        &tab,
        "the frames are hinted at",
        "[data-part=hint]:not([hidden])",
    )
    .await?;
    press(&tab, "[data-part=hint] button").await?;
    until(&tab, "a dialect is proposed", "[data-bench=use-fit]").await?;
    let name = read(&tab, "[data-bench=use-fit]", "dataset.name").await?;
    ensure!(name == "peerjs", "it is taken for {name}");
    Ok(())
}

async fn damaged(world: &World) -> Result<()> {
    let link = format!("{}#dialect=%%%", bare(world, "mode=manual"));
    let tab = world.answerer(&link).await?;
    let refusal = ".dialect-field .refusal";
    until(&tab, "the form says so", refusal).await?;
    let said = read(&tab, refusal, "textContent").await?;
    ensure!(said.contains("damaged"), "it says {said}");
    press(&tab, "[data-command=join]").await?;
    until(&tab, "it is still said", refusal).await?;
    let page = tab.look().await?;
    ensure!(page.state("signaling-link") == "none", "it joined");
    Ok(())
}

/// The relay passes every frame of `/any/` on as it is.
fn bare(world: &World, more: &str) -> String {
    let room = world.room();
    let endpoint = format!("ws://{}/any/{room}", world.relay.address());
    world.page(&format!("endpoint={endpoint}&room={room}&{more}"))
}

const FIND: &str =
    "const found = document.querySelector('webrtc-steps').shadowRoot.querySelector(arguments[0]);";

async fn press(tab: &Tab, selector: &str) -> Result<()> {
    tab.eval(&format!("{FIND} found.click();"), vec![json!(selector)])
        .await?;
    Ok(())
}

async fn read(tab: &Tab, selector: &str, property: &str) -> Result<String> {
    let script = format!("{FIND} return found?.{property} ?? '';");
    let value = tab.eval(&script, vec![json!(selector)]).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// Waits until something is in the page.
async fn until(tab: &Tab, what: &str, selector: &str) -> Result<()> {
    let script = format!("{FIND} return Boolean(found);");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while tab.eval(&script, vec![json!(selector)]).await? != Value::Bool(true) {
        ensure!(
            std::time::Instant::now() < end,
            "{}: waited in vain until {what}",
            tab.name
        );
        tab.look().await?;
    }
    Ok(())
}
