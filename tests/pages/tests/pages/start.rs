//! The start of the project's own page: where the other peer is.

use anyhow::{Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// The arrow to the right (WebDriver 17.4.2).
const RIGHT: &str = "\u{E014}";
const HERE: &str = "const element = document.querySelector('webrtc-steps');
    const root = element?.shadowRoot;
    const seen = (node) => !!node?.checkVisibility();";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "the_page_asks_where_the_other_peer_is_and_can_be_joined_at_once",
        &SAME,
        asks,
    );
    ring.promise("a_link_is_not_asked_where_the_other_peer_is", &SAME, linked);
    ring.promise(
        "both_sides_are_one_click_away_with_an_address_and_a_way_back",
        &SAME,
        both_sides,
    );
    ring.promise(
        "the_three_cards_are_chosen_from_by_keyboard",
        &SAME,
        by_keyboard,
    );
    ring.promise(
        "without_a_server_the_start_leads_to_tabs_and_to_paste",
        &SAME,
        without_server,
    );
    ring.promise(
        "who_comes_back_to_the_start_finds_the_choice_and_the_last_run",
        &SAME,
        coming_back,
    );
}

async fn open(world: &World, query: &str) -> Result<Opened> {
    let url = world.page(query);
    let page = Opened::at(world, world.pairing.offerer, url.trim_end_matches('?')).await?;
    Ok(page)
}

/// The page with its start form, and the words of the cards.
async fn started(world: &World) -> Result<Opened> {
    let page = open(world, "").await?;
    let ready = format!(
        "{HERE} return seen(document.querySelector('.where input')) && seen(root?.querySelector('[data-command=join]'));"
    );
    page.until("the start form can be used", &ready).await?;
    Ok(page)
}

async fn choose(page: &Opened, card: &str) -> Result<()> {
    let driving = page.drive().await?;
    let card = format!(".where label:has([value={card}])");
    driving
        .client
        .find(Locator::Css(&card))
        .await?
        .click()
        .await?;
    Ok(())
}

/// Clicks on something inside the shadow root.
async fn press(page: &Opened, selector: &str) -> Result<()> {
    let driving = page.drive().await?;
    let host = driving.client.find(Locator::Css("webrtc-steps")).await?;
    let root = host.shadow_root().await?;
    root.find(Locator::Css(selector)).await?.click().await?;
    Ok(())
}

async fn asks(world: &World) -> Result<()> {
    let page = started(world).await?;
    let found = page
        .eval(
            &format!(
                "{HERE} return {{
                    elements: document.querySelectorAll('webrtc-steps, webrtc-steps-pair').length,
                    cards: [...document.querySelectorAll('.where b')].map((card) => card.textContent),
                    chosen: document.querySelector('.where :checked').value,
                    own: seen(root.querySelector('[data-part=where-relay]')),
                    endpoint: root.querySelector('[name=endpoint]').value,
                    role: element.dataset.role,
                    language: document.documentElement.lang,
                }};"
            ),
            vec![],
        )
        .await?;
    let wanted = json!({
        "elements": 1,
        "cards": ["Both sides here", "In a second tab", "On another device"],
        "chosen": "tab",
        "own": false,
        "endpoint": format!("ws://{}", world.relay.address()),
        "role": "none",
        "language": "en",
    });
    ensure!(found == wanted, "{found:#}");
    press(&page, "[data-command=join]").await?;
    let joined = format!("{HERE} return element.dataset.signalingLink === 'open';");
    page.until("the first click on join joins", &joined).await?;
    Ok(())
}

async fn linked(world: &World) -> Result<()> {
    for query in [
        "room=by-link",
        "mode=auto",
        "both&role=offerer",
        "var.key=1",
    ] {
        let page = open(world, query).await?;
        let one = format!(
            "{HERE} return seen(root?.querySelector('[data-part=where-relay]')) && document.querySelectorAll('webrtc-steps').length === 1;"
        );
        page.until("the element asks in its own way", &one).await?;
        let asked = page
            .eval(
                "return !!document.querySelector('fieldset.where, webrtc-steps-pair');",
                vec![],
            )
            .await?;
        ensure!(
            asked == json!(false),
            "?{query}: the page asks where the other peer is"
        );
    }
    Ok(())
}

