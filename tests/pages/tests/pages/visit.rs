//! The first visit and the ones after it: what is asked for, what a browser without the means is told, and what comes of a broken way.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tower_http::services::ServeDir;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// Whether the element can be used.
const USABLE: &str = "return !!document.querySelector('webrtc-steps')?.shadowRoot?.querySelector('[data-command=join]');";
/// What the element shows, as text.
const SHOWN: &str = "return document.querySelector('webrtc-steps').shadowRoot.textContent;";
/// The program, below the built page.
const PROGRAM: &str = "wasm/webrtc-steps_bg.wasm";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "a_first_visit_loads_nothing_twice_and_nothing_unused",
        &SAME,
        once,
    );
    ring.promise("a_second_visit_asks_for_the_page_alone", &SAME, again);
    ring.promise("without_webrtc_a_sentence_says_so", &SAME, no_webrtc);
    ring.promise("without_webassembly_a_sentence_says_so", &SAME, no_wasm);
    ring.promise("who_waits_long_reads_what_for", &SAME, slow);
    ring.promise(
        "a_program_that_is_not_there_is_a_sentence_and_can_be_tried_again",
        &SAME,
        missing,
    );
    ring.promise(
        "a_program_under_a_wrong_type_works_all_the_same",
        &SAME,
        wrong_type,
    );
    ring.promise(
        "what_is_no_program_is_named_with_its_type",
        &SAME,
        no_program,
    );
    ring.promise("a_page_without_its_scripts_is_not_blank", &SAME, no_scripts);
    ring.promise("who_comes_back_finds_a_form_that_works", &SAME, back);
    ring.promise(
        "offline_what_was_not_loaded_yet_is_named_and_the_rest_goes_on",
        &SAME,
        offline,
    );
}

