//! A dialect document as the engine holds it, and its reading from JSON.

use serde_json::{Map, Value};

use super::check;
use super::condition::Condition;
use super::event::Event;
use super::example::{Example, Piece, Subject};
use super::make::Make;
use super::mistake::{Mistake, Wrong};
use super::parse::Checker;
use super::rule::Rule;
use super::value::within;

/// The largest document, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The deepest nesting of a document.
const MOST_DEPTH: usize = 32;
const MOST_RULES: usize = 128;
const MOST_VARIABLES: usize = 64;

/// A document without mistakes.
#[derive(Debug)]
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
#[derive(Debug, Default)]
pub(crate) struct Address {
    pub(crate) text: Vec<Piece>,
    pub(crate) query: Vec<(String, Example)>,
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
        let name = match object.get("dialect") {
            Some(Value::String(name)) if !name.is_empty() => name.clone(),
            _ => {
                c.wrong(Wrong::NoKey("dialect"));
                String::new()
            }
        };
        let address = address(c, object);
        let protocols = protocols(c, object.get("protocols"));
        let variables = variables(c, object.get("variables"));
        let polite = polite(c, object.get("polite"));
        let rules = rules(c, object.get("messages"));
        let enveloped = rules.iter().any(Rule::is_envelope);
        Self {
            name,
            address,
            protocols,
            variables,
            polite,
            rules,
            enveloped,
        }
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
    let mut address = Address::default();
    match object.get("url") {
        None => c.wrong(Wrong::NoKey("url")),
        Some(Value::Null) => {
            if object.contains_key("query") {
                let mark = c.enter("query");
                c.wrong(Wrong::NoKey("url"));
                c.leave(mark);
            }
            return None;
        }
        Some(url) => {
            let mark = c.enter("url");
            if let Some(text) = url.as_str() {
                address.text = c.text(text);
                check::url(&address.text, c);
            } else {
                c.wrong(Wrong::NotA(
                    "a text, or null for a dialect without a server",
                ));
            }
            c.leave(mark);
        }
    }
    let mark = c.enter("query");
    match object.get("query") {
        None => {}
        Some(Value::Object(query)) => {
            for (key, value) in query {
                let mark = c.enter(key);
                let plain = c.plain_key(key);
                let example = c.example(value);
                if !matches!(
                    &example,
                    Example::Fixed(Value::String(_)) | Example::Hole(_) | Example::Text(_)
                ) {
                    c.wrong(Wrong::NotA("a text"));
                }
                check::written(&example, &[], c);
                address.query.push((plain, example));
                c.leave(mark);
            }
        }
        Some(_) => c.wrong(Wrong::NotA("an object")),
    }
    c.leave(mark);
    Some(address)
}

fn protocols(c: &mut Checker, value: Option<&Value>) -> Vec<String> {
    let mark = c.enter("protocols");
    let mut protocols = Vec::new();
    let items = match value {
        None => &[],
        Some(Value::Array(items)) => items.as_slice(),
        Some(_) => {
            c.wrong(Wrong::NotA("a list of texts"));
            &[]
        }
    };
    for (index, item) in items.iter().enumerate() {
        let mark = c.enter(&index.to_string());
        match item.as_str() {
            Some(text) if !text.is_empty() => protocols.push(text.to_owned()),
            _ => c.wrong(Wrong::NotA("a text")),
        }
        c.leave(mark);
    }
    c.leave(mark);
    protocols
}

fn variables(c: &mut Checker, value: Option<&Value>) -> Vec<Variable> {
    let mark = c.enter("variables");
    let mut variables = Vec::new();
    match value {
        None => {}
        Some(Value::Object(declared)) => {
            if declared.len() > MOST_VARIABLES {
                c.wrong(Wrong::TooMuch("variables", MOST_VARIABLES));
            }
            for (name, declaration) in declared.iter().take(MOST_VARIABLES) {
                let mark = c.enter(name);
                variables.extend(variable(c, name, declaration));
                c.leave(mark);
            }
        }
        Some(_) => c.wrong(Wrong::NotA("an object")),
    }
    c.leave(mark);
    variables
}

