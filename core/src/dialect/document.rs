//! A dialect document as the engine holds it, and its reading from JSON.

use serde_json::{Map, Value};

use super::check;
use super::condition::Condition;
use super::event::Event;
use super::example::Example;
use super::extend;
use super::frames::Frames;
use super::mistake::{Mistake, Wrong};
use super::parse::Checker;
use super::rule::Rule;
use super::told::{Ask, Channel};
use super::value::within;
use super::variable::{self, Source, Variable};
use super::{channel, mistake};

/// The largest document, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The deepest nesting of a document.
const MOST_DEPTH: usize = 32;
const MOST_RULES: usize = 128;
/// The one version of the language.
const VERSION: u64 = 1;

/// A document without mistakes.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// None for a text that travels without a server.
    pub(crate) address: Option<Address>,
    /// Anything it says for people.
    pub(crate) note: Option<String>,
    pub(crate) protocols: Vec<String>,
    pub(crate) frames: Frames,
    pub(crate) channels: Vec<Channel>,
    pub(crate) asks: Vec<Ask>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) polite: Option<Polite>,
    pub(crate) rules: Vec<Rule>,
    /// How many of them are its own; those of a document it extends follow.
    pub(crate) own_rules: usize,
    /// Whether every `both` travels inside a message of another rule.
    pub(crate) enveloped: bool,
    /// The document as it was read, with everything that it takes over from those it extends.
    pub(crate) merged: Map<String, Value>,
}

/// A URL with holes: text that starts with a hole, and keys left out while they have no value.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) text: Example,
    pub(crate) query: Example,
}

/// Who yields when two offers cross.
#[derive(Debug)]
pub(crate) enum Polite {
    Always(bool),
    If(Condition),
}

const KEYS: [&str; 13] = [
    "$schema",
    "dialect",
    "version",
    "extends",
    "url",
    "query",
    "protocols",
    "frames",
    "variables",
    "polite",
    "channels",
    "messages",
    "note",
];

impl Document {
    /// Reads and checks a document; the error is every mistake that was found.
    pub(crate) fn load(
        text: &str,
        parents: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        let mut c = Checker::default();
        let own = whole(text).map_err(|wrong| alone("", wrong))?;
        let merged = extend::merged(&own, parents).map_err(|wrong| alone("/extends", wrong))?;
        c.keys(&own, &KEYS);
        let mut document = Self::parse(&mut c, &merged);
        let rules = |object: &Map<String, Value>| {
            let list = object.get("messages").and_then(Value::as_array);
            list.map_or(0, Vec::len)
        };
        document.own_rules = rules(&own).min(document.rules.len());
        if c.mistakes.is_empty() {
            check::document(&document, &mut c);
        }
        if c.mistakes.is_empty() {
            document.merged = merged;
            Ok(document)
        } else {
            mistake::of_the_parent(&mut c.mistakes, rules(&own));
            Err(c.mistakes)
        }
    }

    fn parse(c: &mut Checker, object: &Map<String, Value>) -> Self {
        for key in ["dialect", "url", "messages"] {
            c.unless(object.contains_key(key), Wrong::NoKey(key));
        }
        let mut document = Self {
            address: address(c, object),
            ..Self::default()
        };
        document.variables = variable::parse(c, object);
        document.channels = channel::parse(c, object);
        document.asks = asks(&document.variables);
        framing(c, object, &mut document);
        c.key(object, "dialect", &mut |c, name| {
            let name = name.as_str().unwrap_or_default();
            c.unless(!name.is_empty(), Wrong::NotA("a name"));
            name.clone_into(&mut document.name);
        });
        c.key(object, "polite", &mut |c, value| {
            document.polite = match value {
                Value::Bool(always) => Some(Polite::Always(*always)),
                Value::String(text) => Some(Polite::If(Condition::parse(c, text, &[]))),
                _ => {
                    c.wrong(Wrong::Form("polite", "true, false or a condition"));
                    None
                }
            };
        });
        c.key(object, "messages", &mut |c, value| {
            c.list(value, MOST_RULES, &mut |c, rule| {
                document.rules.extend(Rule::parse(c, rule))
            });
        });
        document.note = object
            .get("note")
            .and_then(Value::as_str)
            .map(str::to_owned);
        document.enveloped = document.rules.iter().any(Rule::is_envelope);
        document
    }

    /// Whether some rule writes this.
    pub(crate) fn writes(&self, event: Event) -> bool {
        self.rules.iter().any(|rule| rule.writes(event))
    }

    /// Whether the rule that writes candidates writes all of them at once.
    pub(crate) fn batches(&self) -> bool {
        let first = self.rules.iter().find(|rule| rule.writes(Event::Candidate));
        first.is_some_and(|rule| rule.written().iter().any(Example::batches))
    }
}

/// One mistake that ends the reading.
fn alone(pointer: &str, wrong: Wrong) -> Vec<Mistake> {
    vec![Mistake {
        pointer: pointer.to_owned(),
        wrong,
    }]
}

fn asks(variables: &[Variable]) -> Vec<Ask> {
    let asked = variables
        .iter()
        .filter_map(|variable| match &variable.source {
            Some(Source::Ask(ask)) => Some(ask.clone()),
            _ => None,
        });
    asked.collect()
}

/// The version, the subprotocols and the framing.
fn framing(c: &mut Checker, object: &Map<String, Value>, document: &mut Document) {
    c.key(object, "version", &mut |c, version| {
        let known = version.as_u64() == Some(VERSION);
        c.unless(known, Wrong::Form("version", "1"));
    });
    c.key(object, "protocols", &mut |c, value| {
        c.texts(value, &mut |_, text| {
            document.protocols.push(text.to_owned())
        });
    });
    c.key(
        object,
        "frames",
        &mut |c, value| match Frames::named(value.as_str().unwrap_or_default()) {
            Some(frames) => document.frames = frames,
            None => c.wrong(Wrong::Form("frames", "json, text, records or socket.io")),
        },
    );
}

/// A document as JSON, within the limits.
pub(crate) fn whole(text: &str) -> Result<Map<String, Value>, Wrong> {
    if text.len() > MOST_BYTES {
        return Err(Wrong::TooMuch("bytes of a document", MOST_BYTES));
    }
    let value: Value =
        serde_json::from_str(text).map_err(|e| Wrong::NotJson(e.line(), e.column()))?;
    if !within(&value, MOST_DEPTH) {
        return Err(Wrong::TooMuch("levels of nesting", MOST_DEPTH));
    }
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Wrong::NotA("an object")),
    }
}

fn address(c: &mut Checker, object: &Map<String, Value>) -> Option<Address> {
    let mut text = None;
    c.key(object, "url", &mut |c, url| match url {
        Value::String(url) => {
            let pieces = c.text(url);
            text = Some(check::url(pieces, &[], c));
        }
        Value::Null => {}
        _ => c.wrong(Wrong::NotA(
            "a text, or null for a dialect without a server",
        )),
    });
    let mut query = Example::Fixed(Value::Null);
    c.key(object, "query", &mut |c, value| {
        query = c.example(value);
        let keys = matches!(query, Example::Object(_));
        c.unless(
            keys && text.is_some(),
            Wrong::NotA("an object of keys, beside a url"),
        );
        check::example(&query, None, Some(&[]), c);
    });
    Some(Address { text: text?, query })
}
