//! Attributes of ICE, DTLS and SCTP, and those that tie sections together.

use super::{Context, Lamp, Line};
use crate::candidate;
use crate::words::{Message, say};

/// Explains an attribute that does not depend on codecs; `None` when it is another one.
pub(super) fn explain<'a>(
    text: &'a str,
    name: &str,
    value: &'a str,
    context: &Context<'_>,
) -> Option<Line<'a>> {
    let ice = |says| Line::new(text, Lamp::Ice, says);
    let dtls = |says| Line::new(text, Lamp::Dtls, says);
    let session = |says| Line::new(text, Lamp::Session, says);
    Some(match name {
        "group" => group(text, value),
        "msid-semantic" => session(say("sdp.msid-semantic")).fields(
            value,
            [
                say("sdp.msid-semantic.wms"),
                say("sdp.msid-semantic.streams"),
            ],
        ),
        "extmap-allow-mixed" => session(say("sdp.extmap-allow-mixed")),
        "mid" => Line::new(text, context.lamp(), say("sdp.mid"))
            .part(value, say("sdp.mid.name").with("value", value)),
        "bundle-only" => session(say("sdp.bundle-only")),
        "ice-ufrag" => ice(say("sdp.ice-ufrag")).part(value, say("sdp.ice-ufrag.name")),
        "ice-pwd" => ice(say("sdp.ice-pwd")).part(value, say("sdp.ice-pwd.key")),
        "ice-options" => options(text, value),
        "ice-lite" => ice(say("sdp.ice-lite")),
        "ice-pacing" => ice(say("sdp.ice-pacing").with("value", value)),
        "candidate" => candidate(text),
        "end-of-candidates" => ice(say("sdp.end-of-candidates")),
        "remote-candidates" => ice(say("sdp.remote-candidates")),
        "fingerprint" => fingerprint(text, value),
        "setup" => setup(text, value),
        "tls-id" => dtls(say("sdp.tls-id")).part(value, say("sdp.tls-id.name")),
        "identity" => dtls(say("sdp.identity")),
        "crypto" => dtls(say("sdp.crypto")),
        "sctp-port" => Line::new(text, Lamp::Sctp, say("sdp.sctp-port"))
            .part(value, say("sdp.sctp-port.number")),
        "max-message-size" => {
            Line::new(text, Lamp::Sctp, size(value)).part(value, say("sdp.max-message-size.bytes"))
        }
        "sctpmap" => Line::new(text, Lamp::Sctp, say("sdp.sctpmap")),
        _ => return None,
    })
}

/// RFC 9143; a group of another kind is RFC 5888.
fn group<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut fields = value.split_ascii_whitespace();
    let kind = fields.next().unwrap_or_default();
    let bundle = kind == "BUNDLE";
    let says = match (bundle, fields.clone().count()) {
        (false, _) => say("sdp.group"),
        (true, 0) => say("sdp.bundle.none"),
        (true, 1) => say("sdp.bundle.one"),
        (true, count) => say("sdp.bundle").with("count", count),
    };
    let known = bundle.then(|| say("sdp.bundle.kind"));
    let mut line = Line::new(text, Lamp::Session, says);
    line = line.part_or_odd(kind, known, say("sdp.group.kind"));
    for mid in fields {
        line = line.part(mid, say("sdp.bundle.mid").with("value", mid));
    }
    line
}

fn options<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut line = Line::new(text, Lamp::Ice, say("sdp.ice-options"));
    for option in value.split_ascii_whitespace() {
        let known = match option {
            "trickle" => Some(say("sdp.ice-options.trickle")),
            "ice2" => Some(say("sdp.ice-options.ice2")),
            "renomination" => Some(say("sdp.ice-options.renomination")),
            _ => None,
        };
        line = line.part_or_odd(option, known, say("sdp.ice-options.other"));
    }
    line
}

fn candidate(text: &str) -> Line<'_> {
    let Some(parsed) = candidate::parse(text) else {
        return Line::unknown(text, say("sdp.candidate.odd"));
    };
    let mut line = Line::new(text, Lamp::Ice, parsed.means());
    for field in parsed.fields() {
        line = line.part(field.value, field.says);
    }
    line.parts.sort_by_key(|part| part.at.start);
    line
}

/// RFC 8122 5: the hash's name and its bytes.
fn fingerprint<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let (algorithm, bytes) = value.split_once(' ').unwrap_or((value, ""));
    Line::new(text, Lamp::Dtls, say("sdp.fingerprint"))
        .part(algorithm, say("sdp.fingerprint.algorithm"))
        .part(bytes, say("sdp.fingerprint.bytes"))
}

/// RFC 8842 5.
fn setup<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let known = match value {
        "actpass" => Some(say("sdp.setup.actpass")),
        "active" => Some(say("sdp.setup.active")),
        "passive" => Some(say("sdp.setup.passive")),
        "holdconn" => Some(say("sdp.setup.holdconn")),
        _ => None,
    };
    Line::new(text, Lamp::Dtls, say("sdp.setup")).part_or_odd(value, known, say("sdp.setup.other"))
}

fn size(value: &str) -> Message {
    match value.trim() {
        "0" => say("sdp.max-message-size.any"),
        value => say("sdp.max-message-size").with("value", value),
    }
}
