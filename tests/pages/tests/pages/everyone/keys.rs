//! A person at the keyboard: keys, and where they lead.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde::Deserialize;
use webrtc_steps_tabs::tab::{LOOK, Tab};

/// Keys by their WebDriver signs (WebDriver 17.4.2).
pub(super) const TAB: char = '\u{E004}';
pub(super) const ENTER: char = '\u{E007}';
pub(super) const SPACE: char = ' ';
pub(super) const DOWN: char = '\u{E015}';
pub(super) const UP: char = '\u{E013}';
pub(super) const RIGHT: char = '\u{E014}';
pub(super) const HOME: char = '\u{E011}';
const SHIFT: char = '\u{E008}';
/// What the ring of the focus may take to be there: Firefox draws it with its next frame.
const MOMENT: Duration = Duration::from_secs(2);
/// More stops than any page of ours has.
const MOST_STOPS: usize = 260;

/// What has the focus.
#[derive(Debug, Deserialize)]
pub(super) struct At {
    pub(super) lost: bool,
    /// Within the element, and not on the page around it.
    pub(super) inside: bool,
    #[serde(default)]
    pub(super) name: String,
    pub(super) command: Option<String>,
    pub(super) field: Option<String>,
    pub(super) does: Option<String>,
    #[serde(default)]
    wrong: Vec<String>,
}

/// Presses keys one after the other.
pub(super) async fn press(tab: &Tab, keys: &[char]) -> Result<()> {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for &value in keys {
        actions = actions.then(KeyAction::Down { value });
        actions = actions.then(KeyAction::Up { value });
    }
    perform(tab, actions).await
}

/// Presses Shift and Tab.
pub(super) async fn back(tab: &Tab) -> Result<()> {
    let actions = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: SHIFT })
        .then(KeyAction::Down { value: TAB })
        .then(KeyAction::Up { value: TAB })
        .then(KeyAction::Up { value: SHIFT });
    perform(tab, actions).await
}

async fn perform(tab: &Tab, actions: KeyActions) -> Result<()> {
    tab.drive().await?.client.perform_actions(actions).await?;
    Ok(())
}

/// Where the keyboard is, in sight or not: what is above it may have grown since it came there.
pub(super) async fn stands(tab: &Tab) -> Result<At> {
    let at = tab.eval(include_str!("at.js"), vec![]).await?;
    Ok(serde_json::from_value(at)?)
}

/// Leads to the beginning of the page, where the next Tab finds its first stop.
pub(super) async fn begin(tab: &Tab) -> Result<()> {
    let script = "getSelection().removeAllRanges(); document.activeElement.blur(); scrollTo(0, 0);
        document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');";
    tab.eval(script, vec![]).await?;
    Ok(())
}

/// Where the keyboard has come to; fails where that cannot be seen, at the latest a moment after the key.
pub(super) async fn at(tab: &Tab) -> Result<At> {
    let until = Instant::now() + MOMENT;
    let mut at = stands(tab).await?;
    while !at.wrong.is_empty() && Instant::now() < until {
        tokio::time::sleep(LOOK).await;
        at = stands(tab).await?;
    }
    ensure!(
        at.wrong.is_empty(),
        "{}: the focus is on {}: {}",
        tab.name,
        at.name,
        at.wrong.join(", ")
    );
    Ok(at)
}

/// Goes on with Tab until it stands where it should, seeing every stop on the way.
pub(super) async fn go(tab: &Tab, to: &str, is_there: impl Fn(&At) -> bool) -> Result<At> {
    let mut stops: Vec<String> = Vec::new();
    for _ in 0..MOST_STOPS {
        let now = stands(tab).await?;
        if is_there(&now) {
            return Ok(now);
        }
        stops.push(now.name);
        press(tab, &[TAB]).await?;
        at(tab).await?;
    }
    bail!("{}: Tab never leads to {to}, but to {stops:?}", tab.name)
}

/// Goes back with Shift and Tab to the control of a command: Firefox without a window has nothing to lead from the page's end to its beginning.
pub(super) async fn back_to(tab: &Tab, command: &str) -> Result<()> {
    for _ in 0..MOST_STOPS {
        if stands(tab).await?.command.as_deref() == Some(command) {
            return Ok(());
        }
        back(tab).await?;
        at(tab).await?;
    }
    bail!("{}: Shift and Tab never lead to {command}", tab.name)
}

/// Goes on with Tab to the control of a command.
pub(super) async fn go_to(tab: &Tab, command: &str) -> Result<At> {
    go(tab, command, |at| at.command.as_deref() == Some(command)).await
}
