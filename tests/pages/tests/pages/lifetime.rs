//! What becomes of an element that is moved, removed, copied, adopted, upgraded late, or has neighbours.

use anyhow::{Result, ensure};
use serde_json::Value;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// Two elements that meet in a room of this page, and what tests do with them. Answers of `later` stand in `window.told`.
const PAGE: &str = r##"<!doctype html><html lang="en"><title>A page of somebody else</title>
<div id="here"></div><div id="there"></div><iframe id="frame" src="about:blank"></iframe>
<script type="module" src="/page.js"></script>"##;
/// The class alone defines nothing.
const ALONE: &str = r#"import { WebrtcSteps } from "/steps/webrtc-steps-element.js";
window.alone = [typeof WebrtcSteps, customElements.get("webrtc-steps") === undefined];"#;
const SCRIPT: &str = r##"
import { WebrtcSteps, define } from "/steps/webrtc-steps.js";
window.WebrtcSteps = WebrtcSteps;
window.define = define;
window.make = (room, more = {}) => {
  const made = document.createElement("webrtc-steps");
  for (const [name, value] of Object.entries({ endpoint: "tabs:", mode: "auto", room, ...more })) made.setAttribute(name, value);
  return made;
};
window.connect = async (room) => {
  const [a, b] = [make(room), make(room)];
  document.querySelector("#here").append(a, b);
  await Promise.all([a.run("join"), b.run("join")]);
  return [a, b];
};
window.open_ = (...all) => all.every((one) => one.state.channelState === "open");
window.later = (work) => { window.told = undefined; work().then((told) => (window.told = told ?? true), (fault) => (window.told = `${fault.name}: ${fault.message}`)); };
window.ready = true;
"##;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "an_element_moved_in_one_task_keeps_its_connection_and_chat",
        &SAME,
        moved,
    );
    ring.promise(
        "an_element_removed_for_good_closes_and_refuses_what_it_was_asked",
        &SAME,
        removed,
    );
    ring.promise(
        "elements_of_one_page_do_not_know_of_each_other",
        &SAME,
        neighbours,
    );
    ring.promise(
        "an_element_is_made_copied_adopted_and_upgraded_as_one_expects",
        &SAME,
        made,
    );
    ring.promise(
        "other_names_can_be_given_to_the_class_and_to_one_that_extends_it",
        &SAME,
        named,
    );
}

struct Page {
    page: Opened,
    site: Site,
    _folder: tempfile::TempDir,
}

impl Page {
    async fn open(world: &World) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("index.html"), PAGE)?;
        std::fs::write(folder.path().join("page.js"), SCRIPT)?;
        std::fs::write(folder.path().join("alone.js"), ALONE)?;
        let alone = r#"<!doctype html><script type="module" src="/alone.js"></script>"#;
        std::fs::write(folder.path().join("alone.html"), alone)?;
        let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
        let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
        page.until("the module has come", "return window.ready;")
            .await?;
        Ok(Self {
            page,
            site,
            _folder: folder,
        })
    }

    /// Runs what takes time, and waits for what comes of it.
    async fn later(&self, what: &str, work: &str) -> Result<Value> {
        let script = format!("later(async () => {{ {work} }});");
        self.page.eval(&script, vec![]).await?;
        self.page.until(what, "return window.told;").await
    }

    async fn now(&self, script: &str) -> Result<Value> {
        self.page.eval(script, vec![]).await
    }

    async fn connected(&self) -> Result<()> {
        self.later(
            "both are in the room",
            "window.pair = await connect('life');",
        )
        .await?;
        self.page
            .until("the channel is open", "return open_(...pair);")
            .await?;
        Ok(())
    }
}

async fn moved(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.connected().await?;
    let told = page
        .later(
            "a line has gone",
            "await pair[0].run('send-message', 'before');",
        )
        .await?;
    ensure!(told == true, "{told}");
    // Twice: out and in again in one task, and, where there is such a thing, moved as a whole.
    page.now("const there = document.querySelector('#there'); pair[0].remove(); there.append(pair[0]); there.prepend(pair[0]); if (there.moveBefore) document.querySelector('#here').moveBefore(pair[0], null);").await?;
    let told = page.later("a line has gone", "await new Promise((go) => setTimeout(go, 0)); await pair[0].run('send-message', 'after'); return open_(...pair);").await?;
    ensure!(told == true, "{told}");
    page.page.until("the lines of before and after stand in the chat", "return pair[1].shadowRoot.querySelectorAll('[data-message=received]').length === 2 && pair[0].shadowRoot.querySelectorAll('[data-message=sent]').length === 2;").await?;
    let attempts = page.now("return pair.map(({ record }) => record.filter(({ kind }) => kind === 'attempt-began').length);").await?;
    ensure!(attempts == serde_json::json!([1, 1]), "{attempts}");
    // The page's goodbye is still heard, once.
    let ended = page.now("dispatchEvent(new PageTransitionEvent('pagehide')); return pair[0].record.filter(({ kind }) => kind === 'left').length;").await?;
    ensure!(ended == 1, "the goodbye was said {ended} times");
    Ok(())
}

