//! An offer that is sent while nobody is in the room.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::{ANSWER, ANSWERERS_CANDIDATES, LAST, OFFER, Pair, joined};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let all = &pairing::ALL;
    ring.promise("an_offer_into_an_empty_room_waits_for_who_joins", all, kept);
}

async fn kept(world: &World) -> Result<()> {
    let url = world.page(&format!("mode=manual&room={}", world.room()));
    let offerer = world.offerer(&format!("{url}&role=offerer")).await?;
    offerer.click("join").await?;
    joined(&offerer, "offerer").await?;
    for click in OFFER {
        webrtc_steps_tabs::course::take(&offerer, click).await?;
    }
    offerer.click("send-candidates").await?;
    let page = offerer
        .wait("its candidates are handed over", |page| {
            page.status(9) == "done" && page.status(25) == "done"
        })
        .await?;
    ensure!(
        page.notes().contains(&"note.kept-empty"),
        "the page does not say that the offer is kept: {:?}",
        page.notes()
    );
    // Whoever comes by the join link is second and would offer; the offer that waits makes it the answerer.
    let answerer = world.answerer(&url).await?;
    answerer.click("join").await?;
    joined(&answerer, "answerer").await?;
    let pair = Pair { offerer, answerer };
    pair.take_all(ANSWER).await?;
    pair.take_all([ANSWERERS_CANDIDATES, LAST]).await?;
    pair.chat().await?;
    pair.is_complete().await
}
