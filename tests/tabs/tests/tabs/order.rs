//! The wrong order, and what must not happen before `join`.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::{OFFER, Pair, before, joined, take};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::proxy::Proxy;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise(
        "an_offer_without_a_channel_can_be_made",
        same,
        without_channel,
    );
    ring.promise("what_is_forbidden_says_why", same, forbidden);
    ring.promise("nothing_is_contacted_before_join", same, nothing_contacted);
    ring.promise("no_query_skips_the_click_on_join", same, autojoin);
    ring.promise(
        "a_credential_stays_out_of_links_and_records",
        same,
        credential,
    );
}

async fn without_channel(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    take(&pair.offerer, (2, "create-peer-connection")).await?;
    let page = pair.offerer.look().await?;
    ensure!(
        page.next() == Some(4) && page.status(5) == "possible",
        "step 4 is {} and step 5 is {}",
        page.status(4),
        page.status(5)
    );
    pair.offerer.click("create-offer").await?;
    let page = pair
        .offerer
        .wait("the offer is made", |page| page.status(5) == "done")
        .await?;
    ensure!(
        page.notes().contains(&"note.empty-offer"),
        "an offer of nothing was made without a word: {:?}",
        page.notes()
    );
    Ok(())
}

async fn forbidden(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    pair.take_all(before(OFFER, "send-offer")).await?;
    let page = pair.offerer.look().await?;
    let control = page
        .control("set-remote-description")
        .context("there is no control for set-remote-description")?;
    ensure!(
        !control.available && !control.disabled && !control.reason.trim().is_empty(),
        "{control:?}"
    );
    let calls = |page: &webrtc_steps_tabs::snapshot::Snapshot| {
        page.told.iter().filter(|told| told.kind == "call").count()
    };
    let before = calls(&page);
    pair.offerer.press("set-remote-description").await?;
    pair.offerer
        .wait("the click arrived", |page| {
            page.clicks
                .last()
                .is_some_and(|click| click.command == "set-remote-description")
        })
        .await?;
    let page = pair.offerer.look().await?;
    ensure!(
        calls(&page) == before && page.steps.iter().all(|step| step.status != "failed"),
        "a forbidden click did something"
    );
    Ok(())
}

async fn nothing_contacted(world: &World) -> Result<()> {
    let proxy = Proxy::start(world.relay.address()).await?;
    let url = format!(
        "http://{}/?mode=manual&room={}",
        proxy.address(),
        world.room()
    );
    let tab = world.offerer(&url).await?;
    tab.paste("input[name=room]", "another-room").await?;
    tab.paste("input[name=ice-servers]", "stun:stun.example.org")
        .await?;
    ensure!(
        proxy.rooms() == 0,
        "{} connections before join",
        proxy.rooms()
    );
    let named = tab
        .eval(
            "return document.querySelector('webrtc-steps').shadowRoot.textContent;",
            vec![],
        )
        .await?;
    let text = named.as_str().unwrap_or_default();
    ensure!(
        text.contains("127.0.0.1") && text.contains("stun.example.org"),
        "the page does not name the hosts of the relay and of the STUN server before join"
    );
    tab.click("join").await?;
    joined(&tab, "answerer").await?;
    ensure!(
        proxy.rooms() == 1,
        "{} connections after join",
        proxy.rooms()
    );
    Ok(())
}

async fn autojoin(world: &World) -> Result<()> {
    let proxy = Proxy::start(world.relay.address()).await?;
    let room = world.room();
    let url = format!(
        "http://{}/?autojoin&autojoin=true&mode=auto&room={room}",
        proxy.address()
    );
    let waiting = world.answerer(&url).await?;
    // The other tab joins after it was ready to: had the first joined, it would be in the room.
    let tab = world.offerer(&url).await?;
    tab.click("join").await?;
    joined(&tab, "answerer").await?;
    ensure!(
        proxy.rooms() == 1,
        "{} connections after one click",
        proxy.rooms()
    );
    let page = waiting.look().await?;
    ensure!(
        page.state("signaling-link") == "none" && page.can("join"),
        "it joined by itself: {:?}",
        page.states
    );
    Ok(())
}

const SECRET: &str = "s3cr3t-of-this-test";
/// Every text and value of the page but the field it was typed into.
const EVERYTHING: &str = "const root = document.querySelector('webrtc-steps').shadowRoot;
    const values = [...root.querySelectorAll('input, textarea, select')].filter((field) => field.name !== 'ice-credential');
    return [location.href, root.textContent, root.innerHTML, ...values.map((field) => field.value)];";

async fn credential(world: &World) -> Result<()> {
    let server = "turn:127.0.0.1:3478";
    let tab = world
        .offerer(&world.page(&format!("room={}&ice-servers={server}", world.room())))
        .await?;
    tab.paste("input[name=ice-username]", "user").await?;
    tab.paste("input[name=ice-credential]", SECRET).await?;
    tab.click("join").await?;
    joined(&tab, "answerer").await?;
    tab.click("create-peer-connection").await?;
    let page = tab
        .wait("it is created", |page| page.status(14) == "done")
        .await?;
    let told: Vec<_> = page.told.iter().map(|told| json!(told.rest)).collect();
    let all = json!([tab.eval(EVERYTHING, vec![]).await?, told]);
    ensure!(
        all.to_string().contains(server) || all.to_string().contains("turn%3A127.0.0.1%3A3478"),
        "the server is nowhere, so the test looks at the wrong place"
    );
    ensure!(
        !holds(&all, SECRET),
        "the credential is somewhere in the page or its events"
    );
    Ok(())
}

fn holds(value: &Value, text: &str) -> bool {
    value.to_string().contains(text)
}
