//! The program that the page writes for a side: taken from its panel, and run in a tab of its own.

use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::Session;
use crate::env;
use crate::pairing::Browser;
use crate::relay::Relay;
use crate::tab::{DEADLINE, LOOK, Tab};
use crate::world::World;

/// Opens the panel and gives the program's text, once there is one.
const TEXT: &str = "const root = document.querySelector('webrtc-steps').shadowRoot;
    const panel = root.querySelector('[data-at=code]');
    const fold = panel?.querySelector('[data-do=fold]');
    if (fold?.getAttribute('aria-expanded') === 'false') fold.click();
    return panel?.querySelector('[data-part=text]')?.value ?? '';";
/// Everything that a program has told: what, and the whole line.
const TOLD: &str = "return [...document.querySelectorAll('li[data-what]')].map((item) => [item.dataset.what, item.textContent]);";
/// Writes a line into a program's field and sends it.
const SAY: &str = "const field = document.querySelector('form input');
    field.value = arguments[0];
    field.form.requestSubmit();";

/// The text field of what is to be carried by hand, and that of what was.
const OUTGOING: &str = "return document.querySelector('[data-signal=outgoing]').value;";
const INCOMING: &str = "const field = document.querySelector('[data-signal=incoming]');
    field.value = arguments[0];
    field.nextElementSibling.click();";

/// A program under way. Its tab is closed with its browser's others.
pub struct Running {
    name: String,
    session: Rc<Session>,
    window: WindowHandle,
    /// What it was loaded from.
    _folder: TempDir,
    _relay: Option<Relay>,
}

/// Takes the program from a tab's panel.
pub async fn taken(tab: &Tab) -> Result<String> {
    let until = Instant::now() + DEADLINE;
    loop {
        let text = tab.eval(TEXT, vec![]).await?;
        if let Some(text) = text.as_str().filter(|text| !text.is_empty()) {
            return Ok(text.to_owned());
        }
        ensure!(Instant::now() < until, "{}: there is no program", tab.name);
        tokio::time::sleep(LOOK).await;
    }
}

/// The built page on a relay of its own, with a program beside it: tabs hear each other within one site only.
pub async fn beside_the_page(text: &str) -> Result<(Relay, TempDir)> {
    let folder = TempDir::new().context("making a folder for a site")?;
    copy(&env::page()?, folder.path()).context("copying the page")?;
    let page = "<!doctype html><meta charset=\"utf-8\"><body><script type=\"module\" src=\"side.mjs\"></script>";
    std::fs::write(folder.path().join("side.html"), page)?;
    std::fs::write(folder.path().join("side.mjs"), text)?;
    let relay = Relay::start_with(folder.path()).await?;
    Ok((relay, folder))
}

impl Running {
    /// Opens a program as a reader does who has downloaded it: a page of the file system.
    pub async fn from_file(world: &World, browser: Browser, text: &str) -> Result<Self> {
        let folder = TempDir::new().context("making a folder for a program")?;
        let file = folder.path().join("side.html");
        let page = format!(
            "<!doctype html>\n<meta charset=\"utf-8\">\n<script type=\"module\">\n{text}</script>\n"
        );
        std::fs::write(&file, page).context("writing a program")?;
        let url = format!("file://{}", file.display());
        Self::open(world, browser, &url, folder, None).await
    }

    /// Opens a program that lies beside the page.
    pub async fn from_site(
        world: &World,
        browser: Browser,
        (relay, folder): (Relay, TempDir),
    ) -> Result<Self> {
        let url = format!("http://{}/side.html", relay.address());
        Self::open(world, browser, &url, folder, Some(relay)).await
    }

    async fn open(
        world: &World,
        browser: Browser,
        url: &str,
        folder: TempDir,
        relay: Option<Relay>,
    ) -> Result<Self> {
        let session = world.session(browser).await?;
        let window = session.open_tab().await?;
        let driving = session.drive(&window).await?;
        let loaded = driving.client.goto(url).await;
        loaded.with_context(|| format!("loading {url}"))?;
        drop(driving);
        Ok(Self {
            name: format!("the program ({browser})"),
            session,
            window,
            _folder: folder,
            _relay: relay,
        })
    }

    /// Waits until it has told this, with this text in it.
    pub async fn until(&self, what: &str, text: &str) -> Result<()> {
        let until = Instant::now() + DEADLINE;
        loop {
            let told = self.eval(TOLD, vec![]).await?;
            let told: Vec<(String, String)> = serde_json::from_value(told)?;
            if told
                .iter()
                .any(|(known, line)| known == what && line.contains(text))
            {
                return Ok(());
            }
            let failed = told.iter().any(|(known, _)| known == "failed");
            if failed || Instant::now() > until {
                let lines: Vec<_> = told
                    .iter()
                    .map(|(_, line)| line.chars().take(160).collect::<String>())
                    .collect();
                bail!(
                    "{} did not tell `{what} {text}`; it told:\n{}",
                    self.name,
                    lines.join("\n")
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// A line goes from the page to the program, and one back.
    pub async fn chats_with(&self, page: &Tab) -> Result<()> {
        page.wait("the channel is open", |page| page.is_open())
            .await?;
        self.until("data channel", "is open").await?;
        page.say("from the page").await?;
        self.until("theirs", "from the page").await?;
        self.eval(SAY, vec![json!("from the program")]).await?;
        page.wait("the program's line comes", |page| {
            page.received().contains(&"from the program")
        })
        .await?;
        Ok(())
    }

    /// What it gives to carry by hand, once there is something.
    pub async fn to_carry(&self) -> Result<String> {
        self.until("to carry", "").await?;
        let text = self.eval(OUTGOING, vec![]).await?;
        text.as_str().map(str::to_owned).context("it gives no text")
    }

    /// Gives it what was carried from the other side.
    pub async fn take_in(&self, text: &str) -> Result<()> {
        self.eval(INCOMING, vec![json!(text)]).await.map(drop)
    }

    /// Closes its tab as its cross does.
    pub async fn close(&self) -> Result<()> {
        let driving = self.session.drive(&self.window).await?;
        let closed = driving.client.close_window().await;
        closed.with_context(|| format!("{}: closing its tab", self.name))?;
        drop(driving);
        self.session.forget_window().await;
        Ok(())
    }

    async fn eval(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let driving = self.session.drive(&self.window).await?;
        let value = driving.client.execute(script, arguments).await;
        value.with_context(|| format!("{}: running a script", self.name))
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
