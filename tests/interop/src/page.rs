//! Our page, pointed at a foreign endpoint.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use base64ct::{Base64UrlUnpadded, Encoding};
use url::form_urlencoded;
use webrtc_steps_tabs::course::exchange;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::snapshot::{Snapshot, Told};
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

/// What the page says to a foreign client.
const LINE: &str = "hello from the page";

/// An endpoint and the dialect it speaks.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint<'a> {
    pub address: &'a str,
    /// A built-in name, or a whole document, which the link then carries.
    pub dialect: &'a str,
    pub room: &'a str,
}

impl Endpoint<'_> {
    /// The address of the page that joins here by itself once `join` is clicked, with these further fields.
    fn page(&self, world: &World, fields: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("mode", "auto");
        query.append_pair("endpoint", self.address);
        query.append_pair("room", self.room);
        query.extend_pairs(fields);
        if !self.dialect.starts_with('{') {
            query.append_pair("dialect", self.dialect);
            return world.page(&query.finish());
        }
        let document = Base64UrlUnpadded::encode_string(self.dialect.as_bytes());
        format!("{}#dialect={document}", world.page(&query.finish()))
    }

    /// Opens the page in a tab and joins, with these fields of the start form beside the endpoint's: `var.NAME`, `role`.
    pub async fn join(
        &self,
        world: &World,
        (name, browser): (&str, Browser),
        fields: &[(&str, &str)],
    ) -> Result<Rc<Tab>> {
        let tab = world.tab(name, browser, &self.page(world, fields)).await?;
        tab.click("join").await?;
        let page = tab
            .wait("the endpoint has let it in", |page| {
                page.state("signaling-link") == "open" || refusal(page).is_some()
            })
            .await?;
        let refused = refusal(&page);
        ensure!(refused.is_none(), "{}: {refused:?}", tab.name);
        Ok(tab)
    }
}

/// The id the endpoint knows this page by.
pub async fn id_of(tab: &Tab) -> Result<String> {
    let id = |page: &Snapshot| {
        let joined = page.told.iter().rev().find(|told| told.kind == "joined")?;
        Some(joined.rest.get("me")?.as_str()?.to_owned())
    };
    let page = tab
        .wait("the endpoint has said its id", |page| id(page).is_some())
        .await?;
    id(&page).context("the id is gone")
}

/// Both channels are open, a line goes each way, and neither page had trouble.
pub async fn chat(first: &Tab, second: &Tab) -> Result<()> {
    for tab in [first, second] {
        opened(tab).await?;
    }
    exchange(first, second, "from the first to the second").await?;
    exchange(second, first, "back from the second").await?;
    for tab in [first, second] {
        no_trouble(tab, &tab.look().await?)?;
    }
    Ok(())
}

/// Waits until the channel is open and the browser says that it is connected.
pub async fn opened(tab: &Tab) -> Result<()> {
    tab.wait("the channel is open", |page| {
        page.is_open() && page.state("connection-state") == "connected"
    })
    .await?;
    Ok(())
}

/// Says a line to a foreign client, and tells what it was.
pub async fn say(tab: &Tab) -> Result<&'static str> {
    tab.say(LINE).await?;
    Ok(LINE)
}

/// Waits until a line came through the channel.
pub async fn received(tab: &Tab, line: &str) -> Result<()> {
    tab.wait(&format!("`{line}` comes"), |page| {
        page.received().contains(&line)
    })
    .await?;
    no_trouble(tab, &tab.look().await?)
}

/// A field that the page did not accept.
fn refusal(page: &Snapshot) -> Option<&Told> {
    page.told.iter().find(|told| told.kind == "field-refused")
}

/// No trouble was told.
fn no_trouble(tab: &Tab, page: &Snapshot) -> Result<()> {
    let trouble = page.told.iter().find(|told| told.kind == "trouble");
    ensure!(trouble.is_none(), "{}: {trouble:?}", tab.name);
    Ok(())
}
