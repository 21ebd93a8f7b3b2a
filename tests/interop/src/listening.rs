//! The port a program has asked the system for: every server here can listen on port 0, and few say what they got.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};

/// The state of a listening socket in /proc/PID/net/tcp.
const LISTEN: &str = "0A";

/// Where on IPv4 this process listens, once it does (Linux: /proc).
pub(crate) fn address_of(process: u32) -> Option<SocketAddr> {
    let sockets = sockets_of(process);
    let table = std::fs::read_to_string(format!("/proc/{process}/net/tcp")).ok()?;
    table
        .lines()
        .skip(1)
        .find_map(|line| listening(line, &sockets))
}

/// The inodes of a process's open sockets.
fn sockets_of(process: u32) -> BTreeSet<String> {
    let files = std::fs::read_dir(format!("/proc/{process}/fd"));
    let links = files
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|file| std::fs::read_link(file.path()).ok());
    let inode = |link: std::path::PathBuf| {
        let text = link.to_str()?.strip_prefix("socket:[")?;
        Some(text.strip_suffix(']')?.to_owned())
    };
    links.filter_map(inode).collect()
}

/// The address in a line of the table, if it is one of these sockets and listens.
fn listening(line: &str, sockets: &BTreeSet<String>) -> Option<SocketAddr> {
    let mut words = line.split_ascii_whitespace();
    let address = words.nth(1)?;
    let state = words.nth(1)?;
    let inode = words.nth(5)?;
    if state != LISTEN || !sockets.contains(inode) {
        return None;
    }
    let (host, port) = address.split_once(':')?;
    // The kernel prints the address as one number of the machine's own byte order.
    let host = Ipv4Addr::from(u32::from_str_radix(host, 16).ok()?.to_ne_bytes());
    Some(SocketAddr::from((
        host,
        u16::from_str_radix(port, 16).ok()?,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_of_this_very_process_is_found_once_it_listens() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let sockets = sockets_of(std::process::id());
        let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
        let mut found = table.lines().filter_map(|line| listening(line, &sockets));
        assert!(found.any(|one| one == address));
    }
}