async fn both_sides(world: &World) -> Result<()> {
    let pair = "return !!document.querySelector('webrtc-steps-pair')?.shadowRoot && !document.querySelector('webrtc-steps') && location.search;";
    let page = started(world).await?;
    choose(&page, "both").await?;
    let form = page
        .eval(
            &format!("{HERE} return [seen(root.querySelector('[data-command=join]')), seen(root.querySelector('[name=endpoint]')), seen(root.querySelector('.opens'))];"),
            vec![],
        )
        .await?;
    ensure!(
        form == json!([false, false, true]),
        "with both sides here there is nothing to fill in: {form}"
    );
    let driving = page.drive().await?;
    let begin = driving.client.find(Locator::Css(".where-begin a")).await?;
    begin.click().await?;
    drop(driving);
    let query = page.until("both sides are there", pair).await?;
    ensure!(query == json!("?both"), "{query}");
    page.drive().await?.client.refresh().await?;
    page.until("a reload leads there again", pair).await?;
    let back = page
        .until(
            "there is a way back",
            "return document.querySelector('webrtc-steps-pair [slot=back]')?.textContent && document.querySelector('webrtc-steps-pair [slot=back]').href;",
        )
        .await?;
    ensure!(
        back == json!(world.page("").trim_end_matches('?')),
        "{back}"
    );
    page.drive().await?.client.back().await?;
    let start = format!(
        "{HERE} return seen(document.querySelector('.where input')) && (seen(root?.querySelector('[data-command=join]')) || seen(document.querySelector('.where-begin')));"
    );
    page.until("the browser's own way back leads to the start", &start)
        .await?;
    Ok(())
}

async fn by_keyboard(world: &World) -> Result<()> {
    let page = started(world).await?;
    let driving = page.drive().await?;
    let chosen = driving.client.find(Locator::Css(".where :checked")).await?;
    chosen.send_keys(RIGHT).await?;
    drop(driving);
    let said = page
        .eval(
            "const card = document.activeElement.closest('label');
            return [document.querySelector('.where :checked').value, getComputedStyle(card).outlineStyle,
                document.querySelector('[data-part=needs]').textContent !== ''];",
            vec![],
        )
        .await?;
    ensure!(
        said == json!(["device", "solid", true]),
        "the arrow chooses the next card, with the focus to be seen and what it needs: {said}"
    );
    Ok(())
}

async fn without_server(world: &World) -> Result<()> {
    let page = started(world).await?;
    for (endpoint, kind) in [("tabs:", "tabs"), ("paste:", "paste")] {
        let driving = page.drive().await?;
        let button = format!(".where-more [data-endpoint='{endpoint}']");
        driving
            .client
            .find(Locator::Css(&button))
            .await?
            .click()
            .await?;
        drop(driving);
        let nobody = format!(
            "{HERE} return root.querySelector('[name=endpoint]').value === '{endpoint}'
                && root.querySelector('[data-form=start]').dataset.kind === '{kind}' && seen(root.querySelector('[data-part=nobody]'));"
        );
        page.until("the form says that no server is contacted", &nobody)
            .await?;
    }
    Ok(())
}

async fn coming_back(world: &World) -> Result<()> {
    let page = started(world).await?;
    choose(&page, "device").await?;
    press(&page, "[data-command=join]").await?;
    let joined = format!("{HERE} return element.dataset.signalingLink === 'open';");
    page.until("it has joined", &joined).await?;
    press(&page, "[data-command=leave]").await?;
    let back = format!("{HERE} return seen(root.querySelector('[data-view=last-run]'));");
    page.until("the start offers the last run", &back).await?;
    let found = page
        .eval(
            &format!("{HERE} return [document.querySelector('.where :checked').value, seen(root.querySelector('.opens')), seen(document.querySelector('.where'))];"),
            vec![],
        )
        .await?;
    ensure!(found == json!(["device", true, true]), "{found}");
    choose(&page, "both").await?;
    let still = page
        .eval(
            &format!("{HERE} return seen(root.querySelector('[data-view=last-run]'));"),
            vec![],
        )
        .await?;
    ensure!(
        still == Value::Bool(true),
        "the last run can be reached whatever is chosen"
    );
    Ok(())
}
