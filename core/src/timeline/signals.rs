//! What goes between the peers, and what is said about it, as plain data.

use serde_json::Value;

use super::Data;
use crate::io::What;
use crate::trouble::Trouble;

/// Signals, notes, troubles and chat.
pub(super) fn describe(what: &What, data: &mut Data) {
    match what {
        What::Sent {
            step,
            kind,
            to,
            text,
            again,
            rule,
        } => {
            data.step(*step)
                .text("signal", kind)
                .maybe("to", to.as_deref());
            data.text("text", text).flag("again", *again).rule(*rule);
        }
        What::Received {
            step,
            kind,
            from,
            text,
            rule,
            events,
            near,
            skipped,
        } => {
            data.step(*step)
                .text("signal", kind)
                .maybe("from", from.as_deref())
                .text("text", text)
                .rule(*rule)
                .put("events", events.iter().copied().collect());
            data.near("near", near.as_ref())
                .near("skipped", skipped.as_ref());
        }
        What::Note { message } => {
            data.message("message", message);
        }
        What::Trouble(trouble) => describe_trouble(trouble, data),
        What::SignalToCarry { text } => {
            data.text("text", text);
        }
        What::Outcome { refused, .. } => {
            data.maybe_message("refused", refused.as_ref());
        }
        What::Chat { side, text } => {
            data.side(*side).text("text", text);
        }
        What::ChatRefused { text, message } => {
            data.text("text", text).message("message", message);
        }
        other => super::describe_connection(other, data),
    }
}

fn describe_trouble(trouble: &Trouble, data: &mut Data) {
    let fault = trouble.fault.as_ref().map_or(Value::Null, |fault| {
        let mut said = Data::default();
        said.text("name", &fault.name)
            .text("message", &fault.message);
        Value::Object(said.0)
    });
    let refusal = trouble.refusal.as_ref();
    data.maybe("call", refusal.map(|refusal| &*refusal.call))
        .maybe("state", refusal.map(|refusal| refusal.state.as_str()));
    data.text("blame", trouble.blame.word())
        .message("doing", &trouble.doing)
        .message("cause", &trouble.cause);
    data.message("advice", &trouble.advice)
        .put("fault", fault)
        .step(trouble.step);
}
