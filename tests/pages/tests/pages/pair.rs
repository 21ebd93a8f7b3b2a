//! Both sides of a connection on one page.

mod life;

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use serde_json::{Value, json};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// The name that WebDriver gives to a reference to an element (WebDriver 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const SHIFT: char = '\u{E008}';
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';

/// The steps that a person takes, in the order of the course: whose, and which.
const STEPS: [(&str, u8); 14] = [
    ("offerer", 2),
    ("offerer", 4),
    ("offerer", 5),
    ("offerer", 6),
    ("offerer", 8),
    ("answerer", 14),
    ("answerer", 16),
    ("answerer", 17),
    ("answerer", 18),
    ("answerer", 19),
    ("answerer", 21),
    ("answerer", 22),
    ("offerer", 25),
    ("offerer", 26),
];

/// Both can write to each other.
const OPEN: &str = "return document.querySelector('webrtc-steps-pair').dataset.open === 'true';";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_pair_is_connected_by_hand_and_asks_nobody",
        &SAME,
        by_hand,
    );
    ring.promise(
        "the_rest_of_a_pair_s_steps_can_be_run_and_stopped",
        &SAME,
        the_rest,
    );
    ring.promise(
        "pairs_and_elements_of_a_page_do_not_hear_each_other",
        &SAME,
        apart,
    );
    ring.promise("a_pair_works_in_a_frame_without_an_origin", &SAME, framed);
    ring.promise(
        "the_sides_of_a_pair_can_be_asked_at_once",
        &SAME,
        life::at_once,
    );
    ring.promise("a_pair_is_connected_by_the_keyboard_alone", &SAME, by_keys);
    ring.promise(
        "a_narrow_pair_shows_one_side_and_acts_for_both",
        &SAME,
        narrow,
    );
    ring.promise(
        "who_leaves_a_pair_comes_back_with_both_sides",
        &SAME,
        life::leaving,
    );
    ring.promise(
        "a_pair_that_was_moved_goes_on_and_one_put_back_begins_anew",
        &SAME,
        life::moved,
    );
    ring.promise(
        "a_side_of_a_pair_that_stopped_leaves_the_other_running",
        &SAME,
        life::stopped,
    );
    ring.promise("a_pair_connects_in_every_mode", &SAME, life::modes);
    ring.promise(
        "a_pair_says_whom_it_will_ask_before_it_begins",
        &SAME,
        life::consent,
    );
}

/// A page of somebody else with this in its body, and the folder it lies in.
struct Page {
    opened: Opened,
    _site: Site,
    _folder: tempfile::TempDir,
}

impl Page {
    async fn with(world: &World, body: &str) -> Result<Self> {
        let text = format!(
            r#"<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>An article</title><link rel="icon" href="data:,">
<script type="module" src="/steps/webrtc-steps.js"></script><p>Before.</p>{body}"#
        );
        Self::of(world, &[("index.html", &text)]).await
    }

    async fn of(world: &World, files: &[(&str, &str)]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        // A frame without an origin of its own is another one than its host.
        let open = [("access-control-allow-origin", "*")];
        let folders = [("/", folder.path()), ("/steps", &built_page()?)];
        let site = Site::serve(&folders, &open).await?;
        let opened = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
        Ok(Self {
            opened,
            _site: site,
            _folder: folder,
        })
    }

    async fn until(&self, what: &str, script: &str) -> Result<Value> {
        self.opened.until(what, script).await
    }

    async fn eval(&self, script: &str) -> Result<Value> {
        self.opened.eval(script, vec![]).await
    }

    /// Clicks what a script answers with, as a pointer does.
    async fn click(&self, what: &str, script: &str) -> Result<()> {
        let found = self.until(what, script).await?;
        let driving = self.opened.drive().await?;
        let reference = found.get(ELEMENT).and_then(Value::as_str);
        let reference = reference.with_context(|| format!("{what}: no element but {found}"))?;
        let element = Element::from_element_id(driving.client.clone(), reference.to_owned().into());
        element.click().await.with_context(|| what.to_owned())
    }

