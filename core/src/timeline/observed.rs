//! What was watched and done on purpose, as plain data.

use serde_json::Value;

use super::{Data, dialects};
use crate::command::{Disorder, Disturbance};
use crate::io::What;

/// The page itself, its options, faults on purpose, and what the browser measured.
pub(super) fn describe(what: &What, data: &mut Data) {
    match what {
        What::Page {
            agent,
            secure,
            hidden,
        } => {
            data.text("agent", agent)
                .flag("secure", *secure)
                .flag("hidden", *hidden);
        }
        What::Option { option, on } => {
            data.text("option", option).flag("on", *on);
        }
        What::Disturbances(all) => {
            data.put("disturbances", all.iter().map(disturbance).collect());
        }
        What::Disturbed {
            side,
            disorder,
            kind,
            text,
        } => {
            data.side(*side)
                .text("disorder", disorder)
                .text("signal", kind)
                .text("text", text);
        }
        What::Pending {
            side,
            description,
            edited,
        } => {
            data.side(*side).flag("edited", *edited);
            let described = description.as_ref();
            data.maybe("type", described.map(|one| one.kind.word()))
                .maybe("sdp", described.map(|one| one.sdp.as_str()));
        }
        What::CandidateError { url, code, text } => {
            data.text("url", url)
                .number("code", usize::from(*code))
                .text("text", text);
        }
        What::Track { side, kind } => {
            data.side(*side).text("media", kind);
        }
        What::Stats { text } => {
            data.text("stats", text);
        }
        other => dialects::describe(other, data),
    }
}

fn disturbance(one: &Disturbance) -> Value {
    let mut data = Data::default();
    data.side(one.side)
        .text("signal", &one.kind)
        .maybe("disorder", one.disorder.map(Disorder::word));
    if let Some(Disorder::Delay(late)) = one.disorder {
        data.put("ms", late.into());
    }
    data.put("times", one.times.map_or(Value::Null, Value::from));
    Value::Object(data.0)
}
