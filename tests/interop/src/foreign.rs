//! Other people's WebRTC clients: a tab or a program that tells what happens in lines of JSON, `{"ready":…}`, `{"open":…}`, `{"received":…}`.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::timeout;
use url::form_urlencoded;
use webrtc_steps_tabs::browser::Session;
use webrtc_steps_tabs::children::Program;
use webrtc_steps_tabs::pairing::Browser;
use webrtc_steps_tabs::tab::{DEADLINE, LOOK};
use webrtc_steps_tabs::world::World;

use crate::server::Server;

/// A client of the other side. Dropping a program ends it; a tab is closed with its browser's other tabs.
pub struct Foreign {
    name: String,
    place: Place,
    /// The lines read so far.
    lines: Vec<String>,
}

enum Place {
    Tab(Rc<Session>, WindowHandle),
    Program(Program),
}

impl Foreign {
    /// Opens the page of a client, tabs/NAME.js, with these words in its query.
    pub async fn tab(
        world: &World,
        browser: Browser,
        pages: &Server,
        name: &str,
        query: &[(&str, &str)],
    ) -> Result<Self> {
        let session = world.session(browser).await?;
        let window = session.open_tab().await?;
        let query: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        let url = format!("http://{}/{name}?{query}", pages.address());
        let driving = session.drive(&window).await?;
        let loaded = driving.client.goto(&url).await;
        loaded.with_context(|| format!("loading {url}"))?;
        drop(driving);
        Ok(Self {
            name: format!("{name} ({browser})"),
            place: Place::Tab(session, window),
            lines: Vec::new(),
        })
    }

    /// Starts a program that is a client.
    pub fn program(name: &str, command: Command) -> Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            place: Place::Program(Program::run(name, command)?),
            lines: Vec::new(),
        })
    }

    /// Waits until it is where others can find it; gives what it says of itself, such as its id.
    pub async fn ready(&mut self) -> Result<Value> {
        self.told("ready", |_| true).await
    }

    /// Waits until its data channel is open.
    pub async fn open(&mut self) -> Result<()> {
        self.told("open", |_| true).await.map(drop)
    }

    /// Waits until this text has come through its data channel.
    pub async fn received(&mut self, text: &str) -> Result<()> {
        let wanted = json!(text);
        self.told("received", |value| *value == wanted)
            .await
            .map(drop)
    }

    /// Waits until it has heard that its data channel is gone.
    pub async fn closed(&mut self) -> Result<()> {
        self.told("closed", |_| true).await.map(drop)
    }

    /// Makes the client of a tab hang up, by its own means.
    pub async fn hang_up(&self) -> Result<()> {
        let Place::Tab(session, window) = &self.place else {
            bail!("{} is no tab", self.name);
        };
        let driving = session.drive(window).await?;
        let done = driving.client.execute("window.hangUp();", vec![]).await;
        done.with_context(|| format!("{}: hanging up", self.name))?;
        Ok(())
    }

    /// Waits for a line with this one key whose value is as wanted.
    async fn told(&mut self, key: &str, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        let until = Instant::now() + DEADLINE;
        loop {
            let values = self.lines.iter().filter_map(|line| value_of(line, key));
            if let Some(value) = values.into_iter().find(&wanted) {
                return Ok(value);
            }
            let failed = self.lines.iter().find_map(|line| value_of(line, "failed"));
            if failed.is_some() || Instant::now() > until {
                let lines = self.lines.join("\n");
                bail!(
                    "{} did not tell `{key}` as expected; it told:\n{lines}",
                    self.name
                );
            }
            self.read(LOOK).await?;
        }
    }

    /// Reads what it told since, waiting this long for more.
    async fn read(&mut self, patience: Duration) -> Result<()> {
        match &mut self.place {
            Place::Program(program) => {
                if let Ok(line) = timeout(patience, program.line()).await {
                    self.lines.push(line.with_context(|| {
                        format!("{} ended. It said: {}", self.name, program.said())
                    })?);
                }
            }
            Place::Tab(session, window) => {
                let driving = session.drive(window).await?;
                let said = driving.client.execute("return window.said ?? [];", vec![]);
                let said = said
                    .await
                    .with_context(|| format!("asking {}", self.name))?;
                drop(driving);
                self.lines = serde_json::from_value(said)?;
                tokio::time::sleep(patience).await;
            }
        }
        Ok(())
    }
}

/// The value of a line that has only this key.
fn value_of(line: &str, key: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get(key).cloned()
}
