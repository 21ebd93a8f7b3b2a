//! The lines that are no attributes (RFC 8866 5).

use super::{Lamp, Line};
use crate::words::{Message, say};

/// Explains a line by the letter before its `=`.
pub(super) fn explain<'a>(text: &'a str, kind: &str, value: &'a str) -> Line<'a> {
    let line = |says| Line::new(text, Lamp::Session, says);
    match kind {
        "v" => line(say("sdp.v")).part(value, say("sdp.v.version")),
        "o" => origin(text, value),
        "s" => line(say("sdp.s")).part(value, name_says(value)),
        "t" => line(say("sdp.t")).fields(value, [say("sdp.t.start"), say("sdp.t.stop")]),
        "c" => connection(text, value),
        "m" => media(text, value),
        "b" => bandwidth(text, value),
        "i" => line(say("sdp.i")),
        "u" => line(say("sdp.u")),
        "e" => line(say("sdp.e")),
        "p" => line(say("sdp.p")),
        "r" => line(say("sdp.r")),
        "z" => line(say("sdp.z")),
        "k" => line(say("sdp.k")),
        _ => Line::unknown(text, say("sdp.unknown-type").with("type", kind)),
    }
}

fn name_says(name: &str) -> Message {
    match name {
        "-" | " " => say("sdp.s.none"),
        _ => say("sdp.s.name"),
    }
}

fn origin<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let user = match value.split(' ').next() {
        Some("-") => say("sdp.o.nobody"),
        _ => say("sdp.o.user"),
    };
    let says = [
        user,
        say("sdp.o.session"),
        say("sdp.o.edition"),
        say("sdp.in"),
        say("sdp.ip"),
        say("sdp.o.address"),
    ];
    Line::new(text, Lamp::Session, say("sdp.o")).fields(value, says)
}

fn connection<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let address = value.split_ascii_whitespace().nth(2).unwrap_or_default();
    let (line, part) = match address {
        "0.0.0.0" | "::" => (say("sdp.c.none"), say("sdp.c.placeholder")),
        _ => (say("sdp.c"), say("sdp.c.address")),
    };
    Line::new(text, Lamp::Ice, line).fields(value, [say("sdp.in"), say("sdp.ip"), part])
}

/// `m=media port protocol format…` (RFC 8866 5.14, RFC 8841 5.1, RFC 5764 8).
fn media<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut fields = value.split_ascii_whitespace();
    let mut next = || fields.next().unwrap_or_default();
    let (kind, port, protocol) = (next(), next(), next());
    let formats: Vec<&str> = fields.collect();
    let (lamp, says, kind_says) = match kind {
        "application" => (
            Lamp::Sctp,
            say("sdp.m.data"),
            Some(say("sdp.m.application")),
        ),
        "audio" => (Lamp::Media, say("sdp.m"), Some(say("sdp.m.audio"))),
        "video" => (Lamp::Media, say("sdp.m"), Some(say("sdp.m.video"))),
        _ => (Lamp::Media, say("sdp.m"), None),
    };
    let port_says = match port {
        "9" => say("sdp.m.port-9"),
        "0" => say("sdp.m.port-0"),
        _ => say("sdp.m.port"),
    };
    let odd = say("sdp.m.other").with("value", kind);
    let line = Line::new(text, lamp, says)
        .part_or_odd(kind, kind_says, odd)
        .part(port, port_says)
        .part_or_odd(
            protocol,
            protocol_says(protocol),
            say("sdp.m.protocol-other"),
        );
    list(line, &formats)
}

fn protocol_says(protocol: &str) -> Option<Message> {
    Some(match protocol {
        "UDP/DTLS/SCTP" | "TCP/DTLS/SCTP" | "DTLS/SCTP" => say("sdp.m.dtls-sctp"),
        "UDP/TLS/RTP/SAVPF" | "TCP/TLS/RTP/SAVPF" => say("sdp.m.savpf"),
        "RTP/SAVPF" | "RTP/SAVP" | "RTP/AVPF" | "RTP/AVP" | "UDP/TLS/RTP/SAVP" => say("sdp.m.rtp"),
        _ => return None,
    })
}

/// Data has one format; codecs are a list in the order of preference, explained as one.
fn list<'a>(mut line: Line<'a>, formats: &[&str]) -> Line<'a> {
    let (Some(first), Some(last)) = (formats.first(), formats.last()) else {
        return line;
    };
    if *first == "webrtc-datachannel" {
        return line.part(first, say("sdp.m.webrtc-datachannel"));
    }
    let ends = super::place(line.text, first).zip(super::place(line.text, last));
    if let Some((start, end)) = ends {
        line.parts.push(super::Part {
            at: start.start..end.end,
            says: say("sdp.m.formats").with("count", formats.len()),
        });
    }
    line
}

/// `b=kind:number` (RFC 8866 5.8, RFC 3890).
fn bandwidth<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let (kind, number) = value.split_once(':').unwrap_or((value, ""));
    let says = match kind {
        "AS" => say("sdp.b.as").with("value", number),
        "TIAS" => say("sdp.b.tias").with("value", number),
        "RR" | "RS" => say("sdp.b.rtcp"),
        _ => say("sdp.b.other"),
    };
    Line::new(text, Lamp::Media, says)
}
