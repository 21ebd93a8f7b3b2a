//! The other peer on another device: by link, by a code to scan, on plain http in a local network.

mod sharing;

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use webrtc_steps_pages::{network, scan};
use webrtc_steps_tabs::course::{Pair, joined};
use webrtc_steps_tabs::pairing::{ALL, SAME};
use webrtc_steps_tabs::paste;
use webrtc_steps_tabs::relay::Relay;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

const ROOT: &str = "const root = document.querySelector('webrtc-steps').shadowRoot;";
/// Ctrl and V, then no key (WebDriver 17.4.2).
const PASTE: &str = "\u{E009}v\u{E000}";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "on_plain_http_in_a_network_the_code_of_the_card_leads_through_the_whole_course",
        &ALL,
        whole_course,
    );
    ring.promise(
        "the_page_says_what_plain_http_lacks_and_only_that",
        &SAME,
        what_is_missing,
    );
    ring.promise(
        "the_join_link_is_copied_on_plain_http_or_the_page_says_how",
        &SAME,
        copying,
    );
    ring.promise(
        "a_text_to_carry_is_copied_on_plain_http",
        &SAME,
        copying_signals,
    );
    ring.promise(
        "localhost_is_named_as_what_no_other_device_reaches",
        &SAME,
        localhost,
    );
    ring.promise("the_code_is_dark_on_white_in_the_dark", &SAME, in_the_dark);
    ring.promise("no_code_is_drawn_that_nobody_could_use", &SAME, no_code);
    ring.promise(
        "sharing_hands_over_the_join_link_where_the_browser_can",
        &SAME,
        sharing::sharing,
    );
}

/// The page on an address of the network, and what serves it.
async fn in_network() -> Result<(Relay, String)> {
    let relay = Relay::start_on(network::address()?).await?;
    let url = format!("http://{}/", relay.address());
    Ok((relay, url))
}

/// Waits until a script of the page says yes.
async fn until(tab: &Tab, what: &str, script: &str) -> Result<()> {
    for _ in 0..webrtc_steps_tabs::tab::DEADLINE.as_millis() / 40 {
        if tab
            .eval(&format!("{ROOT} return !!({script});"), vec![])
            .await?
            == json!(true)
        {
            return Ok(());
        }
        tokio::time::sleep(webrtc_steps_tabs::tab::LOOK).await;
    }
    anyhow::bail!("{}: waited in vain until {what}", tab.name)
}

async fn text(tab: &Tab, script: &str) -> Result<String> {
    let value = tab
        .eval(&format!("{ROOT} return {script};"), vec![])
        .await?;
    let text = value.as_str().map(str::to_owned);
    text.with_context(|| format!("{}: {script} gave {value}", tab.name))
}

async fn choose_device(tab: &Tab) -> Result<()> {
    tab.with_outer(".where label:has([value=device])", async |card| {
        card.click().await
    })
    .await
}

/// What the page says about another device before joining.
async fn needs(tab: &Tab) -> Result<String> {
    text(
        tab,
        "document.querySelector('[data-part=needs]').textContent",
    )
    .await
}

/// What a camera reads on the screen, once the code is there.
async fn scanned(tab: &Tab) -> Result<String> {
    until(
        tab,
        "a code is shown",
        "root.querySelector('.scan svg')?.checkVisibility()",
    )
    .await?;
    let picture = tab
        .with(".scan svg", async |svg| svg.screenshot().await)
        .await?;
    scan::read(&picture).with_context(|| format!("{}: scanning the page", tab.name))
}

async fn open_code(tab: &Tab) -> Result<()> {
    tab.click("join").await?;
    until(
        tab,
        "there is somebody to invite",
        "root.querySelector('[data-view=scan]').checkVisibility()",
    )
    .await?;
    tab.with("[data-view=scan]", async |button| button.click().await)
        .await
}

