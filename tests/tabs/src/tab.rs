//! One tab with the page in it: what it shows, and its controls under a real pointer and keyboard.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::elements::Element;
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::browser::{Driving, Session};
use crate::console;
use crate::devtools::DevTools;
use crate::pairing::Browser;
use crate::snapshot::Snapshot;

/// How long a fact may take before its absence is a failure.
pub const DEADLINE: Duration = Duration::from_secs(30);
/// Between two looks at the page.
pub const LOOK: Duration = Duration::from_millis(40);
/// The name that WebDriver gives to a reference to an element (WebDriver 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The Enter key (WebDriver 17.4.2).
const ENTER: &str = "\u{E007}";

/// A tab on the page.
#[derive(Debug)]
pub struct Tab {
    pub name: String,
    session: Rc<Session>,
    window: WindowHandle,
    closed: Cell<bool>,
    /// Console lines read so far: reading empties the browser's own list.
    console: RefCell<Vec<String>>,
}

impl Tab {
    /// Opens a tab of a browser on this address and waits until the element can be used.
    pub async fn open(name: &str, session: &Rc<Session>, url: &str) -> Result<Self> {
        let window = session.open_tab().await?;
        let tab = Self {
            name: format!("{name} ({})", session.browser),
            session: Rc::clone(session),
            window,
            closed: Cell::new(false),
            console: RefCell::default(),
        };
        tab.go(url).await?;
        Ok(tab)
    }

    /// Loads an address and waits until the element can be used.
    pub async fn go(&self, url: &str) -> Result<()> {
        let driving = self.session.drive(&self.window).await?;
        driving
            .client
            .goto(url)
            .await
            .with_context(|| format!("{}: loading {url}", self.name))?;
        drop(driving);
        let until = Instant::now() + DEADLINE;
        while self.eval(include_str!("probe.js"), vec![]).await? != json!(true) {
            ensure!(Instant::now() < until, "{}: no element mounted", self.name);
            tokio::time::sleep(LOOK).await;
        }
        self.wait("the form can be used", |page| page.can("join"))
            .await?;
        Ok(())
    }

