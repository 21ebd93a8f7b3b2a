//! Whose address a connection counts for, behind trusted proxies and without.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the client: the TCP peer, or, if that is a trusted proxy, the right-most address
/// of `X-Forwarded-For` that is not one. What stands further left was written by the client itself.
pub(crate) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|one| one.to_canonical() == *address);
    let mut client = peer.to_canonical();
    let hops = headers
        .get_all(FORWARDED_FOR)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).collect();
    let mut hops = hops.iter().rev();
    while is_trusted(&client) {
        let Some(before) = hops.next().and_then(|hop| parse(hop.trim())) else {
            break;
        };
        client = before;
    }
    client
}

/// What the limit per address counts by. One subscriber usually has a whole IPv6 /64.
pub(crate) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// An address, with or without a port, IPv6 with or without brackets.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(hop);
    let address = bare
        .parse()
        .ok()
        .or_else(|| hop.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| ip(one)).collect();
        client(ip(peer), &headers, &trusted)
    }

    #[test]
    fn a_header_from_a_stranger_is_not_believed() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"], &[]), ip("192.0.2.1"));
        assert_eq!(
            seen("192.0.2.1", &["198.51.100.7"], &["10.0.0.1"]),
            ip("192.0.2.1")
        );
    }

    #[test]
    fn the_right_most_untrusted_hop_counts() {
        let trusted = ["10.0.0.1", "10.0.0.2"];
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1, 192.0.2.9, 10.0.0.2"], &trusted),
            ip("192.0.2.9")
        );
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1", "192.0.2.9"], &trusted),
            ip("192.0.2.9")
        );
        assert_eq!(
            seen("::ffff:10.0.0.1", &["[2001:db8::1]:4711"], &trusted),
            ip("2001:db8::1")
        );
        assert_eq!(
            seen("10.0.0.1", &["192.0.2.9:80"], &trusted),
            ip("192.0.2.9")
        );
    }

    #[test]
    fn without_a_readable_hop_the_proxy_itself_counts() {
        assert_eq!(seen("10.0.0.1", &[], &["10.0.0.1"]), ip("10.0.0.1"));
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1, unknown"], &["10.0.0.1"]),
            ip("10.0.0.1")
        );
    }

    #[test]
    fn ipv6_counts_by_its_first_64_bits() {
        assert_eq!(
            counted(ip("2001:db8:1:2:3:4:5:6")),
            counted(ip("2001:db8:1:2::9"))
        );
        assert_ne!(
            counted(ip("2001:db8:1:2::1")),
            counted(ip("2001:db8:1:3::1"))
        );
        assert_eq!(counted(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }
}