    /// Goes back with the Tab key.
    async fn back(&self) -> Result<()> {
        let presses = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: SHIFT })
            .then(KeyAction::Down { value: TAB })
            .then(KeyAction::Up { value: TAB })
            .then(KeyAction::Up { value: SHIFT });
        let driving = self.opened.drive().await?;
        let pressed = driving.client.perform_actions(presses).await;
        pressed.context("going back")
    }

    /// Presses keys, wherever the focus is.
    async fn keys(&self, keys: &str) -> Result<()> {
        let none = KeyActions::new("keys".to_owned());
        let presses = keys.chars().fold(none, |presses, value| {
            presses
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value })
        });
        let driving = self.opened.drive().await?;
        let pressed = driving.client.perform_actions(presses).await;
        pressed.context("pressing keys")
    }
}

/// The control of the pair's own bar that does this.
fn control(name: &str) -> String {
    format!(
        "return document.querySelector('webrtc-steps-pair').shadowRoot?.querySelector('[data-do={name}]:not([hidden])');"
    )
}

/// The control of a step, once it is the next and the pair says whose it is.
fn next(side: &str, step: u8) -> String {
    format!(
        "const pair = document.querySelector('webrtc-steps-pair');
        return pair.dataset.turn === '{side}' && pair.{side}.shadowRoot.querySelector('[data-step=\"{step}\"][data-status=next] [data-command][aria-disabled=false]');"
    )
}

async fn take_all(page: &Page) -> Result<()> {
    for (side, step) in STEPS {
        page.click(&format!("step {step}"), &next(side, step))
            .await?;
    }
    page.until("both can write", OPEN).await?;
    Ok(())
}

async fn by_hand(world: &World) -> Result<()> {
    let page = Page::with(world, "<webrtc-steps-pair></webrtc-steps-pair>").await?;
    page.click("step 2", &next("offerer", 2)).await?;
    // What explains is on its way by now; afterwards nothing is asked of anybody.
    page.until(
        "everything is loaded",
        "const root = document.querySelector('webrtc-steps-pair').shadowRoot;
        return !!root.querySelector('[data-place=between] [data-at], [data-place=between] li');",
    )
    .await?;
    page.eval("performance.clearResourceTimings();").await?;
    let waits = "return document.querySelector('webrtc-steps-pair').shadowRoot.querySelector('.answerer .wait').checkVisibility();";
    ensure!(
        page.eval(waits).await? == json!(true),
        "the answerer does not say what it waits for"
    );
    for (side, step) in &STEPS[1..] {
        page.click(&format!("step {step}"), &next(side, *step))
            .await?;
    }
    page.until("both can write", OPEN).await?;
    for (from, to) in [("offerer", "answerer"), ("answerer", "offerer")] {
        page.click(
            "the line can be typed",
            &format!("return document.querySelector('webrtc-steps-pair').{from}.shadowRoot.querySelector('input[name=text]');"),
        )
        .await?;
        page.keys(&format!("from the {from}{ENTER}")).await?;
        page.until(
            "the line came",
            &format!("return [...document.querySelector('webrtc-steps-pair').{to}.shadowRoot.querySelectorAll('[data-message=received]')].some((line) => line.textContent.trim() === 'from the {from}');"),
        )
        .await?;
    }
    let asked = "return performance.getEntriesByType('resource').map(({ name }) => name);";
    let asked = page.eval(asked).await?;
    ensure!(asked == json!([]), "the steps asked for {asked}");
    Ok(())
}

