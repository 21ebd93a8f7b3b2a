//! A tab on somebody's page: scripts in it, and waiting for what they say.

use std::rc::Rc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::wd::WindowHandle;
use serde_json::Value;
use webrtc_steps_tabs::browser::{Driving, Session};
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::tab::{DEADLINE, LOOK};
use webrtc_steps_tabs::world::World;

/// The name that WebDriver gives to a reference to an element (WebDriver 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A tab; it is closed with its browser's other tabs when the test is over.
#[derive(Debug)]
pub struct Opened {
    session: Rc<Session>,
    window: WindowHandle,
}

impl Opened {
    /// Opens an address in a new tab of this browser.
    pub async fn at(world: &World, browser: Browser, url: &str) -> Result<Self> {
        let session = world.session(browser).await?;
        let window = session.open_tab().await?;
        let opened = Self { session, window };
        opened.go(url).await?;
        Ok(opened)
    }

    /// Loads an address.
    pub async fn go(&self, url: &str) -> Result<()> {
        let driving = self.drive().await?;
        let loaded = driving.client.goto(url).await;
        loaded.with_context(|| format!("loading {url}"))
    }

    /// The browser, with this tab as the one it drives: for clicks, keys and pictures.
    pub async fn drive(&self) -> Result<Driving<'_>> {
        self.session.drive(&self.window).await
    }

    /// Runs a script in the page.
    pub async fn eval(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let driving = self.drive().await?;
        let value = driving.client.execute(script, arguments).await;
        value.with_context(|| format!("running in the page: {script}"))
    }

    /// Types into the element that a script answers with, wherever its shadow root is.
    pub async fn type_into(&self, script: &str, keys: &str) -> Result<()> {
        let driving = self.drive().await?;
        let found = driving.client.execute(script, vec![]).await;
        let found = found.with_context(|| format!("running in the page: {script}"))?;
        let reference = found.get(ELEMENT).and_then(Value::as_str);
        let reference = reference.with_context(|| format!("no element from {script}"))?;
        let field = Element::from_element_id(driving.client.clone(), reference.to_owned().into());
        field.send_keys(keys).await.context("typing into the page")
    }

    /// Waits until a script answers with something that is true; gives that.
    pub async fn until(&self, what: &str, script: &str) -> Result<Value> {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let value = self.eval(script, vec![]).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(value);
            }
            if Instant::now() > deadline {
                let shown = self
                    .eval("return document.body?.innerText;", vec![])
                    .await?;
                bail!(
                    "waited {} s in vain until {what}; the page shows: {shown}",
                    DEADLINE.as_secs()
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