fn variable(c: &mut Checker, name: &str, declaration: &Value) -> Option<Variable> {
    match super::parse::subject(name) {
        Ok(Subject::Variable(_) | Subject::Peer) if name != "endpoint" && name != "room" => {}
        _ => c.wrong(Wrong::Form(
            "a variable",
            "a name of letters, digits and _ that the language does not use",
        )),
    }
    let Some(declaration) = declaration.as_object() else {
        c.wrong(Wrong::NotA("an object"));
        return None;
    };
    c.keys(
        declaration,
        &["value", "make", "per", "secret"],
        &["ask", "default", "choices"],
    );
    let source = source(c, declaration);
    let mark = c.enter("per");
    let per_room = match declaration.get("per").map(Value::as_str) {
        None | Some(Some("connection")) => false,
        Some(Some("room")) => true,
        Some(Some(later @ ("call" | "message"))) => {
            c.wrong(Wrong::NotYet(format!("\"{later}\"")));
            false
        }
        Some(_) => {
            c.wrong(Wrong::Form("per", "message, call, connection or room"));
            false
        }
    };
    c.leave(mark);
    let secret = match declaration.get("secret") {
        None => false,
        Some(Value::Bool(secret)) => *secret,
        Some(_) => {
            let mark = c.enter("secret");
            c.wrong(Wrong::NotA("true or false"));
            c.leave(mark);
            false
        }
    };
    Some(Variable {
        name: name.to_owned(),
        source,
        per_room,
        secret,
    })
}

fn source(c: &mut Checker, declaration: &Map<String, Value>) -> Option<Source> {
    if let Some(value) = declaration.get("value") {
        let mark = c.enter("value");
        if super::value::text_of(value).is_none() {
            c.wrong(Wrong::NotA("a text, a number, true or false"));
        }
        c.leave(mark);
        return Some(Source::Value(value.clone()));
    }
    let made = declaration.get("make")?;
    let mark = c.enter("make");
    let text = made.as_str().unwrap_or_default();
    let make = Make::parse(text);
    if make.is_none() {
        c.wrong(match text {
            "number" | "now" | "count" => Wrong::NotYet(format!("\"{text}\"")),
            _ => Wrong::Form("make", "uuid, text N or integer MIN MAX"),
        });
    }
    c.leave(mark);
    make.map(Source::Make)
}

fn polite(c: &mut Checker, value: Option<&Value>) -> Option<Polite> {
    let value = value?;
    let mark = c.enter("polite");
    let polite = match value {
        Value::Bool(always) => Some(Polite::Always(*always)),
        Value::String(text) => match Condition::parse(text) {
            Ok(condition) => {
                check::condition(&condition, c);
                Some(Polite::If(condition))
            }
            Err(wrong) => {
                c.wrong(wrong);
                None
            }
        },
        _ => {
            c.wrong(Wrong::Form("polite", "true, false or a condition"));
            None
        }
    };
    c.leave(mark);
    polite
}

fn rules(c: &mut Checker, value: Option<&Value>) -> Vec<Rule> {
    let Some(messages) = value else {
        c.wrong(Wrong::NoKey("messages"));
        return Vec::new();
    };
    let mark = c.enter("messages");
    let mut rules = Vec::new();
    match messages.as_array() {
        None => c.wrong(Wrong::NotA("a list")),
        Some(list) if list.len() > MOST_RULES => {
            c.wrong(Wrong::TooMuch("rules", MOST_RULES));
        }
        Some(list) => {
            for (index, rule) in list.iter().enumerate() {
                let mark = c.enter(&index.to_string());
                rules.extend(Rule::parse(c, rule));
                c.leave(mark);
            }
        }
    }
    c.leave(mark);
    rules
}

impl Variable {
    /// Whether it can have a value without any message.
    pub(crate) fn filled(&self) -> bool {
        self.source.is_some()
    }
}