/// Everything that was asked for below the page, with the bytes that came over the network.
async fn asked(page: &Opened) -> Result<Vec<(String, u64)>> {
    let script = "return performance.getEntriesByType('resource').map(({ name, transferSize }) => [name, transferSize]);";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

async fn once(world: &World) -> Result<()> {
    let page = Opened::at(world, world.pairing.offerer, &world.page("endpoint=tabs:")).await?;
    page.until("the element can be used", USABLE).await?;
    let mut names: Vec<_> = asked(&page)
        .await?
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    names.sort();
    let all = names.len();
    names.dedup();
    ensure!(names.len() == all, "something was loaded twice: {names:#?}");
    ensure!(
        !names
            .iter()
            .any(|name| name.contains("/panels/") || name.contains("panels_bg")),
        "what explains a run was loaded before there is one: {names:#?}"
    );
    let all = "return [...document.querySelectorAll('link, script')].map(({ href, src }) => href ?? src);";
    let all: Vec<String> = serde_json::from_value(page.eval(all, vec![]).await?)?;
    for name in names.iter().filter(|name| name.contains(".js?")) {
        ensure!(
            all.contains(name),
            "{name} is asked for only after another file named it"
        );
    }
    // What is asked for before it is known to be needed is needed.
    let hints = "return [...document.querySelectorAll('link[rel=preload], link[rel=modulepreload]')].map(({ href }) => href);";
    let hints: Vec<String> = serde_json::from_value(page.eval(hints, vec![]).await?)?;
    ensure!(hints.len() > 5, "the page hints at nothing: {hints:?}");
    for hint in hints {
        ensure!(
            names.contains(&hint),
            "{hint} is hinted at and was not loaded"
        );
    }
    Ok(())
}

async fn again(world: &World) -> Result<()> {
    let address = world.page("endpoint=tabs:");
    let page = Opened::at(world, world.pairing.offerer, &address).await?;
    page.until("the element can be used", USABLE).await?;
    page.go("about:blank").await?;
    page.go(&address).await?;
    page.until("the element can be used", USABLE).await?;
    let fetched: Vec<_> = asked(&page)
        .await?
        .into_iter()
        .filter(|(name, size)| *size > 0 && !name.contains("icon.svg"))
        .collect();
    ensure!(fetched.is_empty(), "the second visit fetched {fetched:#?}");
    Ok(())
}

/// A page of somebody's own with a script before the element's, and the built page at /steps.
fn host_page(script: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let page = format!(
        r#"<!doctype html><html lang="en"><title>A page of somebody else</title><script>{script}</script>
<script type="module" src="/steps/webrtc-steps.js"></script><webrtc-steps endpoint="tabs:"></webrtc-steps>"#
    );
    std::fs::write(folder.path().join("index.html"), page)?;
    Ok(folder)
}

/// Opens such a page and waits until the element shows this text.
async fn told(world: &World, script: &str, text: &str) -> Result<(Opened, Site)> {
    let folder = host_page(script)?;
    let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    shows(&page, text).await?;
    Ok((page, site))
}

/// Waits until the element shows a text.
async fn shows(page: &Opened, text: &str) -> Result<()> {
    let script = format!(
        "return !!document.querySelector('webrtc-steps').shadowRoot?.textContent.includes({});",
        json!(text)
    );
    page.until(&format!("the element says `{text}`"), &script)
        .await?;
    Ok(())
}

async fn no_webrtc(world: &World) -> Result<()> {
    let (page, _site) = told(
        world,
        "delete window.RTCPeerConnection;",
        "This browser has no WebRTC",
    )
    .await?;
    let wasm = asked(&page)
        .await?
        .into_iter()
        .find(|(name, _)| name.contains(".wasm"));
    ensure!(
        wasm.is_none(),
        "a program that cannot run was loaded: {wasm:?}"
    );
    Ok(())
}

async fn no_wasm(world: &World) -> Result<()> {
    let (page, _site) = told(
        world,
        "delete window.WebAssembly;",
        "This browser has no WebAssembly",
    )
    .await?;
    let state = page
        .eval(
            "return document.querySelector('webrtc-steps').dataset.state;",
            vec![],
        )
        .await?;
    ensure!(state == "stopped", "the host says {state}");
    Ok(())
}

/// The built page in a folder of its own, which a test may spoil.
fn copy_of_the_page() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    copy(&built_page()?, folder.path())?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (path, to) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy(&path, &to)?;
        } else {
            std::fs::copy(&path, &to)?;
        }
    }
    Ok(())
}

async fn slow(world: &World) -> Result<()> {
    let gate = Arc::new(Semaphore::new(0));
    let opener = Arc::clone(&gate);
    let wait = move |request: Request, next: Next| {
        let gate = Arc::clone(&gate);
        async move {
            if request.uri().path().ends_with(".wasm") {
                // Closed means that the test is over.
                let _turn = gate.acquire().await;
            }
            next.run(request).await
        }
    };
    let router = Router::new().fallback_service(ServeDir::new(built_page()?));
    let site = Site::run(router.layer(from_fn(wait))).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("?endpoint=tabs:")).await?;
    shows(&page, "The program of this page is still loading").await?;
    opener.add_permits(9);
    page.until("the element can be used", USABLE).await?;
    Ok(())
}

async fn missing(world: &World) -> Result<()> {
    let folder = copy_of_the_page()?;
    let (program, away) = (folder.path().join(PROGRAM), folder.path().join("away"));
    std::fs::rename(&program, &away)?;
    let site = Site::serve(&[("/", folder.path())], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("?endpoint=tabs:")).await?;
    shows(
        &page,
        "webrtc-steps_bg.wasm could not be loaded: its host answered with 404",
    )
    .await?;
    std::fs::rename(&away, &program)?;
    page.eval(
        "document.querySelector('webrtc-steps').shadowRoot.querySelector('button').click();",
        vec![],
    )
    .await?;
    page.until("the element can be used", USABLE).await?;
    Ok(())
}

/// The built page, its programs under another type.
async fn typed(world: &World, folder: &Path, kind: &'static str) -> Result<(Opened, Site)> {
    let retype = async move |request: Request, next: Next| {
        let program = request.uri().path().ends_with(".wasm");
        let mut answer = next.run(request).await;
        if program {
            answer
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        answer
    };
    let router = Router::new().fallback_service(ServeDir::new(folder));
    let site = Site::run(router.layer(from_fn(retype))).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("?endpoint=tabs:")).await?;
    Ok((page, site))
}

