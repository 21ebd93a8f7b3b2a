//! `cargo xtask serve`: the relay and `trunk serve` side by side, until Ctrl-C or until one of them ends.

mod config;
mod lan;
mod ports;
mod running;

use crate::build::{self, Profile};
use crate::setup;
use anyhow::{Context, Result};
use ports::Order;
use running::Running;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a program that was asked to stop, or a page that was asked for, may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often the two programs are looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Sets up, builds, serves, and stops both programs at the end.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let order = Order::parse(args)?;
    let ports = order.ports;
    ports.check_free()?;
    let network = if order.lan {
        lan::addresses()?
    } else {
        Vec::new()
    };
    let env = setup::page()?;
    let relay = build::relay(Profile::Debug)?;
    let stop = stop_flag()?;
    // Other devices reach the relay through the page's own port, so that the relay needs to listen on this machine only. It
    // sees their pages' origins all the same.
    let origins = match order.lan {
        true => lan::origins(&network, ports.page),
        false => Vec::new(),
    };
    let mut relay = Running::relay(&relay, ports.relay, &origins)?;
    let listen = order.lan.then_some(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let mut trunk = Running::trunk(build::trunk(&env)?, ports, listen)?;
    let mut told = Answer::None;
    while !stop.load(Ordering::Relaxed) {
        relay.must_run()?;
        trunk.must_run()?;
        if told != Answer::Page {
            let answer = Answer::of_page(ports.page);
            answer.tell_if_new(told, ports.page, &network);
            told = answer;
        }
        std::thread::sleep(LOOK);
    }
    println!("stopping the page and the relay");
    Ok(())
}

/// Set by Ctrl-C, a closed terminal or a polite kill.
fn stop_flag() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop)).context("listening for Ctrl-C")?;
    }
    Ok(stop)
}

/// What a browser would get now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    None,
    Missing,
    Page,
}

impl Answer {
    /// Asks for the page as a browser would.
    fn of_page(port: u16) -> Self {
        let ask = || -> std::io::Result<Self> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
            let mut start = [0; 12];
            stream.read_exact(&mut start)?;
            Ok(if start.ends_with(b" 200") {
                Self::Page
            } else {
                Self::Missing
            })
        };
        ask().unwrap_or(Self::None)
    }

    /// Tells where to open the page, once there is one.
    fn tell_if_new(self, told: Self, port: u16, network: &[Ipv4Addr]) {
        match self {
            Self::Page if network.is_empty() => {
                println!("open http://localhost:{port}   (Ctrl-C stops the page and the relay)")
            }
            Self::Page => tell_network(port, network),
            Self::Missing if told == Self::None => {
                println!(
                    "the page did not build, see above; it is built again when a file changes"
                );
            }
            Self::Missing | Self::None => {}
        }
    }
}

/// By an address of the network the join link leads every device to this machine; `localhost` would lead it to itself.
fn tell_network(port: u16, network: &[Ipv4Addr]) {
    let addresses: Vec<String> = network
        .iter()
        .map(|address| format!("http://{address}:{port}"))
        .collect();
    println!(
        "open {}, here and on the other device   (Ctrl-C stops the page and the relay)",
        addresses.join(" or ")
    );
    println!(
        "everybody in this network can open it, and pass signals through its relay, until then"
    );
}
