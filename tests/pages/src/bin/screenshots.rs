//! Pictures of the page's main states at three widths in both themes, for a person to look at: `cargo xtask screenshots [FOLDER]`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_pages::site::built_page;
use webrtc_steps_tabs::course::{ANSWER, OFFER, Pair, before};
use webrtc_steps_tabs::pairing::{Browser, CHROMIUM};
use webrtc_steps_tabs::tab::{LOOK, Tab};
use webrtc_steps_tabs::world::World;

/// A phone, a tablet, a desktop: width and height in CSS pixels.
const SIZES: [(u32, u32); 3] = [(390, 844), (834, 1112), (1440, 900)];
const THEMES: [&str; 2] = ["light", "dark"];
/// How long a page may take to show what a picture is of, in ms.
const PATIENCE: u32 = 25_000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .context("give a folder for the pictures")?;
    let album = Album {
        folder: folder.into(),
    };
    std::fs::create_dir_all(&album.folder)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(album.fill())
}

/// The folder of the pictures.
struct Album {
    folder: PathBuf,
}

impl Album {
    async fn fill(&self) -> Result<()> {
        for language in languages()? {
            self.start(&language).await?;
            self.course(&language).await?;
        }
        self.stuck_and_refused().await?;
        self.workbench().await?;
        self.both().await
    }

    /// The first visit: the choice, and the form that a link leads to.
    async fn start(&self, language: &str) -> Result<()> {
        let world = World::start(CHROMIUM).await?;
        for (name, query) in [("start", ""), ("form", "endpoint=tabs:")] {
            let page = world.page(&format!("lang={language}&{query}"));
            let tab = world.tab(name, Browser::Chromium, &page).await?;
            self.take(&tab, name, language).await?;
        }
        Ok(())
    }

    /// A run from its middle to the chat, and back into its past.
    async fn course(&self, language: &str) -> Result<()> {
        let world = World::start(CHROMIUM).await?;
        let pair = Pair::join(&world, &format!("mode=manual&lang={language}")).await?;
        pair.take_all(before(OFFER, "send-offer")).await?;
        panels(&pair.offerer).await?;
        panels(&pair.answerer).await?;
        self.take(&pair.offerer, "offerer", language).await?;
        pair.take_all(OFFER.into_iter().filter(|click| click.1 == "send-offer"))
            .await?;
        pair.take_all(before(ANSWER, "create-answer")).await?;
        self.take(&pair.answerer, "answerer", language).await?;
        pair.follow().await?;
        pair.chat().await?;
        self.take(&pair.offerer, "connected", language).await?;
        self.take(&pair.answerer, "connected-answerer", language)
            .await?;
        for panel in [
            "code",
            "descriptions",
            "candidates",
            "exercises",
            "faults",
            "record",
        ] {
            show(&pair.offerer, panel).await?;
            self.take(&pair.offerer, panel, language).await?;
        }
        for name in ["replay", "replay-back", "replay-back", "replay-back"] {
            let script = "document.querySelector('webrtc-steps').shadowRoot.querySelector(arguments[0])?.click();";
            let button = format!("[data-do={name}]");
            pair.offerer.eval(script, vec![json!(button)]).await?;
        }
        self.take(&pair.offerer, "replay", language).await
    }

    /// What never came, and what the browser refuses.
    async fn stuck_and_refused(&self) -> Result<()> {
        let world = World::start(CHROMIUM).await?;
        let pair = Pair::join(&world, "mode=manual").await?;
        pair.take_all(OFFER).await?;
        pair.take_all(ANSWER).await?;
        panels(&pair.offerer).await?;
        // Nobody sends a candidate, and the answer is set twice.
        pair.offerer.click("set-remote-description").await?;
        pair.offerer.press("let-me-fail").await?;
        pair.offerer.press("set-remote-description").await?;
        until(&pair.offerer, ".diag.refused").await?;
        self.take(&pair.offerer, "refused", "en").await?;
        until(&pair.offerer, ".diag.diagnosis").await?;
        self.take(&pair.offerer, "refused-and-stuck", "en").await?;
        self.take(&pair.answerer, "stuck", "en").await
    }

    /// A dialect made to fit.
    async fn workbench(&self) -> Result<()> {
        let world = World::start(CHROMIUM).await?;
        let tab = world
            .tab(
                "workbench",
                Browser::Chromium,
                &world.page("endpoint=tabs:"),
            )
            .await?;
        let script = "document.querySelector('webrtc-steps').shadowRoot.querySelector('.start-page [data-view=workbench], [data-view=workbench]').click();";
        tab.eval(script, vec![]).await?;
        until(&tab, ".wb").await?;
        self.take(&tab, "workbench", "en").await
    }

