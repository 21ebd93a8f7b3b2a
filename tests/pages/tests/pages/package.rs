//! The package on a static host: any path, any origin, and no byte but its own.

use std::path::Path;

use anyhow::{Result, ensure};
use axum::Router;
use axum::http::{HeaderValue, header};
use serde_json::json;
use tempfile::TempDir;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::package::{self, change_one_byte, connect, hash_of, write_page};
use webrtc_steps_pages::site::Site;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const ANYBODY: (&str, &str) = ("access-control-allow-origin", "*");
/// What the first element shows.
const SHOWN: &str = "return document.querySelector('webrtc-steps').shadowRoot?.querySelector('[role=alert]')?.textContent;";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("the_package_works_from_any_path", &SAME, any_path);
    ring.promise(
        "the_package_works_from_another_origin",
        &SAME,
        another_origin,
    );
    ring.promise(
        "a_host_that_does_not_allow_other_origins_is_told_so",
        &SAME,
        not_allowed,
    );
    ring.promise(
        "a_changed_byte_of_the_program_is_told",
        &SAME,
        changed_program,
    );
    ring.promise(
        "a_changed_byte_of_the_panels_takes_only_the_panels",
        &SAME,
        changed_panels,
    );
    ring.promise("a_missing_file_is_named", &SAME, missing_file);
    ring.promise(
        "the_hash_in_the_readme_lets_this_module_run_and_no_other",
        &SAME,
        readme_hash,
    );
    ring.promise("the_class_comes_without_a_name", &SAME, class_only);
    ring.promise(
        "every_dialect_of_the_package_can_be_chosen",
        &SAME,
        dialects,
    );
}

/// A page and the package on one host.
async fn host(page: &Path, package: &Path, path: &str) -> Result<Site> {
    Site::serve(&[("/", page), (path, package)], &[]).await
}

/// The package in a folder of the test's own, to change it.
fn own_copy() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    package::copy(&package::folder()?, folder.path())?;
    Ok(folder)
}

fn script(address: &str) -> String {
    format!("<script type=\"module\" src=\"{address}\"></script>")
}

