//! What a tab shows at one moment, in the contract's words.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde::Deserialize;
use serde_json::{Map, Value};

/// The element as it stands, and what the probe has written down.
#[derive(Clone, Debug, Deserialize)]
pub struct Snapshot {
    /// The host's `data-*` attributes.
    pub states: BTreeMap<String, String>,
    pub steps: Vec<Step>,
    pub controls: Vec<Control>,
    pub lines: Vec<Line>,
    /// The text of `[data-signal="outgoing"]`.
    pub outgoing: String,
    /// The element's events, oldest first.
    pub told: Vec<Told>,
    /// Changes of the host's attributes.
    pub shown: Vec<Shown>,
    pub clicks: Vec<Click>,
    /// Errors, warnings and refusals that the page's window heard of.
    pub wrong: Vec<String>,
}

/// One `[data-step]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Step {
    pub step: u8,
    pub status: String,
    pub whose: String,
    pub evidence: Option<String>,
}

/// One `[data-command]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Control {
    pub command: String,
    pub available: bool,
    /// The text its `aria-describedby` leads to.
    pub reason: String,
    /// It has the attribute `disabled`, which the contract excludes.
    pub disabled: bool,
}

/// One `[data-message]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Line {
    pub way: String,
    pub text: String,
}

/// An event of the element, with the time it was heard (ms since 1970).
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    pub time: f64,
    pub kind: String,
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A change of a host attribute, with its time (ms since 1970).
#[derive(Clone, Debug, Deserialize)]
pub struct Shown {
    pub time: f64,
    pub name: String,
    pub value: Option<String>,
}

/// A click on a control, with its time (ms since 1970).
#[derive(Clone, Debug, Deserialize)]
pub struct Click {
    pub time: f64,
    pub command: String,
}

impl Snapshot {
    /// A state of the host: `state("channel-state")` is `data-channel-state`.
    pub fn state(&self, name: &str) -> &str {
        self.states
            .get(&format!("data-{name}"))
            .map_or("", String::as_str)
    }

    /// A step's `data-status`.
    pub fn status(&self, step: u8) -> &str {
        self.steps
            .iter()
            .find(|one| one.step == step)
            .map_or("", |one| one.status.as_str())
    }

    /// The step marked as next.
    pub fn next(&self) -> Option<u8> {
        self.steps
            .iter()
            .find(|one| one.status == "next")
            .map(|one| one.step)
    }

    /// The control of a command.
    pub fn control(&self, command: &str) -> Option<&Control> {
        self.controls.iter().find(|one| one.command == command)
    }

    /// Whether a command can be given now.
    pub fn can(&self, command: &str) -> bool {
        self.control(command)
            .is_some_and(|control| control.available)
    }

    /// What the contract promises of every moment and does not hold now.
    pub(crate) fn broken_promise(&self) -> Option<String> {
        let mut commands: Vec<_> = self.controls.iter().map(|one| &one.command).collect();
        commands.sort();
        if let Some(pair) = commands.windows(2).find(|pair| pair.first() == pair.last()) {
            return Some(format!("two controls have the command {:?}", pair.first()));
        }
        if let Some(control) = self.controls.iter().find(|one| one.disabled) {
            return Some(format!("{} is disabled", control.command));
        }
        let silent = |one: &&Control| !one.available && one.reason.trim().is_empty();
        if let Some(control) = self.controls.iter().find(silent) {
            return Some(format!(
                "{} does not say why it cannot be used",
                control.command
            ));
        }
        let next = self.steps.iter().filter(|one| one.status == "next");
        let next: Vec<_> = next.collect();
        let fine = next.len() <= 1 && next.iter().all(|one| one.whose == "mine");
        (!fine).then(|| format!("the steps marked as next are {next:?}"))
    }

    /// The channel is open.
    pub fn is_open(&self) -> bool {
        self.state("channel-state") == "open"
    }

    /// The texts of the lines that came from the other side.
    pub fn received(&self) -> Vec<&str> {
        self.lines
            .iter()
            .filter(|line| line.way == "received")
            .map(|line| line.text.as_str())
            .collect()
    }

    /// The message ids of the notes told so far: what the page says it did by itself.
    pub fn notes(&self) -> Vec<&str> {
        self.told
            .iter()
            .filter(|told| told.kind == "note")
            .filter_map(|told| told.rest.get("message")?.get("id")?.as_str())
            .collect()
    }

    /// The states that a host attribute went through.
    pub fn history(&self, name: &str) -> Vec<&str> {
        let name = format!("data-{name}");
        self.shown
            .iter()
            .filter(|shown| shown.name == name)
            .filter_map(|shown| shown.value.as_deref())
            .collect()
    }
}

/// The rows of a failure message.
const LAST: usize = 25;

impl fmt::Display for Snapshot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.states {
            write!(out, "{name}={value} ")?;
        }
        out.write_str("\n  steps:")?;
        for step in &self.steps {
            let evidence = step.evidence.as_deref().unwrap_or("");
            write!(
                out,
                " {}:{}{}{evidence}",
                step.step,
                step.status,
                if evidence.is_empty() { "" } else { "/" }
            )?;
        }
        let rows = self.told.iter().filter(|told| !is_noise(&told.kind));
        let mut rows: Vec<_> = rows.collect();
        let skipped = rows.len().saturating_sub(LAST);
        for told in rows.drain(..).skip(skipped) {
            write!(
                out,
                "\n  {:.0} {} {}",
                told.time % 1e7,
                told.kind,
                shortened(&told.rest)?
            )?;
        }
        for wrong in &self.wrong {
            write!(out, "\n  wrong: {wrong}")?;
        }
        Ok(())
    }
}

/// Judgements follow from facts, and the facts are what a reader wants.
fn is_noise(kind: &str) -> bool {
    matches!(
        kind,
        "step" | "control" | "description" | "candidate" | "contacts" | "signal-to-carry"
    )
}

fn shortened(rest: &Map<String, Value>) -> Result<String, fmt::Error> {
    let mut text = String::new();
    for (name, value) in rest.iter().filter(|(name, _)| *name != "v") {
        write!(
            text,
            "{name}={} ",
            value.to_string().chars().take(90).collect::<String>()
        )?;
    }
    Ok(text)
}