async fn wrong_type(world: &World) -> Result<()> {
    let (page, _site) = typed(world, &built_page()?, "application/octet-stream").await?;
    page.until("the element can be used", USABLE).await?;
    Ok(())
}

async fn no_program(world: &World) -> Result<()> {
    let folder = copy_of_the_page()?;
    // What some hosts answer where nothing is: the start page, with a good status.
    std::fs::write(
        folder.path().join(PROGRAM),
        "<!doctype html><title>Home</title>",
    )?;
    let (page, _site) = typed(world, folder.path(), "text/html").await?;
    shows(
        &page,
        "webrtc-steps_bg.wasm came as text/html and is no WebAssembly",
    )
    .await
}

async fn no_scripts(world: &World) -> Result<()> {
    let router = Router::new().fallback_service(ServeDir::new(built_page()?));
    let refuse = async |request: Request, next: Next| {
        if request.uri().path().ends_with("webrtc-steps.js") {
            return StatusCode::NOT_FOUND.into_response();
        }
        next.run(request).await
    };
    let site = Site::run(router.layer(from_fn(refuse))).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let seen = "const said = document.querySelector('.waiting'); return said?.checkVisibility({ visibilityProperty: true }) && said.innerText;";
    let said = page.until("a sentence can be seen", seen).await?;
    let said = said.as_str().context("no text")?;
    ensure!(said.contains("load the page again"), "{said}");
    Ok(())
}

async fn back(world: &World) -> Result<()> {
    let address = world.page("endpoint=tabs:&mode=manual");
    let page = Opened::at(world, world.pairing.offerer, &address).await?;
    let joins = "const steps = document.querySelector('webrtc-steps');
        if (steps?.dataset.signalingLink === 'open') return true;
        steps?.shadowRoot?.querySelector('[data-command=join]')?.click(); return false;";
    page.until("the room is joined", joins).await?;
    // Once by the browser's own memory of the page, once anew.
    page.go(&world.page("endpoint=tabs:&room=other")).await?;
    page.until("the element can be used", USABLE).await?;
    page.drive().await?.client.back().await?;
    page.until("the room is joined after coming back", joins)
        .await?;
    page.drive().await?.client.refresh().await?;
    page.until("the element can be used after a reload", USABLE)
        .await?;
    let state = "return document.querySelector('webrtc-steps').dataset.signalingLink;";
    let state = page.eval(state, vec![]).await?;
    ensure!(state == "none", "a reload joined by itself: {state}");
    page.until("the room is joined after a reload", joins)
        .await?;
    Ok(())
}

async fn offline(world: &World) -> Result<()> {
    // A connection that is kept would answer after its host is gone.
    let site = Site::serve(&[("/", &built_page()?)], &[("connection", "close")]).await?;
    let page = Opened::at(
        world,
        world.pairing.offerer,
        &site.url("?endpoint=tabs:&mode=manual"),
    )
    .await?;
    page.until("the element can be used", USABLE).await?;
    // From now on nothing answers there.
    drop(site);
    let joined = "const steps = document.querySelector('webrtc-steps');
        steps.shadowRoot.querySelector('[data-command=join]')?.click(); return steps.dataset.signalingLink === 'open';";
    page.until("the room is joined", joined).await?;
    shows(&page, "What explains this run could not be loaded").await?;
    page.until(
        "the next step can be taken",
        "return document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-command=create-peer-connection]')?.ariaDisabled !== 'true';",
    )
    .await?;
    let run = "return document.querySelector('webrtc-steps').run('create-peer-connection').then(() => true, String);";
    let done = page.eval(run, vec![]).await?;
    ensure!(
        done == Value::Bool(true),
        "{done}; {}",
        page.eval(SHOWN, vec![]).await?
    );
    Ok(())
}
