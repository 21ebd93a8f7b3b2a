//! Carrying a document by hand from one tab to the other, tidily or as mail programs and chats leave it.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::tab::Tab;

/// What happens to a text on its way.
#[derive(Clone, Copy, Debug)]
pub enum Wear {
    None,
    /// Blank lines around it, and the SDP's last line end lost.
    Trimmed,
    /// Every line of the SDP set in by four blanks.
    Indented,
    /// Written as JSON twice: the document inside a string.
    Escaped,
    /// The SDP's line ends written as letters, `\\r\\n`.
    Letters,
}

/// Takes the text a tab gives to carry.
pub async fn pick_up(from: &Tab) -> Result<String> {
    let page = from
        .wait("there is a text to carry", |page| {
            !page.outgoing.is_empty() && page.can("copy-signal")
        })
        .await?;
    from.press("copy-signal").await?;
    Ok(page.outgoing)
}

/// Puts a text into the other tab's field; `read-signal` is still to be clicked.
pub async fn put_down(to: &Tab, text: &str) -> Result<()> {
    to.paste("[data-signal=incoming]", text).await
}

/// The text as it arrives.
pub fn worn(text: &str, wear: Wear) -> Result<String> {
    let worn = match wear {
        Wear::None => text.to_owned(),
        Wear::Trimmed => changed(text, &|sdp| sdp.trim_end().to_owned())?,
        Wear::Indented => changed(text, &indented)?,
        Wear::Escaped => serde_json::to_string(text)?,
        Wear::Letters => changed(text, &|sdp| sdp.replace("\r\n", "\\r\\n"))?,
    };
    ensure!(
        matches!(wear, Wear::None) || worn != text,
        "{wear:?} changed nothing, so it would test nothing"
    );
    Ok(worn)
}

/// The document with its SDP changed, and blank lines around it.
fn changed(text: &str, change: &dyn Fn(&str) -> String) -> Result<String> {
    let mut document: Value = serde_json::from_str(text)?;
    with_sdp(&mut document, change);
    Ok(format!(
        "\n\n  {}  \n",
        serde_json::to_string_pretty(&document)?
    ))
}

fn indented(sdp: &str) -> String {
    sdp.lines().map(|line| format!("    {line}\r\n")).collect()
}

/// Changes every text under the name `sdp`.
fn with_sdp(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(sdp) if name == "sdp" => *sdp = change(sdp),
                    other => with_sdp(other, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| with_sdp(item, change)),
        _ => {}
    }
}
