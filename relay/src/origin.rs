//! Which web origins may connect (RFC 6454): compared exactly, after one normal form.

use std::{fmt, str::FromStr};

use axum::http::{HeaderMap, HeaderValue, Uri, header};

/// A web origin such as `https://example.org`, or `null`, in the form browsers send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// A text that is no origin.
#[derive(Debug, thiserror::Error)]
#[error(
    "\"{0}\" is not an origin; write scheme and host, such as https://example.org or http://localhost:8080"
)]
pub struct NotAnOrigin(String);

impl FromStr for Origin {
    type Err = NotAnOrigin;

    /// Reads `http://HOST[:PORT]`, `https://HOST[:PORT]` or `null`; a slash at the end is allowed.
    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        if text == "null" {
            return Ok(Self(text.into()));
        }
        normal(text)
            .map(Self)
            .ok_or_else(|| NotAnOrigin(text.into()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rule of one relay.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    allowed: Vec<Origin>,
    own_page: bool,
}

impl Origins {
    /// `own_page`: the relay serves a page, so its own origin is welcome beside `allowed`.
    pub(crate) fn new(allowed: Vec<Origin>, own_page: bool) -> Self {
        Self { allowed, own_page }
    }

    /// Whether a request with these headers may connect. One without `Origin` comes from no browser,
    /// and such a client could write any origin it likes.
    pub(crate) fn accept(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return true;
        };
        if self.allowed.is_empty() {
            return true;
        }
        let Some(origin) = origin
            .to_str()
            .ok()
            .and_then(|text| Origin::from_str(text).ok())
        else {
            return false;
        };
        self.allowed.contains(&origin)
            || (self.own_page && is_own(&origin, headers.get(header::HOST)))
    }
}

/// Whether `origin` is where this request was served. TLS may end in front of the relay, so either scheme fits.
fn is_own(origin: &Origin, host: Option<&HeaderValue>) -> bool {
    let Some(host) = host.and_then(|host| host.to_str().ok()) else {
        return false;
    };
    ["http", "https"]
        .iter()
        .any(|scheme| normal(&format!("{scheme}://{host}")).as_ref() == Some(&origin.0))
}

/// Lower case, without the scheme's default port; nothing if there is more than scheme, host and port.
fn normal(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let authority = uri.authority()?;
    let beyond = authority.as_str().contains('@') || uri.path().len() > 1 || uri.query().is_some();
    if beyond || text.ends_with('/') || text.contains('#') || authority.host().is_empty() {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    match authority.port_u16() {
        Some(port) if port != default_port => Some(format!("{scheme}://{host}:{port}")),
        _ => Some(format!("{scheme}://{host}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(origin: &str, host: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert(header::HOST, host.parse().unwrap());
        headers
    }

    fn only(origin: &str, own_page: bool) -> Origins {
        Origins::new(vec![origin.parse().unwrap()], own_page)
    }

    #[test]
    fn an_origin_is_read_into_the_form_browsers_send() {
        for (text, normal) in [
            ("https://Example.org/", "https://example.org"),
            ("https://example.org:443", "https://example.org"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:80", "http://[::1]"),
            ("null", "null"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), normal);
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for text in [
            "*",
            "",
            "example.org",
            "ftp://example.org",
            "https://example.org/page",
            "https://me@example.org",
            "https://example.org?x",
            "https://example.org//",
            "https://",
            "https://example.org#x",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_is_compared_as_a_whole() {
        let rule = only("https://example.org", false);
        assert!(rule.accept(&request("https://example.org", "relay.example.org")));
        for other in [
            "https://example.org.evil.net",
            "https://sub.example.org",
            "http://example.org",
            "null",
        ] {
            assert!(
                !rule.accept(&request(other, "relay.example.org")),
                "{other}"
            );
        }
    }

    #[test]
    fn the_relay_s_own_page_is_welcome_only_where_it_is_served() {
        let serving = only("https://example.org", true);
        assert!(serving.accept(&request("https://relay.net", "relay.net")));
        assert!(serving.accept(&request("http://relay.net:8081", "relay.net:8081")));
        assert!(!serving.accept(&request("https://evil.net", "relay.net")));
        assert!(
            !only("https://example.org", false).accept(&request("https://relay.net", "relay.net"))
        );
    }
}
