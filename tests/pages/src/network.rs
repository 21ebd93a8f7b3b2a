//! The address under which other devices reach this machine.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result};

/// An address of this machine that is not loopback, with any free port: pages from there are in no secure context.
///
/// # Errors
/// Says so where the machine is in no network: then nothing can be tested.
pub fn address() -> Result<SocketAddr> {
    let interfaces = if_addrs::get_if_addrs().context("listing this machine's addresses")?;
    let mut addresses = interfaces.into_iter().map(|interface| interface.ip());
    let address = addresses.find(|address| {
        matches!(address, IpAddr::V4(address) if !address.is_loopback() && !address.is_link_local())
    });
    let address = address
        .context("this machine has no IPv4 address but loopback, so nothing was tested of a page on a local network. Connect it to one")?;
    Ok(SocketAddr::new(address, 0))
}
