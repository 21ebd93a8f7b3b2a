//! Codecs with their parameters and feedback, and header extensions: what each name stands for.

use super::{Context, Lamp, Line};
use crate::words::{Message, say};

/// `rtpmap:payload name/clock/channels` (RFC 8866 6.6).
pub(super) fn rtpmap<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let (payload, codec) = value.split_once(' ').unwrap_or((value, ""));
    let mut pieces = codec.splitn(3, '/');
    let mut next = || pieces.next().unwrap_or_default();
    let (name, clock, channels) = (next(), next(), next());
    let says = say("sdp.rtpmap")
        .with("payload", payload)
        .with("codec", name);
    Line::new(text, Lamp::Media, says)
        .part(payload, payload_says(payload))
        .part_or_odd(name, codec_says(name), say("sdp.codec.other"))
        .part(clock, say("sdp.rtpmap.clock").with("value", clock))
        .part(channels, say("sdp.rtpmap.channels"))
}

/// RFC 3551 6: below 96 some numbers are fixed, the rest is named by each description.
fn payload_says(payload: &str) -> Message {
    match payload {
        "0" | "8" | "9" | "13" => say("sdp.payload.fixed"),
        _ => say("sdp.payload.dynamic"),
    }
}

fn codec_says(name: &str) -> Option<Message> {
    Some(match name.to_ascii_lowercase().as_str() {
        "opus" => say("sdp.codec.opus"),
        "red" => say("sdp.codec.red"),
        "g722" => say("sdp.codec.g722"),
        "pcmu" | "pcma" => say("sdp.codec.g711"),
        "l16" => say("sdp.codec.l16"),
        "cn" => say("sdp.codec.cn"),
        "telephone-event" => say("sdp.codec.telephone-event"),
        "vp8" => say("sdp.codec.vp8"),
        "vp9" => say("sdp.codec.vp9"),
        "h264" => say("sdp.codec.h264"),
        "h265" => say("sdp.codec.h265"),
        "av1" => say("sdp.codec.av1"),
        "rtx" => say("sdp.codec.rtx"),
        "ulpfec" => say("sdp.codec.ulpfec"),
        "flexfec-03" | "flexfec" => say("sdp.codec.flexfec"),
        _ => return None,
    })
}

/// `fmtp:payload name=value;…` (RFC 8866 6.15).
pub(super) fn fmtp<'a>(text: &'a str, value: &'a str, context: &Context<'_>) -> Line<'a> {
    let (payload, parameters) = value.split_once(' ').unwrap_or((value, ""));
    let codec = context.codec(payload).unwrap_or(payload);
    let says = say("sdp.fmtp")
        .with("payload", payload)
        .with("codec", codec);
    let mut line = Line::new(text, Lamp::Media, says).part(payload, say("sdp.payload"));
    for parameter in parameters.split(';').map(str::trim) {
        let (name, set) = parameter.split_once('=').unwrap_or((parameter, ""));
        let known = if set.is_empty() {
            bare(codec)
        } else {
            parameter_says(name.trim(), set, context)
        };
        line = line.part_or_odd(parameter, known, say("sdp.fmtp.other"));
    }
    line
}

/// Codecs whose parameters have no names.
fn bare(codec: &str) -> Option<Message> {
    match codec.to_ascii_lowercase().as_str() {
        "red" => Some(say("sdp.fmtp.red")),
        "telephone-event" => Some(say("sdp.fmtp.events")),
        _ => None,
    }
}

fn parameter_says(name: &str, set: &str, context: &Context<'_>) -> Option<Message> {
    if let Some(switch) = switch_says(name, set) {
        return Some(switch);
    }
    Some(match name {
        "apt" => say("sdp.fmtp.apt").with("codec", context.codec(set).unwrap_or(set)),
        "minptime" => say("sdp.fmtp.minptime").with("value", set),
        "maxplaybackrate" | "sprop-maxcapturerate" => {
            say("sdp.fmtp.maxplaybackrate").with("value", set)
        }
        "maxaveragebitrate" => say("sdp.fmtp.maxaveragebitrate").with("value", set),
        "packetization-mode" => match set {
            "1" => say("sdp.fmtp.packetization-mode-1"),
            _ => say("sdp.fmtp.packetization-mode-0"),
        },
        "profile-level-id" => profile_level(set)?,
        "profile-id" | "profile" => say("sdp.fmtp.profile").with("value", set),
        "level-idx" | "level-id" => say("sdp.fmtp.level").with("value", set),
        "tier" | "tier-flag" => say("sdp.fmtp.tier"),
        "tx-mode" => say("sdp.fmtp.tx-mode"),
        "max-fs" => say("sdp.fmtp.max-fs").with("value", set),
        "max-fr" => say("sdp.fmtp.max-fr").with("value", set),
        "max-mbps" | "max-br" | "max-cpb" | "max-dpb" | "max-recv-width" | "max-recv-height" => {
            say("sdp.fmtp.max").with("value", set)
        }
        "repair-window" => say("sdp.fmtp.repair-window").with("value", set),
        "rtx-time" => say("sdp.fmtp.rtx-time").with("value", set),
        "sprop-parameter-sets" => say("sdp.fmtp.sprop"),
        _ => return None,
    })
}

