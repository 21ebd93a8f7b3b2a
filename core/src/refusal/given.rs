//! What is wrong with an SDP text that was given to a browser, as far as the text itself shows it.

use std::collections::BTreeSet;

use crate::sdp;

/// The mistakes of a text, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    /// Line ends are written as letters: it went through `JSON.stringify` twice.
    Escaped,
    /// Lines begin with blanks.
    Indented,
    /// The end is missing.
    Cut,
    /// Nothing but the last line end is missing.
    NoLastLineEnd,
    NoFingerprint,
    NoIce,
}

/// The plainest mistake of a text; `whole` is the text as it came, if it was changed here.
pub(super) fn harm(sdp: &str, whole: Option<&str>) -> Option<Harm> {
    let trimmed = sdp.trim_end();
    if !trimmed.contains('\n') && trimmed.contains("\\n") {
        return Some(Harm::Escaped);
    }
    if sdp.lines().any(|line| line.starts_with([' ', '\t'])) {
        return Some(Harm::Indented);
    }
    if is_cut(sdp, whole) {
        return Some(Harm::Cut);
    }
    if sdp::sections(sdp) > 0 && sdp::fingerprint(sdp).is_none() {
        return Some(Harm::NoFingerprint);
    }
    let ice = ["ice-ufrag", "ice-pwd"];
    if sdp::sections(sdp) > 0 && ice.iter().any(|name| sdp::attribute(sdp, name).is_none()) {
        return Some(Harm::NoIce);
    }
    (!sdp.is_empty() && !sdp.ends_with('\n')).then_some(Harm::NoLastLineEnd)
}

/// Whether the end of a text is missing: it is the beginning of what came, it stops within a line, or it announces sections
/// that do not follow (`a=group:BUNDLE`, RFC 8843).
fn is_cut(sdp: &str, whole: Option<&str>) -> bool {
    let short = sdp.trim_end();
    if let Some(whole) = whole.map(str::trim_end)
        && whole.len() > short.len()
        && whole.starts_with(short)
    {
        return true;
    }
    let broken = |line: &str| !line.is_empty() && line.as_bytes().get(1) != Some(&b'=');
    if !sdp.ends_with('\n') && short.lines().last().is_some_and(broken) {
        return true;
    }
    let present: BTreeSet<&str> = attributes(sdp, "mid").collect();
    let bundled = sdp::attribute(sdp, "group").and_then(|group| group.strip_prefix("BUNDLE"));
    let mut announced = bundled.unwrap_or("").split_ascii_whitespace();
    sdp.is_empty() || announced.any(|mid| !present.contains(mid))
}

/// The media sections of two descriptions, compared as a browser does: their kinds and names, in order.
pub(super) fn same_sections(one: &str, other: &str) -> bool {
    let kinds = |sdp: &str| -> Vec<String> {
        let lines = sdp.lines().filter_map(|line| line.strip_prefix("m="));
        lines
            .filter_map(|line| line.split(' ').next().map(str::to_owned))
            .collect()
    };
    kinds(one) == kinds(other) && attributes(one, "mid").eq(attributes(other, "mid"))
}

/// Every value of `a=NAME:VALUE`, in order.
pub(super) fn attributes<'a>(sdp: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    sdp.lines().filter_map(move |line| {
        let rest = line.trim_end().strip_prefix("a=")?.strip_prefix(name)?;
        rest.strip_prefix(':').map(str::trim)
    })
}

#[cfg(test)]
mod tests {
    use super::{Harm, harm, same_sections};

    const WHOLE: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789\r\n\
        a=fingerprint:sha-256 AA:BB\r\na=setup:actpass\r\na=mid:0\r\na=max-message-size:262144\r\n";

    #[test]
    fn a_whole_text_has_no_harm() {
        assert_eq!(harm(WHOLE, None), None);
    }

    #[test]
    fn each_harm_is_told_apart() {
        let cut = WHOLE.split("a=mid").next().unwrap();
        for (text, expected) in [
            (WHOLE.trim_end().to_owned(), Harm::NoLastLineEnd),
            (WHOLE.replace("\r\n", "\\r\\n"), Harm::Escaped),
            (WHOLE.replace("\r\n", "\r\n  "), Harm::Indented),
            (cut.to_owned(), Harm::Cut),
            (WHOLE.replace("a=fingerprint", "a=x"), Harm::NoFingerprint),
            (WHOLE.replace("a=ice-pwd", "a=x"), Harm::NoIce),
        ] {
            assert_eq!(harm(&text, None), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_the_beginning_of_what_came_is_cut() {
        let short = WHOLE.trim_end().trim_end_matches("262144");
        assert_eq!(harm(short, Some(WHOLE)), Some(Harm::Cut));
        assert_eq!(
            harm(WHOLE.trim_end(), Some(WHOLE)),
            Some(Harm::NoLastLineEnd)
        );
    }

    #[test]
    fn sections_are_compared_by_kind_and_name() {
        assert!(same_sections(WHOLE, WHOLE));
        assert!(!same_sections(
            WHOLE,
            &WHOLE.replace("m=application", "m=audio")
        ));
        assert!(!same_sections(WHOLE, &WHOLE.replace("mid:0", "mid:1")));
    }
}
