//! The fields of the data channel.

use super::{ChannelOptions, FieldMistake};
use crate::words::say;

const LONGEST_LABEL: usize = 1024;

pub(super) fn channel<'a>(
    value: &impl Fn(&'static str) -> &'a str,
    unchecked: bool,
) -> Result<(String, ChannelOptions), FieldMistake> {
    let max_retransmits = number("max-retransmits", value("max-retransmits"))?;
    let max_packet_life_time = number("max-packet-life-time", value("max-packet-life-time"))?;
    if max_retransmits.is_some() && max_packet_life_time.is_some() && !unchecked {
        return Err(FieldMistake::new(
            "max-packet-life-time",
            say("field.one-limit"),
        ));
    }
    let label = Some(value("label").trim())
        .filter(|label| !label.is_empty())
        .unwrap_or("chat")
        .to_owned();
    let protocol = value("protocol").trim().to_owned();
    for (field, text) in [("label", &label), ("protocol", &protocol)] {
        if text.len() > LONGEST_LABEL {
            let message = say("field.too-long").with("limit", LONGEST_LABEL);
            return Err(FieldMistake::new(field, message));
        }
    }
    let ordered = !matches!(value("ordered").trim(), "false" | "no" | "off");
    Ok((
        label,
        ChannelOptions {
            ordered,
            max_retransmits,
            max_packet_life_time,
            protocol,
            negotiated: None,
        },
    ))
}

fn number(field: &'static str, text: &str) -> Result<Option<u16>, FieldMistake> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let message = || {
        say("field.number")
            .with("value", text)
            .with("limit", u16::MAX - 1)
    };
    let number = text.parse::<u16>().ok().filter(|number| *number < u16::MAX);
    number
        .map(Some)
        .ok_or_else(|| FieldMistake::new(field, message()))
}