    /// The browser, with this tab as the one it drives: for keys, sizes and commands of its own.
    pub async fn drive(&self) -> Result<Driving<'_>> {
        self.session.drive(&self.window).await
    }

    /// Which browser it is in.
    pub fn browser(&self) -> Browser {
        self.session.browser
    }

    /// Runs a script in the page.
    pub async fn eval(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let driving = self.session.drive(&self.window).await?;
        let value = driving.client.execute(script, arguments).await;
        value.with_context(|| format!("{}: running a script in the page", self.name))
    }

    /// What the tab shows now.
    pub async fn look(&self) -> Result<Snapshot> {
        let value = self.eval(include_str!("snapshot.js"), vec![]).await?;
        let page: Snapshot = serde_json::from_value(value)
            .with_context(|| format!("{}: reading what the page shows", self.name))?;
        let broken = page.broken_promise();
        ensure!(
            broken.is_none(),
            "{}: {}",
            self.name,
            broken.unwrap_or_default()
        );
        Ok(page)
    }

    /// Waits until something holds of what the tab shows.
    pub async fn wait(&self, what: &str, holds: impl Fn(&Snapshot) -> bool) -> Result<Snapshot> {
        self.wait_for(DEADLINE, what, holds).await
    }

    /// Waits for it as long as this.
    pub async fn wait_for(
        &self,
        limit: Duration,
        what: &str,
        holds: impl Fn(&Snapshot) -> bool,
    ) -> Result<Snapshot> {
        let until = Instant::now() + limit;
        loop {
            let page = self.look().await?;
            if holds(&page) {
                return Ok(page);
            }
            if Instant::now() > until {
                bail!(
                    "{}: waited {} s in vain until {what}",
                    self.name,
                    limit.as_secs()
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until a command can be given, and clicks its control.
    pub async fn click(&self, command: &str) -> Result<()> {
        self.wait(&format!("{command} can be clicked"), |page| {
            page.can(command)
        })
        .await?;
        self.press(command).await
    }

    /// Clicks the control of a command as it stands.
    pub async fn press(&self, command: &str) -> Result<()> {
        self.with(&format!("[data-command=\"{command}\"]"), async |control| {
            control.click().await
        })
        .await
    }

    /// Types a line into the chat and sends it with Enter.
    pub async fn say(&self, line: &str) -> Result<()> {
        self.wait("the chat takes a line", |page| page.can("send-message"))
            .await?;
        self.with("input[name=text]", async |field| {
            field.send_keys(&format!("{line}{ENTER}")).await
        })
        .await
    }

    /// Puts a text into a field of the page at once, as pasting does, and tells the page.
    pub async fn paste(&self, field: &str, text: &str) -> Result<()> {
        let script = "const field = document.querySelector('webrtc-steps').shadowRoot.querySelector(arguments[0]);
            field.focus(); field.value = arguments[1];
            field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertFromPaste' }));";
        self.eval(script, vec![json!(field), json!(text)]).await?;
        Ok(())
    }

    /// Everything the browser complained about in this tab.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        if self.session.browser == Browser::Chromium {
            let driving = self.session.drive(&self.window).await?;
            let fresh = console::chromium(driving.client).await?;
            self.console.borrow_mut().extend(fresh);
        }
        let mut all = self.look().await?.wrong;
        all.extend(self.console.borrow().iter().cloned());
        Ok(all)
    }

    /// Gives a command of Chromium's own protocol.
    pub async fn devtools(&self, method: &'static str, parameters: Value) -> Result<Value> {
        let driving = self.session.drive(&self.window).await?;
        let command = DevTools { method, parameters };
        let answer = driving.client.issue_cmd(command).await;
        answer.with_context(|| format!("{}: {method}", self.name))
    }

    /// A picture of what is in view, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let driving = self.session.drive(&self.window).await?;
        let picture = driving.client.screenshot().await;
        picture.with_context(|| format!("{}: taking a picture", self.name))
    }

    /// Closes the tab as its cross does.
    pub async fn close(&self) -> Result<()> {
        let driving = self.session.drive(&self.window).await?;
        let closed = driving.client.close_window().await;
        self.closed.set(true);
        closed.with_context(|| format!("{}: closing the tab", self.name))?;
        drop(driving);
        self.session.forget_window().await;
        Ok(())
    }

    /// A text for a failure message; never fails itself.
    pub async fn describe(&self) -> String {
        if self.closed.get() {
            return format!("{}: closed", self.name);
        }
        match self.look().await {
            Ok(page) => format!("{}: {page}", self.name),
            Err(error) => format!("{}: {error:#}", self.name),
        }
    }

    /// Does something with an element inside the shadow root.
    pub async fn with<T>(
        &self,
        selector: &str,
        act: impl AsyncFnOnce(Element) -> Result<T, fantoccini::error::CmdError>,
    ) -> Result<T> {
        let script =
            "return document.querySelector('webrtc-steps').shadowRoot.querySelector(arguments[0]);";
        self.on(script, selector, act).await
    }

    /// Does something with an element of the page around the shadow root.
    pub async fn with_outer<T>(
        &self,
        selector: &str,
        act: impl AsyncFnOnce(Element) -> Result<T, fantoccini::error::CmdError>,
    ) -> Result<T> {
        let script = "return document.querySelector(arguments[0]);";
        self.on(script, selector, act).await
    }

    async fn on<T>(
        &self,
        script: &str,
        selector: &str,
        act: impl AsyncFnOnce(Element) -> Result<T, fantoccini::error::CmdError>,
    ) -> Result<T> {
        let what = || format!("{}: using {selector}", self.name);
        let driving = self.session.drive(&self.window).await?;
        let found = driving.client.execute(script, vec![json!(selector)]).await;
        let found = found.with_context(what)?;
        let reference = found.get(ELEMENT).and_then(Value::as_str);
        let reference =
            reference.with_context(|| format!("{}: there is no {selector}", self.name))?;
        let element = Element::from_element_id(driving.client.clone(), reference.to_owned().into());
        act(element).await.with_context(what)
    }
}
