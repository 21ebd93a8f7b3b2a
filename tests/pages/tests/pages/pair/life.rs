//! A pair over its life: left and begun again, moved, stopped, in every mode, and what it says before it begins.

use anyhow::{Result, ensure};
use serde_json::json;
use webrtc_steps_tabs::world::World;

use super::{OPEN, Page, STEPS, control, next, take_all};

pub(super) async fn leaving(world: &World) -> Result<()> {
    let page = Page::with(world, "<webrtc-steps-pair></webrtc-steps-pair>").await?;
    take_all(&page).await?;
    page.click("leave", &control("leave")).await?;
    let out = "const { offerer, answerer } = document.querySelector('webrtc-steps-pair');
        return [offerer, answerer].every((side) => side.dataset.signalingLink === 'none' && side.dataset.connectionState === 'none');";
    page.until("both are out", out).await?;
    page.click("begin", &control("begin")).await?;
    take_all(&page).await?;
    // One side alone: the other hears of it and stays.
    page.eval("document.querySelector('webrtc-steps-pair').answerer.run('leave');")
        .await?;
    let alone = "const { offerer, answerer } = document.querySelector('webrtc-steps-pair');
        return answerer.dataset.signalingLink === 'none' && offerer.dataset.signalingLink === 'open' && offerer.dataset.connectionState === 'none';";
    page.until("the offerer stays", alone).await?;
    page.click("begin again", "return document.querySelector('webrtc-steps-pair').shadowRoot.querySelector('.bar [data-do=begin]:not([hidden])');").await?;
    take_all(&page).await
}

pub(super) async fn moved(world: &World) -> Result<()> {
    let body = "<webrtc-steps-pair></webrtc-steps-pair><section></section>";
    let page = Page::with(world, body).await?;
    for (side, step) in &STEPS[..6] {
        page.click(&format!("step {step}"), &next(side, *step))
            .await?;
    }
    page.eval(
        "document.querySelector('section').append(document.querySelector('webrtc-steps-pair'));",
    )
    .await?;
    for (side, step) in &STEPS[6..] {
        page.click(&format!("step {step}"), &next(side, *step))
            .await?;
    }
    page.until("both can write", OPEN).await?;
    page.eval("window.pair = document.querySelector('webrtc-steps-pair'); pair.remove();")
        .await?;
    page.until("it is taken down", "return pair.shadowRoot.childElementCount === 0 && pair.offerer.shadowRoot.childElementCount === 0;").await?;
    page.eval("document.body.append(pair);").await?;
    take_all(&page).await
}

pub(super) async fn stopped(world: &World) -> Result<()> {
    let page = Page::with(world, "<webrtc-steps-pair></webrtc-steps-pair>").await?;
    page.click("step 2", &next("offerer", 2)).await?;
    // A mistake that shows when the answerer's program writes down what its step produced.
    page.eval(
        "const { answerer } = document.querySelector('webrtc-steps-pair');
        const fact = answerer.shadowRoot.querySelector('[data-step=\"14\"] [data-part=fact]');
        Object.defineProperty(fact, 'textContent', { set() { throw new Error('broken on purpose'); } });
        answerer.run('create-peer-connection').catch(() => {});",
    )
    .await?;
    page.until(
        "it has stopped",
        "return document.querySelector('webrtc-steps-pair').answerer.dataset.state === 'stopped';",
    )
    .await?;
    page.click("step 4", &next("offerer", 4)).await?;
    page.click("start again", "return document.querySelector('webrtc-steps-pair').answerer.shadowRoot.querySelector('.stopped button');").await?;
    for (side, step) in &STEPS[2..] {
        page.click(&format!("step {step}"), &next(side, *step))
            .await?;
    }
    page.until("both can write", OPEN).await?;
    Ok(())
}

pub(super) async fn modes(world: &World) -> Result<()> {
    for (mode, first) in [("auto", "begin"), ("trickle", "rest")] {
        let body = format!("<webrtc-steps-pair mode={mode}></webrtc-steps-pair>");
        let page = Page::with(world, &body).await?;
        let shown = format!(
            "const button = document.querySelector('webrtc-steps-pair').shadowRoot?.querySelector('[data-do={first}]:not([hidden])');
            return button?.checkVisibility() && button;"
        );
        page.click(first, &shown).await?;
        page.until(&format!("both can write in {mode}"), OPEN)
            .await?;
    }
    Ok(())
}

pub(super) async fn consent(world: &World) -> Result<()> {
    let body = "<webrtc-steps-pair ice-servers='stun:127.0.0.1:9347'></webrtc-steps-pair>";
    let page = Page::with(world, body).await?;
    let said = "return document.querySelector('webrtc-steps-pair').shadowRoot?.querySelector('.consent li b')?.textContent;";
    let said = page.until("it says whom it will ask", said).await?;
    ensure!(said == json!("127.0.0.1:9347"), "it says {said}");
    let begun = "return document.querySelector('webrtc-steps-pair').offerer.dataset.signalingLink !== 'none';";
    ensure!(
        page.eval(begun).await? == json!(false),
        "it began by itself"
    );
    page.click("begin", &control("begin")).await?;
    page.click("step 2", &next("offerer", 2)).await?;
    // An attribute that is wrong is said in place of the run.
    let wrong = Page::with(
        world,
        "<webrtc-steps-pair ice-servers=stun://x autojoin></webrtc-steps-pair>",
    )
    .await?;
    let refused = "return document.querySelector('webrtc-steps-pair').shadowRoot?.querySelector('.pair-start .refusal:not([hidden])')?.textContent;";
    let refused = wrong.until("it says what is wrong", refused).await?;
    ensure!(
        refused
            .as_str()
            .is_some_and(|sentence| sentence.contains("stun:x")),
        "it says {refused}"
    );
    Ok(())
}

pub(super) async fn at_once(world: &World) -> Result<()> {
    let page = Page::with(world, "<p>Before.</p>").await?;
    // Before anything of it is loaded, and its language becomes another meanwhile.
    page.eval(
        "window.pair = document.createElement('webrtc-steps-pair');
        document.body.append(pair);
        pair.lang = 'de';
        const asked = [pair.offerer, pair.answerer].map((side) => side.run('create-peer-connection'));
        Promise.all(asked).then(() => { window.done = 'done'; }, (fault) => { window.done = fault.message; });",
    )
    .await?;
    let done = page
        .until("both have answered", "return window.done;")
        .await?;
    ensure!(done == json!("done"), "{done}");
    let german = "return [pair, pair.offerer, pair.answerer].every(({ shadowRoot }) => shadowRoot.querySelector('.frame').lang === 'de');";
    page.until("it speaks German", german).await?;
    page.eval("pair.remove();").await?;
    let over = "const { state } = pair.offerer; return state.signalingLink === 'none' && state.signalingState === 'none';";
    page.until("nothing is said to be open any more", over)
        .await?;
    Ok(())
}
