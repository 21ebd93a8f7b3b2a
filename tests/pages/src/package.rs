//! The package, as it lies on somebody's host, and a pair of its elements in one page.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::open::Opened;

/// Two elements of one page, which meet in a room of this browser and need no server.
pub const TWO: &str = r#"<webrtc-steps endpoint="tabs:" mode="auto" room="r"></webrtc-steps>
<webrtc-steps endpoint="tabs:" mode="auto" room="r"></webrtc-steps>"#;

/// The package, where `cargo xtask test` says that it is.
///
/// # Errors
/// Says so where nothing was built.
pub fn folder() -> Result<PathBuf> {
    let named = std::env::var_os("WEBRTC_STEPS_PACKAGE").map(PathBuf::from);
    named.context(
        "WEBRTC_STEPS_PACKAGE is not set, so nothing was tested. Run `cargo xtask test pages`",
    )
}

/// A page of this folder with such a head and two elements.
///
/// # Errors
/// Says what could not be written.
pub fn write_page(folder: &Path, head: &str) -> Result<()> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A page of somebody else</title>{head}\n{TWO}"
    );
    std::fs::write(folder.join("index.html"), page).context("writing a page")
}

/// Copies a folder with everything in it.
///
/// # Errors
/// Says what could not be copied.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let doing = || format!("copying {} to {}", from.display(), to.display());
    std::fs::create_dir_all(to).with_context(doing)?;
    for entry in std::fs::read_dir(from).with_context(doing)? {
        let entry = entry.with_context(doing)?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).with_context(doing)?;
        }
    }
    Ok(())
}

/// Changes one byte of a file: its last, which no reader of the format looks at first.
///
/// # Errors
/// Says what could not be read or written.
pub fn change_one_byte(file: &Path) -> Result<()> {
    let mut bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    std::fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
}

/// What the package says a file's hash is.
///
/// # Errors
/// Says what could not be read.
pub fn hash_of(package: &Path, name: &str) -> Result<String> {
    let list = std::fs::read_to_string(package.join("integrity.json"));
    let list: Value = serde_json::from_str(&list.context("reading integrity.json")?)?;
    let hash = list.get(name).and_then(Value::as_str);
    Ok(hash
        .with_context(|| format!("no hash of {name}"))?
        .to_owned())
}

/// Joins with both elements and waits until they are connected and their panels are there.
///
/// # Errors
/// Says what did not happen.
pub async fn connect(page: &Opened) -> Result<()> {
    page.until("both elements can be used", READY).await?;
    page.eval(JOIN, vec![]).await?;
    page.until("both channels are open", OPEN).await?;
    page.until("the panels are there", PANELS).await?;
    Ok(())
}

const READY: &str = "const all = [...document.querySelectorAll('webrtc-steps')];
    return all.length === 2 && all.every((element) => element.shadowRoot?.querySelector('[data-command=join]'));";
/// One after the other: who comes second offers.
const JOIN: &str = "(async () => {
    for (const element of document.querySelectorAll('webrtc-steps')) await element.run('join');
    })().catch((fault) => { document.title = fault.message; });";
const OPEN: &str = "return [...document.querySelectorAll('webrtc-steps')]
    .every((element) => element.dataset.channelState === 'open');";
const PANELS: &str = "return [...document.querySelectorAll('webrtc-steps')]
    .every((element) => element.shadowRoot.querySelector('[data-place=panels]')?.children.length > 3);";