async fn the_rest(world: &World) -> Result<()> {
    let page = Page::with(world, "<webrtc-steps-pair></webrtc-steps-pair>").await?;
    page.click("step 2", &next("offerer", 2)).await?;
    page.click("run the rest", &control("rest")).await?;
    page.until("a step was run", "return !!document.querySelector('webrtc-steps-pair').offerer.shadowRoot.querySelector('[data-step=\"4\"][data-status=done]');").await?;
    page.click("stop here", &control("rest")).await?;
    let next = "return document.querySelector('webrtc-steps-pair').shadowRoot.querySelector('.said').textContent;";
    // One that had begun may still come to its end.
    page.until(
        "it has stopped",
        "return document.querySelector('webrtc-steps-pair').dataset.turn !== 'none';",
    )
    .await?;
    let before = page.eval(next).await?;
    let longer = "return new Promise((give) => setTimeout(() => give(true), 1500));";
    page.eval(longer).await?;
    let after = page.eval(next).await?;
    ensure!(before == after, "it went on from {before} to {after}");
    page.click("run the rest", &control("rest")).await?;
    page.until("both can write", OPEN).await?;
    Ok(())
}

async fn apart(world: &World) -> Result<()> {
    let body = "<webrtc-steps-pair></webrtc-steps-pair><webrtc-steps-pair id=other></webrtc-steps-pair>
        <webrtc-steps endpoint=tabs: room=here></webrtc-steps><script>window.heard = [];
        addEventListener('webrtc-steps', (event) => heard.push([event.target.id || event.target.localName, event.composedPath()[0].dataset.pair ?? null, event.detail.kind]));</script>";
    let page = Page::with(world, body).await?;
    page.until("the element can be used", "const element = document.querySelector('webrtc-steps'); if (!element.shadowRoot?.querySelector('[data-command=join]')) return false; element.run('join'); return true;").await?;
    take_all(&page).await?;
    let others = "const [other, element] = [document.querySelector('#other'), document.querySelector('webrtc-steps')];
        return [other.offerer, other.answerer, element].map((one) => [one.dataset.connectionState, one.record.filter(({ kind }) => kind === 'received').length]);";
    let others = page.eval(others).await?;
    ensure!(
        others == json!([["none", 0], ["none", 0], ["none", 0]]),
        "the others heard something: {others}"
    );
    let sides = "return ['webrtc-steps-pair', 'other', 'webrtc-steps'].map((name) => [...new Set(heard.filter(([target]) => target === name).map(([, side]) => side))].sort());";
    let sides = page.eval(sides).await?;
    ensure!(
        sides == json!([["answerer", "offerer"], ["answerer", "offerer"], [null]]),
        "a listener cannot tell the sides: {sides}"
    );
    Ok(())
}

async fn framed(world: &World) -> Result<()> {
    let inner = r#"<!doctype html><html lang="en"><title>Inside</title><script type="module" src="/steps/webrtc-steps.js"></script>
<webrtc-steps-pair></webrtc-steps-pair><script type="module">
  const pair = document.querySelector("webrtc-steps-pair");
  const take = setInterval(() => {
    const next = pair[pair.dataset.turn]?.shadowRoot.querySelector("[data-status=next] [data-command][aria-disabled=false]");
    next?.click();
    if (pair.dataset.open !== "true") return;
    clearInterval(take);
    parent.postMessage({ open: true, origin }, "*");
  }, 50);
</script>"#;
    let outer = r#"<!doctype html><html lang="en"><title>Outside</title><script>
  addEventListener("message", ({ data }) => { window.told = data; });
</script><iframe sandbox="allow-scripts" src="inner.html" width="1000" height="700"></iframe>"#;
    let page = Page::of(world, &[("index.html", outer), ("inner.html", inner)]).await?;
    let told = page.until("both can write", "return window.told;").await?;
    ensure!(
        told == json!({ "open": true, "origin": "null" }),
        "the frame told {told}"
    );
    Ok(())
}

