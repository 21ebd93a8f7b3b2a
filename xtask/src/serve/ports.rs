//! The flags of `serve`: its two ports, looked at before anything is built, and whether other devices may come.

use super::config::RELAY_PORT;
use anyhow::{Result, anyhow, bail};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// What the user asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) ports: Ports,
    /// Other devices of the network may open the page.
    pub(crate) lan: bool,
}

/// The ports of the page and the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) page: u16,
    pub(crate) relay: u16,
}

impl Order {
    /// Reads `--port`, `--relay-port` and `--lan`.
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut lan = false;
        let mut ports = Ports {
            page: 8080,
            relay: RELAY_PORT,
        };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next()? {
            match arg {
                lexopt::Arg::Long("port") => ports.page = port(&mut parser)?,
                lexopt::Arg::Long("relay-port") => ports.relay = port(&mut parser)?,
                lexopt::Arg::Long("lan") => lan = true,
                other => return Err(other.unexpected().into()),
            }
        }
        if ports.page == ports.relay {
            bail!(
                "the page and the relay cannot both have port {}. Give one of them another",
                ports.page
            );
        }
        Ok(Self { ports, lan })
    }
}

impl Ports {
    /// An error if another program has one of them.
    pub(crate) fn check_free(self) -> Result<()> {
        check_free(self.page, "page", "--port")?;
        check_free(self.relay, "relay", "--relay-port")
    }
}

fn port(parser: &mut lexopt::Parser) -> Result<u16> {
    let value = parser.value()?;
    let port = value
        .to_str()
        .and_then(|text| text.parse::<u16>().ok())
        .filter(|port| *port > 0);
    port.ok_or_else(|| anyhow!("a port is a number from 1 to 65535, and {value:?} was given"))
}

/// Both loopback addresses: `localhost` may lead a browser to either.
fn check_free(port: u16, what: &str, flag: &str) -> Result<()> {
    for address in [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ] {
        match TcpListener::bind(address) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "port {port}, meant for the {what}, is in use by another program. \
                 Stop that program, or choose another port with {flag}"
            ),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                bail!(
                    "port {port}, meant for the {what}, is reserved for root. Choose one above 1023 with {flag}"
                )
            }
            // A machine without IPv6 has no second address.
            Err(_) | Ok(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Ports> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Order::parse(&words).map(|order| order.ports)
    }

    #[test]
    fn other_devices_come_only_when_they_are_asked() {
        let lan = |words: &[String]| Order::parse(words).unwrap().lan;
        assert!(!lan(&[]));
        assert!(lan(&["--lan".to_owned()]));
    }

    #[test]
    fn both_ports_can_be_changed() {
        assert_eq!(
            parse(&[]).unwrap(),
            Ports {
                page: 8080,
                relay: 8081
            }
        );
        assert_eq!(
            parse(&["--port", "9000", "--relay-port=9001"]).unwrap(),
            Ports {
                page: 9000,
                relay: 9001
            }
        );
    }

    #[test]
    fn a_port_that_is_none_is_named() {
        let error = parse(&["--port", "web"]).unwrap_err().to_string();
        assert!(error.contains("web") && error.contains("65535"), "{error}");
        assert!(parse(&["--port", "8081"]).is_err(), "the relay's port");
    }

    #[test]
    fn a_port_in_use_is_told_with_the_flag_that_changes_it() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = check_free(port, "page", "--port").unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
    }
}
