//! What one more event costs: lines of chat and candidates, at the beginning of a run and after thousands.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::joined;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::tab::Tab;

use crate::figures::Quartiles;
use crate::stage::{Page, Stage};

/// Around the hundredth event, and at the end.
const EARLY: usize = 100;
/// How many times are taken together.
const SAMPLE: usize = 100;
/// How many events one script brings about: a driver waits 30 s for it.
const CHUNK: usize = 500;

/// What is measured, and how many there are in the end.
const KINDS: [(&str, usize); 2] = [("chat", 10_000), ("candidate", 2_000)];

/// Measures in one browser and prints; figures are no verdict.
pub(crate) async fn measure(browser: Browser) -> Result<()> {
    println!("{browser}: time per event of a page with its panels open, in ms");
    println!(
        "  {:10} {:>12} {:>12} {:>8}",
        "event", "at 100", "at the end", "ratio"
    );
    for (kind, count) in KINDS {
        let times = times(browser, kind, count).await;
        let times = times.with_context(|| format!("{count} times {kind}"))?;
        let early = times
            .get(EARLY - SAMPLE / 2..EARLY + SAMPLE / 2)
            .unwrap_or_default();
        let late = times
            .get(times.len().saturating_sub(SAMPLE)..)
            .unwrap_or_default();
        let (early, late) = (Quartiles::of(early), Quartiles::of(late));
        let name = format!("{count} {kind}");
        println!(
            "  {name:10} {:>12.2} {:>12.2} {:>8.2}",
            early.median,
            late.median,
            late.median / early.median
        );
    }
    Ok(())
}

async fn times(browser: Browser, kind: &str, count: usize) -> Result<Vec<f64>> {
    let stage = Stage::open(browser).await?;
    let room = stage.room();
    let first = stage.tab("first", Page::Ours, &room).await?;
    let second = if kind == "chat" {
        Some(stage.tab("second", Page::Ours, &room).await?)
    } else {
        None
    };
    if second.is_none() {
        // Nobody is connected: what `auto` learns meanwhile it shows in batches, and a batch is no cost.
        let script = "document.querySelector('webrtc-steps').shadowRoot.querySelector('[name=mode]').value = 'manual';";
        first.eval(script, vec![]).await?;
    }
    first.click("join").await?;
    joined(&first, "answerer").await?;
    if let Some(second) = &second {
        second.click("join").await?;
        first
            .wait("the channel is open", |page| page.is_open())
            .await?;
    }
    panels(&first).await?;
    let mut times = Vec::with_capacity(count);
    while times.len() < count {
        let arguments = vec![json!(kind), json!(times.len()), json!(CHUNK)];
        let measured = first.eval(include_str!("lasting.js"), arguments).await?;
        let measured: Vec<f64> = serde_json::from_value(measured)?;
        ensure!(!measured.is_empty(), "nothing was measured");
        times.extend(measured);
    }
    Ok(times)
}

/// Waits until the panels are there.
async fn panels(tab: &Tab) -> Result<()> {
    let script = "return document.querySelector('webrtc-steps').show('record').catch(() => false);";
    let shown = tab.eval(script, vec![]).await?;
    ensure!(shown == Value::Bool(true), "the panels are not there");
    Ok(())
}
