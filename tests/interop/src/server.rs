//! Real signaling servers, each on a free port of loopback. Dropping one ends it.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;
use tokio::process::Command;
use webrtc_steps_tabs::children::Program;
use webrtc_steps_tabs::tab::{DEADLINE, LOOK};

use crate::installed::{self, Installed};
use crate::listening;

/// A running server.
#[derive(Debug)]
pub struct Server {
    program: Program,
    address: SocketAddr,
    socket: String,
    /// Its configuration, removed with it.
    _folder: Option<TempDir>,
}

impl Server {
    /// Starts a server and waits until it listens.
    async fn start(name: &str, command: Command) -> Result<Self> {
        let mut program = Program::run(name, command)?;
        let until = Instant::now() + DEADLINE;
        let address = loop {
            if let Some(address) = program.process().and_then(listening::address_of) {
                break address;
            }
            if program.has_ended() || Instant::now() > until {
                bail!("{name} does not listen. It said: {}", program.said());
            }
            tokio::time::sleep(LOOK).await;
        };
        ensure!(
            address.ip().is_loopback(),
            "{name} listens on {address}, where anybody could reach it"
        );
        Ok(Self {
            program,
            address,
            socket: format!("ws://{address}"),
            _folder: None,
        })
    }

    /// PeerServer, npm `peer`.
    pub async fn peerserver() -> Result<Self> {
        let mut command = installed::node("node_modules/peer/dist/bin/peerjs.js")?;
        command.args(["--host", "127.0.0.1"]).env("PORT", "0");
        Self::start("PeerServer", command).await
    }

    /// The signaling server of y-webrtc, npm `y-webrtc`.
    pub async fn y_webrtc() -> Result<Self> {
        let mut command = Installed::Node.command()?;
        command
            .arg("--import")
            .arg(installed::peer_file("servers/loopback.js"));
        command
            .arg(installed::peer_file("node_modules/y-webrtc/bin/server.js"))
            .env("PORT", "0");
        Self::start("y-webrtc-signaling", command).await
    }

    /// matchbox_server, crates.io.
    pub async fn matchbox() -> Result<Self> {
        let mut command = Installed::MatchboxServer.command()?;
        command.arg("127.0.0.1:0");
        Self::start("matchbox_server", command).await
    }

    /// The signaling server of GStreamer's Rust plugins, crates.io `gst-plugin-webrtc-signalling`.
    pub async fn gst_signalling() -> Result<Self> {
        let mut command = Installed::GstSignalling.command()?;
        command.args(["--host", "127.0.0.1", "--port", "0"]);
        Self::start("gst-webrtc-signalling-server", command).await
    }

    /// wasm-peers-signaling-server, crates.io.
    pub async fn wasm_peers() -> Result<Self> {
        let mut command = Installed::WasmPeers.command()?;
        command.arg("127.0.0.1:0");
        Self::start("wasm-peers-signaling-server", command).await
    }

    /// Socket.IO with simple-signal-server on it, npm.
    pub async fn simple_signal() -> Result<Self> {
        Self::start(
            "simple-signal",
            installed::node("servers/simple-signal.js")?,
        )
        .await
    }

    /// bittorrent-tracker, npm.
    pub async fn bittorrent_tracker() -> Result<Self> {
        let command = installed::node("servers/bittorrent-tracker.js")?;
        Self::start("bittorrent-tracker", command).await
    }

    /// The course app's server, a fixture of ours.
    pub async fn course() -> Result<Self> {
        Self::start("the course fixture", installed::node("servers/course.js")?).await
    }

    /// A server of our invention, by the name of its script: strict, and it says what it refuses.
    pub async fn invented(name: &str) -> Result<Self> {
        let command = installed::node(&format!("servers/{name}.js"))?;
        Self::start(name, command).await
    }

    /// What a server of our invention refused.
    pub fn refusals(&self) -> Vec<String> {
        let said = self.program.said();
        let refused = said.lines().filter(|line| line.starts_with("refused"));
        refused.map(str::to_owned).collect()
    }

    /// The server of the foreign clients' pages.
    pub async fn pages() -> Result<Self> {
        Self::start("the server of pages", installed::node("servers/pages.js")?).await
    }

    /// Janus with its WebSocket transport and its EchoTest and VideoCall plugins, Debian `janus`.
    pub async fn janus() -> Result<Self> {
        let folder = TempDir::new().context("making a folder for the configuration of Janus")?;
        configure_janus(folder.path())?;
        let mut command = Installed::Janus.command()?;
        command.arg("-F").arg(folder.path());
        let mut server = Self::start("janus", command).await?;
        server._folder = Some(folder);
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its WebSocket address without a path.
    pub fn socket(&self) -> &str {
        &self.socket
    }

    /// Adds to a failure what it said last.
    pub fn explained<T>(&self, result: Result<T>) -> Result<T> {
        result.with_context(|| format!("The server {} said: {}", self.address, self.program.said()))
    }
}

/// Writes what Janus reads: port 0 of loopback, and links to the few plugins that are wanted of all that are installed.
fn configure_janus(folder: &Path) -> Result<()> {
    let installed = janus_plugins()?;
    let wanted = [
        ("plugins", "libjanus_echotest.so"),
        ("plugins", "libjanus_videocall.so"),
        ("transports", "libjanus_websockets.so"),
    ];
    for kind in ["plugins", "transports", "loggers", "events"] {
        std::fs::create_dir_all(folder.join(kind))?;
    }
    for (kind, name) in wanted {
        let file = Path::new(kind).join(name);
        std::os::unix::fs::symlink(installed.join(&file), folder.join(&file))?;
    }
    let at = folder.display();
    let general = format!(
        "general: {{ configs_folder = \"{at}\" plugins_folder = \"{at}/plugins\" transports_folder = \"{at}/transports\"\n\
         loggers_folder = \"{at}/loggers\" events_folder = \"{at}/events\" debug_colors = false }}\n"
    );
    std::fs::write(folder.join("janus.jcfg"), general)?;
    let sockets = "general: { ws = true ws_port = 0 ws_ip = \"127.0.0.1\" }\n";
    std::fs::write(folder.join("janus.transport.websockets.jcfg"), sockets)?;
    Ok(())
}

/// The folder of Janus's plugins: it carries the machine's kind in its path.
fn janus_plugins() -> Result<std::path::PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").context("looking for the plugins of Janus")?;
    let mut folders = libraries.flatten().map(|entry| entry.path().join("janus"));
    folders
        .find(|folder| folder.join("transports/libjanus_websockets.so").exists())
        .context("Janus is installed, but its WebSocket transport is in no folder /usr/lib/*/janus")
}
