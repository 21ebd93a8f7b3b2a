//! A dump of Chromium's own page chrome://webrtc-internals, made while two tabs connect, opened as a recorded run.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::browser::Session;
use webrtc_steps_tabs::course::Pair;
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::{DEADLINE, LOOK, Tab};
use webrtc_steps_tabs::world::World;

/// Has the page save its dump and answers its text. Nothing is written to a disk.
const DUMP: &str = "
    const compress = document.querySelector('#dump-checkbox');
    if (compress.checked) compress.click();
    const made = new Promise((answer) => {
        URL.createObjectURL = (blob) => { answer(blob.text()); return ''; };
    });
    HTMLAnchorElement.prototype.click = () => {};
    document.querySelector('#dump-click-target').click();
    return made;";

/// Opens a text as a file, before joining.
const OPEN: &str = "
    const element = document.querySelector('webrtc-steps');
    await element.show('record').catch(() => {});
    const field = element.shadowRoot.querySelector('.start [data-do=record-open]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([arguments[0]], 'dump.json'));
    field.files = transfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));";

/// What the page shows of the run: whether it is the past, the runs to choose from, open steps, states, diagnoses.
const SEEN: &str = "
    const root = document.querySelector('webrtc-steps').shadowRoot;
    const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent.trim()).filter(Boolean);
    const open = [...root.querySelectorAll('[data-step]')].filter((step) => !['done', 'skipped'].includes(step.dataset.status));
    return {
        past: root.querySelectorAll('.frame[data-replay]').length,
        runs: texts('[data-do=replay-run] option').length,
        open: open.map((step) => step.dataset.step),
        refused: texts('[data-part=refused]:not([hidden])'),
    };";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_dump_of_webrtc_internals_is_replayed",
        &[pairing::CHROMIUM],
        replayed,
    );
}

async fn replayed(world: &World) -> Result<()> {
    let session = world.session(world.pairing.offerer).await?;
    let internals = session.open_tab().await?;
    let driving = session.drive(&internals).await?;
    let page = "chrome://webrtc-internals";
    driving.client.goto(page).await.with_context(|| page)?;
    drop(driving);
    let pair = Pair::join(world, "mode=auto").await?;
    pair.chat().await?;
    let dump = dump(&session, &internals).await?;
    let tab = world.offerer(&world.page("")).await?;
    open(&tab, &dump).await
}

/// The dump, once it has statistics of both connections.
async fn dump(session: &Session, internals: &fantoccini::wd::WindowHandle) -> Result<String> {
    let until = Instant::now() + DEADLINE;
    loop {
        let driving = session.drive(internals).await?;
        let dump = driving.client.execute(DUMP, vec![]).await;
        drop(driving);
        let dump = dump.context("saving the dump")?;
        let text = dump.as_str().unwrap_or_default();
        let read: Value = serde_json::from_str(text).context("the dump is no JSON")?;
        let connections = read.get("PeerConnections").and_then(Value::as_object);
        let measured = connections.into_iter().flatten().filter(|(_, connection)| {
            let stats = connection["stats"].as_object();
            stats.is_some_and(|stats| {
                stats
                    .keys()
                    .any(|name| name.ends_with("-selectedCandidatePairId"))
            })
        });
        if measured.count() >= 2 {
            return Ok(text.to_owned());
        }
        ensure!(Instant::now() < until, "no statistics in {text}");
        tokio::time::sleep(LOOK).await;
    }
}

async fn open(tab: &Tab, dump: &str) -> Result<()> {
    let script = format!("return (async () => {{ {OPEN} }})();");
    tab.eval(&script, vec![json!(dump)]).await?;
    let wanted = json!({"past": 1, "runs": 2, "open": [], "refused": []});
    let until = Instant::now() + DEADLINE;
    loop {
        let seen = tab.eval(SEEN, vec![]).await?;
        if seen == wanted {
            return Ok(());
        }
        ensure!(Instant::now() < until, "the dump is shown as {seen}");
        tokio::time::sleep(LOOK).await;
    }
}
