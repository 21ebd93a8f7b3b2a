//! Relay only, through a TURN server that is there: the exercise is passed, and no other route was used.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::Pair;
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::{DEADLINE, LOOK, Tab};
use webrtc_steps_tabs::turn::{CREDENTIAL, Turn, USERNAME};
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise(
        "relay_only_connects_through_a_turn_server_and_the_exercise_shows_it",
        same,
        through,
    );
}

async fn through(world: &World) -> Result<()> {
    let turn = Turn::start().await?;
    let query = format!(
        "mode=manual&ice-transport-policy=relay&room={}&ice-servers={}",
        world.room(),
        turn.url()
    );
    let url = world.page(&query);
    let pair = Pair {
        answerer: world.answerer(&url).await?,
        offerer: world.offerer(&url).await?,
    };
    for tab in [&pair.answerer, &pair.offerer] {
        // A link names no credential: the user does.
        tab.paste("[name=ice-username]", USERNAME).await?;
        tab.paste("[name=ice-credential]", CREDENTIAL).await?;
    }
    pair.enter().await?;
    start(&pair.offerer, "relay-through").await?;
    pair.follow().await?;
    let found = result(&pair.offerer, "relay-through").await?;
    ensure!(
        found.get("state").is_some_and(|state| state == "passed"),
        "{found}"
    );
    let record = pair.offerer.eval(RECORD, vec![]).await?;
    ensure!(
        !record.to_string().contains(CREDENTIAL),
        "the credential is in the record"
    );
    pair.chat().await
}

const RECORD: &str = "return window.webrtcStepsProbe.told;";

/// Starts an exercise by its button, once the panels are there.
async fn start(tab: &Tab, id: &str) -> Result<()> {
    let script = "const root = document.querySelector('webrtc-steps').shadowRoot;
        const start = root.querySelector(`[data-do=exercise-start][data-exercise=${arguments[0]}]`);
        start?.click();
        return Boolean(start);";
    until(tab, script, id, |done| *done == json!(true)).await?;
    Ok(())
}

/// What came of it: its state, and what was found.
async fn result(tab: &Tab, id: &str) -> Result<Value> {
    let script = "const root = document.querySelector('webrtc-steps').shadowRoot;
        const row = root.querySelector(`li[data-exercise=${arguments[0]}]`);
        return { state: row.dataset.state, tasks: [...row.querySelectorAll('[data-task]')].map((task) => `${task.dataset.task} ${task.dataset.progress}`),
            found: [...row.querySelectorAll('[data-finding]')].map((found) => found.textContent) };";
    until(tab, script, id, |found| found["state"] != "under-way").await
}

async fn until(tab: &Tab, script: &str, id: &str, holds: impl Fn(&Value) -> bool) -> Result<Value> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let value = tab.eval(script, vec![json!(id)]).await?;
        if holds(&value) {
            return Ok(value);
        }
        ensure!(Instant::now() < deadline, "{}: {id}: {value}", tab.name);
        tokio::time::sleep(LOOK).await;
    }
}
