//! What is said of dialects, as plain data.

use serde_json::Value;

use super::{Data, pairs};
use crate::io::{Chosen, Fit, Near, Probe, What};

impl Data {
    /// A place in a frame, and why it does not fit.
    pub(super) fn near(&mut self, key: &'static str, near: Option<&Near>) -> &mut Self {
        let said = near.map_or(Value::Null, |near| {
            let mut data = Self::default();
            data.rule(near.rule)
                .text("pointer", &near.pointer)
                .text("why", &near.why);
            Value::Object(data.0)
        });
        self.put(key, said)
    }
}

/// What the page knows of dialects.
pub(super) fn describe(what: &What, data: &mut Data) {
    match what {
        What::Fetching { method, url, body } => {
            data.text("method", method)
                .text("url", url)
                .maybe("body", body.as_deref());
        }
        What::Fetched { status, text } => {
            data.put("status", status.map_or(Value::Null, Value::from))
                .text("text", text);
        }
        What::Dialect(chosen) => describe_dialect(chosen, data),
        What::Opened { place, refused, .. } => {
            data.text("place", place)
                .maybe_message("refused", refused.as_ref());
        }
        What::Probed { mistakes, messages } => {
            data.mistakes(mistakes)
                .put("messages", messages.iter().map(probe_json).collect());
        }
        What::Fits(fits) => {
            data.put("fits", fits.iter().map(fit_json).collect());
        }
        _ => {}
    }
}

fn describe_dialect(chosen: &Chosen, data: &mut Data) {
    let asks = chosen.asks.iter().map(|ask| {
        let mut data = Data::default();
        data.text("name", &ask.name)
            .text("question", &ask.question)
            .text("default", if ask.secret { "" } else { &ask.default })
            .flag("secret", ask.secret);
        data.put("choices", ask.choices.iter().map(String::as_str).collect());
        Value::Object(data.0)
    });
    data.put("asks", asks.collect());
    data.put(
        "channels",
        chosen.channels.iter().map(String::as_str).collect(),
    );
    data.text("name", &chosen.name)
        .text("title", &chosen.title)
        .text("whole", &chosen.whole)
        .text("note", &chosen.note)
        .mistakes(&chosen.mistakes);
}

fn probe_json(probe: &Probe) -> Value {
    let mut data = Data::default();
    data.put("told", probe.told.iter().copied().collect());
    data.put(
        "replies",
        probe.replies.iter().map(String::as_str).collect(),
    );
    data.put("captured", pairs(&probe.captured, "name", "value"));
    data.rule(probe.rule)
        .near("near", probe.near.as_ref())
        .near("skipped", probe.skipped.as_ref());
    Value::Object(data.0)
}

fn fit_json(fit: &Fit) -> Value {
    let mut data = Data::default();
    data.text("name", &fit.name)
        .text("title", &fit.title)
        .number("read", fit.read)
        .number("of", fit.of);
    Value::Object(data.0)
}
