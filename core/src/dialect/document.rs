//! A dialect document as the engine holds it, and its reading from JSON.

use serde_json::{Map, Value};

use super::check;
use super::condition::Condition;
use super::event::Event;
use super::example::{Example, Subject};
use super::make::Make;
use super::mistake::{Mistake, Wrong};
use super::parse::{Checker, not_yet, subject};
use super::rule::Rule;
use super::value::{text_of, within};

/// The largest document, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The deepest nesting of a document.
const MOST_DEPTH: usize = 32;
const MOST_RULES: usize = 128;
const MOST_VARIABLES: usize = 64;

/// A document without mistakes.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// None for a text that travels without a server.
    pub(crate) address: Option<Address>,
    pub(crate) protocols: Vec<String>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) polite: Option<Polite>,
    pub(crate) rules: Vec<Rule>,
    /// Whether every `both` travels inside a message of another rule.
    pub(crate) enveloped: bool,
}

/// A URL with holes: text that starts with a hole, and keys left out while they have no value.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) text: Example,
    pub(crate) query: Example,
}

/// A declared variable.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) source: Option<Source>,
    /// It outlives a lost connection, as long as the user stays in the room.
    pub(crate) per_room: bool,
    /// Its value is shown to nobody.
    pub(crate) secret: bool,
}

/// Where the first value of a variable comes from.
#[derive(Debug)]
pub(crate) enum Source {
    Value(Value),
    Make(Make),
}

/// Who yields when two offers cross.
#[derive(Debug)]
pub(crate) enum Polite {
    Always(bool),
    If(Condition),
}

const KEYS: [&str; 8] = [
    "dialect",
    "url",
    "query",
    "protocols",
    "variables",
    "polite",
    "messages",
    "note",
];
const LATER_KEYS: [&str; 3] = ["frames", "channels", "extends"];

impl Document {
    /// Reads and checks a document; the error is every mistake that was found.
    pub(crate) fn load(text: &str) -> Result<Self, Vec<Mistake>> {
        let mut c = Checker::default();
        let value = match whole(text) {
            Ok(value) => value,
            Err(wrong) => {
                c.wrong(wrong);
                return Err(c.mistakes);
            }
        };
        let document = Self::parse(&mut c, &value);
        if c.mistakes.is_empty() {
            check::document(&document, &mut c);
        }
        if c.mistakes.is_empty() {
            Ok(document)
        } else {
            Err(c.mistakes)
        }
    }

    fn parse(c: &mut Checker, object: &Map<String, Value>) -> Self {
        c.keys(object, &KEYS, &LATER_KEYS);
        for key in ["dialect", "url", "messages"] {
            c.unless(object.contains_key(key), Wrong::NoKey(key));
        }
        let mut document = Self {
            address: address(c, object),
            ..Self::default()
        };
        document.variables = variables(c, object);
        c.key(object, "dialect", &mut |c, name| {
            let name = name.as_str().unwrap_or_default();
            c.unless(!name.is_empty(), Wrong::NotA("a name"));
            name.clone_into(&mut document.name);
        });
        c.key(object, "protocols", &mut |c, value| {
            c.texts(value, &mut |_, text| {
                document.protocols.push(text.to_owned())
            });
        });
        c.key(object, "polite", &mut |c, value| {
            document.polite = match value {
                Value::Bool(always) => Some(Polite::Always(*always)),
                Value::String(text) => Some(Polite::If(Condition::parse(c, text))),
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

fn whole(text: &str) -> Result<Map<String, Value>, Wrong> {
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
            text = Some(check::url(pieces, c));
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

fn variables(c: &mut Checker, object: &Map<String, Value>) -> Vec<Variable> {
    let mut variables = Vec::new();
    c.key(object, "variables", &mut |c, value| {
        let Some(declared) = value.as_object() else {
            return c.wrong(Wrong::NotA("an object"));
        };
        let few = declared.len() <= MOST_VARIABLES;
        c.unless(few, Wrong::TooMuch("variables", MOST_VARIABLES));
        for (name, declaration) in declared {
            let mark = c.enter(name);
            match declaration.as_object() {
                Some(declaration) => variables.push(variable(c, name, declaration)),
                None => c.wrong(Wrong::NotA("an object")),
            }
            c.leave(mark);
        }
    });
    variables
}

fn variable(c: &mut Checker, name: &str, declaration: &Map<String, Value>) -> Variable {
    let own = matches!(subject(name), Ok(Subject::Variable(_) | Subject::Peer));
    c.unless(
        own && name != "endpoint" && name != "room",
        Wrong::NotAVariable,
    );
    c.keys(
        declaration,
        &["value", "make", "per", "secret"],
        &["ask", "default", "choices"],
    );
    let mut variable = Variable {
        name: name.to_owned(),
        source: None,
        per_room: false,
        secret: false,
    };
    c.key(declaration, "make", &mut |c, make| {
        let make = make.as_str().unwrap_or_default();
        variable.source = Make::parse(make).map(Source::Make);
        c.unless(
            variable.source.is_some(),
            match make {
                "number" | "now" | "count" => not_yet(make),
                _ => Wrong::Form("make", "uuid, text N or integer MIN MAX"),
            },
        );
    });
    c.key(declaration, "value", &mut |c, value| {
        c.unless(
            text_of(value).is_some(),
            Wrong::NotA("a text, a number, true or false"),
        );
        variable.source = Some(Source::Value(value.clone()));
    });
    c.key(
        declaration,
        "per",
        &mut |c, per| match per.as_str().unwrap_or_default() {
            "connection" => {}
            "room" => variable.per_room = true,
            later @ ("call" | "message") => c.wrong(not_yet(later)),
            _ => c.wrong(Wrong::Form("per", "message, call, connection or room")),
        },
    );
    c.key(declaration, "secret", &mut |c, secret| {
        c.unless(secret.is_boolean(), Wrong::NotA("true or false"));
        variable.secret = secret == &Value::Bool(true);
    });
    variable
}
