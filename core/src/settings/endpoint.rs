//! The endpoint field: where the signals travel, checked with the mistake named.

use super::{Endpoint, Start};
use crate::words::{Message, say};

/// The host and port of a `ws:` or `wss:` URL, without user information.
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '{']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

pub(super) fn endpoint(text: &str, start: &Start) -> Result<Endpoint, Message> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" => return Err(say("field.endpoint-empty")),
        "tabs:" => return Ok(Endpoint::Tabs),
        "paste:" => return Ok(Endpoint::Paste),
        "line:" if start.line => return Ok(Endpoint::Line),
        "line:" => return Err(say("field.endpoint-line")),
        _ => {}
    }
    let secure = lower.starts_with("wss://");
    if lower.starts_with("http://") || lower.starts_with("https://") {
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        let better = if lower.starts_with("https") {
            "wss"
        } else {
            "ws"
        };
        return Err(say("field.endpoint-http").with("better", format!("{better}://{rest}")));
    }
    if !secure && !lower.starts_with("ws://") {
        return Err(say("field.endpoint-scheme"));
    }
    let host = host(text).ok_or_else(|| say("field.endpoint-host"))?;
    if text.contains(char::is_whitespace) {
        return Err(say("field.endpoint-space"));
    }
    if text.contains('#') {
        return Err(say("field.endpoint-fragment"));
    }
    if start.https && !secure && !is_loopback(host) {
        return Err(say("field.endpoint-mixed").with("host", host));
    }
    Ok(Endpoint::Socket(text.to_owned()))
}

/// The host of an address that means, on another device, that device itself.
pub fn own_machine(url: &str) -> Option<&str> {
    let host = host(url)?;
    is_loopback(host).then(|| name_of(host))
}

fn is_loopback(host: &str) -> bool {
    let name = name_of(host);
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    is("localhost") || name.starts_with("127.") || name == "[::1]"
}

/// A host without its port. An IPv6 address stands in brackets, and has colons of its own.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::own_machine;

    #[test]
    fn an_address_of_this_machine_only_is_known_with_and_without_a_port() {
        for (url, name) in [
            ("ws://localhost:8080", Some("localhost")),
            ("http://Localhost/page?endpoint=ws://far", Some("Localhost")),
            ("ws://127.0.0.1:8080/any/{room}", Some("127.0.0.1")),
            ("http://[::1]:8080/", Some("[::1]")),
            ("http://[::1]/", Some("[::1]")),
            ("ws://192.0.2.7:8080", None),
            ("wss://localhost.example", None),
            ("tabs:", None),
        ] {
            assert_eq!(own_machine(url), name, "{url}");
        }
    }
}
