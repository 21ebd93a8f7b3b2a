//! HTTP steps: a request made of examples, and how its answer is read.

use serde_json::{Map, Value};

use super::check;
use super::event::Event;
use super::example::Example;
use super::mistake::Wrong;
use super::parse::Checker;

/// The most headers of one request.
const MOST_HEADERS: usize = 16;
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const KEYS: [&str; 7] = ["url", "method", "headers", "body", "read", "blind", "note"];

/// One request of a rule.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) url: Example,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, Example)>,
    pub(crate) body: Option<Example>,
    /// What the answer must fit.
    pub(crate) read: Option<Example>,
    pub(crate) blind: bool,
}

impl Request {
    /// Reads the request of a rule that these events set off and that means those.
    pub(crate) fn parse(
        c: &mut Checker,
        value: &Value,
        told: &[Event],
        means: &[Event],
    ) -> Option<Self> {
        let Some(object) = value.as_object() else {
            c.wrong(Wrong::NotA("an object"));
            return None;
        };
        c.keys(object, &KEYS);
        c.unless(object.contains_key("url"), Wrong::NoKey("url"));
        let mut url = None;
        c.key(object, "url", &mut |c, value| {
            let text = c.whole_text(value);
            let pieces = c.text(&text);
            url = Some(check::url(pieces, told, c));
        });
        let one = |c: &mut Checker, key: &str, means: Option<&[Event]>, told: Option<&[Event]>| {
            let mut found = None;
            c.key(object, key, &mut |c, value| {
                let example = c.example(value);
                check::example(&example, means, told, c);
                found = Some(example);
            });
            found
        };
        let body = one(c, "body", None, Some(told));
        let read = one(c, "read", Some(means), None);
        let blind = c.truth(object, "blind");
        c.unless(!blind || read.is_none(), Wrong::BlindRead);
        let method = method(c, object, body.is_some());
        let simple = matches!(method.as_str(), "GET" | "POST");
        c.unless(!blind || simple, Wrong::BlindMethod);
        c.unless(method != "GET" || body.is_none(), Wrong::BodyWithGet);
        Some(Self {
            url: url?,
            method,
            headers: headers(c, object, told),
            body,
            read,
            blind,
        })
    }
}

/// GET, or POST with a body, unless the document says.
fn method(c: &mut Checker, object: &Map<String, Value>, has_body: bool) -> String {
    let mut method = if has_body { "POST" } else { "GET" }.to_owned();
    c.key(object, "method", &mut |c, value| {
        method = value.as_str().unwrap_or_default().to_owned();
        c.unless(
            METHODS.contains(&method.as_str()),
            Wrong::Form("method", "GET, POST, PUT, PATCH or DELETE"),
        );
    });
    method
}

fn headers(c: &mut Checker, object: &Map<String, Value>, told: &[Event]) -> Vec<(String, Example)> {
    let mut headers = Vec::new();
    c.key(object, "headers", &mut |c, value| {
        let Some(entries) = value.as_object() else {
            return c.wrong(Wrong::NotA("an object"));
        };
        let few = entries.len() <= MOST_HEADERS;
        c.unless(few, Wrong::TooMuch("headers", MOST_HEADERS));
        for (name, value) in entries {
            let mark = c.enter(name);
            let token = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            c.unless(
                !name.is_empty() && name.bytes().all(token),
                Wrong::NotA("a header's name"),
            );
            let text = c.whole_text(value);
            let example = c.text_example(&text);
            check::example(&example, None, Some(told), c);
            headers.push((name.clone(), example));
            c.leave(mark);
        }
    });
    headers
}
