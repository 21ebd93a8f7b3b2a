//! Which hosts a dialect may be sent to: the one of the endpoint, and those the user adds.

use super::FieldMistake;
use crate::words::say;

/// Hosts a user allows beside the endpoint's, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hosts(Vec<String>);

const MOST: usize = 16;

impl Hosts {
    /// Reads the field: `host` or `host:port`, separated by blanks or commas.
    ///
    /// # Errors
    /// What is no host.
    pub fn read(text: &str) -> Result<Self, FieldMistake> {
        let words = text.split([',', ' ', '\t', '\n', '\r']);
        let hosts: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        if hosts.len() > MOST {
            let message = say("field.hosts-many").with("limit", MOST);
            return Err(FieldMistake::new("hosts", message));
        }
        if let Some(wrong) = hosts.iter().find(|host| parts(host).is_none()) {
            let message = say("field.hosts").with("value", *wrong);
            return Err(FieldMistake::new("hosts", message));
        }
        Ok(Self(
            hosts.into_iter().map(str::to_ascii_lowercase).collect(),
        ))
    }

    /// The hosts, as they are shown.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a URL leads to the endpoint's host and port, or to one of these. What a browser could read otherwise
    /// than it looks (user information, escapes, signs that it drops) is refused.
    pub fn allow(&self, endpoint: &str, url: &str) -> bool {
        let Some((authority, port)) = authority(url).zip(default_port(url)) else {
            return false;
        };
        if Some(authority) == self::authority(endpoint) && default_port(endpoint) == Some(port) {
            return true;
        }
        let Some((name, given)) = parts(authority) else {
            return false;
        };
        let lower = name.to_ascii_lowercase();
        let is_it = |host: &str, otherwise: Option<u16>| {
            parts(host).is_some_and(|(known, at)| {
                known.eq_ignore_ascii_case(&lower)
                    && at.or(otherwise).unwrap_or(port) == given.unwrap_or(port)
            })
        };
        let same =
            self::authority(endpoint).is_some_and(|host| is_it(host, default_port(endpoint)));
        same || self.0.iter().any(|host| is_it(host, None))
    }
}

/// What stands between the scheme and the path.
pub fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '\\', '?', '#'])
        .next()
        .filter(|host| !host.is_empty())
}

fn default_port(url: &str) -> Option<u16> {
    match url.split_once("://")?.0.to_ascii_lowercase().as_str() {
        "ws" | "http" => Some(80),
        "wss" | "https" => Some(443),
        _ => None,
    }
}

/// Name and port of a host that reads in one way only.
fn parts(host: &str) -> Option<(&str, Option<u16>)> {
    let (name, port) = match host.strip_prefix('[') {
        Some(_) => {
            let end = host.find(']')?;
            let (name, rest) = host.split_at_checked(end.checked_add(1)?)?;
            (name, rest)
        }
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-._".contains(sign);
    let six = |sign: char| sign.is_ascii_hexdigit() || "[]:.".contains(sign);
    let fits = match name.strip_prefix('[') {
        Some(_) => name.chars().all(six),
        None => !name.is_empty() && name.chars().all(plain),
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        None => return None,
        Some(port) => Some(port.parse().ok()?),
    };
    fits.then_some((name, port))
}

#[cfg(test)]
mod tests {
    use super::Hosts;

    fn allow(hosts: &str, url: &str) -> bool {
        let hosts = Hosts::read(hosts).unwrap_or_default();
        hosts.allow("wss://own.example:8443/x", url)
    }

    #[test]
    fn the_endpoints_host_and_port_are_allowed_in_every_scheme() {
        for url in [
            "wss://own.example:8443/ws",
            "https://OWN.example:8443/id",
            "https://own.example:8443",
        ] {
            assert!(allow("", url), "{url}");
        }
    }

    #[test]
    fn another_host_or_port_is_not() {
        for url in [
            "wss://own.example/ws",
            "https://own.example:9/id",
            "https://evil.example/",
            "own.example:8443",
            "https:own.example:8443",
            "",
        ] {
            assert!(!allow("", url), "{url}");
        }
    }

    #[test]
    fn a_host_that_a_browser_reads_otherwise_is_not() {
        for url in [
            "wss://evil.example\\@own.example:8443/",
            "wss://own.example:8443@evil.example/",
            "wss://own.example:8443\t.evil.example/",
            "wss://own%2eexample:8443/",
            "wss://own.example:8443\\.evil.example",
        ] {
            let leads_home = url.starts_with("wss://own.example:8443\\");
            assert_eq!(allow("", url), leads_home, "{url}");
        }
    }

    #[test]
    fn a_listed_host_is_allowed_at_its_port_only() {
        assert!(allow("other.example", "wss://other.example/a"));
        assert!(allow(
            "a.example, other.example:90",
            "ws://other.example:90"
        ));
        assert!(!allow("other.example:90", "ws://other.example"));
        assert!(!allow("other.example", "wss://other.example:90"));
        assert!(allow("[::1]:80", "http://[::1]/"));
    }

    #[test]
    fn what_is_no_host_is_named() {
        for text in ["https://a.example", "a/b", "a:b", "a@b", "[::1"] {
            assert!(Hosts::read(text).is_err(), "{text}");
        }
    }
}
