//! What nobody sees: secret variables, and credentials that were read, in whatever form they travel.

use serde_json::Value;

use super::Conversation;
use crate::dialect::address;
use crate::dialect::captures::Captures;
use crate::dialect::value::{from_base64, json, text_of};
use crate::dialect::variable::Variable;

/// The most credentials that are kept to be blotted out: as many as one frame can bring. Older ones make room.
const MOST_SECRETS: usize = 256;
/// How often JSON may stand in a text of JSON.
const MOST_LAYERS: usize = 4;
/// The shortest run of letters that is tried as base64.
const SHORTEST_RUN: usize = 4;

impl Conversation {
    /// A frame or URL as it may be shown: the values of secret variables, and credentials that were read, are blotted
    /// out, also where they stand in JSON inside a text or in base64.
    pub fn shown(&self, text: &str) -> String {
        let secret = |variable: &&Variable| variable.secret;
        let variables = self.document.variables.iter().filter(secret);
        let mut secrets = self.secrets.clone();
        for value in variables.filter_map(|variable| self.values.get(&variable.name)) {
            leaves(value, &mut secrets);
        }
        if secrets.is_empty() {
            text.to_owned()
        } else {
            blotted(text, &secrets, MOST_LAYERS)
        }
    }

    /// Keeps the credentials that a message brought, so that it can be shown without them.
    pub(super) fn keep_secrets(&mut self, captures: &Captures) {
        let read = captures.ice_servers.iter();
        for secret in read.filter_map(|server| server.credential.as_ref()) {
            self.keep_secret(secret);
        }
    }

    /// Keeps what a message calls a credential or a password, whether or not the dialect knows the message: it is shown
    /// and recorded too.
    pub(super) fn keep_named_secrets(&mut self, message: &Value) {
        match message {
            Value::Array(items) => items.iter().for_each(|item| self.keep_named_secrets(item)),
            Value::Object(entries) => {
                for (key, value) in entries {
                    match value {
                        Value::String(secret) if names_a_secret(key) => self.keep_secret(secret),
                        other => self.keep_named_secrets(other),
                    }
                }
            }
            _ => {}
        }
    }

    fn keep_secret(&mut self, secret: &str) {
        let known = self.secrets.iter().any(|known| known == secret);
        if known || secret.is_empty() {
            return;
        }
        if self.secrets.len() >= MOST_SECRETS {
            self.secrets.remove(0);
        }
        self.secrets.push(secret.to_owned());
    }
}

/// Every text in a value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(entries) => entries.values().for_each(|entry| leaves(entry, found)),
        other => found.extend(text_of(other).filter(|text| !text.is_empty())),
    }
}

/// The text without the secrets, in any of their forms. One that holds another goes first, so that nothing of it stays.
fn blotted(text: &str, secrets: &[String], layers: usize) -> String {
    let mut shown = text.to_owned();
    let inner = |secret: &&String| {
        let within = |other: &String| other != *secret && other.contains(secret.as_str());
        secrets.iter().any(within)
    };
    let (inner, outer): (Vec<_>, Vec<_>) = secrets.iter().partition(inner);
    for secret in outer.into_iter().chain(inner) {
        shown = shown.replace(&address::encode(secret), "…");
        let mut form = secret.clone();
        for _ in 0..MOST_LAYERS {
            shown = shown.replace(&form, "…");
            let quoted = json(&Value::from(form.as_str()));
            let escaped = quoted
                .get(1..quoted.len().saturating_sub(1))
                .unwrap_or_default();
            if escaped == form {
                break;
            }
            escaped.clone_into(&mut form);
        }
    }
    if layers > 0 {
        without_base64(&shown, secrets, layers - 1)
    } else {
        shown
    }
}

/// A run of base64 that hides a secret is blotted as a whole.
fn without_base64(text: &str, secrets: &[String], layers: usize) -> String {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(sign) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c| !sign(c)).unwrap_or(from.len());
        let (run, after) = from.split_at(length);
        shown.push_str(before);
        let hides = run.len() >= SHORTEST_RUN
            && from_base64(run).is_some_and(|inside| blotted(&inside, secrets, layers) != inside);
        shown.push_str(if hides { "…" } else { run });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Whether the member of this name holds something that only its owner should see, as TURN servers and gateways name it.
fn names_a_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.ends_with("credential") || key.ends_with("password")
}
