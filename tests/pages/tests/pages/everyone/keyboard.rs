//! Every step and every panel by keyboard alone, with the focus in sight all the way.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::json;
use webrtc_steps_tabs::course::{
    ANSWER, ANSWERERS_CANDIDATES, Click, LAST, OFFER, OFFERERS_CANDIDATES,
};
use webrtc_steps_tabs::pairing::{CHROMIUM, SAME};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::keys::{self, At, DOWN, ENTER, HOME, RIGHT, SPACE, TAB, UP};
use super::{inside, states};

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("a_whole_course_goes_by_keyboard_alone", &SAME, course);
    // In Firefox without a window no ring is seen once a script has led to the page's beginning; there the course above goes stop by stop.
    ring.promise(
        "every_control_is_reached_by_tab_and_seen",
        &[CHROMIUM],
        every_control,
    );
    ring.promise("the_panels_are_worked_by_keyboard", &SAME, panels);
}

async fn course(world: &World) -> Result<()> {
    let url = world.page(&format!("room={}&mode=manual", world.room()));
    let answerer = world.answerer(&url).await?;
    let offerer = world.offerer(&url).await?;
    for (tab, role) in [(&answerer, "answerer"), (&offerer, "offerer")] {
        keys::go_to(tab, "join").await?;
        keys::press(tab, &[ENTER]).await?;
        webrtc_steps_tabs::course::joined(tab, role).await?;
        not_lost(tab, "joining").await?;
    }
    for click in OFFER {
        take(&offerer, click).await?;
    }
    for click in ANSWER.into_iter().chain([ANSWERERS_CANDIDATES]) {
        take(&answerer, click).await?;
    }
    for click in [OFFERERS_CANDIDATES, LAST] {
        take(&offerer, click).await?;
    }
    for tab in [&offerer, &answerer] {
        tab.wait("the channel is open", |page| page.is_open())
            .await?;
        not_lost(tab, "connecting").await?;
        keys::go(tab, "the chat", |at| at.field.as_deref() == Some("text")).await?;
        let line: Vec<char> = "by hand".chars().chain([ENTER]).collect();
        keys::press(tab, &line).await?;
    }
    for tab in [&offerer, &answerer] {
        tab.wait("the line came", |page| page.received() == ["by hand"])
            .await?;
        not_lost(tab, "chatting").await?;
    }
    keys::go_to(&answerer, "close").await?;
    keys::press(&answerer, &[ENTER]).await?;
    offerer
        .wait("the connection is over", |page| !page.is_open())
        .await?;
    not_lost(&answerer, "closing").await?;
    not_lost(&offerer, "being closed").await?;
    keys::back_to(&offerer, "leave").await?;
    keys::press(&offerer, &[SPACE]).await?;
    states::until(&offerer, ".page[data-phase=start]").await?;
    not_lost(&offerer, "leaving").await
}

/// Takes a step: Enter for some, the space bar for others.
async fn take(tab: &Tab, (step, command): Click) -> Result<()> {
    tab.wait(&format!("step {step} is next"), |page| {
        page.next() == Some(step) && page.can(command)
    })
    .await?;
    keys::go_to(tab, command).await?;
    let key = if step % 2 == 0 { ENTER } else { SPACE };
    keys::press(tab, &[key]).await?;
    tab.wait(&format!("step {step} is done"), |page| {
        page.status(step) == "done"
    })
    .await?;
    not_lost(tab, command).await
}

/// The keyboard still is somewhere in the element.
async fn not_lost(tab: &Tab, after: &str) -> Result<()> {
    let mut now = keys::stands(tab).await?;
    // What went away is noticed with the next layout of the page.
    for _ in 0..20 {
        if !now.lost {
            break;
        }
        tokio::time::sleep(webrtc_steps_tabs::tab::LOOK).await;
        now = keys::stands(tab).await?;
    }
    ensure!(!now.lost, "{}: the focus is lost after {after}", tab.name);
    Ok(())
}

/// What can take the focus now, each marked with a number of its own.
const MARK: &str = "const can = 'button, a[href], input, select, textarea, summary, [tabindex=\"0\"]';
    let count = 0;
    for (const element of root.querySelectorAll(can)) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.tabIndex < 0) continue;
        // The bar at the bottom is the same step once more, while the step itself is out of view: it goes when Tab comes there.
        if (element.closest('[data-place=nextbar]')) continue;
        // Of radio buttons with one name, one is in the order of Tab; arrows lead to the others.
        if (element.type === 'radio' && !element.checked) continue;
        element.dataset.stop = count++;
    }
    return count;";
const WHICH: &str = "return Number(root.activeElement?.dataset.stop ?? -1);";
const NAMES: &str = "return [...root.querySelectorAll('[data-stop]')].filter(({ dataset }) => !arguments[0].includes(Number(dataset.stop))).map((element) => element.outerHTML.slice(0, 120));";

