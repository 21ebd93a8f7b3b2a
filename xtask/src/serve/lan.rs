//! `serve --lan`: the addresses of this machine in its network, and the origins under which the page is opened then.

use crate::process;
use anyhow::{Context, Result, bail};
use std::net::{IpAddr, Ipv4Addr};
use std::process::Command;

/// The addresses under which other devices reach this machine.
///
/// # Errors
/// Says so where there is none.
pub(crate) fn addresses() -> Result<Vec<Ipv4Addr>> {
    let interfaces = if_addrs::get_if_addrs().context("listing this machine's addresses")?;
    let found = reachable(interfaces.into_iter().map(|interface| interface.ip()));
    if found.is_empty() {
        bail!(
            "this machine has no address in a network, so no other device could reach it. \
             Connect it to one, or leave --lan out"
        );
    }
    Ok(found)
}

/// Without loopback, and without addresses that a machine gives itself while it is in no network.
fn reachable(addresses: impl Iterator<Item = IpAddr>) -> Vec<Ipv4Addr> {
    let mut found: Vec<Ipv4Addr> = addresses
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
        .filter(|address| !address.is_loopback() && !address.is_link_local())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Every origin that the page has when it is opened by one of these addresses, by this machine's name or on this machine.
pub(crate) fn origins(addresses: &[Ipv4Addr], port: u16) -> Vec<String> {
    let mut hosts: Vec<String> = addresses.iter().map(Ipv4Addr::to_string).collect();
    hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
    if let Some(name) = process::output(&mut Command::new("hostname")) {
        let name = name.trim().to_ascii_lowercase();
        // As it is told to other devices by mDNS, and by a router.
        let plain = name.split('.').next().unwrap_or(&name).to_owned();
        hosts.extend([format!("{plain}.local"), plain, name]);
    }
    hosts.sort();
    hosts.dedup();
    hosts
        .iter()
        .filter(|host| is_host(host))
        .map(|host| format!("http://{host}:{port}"))
        .collect()
}

/// Whether a text can stand in an origin.
fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || ".-[]:".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_others_reach_are_named_each_once() {
        let all = [
            "127.0.0.1",
            "192.168.0.7",
            "169.254.3.4",
            "fe80::1",
            "10.0.0.2",
            "192.168.0.7",
        ];
        let found = reachable(all.iter().map(|address| address.parse().unwrap()));
        assert_eq!(
            found,
            [Ipv4Addr::new(10, 0, 0, 2), Ipv4Addr::new(192, 168, 0, 7)]
        );
    }

    #[test]
    fn the_page_is_welcome_at_the_relay_under_every_address_it_is_opened_by() {
        let origins = origins(&[Ipv4Addr::new(192, 168, 0, 7)], 8080);
        for origin in [
            "http://192.168.0.7:8080",
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(origins.iter().any(|known| known == origin), "{origins:?}");
        }
    }
}
