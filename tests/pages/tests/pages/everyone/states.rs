//! Leads a page into the states that it can be in.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::tab::{DEADLINE, LOOK, Tab};

use super::inside;

/// Waits until the element holds what a selector names.
pub(super) async fn until(tab: &Tab, selector: &str) -> Result<()> {
    let deadline = Instant::now() + DEADLINE;
    let there = "return !!root.querySelector(arguments[0]);";
    while inside(tab, there, vec![json!(selector)]).await? != Value::Bool(true) {
        ensure!(
            Instant::now() < deadline,
            "{}: there is never a {selector}",
            tab.name
        );
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Waits until what explains the run is loaded.
pub(super) async fn until_panels(tab: &Tab) -> Result<()> {
    until(tab, ".diagram .seq > li").await
}

/// Clicks what a selector names, by script.
pub(super) async fn press(tab: &Tab, selector: &str) -> Result<()> {
    until(tab, selector).await?;
    let click = "root.querySelector(arguments[0]).click();";
    inside(tab, click, vec![json!(selector)]).await?;
    Ok(())
}

/// Opens everything of the form that folds.
pub(super) async fn open_details(tab: &Tab) -> Result<()> {
    let open = "for (const folded of root.querySelectorAll('details')) folded.open = true;";
    inside(tab, open, vec![]).await?;
    Ok(())
}

pub(super) async fn open_workbench(tab: &Tab) -> Result<()> {
    press(tab, "[data-view=workbench]").await?;
    until(tab, "#wb-document").await?;
    let dressed = "return getComputedStyle(root.querySelector('.wb')).scrollMarginTop !== '0px';";
    let deadline = Instant::now() + DEADLINE;
    while inside(tab, dressed, vec![]).await? != Value::Bool(true) {
        ensure!(Instant::now() < deadline, "the workbench has no look");
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Leaves a mistake in the document of the workbench, and opens a frame where there is one.
pub(super) async fn damage_document(tab: &Tab) -> Result<()> {
    let damage = "const area = root.querySelector('#wb-document');
        area.value = area.value.replace('\"messages\"', '\"mesages\"');
        area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        root.querySelector('.wb-row')?.click();";
    inside(tab, damage, vec![]).await?;
    until(tab, ".wb-mistake").await
}

/// Shows a tab of the one column. The width is that of the page's body: no browser makes its window so narrow.
pub(super) async fn at_width(tab: &Tab, pixels: u32, name: &str) -> Result<()> {
    let narrow = "document.body.style.width = `${arguments[0]}px`;";
    tab.eval(narrow, vec![json!(pixels)]).await?;
    press(tab, &format!(".tabs [data-tab={name}]")).await?;
    tab.eval("document.body.style.width = '';", vec![]).await?;
    Ok(())
}

/// Opens every panel, and in them a line, a candidate, the code of a step and two rows of the diagram.
pub(super) async fn open_every_panel(tab: &Tab) -> Result<()> {
    let open = "for (const fold of root.querySelectorAll('.panel .fold[aria-expanded=false]')) fold.click();
        root.querySelector('[data-at=descriptions] .sdp .l')?.click();
        root.querySelector('[data-at=candidates] .addr-open')?.click();
        for (const row of [...root.querySelectorAll('.seq button.row')].filter((_, at) => at % 4 === 1)) row.click();
        for (const more of [...root.querySelectorAll('.step .more')].slice(1, 3)) more.click();
        for (const code of [...root.querySelectorAll('.step details')].slice(1, 3)) code.open = true;";
    until(tab, "[data-at=descriptions] .sdp .l").await?;
    until(tab, "[data-at=candidates] .addr-open").await?;
    inside(tab, open, vec![]).await?;
    until(tab, "[data-at=candidates] .cand-open").await
}

pub(super) async fn begin_exercise(tab: &Tab) -> Result<()> {
    press(tab, "[data-at=exercises] [data-part=start]:not([hidden])").await?;
    until(tab, ".ex-tasks:not([hidden])").await
}

pub(super) async fn hold_a_fault(tab: &Tab) -> Result<()> {
    let add = "root.querySelector('[data-at=faults] form').requestSubmit();";
    inside(tab, add, vec![]).await?;
    until(tab, "[data-part=holds]:not([hidden])").await
}

/// Shows the answer against the offer, with the panel of candidates open.
pub(super) async fn compare(tab: &Tab) -> Result<()> {
    let open = "for (const name of ['candidates', 'descriptions']) {
            const fold = root.querySelector(`[data-at=${name}] .fold`);
            if (fold.getAttribute('aria-expanded') === 'false') fold.click();
        }
        [...root.querySelectorAll('[data-at=descriptions] .seg button')].at(-1).click();";
    inside(tab, open, vec![]).await?;
    until(tab, ".compared .cmp").await
}

/// Shows the middle of the run.
pub(super) async fn replay(tab: &Tab) -> Result<()> {
    press(tab, "[data-do=replay]").await?;
    until(tab, "[data-place=replay]").await?;
    let go = "const slider = root.querySelector('[data-do=replay-to]');
        slider.value = Math.floor(slider.max / 2);
        slider.dispatchEvent(new Event('input', { bubbles: true, composed: true }));";
    inside(tab, go, vec![]).await?;
    Ok(())
}

/// Makes the program stop: what it calls throws, once.
pub(super) async fn stop(tab: &Tab) -> Result<()> {
    // The next text that the program writes is one that it cannot: that of a field's mistake.
    let stop = "const own = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
        const fail = () => { Object.defineProperty(Node.prototype, 'textContent', own); throw new Error('a fault of the test'); };
        Object.defineProperty(Node.prototype, 'textContent', { ...own, set: fail });
        const field = root.querySelector('[name=endpoint]');
        field.value = 'http://x';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));";
    inside(tab, stop, vec![]).await?;
    until(tab, ".stopped").await
}
