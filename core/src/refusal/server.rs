//! What is wrong with the address of a STUN or TURN server (RFC 7064, RFC 7065).

/// The mistakes of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Empty,
    /// `stun://…`
    Slashes,
    /// A scheme of another protocol.
    Scheme,
    NoScheme,
    /// A query that only TURN takes.
    Query,
    Port,
    /// A port that browsers block.
    Blocked,
}

/// Ports that browsers do not connect to (the Fetch standard's list of bad ports).
const BLOCKED: [u16; 82] = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
];

/// The first mistake of an address.
pub(super) fn wrong(url: &str) -> Option<Wrong> {
    if url.trim().is_empty() {
        return Some(Wrong::Empty);
    }
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    let scheme = scheme.to_ascii_lowercase();
    let turn = matches!(scheme.as_str(), "turn" | "turns");
    if !turn && !matches!(scheme.as_str(), "stun" | "stuns") {
        let other = matches!(scheme.as_str(), "http" | "https" | "ws" | "wss");
        return Some(if other {
            Wrong::Scheme
        } else {
            Wrong::NoScheme
        });
    }
    if rest.starts_with('/') {
        return Some(Wrong::Slashes);
    }
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    if !turn && rest.contains('?') {
        return Some(Wrong::Query);
    }
    if turn && !matches!(query, "" | "transport=udp" | "transport=tcp") {
        return Some(Wrong::Query);
    }
    match host
        .rsplit_once(':')
        .filter(|(name, _)| !name.ends_with(':') && !host.ends_with(']'))
    {
        Some((_, port)) => match port.parse::<u16>() {
            Ok(port) if BLOCKED.contains(&port) => Some(Wrong::Blocked),
            Ok(1..) => None,
            _ => Some(Wrong::Port),
        },
        None => None,
    }
}

/// The address that has a mistake, or a TURN server's, or the first.
pub(super) fn suspect(servers: &[String]) -> Option<&str> {
    let turn = |url: &&String| url.to_ascii_lowercase().starts_with("turn");
    let found = servers.iter().find(|url| wrong(url).is_some());
    found
        .or_else(|| servers.iter().find(turn))
        .or(servers.first())
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{Wrong, suspect, wrong};

    #[test]
    fn each_mistake_of_an_address_is_told_apart() {
        for (url, expected) in [
            ("stun:example.org", None),
            ("turn:[::1]:3478?transport=tcp", None),
            ("stun:[::1]", None),
            ("", Some(Wrong::Empty)),
            ("stun://example.org", Some(Wrong::Slashes)),
            ("https://example.org", Some(Wrong::Scheme)),
            ("example.org", Some(Wrong::NoScheme)),
            ("example.org:3478", Some(Wrong::NoScheme)),
            ("stun:example.org?transport=udp", Some(Wrong::Query)),
            ("turn:example.org?transport=sctp", Some(Wrong::Query)),
            ("stun:example.org:99999", Some(Wrong::Port)),
            ("turn:127.0.0.1:9", Some(Wrong::Blocked)),
        ] {
            assert_eq!(wrong(url), expected, "{url}");
        }
    }

    #[test]
    fn the_wrong_one_of_several_is_named() {
        let servers = ["stun:example.org".to_owned(), "stun://other".to_owned()];
        assert_eq!(suspect(&servers), Some("stun://other"));
        assert_eq!(suspect(&[]), None);
    }
}
