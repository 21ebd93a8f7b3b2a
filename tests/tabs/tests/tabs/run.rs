//! `element.run(command)`: what a program outside gets for an answer.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::course::{Pair, take};
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let same = &pairing::SAME;
    ring.promise("run_refuses_with_the_sentence_of_the_page", same, refused);
    ring.promise("run_carries_a_program_through_the_course", same, carried);
}

async fn refused(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    let page = pair.offerer.look().await?;
    let control = page.control("create-offer").context("no control")?;
    ensure!(
        !control.available && !control.reason.is_empty(),
        "{control:?}"
    );
    let answer = run(&pair.offerer, "create-offer", Value::Null).await?;
    ensure!(
        answer == json!({"refused": control.reason}),
        "the page shows `{}`, run says {answer}",
        control.reason
    );
    take(&pair.offerer, (2, "create-peer-connection")).await?;
    let answer = run(&pair.offerer, "create-offer", Value::Null).await?;
    ensure!(answer == json!({"done": true}), "run says {answer}");
    let page = pair.offerer.look().await?;
    ensure!(
        page.status(5) == "done",
        "it is not done: {}",
        page.status(5)
    );
    Ok(())
}

async fn carried(world: &World) -> Result<()> {
    let url = world.page(&format!("mode=auto&room={}", world.room()));
    let pair = Pair {
        answerer: world.answerer(&url).await?,
        offerer: world.offerer(&url).await?,
    };
    for tab in [&pair.answerer, &pair.offerer] {
        let answer = run(tab, "join", Value::Null).await?;
        ensure!(answer == json!({"done": true}), "run says {answer}");
        ensure!(
            tab.look().await?.state("signaling-link") == "open",
            "{}: it is not joined",
            tab.name
        );
    }
    pair.chat().await?;
    let answer = run(&pair.offerer, "send-message", json!("from a program")).await?;
    ensure!(answer == json!({"done": true}), "run says {answer}");
    pair.answerer
        .wait("the line comes", |page| {
            page.received().last() == Some(&"from a program")
        })
        .await?;
    Ok(())
}

async fn run(tab: &Tab, command: &str, value: Value) -> Result<Value> {
    let script = "const element = document.querySelector('webrtc-steps');
        return element.run(arguments[0], arguments[1] ?? undefined)
            .then(() => ({ done: true }), (fault) => ({ refused: fault.message }));";
    tab.eval(script, vec![json!(command), value]).await
}
