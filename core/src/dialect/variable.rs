//! Declared variables: where their values come from, and how long they live.

use serde_json::{Map, Value};

use super::example::Subject;
use super::make::Make;
use super::mistake::Wrong;
use super::parse::{Checker, subject};
use super::told::Ask;
use super::value::text_of;

const MOST_VARIABLES: usize = 64;
/// The most answers to choose from.
const MOST_CHOICES: usize = 32;

/// A declared variable.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) source: Option<Source>,
    pub(crate) life: Life,
    /// Its value is shown to nobody.
    pub(crate) secret: bool,
}

impl Variable {
    /// Whether its value is a number of the connection's counter.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.source, Some(Source::Make(Make::Count)))
    }
}

/// Where the first value of a variable comes from.
#[derive(Debug)]
pub(crate) enum Source {
    Value(Value),
    Make(Make),
    /// The user; the default counts until they were asked.
    Ask(Ask),
}

/// How long a value lives; each outlives the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Life {
    Message,
    Call,
    Connection,
    /// It outlives a lost connection, as long as the user stays in the room.
    Room,
}

/// The variables of a document.
pub(crate) fn parse(c: &mut Checker, object: &Map<String, Value>) -> Vec<Variable> {
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
        &[
            "value", "make", "ask", "default", "choices", "per", "secret", "note",
        ],
    );
    let mut life = Life::Connection;
    c.key(declaration, "per", &mut |c, per| {
        life = match per.as_str() {
            Some("message") => Life::Message,
            Some("call") => Life::Call,
            Some("connection") => Life::Connection,
            Some("room") => Life::Room,
            _ => return c.wrong(Wrong::Form("per", "message, call, connection or room")),
        };
    });
    let secret = c.truth(declaration, "secret");
    let source = source(c, name, declaration, secret);
    Variable {
        name: name.to_owned(),
        source,
        life,
        secret,
    }
}

fn source(
    c: &mut Checker,
    name: &str,
    declaration: &Map<String, Value>,
    secret: bool,
) -> Option<Source> {
    let mut sources = Vec::new();
    c.key(
        declaration,
        "make",
        &mut |c, make| match Make::parse(make.as_str().unwrap_or_default()) {
            Some(make) => sources.push(Source::Make(make)),
            None => c.wrong(Wrong::Form(
                "make",
                "uuid, text N, integer MIN MAX, number, now or count",
            )),
        },
    );
    c.key(declaration, "value", &mut |c, value| {
        c.unless(
            text_of(value).is_some(),
            Wrong::NotA("a text, a number, true or false"),
        );
        sources.push(Source::Value(value.clone()));
    });
    c.key(declaration, "ask", &mut |c, question| {
        let question = c.whole_text(question);
        sources.push(Source::Ask(Ask {
            name: name.to_owned(),
            question,
            default: String::new(),
            choices: Vec::new(),
            secret,
        }));
    });
    c.unless(
        sources.len() < 2,
        Wrong::Form("a variable", "one of value, make and ask"),
    );
    let mut source = sources.pop();
    answers(c, declaration, &mut source);
    source
}

/// What goes with a question: the answer that stands there first, and those allowed.
fn answers(c: &mut Checker, declaration: &Map<String, Value>, source: &mut Option<Source>) {
    let mut none = Ask {
        name: String::new(),
        question: String::new(),
        default: String::new(),
        choices: Vec::new(),
        secret: false,
    };
    let asked = matches!(source, Some(Source::Ask(_)));
    let ask = match source {
        Some(Source::Ask(ask)) => ask,
        _ => &mut none,
    };
    c.key(declaration, "default", &mut |c, default| {
        c.unless(asked, Wrong::Form("default", "part of a question: add ask"));
        ask.default = c.whole_text(default);
    });
    c.key(declaration, "choices", &mut |c, choices| {
        c.unless(asked, Wrong::Form("choices", "part of a question: add ask"));
        c.list(choices, MOST_CHOICES, &mut |c, choice| {
            let choice = c.whole_text(choice);
            ask.choices.push(choice);
        });
        let fits = ask.choices.is_empty() || ask.choices.contains(&ask.default);
        c.unless(
            fits || ask.default.is_empty(),
            Wrong::Form("default", "one of the choices"),
        );
    });
}
