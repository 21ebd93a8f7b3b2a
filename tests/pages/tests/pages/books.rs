//! A course book made with mdBook, and a slide deck: the examples of this repository, with the element working in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tokio::process::Command;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page, mdbook, node_modules};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// Gives every step of the pair as it becomes the next one, and is true when both can talk.
const CONNECT: &str = "
    const pair = document.querySelector('webrtc-steps-pair');
    const sides = [pair?.offerer, pair?.answerer];
    for (const side of sides) {
      const next = side?.shadowRoot?.querySelector('[data-status=next] [data-command]');
      if (next?.getAttribute('aria-disabled') === 'false') next.click();
    }
    return sides.every((side) => side?.dataset.channelState === 'open');";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("a_chapter_of_a_book_connects_both_sides", &SAME, book);
    ring.promise(
        "a_book_in_a_dark_theme_has_a_dark_element",
        &SAME,
        dark_book,
    );
    ring.promise(
        "a_slide_deck_is_not_turned_by_who_types_into_the_element",
        &SAME,
        slides,
    );
}

async fn book(world: &World) -> Result<()> {
    let (_folder, site) = made_book().await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("both-sides.html")).await?;
    page.until("both sides can talk", CONNECT).await?;
    Ok(())
}

async fn dark_book(world: &World) -> Result<()> {
    let (_folder, site) = made_book().await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("two-tabs.html")).await?;
    let ground =
        "const shown = document.querySelector('webrtc-steps')?.shadowRoot.querySelector('.page');
        return shown && getComputedStyle(shown).backgroundColor;";
    let light = page.until("the element is there", ground).await?;
    page.eval("localStorage.setItem('mdbook-theme', 'navy');", vec![])
        .await?;
    page.go(&site.url("two-tabs.html")).await?;
    let dark = page.until("the element is there", ground).await?;
    ensure!(light != dark, "the ground is {light} in both themes");
    Ok(())
}

async fn slides(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&example("slides"), folder.path()).await?;
    let reveal = node_modules()?.join("reveal.js/dist");
    let folders = [
        ("/", folder.path()),
        ("/webrtc-steps", &built_page()?),
        ("/reveal", &reveal),
    ];
    let site = Site::serve(&folders, &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("#/1")).await?;
    page.until("both sides can talk", CONNECT).await?;
    let field = "return document.querySelector('webrtc-steps-pair').offerer.shadowRoot.querySelector('input[name=text]');";
    // Letters and a space that turn slides elsewhere.
    page.type_into(field, "no place\u{E007}").await?;
    let came = "const root = document.querySelector('webrtc-steps-pair').answerer.shadowRoot;
        return [...root.querySelectorAll('[data-message=received]')].some((line) => line.textContent.trim() === 'no place');";
    page.until("the line came", came).await?;
    let place = page.eval("return location.hash;", vec![]).await?;
    ensure!(place == json!("#/1"), "typing led to the slide {place}");
    Ok(())
}

/// The example book with the built page as its package, made by mdBook and served.
async fn made_book() -> Result<(tempfile::TempDir, Site)> {
    let folder = tempfile::tempdir()?;
    copy(&example("mdbook"), folder.path()).await?;
    copy(&built_page()?, &folder.path().join("src/webrtc-steps")).await?;
    let made = Command::new(mdbook()?)
        .arg("build")
        .arg(folder.path())
        .output()
        .await
        .context("starting mdBook")?;
    let said = String::from_utf8_lossy(&made.stderr);
    ensure!(made.status.success(), "mdBook made no book: {said}");
    let site = Site::serve(&[("/", &folder.path().join("book"))], &[]).await?;
    Ok((folder, site))
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name)
}

/// Copies a folder's content into another.
async fn copy(from: &Path, to: &Path) -> Result<()> {
    let done = Command::new("cp")
        .arg("-rT")
        .arg(from)
        .arg(to)
        .status()
        .await?;
    ensure!(done.success(), "copying {} failed", from.display());
    Ok(())
}