async fn whole_course(world: &World) -> Result<()> {
    let (_relay, url) = in_network().await?;
    let answerer: Rc<Tab> = world.answerer(&url).await?;
    ensure!(
        answerer.eval("return isSecureContext;", vec![]).await? == json!(false),
        "{url} is a secure context, so this tests nothing"
    );
    choose_device(&answerer).await?;
    answerer.click("join").await?;
    joined(&answerer, "answerer").await?;
    let link = scanned(&answerer).await?;
    let shown = text(&answerer, "root.querySelector('#join-link').value").await?;
    ensure!(link == shown, "the code says {link}, and the link {shown}");
    ensure!(link.starts_with(&url), "{link}");

    let offerer = world.offerer(&link).await?;
    offerer.click("join").await?;
    joined(&offerer, "offerer").await?;
    let pair = Pair { offerer, answerer };
    pair.take_manual_course().await?;
    pair.chat().await?;
    pair.is_complete().await
}

async fn what_is_missing(world: &World) -> Result<()> {
    let (_relay, url) = in_network().await?;
    let tab = world.offerer(&url).await?;
    choose_device(&tab).await?;
    let said = needs(&tab).await?;
    ensure!(said.contains("plain http"), "{said}");
    let things = "[navigator.mediaDevices, navigator.clipboard, navigator.share, crypto.subtle]";
    let there = tab
        .eval(&format!("return {things}.map((thing) => !!thing);"), vec![])
        .await?;
    let words = [
        "camera and microphone",
        "the clipboard",
        "sharing",
        "crypto.subtle",
    ];
    let list = said
        .split_once("is missing:")
        .map_or("", |(_, list)| list)
        .split('.')
        .next()
        .unwrap_or_default()
        .to_owned();
    let list = format!(
        "{list}{}",
        if said.contains("crypto.subtle") {
            " crypto.subtle"
        } else {
            ""
        }
    );
    for (index, word) in words.into_iter().enumerate() {
        let missing = there.get(index) == Some(&json!(false));
        ensure!(
            list.contains(word) == missing,
            "{word}: missing is {missing}, and the page says: {said}"
        );
    }

    let safe = world.offerer(&world.page("")).await?;
    choose_device(&safe).await?;
    let said = needs(&safe).await?;
    ensure!(!said.contains("plain http"), "in a secure context: {said}");
    Ok(())
}

/// Pastes what was copied into a field of the page around; gives what came.
async fn pasted(tab: &Tab) -> Result<String> {
    tab.eval(
        "document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }));",
        vec![],
    )
    .await?;
    tab.with_outer("#pasted", async |field| field.send_keys(PASTE).await)
        .await?;
    text(tab, "document.querySelector('#pasted').value").await
}

async fn copying(world: &World) -> Result<()> {
    let (_relay, url) = in_network().await?;
    let tab = world.offerer(&url).await?;
    tab.click("join").await?;
    until(
        &tab,
        "the link is there",
        "root.querySelector('[data-view=copy-link]').checkVisibility()",
    )
    .await?;
    tab.eval(
        "window.copying = document.execCommand; document.execCommand = () => false;",
        vec![],
    )
    .await?;
    tab.with("[data-view=copy-link]", async |button| button.click().await)
        .await?;
    let said = text(&tab, "root.querySelector('[data-part=copied]').innerText").await?;
    ensure!(
        said.contains("Ctrl+C"),
        "it could not copy, and says: {said}"
    );
    let selected = tab
        .eval(
            &format!("{ROOT} const field = root.activeElement; return field.id === 'join-link' && field.selectionEnd - field.selectionStart === field.value.length;"),
            vec![],
        )
        .await?;
    ensure!(
        selected == json!(true),
        "the link stands selected, to be copied by keys"
    );

    tab.eval("document.execCommand = window.copying;", vec![])
        .await?;
    tab.with("[data-view=copy-link]", async |button| button.click().await)
        .await?;
    let said = text(&tab, "root.querySelector('[data-part=copied]').innerText").await?;
    ensure!(said.trim() == "Copied.", "{said}");
    let focus = text(&tab, "root.activeElement.dataset.view").await?;
    ensure!(
        focus == "copy-link",
        "the keyboard stays at the button, and is at {focus}"
    );
    let link = text(&tab, "root.querySelector('#join-link').value").await?;
    let came = pasted(&tab).await?;
    ensure!(came == link, "{came} came out of the clipboard, not {link}");
    Ok(())
}

