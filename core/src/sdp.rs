//! Reads session descriptions as far as explaining and connecting need it, and mends what copying does to them.

pub mod changes;
pub mod compare;
pub mod outline;
pub mod reader;

use crate::signal::{Candidate, Description, DescriptionKind};

/// The value of the first line `a=NAME:VALUE` (or `a=NAME`), without blanks around.
pub fn attribute<'a>(sdp: &'a str, name: &str) -> Option<&'a str> {
    sdp.lines().find_map(|line| {
        let rest = line.trim_end().strip_prefix("a=")?.strip_prefix(name)?;
        match rest.strip_prefix(':') {
            Some(value) => Some(value.trim()),
            None => rest.is_empty().then_some(""),
        }
    })
}

/// The certificate's fingerprint: it names the peer connection a description belongs to (RFC 8122).
pub fn fingerprint(sdp: &str) -> Option<&str> {
    attribute(sdp, "fingerprint")
}

/// The name of the ICE session (RFC 8839): it changes with an ICE restart.
pub fn ufrag(sdp: &str) -> Option<&str> {
    attribute(sdp, "ice-ufrag")
}

/// Whose description it is, and which version of it: the value of `o=` (RFC 8866 5.2).
pub fn origin(sdp: &str) -> Option<&str> {
    sdp.lines().find_map(|line| line.strip_prefix("o="))
}

/// How many media sections there are; an offer without any gathers nothing.
pub fn sections(sdp: &str) -> usize {
    sdp.lines().filter(|line| line.starts_with("m=")).count()
}

/// Whether a Firefox made it: Firefox gives up early on a connection without candidates.
pub fn from_firefox(sdp: &str) -> bool {
    sdp.lines().any(|line| line.starts_with("o=mozilla"))
}

/// The candidates inside a description, in order.
pub fn candidates(sdp: &str) -> impl Iterator<Item = &str> {
    sdp.lines()
        .filter_map(|line| line.trim_end().strip_prefix("a="))
        .filter(|value| value.starts_with("candidate:"))
}

/// A candidate taken apart (RFC 8839 5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    pub protocol: &'a str,
    pub address: &'a str,
    pub port: &'a str,
    pub kind: &'a str,
    pub ufrag: Option<&'a str>,
}

/// Takes `candidate:…` apart; `None` when it is not one.
pub fn parts(candidate: &str) -> Option<Parts<'_>> {
    let mut fields = candidate
        .strip_prefix("candidate:")?
        .split_ascii_whitespace();
    let _foundation = fields.next()?;
    let _component = fields.next()?;
    let protocol = fields.next()?;
    let _priority = fields.next()?;
    let address = fields.next()?;
    let port = fields.next()?;
    let mut kind = "";
    let mut ufrag = None;
    while let Some(name) = fields.next() {
        let value = fields.next()?;
        match name {
            "typ" => kind = value,
            "ufrag" => ufrag = Some(value),
            _ => {}
        }
    }
    Some(Parts {
        protocol,
        address,
        port,
        kind,
        ufrag,
    })
}

/// A candidate in a few words: type, protocol, address and port. What is none stays as it is.
pub fn route(candidate: &str) -> String {
    parts(candidate).map_or_else(
        || candidate.to_owned(),
        |parts| {
            let address = short_address(parts.address);
            [
                parts.kind,
                " ",
                parts.protocol,
                " ",
                &address,
                ":",
                parts.port,
            ]
            .concat()
        },
    )
}

/// An address short enough for a row: a long name keeps both ends.
pub fn short_address(address: &str) -> String {
    let ends = |name: &str| {
        let (first, last) = (name.get(..4)?, name.get(name.len().checked_sub(4)?..)?);
        Some([first, "…", last, ".local"].concat())
    };
    let name = address.strip_suffix(".local");
    name.filter(|name| name.len() > 12)
        .and_then(ends)
        .unwrap_or_else(|| address.to_owned())
}

/// The ICE session a candidate belongs to, if it says so.
pub fn candidate_ufrag(candidate: &Candidate) -> Option<&str> {
    let inside = parts(&candidate.candidate).and_then(|parts| parts.ufrag);
    candidate
        .username_fragment
        .as_deref()
        .filter(|name| !name.is_empty())
        .or(inside)
}

/// What had to be mended in a text that came by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// The last line end was lost.
    LastLineEnd,
    /// Line ends were written as `\r\n` in letters.
    Escaped,
    /// Lines were indented.
    Indented,
    /// The kind (offer or answer) was not said and was told from the text.
    Kind,
}

/// A description whose SDP lost its shape on the way, mended as far as it can be; says what was done.
pub fn mend(description: &Description) -> (Description, Vec<Mend>) {
    let mut mends = Vec::new();
    let mut sdp = description.sdp.clone();
    if sdp.contains("\\n") && !sdp.trim_end().contains('\n') {
        sdp = sdp
            .replace("\\r\\n", "\r\n")
            .replace("\\n", "\r\n")
            .replace("\\r", "");
        mends.push(Mend::Escaped);
    }
    let indented = sdp.lines().any(|line| line.starts_with([' ', '\t']));
    if indented {
        mends.push(Mend::Indented);
    }
    if indented || !sdp.ends_with('\n') {
        if !sdp.ends_with('\n') {
            mends.push(Mend::LastLineEnd);
        }
        let lines = sdp.lines().map(str::trim).filter(|line| !line.is_empty());
        sdp = lines.flat_map(|line| [line, "\r\n"]).collect();
    }
    (
        Description {
            kind: description.kind,
            sdp,
        },
        mends,
    )
}

/// A bare SDP text's kind: an answer never offers both DTLS roles (RFC 8842 5.2 and 5.3).
pub fn kind_of(sdp: &str) -> DescriptionKind {
    match attribute(sdp, "setup") {
        Some("active" | "passive") => DescriptionKind::Answer,
        _ => DescriptionKind::Offer,
    }
}

/// Why a description cannot be one, before the browser has to say it in its own words.
pub fn looks_cut(sdp: &str) -> bool {
    !sdp.starts_with("v=0")
        || (sections(sdp) > 0 && (fingerprint(sdp).is_none() || ufrag(sdp).is_none()))
}

#[cfg(test)]
mod tests {
    use super::short_address;

    #[test]
    fn a_hidden_address_keeps_both_ends_and_a_plain_one_stays() {
        assert_eq!(
            short_address("9ce52306-6d7d-41a8-9ef2-3e489be3695a.local"),
            "9ce5…695a.local"
        );
        assert_eq!(short_address("192.0.2.7"), "192.0.2.7");
        assert_eq!(short_address("ééééééé.local"), "éé…éé.local");
    }
}