async fn any_path(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    write_page(
        folder.path(),
        &script("deep/below/any%20path/webrtc-steps.js"),
    )?;
    package::copy(
        &package::folder()?,
        &folder.path().join("deep/below/any path"),
    )?;
    let site = Site::serve(&[("/", folder.path())], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    connect(&page).await
}

async fn another_origin(world: &World) -> Result<()> {
    let files = package::folder()?;
    let cdn = Site::serve(&[("/", &files)], &[ANYBODY]).await?;
    let folder = tempfile::tempdir()?;
    let hash = hash_of(&files, "webrtc-steps.js")?;
    let address = cdn.other_origin("webrtc-steps.js");
    let head = format!(
        "<script type=\"module\" crossorigin integrity=\"{hash}\" src=\"{address}\"></script>"
    );
    write_page(folder.path(), &head)?;
    let site = Site::serve(&[("/", folder.path())], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    connect(&page).await
}

/// The module itself may be loaded; what it loads may not.
async fn not_allowed(world: &World) -> Result<()> {
    let files = package::folder()?;
    let open = SetResponseHeaderLayer::overriding(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    let module = Router::new()
        .route_service(
            "/webrtc-steps.js",
            ServeFile::new(files.join("webrtc-steps.js")),
        )
        .layer(open);
    let cdn = Site::with(module.fallback_service(ServeDir::new(&files))).await?;
    let folder = tempfile::tempdir()?;
    write_page(folder.path(), &script(&cdn.other_origin("webrtc-steps.js")))?;
    let site = Site::serve(&[("/", folder.path())], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    says(
        &page,
        &["another origin", "localhost", "Access-Control-Allow-Origin"],
    )
    .await
}

/// Waits until the element says that it stopped, in a sentence with these parts.
async fn says(page: &Opened, parts: &[&str]) -> Result<()> {
    let said = page.until("the element says what is wrong", SHOWN).await?;
    let said = said.as_str().unwrap_or_default();
    for part in parts {
        ensure!(said.contains(part), "no `{part}` in: {said}");
    }
    Ok(())
}

async fn changed_program(world: &World) -> Result<()> {
    let (folder, files) = (tempfile::tempdir()?, own_copy()?);
    change_one_byte(&files.path().join("wasm/webrtc-steps_bg.wasm"))?;
    write_page(folder.path(), &script("steps/webrtc-steps.js"))?;
    let site = host(folder.path(), files.path(), "/steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let parts = ["webrtc-steps_bg.wasm", "its hash is not the one"];
    says(&page, &parts).await
}

async fn changed_panels(world: &World) -> Result<()> {
    let (folder, files) = (tempfile::tempdir()?, own_copy()?);
    change_one_byte(&files.path().join("wasm/webrtc-steps-panels_bg.wasm"))?;
    write_page(folder.path(), &script("steps/webrtc-steps.js"))?;
    let site = host(folder.path(), files.path(), "/steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let join = "document.querySelector('webrtc-steps').run('join');";
    page.until("the element can be used", USABLE).await?;
    page.eval(join, vec![]).await?;
    let told = "const place = document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-place=panels]');
        return place?.querySelector('[data-view=panels]') && place.textContent;";
    let told = page.until("the panels say what is wrong", told).await?;
    let told = told.as_str().unwrap_or_default();
    ensure!(told.contains("its hash is not the one"), "{told}");
    let joined = "return document.querySelector('webrtc-steps').dataset.signalingLink === 'open';";
    page.until("the element went on", joined).await?;
    Ok(())
}

const USABLE: &str = "return !!document.querySelector('webrtc-steps').shadowRoot?.querySelector('[data-command=join]');";

async fn missing_file(world: &World) -> Result<()> {
    let (folder, files) = (tempfile::tempdir()?, own_copy()?);
    std::fs::remove_file(files.path().join("words/en.json"))?;
    write_page(folder.path(), &script("steps/webrtc-steps.js"))?;
    let site = host(folder.path(), files.path(), "/steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    says(&page, &["/steps/words/en.json", "404"]).await
}

/// The line as the package's README has it.
async fn readme_hash(world: &World) -> Result<()> {
    let files = own_copy()?;
    let readme = std::fs::read_to_string(files.path().join("README.md"))?;
    let from = readme.find("<script type=\"module\" crossorigin");
    let line = from.and_then(|from| readme.get(from..));
    let end = line.and_then(|line| line.find("</script>"));
    let (line, end) = (line.unwrap_or_default(), end.unwrap_or_default());
    let line = format!("{}</script>", line.get(..end).unwrap_or_default());
    ensure!(line.contains("integrity=\"sha384-"), "{readme}");
    let folder = tempfile::tempdir()?;
    write_page(folder.path(), &line)?;
    let site = host(folder.path(), files.path(), "/webrtc-steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    page.until("the element can be used", USABLE).await?;
    let module = files.path().join("webrtc-steps.js");
    let changed = std::fs::read_to_string(&module)? + "\n";
    std::fs::write(&module, changed)?;
    page.go(&site.url("")).await?;
    // The load event comes after every module has run or was refused.
    page.until("it is loaded", "return document.readyState === 'complete';")
        .await?;
    let defined = page
        .eval("return !!customElements.get('webrtc-steps');", vec![])
        .await?;
    ensure!(defined == json!(false), "a changed module ran");
    Ok(())
}

async fn class_only(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let code = "import { WebrtcSteps } from './steps/element.js';
        window.before = !!customElements.get('webrtc-steps');
        customElements.define('my-steps', class extends WebrtcSteps {});";
    std::fs::write(folder.path().join("own.js"), code)?;
    let page = format!("<!doctype html><title>Own</title>{}", script("own.js"));
    std::fs::write(
        folder.path().join("index.html"),
        page + "<my-steps></my-steps>",
    )?;
    let site = host(folder.path(), &package::folder()?, "/steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let usable = "return !!document.querySelector('my-steps').shadowRoot?.querySelector('[data-command=join]');";
    page.until("the element can be used under its own name", usable)
        .await?;
    let before = page.eval("return window.before;", vec![]).await?;
    ensure!(before == json!(false), "importing the class defined a name");
    Ok(())
}

/// Each title of the list leads to its document, and to no other file.
async fn dialects(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    write_page(folder.path(), &script("steps/webrtc-steps.js"))?;
    let site = host(folder.path(), &package::folder()?, "/steps").await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    page.until("the element can be used", USABLE).await?;
    let choose = "window.told = [];
        document.addEventListener('webrtc-steps', ({ detail }) => detail.kind === 'dialect' && told.push(detail.title));
        const element = document.querySelector('webrtc-steps').cloneNode();
        element.setAttribute('endpoint', 'ws://127.0.0.1:9/');
        element.setAttribute('dialect', 'peerjs');
        document.body.append(element);";
    page.eval(choose, vec![]).await?;
    page.until("its document is read", "return told.includes('PeerJS');")
        .await?;
    Ok(())
}
