//! Sets up what is missing and nothing else; each step says what it installs, why, and how long it took.

mod browsers;
mod cache;
mod debian;
mod interop;
mod npm;
mod rust;
mod sysroot;
mod tools;
mod versions;

use crate::process;
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

pub(crate) use browsers::Browsers;
pub(crate) use interop::Interop;

/// `cargo xtask setup`: all of it.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if let Some(word) = args.first() {
        bail!("`cargo xtask setup` takes no argument, and `{word}` was given");
    }
    // The browsers first: what only root may install is told before minutes of building.
    browsers()?;
    page()?;
    pages()?;
    interop()?.complete()?;
    println!(
        "setup: everything is there, in {} and the system's packages",
        cache::dir()?.display()
    );
    Ok(())
}

/// What builds the page: a Rust with the wasm32 target, wasm-bindgen, trunk and wasm-opt.
pub(crate) fn page() -> Result<WasmEnv> {
    let rust = rust::ready()?;
    let folders = vec![
        tools::ready(&tools::wasm_bindgen()?)?,
        tools::ready(&tools::trunk())?,
        tools::wasm_opt()?,
    ];
    tools::remove_build_folder()?;
    Ok(WasmEnv { rust, folders })
}

/// What tests the page: Chromium and Firefox with their WebDriver programs, and a TURN server.
pub(crate) fn browsers() -> Result<Browsers> {
    let browsers = browsers::ready()?;
    tools::remove_build_folder()?;
    Ok(browsers)
}

/// What makes the package, and the pages that it is tested in, from npm; gives the folder `node_modules`.
pub(crate) fn packages_of_pages() -> Result<PathBuf> {
    npm::ready(&npm::of_pages())
}

/// What the ring `pages` makes other people's pages with.
pub(crate) fn pages() -> Result<Pages> {
    let pages = Pages {
        packages: packages_of_pages()?,
        mdbook: tools::ready(&tools::mdbook())?.join("mdbook"),
    };
    tools::remove_build_folder()?;
    Ok(pages)
}

/// What the page is connected with: other people's signaling servers and clients.
pub(crate) fn interop() -> Result<Interop> {
    let interop = interop::ready();
    tools::remove_build_folder()?;
    Ok(interop)
}

/// Where those are: the folder `node_modules`, which tests/pages links to, and mdBook.
pub(crate) struct Pages {
    packages: PathBuf,
    mdbook: PathBuf,
}

impl Pages {
    /// Tells a command where they are.
    pub(crate) fn name_in(&self, command: &mut Command) {
        command
            .env("PAGES_NODE_MODULES", &self.packages)
            .env("PAGES_MDBOOK", &self.mdbook);
    }
}

/// The environment in which everything is built for wasm32.
pub(crate) struct WasmEnv {
    rust: rust::WasmRust,
    folders: Vec<PathBuf>,
}

impl WasmEnv {
    /// The cargo that builds for wasm32, in that environment.
    pub(crate) fn cargo(&self) -> Result<Command> {
        let cargo = match &self.rust {
            rust::WasmRust::Own => process::cargo(),
            rust::WasmRust::Debian { bin } => Command::new(bin.join("cargo")),
        };
        self.around(cargo)
    }

    /// trunk, in that environment.
    pub(crate) fn trunk(&self) -> Result<Command> {
        self.around(Command::new(self.tool("trunk")))
    }

    /// The program that runs wasm-bindgen's tests in a browser.
    pub(crate) fn test_runner(&self) -> PathBuf {
        self.tool("wasm-bindgen-test-runner")
    }

    fn tool(&self, name: &str) -> PathBuf {
        let found = self
            .folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|file| file.is_file());
        found.unwrap_or_else(|| name.into())
    }

    /// A target folder of its own: two compilers sharing one would rebuild everything at each change of hands.
    fn around(&self, mut command: Command) -> Result<Command> {
        let mut folders = self.folders.clone();
        if let rust::WasmRust::Debian { bin } = &self.rust {
            folders.insert(0, bin.clone());
            command.env("RUSTC", bin.join("rustc"));
        }
        command.env("PATH", process::path_with(&folders)?);
        command.env("CARGO_TARGET_DIR", crate::repo::path("target/wasm"));
        if let Some(home) = cargo_home() {
            // Panics name their source file: the same on every machine, so that the same sources give the same program.
            let renamed = format!("--remap-path-prefix={}=/cargo", home.display());
            command.env("CARGO_ENCODED_RUSTFLAGS", renamed);
        }
        Ok(command)
    }
}

/// Where cargo keeps the sources of crates.
fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
}

/// Does one piece of set-up with a line before it and a line after it.
fn step(what: &str, why: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("setup: {what}: {why}");
    let start = Instant::now();
    work()?;
    println!(
        "setup: {what}: done in {:.1} s",
        start.elapsed().as_secs_f32()
    );
    Ok(())
}
