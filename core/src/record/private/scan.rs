//! Finds what is private in a text of any format: SDP, candidates, JSON within JSON, base64.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64ct::{Base64, Base64Unpadded, Encoding};

use crate::dialect::from_base64;

/// Something private, as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    Address(IpAddr),
    /// A name of mDNS: `….local`.
    Local(&'a str),
    /// `ice-ufrag`, and what names it elsewhere.
    Username(&'a str),
    Password,
    /// Hexadecimal pairs between colons: the hash of a certificate.
    Fingerprint(&'a str),
}

/// Gives the stand-in; nothing: it stays as it is.
pub(super) type StandIn<'a> = dyn FnMut(Found<'_>) -> Option<String> + 'a;

/// Texts in texts (base64 of JSON with base64 in it) are looked into this deep.
const DEEPEST: usize = 3;
/// A shorter run of base64 hides nothing.
const SHORTEST_BASE64: usize = 24;
/// A longer run of hexadecimal digits and colons is no address.
const LONGEST_ADDRESS: usize = 64;
/// A certificate's hash has at least that many pairs (SHA-1).
const FEWEST_PAIRS: usize = 16;

/// What names a username (or else a password) in SDP, in candidates and in JSON.
const LABELS: [(&str, bool); 7] = [
    ("ufrag", true),
    ("sernameFragment", true),
    ("ice-pwd", false),
    ("\"pwd", false),
    ("assword", false),
    ("redential", false),
    ("inline", false),
];

/// The text with everything found replaced.
pub(super) fn rewrite(text: &str, stand_in: &mut StandIn<'_>) -> String {
    let mut scanner = Scanner {
        rest: text,
        before: None,
        out: String::with_capacity(text.len()),
        depth: 0,
    };
    scanner.run(stand_in);
    scanner.out
}

struct Scanner<'t> {
    rest: &'t str,
    before: Option<char>,
    out: String,
    depth: usize,
}

impl Scanner<'_> {
    fn run(&mut self, stand_in: &mut StandIn<'_>) {
        while let Some(sign) = self.rest.chars().next() {
            if let Some((length, name)) = label(self.rest) {
                self.pass(length, None);
                self.labelled(name, stand_in);
            } else if let Some((length, written)) = self.nested(stand_in) {
                self.pass(length, Some(written));
            } else if let Some((start, length, found)) = self.found() {
                let written = stand_in(found);
                self.pass(start, None);
                self.pass(length, written);
            } else {
                self.pass(sign.len_utf8(), None);
            }
        }
    }

    /// Goes on by that many bytes, written as they are or as something else.
    fn pass(&mut self, length: usize, written: Option<String>) {
        let (head, tail) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.out.push_str(written.as_deref().unwrap_or(head));
        self.before = head.chars().next_back().or(self.before);
        self.rest = tail;
    }

    /// The value behind a label (`ice-char` of RFC 8839 5.4).
    fn labelled(&mut self, is_name: bool, stand_in: &mut StandIn<'_>) {
        let value = run(self.rest, |sign| {
            sign.is_ascii_alphanumeric() || "+/-_".contains(sign)
        });
        let found = if is_name {
            Found::Username(value)
        } else {
            Found::Password
        };
        let written = if value.is_empty() {
            None
        } else {
            stand_in(found)
        };
        self.pass(value.len(), written);
    }

    /// A run of base64 that is a text with something private in it.
    fn nested(&self, stand_in: &mut StandIn<'_>) -> Option<(usize, String)> {
        if self.depth >= DEEPEST || self.touches() {
            return None;
        }
        let coded = run(self.rest, |sign| {
            sign.is_ascii_alphanumeric() || "+/-_=".contains(sign)
        });
        if coded.len() < SHORTEST_BASE64 {
            return None;
        }
        let text = from_base64(coded)?;
        if text.contains(|sign: char| sign.is_control() && !sign.is_whitespace()) {
            return None;
        }
        let mut inner = Scanner {
            rest: &text,
            before: None,
            out: String::with_capacity(text.len()),
            depth: self.depth + 1,
        };
        inner.run(stand_in);
        (inner.out != text).then(|| (coded.len(), encoded(&inner.out, coded)))
    }

    /// Something that begins here or a few signs on: the signs before it, its length, what it is.
    fn found(&self) -> Option<(usize, usize, Found<'_>)> {
        let sign = self.rest.chars().next()?;
        let after = |fits: fn(char) -> bool| self.before.is_some_and(fits);
        if sign.is_ascii_digit()
            && !after(|before| before.is_ascii_digit() || before == '.')
            && let Some((length, found)) = four(self.rest)
        {
            return Some((0, length, found));
        }
        if is_digit(sign) && !after(is_digit) {
            let digits = run(self.rest, is_digit);
            let glued = after(|before| before.is_ascii_alphanumeric());
            let hash = fingerprint(digits).map(|(length, found)| (0, length, found));
            if let Some(found) = hash.or_else(|| six(digits, glued)) {
                return Some(found);
            }
        }
        let (length, found) = local(self.rest).filter(|_| !self.touches())?;
        Some((0, length, found))
    }

    /// Whether a word is under way already.
    fn touches(&self) -> bool {
        let part = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '.';
        self.before.is_some_and(part)
    }
}

