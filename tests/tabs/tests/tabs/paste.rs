//! Carried by hand: one document each way, and what copying does to a document on its way.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::{ANSWER, LAST, OFFER, Pair, joined};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::paste::{Wear, pick_up, put_down, worn};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let (all, same) = (&pairing::ALL, &pairing::SAME);
    ring.promise("paste_connects_with_one_document_each_way", all, tidy);
    ring.promise("a_trimmed_document_is_mended", same, trimmed);
    ring.promise("an_indented_document_is_mended", same, indented);
    ring.promise("a_doubly_escaped_document_is_mended", same, escaped);
    ring.promise("line_ends_written_as_letters_are_mended", same, letters);
    ring.promise("who_creates_the_offer_first_offers", same, first);
}

async fn tidy(world: &World) -> Result<()> {
    carried(world, Wear::None, None).await
}

async fn trimmed(world: &World) -> Result<()> {
    carried(world, Wear::Trimmed, Some("note.mended-line-end")).await
}

async fn indented(world: &World) -> Result<()> {
    carried(world, Wear::Indented, Some("note.mended-indented")).await
}

async fn escaped(world: &World) -> Result<()> {
    carried(world, Wear::Escaped, Some("note.mended-escaped")).await
}

async fn letters(world: &World) -> Result<()> {
    carried(world, Wear::Letters, Some("note.mended-escaped")).await
}

/// The whole course with both documents worn like this; the page says what it mended.
async fn carried(world: &World, wear: Wear, says: Option<&str>) -> Result<()> {
    let pair = join(world, "&role=answerer", "&role=offerer").await?;
    pair.take_all(OFFER).await?;
    let offer = worn(&pick_up(&pair.offerer).await?, wear)?;
    put_down(&pair.answerer, &offer).await?;
    pair.answerer.click("read-signal").await?;
    pair.take_all(ANSWER).await?;
    let answer = worn(&pick_up(&pair.answerer).await?, wear)?;
    put_down(&pair.offerer, &answer).await?;
    pair.offerer.click("read-signal").await?;
    pair.take(LAST).await?;
    pair.chat().await?;
    pair.is_complete().await?;
    for tab in [&pair.offerer, &pair.answerer] {
        let page = tab.look().await?;
        let said = says.is_none_or(|says| page.notes().contains(&says));
        ensure!(said, "{}: it said {:?}", tab.name, page.notes());
    }
    Ok(())
}

/// With no server nobody is first: both could answer, and who clicks on create-offer offers.
async fn first(world: &World) -> Result<()> {
    let pair = join(world, "", "").await?;
    pair.offerer.click("create-peer-connection").await?;
    pair.offerer.click("create-offer").await?;
    joined(&pair.offerer, "offerer").await?;
    let page = pair
        .offerer
        .wait("the offer is made", |page| page.status(5) == "done")
        .await?;
    ensure!(page.status(4) == "done", "the offer has no channel");
    pair.take_all([(6, "set-local-description"), (8, "send-offer")])
        .await?;
    put_down(&pair.answerer, &pick_up(&pair.offerer).await?).await?;
    pair.answerer.click("read-signal").await?;
    pair.take_all(ANSWER).await?;
    put_down(&pair.offerer, &pick_up(&pair.answerer).await?).await?;
    pair.offerer.click("read-signal").await?;
    pair.take(LAST).await?;
    pair.chat().await
}

async fn join(world: &World, answering: &str, offering: &str) -> Result<Pair> {
    let url = world.page("endpoint=paste:&mode=manual");
    let answerer = world.answerer(&format!("{url}{answering}")).await?;
    let offerer = world.offerer(&format!("{url}{offering}")).await?;
    answerer.click("join").await?;
    joined(&answerer, "answerer").await?;
    offerer.click("join").await?;
    let role = if offering.is_empty() {
        "answerer"
    } else {
        "offerer"
    };
    joined(&offerer, role).await?;
    Ok(Pair { offerer, answerer })
}
