//! The examples: a plain page, a frame of another host, a React component. Each is served as its README says.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::package;
use webrtc_steps_pages::packed::Project;
use webrtc_steps_pages::site::Site;
use webrtc_steps_tabs::pairing::{Browser, CHROMIUM, SAME};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::LOOK;
use webrtc_steps_tabs::world::World;

/// What the React example is made with.
const REACT: [&str; 6] = [
    "@types/react",
    "@types/react-dom",
    "@vitejs/plugin-react",
    "react",
    "react-dom",
    "vite",
];
/// Gives every step of the pair as it becomes the next one, and is true when both can talk.
const CONNECT: &str = "
    const pair = document.querySelector('webrtc-steps-pair');
    const sides = [pair?.offerer, pair?.answerer];
    for (const side of sides) {
      const next = side?.shadowRoot?.querySelector('[data-status=next] [data-command]');
      if (next && next.getAttribute('aria-disabled') !== 'true') next.click();
    }
    return sides.every((side) => side?.dataset.channelState === 'open');";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_plain_page_gives_a_command_and_follows_the_run",
        &SAME,
        plain,
    );
    ring.promise(
        "in_a_frame_of_another_host_both_sides_connect",
        &SAME,
        frame,
    );
    ring.promise("a_react_component_follows_a_lesson", &SAME, react);
    ring.promise("the_types_fit_a_react_component", &[CHROMIUM], react_types);
}

fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{name}"))
}

async fn plain(world: &World) -> Result<()> {
    let (own, files) = (example("plain"), package::folder()?);
    let site = Site::serve(&[("/", &own), ("/webrtc-steps", &files)], &[]).await?;
    let first = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let join = "const element = document.querySelector('webrtc-steps');
        if (!element.shadowRoot?.querySelector('[data-command=join]')) return false;
        document.querySelector('#join').click();
        return true;";
    let says =
        |text: &str| format!("return document.querySelector('#happened').value === '{text}';");
    first.until("the element can be used", join).await?;
    first
        .until("the page tells of the room", &says("You are in the room."))
        .await?;
    let second = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    second.until("the element can be used", join).await?;
    first
        .until(
            "the page tells of the other side",
            &says("The other side is in the room."),
        )
        .await?;
    second
        .eval("document.querySelector('#join').click();", vec![])
        .await?;
    let refused = "const shown = document.querySelector('#happened').value;
        return shown !== '' && !/in the room|joined yet/.test(shown);";
    second
        .until("the page tells that one joins once only", refused)
        .await?;
    Ok(())
}

/// The element's host is the relay, as on the project's own page.
async fn frame(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    package::copy(&example("iframe"), folder.path())?;
    let index = folder.path().join("index.html");
    let text = std::fs::read_to_string(&index)?;
    let host = format!("http://{}", world.relay.address());
    std::fs::write(&index, text.replace("https://steps.example", &host))?;
    let site = Site::serve(&[("/", folder.path())], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    page.until(
        "the frame is there",
        "return !!document.querySelector('iframe');",
    )
    .await?;
    in_frame(&page, CONNECT).await?;
    if world.pairing.offerer == Browser::Chromium {
        // Firefox has no such policy: there a click is enough.
        let allowed = "return document.featurePolicy.allowsFeature('clipboard-write');";
        in_frame(&page, allowed).await?;
    }
    Ok(())
}

/// Waits in the page's frame until a script answers with something true.
async fn in_frame(page: &Opened, script: &str) -> Result<()> {
    let driving = page.drive().await?;
    driving.client.enter_frame(0).await?;
    let until = std::time::Instant::now() + webrtc_steps_tabs::tab::DEADLINE;
    let mut answer = Value::Null;
    while answer != json!(true) && std::time::Instant::now() < until {
        answer = driving.client.execute(script, vec![]).await?;
        tokio::time::sleep(LOOK).await;
    }
    driving.client.enter_parent_frame().await?;
    ensure!(answer == json!(true), "in vain in the frame: {script}");
    Ok(())
}

async fn react(world: &World) -> Result<()> {
    let project = Project::of(&example("react"), &REACT).await?;
    project.run("vite", &["build"]).await?;
    let site = Site::serve(&[("/", &project.path("dist"))], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    page.until(
        "the lesson is there",
        "return document.querySelectorAll('li').length > 3;",
    )
    .await?;
    let none = page
        .eval(
            "return document.querySelectorAll('li strong').length;",
            vec![],
        )
        .await?;
    ensure!(
        none == json!(0),
        "{none} tasks were done before anything happened"
    );
    page.until("both sides can talk", CONNECT).await?;
    let all = "return document.querySelectorAll('li strong').length === document.querySelectorAll('li').length
        && !document.querySelector('[aria-current]');";
    page.until("every task is done", all).await?;
    Ok(())
}

async fn react_types(_world: &World) -> Result<()> {
    let project = Project::of(&example("react"), &REACT).await?;
    project.run("tsc", &["--noEmit"]).await?;
    let lesson = project.path("src/Lesson.tsx");
    let text = std::fs::read_to_string(&lesson)?;
    let wrong = text.replace(
        "event.kind === \"description\"",
        "event.kind === \"descriptions\"",
    );
    ensure!(wrong != text, "there is nothing to make wrong");
    std::fs::write(&lesson, wrong)?;
    let found = project.run("tsc", &["--noEmit"]).await.err();
    let found = found.context("an event that there is none of was not found")?;
    ensure!(format!("{found:#}").contains("descriptions"), "{found:#}");
    Ok(())
}
