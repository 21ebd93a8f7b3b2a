//! The element's two themes and its public colours, in a page that sets them.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const PAGE: &str = r#"<!doctype html><html lang="en"><title>A page of somebody else</title>
<style>:root { color-scheme: light; --ink: red; --paper: red } body { background: white }</style>
<script type="module" src="/steps/webrtc-steps.js"></script>
<webrtc-steps endpoint="tabs:"></webrtc-steps>"#;
/// The ground and the text of the element, and the colour of the offerer.
const COLOURS: &str = "const root = document.querySelector('webrtc-steps').shadowRoot;
    const page = getComputedStyle(root.querySelector('.page'));
    const fill = root.querySelector('.fill-of');
    return [page.backgroundColor, page.color, fill && getComputedStyle(fill).fill];";
const LIGHT: [&str; 3] = ["rgb(255, 255, 255)", "rgb(21, 25, 30)", "rgb(10, 95, 168)"];
const DARK: [&str; 3] = [
    "rgb(22, 25, 30)",
    "rgb(233, 237, 241)",
    "rgb(125, 189, 245)",
];

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("the_theme_is_the_page_s_or_the_attribute_s", &SAME, themes);
    ring.promise(
        "a_page_s_own_colour_takes_effect_and_its_other_names_do_not",
        &SAME,
        colours,
    );
}

async fn open(world: &World) -> Result<(Opened, Site)> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), PAGE)?;
    let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let join = "return !!document.querySelector('webrtc-steps').shadowRoot?.querySelector('[data-command=join]');";
    page.until("the element can be used", join).await?;
    Ok((page, site))
}

async fn shows(page: &Opened, change: &str, colours: [&str; 3]) -> Result<()> {
    page.eval(change, vec![]).await?;
    let shown = page.eval(COLOURS, vec![]).await?;
    ensure!(
        shown == json!(colours),
        "after `{change}`: {shown}, not {colours:?}"
    );
    Ok(())
}

async fn themes(world: &World) -> Result<()> {
    let (page, _site) = open(world).await?;
    shows(&page, "", LIGHT).await?;
    shows(
        &page,
        "document.documentElement.style.colorScheme = 'dark';",
        DARK,
    )
    .await?;
    let light = "document.querySelector('webrtc-steps').setAttribute('theme', 'light');";
    shows(&page, light, LIGHT).await?;
    shows(
        &page,
        "document.documentElement.style.colorScheme = 'light';",
        LIGHT,
    )
    .await?;
    let dark = "document.querySelector('webrtc-steps').setAttribute('theme', 'dark');";
    shows(&page, dark, DARK).await?;
    shows(
        &page,
        "document.querySelector('webrtc-steps').removeAttribute('theme');",
        LIGHT,
    )
    .await
}

async fn colours(world: &World) -> Result<()> {
    let (page, _site) = open(world).await?;
    let set = "document.body.style.setProperty('--webrtc-steps-offerer', 'rgb(1, 2, 3)');
        document.body.style.setProperty('--offerer', 'red');
        document.querySelector('webrtc-steps').style.setProperty('--webrtc-steps-ink', 'rgb(4, 5, 6)');";
    let [paper, _, _] = LIGHT;
    shows(&page, set, [paper, "rgb(4, 5, 6)", "rgb(1, 2, 3)"]).await?;
    // Every token of the style sheet can be set under its public name.
    let names = page.eval(
        "const steps = document.querySelector('webrtc-steps'), frame = steps.shadowRoot.querySelector('.frame');
        const missed = [];
        for (const name of arguments[0]) {
            steps.style.setProperty(`--webrtc-steps-${name}`, 'rgb(7, 8, 9)');
            if (getComputedStyle(frame).getPropertyValue(`--${name}`).trim() !== 'rgb(7, 8, 9)') missed.push(name);
        }
        return missed;",
        vec![json!(TOKENS)],
    );
    let missed = names.await?;
    ensure!(missed == Value::Array(vec![]), "not taken over: {missed}");
    Ok(())
}

/// The public names, behind `--webrtc-steps-`.
const TOKENS: [&str; 19] = [
    "paper",
    "sunk",
    "raised",
    "ink",
    "ink-2",
    "ink-3",
    "line",
    "control",
    "offerer",
    "offerer-tint",
    "answerer",
    "answerer-tint",
    "endpoint",
    "endpoint-tint",
    "on-who",
    "good",
    "good-tint",
    "bad",
    "bad-tint",
];
