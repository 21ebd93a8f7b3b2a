//! The relay and trunk as programs of ours, stopped when their value goes.

use super::config;
use super::ports::Ports;
use super::{LOOK, PATIENCE};
use crate::{process, repo};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::IpAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

/// A program of ours that is stopped when this value goes.
pub(crate) struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    /// Starts the relay and waits until it says that it listens. It takes pages of these origins, or of any if there are none.
    pub(crate) fn relay(program: &Path, port: u16, origins: &[String]) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::piped());
        for origin in origins {
            command.args(["--origin", origin]);
        }
        let mut running = Self::start("relay", &mut command)?;
        let output = running
            .child
            .stdout
            .take()
            .context("reading what the relay prints")?;
        wait_for_relay(output)?;
        Ok(running)
    }

    /// Starts trunk, which builds the page again whenever one of its sources changes. It listens on
    /// this address, else on loopback.
    pub(crate) fn trunk(mut trunk: Command, ports: Ports, listen: Option<IpAddr>) -> Result<Self> {
        let config = config::write(ports)?;
        trunk
            .arg("--config")
            .arg(config)
            .arg("serve")
            .arg(repo::path("www/index.html"));
        trunk
            .arg("--dist")
            .arg(config::page_dir())
            .args(["--port", &ports.page.to_string()]);
        if let Some(address) = listen {
            trunk.args(["--address", &address.to_string()]);
        }
        for source in ["www", "src", "core", "panels", "Cargo.toml"] {
            trunk.arg("--watch").arg(repo::path(source));
        }
        Self::start("trunk", &mut trunk)
    }

    fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting the {name}"))?;
        Ok(Self { name, child })
    }

    /// An error if it has ended.
    pub(crate) fn must_run(&mut self) -> Result<()> {
        match self
            .child
            .try_wait()
            .with_context(|| format!("looking at the {}", self.name))?
        {
            None => Ok(()),
            Some(status) => bail!(
                "{} ended by itself ({status}); what it printed last is above",
                self.name
            ),
        }
    }
}

impl Drop for Running {
    /// Asks first, so that the relay can tell its clients; then insists.
    fn drop(&mut self) {
        let asked = process::output(Command::new("kill").arg(self.child.id().to_string()));
        let start = Instant::now();
        while asked.is_some()
            && start.elapsed() < PATIENCE
            && matches!(self.child.try_wait(), Ok(None))
        {
            std::thread::sleep(LOOK / 4);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads up to the line that says the relay listens, then passes the rest on.
fn wait_for_relay(output: ChildStdout) -> Result<()> {
    let mut lines = BufReader::new(output).lines();
    let listening = lines.by_ref().map_while(Result::ok).find(|line| {
        println!("relay: {line}");
        line.starts_with("listening on ")
    });
    listening.context("the relay ended before it listened; its reason is above")?;
    std::thread::spawn(move || {
        lines
            .map_while(Result::ok)
            .for_each(|line| println!("relay: {line}"))
    });
    Ok(())
}
