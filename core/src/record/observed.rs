//! What was watched and done on purpose, read back.

use super::known;
use super::object::{Object, Read};
use super::run::description;
use crate::command::{Disorder, Disturbance};
use crate::io::What;

/// The page itself, its options, faults on purpose, and what the browser measured.
pub(super) fn read(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "page" => What::Page {
            agent: data.owned("agent")?,
            secure: data.flag("secure")?,
            hidden: data.flag("hidden")?,
        },
        "option" => What::Option {
            option: known::option(data.text("option")?).ok_or("option")?,
            on: data.flag("on")?,
        },
        "disturbances" => What::Disturbances(
            data.list("disturbances", |value| disturbance(&Object::new(value)?))?,
        ),
        "disturbed" => What::Disturbed {
            side: data.side()?,
            disorder: known::disorder(data.text("disorder")?).ok_or("disorder")?,
            kind: known::signal(data.text("signal")?),
            text: data.owned("text")?,
        },
        "pending" => What::Pending {
            side: data.side()?,
            description: data.get("sdp").map(|_| description(data)).transpose()?,
            edited: data.flag("edited")?,
        },
        "candidate-error" => What::CandidateError {
            url: data.owned("url")?,
            code: data.number("code")?,
            text: data.owned("text")?,
        },
        "negotiation-needed" => What::NegotiationNeeded,
        "track" => What::Track {
            side: data.side()?,
            kind: data.owned("media")?,
        },
        "stats" => What::Stats {
            text: data.owned("stats")?,
        },
        _ => return Ok(None),
    }))
}

fn disturbance(data: &Object<'_>) -> Read<Disturbance> {
    let disorder = data.maybe("disorder")?;
    Ok(Disturbance {
        side: data.side()?,
        kind: data.owned("signal")?,
        disorder: disorder.map(|word| disorder_of(&word, data)).transpose()?,
        times: data.maybe_number("times")?,
    })
}

fn disorder_of(word: &str, data: &Object<'_>) -> Read<Disorder> {
    Ok(match word {
        "drop" => Disorder::Drop,
        "delay" => Disorder::Delay(data.number("ms")?),
        "duplicate" => Disorder::Duplicate,
        "reorder" => Disorder::Reorder,
        "corrupt" => Disorder::Corrupt,
        "echo" => Disorder::Echo,
        _ => return Err("disorder"),
    })
}
