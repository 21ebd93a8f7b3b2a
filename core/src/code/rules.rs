//! The dialect as a program carries it: its document as data, and the answers to its questions.

use serde_json::{Map, Value};

use super::fold::{Answer, Joining, Run};
use super::literal::{js_key, js_value};
use crate::dialect::Dialect;
use crate::words::{Message, say};

/// The keys of a document and of its rules that a program needs, in the order in which they are read best.
const KEYS: [&str; 8] = [
    "dialect",
    "url",
    "query",
    "protocols",
    "frames",
    "variables",
    "polite",
    "channels",
];
const RULE_KEYS: [&str; 10] = [
    "on", "read", "both", "every", "if", "after", "send", "sends", "fetch", "means",
];

/// A dialect's document.
pub(super) struct Rules(Map<String, Value>);

impl Rules {
    /// The document that holds in a run.
    pub(super) fn of(run: &Run, joining: &Joining) -> Result<Self, Message> {
        let named = match joining.endpoint.as_str() {
            "tabs:" | "line:" => "tabs",
            "paste:" => "paste",
            _ => joining.dialect.as_str(),
        };
        let chosen = run.chosen.as_ref().filter(|chosen| chosen.name == named);
        let text = chosen.map(|chosen| chosen.whole.as_str());
        let text = text.filter(|text| !text.is_empty());
        let text = text
            .or_else(|| Dialect::built_in(named))
            .unwrap_or_default();
        match serde_json::from_str(text) {
            Ok(Value::Object(document)) => Ok(Self(document)),
            _ => Err(say("code.refused.no-document")),
        }
    }

    /// How its frames carry messages.
    pub(super) fn frames(&self) -> &str {
        self.0
            .get("frames")
            .and_then(Value::as_str)
            .unwrap_or("json")
    }

    /// Whether some rule has this key.
    pub(super) fn some(&self, key: &str) -> bool {
        self.rules().any(|rule| rule.contains_key(key))
    }

    fn rules(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let rules = self.0.get("messages").and_then(Value::as_array);
        rules.into_iter().flatten().filter_map(Value::as_object)
    }

    /// The user's answers, and the names of those that have to be filled in: secrets, and choices that nobody knows.
    pub(super) fn answers(
        &self,
        run: &Run,
        joining: &Joining,
        form: &[Answer],
    ) -> (Vec<Answer>, Vec<String>) {
        let (mut given, mut open) = (Vec::new(), Vec::new());
        let asked = self.0.get("variables").and_then(Value::as_object);
        let asked = asked.into_iter().flatten();
        for (name, declared) in asked.filter(|(_, declared)| declared.get("ask").is_some()) {
            let secret = declared.get("secret") == Some(&Value::Bool(true));
            let known = joining
                .vars
                .iter()
                .chain(form)
                .find(|(known, _)| known == name);
            let known = known.map(|(_, value)| value.as_str());
            let known = known.filter(|value| !value.is_empty());
            let default = declared.get("default").and_then(Value::as_str);
            let own = if name == "self" {
                run.me.as_deref()
            } else {
                None
            };
            let value = known.or(own).or(default).filter(|_| !secret);
            if secret || (known.is_none() && declared.get("choices").is_some()) {
                open.push(format!("ANSWERS.{name}"));
            }
            given.push((name.clone(), value.unwrap_or_default().to_owned()));
        }
        (given, open)
    }

    /// The document as a constant, one rule to a line.
    pub(super) fn constant(&self) -> String {
        let mut text = "const DIALECT = {\n".to_owned();
        for entry in entries(&self.0, &KEYS) {
            text.push_str(&format!("  {entry},\n"));
        }
        text.push_str("  messages: [\n");
        for rule in self.rules() {
            let entries = entries(rule, &RULE_KEYS).join(", ");
            text.push_str(&format!("    {{ {entries} }},\n"));
        }
        text.push_str("  ],\n};\n");
        text
    }
}

/// These of an object's entries, as JavaScript.
fn entries(object: &Map<String, Value>, keys: &[&str]) -> Vec<String> {
    let entry = |key: &&str| Some(format!("{}: {}", js_key(key), js_value(object.get(*key)?)));
    keys.iter().filter_map(entry).collect()
}
