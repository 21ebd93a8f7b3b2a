//! A person at the keyboard: keys, and where they lead.

use anyhow::{Result, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde::Deserialize;
use webrtc_steps_tabs::tab::Tab;

/// Keys by their WebDriver signs (WebDriver 17.4.2).
pub(super) const TAB: char = '\u{E004}';
pub(super) const ENTER: char = '\u{E007}';
pub(super) const SPACE: char = ' ';
pub(super) const DOWN: char = '\u{E015}';
pub(super) const UP: char = '\u{E013}';
pub(super) const RIGHT: char = '\u{E014}';
pub(super) const HOME: char = '\u{E011}';
const SHIFT: char = '\u{E008}';
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

/// Where the keyboard has come to; fails where that cannot be seen.
pub(super) async fn at(tab: &Tab) -> Result<At> {
    let at = stands(tab).await?;
    ensure!(
        at.wrong.is_empty(),
        "{}: the focus is on {}: {}",
        tab.name,
        at.name,
        at.wrong.join(", ")
    );
    Ok(at)
}

/// Goes on with Tab until it stands where it should, seeing every stop on the way. Where a browser ends at the end of the page, as
/// Firefox without a window does, it goes back from there.
pub(super) async fn go(tab: &Tab, to: &str, is_there: impl Fn(&At) -> bool) -> Result<At> {
    let mut stops: Vec<String> = Vec::new();
    let mut ended = false;
    for _ in 0..MOST_STOPS {
        let now = stands(tab).await?;
        if is_there(&now) {
            return Ok(now);
        }
        stops.push(now.name);
        ended |= matches!(stops.as_slice(), [.., one, two, three] if one == two && two == three);
        if ended {
            back(tab).await?;
        } else {
            press(tab, &[TAB]).await?;
        }
        at(tab).await?;
    }
    bail!("{}: Tab never leads to {to}, but to {stops:?}", tab.name)
}

/// Goes on with Tab to the control of a command.
pub(super) async fn go_to(tab: &Tab, command: &str) -> Result<At> {
    go(tab, command, |at| at.command.as_deref() == Some(command)).await
}
