//! A rule: one trigger, any results.

use std::slice;

use serde_json::{Map, Value};

use super::check;
use super::condition::Condition;
use super::event::{Event, Side};
use super::example::{Example, Subject};
use super::mistake::Wrong;
use super::parse::Checker;

/// The most messages that one rule writes.
const MOST_SENDS: usize = 16;

/// One rule of a document.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) trigger: Trigger,
    /// What is written, unless the trigger says it.
    pub(crate) send: Vec<Example>,
    pub(crate) means: Vec<Event>,
    pub(crate) conditions: Vec<Condition>,
}

/// What sets a rule off.
#[derive(Debug)]
pub(crate) enum Trigger {
    On(Vec<Event>),
    Read(Example),
    Both(Example),
}

const KEYS: [&str; 8] = ["on", "read", "both", "send", "sends", "means", "if", "note"];
const LATER_KEYS: [&str; 4] = ["fetch", "set", "every", "after"];

impl Rule {
    /// Reads one rule, noting its mistakes.
    pub(crate) fn parse(c: &mut Checker, value: &Value) -> Option<Self> {
        let Some(object) = value.as_object() else {
            c.wrong(Wrong::NotA("an object"));
            return None;
        };
        c.keys(object, &KEYS, &LATER_KEYS);
        let side = if object.contains_key("both") {
            Side::Both
        } else {
            Side::Means
        };
        let means = events(c, object.get("means"), "means", side);
        let trigger = trigger(c, object, &means)?;
        let mut rule = Self {
            trigger,
            send: Vec::new(),
            means,
            conditions: Vec::new(),
        };
        rule.send = sends(c, object, rule.told());
        rule.conditions = conditions(c, object.get("if"));
        if rule.is_both() && !rule.send.is_empty() {
            c.wrong(Wrong::BothSends);
        }
        Some(rule)
    }

    /// The example that is read, if this rule reads.
    pub(crate) fn example(&self) -> Option<&Example> {
        match &self.trigger {
            Trigger::Read(example) | Trigger::Both(example) => Some(example),
            Trigger::On(_) => None,
        }
    }

    /// Whether telling this event sets it off.
    pub(crate) fn writes(&self, event: Event) -> bool {
        self.told().contains(&event)
    }

    /// The events that set it off.
    pub(crate) fn told(&self) -> &[Event] {
        match &self.trigger {
            Trigger::On(events) => events,
            Trigger::Both(_) => &self.means,
            Trigger::Read(_) => &[],
        }
    }

    /// What is written when it is set off.
    pub(crate) fn written(&self) -> &[Example] {
        match &self.trigger {
            Trigger::Both(example) => slice::from_ref(example),
            Trigger::On(_) | Trigger::Read(_) => &self.send,
        }
    }

    /// Whether its example captures candidates, or their end.
    pub(crate) fn takes_candidates(&self) -> bool {
        self.example()
            .is_some_and(|example| example.mentions(Subject::is_candidate))
    }

    pub(crate) fn is_both(&self) -> bool {
        matches!(self.trigger, Trigger::Both(_))
    }

    /// Whether it wraps or unwraps messages.
    pub(crate) fn is_envelope(&self) -> bool {
        self.writes(Event::Message) || self.means.contains(&Event::Message)
    }

    /// Whether its message travels inside an envelope, in a document that has one.
    pub(crate) fn is_inside(&self) -> bool {
        self.is_both() && !self.is_envelope()
    }
}

fn trigger(c: &mut Checker, object: &Map<String, Value>, means: &[Event]) -> Option<Trigger> {
    let named = ["on", "read", "both"]
        .into_iter()
        .filter(|key| object.contains_key(*key));
    match named.count() {
        0 => {
            // A trigger that is not supported yet has been named already.
            if !object.contains_key("every") {
                c.wrong(Wrong::NoTrigger);
            }
            return None;
        }
        1 => {}
        _ => c.wrong(Wrong::TwoTriggers),
    }
    if let Some(value) = object.get("both") {
        if means.is_empty() && !object.contains_key("means") {
            c.wrong(Wrong::BothNeedsMeans);
        }
        let mark = c.enter("both");
        let example = c.example(value);
        check::read(&example, means, c);
        check::written(&example, means, c);
        c.leave(mark);
        return Some(Trigger::Both(example));
    }
    if let Some(value) = object.get("read") {
        let mark = c.enter("read");
        let example = c.example(value);
        check::read(&example, means, c);
        c.leave(mark);
        return Some(Trigger::Read(example));
    }
    check::concluded(means, c);
    Some(Trigger::On(events(c, object.get("on"), "on", Side::On)))
}

fn sends(c: &mut Checker, object: &Map<String, Value>, told: &[Event]) -> Vec<Example> {
    let mut examples = Vec::new();
    if let Some(value) = object.get("send") {
        let mark = c.enter("send");
        examples.push(c.example(value));
        examples
            .iter()
            .for_each(|example| check::written(example, told, c));
        c.leave(mark);
    }
    let Some(value) = object.get("sends") else {
        return examples;
    };
    let mark = c.enter("sends");
    if !examples.is_empty() {
        c.wrong(Wrong::SendAndSends);
    }
    match value.as_array() {
        None => c.wrong(Wrong::NotA("a list")),
        Some(list) if list.len() > MOST_SENDS => c.wrong(Wrong::TooMuch("sends", MOST_SENDS)),
        Some(list) => {
            for (index, value) in list.iter().enumerate() {
                let mark = c.enter(&index.to_string());
                let example = c.example(value);
                check::written(&example, told, c);
                examples.push(example);
                c.leave(mark);
            }
        }
    }
    c.leave(mark);
    examples
}

/// Texts, one or a list, each with the pointer it stands at.
fn each_text(
    c: &mut Checker,
    value: Option<&Value>,
    key: &str,
    work: &mut dyn FnMut(&mut Checker, &str),
) {
    let Some(value) = value else {
        return;
    };
    let mark = c.enter(key);
    match value {
        Value::String(text) => work(c, text),
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                let mark = c.enter(&index.to_string());
                match item.as_str() {
                    Some(text) => work(c, text),
                    None => c.wrong(Wrong::NotA("a text")),
                }
                c.leave(mark);
            }
        }
        _ => c.wrong(Wrong::NotA("a text or a list of texts")),
    }
    c.leave(mark);
}

fn events(c: &mut Checker, value: Option<&Value>, key: &str, side: Side) -> Vec<Event> {
    let mut events = Vec::new();
    each_text(
        c,
        value,
        key,
        &mut |c, text| match Event::parse(text, side) {
            Ok(event) => events.push(event),
            Err(wrong) => c.wrong(wrong),
        },
    );
    events
}

fn conditions(c: &mut Checker, value: Option<&Value>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    each_text(
        c,
        value,
        "if",
        &mut |c, text| match Condition::parse(text) {
            Ok(condition) => {
                check::condition(&condition, c);
                conditions.push(condition);
            }
            Err(wrong) => c.wrong(wrong),
        },
    );
    conditions
}
