//! What is said of dialects, read back. Their documents are not part of a record.

use serde_json::Value;

use super::known;
use super::object::{Object, Read};
use crate::dialect::Ask;
use crate::io::{Chosen, Fit, Near, Probe, What};

/// What the page knows of dialects.
pub(super) fn read(kind: &str, data: &Object<'_>) -> Read<Option<What>> {
    Ok(Some(match kind {
        "fetching" => What::Fetching {
            method: data.owned("method")?,
            url: data.owned("url")?,
            body: data.maybe("body")?,
        },
        "fetched" => What::Fetched {
            status: data.maybe_number("status")?,
            text: data.owned("text")?,
        },
        "dialect" => What::Dialect(chosen(data)?),
        "opened" => What::Opened {
            place: data.owned("place")?,
            text: String::new(),
            refused: data.maybe_message("refused")?,
        },
        "probed" => What::Probed {
            mistakes: data.pairs("mistakes", "pointer", "message")?,
            messages: data.list("messages", probe)?,
        },
        "fits" => What::Fits(data.list("fits", fit)?),
        _ => return Ok(None),
    }))
}

/// A place in a frame, and why it does not fit.
pub(super) fn near(data: &Object<'_>, name: &'static str) -> Read<Option<Near>> {
    let read = |value| {
        let data = Object::new(value)?;
        Ok(Near {
            rule: data.maybe_number("rule")?,
            pointer: data.owned("pointer")?,
            why: data.owned("why")?,
        })
    };
    data.get(name).map(read).transpose()
}

fn chosen(data: &Object<'_>) -> Read<Chosen> {
    Ok(Chosen {
        name: data.owned("name")?,
        title: data.owned("title")?,
        document: String::new(),
        // Records of earlier pages have none.
        whole: data.maybe("whole")?.unwrap_or_default(),
        note: data.owned("note")?,
        asks: data.list("asks", ask)?,
        channels: data.texts("channels")?,
        inherited: Vec::new(),
        mistakes: data.pairs("mistakes", "pointer", "message")?,
    })
}

fn ask(value: &Value) -> Read<Ask> {
    let data = Object::new(value)?;
    Ok(Ask {
        name: data.owned("name")?,
        question: data.owned("question")?,
        default: data.owned("default")?,
        choices: data.texts("choices")?,
        secret: data.flag("secret")?,
    })
}

fn probe(value: &Value) -> Read<Probe> {
    let data = Object::new(value)?;
    let told = data.texts("told")?;
    Ok(Probe {
        told: told.iter().map(|word| known::signal(word)).collect(),
        rule: data.maybe_number("rule")?,
        near: near(&data, "near")?,
        skipped: near(&data, "skipped")?,
        rule_text: None,
        replies: data.texts("replies")?,
        captured: data.pairs("captured", "name", "value")?,
    })
}

fn fit(value: &Value) -> Read<Fit> {
    let data = Object::new(value)?;
    Ok(Fit {
        name: data.owned("name")?,
        title: data.owned("title")?,
        read: data.number("read")?,
        of: data.number("of")?,
    })
}
