//! Hanging up while the browser is still at work: its promise never settles, and the next connection works all the same.

use anyhow::Result;
use serde_json::json;
use webrtc_steps_tabs::course::{ANSWER, OFFER, Pair, before};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let all = &pairing::ALL;
    ring.promise(
        "closing_during_any_pending_call_leaves_nothing_behind",
        all,
        pending,
    );
}

/// Both controls in one go: no WebDriver click comes before a browser has made an offer.
const CLICK_AND_CLOSE: &str = "const root = document.querySelector('webrtc-steps').shadowRoot;
    for (const command of [arguments[0], 'close']) root.querySelector(`[data-command=${command}]`).click();";

async fn pending(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    for command in ["create-offer", "set-local-description"] {
        pair.take_all(before(OFFER, command)).await?;
        close_during(&pair.offerer, command).await?;
    }
    // Set by now, it gathers.
    pair.take_all(before(OFFER, "send-offer")).await?;
    pair.offerer.click("close").await?;
    begun_anew(&pair.offerer).await?;
    // The answerer; its goodbye ends the offerer's attempt too, so the offer is made anew each time.
    for command in [
        "set-remote-description",
        "create-answer",
        "set-local-description",
    ] {
        pair.take_all(OFFER).await?;
        pair.take_all(before(ANSWER, command)).await?;
        close_during(&pair.answerer, command).await?;
        begun_anew(&pair.offerer).await?;
    }
    pair.take_manual_course().await?;
    pair.chat().await?;
    pair.is_complete().await
}

async fn close_during(tab: &Tab, command: &str) -> Result<()> {
    tab.wait(&format!("{command} can be clicked"), |page| {
        page.can(command) && page.can("close")
    })
    .await?;
    tab.eval(CLICK_AND_CLOSE, vec![json!(command)]).await?;
    begun_anew(tab).await
}

async fn begun_anew(tab: &Tab) -> Result<()> {
    tab.wait("there is no connection any more", |page| {
        page.state("signaling-state") == "none" && page.can("create-peer-connection")
    })
    .await?;
    Ok(())
}
