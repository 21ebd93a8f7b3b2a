//! Two lines of HTML.

use anyhow::Result;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

const PAGE: &str = r#"<!doctype html><html lang="en"><title>A page of somebody else</title><p>Before.</p>
<script type="module" src="/steps/webrtc-steps.js"></script>
<webrtc-steps endpoint="tabs:" mode="manual"></webrtc-steps>"#;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("two_lines_of_html_give_the_whole_element", &SAME, two_lines);
}

async fn two_lines(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), PAGE)?;
    let site = Site::serve(&[("/", folder.path()), ("/steps", &built_page()?)], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    let join = "return !!document.querySelector('webrtc-steps').shadowRoot?.querySelector('[data-command=join]');";
    page.until("the element can be used", join).await?;
    Ok(())
}
