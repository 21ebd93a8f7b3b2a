//! Places: what an element leads to, what it tells of where its user is, and the fragments of the project's own page.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::Pair;
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise("places_a_folded_one_is_opened_and_focused", same, opened);
    ring.promise(
        "places_on_another_tab_of_a_narrow_page_are_shown",
        same,
        narrow,
    );
    ring.promise(
        "places_that_are_unknown_are_refused_with_a_sentence",
        same,
        unknown,
    );
    ring.promise(
        "places_named_by_the_fragment_are_shown_once_there_is_a_run",
        same,
        fragment,
    );
    ring.promise(
        "places_that_are_clicked_change_the_fragment_and_not_the_history",
        same,
        clicked,
    );
    ring.promise(
        "places_leave_a_document_in_the_fragment_alone",
        same,
        document,
    );
}

async fn opened(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let answer = show(&pair.offerer, "step-26").await?;
    ensure!(answer == json!(true), "show says {answer}");
    stands(&pair.offerer, "step-26").await
}

async fn narrow(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let script = "const element = document.querySelector('webrtc-steps');
        element.style.width = '390px';
        element.shadowRoot.querySelector('[data-view=tab][data-tab=details]').click();
        return element.shadowRoot.querySelector('[data-step=\"8\"]').checkVisibility();";
    let seen = pair.offerer.eval(script, vec![]).await?;
    ensure!(seen == json!(false), "the steps are beside the details");
    let answer = show(&pair.offerer, "step-8").await?;
    ensure!(answer == json!(true), "show says {answer}");
    stands(&pair.offerer, "step-8").await
}

async fn unknown(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let answer = show(&pair.offerer, "step-99").await?;
    let sentence = answer.as_str().unwrap_or_default();
    ensure!(sentence.contains("step-99"), "show says {answer}");
    Ok(())
}

async fn fragment(world: &World) -> Result<()> {
    let url = format!(
        "{}#step-8",
        world.page(&format!("mode=manual&room={}", world.room()))
    );
    let pair = Pair::join_at(world, &url).await?;
    for tab in [&pair.offerer, &pair.answerer] {
        stands(tab, "step-8").await?;
    }
    let script = "location.hash = '#step-2'";
    pair.offerer.eval(script, vec![]).await?;
    stands(&pair.offerer, "step-2").await
}

async fn clicked(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let script = "const root = document.querySelector('webrtc-steps').shadowRoot;
        const before = history.length;
        globalThis.told = [];
        addEventListener('webrtc-steps', ({ detail }) => { if (detail.kind === 'place') told.push(detail); });
        for (const step of [2, 5, 6]) root.querySelector(`[data-step=\"${step}\"] .more`).click();
        return [history.length - before, location.hash, told.map(({ place }) => place), told[0]?.v, told[0]?.at > 0, told[0]?.attempt];";
    let seen = pair.offerer.eval(script, vec![]).await?;
    let places = json!(["step-2", "step-5", "step-6"]);
    ensure!(
        seen == json!([0, "#step-6", places, 1, true, 1]),
        "it is {seen}"
    );
    Ok(())
}

async fn document(world: &World) -> Result<()> {
    let url = format!(
        "{}#dialect=eyJkaWFsZWN0Ijoi",
        world.page(&format!("mode=manual&room={}", world.room()))
    );
    let tab = world.offerer(&url).await?;
    let script = "const root = document.querySelector('webrtc-steps').shadowRoot;
        root.querySelector('[data-step=\"2\"] .more').click();
        return location.hash;";
    let hash = tab.eval(script, vec![]).await?;
    ensure!(hash == json!("#dialect=eyJkaWFsZWN0Ijoi"), "it is {hash}");
    Ok(())
}

/// What `show` answers, or the sentence it refuses with.
async fn show(tab: &Tab, place: &str) -> Result<Value> {
    let script = "return document.querySelector('webrtc-steps').show(arguments[0]).catch((fault) => fault.message);";
    tab.eval(script, vec![json!(place)]).await
}

/// Waits until the place is seen, has the keyboard and is the address's fragment.
async fn stands(tab: &Tab, place: &str) -> Result<()> {
    let script = "const root = document.querySelector('webrtc-steps').shadowRoot;
        const place = root.querySelector(`[data-at=\"${arguments[0]}\"]`);
        const { top, bottom } = place.getBoundingClientRect();
        return [root.activeElement === place, place.checkVisibility(), top < innerHeight && bottom > 0, location.hash];";
    let wanted = json!([true, true, true, format!("#{place}")]);
    let until = std::time::Instant::now() + webrtc_steps_tabs::tab::DEADLINE;
    loop {
        let seen = tab.eval(script, vec![json!(place)]).await?;
        if seen == wanted {
            return Ok(());
        }
        ensure!(
            std::time::Instant::now() < until,
            "{place} stands as {seen}"
        );
        tokio::time::sleep(webrtc_steps_tabs::tab::LOOK).await;
    }
}
