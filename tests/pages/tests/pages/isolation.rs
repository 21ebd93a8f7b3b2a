//! What of a hostile page's style and scripts reaches the element, and what of the element reaches the page.

use anyhow::{Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const PAGE: &str = r#"<!doctype html><html lang="en"><title>A page of somebody else</title><link rel="stylesheet" href="plain.css">
<script type="module" src="/steps/webrtc-steps.js"></script><div><webrtc-steps room="calm"></webrtc-steps></div>"#;
/// The box is the page's affair, so it is the same with both sheets.
const PLAIN: &str = "webrtc-steps { display: block !important; position: absolute !important; inset: 0 !important; width: 1200px !important; }";
const HOSTILE: &str = "* { all: unset; font: italic 900 40px/3 cursive !important; letter-spacing: 9px !important; word-spacing: 9px !important; text-transform: uppercase !important; \
     text-align: center !important; text-indent: 40px !important; white-space: pre !important; color: lime !important; cursor: crosshair !important; line-height: 4 !important; \
     list-style: square !important; text-shadow: 2px 2px red !important; writing-mode: vertical-rl !important; word-break: break-all !important; tab-size: 1 !important; } \
     button, input, p { display: none !important; } :root { --ink: red; --paper: lime; } ";

/// The computed styles of everything in the element, as one text; `--` properties of the element's own are read through what they do.
const LOOK: &str = "const root = document.querySelector('webrtc-steps').shadowRoot; const look = []; for (const one of root.querySelectorAll('*')) { for (const part of [undefined, '::before', '::after']) { const style = getComputedStyle(one, part); look.push(`${one.localName}.${one.className}${part ?? ''} ` + Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).filter((line) => !line.startsWith('--webrtc-steps')).join(';')); } } return look;";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "no_style_of_a_hostile_page_reaches_the_element",
        &SAME,
        hostile,
    );
    ring.promise(
        "a_key_that_does_something_inside_is_not_heard_outside",
        &SAME,
        keys,
    );
}

async fn open(world: &World) -> Result<(Opened, Site, tempfile::TempDir)> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), PAGE)?;
    std::fs::write(folder.path().join("plain.css"), PLAIN)?;
    let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    page.until("the element can be used", "return document.querySelector('webrtc-steps').shadowRoot?.querySelector('[data-command=join]');").await?;
    Ok((page, site, folder))
}

async fn hostile(world: &World) -> Result<()> {
    let (page, _site, _folder) = open(world).await?;
    page.eval(
        "document.querySelector('webrtc-steps').run('join');",
        vec![],
    )
    .await?;
    page.until("the panels are there", "return document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-place=panels]').childElementCount > 3 && document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-status=next], [data-status=possible]') !== undefined;").await?;
    page.eval("document.querySelector('webrtc-steps').shadowRoot.querySelectorAll('*').forEach((one) => one.getAnimations().forEach((each) => each.finish()));", vec![]).await?;
    let calm = page.eval(LOOK, vec![]).await?;
    // Every inner name of a custom property is set from outside as well.
    let names = "const sheets = document.querySelector('webrtc-steps').shadowRoot.adoptedStyleSheets; const text = sheets.flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText)).join(' '); const names = [...new Set(text.match(/--[a-z][\\w-]*/g))].filter((name) => !name.startsWith('--webrtc-steps')); ";
    let add = "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0] + `*, :root { ${names.map((name) => `${name}: 77px !important`).join(';')} }`); document.adoptedStyleSheets.unshift(sheet); return names.length;";
    let count = page
        .eval(&format!("{names}{add}"), vec![HOSTILE.into()])
        .await?;
    ensure!(
        count.as_u64().is_some_and(|count| count > 40),
        "{count} names"
    );
    let after = page.eval(LOOK, vec![]).await?;
    let (calm, after) = (
        calm.as_array().cloned().unwrap_or_default(),
        after.as_array().cloned().unwrap_or_default(),
    );
    ensure!(
        calm.len() == after.len() && calm.len() > 300,
        "{} and {} nodes",
        calm.len(),
        after.len()
    );
    for (calm, after) in calm.iter().zip(&after) {
        let (calm, after) = (
            calm.as_str().unwrap_or_default(),
            after.as_str().unwrap_or_default(),
        );
        let mut lines = calm.split(';').zip(after.split(';'));
        let differs = lines.find(|(calm, after)| calm != after);
        ensure!(
            differs.is_none(),
            "{:?} of {}",
            differs,
            calm.chars().take(60).collect::<String>()
        );
    }
    // What the contract lets in: hiding it hides it.
    let hidden = page.eval("document.querySelector('div').style.visibility = 'hidden'; return getComputedStyle(document.querySelector('webrtc-steps').shadowRoot.querySelector('.page')).visibility;", vec![]).await?;
    ensure!(hidden == "hidden", "{hidden}");
    Ok(())
}

async fn keys(world: &World) -> Result<()> {
    let (page, _site, _folder) = open(world).await?;
    page.eval("window.heard = []; document.addEventListener('keydown', ({ key }) => heard.push(key)); document.querySelector('webrtc-steps').shadowRoot.querySelector('[name=room]').focus();", vec![]).await?;
    press(&page, &['n', ' ', '\u{e012}', '\u{e004}', '\u{e00c}']).await?;
    page.until(
        "Tab and Escape are heard, and nothing that was written",
        "return heard.join() === 'Tab,Escape';",
    )
    .await?;
    // On a button only what presses it is ours.
    page.eval("heard.length = 0; document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-view=another-room]').focus();", vec![]).await?;
    press(&page, &['n', ' ', '\u{e007}']).await?;
    page.until("the letter is heard", "return heard.join() === 'n';")
        .await?;
    let typed = page.eval("return document.querySelector('webrtc-steps').shadowRoot.querySelector('[name=room]').value;", vec![]).await?;
    ensure!(typed != "calm", "nothing was pressed");
    Ok(())
}

async fn press(page: &Opened, keys: &[char]) -> Result<()> {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for &value in keys {
        actions = actions.then(KeyAction::Down { value });
        actions = actions.then(KeyAction::Up { value });
    }
    let driving = page.drive().await?;
    driving.client.perform_actions(actions).await?;
    Ok(())
}
