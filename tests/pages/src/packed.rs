//! A project of somebody else's that has the package as npm installs it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::Command;
use webrtc_steps_tabs::children::Program;

use crate::package;
use crate::site::node_modules;

/// A project in a folder of its own.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// A project with these files, and in its `node_modules` the package, packed and unpacked by npm's own rules, beside others that
    /// were installed before.
    ///
    /// # Errors
    /// Says what could not be packed or linked.
    pub async fn with(files: &[(&str, &str)], others: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        let project = Self { folder };
        project.install(others).await?;
        Ok(project)
    }

    /// A project that is a copy of a folder.
    ///
    /// # Errors
    /// Says what could not be copied, packed or linked.
    pub async fn of(source: &Path, others: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        package::copy(source, folder.path())?;
        let project = Self { folder };
        project.install(others).await?;
        Ok(project)
    }

    /// A file or folder of it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a program of its packages to its end.
    ///
    /// # Errors
    /// Says what it printed when it failed.
    pub async fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let mut command = self.command(program)?;
        finish(command.args(arguments)).await.map(drop)
    }

    /// Starts Vite's development server; gives it and its address.
    ///
    /// # Errors
    /// Says what it printed instead of an address.
    pub async fn develop(&self) -> Result<(Program, String)> {
        let free = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = free.local_addr()?.port().to_string();
        drop(free);
        let mut command = self.command("vite")?;
        command.args(["--host", "127.0.0.1", "--strictPort", "--port", &port]);
        let mut vite = Program::run("vite", command)?;
        let address = format!("http://127.0.0.1:{port}/");
        let mut said = String::new();
        while let Some(line) = vite.line().await {
            if line.contains(&address) {
                return Ok((vite, address));
            }
            said.push_str(&line);
            said.push('\n');
        }
        bail!("vite named no address; it said: {said}")
    }

    async fn install(&self, others: &[&str]) -> Result<()> {
        let modules = self.path("node_modules");
        let own = modules.join("webrtc-steps");
        std::fs::create_dir_all(&own)?;
        let mut pack = Command::new("npm");
        pack.args(["pack", "--silent", "--pack-destination"])
            .arg(self.folder.path())
            .arg(package::folder()?);
        let packed = finish(&mut pack).await?;
        let mut unpack = Command::new("tar");
        unpack
            .arg("-xzf")
            .arg(self.path(packed.trim()))
            .arg("-C")
            .arg(&own)
            .arg("--strip-components=1");
        finish(&mut unpack).await?;
        for name in others {
            let link = modules.join(name);
            if let Some(parent) = link.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::os::unix::fs::symlink(node_modules()?.join(name), link)?;
        }
        Ok(())
    }

    fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(node_modules()?.join(".bin").join(program));
        command
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .kill_on_drop(true);
        Ok(command)
    }
}

/// Runs a command to its end; gives what it printed.
async fn finish(command: &mut Command) -> Result<String> {
    let shown = format!("{:?}", command.as_std());
    let output = command.output().await;
    let output = output.with_context(|| format!("starting {shown}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        bail!("{shown} failed: {text}\n{error}");
    }
    Ok(text)
}