/// Parameters that are 0 or 1.
fn switch_says(name: &str, set: &str) -> Option<Message> {
    let on = set == "1";
    Some(match name {
        "useinbandfec" if on => say("sdp.fmtp.useinbandfec"),
        "stereo" | "sprop-stereo" if on => say("sdp.fmtp.stereo"),
        "usedtx" if on => say("sdp.fmtp.usedtx"),
        "cbr" if on => say("sdp.fmtp.cbr"),
        "level-asymmetry-allowed" if on => say("sdp.fmtp.level-asymmetry-allowed"),
        "useinbandfec"
        | "stereo"
        | "sprop-stereo"
        | "usedtx"
        | "cbr"
        | "level-asymmetry-allowed" => say("sdp.fmtp.off"),
        _ => return None,
    })
}

/// Three bytes in hex: profile, constraints, level times ten (RFC 6184 8.1).
fn profile_level(set: &str) -> Option<Message> {
    let byte = |at: usize| u8::from_str_radix(set.get(at..at + 2)?, 16).ok();
    let (profile, constraints, level) = (byte(0)?, byte(2)?, byte(4)?);
    let name = match (profile, constraints & 0x40 != 0) {
        (66, true) => "Constrained Baseline",
        (66, false) => "Baseline",
        (77, _) => "Main",
        (100, _) => "High",
        (244, _) => "High 4:4:4 Predictive",
        _ => set,
    };
    Some(
        say("sdp.fmtp.profile-level-id")
            .with("profile", name)
            .with("level", format!("{}.{}", level / 10, level % 10)),
    )
}

/// `rtcp-fb:payload kind` (RFC 4585 4.2, RFC 5104 7.1).
pub(super) fn feedback<'a>(text: &'a str, value: &'a str, context: &Context<'_>) -> Line<'a> {
    let (payload, kind) = value.split_once(' ').unwrap_or((value, ""));
    let codec = match payload {
        "*" => payload,
        _ => context.codec(payload).unwrap_or(payload),
    };
    let known = match kind.trim() {
        "nack" => Some(say("sdp.rtcp-fb.nack")),
        "nack pli" => Some(say("sdp.rtcp-fb.pli")),
        "ccm fir" => Some(say("sdp.rtcp-fb.fir")),
        "ccm tmmbr" => Some(say("sdp.rtcp-fb.tmmbr")),
        "goog-remb" => Some(say("sdp.rtcp-fb.remb")),
        "transport-cc" => Some(say("sdp.rtcp-fb.transport-cc")),
        "ack ccfb" => Some(say("sdp.rtcp-fb.ccfb")),
        "rrtr" => Some(say("sdp.rtcp-fb.rrtr")),
        "nack rpsi" | "nack sli" | "ack rpsi" => Some(say("sdp.rtcp-fb.reference")),
        _ => None,
    };
    Line::new(text, Lamp::Media, say("sdp.rtcp-fb").with("codec", codec))
        .part(payload, say("sdp.payload"))
        .part_or_odd(kind, known, say("sdp.rtcp-fb.other"))
}

/// `extmap:number/direction uri` (RFC 8285 5).
pub(super) fn extension<'a>(text: &'a str, value: &'a str) -> Line<'a> {
    let (number, uri) = value.split_once(' ').unwrap_or((value, ""));
    let (number, way) = number.split_once('/').unwrap_or((number, ""));
    let uri = uri.split(' ').next().unwrap_or_default();
    let way_says = match way {
        "sendonly" => say("sdp.extmap.sendonly"),
        "recvonly" => say("sdp.extmap.recvonly"),
        _ => say("sdp.extmap.way"),
    };
    Line::new(text, Lamp::Media, say("sdp.extmap"))
        .part(number, say("sdp.extmap.number"))
        .part(way, way_says)
        .part_or_odd(uri, extension_says(uri), say("sdp.ext.other"))
}

fn extension_says(uri: &str) -> Option<Message> {
    let name = uri.rsplit(['/', ':', '#']).next().unwrap_or_default();
    Some(match name {
        "ssrc-audio-level" => say("sdp.ext.ssrc-audio-level"),
        "csrc-audio-level" => say("sdp.ext.csrc-audio-level"),
        "abs-send-time" => say("sdp.ext.abs-send-time"),
        "abs-capture-time" => say("sdp.ext.abs-capture-time"),
        "draft-holmer-rmcat-transport-wide-cc-extensions-01" | "transport-wide-cc-02" => {
            say("sdp.ext.transport-wide-cc")
        }
        "mid" => say("sdp.ext.mid"),
        "toffset" => say("sdp.ext.toffset"),
        "video-orientation" => say("sdp.ext.video-orientation"),
        "playout-delay" => say("sdp.ext.playout-delay"),
        "video-content-type" => say("sdp.ext.video-content-type"),
        "video-timing" => say("sdp.ext.video-timing"),
        "color-space" => say("sdp.ext.color-space"),
        "rtp-stream-id" => say("sdp.ext.rtp-stream-id"),
        "repaired-rtp-stream-id" => say("sdp.ext.repaired-rtp-stream-id"),
        "dependency-descriptor-rtp-header-extension" => say("sdp.ext.dependency-descriptor"),
        "generic-frame-descriptor-00" => say("sdp.ext.generic-frame-descriptor"),
        "video-layers-allocation00" => say("sdp.ext.video-layers-allocation"),
        "video-frame-tracking-id" => say("sdp.ext.video-frame-tracking-id"),
        "corruption-detection" => say("sdp.ext.corruption-detection"),
        "encrypt" => say("sdp.ext.encrypt"),
        _ => return None,
    })
}
