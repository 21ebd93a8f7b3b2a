//! Where the servers and clients are: `cargo xtask test interop` installs them and says so in the environment.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use tokio::process::Command;

/// A program that `cargo xtask setup` finds or installs.
#[derive(Clone, Copy, Debug)]
pub enum Installed {
    Janus,
    Python,
    Node,
    MatchboxServer,
    GstSignalling,
    WasmPeers,
    MatchboxSocket,
}

impl Installed {
    fn variable(self) -> &'static str {
        match self {
            Self::Janus => "INTEROP_JANUS",
            Self::Python => "INTEROP_PYTHON",
            Self::Node => "INTEROP_NODE",
            Self::MatchboxServer => "INTEROP_MATCHBOX_SERVER",
            Self::GstSignalling => "INTEROP_GST_SIGNALLING",
            Self::WasmPeers => "INTEROP_WASM_PEERS",
            Self::MatchboxSocket => "INTEROP_MATCHBOX_SOCKET",
        }
    }

    /// A command that runs it, and ends with the thread that starts it, even when that is killed.
    pub fn command(self) -> Result<Command> {
        let name = self.variable();
        let Some(path) = std::env::var_os(name).map(PathBuf::from) else {
            let reason = std::env::var(format!("{name}_MISSING"));
            let reason = reason.unwrap_or_else(|_| format!("{name} is not set"));
            bail!(
                "nothing was tested, because a program is missing. `cargo xtask setup` installs it; what it said: {reason}"
            );
        };
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).arg(path);
        Ok(command)
    }
}

/// A file of tests/interop/peers.
pub fn peer_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(name)
}

/// A Node.js program of tests/interop/peers, its npm packages included.
pub fn node(script: &str) -> Result<Command> {
    let mut command = Installed::Node.command()?;
    command.arg(peer_file(script));
    Ok(command)
}
