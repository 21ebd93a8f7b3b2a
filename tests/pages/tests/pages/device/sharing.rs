//! The button that hands the join link to the system's own sharing.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::{ROOT, text, until};

/// What the system answers to sharing, and what the page then says.
const ANSWERS: [(&str, &str); 3] = [
    ("undefined", ""),
    ("new DOMException('', 'AbortError')", ""),
    ("new DOMException('', 'NotAllowedError')", "NotAllowedError"),
];

pub(super) async fn sharing(world: &World) -> Result<()> {
    joined(world, false).await?;
    let tab = joined(world, true).await?;
    for (fault, told) in ANSWERS {
        let answer = format!("window.shared = ''; window.fault = {fault};");
        tab.eval(&answer, vec![]).await?;
        tab.with("[data-do=share]", async |button| button.click().await)
            .await?;
        let link = text(&tab, "root.querySelector('#join-link').value").await?;
        let handed = format!("window.shared === {}", json!(link));
        until(&tab, "the link is handed over", &handed).await?;
        let says = format!("root.querySelector('[data-part=copied]').innerText.includes('{told}')");
        until(&tab, "it says why not", &says).await?;
    }
    let wrong = tab.complaints().await?;
    ensure!(wrong.is_empty(), "{wrong:?}");
    Ok(())
}

/// A tab in a room, in a browser that shares or does not; its button is there only if it does.
async fn joined(world: &World, shares: bool) -> Result<Rc<Tab>> {
    let url = world.page(&format!("room={}", world.room()));
    let tab = world.offerer(&url).await?;
    let share = if shares {
        "async (data) => { window.shared = data.url; if (window.fault) throw window.fault; }"
    } else {
        "undefined"
    };
    let define = format!(
        "Object.defineProperty(navigator, 'share', {{ configurable: true, value: {share} }});"
    );
    tab.eval(&define, vec![]).await?;
    tab.click("join").await?;
    until(&tab, "the panels are there", "root.querySelector('.scan')").await?;
    let button = format!("{ROOT} return root.querySelector('[data-do=share]').checkVisibility();");
    let seen = tab.eval(&button, vec![]).await?;
    ensure!(
        seen == json!(shares),
        "with navigator.share {shares} the button is shown: {seen}"
    );
    Ok(tab)
}
