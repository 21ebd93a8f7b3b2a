//! The package under a bundler: Vite finds its files without a word of configuration, in development and in the build.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::package::{self, TWO, connect};
use webrtc_steps_pages::packed::Project;
use webrtc_steps_pages::site::Site;
use webrtc_steps_tabs::pairing::{CHROMIUM, SAME};
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

use crate::policy::{POLICY, WATCH};

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("what_npm_packs_is_the_whole_package", &[CHROMIUM], packed);
    ring.promise("vite_builds_a_page_with_the_package", &SAME, built);
    ring.promise(
        "vite_serves_the_package_while_one_works_on_a_page",
        &SAME,
        developed,
    );
}

/// A project with nothing but a page and one import.
async fn project() -> Result<Project> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>With a bundler</title>
        <script src=\"/watch.js\"></script><script type=\"module\" src=\"/main.js\"></script>{TWO}
        <webrtc-steps-pair></webrtc-steps-pair>"
    );
    let files = [
        ("index.html", page.as_str()),
        ("main.js", "import \"webrtc-steps\";\n"),
        ("package.json", "{\"private\": true, \"type\": \"module\"}"),
    ];
    let project = Project::with(&files, &[]).await?;
    std::fs::create_dir(project.path("public"))?;
    std::fs::write(project.path("public/watch.js"), WATCH)?;
    Ok(project)
}

async fn packed(_world: &World) -> Result<()> {
    let project = project().await?;
    let (mut whole, mut packed) = (BTreeSet::new(), BTreeSet::new());
    files_below(&package::folder()?, "", &mut whole)?;
    files_below(&project.path("node_modules/webrtc-steps"), "", &mut packed)?;
    ensure!(whole == packed, "{whole:?} against {packed:?}");
    for name in [
        "webrtc-steps.js",
        "webrtc-steps.d.ts",
        "integrity.json",
        "README.md",
    ] {
        ensure!(whole.contains(name), "no {name}");
    }
    Ok(())
}

fn files_below(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            files_below(&path, &format!("{name}/"), names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}

async fn built(world: &World) -> Result<()> {
    let project = project().await?;
    project.run("vite", &["build"]).await?;
    let policy = [("content-security-policy", POLICY)];
    let site = Site::serve(&[("/", &project.path("dist"))], &policy).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    connect(&page).await?;
    let pair = "return !!document.querySelector('webrtc-steps-pair').offerer.shadowRoot?.querySelector('[data-status=next]');";
    page.until("both sides of the pair are there", pair).await?;
    let said = page.eval("return violations;", vec![]).await?;
    ensure!(said == json!([]), "{said}");
    Ok(())
}

async fn developed(world: &World) -> Result<()> {
    let project = project().await?;
    let (_vite, address) = project.develop().await?;
    let page = Opened::at(world, world.pairing.offerer, &address).await?;
    connect(&page).await
}
