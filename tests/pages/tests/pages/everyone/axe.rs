//! axe-core finds nothing, and everything fits into 320 pixels, in every state of the page.

use std::rc::Rc;

use anyhow::{Result, ensure};
use tempfile::TempDir;
use webrtc_steps_pages::site::{node_modules, page_with};
use webrtc_steps_tabs::course::{ANSWER, LAST, OFFER, Pair};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::relay::Relay;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::states;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("axe_finds_nothing_before_joining", &SAME, before_joining);
    ring.promise("axe_finds_nothing_on_the_way", &SAME, on_the_way);
    ring.promise("axe_finds_nothing_in_an_open_panel", &SAME, open_panels);
    ring.promise("axe_finds_nothing_where_it_goes_wrong", &SAME, gone_wrong);
    ring.promise("axe_finds_nothing_once_connected", &SAME, connected);
    ring.promise("axe_finds_nothing_by_copy_and_paste", &SAME, by_hand);
}

/// The page with axe-core beside it, on a relay of its own.
struct Judged {
    relay: Relay,
    _folder: TempDir,
}

impl Judged {
    async fn start() -> Result<Self> {
        let axe = node_modules()?.join("axe-core/axe.min.js");
        let folder = page_with(&[("axe.min.js", &axe)])?;
        Ok(Self {
            relay: Relay::start_with(folder.path()).await?,
            _folder: folder,
        })
    }

    fn page(&self, query: &str) -> String {
        format!("http://{}/?{query}", self.relay.address())
    }

    async fn tab(&self, world: &World, query: &str) -> Result<Rc<Tab>> {
        world.offerer(&self.page(query)).await
    }

    async fn pair(&self, world: &World) -> Result<Pair> {
        let url = self.page(&format!("room={}&mode=manual", world.room()));
        Pair::join_at(world, &url).await
    }
}

/// Fails with every finding.
async fn judge(tab: &Tab, state: &str) -> Result<()> {
    let script = format!("return (async () => {{ {} }})();", include_str!("audit.js"));
    let wrong = tab.eval(&script, vec![]).await?;
    let wrong: Vec<String> = serde_json::from_value(wrong)?;
    ensure!(
        wrong.is_empty(),
        "{}: {state}:\n{}",
        tab.name,
        wrong.join("\n")
    );
    Ok(())
}

async fn before_joining(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let tab = judged.tab(world, "room=first").await?;
    states::open_details(&tab).await?;
    judge(&tab, "the form with everything open").await?;
    tab.go(&judged.page("room=first&dialect=peerjs")).await?;
    judge(&tab, "a dialect with questions").await?;
    states::open_workbench(&tab).await?;
    states::damage_document(&tab).await?;
    judge(&tab, "the workbench with a mistake").await?;
    tab.go(&judged.page("endpoint=nonsense")).await?;
    tab.press("join").await?;
    states::until(&tab, ".field .refusal").await?;
    judge(&tab, "a field that was refused").await
}

async fn on_the_way(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let pair = judged.pair(world).await?;
    let (offerer, answerer) = (&pair.offerer, &pair.answerer);
    states::until_panels(offerer).await?;
    let [.., set_local, send] = OFFER;
    pair.take_all(OFFER.into_iter().take(3)).await?;
    judge(offerer, "an offer that is not set yet").await?;
    states::at_width(offerer, 390, "diagram").await?;
    judge(offerer, "the diagram in one column").await?;
    states::at_width(offerer, 390, "details").await?;
    judge(offerer, "the details in one column").await?;
    states::at_width(offerer, 390, "steps").await?;
    pair.take_all([set_local, send]).await?;
    judge(answerer, "an offer that came").await?;
    states::open_workbench(offerer).await?;
    states::damage_document(offerer).await?;
    judge(offerer, "the workbench beside the steps").await
}

async fn open_panels(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let pair = judged.pair(world).await?;
    let tab = &pair.offerer;
    states::until_panels(tab).await?;
    pair.take_all(OFFER.into_iter().take(4)).await?;
    states::open_every_panel(tab).await?;
    judge(tab, "every panel, a line, a candidate, rows of the diagram").await?;
    states::begin_exercise(tab).await?;
    states::hold_a_fault(tab).await?;
    judge(tab, "an exercise under way and a fault on purpose").await
}

async fn gone_wrong(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let pair = judged.pair(world).await?;
    let tab = &pair.offerer;
    states::until_panels(tab).await?;
    tab.press("let-me-fail").await?;
    pair.take(OFFER[0]).await?;
    tab.press("set-local-description").await?;
    states::until(tab, "[data-part=refusal]:not([hidden])").await?;
    judge(tab, "a refusal explained").await?;
    tab.press("let-me-fail").await?;
    tab.press("leave").await?;
    states::until(tab, ".page[data-phase=start]").await?;
    judge(tab, "a run that was left").await?;
    tab.go(&judged.page("endpoint=ws://127.0.0.1:9&room=x"))
        .await?;
    tab.press("join").await?;
    states::until(tab, ".diag:not([hidden])").await?;
    judge(tab, "an endpoint that cannot be reached").await?;
    states::stop(tab).await?;
    judge(tab, "an element that stopped").await
}

async fn connected(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let pair = judged.pair(world).await?;
    let (offerer, answerer) = (&pair.offerer, &pair.answerer);
    states::until_panels(offerer).await?;
    pair.take_all(OFFER).await?;
    pair.take_all(ANSWER).await?;
    pair.offerer.click(LAST.1).await?;
    states::until(offerer, "[data-part=diagnosis]:not([hidden])").await?;
    judge(offerer, "stuck: nobody sent a candidate").await?;
    answerer.click("send-candidates").await?;
    offerer
        .wait("the channel is open", |page| page.is_open())
        .await?;
    for tab in [offerer, answerer] {
        tab.say(&format!(
            "a line from {} that is longer than most",
            tab.name
        ))
        .await?;
    }
    states::until(offerer, "[data-message=received]").await?;
    judge(offerer, "connected, with a chat").await?;
    states::at_width(offerer, 390, "chat").await?;
    judge(offerer, "the chat in one column").await?;
    states::at_width(offerer, 390, "steps").await?;
    states::compare(offerer).await?;
    judge(offerer, "the answer against the offer").await?;
    states::replay(offerer).await?;
    judge(offerer, "a moment of the past").await?;
    states::press(offerer, "[data-do=replay-live]").await?;
    answerer.press("leave").await?;
    states::until(offerer, ".chat[data-open=false]").await?;
    judge(offerer, "the other side left").await
}

async fn by_hand(world: &World) -> Result<()> {
    let judged = Judged::start().await?;
    let tab = judged.tab(world, "endpoint=paste:&role=offerer").await?;
    tab.click("join").await?;
    for (_, command) in OFFER {
        tab.click(command).await?;
    }
    tab.wait("there is a text to carry", |page| !page.outgoing.is_empty())
        .await?;
    judge(&tab, "a text to carry").await?;
    tab.paste("[data-signal=incoming]", "nonsense").await?;
    tab.click("read-signal").await?;
    states::until(&tab, ".diag:not([hidden])").await?;
    judge(&tab, "a text that cannot be read").await
}