    /// Both peers here: the start, and the middle.
    async fn both(&self) -> Result<()> {
        let world = World::start(CHROMIUM).await?;
        let tab = world.page("endpoint=tabs:");
        let tab = world.tab("pair", Browser::Chromium, &tab).await?;
        tab.eval(
            "location.assign(arguments[0]);",
            vec![json!(world.page("both"))],
        )
        .await?;
        both_run(&tab, "").await?;
        self.take(&tab, "pair-start", "en").await?;
        for command in [
            "create-peer-connection",
            "add-data-channel",
            "create-offer",
            "set-local-description",
            "send-offer",
        ] {
            both_run(&tab, command).await?;
        }
        self.take(&tab, "pair", "en").await
    }

    /// Takes a state at every width in both themes, as NAME-WIDTH-THEME-LANGUAGE.png.
    async fn take(&self, tab: &Rc<Tab>, name: &str, language: &str) -> Result<()> {
        for (width, height) in SIZES {
            for theme in THEMES {
                let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
                tab.devtools("Emulation.setDeviceMetricsOverride", metrics)
                    .await?;
                let media = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
                tab.devtools("Emulation.setEmulatedMedia", media).await?;
                settle(tab).await?;
                let file = self
                    .folder
                    .join(format!("{name}-{width}-{theme}-{language}.png"));
                std::fs::write(&file, tab.picture().await?)?;
                println!("{}", file.display());
            }
        }
        tab.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await?;
        Ok(())
    }
}

/// The languages that the built page has words for.
fn languages() -> Result<Vec<String>> {
    let mut languages = vec!["en".to_owned()];
    if built_page()?.join("words/de.json").is_file() {
        languages.push("de".to_owned());
    }
    Ok(languages)
}

/// Gives the offerer of a pair a command, or waits until it could be given one.
async fn both_run(tab: &Tab, command: &str) -> Result<()> {
    let script = "const [command, patience] = arguments;
        const end = performance.now() + patience;
        return new Promise((done) => {
            const look = () => {
                const side = document.querySelector('webrtc-steps-pair')?.offerer;
                const control = side?.shadowRoot?.querySelector(`[data-command=${command || 'create-peer-connection'}]`);
                if (control && control.ariaDisabled !== 'true') {
                    if (command) side.run(command).then(() => done(true), (fault) => done(fault.message)); else done(true);
                } else if (performance.now() > end) done('never could be given'); else setTimeout(look, 50);
            };
            look();
        });";
    let until = Instant::now() + Duration::from_millis(PATIENCE.into());
    loop {
        // A script that meets the change of pages fails; the next one finds the new page.
        match tab
            .eval(script, vec![json!(command), json!(PATIENCE)])
            .await
        {
            Ok(done) => {
                ensure!(done == Value::Bool(true), "{command}: {done}");
                return Ok(());
            }
            Err(error) if Instant::now() > until => return Err(error),
            Err(_) => tokio::time::sleep(LOOK).await,
        }
    }
}

/// Two frames after the layout changed.
async fn settle(tab: &Tab) -> Result<()> {
    let script = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
    tab.eval(script, vec![]).await?;
    Ok(())
}

/// Waits until the panels are there.
async fn panels(tab: &Tab) -> Result<()> {
    until(tab, "[data-place=panels] > *").await
}

async fn show(tab: &Tab, place: &str) -> Result<()> {
    let script = "return document.querySelector('webrtc-steps').show(arguments[0]).then(() => true, String);";
    let shown = tab.eval(script, vec![json!(place)]).await?;
    ensure!(shown == Value::Bool(true), "{place}: {shown}");
    Ok(())
}

/// Waits until the element shows something.
async fn until(tab: &Tab, selector: &str) -> Result<()> {
    let script = "const [selector, patience] = arguments;
        const root = document.querySelector('webrtc-steps').shadowRoot;
        const end = performance.now() + patience;
        return new Promise((done) => {
            const look = () => {
                const seen = [...root.querySelectorAll(selector)].some((node) => node.checkVisibility());
                if (seen || performance.now() > end) done(seen); else setTimeout(look, 50);
            };
            look();
        });";
    let seen = tab
        .eval(script, vec![json!(selector), json!(PATIENCE)])
        .await?;
    ensure!(
        seen == Value::Bool(true),
        "{} never showed {selector}",
        tab.name
    );
    Ok(())
}