/// A sign of an address of IPv6, or of a hash.
fn is_digit(sign: char) -> bool {
    sign.is_ascii_hexdigit() || sign == ':' || sign == '.'
}

/// A label with what separates it from its value; whether the value is a name.
fn label(text: &str) -> Option<(usize, bool)> {
    let (label, name) = LABELS.iter().find(|(label, _)| text.starts_with(label))?;
    let after = text.get(label.len()..)?;
    let between = run(after, |sign| "\\\": =(".contains(sign));
    let separated = (1..=8).contains(&between.len());
    separated.then(|| (label.len() + between.len(), *name))
}

/// The longest beginning of which every character fits.
fn run(text: &str, fits: impl Fn(char) -> bool) -> &str {
    let end = text.find(|sign| !fits(sign)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn four(text: &str) -> Option<(usize, Found<'_>)> {
    let digits = run(text, |sign| sign.is_ascii_digit() || sign == '.');
    // A full stop may end the sentence that the address stands in.
    let mut parts = digits.split('.');
    let address: Vec<&str> = parts.by_ref().take(4).collect();
    let more = parts.next().is_some_and(|part| !part.is_empty());
    let address = address.join(".");
    let parsed: Ipv4Addr = address.parse().ok().filter(|_| !more)?;
    Some((address.len(), Found::Address(IpAddr::V4(parsed))))
}

fn fingerprint(digits: &str) -> Option<(usize, Found<'_>)> {
    let pairs = digits.split(':').take_while(|pair| pair.len() == 2).count();
    let length = (pairs * 3).checked_sub(1)?;
    let hash = digits.get(..length).filter(|_| pairs >= FEWEST_PAIRS)?;
    Some((length, Found::Fingerprint(hash)))
}

/// The first address of IPv6 among digits and colons, as long as it goes. `glued`: the first group is the end of a word.
fn six(digits: &str, glued: bool) -> Option<(usize, usize, Found<'_>)> {
    if digits.len() > LONGEST_ADDRESS || digits.matches(':').count() < 2 {
        return None;
    }
    let behind = digits.match_indices(':').map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).filter(|_| !glued).chain(behind);
    starts.find_map(|start| {
        let rest = digits.get(start..)?;
        let (length, address) = longest(rest)?;
        Some((start, length, Found::Address(IpAddr::V6(address))))
    })
}

/// The longest beginning that is an address, `::` excepted.
fn longest(digits: &str) -> Option<(usize, Ipv6Addr)> {
    let mut ends = (3..=digits.len()).rev();
    ends.find_map(|end| Some((end, digits.get(..end)?.parse().ok()?)))
}

fn local(text: &str) -> Option<(usize, Found<'_>)> {
    let word = run(text, |sign| {
        sign.is_ascii_alphanumeric() || sign == '-' || sign == '.'
    });
    let word = word.trim_end_matches('.');
    let end = word
        .len()
        .checked_sub(".local".len())
        .filter(|end| *end > 0)?;
    let is_local = word.get(end..)?.eq_ignore_ascii_case(".local");
    is_local.then_some((word.len(), Found::Local(word)))
}

/// In the alphabet, and with the padding, of what it stands for.
fn encoded(text: &str, like: &str) -> String {
    let coded = if like.ends_with('=') || like.len().is_multiple_of(4) {
        Base64::encode_string(text.as_bytes())
    } else {
        Base64Unpadded::encode_string(text.as_bytes())
    };
    if like.contains(['-', '_']) {
        coded.replace('+', "-").replace('/', "_")
    } else {
        coded
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, rewrite};

    fn marked(text: &str) -> String {
        rewrite(text, &mut |found| {
            Some(match found {
                Found::Address(_) => "<address>".to_owned(),
                Found::Local(_) => "<local>".to_owned(),
                Found::Username(_) => "<name>".to_owned(),
                Found::Password => "<password>".to_owned(),
                Found::Fingerprint(_) => "<hash>".to_owned(),
            })
        })
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        for (text, wanted) in [
            (
                "candidate:1 1 udp 2122 192.168.1.20 5000 typ host",
                "candidate:1 1 udp 2122 <address> 5000 typ host",
            ),
            ("10.0.0.1:5000, 10.0.0.2.", "<address>:5000, <address>."),
            (
                "[fe80::1%eth0]:80 and 2001:db8::7",
                "[<address>%eth0]:80 and <address>",
            ),
            (
                "c=IN IP6 2001:DB8:0:0:0:0:0:1\r\n",
                "c=IN IP6 <address>\r\n",
            ),
            (
                "{\\\"ip\\\":\\\"::ffff:10.1.2.3\\\"}",
                "{\\\"ip\\\":\\\"<address>\\\"}",
            ),
            ("x10.0.0.1y", "x<address>y"),
            (
                "ip:fe80::1 candidate:2001:db8::1",
                "ip:<address> candidate:<address>",
            ),
        ] {
            assert_eq!(marked(text), wanted);
        }
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "12:34:56.789",
            "version 1.2.3",
            "1.2.3.4.5",
            "webrtc::Peer",
            "300.1.1.1",
            "std::net",
            "4611731400430051336",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn credentials_and_names_are_found() {
        for (text, wanted) in [
            (
                "a=ice-ufrag:Ab+/\r\na=ice-pwd:0123456789abcdefghij+/\r\n",
                "a=ice-ufrag:<name>\r\na=ice-pwd:<password>\r\n",
            ),
            (
                "typ host generation 0 ufrag Ab12 network-id 1",
                "typ host generation 0 ufrag <name> network-id 1",
            ),
            (
                "{\"usernameFragment\":\"Ab12\",\"u\":1}",
                "{\"usernameFragment\":\"<name>\",\"u\":1}",
            ),
            (
                "{\\\"iceLocalUsernameFragment\\\": \\\"Ab12\\\"}",
                "{\\\"iceLocalUsernameFragment\\\": \\\"<name>\\\"}",
            ),
            ("udp 1 0b2c-44.local 9", "udp 1 <local> 9"),
            (
                "a=fingerprint:sha-256 01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF\r\n",
                "a=fingerprint:sha-256 <hash>\r\n",
            ),
        ] {
            assert_eq!(marked(text), wanted);
        }
    }

    #[test]
    fn base64_is_looked_into_and_written_again() {
        use base64ct::{Base64UrlUnpadded, Encoding};
        let inner = "{\"candidate\":\"udp 10.0.0.1 5000\"}";
        let coded = Base64UrlUnpadded::encode_string(inner.as_bytes());
        let marked = marked(&format!("carry {coded} now"));
        let coded = marked.split(' ').nth(1).unwrap_or_default();
        let text = crate::dialect::from_base64(coded);
        assert_eq!(
            text.as_deref(),
            Some("{\"candidate\":\"udp <address> 5000\"}")
        );
        assert_eq!(super::run(&marked, |sign| sign != ' '), "carry");
    }
}
