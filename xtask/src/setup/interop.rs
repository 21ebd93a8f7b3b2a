//! The servers and clients of the ring `interop`: each by name from its registry, once, into the cache.

use super::tools::{self, CargoTool};
use super::{debian, npm, versions};
use crate::{process, repo};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Something the ring connects with.
struct Part {
    /// What the tests read its path from.
    variable: &'static str,
    name: &'static str,
    /// Finds or installs it; gives its program.
    ready: fn() -> Result<PathBuf>,
}

/// Debian's first: what only root may install is told before anything is built.
const PARTS: [Part; 7] = [
    Part {
        variable: "INTEROP_JANUS",
        name: "Janus (Debian package janus)",
        ready: janus,
    },
    Part {
        variable: "INTEROP_PYTHON",
        name: "aiortc (PyPI)",
        ready: python,
    },
    Part {
        variable: "INTEROP_NODE",
        name: "the servers and clients from npm",
        ready: node,
    },
    Part {
        variable: "INTEROP_MATCHBOX_SERVER",
        name: "matchbox_server (crates.io)",
        ready: matchbox_server,
    },
    Part {
        variable: "INTEROP_GST_SIGNALLING",
        name: "gst-plugin-webrtc-signalling (crates.io)",
        ready: gst_signalling,
    },
    Part {
        variable: "INTEROP_WASM_PEERS",
        name: "wasm-peers-signaling-server (crates.io)",
        ready: wasm_peers,
    },
    Part {
        variable: "INTEROP_MATCHBOX_SOCKET",
        name: "matchbox_socket (crates.io)",
        ready: matchbox_socket,
    },
];

/// Which of them are there, and why the others are not.
pub(crate) struct Interop {
    found: Vec<(&'static str, PathBuf)>,
    missing: Vec<(&'static str, String)>,
}

/// Finds or installs all of them. One that cannot be had is no error here: the tests that need it fail, and say why.
pub(crate) fn ready() -> Interop {
    let mut interop = Interop {
        found: Vec::new(),
        missing: Vec::new(),
    };
    for part in &PARTS {
        match (part.ready)() {
            Ok(program) => interop.found.push((part.variable, program)),
            Err(error) => interop
                .missing
                .push((part.variable, format!("{}: {error:#}", part.name))),
        }
    }
    interop
}

impl Interop {
    /// Tells a command where they are, and in `NAME_MISSING` why one is not there.
    pub(crate) fn name_in(&self, command: &mut Command) {
        command.envs(self.found.iter().map(|(name, path)| (name, path)));
        for (name, reason) in &self.missing {
            command
                .env_remove(name)
                .env(format!("{name}_MISSING"), reason);
        }
    }

    /// An error that lists what is missing.
    pub(crate) fn complete(&self) -> Result<()> {
        let reasons: Vec<&str> = self
            .missing
            .iter()
            .map(|(_, reason)| reason.as_str())
            .collect();
        if !reasons.is_empty() {
            bail!(
                "the ring `interop` lacks what it connects with:\n{}",
                reasons.join("\n")
            );
        }
        Ok(())
    }
}

fn janus() -> Result<PathBuf> {
    if let Some(program) = process::find_on_path(&["janus"]) {
        return Ok(program);
    }
    if !debian::has_apt() {
        bail!("this machine has no apt-get. Install Janus with its WebSocket transport");
    }
    debian::install(&["janus"], "the tests connect the page with its EchoTest")?;
    debian::stop_service("janus");
    process::find_on_path(&["janus"])
        .context("the package janus is installed, but janus is not on PATH")
}

/// Node.js, with the packages of tests/interop/peers linked beside our scripts.
fn node() -> Result<PathBuf> {
    let packages = npm::Packages {
        name: "interop-npm",
        folder: peers(),
        what: "signaling servers and clients from npm",
        why: "PeerServer and others come from npm",
    };
    npm::ready(&packages)?;
    npm::node()
}

/// The Python of a virtual environment with aiortc.
fn python() -> Result<PathBuf> {
    let wanted = ["requirements.txt"];
    let dir = tools::stamped(
        "interop-python",
        &peers(),
        &wanted,
        (
            "aiortc, a WebRTC peer in Python",
            "the tests connect the page with it",
        ),
        |partial, log| {
            let mut venv = Command::new(base_python()?);
            venv.args(["-m", "venv"]).arg(partial);
            process::run_logged(&mut venv, "making a virtual environment", log)?;
            let mut pip = Command::new(partial.join("bin/python"));
            pip.args([
                "-m",
                "pip",
                "install",
                "--only-binary=:all:",
                "--requirement",
            ]);
            pip.arg(peers().join("requirements.txt"));
            process::run_logged(&mut pip, "installing aiortc with pip", log)
        },
    )?;
    Ok(dir.join("bin/python"))
}

/// A Python that can make virtual environments; Debian has that part in a package of its own.
fn base_python() -> Result<PathBuf> {
    let usable = || {
        let python = process::find_on_path(&["python3"])?;
        process::output(Command::new(&python).args(["-c", "import venv, ensurepip"]))?;
        Some(python)
    };
    if usable().is_none() && debian::has_apt() {
        debian::install(&["python3-venv"], "a virtual environment holds aiortc")?;
    }
    usable().context("there is no python3 on PATH that has venv. Install Python 3.10 or newer")
}

fn matchbox_server() -> Result<PathBuf> {
    server("matchbox_server", versions::MATCHBOX, "matchbox_server")
}

fn gst_signalling() -> Result<PathBuf> {
    let package = "gst-plugin-webrtc-signalling";
    server(
        package,
        versions::GST_SIGNALLING,
        "gst-webrtc-signalling-server",
    )
}

fn wasm_peers() -> Result<PathBuf> {
    let package = "wasm-peers-signaling-server";
    server(package, versions::WASM_PEERS, package)
}

fn server(package: &'static str, version: &str, program: &str) -> Result<PathBuf> {
    let tool = CargoTool {
        package,
        version: version.to_owned(),
        flags: &["--locked"],
        why: "a signaling server that the tests connect two tabs through",
    };
    Ok(tools::ready(&tool)?.join(program))
}

/// Our small peer around matchbox_socket.
fn matchbox_socket() -> Result<PathBuf> {
    let files = [
        "matchbox/Cargo.toml",
        "matchbox/Cargo.lock",
        "matchbox/src/main.rs",
    ];
    let dir = tools::stamped(
        "interop-matchbox",
        &peers(),
        &files,
        (
            "matchbox's native client",
            "the tests connect the page with it",
        ),
        |partial, log| {
            let mut cargo = tools::quick_install(partial)?;
            cargo
                .args(["--locked", "--path"])
                .arg(peers().join("matchbox"));
            process::run_logged(&mut cargo, "building the peer with matchbox_socket", log)
        },
    )?;
    Ok(dir.join("bin/webrtc-steps-interop-matchbox"))
}

fn peers() -> PathBuf {
    repo::path("tests/interop/peers")
}
