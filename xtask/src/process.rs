//! Running other programs so that every failure is a sentence.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs a program with its output on the terminal; an error says what was attempted.
pub(crate) fn run(command: &mut Command, doing: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{doing}: starting {}", shown(command)))?;
    if !status.success() {
        bail!("{doing} failed: {} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a program with its output in `log`; a failure shows the end of it.
pub(crate) fn run_logged(command: &mut Command, doing: &str, log: &Path) -> Result<()> {
    let file = File::create(log);
    let file = file.with_context(|| format!("opening the log {}", log.display()))?;
    command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    run(command, doing).map_err(|error| {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let end = last_lines(&text, 25);
        anyhow::anyhow!("{error:#}. The end of {}:\n{end}", log.display())
    })
}

/// What a program prints on standard output, trimmed, or `None` if it cannot start or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first of these names that is an executable on PATH.
pub(crate) fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

/// PATH with these folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).context("putting the tools' folders in front of PATH")
}

/// The cargo that runs this program, so that every step uses the same one.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    format!("`{}`", words.join(" "))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(count);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_told_with_what_was_attempted() {
        let error = run(&mut Command::new("false"), "counting sheep")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("counting sheep failed: `false`"),
            "{error}"
        );
    }

    #[test]
    fn a_missing_program_gives_no_output() {
        assert_eq!(
            output(&mut Command::new("webrtc-steps-no-such-program")),
            None
        );
    }

    #[test]
    fn only_the_end_of_a_long_log_is_shown() {
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }
}
