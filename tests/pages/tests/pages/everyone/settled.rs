//! What a person's system asks for: stillness, its own few colours, lines that run from right to left.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::command::tell_chromium;
use webrtc_steps_tabs::course::{OFFER, Pair};
use webrtc_steps_tabs::pairing::{CHROMIUM, SAME};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::{inside, states};

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("nothing_moves_unless_motion_is_wanted", &SAME, motion);
    ring.promise("who_asks_for_stillness_sees_no_motion", &[CHROMIUM], still);
    ring.promise(
        "with_a_system_s_own_colours_nothing_is_lost",
        &[CHROMIUM],
        forced,
    );
    ring.promise("from_right_to_left_the_layout_mirrors", &SAME, mirrored);
}

/// Style rules with motion that do not ask whether it is wanted.
const UNASKED: &str = "const found = [];
    const seek = (rules, asked) => {
        for (const rule of rules) {
            const asks = asked || rule.media?.mediaText.includes('prefers-reduced-motion: no-preference');
            const { style } = rule;
            const moves = style && ['animation-name', 'transition-property', 'scroll-behavior'].some((name) => !['', 'none', 'auto'].includes(style.getPropertyValue(name)));
            // `all: initial` names every property, and moves nothing.
            if (moves && !asks && !/[{ ]all: initial;/.test(rule.cssText)) found.push(rule.cssText);
            if (rule.cssRules) seek(rule.cssRules, asks);
        }
    };
    for (const sheet of root.adoptedStyleSheets) seek(sheet.cssRules, false);
    return found;";
/// Counts what begins to move.
const COUNT: &str = "window.moved = 0;
    for (const kind of ['animationstart', 'transitionrun']) root.addEventListener(kind, () => { window.moved += 1; });";

async fn motion(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let tab = &pair.offerer;
    states::until_panels(tab).await?;
    states::open_workbench(tab).await?;
    let unasked = inside(tab, UNASKED, vec![]).await?;
    ensure!(unasked == json!([]), "{unasked:#}");
    Ok(())
}

async fn emulate(tab: &Tab, name: &str, value: &str) -> Result<()> {
    let driving = tab.drive().await?;
    let features = json!({"features": [{"name": name, "value": value}]});
    tell_chromium(driving.client, "Emulation.setEmulatedMedia", &features).await?;
    Ok(())
}

/// How many movements a few steps cause.
async fn moved(pair: &Pair) -> Result<Value> {
    states::until_panels(&pair.offerer).await?;
    inside(&pair.offerer, COUNT, vec![]).await?;
    pair.take_all(OFFER).await?;
    states::until(&pair.offerer, ".diagram .seq .wire.to").await?;
    pair.offerer.eval("return window.moved;", vec![]).await
}

async fn still(world: &World) -> Result<()> {
    let url = world.page(&format!("room={}&mode=manual", world.room()));
    let answerer = world.answerer(&url).await?;
    let offerer = world.offerer(&url).await?;
    let pair = Pair { offerer, answerer };
    emulate(&pair.offerer, "prefers-reduced-motion", "reduce").await?;
    pair.enter().await?;
    let moved = moved(&pair).await?;
    ensure!(moved == json!(0), "{moved} movements");
    let under_way = inside(&pair.offerer, "return root.getAnimations().length;", vec![]).await?;
    ensure!(under_way == json!(0), "{under_way} animations");
    Ok(())
}

/// Controls whose edge cannot be told from the ground, where the system chooses all colours.
const EDGELESS: &str = "const found = [];
    for (const control of root.querySelectorAll('button, input:not([type=radio], [type=checkbox], [type=range], .vh), select, textarea')) {
        if (!control.checkVisibility({ visibilityProperty: true }) || control.matches('.link, .row, .stage-head, .more, .fold, .l, .addr-open, .wb-row, .switch, .tabs *')) continue;
        const edges = [control, control.parentElement].map((element) => getComputedStyle(element));
        const ground = getComputedStyle(root.querySelector('.page')).backgroundColor;
        const seen = edges.some((style) => parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== 'none' && style.borderTopColor !== ground);
        if (!seen) found.push(control.outerHTML.slice(0, 120));
    }
    return found;";
/// Marks that say something by being filled, and are not.
const UNFILLED: &str = "const ground = getComputedStyle(root.querySelector('.page')).backgroundColor;
    const filled = (selector, pseudo) => {
        const element = root.querySelector(selector);
        return !element || getComputedStyle(element, pseudo).backgroundColor !== ground;
    };
    return [['.step[data-status=done] > .node', '::before'], ['[data-lamp=up] .lamp', null], ['.seg [aria-pressed=true]', null], ['.tabs [aria-pressed=true]', '::after']].slice(0, 3).filter(([selector, pseudo]) => !filled(selector, pseudo));";

async fn forced(world: &World) -> Result<()> {
    let url = world.page(&format!("room={}&mode=manual", world.room()));
    let answerer = world.answerer(&url).await?;
    let offerer = world.offerer(&url).await?;
    let pair = Pair { offerer, answerer };
    emulate(&pair.offerer, "forced-colors", "active").await?;
    let edgeless = inside(&pair.offerer, EDGELESS, vec![]).await?;
    ensure!(edgeless == json!([]), "the form: {edgeless:#}");
    pair.enter().await?;
    states::until_panels(&pair.offerer).await?;
    pair.take_all(OFFER.into_iter().take(3)).await?;
    for script in [EDGELESS, UNFILLED] {
        let lost = inside(&pair.offerer, script, vec![]).await?;
        ensure!(lost == json!([]), "mid-way: {lost:#}");
    }
    Ok(())
}

/// Where things stand, from the side where lines begin: the same in either direction.
const PLACES: &str = "const page = root.querySelector('.page').getBoundingClientRect();
    const rtl = getComputedStyle(root.querySelector('.page')).direction === 'rtl';
    const from = (selector) => {
        const box = root.querySelector(selector).getBoundingClientRect();
        return Math.round(rtl ? page.right - box.right : box.left - page.left);
    };
    const wire = getComputedStyle(root.querySelector('.diagram .seq .wire.to'), '::after');
    return {
        places: ['.bar .name', '.bar [data-command=leave]', '.do', '.happened', '.details', '.diagram .lane.a .node', '.diagram .lane.b .node', '.diagram .seq time:not(.vh)', '.step > .node', '.step .more', '.lamp'].map((selector) => [selector, from(selector)]),
        rtl,
        head: wire.scale,
        code: [...root.querySelectorAll('pre, .json, .sdp, textarea, .field input')].every((element) => getComputedStyle(element).direction === 'ltr'),
    };";

async fn mirrored(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let tab = &pair.offerer;
    states::until_panels(tab).await?;
    pair.take_all(OFFER).await?;
    states::until(tab, ".diagram .seq .wire.to").await?;
    for width in ["", "1000px"] {
        tab.eval(
            "document.body.style.width = arguments[0];",
            vec![json!(width)],
        )
        .await?;
        let there = inside(tab, PLACES, vec![]).await?;
        tab.eval("document.documentElement.dir = 'rtl';", vec![])
            .await?;
        let mirrored = inside(tab, PLACES, vec![]).await?;
        tab.eval("document.documentElement.dir = '';", vec![])
            .await?;
        let sides = [&mirrored, &there];
        ensure!(sides.map(|seen| seen.get("rtl")) == [Some(&json!(true)), Some(&json!(false))]);
        let [mut places, wanted] =
            sides.map(|seen| seen.get("places").map(listed).unwrap_or_default());
        ensure!(!wanted.is_empty(), "{there}");
        places.retain(|place| !wanted.iter().any(|wanted| is_there(place, wanted)));
        ensure!(places.is_empty(), "{} {width}: {places:?}", tab.name);
        // An arrow from this peer leads away from this peer's lane, wherever that stands.
        ensure!(there.get("head") != mirrored.get("head"), "{mirrored}");
        ensure!(
            mirrored.get("code") == Some(&json!(true)),
            "code runs from right to left"
        );
    }
    Ok(())
}

/// Something and how far from the beginning of a line it stands, in whole pixels.
type Place = (String, i64);

fn listed(places: &Value) -> Vec<Place> {
    serde_json::from_value(places.clone()).unwrap_or_default()
}

/// The same thing at the same place; a half pixel may be rounded to either side.
fn is_there((name, at): &Place, (wanted, there): &Place) -> bool {
    name == wanted && (at - there).abs() <= 1
}
