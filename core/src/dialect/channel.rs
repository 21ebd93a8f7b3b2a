//! The data channels that a dialect's other side expects (W3C webrtc-pc, `RTCDataChannelInit`).

use serde_json::{Map, Value};

use super::mistake::Wrong;
use super::parse::Checker;
use super::told::Channel;
use crate::settings::ChannelOptions;

/// The most channels of one connection.
const MOST_CHANNELS: usize = 16;
/// The largest id, retransmission count and life time: 65535 is no stream (RFC 8832 6.4).
const LARGEST: u16 = 65_534;

const KEYS: [&str; 7] = [
    "label",
    "ordered",
    "maxRetransmits",
    "maxPacketLifeTime",
    "protocol",
    "negotiated",
    "id",
];

/// The channels of a document; none: the page's own.
pub(crate) fn parse(c: &mut Checker, object: &Map<String, Value>) -> Vec<Channel> {
    let mut channels = Vec::new();
    c.key(object, "channels", &mut |c, value| {
        c.list(
            value,
            MOST_CHANNELS,
            &mut |c, channel| match channel.as_object() {
                Some(channel) => channels.push(one(c, channel)),
                None => c.wrong(Wrong::NotA("an object")),
            },
        );
    });
    channels
}

fn one(c: &mut Checker, object: &Map<String, Value>) -> Channel {
    c.keys(object, &KEYS);
    c.unless(object.contains_key("label"), Wrong::NoKey("label"));
    let mut text = |key: &str| {
        let mut text = String::new();
        c.key(object, key, &mut |c, value| text = c.whole_text(value));
        text
    };
    let (label, protocol) = (text("label"), text("protocol"));
    let max_retransmits = number(c, object, "maxRetransmits");
    let max_packet_life_time = number(c, object, "maxPacketLifeTime");
    c.unless(
        max_retransmits.is_none() || max_packet_life_time.is_none(),
        Wrong::Form(
            "a channel's limit",
            "one of maxRetransmits and maxPacketLifeTime",
        ),
    );
    let id = number(c, object, "id");
    let negotiated = c.truth(object, "negotiated");
    c.unless(
        negotiated == object.contains_key("id"),
        Wrong::Form(
            "a negotiated channel",
            "\"negotiated\": true with an \"id\"",
        ),
    );
    let ordered = !object.contains_key("ordered") || c.truth(object, "ordered");
    Channel {
        label,
        options: ChannelOptions {
            ordered,
            max_retransmits,
            max_packet_life_time,
            protocol,
            negotiated: id.filter(|_| negotiated),
        },
    }
}

fn number(c: &mut Checker, object: &Map<String, Value>, key: &str) -> Option<u16> {
    let mut number = None;
    c.key(object, key, &mut |c, value| {
        let small = value.as_u64().and_then(|value| u16::try_from(value).ok());
        number = small.filter(|value| *value <= LARGEST);
        c.unless(
            number.is_some(),
            Wrong::NotA("a whole number from 0 to 65534"),
        );
    });
    number
}