/// Goes through everything with Tab, from the beginning of the page to its end.
async fn walk(tab: &Tab, state: &str) -> Result<()> {
    let count = inside(tab, MARK, vec![])
        .await?
        .as_u64()
        .unwrap_or_default();
    keys::begin(tab).await?;
    let mut reached = BTreeSet::new();
    for _ in 0..count + 3 {
        keys::press(tab, &[TAB]).await?;
        let now = keys::at(tab).await?;
        if !now.inside && !reached.is_empty() {
            break;
        }
        let stop = inside(tab, WHICH, vec![]).await?.as_i64();
        reached.extend(stop.and_then(|stop| u64::try_from(stop).ok()));
    }
    let missed = inside(tab, NAMES, vec![json!(reached)]).await?;
    ensure!(
        missed == json!([]),
        "{}: {state}: Tab does not lead to {missed:#}",
        tab.name
    );
    let unmark =
        "for (const element of root.querySelectorAll('[data-stop]')) delete element.dataset.stop;";
    inside(tab, unmark, vec![]).await?;
    Ok(())
}

async fn every_control(world: &World) -> Result<()> {
    let url = world.page("room=walked");
    let tab = world.offerer(&url).await?;
    states::open_details(&tab).await?;
    walk(&tab, "the form").await?;
    tab.click("join").await?;
    states::until_panels(&tab).await?;
    for (_, command) in OFFER.into_iter().take(3) {
        tab.click(command).await?;
    }
    states::until(
        &tab,
        "[data-status=next] [data-command=set-local-description]",
    )
    .await?;
    walk(&tab, "mid-way").await?;
    tab.eval("document.body.style.width = '390px';", vec![])
        .await?;
    for name in ["steps", "diagram", "details"] {
        states::press(&tab, &format!(".tabs [data-tab={name}]")).await?;
        walk(&tab, name).await?;
    }
    Ok(())
}

async fn panels(world: &World) -> Result<()> {
    let tab = world.offerer(&world.page("room=worked")).await?;
    tab.click("join").await?;
    states::until_panels(&tab).await?;
    let does = |wanted: &'static str| move |at: &At| at.does.as_deref() == Some(wanted);
    // The rows of the diagram are one stop; arrows go on from there.
    keys::go(&tab, "a row of the diagram", does("diagram-open")).await?;
    let newest = keys::at(&tab).await?.name;
    keys::press(&tab, &[UP]).await?;
    let before = keys::at(&tab).await?.name;
    ensure!(before != newest, "the arrow leads nowhere from {newest}");
    keys::press(&tab, &[HOME]).await?;
    keys::press(&tab, &[DOWN, ENTER]).await?;
    states::until(&tab, ".seq button.row[aria-expanded=true]").await?;
    not_lost(&tab, "opening a row").await?;
    keys::press(&tab, &[SPACE]).await?;
    // Every panel opens by its name, and folds again.
    for name in [
        "candidates",
        "descriptions",
        "code",
        "exercises",
        "faults",
        "record",
    ] {
        keys::go(&tab, name, does("fold")).await?;
        let focused = "return root.activeElement.closest('[data-at]').dataset.at;";
        while inside(&tab, focused, vec![]).await? != json!(name) {
            keys::press(&tab, &[TAB]).await?;
            keys::go(&tab, name, does("fold")).await?;
        }
        let other = "return String(root.activeElement.getAttribute('aria-expanded') === 'false');";
        let other = inside(&tab, other, vec![]).await?;
        let folded = format!(
            "[data-at={name}] .fold[aria-expanded={}]",
            other.as_str().unwrap_or_default()
        );
        keys::press(&tab, &[if name.len() % 2 == 0 { ENTER } else { SPACE }]).await?;
        states::until(&tab, &folded).await?;
        not_lost(&tab, name).await?;
    }
    // The past by its slider, and back to the present.
    keys::go(&tab, "the replay", does("replay")).await?;
    keys::press(&tab, &[ENTER]).await?;
    states::until(&tab, "[data-place=replay]").await?;
    not_lost(&tab, "going to the past").await?;
    keys::go(&tab, "the slider", does("replay-to")).await?;
    let value = "return Number(root.querySelector('[data-do=replay-to]').value);";
    keys::press(&tab, &[HOME]).await?;
    let first = inside(&tab, value, vec![]).await?;
    keys::press(&tab, &[RIGHT, RIGHT]).await?;
    let later = inside(&tab, value, vec![]).await?;
    ensure!(first != later, "the slider stays at {first}");
    keys::go(&tab, "the present", does("replay-live")).await?;
    keys::press(&tab, &[ENTER]).await?;
    states::until(&tab, ".frame:not([data-replay])").await?;
    not_lost(&tab, "coming back to the present").await?;
    let back = keys::at(&tab).await?;
    keys::back(&tab).await?;
    ensure!(back.inside, "the present is elsewhere");
    Ok(())
}
