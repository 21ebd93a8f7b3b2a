//! The folder that holds everything the set-up installs outside the system's package manager.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The cache: `$WEBRTC_STEPS_TOOLS`, else `$XDG_CACHE_HOME/webrtc-steps`, else `$HOME/.cache/webrtc-steps`.
pub(crate) fn dir() -> Result<PathBuf> {
    let chosen = non_empty("WEBRTC_STEPS_TOOLS")
        .or_else(|| Some(non_empty("XDG_CACHE_HOME")?.join("webrtc-steps")));
    let chosen = chosen.or_else(|| Some(non_empty("HOME")?.join(".cache/webrtc-steps")));
    let dir = chosen.context(
        "finding a folder for the tools: neither WEBRTC_STEPS_TOOLS nor XDG_CACHE_HOME nor HOME is set. \
         Set WEBRTC_STEPS_TOOLS to a folder that may be filled",
    )?;
    fs::create_dir_all(&dir)
        .with_context(|| format!("making the folder for the tools, {}", dir.display()))?;
    // Tools' wrappers and links hold this path, so it must not depend on the working directory.
    dir.canonicalize()
        .with_context(|| format!("reading the folder {}", dir.display()))
}

/// Fills `final_dir` through a folder beside it that is renamed when all is there, so that a folder
/// with its final name is always whole and its existence is the stamp.
pub(crate) fn fill(final_dir: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let partial = final_dir.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)
            .with_context(|| format!("removing the half-made {}", partial.display()))?;
    }
    fs::create_dir_all(&partial).with_context(|| format!("making {}", partial.display()))?;
    make(&partial)?;
    fs::rename(&partial, final_dir)
        .with_context(|| format!("giving {} its final name", partial.display()))
}

/// Held while something is installed, so that two commands started at once do not install the same thing.
pub(crate) fn lock() -> Result<File> {
    let path = dir()?.join("lock");
    let file = File::create(&path).with_context(|| format!("opening {}", path.display()))?;
    if file.try_lock().is_err() {
        println!("setup: waiting for another set-up that is running");
        file.lock()
            .with_context(|| format!("locking {}", path.display()))?;
    }
    Ok(file)
}

/// The log file of one set-up step.
pub(crate) fn log(name: &str) -> Result<PathBuf> {
    let dir = dir()?.join("logs");
    fs::create_dir_all(&dir).with_context(|| format!("making {}", dir.display()))?;
    Ok(dir.join(format!("{name}.log")))
}

fn non_empty(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