async fn by_keys(world: &World) -> Result<()> {
    let page = Page::with(world, "<webrtc-steps-pair></webrtc-steps-pair>").await?;
    page.until("step 2 can be taken", &next("offerer", 2))
        .await?;
    // The page before the pair is not heard of any key that does something inside.
    page.eval("window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key)); document.body.focus();").await?;
    for (side, step) in STEPS {
        page.until(&format!("step {step} can be taken"), &next(side, step))
            .await?;
        let at = format!(
            "let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.matches('[data-command]') && at.closest('[data-step]')?.dataset.step === '{step}';"
        );
        let mut tabs = 0;
        while page.eval(&at).await? != json!(true) {
            // The offerer's side stands before the answerer's; beyond the last control is the browser's own frame.
            if step == 25 {
                page.back().await?;
            } else {
                page.keys(&TAB.to_string()).await?;
            }
            tabs += 1;
            ensure!(tabs < 120, "no way to step {step} with the Tab key");
        }
        let seen = "let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return getComputedStyle(at).outlineStyle !== 'none';";
        ensure!(
            page.eval(seen).await? == json!(true),
            "step {step} has the focus and does not show it"
        );
        page.keys(&ENTER.to_string()).await?;
    }
    page.until("both can write", OPEN).await?;
    let heard = page
        .eval("return [...new Set(heard)].filter((key) => key !== 'Shift');")
        .await?;
    ensure!(heard == json!(["Tab"]), "the page heard {heard}");
    Ok(())
}

async fn narrow(world: &World) -> Result<()> {
    for width in [320, 390] {
        let body = format!(
            "<style>body {{ margin: 0 }} div {{ width: {width}px; height: 700px; overflow: auto }}</style><div><webrtc-steps-pair></webrtc-steps-pair></div>"
        );
        let page = Page::with(world, &body).await?;
        let go = "const root = document.querySelector('webrtc-steps-pair').shadowRoot;
            const go = root?.querySelector('.nextbar [data-do=next]');
            return go?.checkVisibility({ visibilityProperty: true }) && go;";
        let wide = "const root = document.querySelector('webrtc-steps-pair').shadowRoot;
            return [document.querySelector('div'), ...root.querySelectorAll('.bar, .tabs, .side, .nextbar')]
                .filter((one) => one.scrollWidth > one.clientWidth + 1)
                .map((one) => [one.className, one.scrollWidth, one.clientWidth].join(' '));";
        // The bar at the bottom acts for a side that is not shown.
        page.click("the diagram", "const tab = document.querySelector('webrtc-steps-pair').shadowRoot?.querySelector('[data-do=tab][data-tab=diagram]'); return tab?.checkVisibility() && tab;").await?;
        for (side, step) in STEPS {
            page.until(&format!("step {step} is next"), &next(side, step))
                .await?;
            let marked = format!("const root = document.querySelector('webrtc-steps-pair').shadowRoot;
                return [...root.querySelectorAll('.turn')].filter((mark) => mark.checkVisibility()).map((mark) => mark.closest('[data-tab]').dataset.tab).join() === '{side}' && root.querySelector('.nextbar .node').textContent === '{step}';");
            page.until(&format!("the {side}'s tab is marked"), &marked)
                .await?;
            page.click("do it", go).await?;
            let wider = page.eval(wide).await?;
            ensure!(
                wider == json!([]),
                "at {width}, step {step}: {wider} is wider than its place"
            );
        }
        page.until("both can write", OPEN).await?;
        for tab in ["offerer", "answerer", "diagram"] {
            page.click(tab, &format!("return document.querySelector('webrtc-steps-pair').shadowRoot.querySelector('[data-do=tab][data-tab={tab}]');")).await?;
            let shown = "const root = document.querySelector('webrtc-steps-pair').shadowRoot;
                return [...root.querySelectorAll('.bench > section')].filter((one) => one.checkVisibility()).length;";
            ensure!(
                page.eval(shown).await? == json!(1),
                "the tab {tab} shows more than one"
            );
            let wider = page.eval(wide).await?;
            ensure!(
                wider == json!([]),
                "at {width}, tab {tab}: {wider} is wider than its place"
            );
        }
    }
    Ok(())
}
