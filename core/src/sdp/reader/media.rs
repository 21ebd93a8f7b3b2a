//! Attributes of audio and video: codecs, streams, header extensions, feedback.

use super::codecs;
use super::{Context, Lamp, Line};
use crate::words::{Message, say};

/// Explains an attribute of RTP; `None` when it is another one.
pub(super) fn explain<'a>(
    text: &'a str,
    name: &'a str,
    value: &'a str,
    context: &Context<'_>,
) -> Option<Line<'a>> {
    let line = |says| Line::new(text, Lamp::Media, says);
    Some(match name {
        "sendrecv" | "sendonly" | "recvonly" | "inactive" => direction(text, name, context),
        "rtpmap" => codecs::rtpmap(text, value),
        "fmtp" => codecs::fmtp(text, value, context),
        "rtcp-fb" => codecs::feedback(text, value, context),
        "extmap" => codecs::extension(text, value),
        "rtcp" => rtcp(text, value),
        "rtcp-mux" => line(say("sdp.rtcp-mux")),
        "rtcp-mux-only" => line(say("sdp.rtcp-mux-only")),
        "rtcp-rsize" => line(say("sdp.rtcp-rsize")),
        "rtcp-xr" => line(say("sdp.rtcp-xr")).part(value, say("sdp.rtcp-xr.kind")),
        "msid" => msid(text, value),
        "ssrc" => source(text, value),
        "ssrc-group" => sources(text, value),
        "rid" => rid(text, value),
        "simulcast" => simulcast(text, value),
        "ptime" => line(say("sdp.ptime").with("value", value)),
        "maxptime" => line(say("sdp.maxptime").with("value", value)),
        "framerate" => line(say("sdp.framerate").with("value", value)),
        "imageattr" => line(say("sdp.imageattr")),
        "x-google-flag" => line(say("sdp.x-google-flag")),
        _ => return None,
    })
}

fn direction<'a>(text: &'a str, name: &'a str, context: &Context<'_>) -> Line<'a> {
    let media = match name {
        "sendrecv" => say("sdp.sendrecv"),
        "sendonly" => say("sdp.sendonly"),
        "recvonly" => say("sdp.recvonly"),
        _ => say("sdp.inactive"),
    };
    let says = match context.media() {
        "" => say("sdp.direction.session"),
        "application" => say("sdp.direction.data"),
        _ => media.clone(),
    };
    let line = Line::new(text, context.lamp(), says);
    line.part(name, media)
}

/// RFC 3605: port and address of RTCP where it is not multiplexed.
fn rtcp<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let port = match value.split(' ').next() {
        Some("9") => say("sdp.m.port-9"),
        _ => say("sdp.rtcp.port"),
    };
    let says = [port, say("sdp.in"), say("sdp.ip"), say("sdp.rtcp.address")];
    Line::new(text, Lamp::Media, say("sdp.rtcp")).fields(value, says)
}

/// RFC 8830: stream and track.
fn msid<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let stream = match value.split(' ').next() {
        Some("-") => say("sdp.msid.no-stream"),
        _ => say("sdp.msid.stream"),
    };
    let says = [stream, say("sdp.msid.track")];
    Line::new(text, Lamp::Media, say("sdp.msid")).fields(value, says)
}

/// RFC 5576 4.1: a number of a sender, and something about it.
fn source<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let (number, about) = value.split_once(' ').unwrap_or((value, ""));
    let (kind, what) = about.split_once(':').unwrap_or((about, ""));
    let known = match kind {
        "cname" => Some(say("sdp.ssrc.cname")),
        "msid" => Some(say("sdp.ssrc.msid")),
        "mslabel" | "label" => Some(say("sdp.ssrc.label")),
        "" => Some(say("sdp.ssrc.bare")),
        _ => None,
    };
    Line::new(text, Lamp::Media, say("sdp.ssrc"))
        .part(number, say("sdp.ssrc.number"))
        .part_or_odd(kind, known, say("sdp.ssrc.other"))
        .part(what, say("sdp.ssrc.value"))
}

/// RFC 5576 4.2.
fn sources<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut fields = value.split_ascii_whitespace();
    let kind = fields.next().unwrap_or_default();
    let known = match kind {
        "FID" => Some(say("sdp.ssrc-group.fid")),
        "SIM" => Some(say("sdp.ssrc-group.sim")),
        "FEC" | "FEC-FR" => Some(say("sdp.ssrc-group.fec")),
        _ => None,
    };
    let mut line = Line::new(text, Lamp::Media, say("sdp.ssrc-group"));
    line = line.part_or_odd(kind, known, say("sdp.ssrc-group.other"));
    for (place, number) in fields.enumerate() {
        let says = match (kind, place) {
            ("FID", 0) => say("sdp.ssrc-group.first"),
            ("FID", _) => say("sdp.ssrc-group.repairs"),
            _ => say("sdp.ssrc.number"),
        };
        line = line.part(number, says);
    }
    line
}

/// RFC 8851 10: a name for one of several encodings.
fn rid<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut fields = value.split_ascii_whitespace();
    let name = fields.next().unwrap_or_default();
    let way = fields.next().unwrap_or_default();
    let line = Line::new(text, Lamp::Media, say("sdp.rid"))
        .part(name, say("sdp.rid.name"))
        .part(way, way_says(way));
    match fields.next() {
        Some(limits) => line.part(limits, say("sdp.rid.limits")),
        None => line,
    }
}

/// RFC 8853 5.1: `send a;b recv c`.
fn simulcast<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let mut line = Line::new(text, Lamp::Media, say("sdp.simulcast"));
    for piece in value.split_ascii_whitespace() {
        line = match piece {
            "send" | "recv" => line.part(piece, way_says(piece)),
            list => line.part(list, say("sdp.simulcast.list")),
        };
    }
    line
}

fn way_says(way: &str) -> Message {
    match way {
        "send" => say("sdp.rid.send"),
        _ => say("sdp.rid.recv"),
    }
}
