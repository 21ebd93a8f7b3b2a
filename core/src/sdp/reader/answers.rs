//! What a line of an answer did to the offer (RFC 3264 6).

use super::Context;
use crate::sdp::outline::{DIRECTIONS, Outline, Section};
use crate::words::{Message, say};

/// Says what became of the offer by this line of the answer; `None` where there is nothing to say.
pub(super) fn answers(text: &str, context: &Context<'_>, offer: &Outline<'_>) -> Option<Message> {
    if text.starts_with("m=") {
        return section(context.section()?, offered(context, offer)?);
    }
    let attribute = text.strip_prefix("a=")?;
    let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
    if DIRECTIONS.contains(&name) {
        let there = offered(context, offer)?;
        return (there.media != "application").then(|| direction(there.direction(), name));
    }
    let before = || offer.value(context.index, name);
    match name {
        "setup" => Some(setup(before()?, value)),
        "ice-ufrag" => Some(
            say("sdp.answer.ice-ufrag")
                .with("value", value)
                .with("offered", before()?),
        ),
        "fingerprint" if before()? == value => Some(say("sdp.answer.fingerprint-same")),
        "fingerprint" => Some(say("sdp.answer.fingerprint")),
        "group" => Some(bundle(context.outline, offer)),
        "mid" if before()? == value => Some(say("sdp.answer.mid")),
        "mid" => Some(say("sdp.answer.mid-other").with("offered", before()?)),
        "max-message-size" => Some(say("sdp.answer.max-message-size").with("offered", before()?)),
        "rtcp-mux" => Some(match before() {
            Some(_) => say("sdp.answer.rtcp-mux"),
            None => say("sdp.answer.unasked"),
        }),
        "rtpmap" => rtpmap(value, offered(context, offer)?),
        "extmap" => extmap(value, offered(context, offer)?),
        _ => None,
    }
}

/// Sections answer those at the same place (RFC 3264 6).
fn offered<'a>(context: &Context<'_>, offer: &'a Outline<'a>) -> Option<&'a Section<'a>> {
    offer.sections.get(context.index?)
}

fn section(answer: &Section<'_>, offer: &Section<'_>) -> Option<Message> {
    if answer.is_refused() {
        return Some(match offer.is_refused() {
            true => say("sdp.answer.refused-before"),
            false => say("sdp.answer.refused"),
        });
    }
    if answer.media == "application" {
        return Some(say("sdp.answer.data"));
    }
    let kept = answer.formats.iter();
    let kept = kept.filter(|format| offer.formats.contains(format)).count();
    Some(
        say("sdp.answer.section")
            .with("kept", kept)
            .with("offered", offer.formats.len()),
    )
}

fn direction(offered: &str, answered: &str) -> Message {
    match answered {
        "sendrecv" => say("sdp.answer.both-send").with("offered", offered),
        "recvonly" => say("sdp.answer.offerer-sends").with("offered", offered),
        "sendonly" => say("sdp.answer.answerer-sends").with("offered", offered),
        _ => say("sdp.answer.nobody-sends").with("offered", offered),
    }
}

fn setup(offered: &str, answered: &str) -> Message {
    match answered {
        "active" => say("sdp.answer.setup-active").with("offered", offered),
        "passive" => say("sdp.answer.setup-passive").with("offered", offered),
        _ => say("sdp.answer.setup-open").with("offered", offered),
    }
}

fn bundle(answer: &Outline<'_>, offer: &Outline<'_>) -> Message {
    let (kept, asked) = (answer.bundle(), offer.bundle());
    let gone: Vec<&str> = asked
        .into_iter()
        .filter(|mid| !kept.contains(mid))
        .collect();
    match gone.is_empty() {
        true => say("sdp.answer.bundle"),
        false => say("sdp.answer.bundle-less").with("mids", gone.join(", ")),
    }
}

fn rtpmap(value: &str, offer: &Section<'_>) -> Option<Message> {
    let (payload, codec) = value.split_once(' ')?;
    Some(match offer.codec(payload) {
        Some(known) if known.eq_ignore_ascii_case(codec) => say("sdp.answer.codec"),
        Some(other) => say("sdp.answer.codec-other").with("offered", other),
        None => say("sdp.answer.unasked"),
    })
}

fn extmap(value: &str, offer: &Section<'_>) -> Option<Message> {
    let (number, uri) = value.split_once(' ')?;
    let number = number.split('/').next();
    let asked = offer.values("extmap").find_map(|asked| {
        let (before, same) = asked.split_once(' ')?;
        (same == uri).then(|| before.split('/').next())
    });
    Some(match asked {
        Some(before) if before == number => say("sdp.answer.extmap"),
        Some(before) => say("sdp.answer.extmap-other").with("offered", before.unwrap_or_default()),
        None => say("sdp.answer.unasked"),
    })
}
