//! The relay of the release build, serving the built page.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result};

use crate::children::Program;
use crate::env;

/// A running relay. Dropping it ends it.
#[derive(Debug)]
pub struct Relay {
    program: Program,
    address: SocketAddr,
}

impl Relay {
    /// Starts a relay on a free port.
    pub async fn start() -> Result<Self> {
        Self::start_on(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Starts a relay on this address.
    pub async fn start_on(address: SocketAddr) -> Result<Self> {
        Self::serve(address, &env::page()?).await
    }

    /// Starts a relay on a free port, with another folder as its page.
    pub async fn start_with(page: &Path) -> Result<Self> {
        Self::serve(SocketAddr::from(([127, 0, 0, 1], 0)), page).await
    }

    async fn serve(address: SocketAddr, page: &Path) -> Result<Self> {
        let page = page.to_string_lossy().into_owned();
        let arguments = [
            "--listen".to_owned(),
            address.to_string(),
            "--page".to_owned(),
            page,
        ];
        let mut program = Program::start(&env::relay()?, &arguments)?;
        let address = program.line_after("listening on http://").await?;
        let address = address
            .parse()
            .with_context(|| format!("reading the relay's address `{address}`"))?;
        Ok(Self { program, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Kills it: no goodbye to anybody. Gives the address, which is free then.
    pub async fn kill(mut self) -> Result<SocketAddr> {
        self.program.end().await?;
        Ok(self.address)
    }
}