async fn removed(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.connected().await?;
    // One is asked before its program is there, one while the browser makes an offer.
    let refused = page.later("both are refused", "const early = make('x'); const slow = make('slow', { mode: 'manual', 'peer-role': 'offerer' }); document.body.append(early, slow); await slow.run('join'); await slow.run('create-peer-connection'); await slow.run('add-data-channel'); const asked = [early.run('nothing'), slow.run('create-offer')].map((one) => one.catch((fault) => fault.message)); for (let turns = 0; turns < 5; turns += 1) await undefined; early.remove(); slow.remove(); return Promise.all(asked);").await?;
    let gone = "The element left the page before the command was carried out.";
    ensure!(refused.get(1).is_some_and(|said| said == gone), "{refused}");
    page.now("window.first = pair[0]; first.remove();").await?;
    page.page.until("the other side hears of it", "return pair[1].record.some(({ kind }) => kind === 'peer-left' || kind === 'attempt-ended');").await?;
    let empty = page
        .now("return first.shadowRoot.childElementCount === 0;")
        .await?;
    ensure!(empty == true, "the shadow root is not empty");
    let outside = page
        .later("a command is refused", "await first.run('join');")
        .await?;
    ensure!(
        outside
            .as_str()
            .is_some_and(|said| said.contains("not in a page")),
        "{outside}"
    );
    let again = page.later("it begins anew", "document.body.append(first); await first.run('join'); return first.record.filter(({ kind }) => kind === 'joined').length;").await?;
    ensure!(again == 1, "{again}");
    Ok(())
}

async fn neighbours(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.connected().await?;
    page.later("two more are in a room of theirs", "window.more = [make('other'), make('other')]; document.body.append(...more); await Promise.all(more.map((one) => one.run('join')));").await?;
    page.page
        .until("all are connected", "return open_(...pair, ...more);")
        .await?;
    let stopped = page.now("const [spoilt] = more; spoilt.getAttribute = () => { throw new Error('spoilt'); }; spoilt.setAttribute('room', 'y'); return [...more, ...pair].map((one) => one.state.stopped);").await?;
    ensure!(
        stopped == serde_json::json!([true, false, false, false]),
        "{stopped}"
    );
    let said = page
        .later("its commands are refused", "await more[0].run('leave');")
        .await?;
    ensure!(
        said.as_str().is_some_and(|said| said.contains("spoilt")),
        "{said}"
    );
    let told = page
        .later(
            "the others still talk",
            "await pair[1].run('send-message', 'still here'); return open_(...pair);",
        )
        .await?;
    ensure!(told == true, "{told}");
    let clean = page.now("return { ids: [...document.querySelectorAll('[id]')].map(({ id }) => id), sheets: document.adoptedStyleSheets.length, globals: Object.keys(window).filter((name) => /wasm|webrtc|bindgen/i.test(name)) };").await?;
    ensure!(
        clean
            == serde_json::json!({ "ids": ["here", "there", "frame"], "sheets": 0, "globals": ["WebrtcSteps"] }),
        "{clean}"
    );
    Ok(())
}

async fn made(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    // Upgraded late, with a property that was set before.
    let late = page.later("it is upgraded", "const late = document.createElement('late-steps'); late.room = 'set-before'; late.setAttribute('mode', 'trickle'); document.body.append(late); define('late-steps', class extends WebrtcSteps {}); await late.run('leave').catch(() => {}); const field = (name) => late.shadowRoot.querySelector(`[name=${name}]`).value; return [late.getAttribute('room'), field('room'), field('mode'), late.mode, Object.hasOwn(late, 'room')];").await?;
    ensure!(
        late == serde_json::json!(["set-before", "set-before", "trickle", "trickle", false]),
        "{late}"
    );
    // A copy of a connected one is another element, with the same attributes and a state of its own.
    page.connected().await?;
    let copy = page.later("the copy begins", "const copy = pair[0].cloneNode(true); document.body.append(copy); await copy.run('leave').catch(() => {}); return [copy.room, copy.state.connectionState, copy.record.some(({ kind }) => kind === 'joined'), open_(...pair)];").await?;
    ensure!(
        copy == serde_json::json!(["life", "none", false, true]),
        "{copy}"
    );
    // In the document of another window it says what is missing there; back in its own it begins anew.
    let adopted = page.later("it says so in the frame", "const inner = document.querySelector('#frame').contentDocument; inner.body.append(pair[0]); const said = await pair[0].run('leave').catch((fault) => fault.message); const told = pair[0].shadowRoot.textContent.includes(said); document.body.append(pair[0]); await pair[0].run('join'); return [said.includes('another window'), told, pair[0].state.stopped];").await?;
    ensure!(
        adopted == serde_json::json!([true, true, false]),
        "{adopted}"
    );
    Ok(())
}

async fn named(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    let told = page.later("both names work", "define('another-name'); define('my-lesson', class extends WebrtcSteps { get mine() { return 1; } }); define('my-lesson'); define(); const all = ['another-name', 'my-lesson'].map((name) => document.createElement(name)); document.body.append(...all); for (const one of all) { one.room = 'named'; one.mode = 'auto'; } await Promise.all(all.map((one) => one.run('join'))); return [...all.map((one) => one instanceof WebrtcSteps), all[1].mine];").await?;
    ensure!(told == serde_json::json!([true, true, 1]), "{told}");
    page.page.until("they are connected", "return [...document.querySelectorAll('another-name, my-lesson')].every((one) => one.state.channelState === 'open');").await?;
    page.page.go(&page.site.url("alone.html")).await?;
    let alone = page
        .page
        .until("the class has come", "return window.alone;")
        .await?;
    ensure!(alone == serde_json::json!(["function", true]), "{alone}");
    Ok(())
}
