//! Child processes that end with their owner, and everything they started with them.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// The lines a program's output is kept for a failure message.
const KEPT: usize = 40;
const START: Duration = Duration::from_secs(30);

/// A running program. Dropping it ends the program and every process under it.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Program {
    /// Starts a program with its output read line by line.
    pub fn start(path: &Path, arguments: &[String]) -> Result<Self> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let mut command = Command::new(path);
        command.args(arguments);
        Self::run(&name.to_string_lossy(), command)
    }

    /// Starts a command under a name for messages.
    pub fn run(name: &str, mut command: Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        let (send, lines) = mpsc::unbounded_channel();
        let said = Arc::default();
        if let Some(out) = child.stdout.take() {
            tokio::spawn(read(out, send.clone(), Arc::clone(&said)));
        }
        if let Some(error) = child.stderr.take() {
            tokio::spawn(read(error, send, Arc::clone(&said)));
        }
        Ok(Self {
            name: name.to_owned(),
            child,
            lines,
            said,
        })
    }

    /// What follows `marker` in the first line that has it.
    pub(crate) async fn line_after(&mut self, marker: &str) -> Result<String> {
        let found = timeout(START, async {
            while let Some(line) = self.lines.recv().await {
                if let Some((_, rest)) = line.split_once(marker) {
                    return Some(rest.trim().to_owned());
                }
            }
            None
        });
        match found.await {
            Ok(Some(rest)) => Ok(rest),
            _ => bail!(
                "{} did not say `{marker}`; it said: {}",
                self.name,
                self.said()
            ),
        }
    }

    /// The next line it prints; none once it prints no more.
    pub async fn line(&mut self) -> Option<String> {
        self.lines.recv().await
    }

    /// Its process, while it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|status| status.is_some())
    }

    /// The last lines it printed.
    pub fn said(&self) -> String {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.join("\n")
    }

    /// Ends it at once and waits until it is gone.
    pub(crate) async fn end(&mut self) -> Result<()> {
        self.child.start_kill().ok();
        self.child
            .wait()
            .await
            .with_context(|| format!("waiting for the end of {}", self.name))?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let Some(pid) = self.child.id() else { return };
        end(below(pid).into_iter().chain([pid]));
    }
}

/// Ends every process under this one.
pub(crate) fn end_below(pid: u32) {
    end(below(pid).into_iter());
}

fn end(ids: impl Iterator<Item = u32>) {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    // A process that ended meanwhile is no failure.
    let _ended = std::process::Command::new("kill")
        .arg("-KILL")
        .args(&ids)
        .stderr(Stdio::null())
        .status();
}

/// Every process under this one (Linux: /proc).
fn below(pid: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten();
    let mut all = Vec::new();
    for task in tasks {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for child in children
            .split_ascii_whitespace()
            .filter_map(|id| id.parse().ok())
        {
            all.extend(below(child));
            all.push(child);
        }
    }
    all
}

async fn read(
    from: impl AsyncRead + Unpin,
    to: mpsc::UnboundedSender<String>,
    said: Arc<Mutex<Vec<String>>>,
) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= KEPT {
            said.remove(0);
        }
        said.push(line.clone());
        drop(said);
        to.send(line).ok();
    }
}
