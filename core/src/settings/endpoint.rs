//! The endpoint field: where the signals travel, checked with the mistake named.

use super::Endpoint;
use crate::words::{Message, say};

/// The host and port of a `ws:` or `wss:` URL, without user information.
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '{']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

pub(super) fn endpoint(text: &str, https: bool) -> Result<Endpoint, Message> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" => return Err(say("field.endpoint-empty")),
        "tabs:" => return Ok(Endpoint::Tabs),
        "paste:" => return Ok(Endpoint::Paste),
        "line:" => return Ok(Endpoint::Line),
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
    if https && !secure && !is_loopback(host) {
        return Err(say("field.endpoint-mixed").with("host", host));
    }
    Ok(Endpoint::Socket(text.to_owned()))
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.starts_with("127.") || name == "[::1]"
}