async fn copying_signals(world: &World) -> Result<()> {
    let (_relay, url) = in_network().await?;
    let tab = world
        .offerer(&format!("{url}?endpoint=paste:&role=offerer"))
        .await?;
    tab.click("join").await?;
    for command in [
        "create-peer-connection",
        "add-data-channel",
        "create-offer",
        "set-local-description",
        "send-offer",
    ] {
        tab.click(command).await?;
    }
    let text = paste::pick_up(&tab).await?;
    tab.wait("it says that it is copied", |page| {
        page.told
            .iter()
            .any(|told| told.kind == "note" && format!("{told:?}").contains("note.copied"))
    })
    .await?;
    let came = pasted(&tab).await?;
    ensure!(came == text, "{came} came out of the clipboard, not {text}");
    Ok(())
}

async fn localhost(world: &World) -> Result<()> {
    let url = world.page("");
    let tab = world.offerer(url.trim_end_matches('?')).await?;
    choose_device(&tab).await?;
    let said = needs(&tab).await?;
    ensure!(
        said.contains("127.0.0.1") && said.contains("cargo xtask serve --lan"),
        "{said}"
    );
    tab.click("join").await?;
    // Whoever asked for another device sees the code without another click.
    let link = scanned(&tab).await?;
    ensure!(link.starts_with(&url), "{link}");
    let said = text(&tab, "root.querySelector('.sc-here').innerText").await?;
    ensure!(said.contains("127.0.0.1"), "{said}");

    // Opened by an address of the network, it is the endpoint that may still be this machine's own.
    let (_relay, there) = in_network().await?;
    let tab = world.answerer(&there).await?;
    choose_device(&tab).await?;
    tab.paste("[name=endpoint]", "ws://localhost:8081").await?;
    let said = needs(&tab).await?;
    ensure!(said.contains("The endpoint is at localhost"), "{said}");
    Ok(())
}

async fn in_the_dark(world: &World) -> Result<()> {
    let tab = world.offerer(&world.page("room=dark")).await?;
    tab.eval("document.documentElement.style.colorScheme = 'dark'; document.querySelector('webrtc-steps').style.colorScheme = 'dark';", vec![])
        .await?;
    open_code(&tab).await?;
    let link = scanned(&tab).await?;
    ensure!(link.contains("room=dark"), "{link}");
    let found = tab
        .eval(
            &format!("{ROOT} const svg = root.querySelector('.scan svg');
                const [ground, modules] = ['rect', 'path'].map((part) => getComputedStyle(svg.querySelector(part)).fill);
                const card = getComputedStyle(root.querySelector('.invite')).backgroundColor;
                return [ground, modules, card === 'rgb(255, 255, 255)', svg.getAttribute('role'), svg.getAttribute('aria-label')];"),
            vec![],
        )
        .await?;
    let wanted = json!([
        "rgb(255, 255, 255)",
        "rgb(0, 0, 0)",
        false,
        "img",
        "A QR code of the join link"
    ]);
    ensure!(found == wanted, "{found}");
    Ok(())
}

async fn no_code(world: &World) -> Result<()> {
    let servers: Vec<String> = (0..16)
        .map(|number| {
            format!("stun:a-server-with-a-long-name-{number}.of-a-long-domain.example.org:3478")
        })
        .collect();
    let long = format!("room=long&ice-servers={}", servers.join("%20"));
    for (query, sentence) in [
        (long.as_str(), "too long"),
        ("endpoint=tabs:", "no other device"),
    ] {
        let tab = world.offerer(&world.page(query)).await?;
        open_code(&tab).await?;
        until(
            &tab,
            "it says why there is no code",
            "root.querySelector('.scan p')?.textContent",
        )
        .await?;
        let said = text(&tab, "root.querySelector('.scan').innerText").await?;
        ensure!(said.contains(sentence), "{query}: {said}");
        until(
            &tab,
            "no code is shown",
            "!root.querySelector('.scan svg').checkVisibility()",
        )
        .await?;
    }
    Ok(())
}
