//! Attributes and properties: what changing them does before a run and during one.

use anyhow::{Result, ensure};
use serde_json::json;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const PAGE: &str = r#"<!doctype html><html lang="en"><title>A page of somebody else</title>
<script type="module" src="/steps/webrtc-steps.js"></script><webrtc-steps room="first"></webrtc-steps>
<webrtc-steps room="first" mode="auto"></webrtc-steps>"#;

/// What scripts below call the two elements and a field of a start form.
const NAMES: &str = "const [one, two] = document.querySelectorAll('webrtc-steps'); const field = (name) => one.shadowRoot.querySelector(`[data-form=start] [name=\"${name}\"]`); ";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_changed_attribute_shows_in_the_form_and_leaves_what_was_typed",
        &SAME,
        before_joining,
    );
    ring.promise(
        "an_attribute_changed_during_a_run_counts_for_the_next_one",
        &SAME,
        during_a_run,
    );
    ring.promise(
        "the_language_changes_during_a_run_and_the_run_goes_on",
        &SAME,
        language,
    );
}

struct Page {
    page: Opened,
    _site: Site,
    _folder: tempfile::TempDir,
}

impl Page {
    async fn open(world: &World) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("index.html"), PAGE)?;
        let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
        let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
        let opened = Self {
            page,
            _site: site,
            _folder: folder,
        };
        opened
            .until("both can be used", "return [one, two].every((each) => each.shadowRoot?.querySelector('[data-command=join]'));")
            .await?;
        Ok(opened)
    }

    async fn until(&self, what: &str, script: &str) -> Result<()> {
        self.page.until(what, &format!("{NAMES}{script}")).await?;
        Ok(())
    }

    async fn now(&self, script: &str) -> Result<serde_json::Value> {
        self.page.eval(&format!("{NAMES}{script}"), vec![]).await
    }

    async fn connect(&self) -> Result<()> {
        self.now("one.mode = 'auto'; one.autojoin = true; two.setAttribute('autojoin', '');")
            .await?;
        self.until(
            "both are connected",
            "return [one, two].every(({ state }) => state.channelState === 'open');",
        )
        .await
    }
}

async fn before_joining(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.now("field('label').value = 'typed'; field('ice-servers').value = 'stun:typed.example';")
        .await?;
    let shown = page.now("one.room = 'second'; one.setAttribute('peer-role', 'answerer'); one.mode = 'trickle'; one.iceTransportPolicy = 'relay'; return ['room', 'role', 'mode', 'ice-transport-policy', 'label', 'ice-servers'].map((name) => field(name).value);").await?;
    ensure!(
        shown
            == json!([
                "second",
                "answerer",
                "trickle",
                "relay",
                "typed",
                "stun:typed.example"
            ]),
        "{shown}"
    );
    // Whom joining contacts follows, and so does which fields mean something.
    page.now("one.endpoint = 'ws://127.0.0.1:9/any/{room}';")
        .await?;
    page.until("the host is named", "return one.shadowRoot.querySelector('[data-part=contacts]').textContent.includes('127.0.0.1:9');").await?;
    let kind = page
        .now("return one.shadowRoot.querySelector('[data-form=start]').dataset.kind;")
        .await?;
    ensure!(kind == "relay", "{kind}");
    // A question of a dialect, by an attribute of any name.
    page.now("one.dialect = 'peerjs';").await?;
    page.until(
        "the dialect asks",
        "return one.shadowRoot.querySelector('[name^=\"var.\"]');",
    )
    .await?;
    page.now("const name = one.shadowRoot.querySelector('[name^=\"var.\"]').name.slice(4); one.setAttribute(`var-${name}`, 'answered');").await?;
    page.until(
        "the answer stands there",
        "return one.shadowRoot.querySelector('[name^=\"var.\"]').value === 'answered';",
    )
    .await?;
    // Properties are the attributes, and nothing removes them.
    let read = page.now("one.room = null; one.mode = 'nonsense'; return [one.hasAttribute('room'), one.room, one.mode, one.getAttribute('mode'), field('room').value.length > 3];").await?;
    ensure!(
        read == json!([false, "", "manual", "nonsense", true]),
        "{read}"
    );
    Ok(())
}

async fn during_a_run(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.connect().await?;
    page.now("one.room = 'next';").await?;
    page.until("a line says so", "return one.record.some(({ kind, message }) => kind === 'note' && message.id === 'note.next-run' && message.args.name === 'room');").await?;
    let open = page
        .now("return [one.state.channelState, one.record.find(({ kind }) => kind === 'joining').room];")
        .await?;
    ensure!(open == json!(["open", "first"]), "{open}");
    page.now("one.run('leave').then(() => one.run('join'));")
        .await?;
    page.until(
        "the next run has it",
        "return one.record.filter(({ kind }) => kind === 'joining').at(-1).room === 'next';",
    )
    .await
}

async fn language(world: &World) -> Result<()> {
    let page = Page::open(world).await?;
    page.now("field('label').value = 'typed';").await?;
    page.now("one.lang = 'de';").await?;
    page.until("the form is German and kept what was typed", "return one.shadowRoot.firstElementChild.lang === 'de' && field('room').value === 'first' && field('label').value === 'typed';").await?;
    page.connect().await?;
    page.until(
        "the panels are there",
        "return one.shadowRoot.querySelector('[data-place=panels]').childElementCount > 3;",
    )
    .await?;
    let german = page
        .now("return one.shadowRoot.querySelector('[data-place=panels]').textContent;")
        .await?;
    page.now("one.removeAttribute('lang');").await?;
    page.until("the panels are there again", "return one.shadowRoot.firstElementChild.lang === 'en' && one.shadowRoot.querySelector('[data-place=panels]').childElementCount > 3;").await?;
    let english = page
        .now("return one.shadowRoot.querySelector('[data-place=panels]').textContent;")
        .await?;
    ensure!(german != english, "the panels speak as before");
    page.now("one.run('send-message', 'hello');").await?;
    page.until("the run goes on", "return two.shadowRoot.querySelector('[data-message=received]')?.textContent === 'hello' && one.shadowRoot.querySelectorAll('[data-step][data-status=done]').length > 10;").await
}
