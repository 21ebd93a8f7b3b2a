//! HTTP requests of a dialect, and what their answers mean.

use std::rc::Rc;

use serde_json::Value;

use super::Conversation;
use super::hearing::MOST_FRAME;
use crate::dialect::address::{Scheme, fill_text};
use crate::dialect::conclude::Heeded;
use crate::dialect::fetch::Request;
use crate::dialect::mistake::Why;
use crate::dialect::read::{Trial, try_example};
use crate::dialect::rule::Rule;
use crate::dialect::told::{Fetch, FetchAnswer, Nearest, Reading, Told};
use crate::dialect::value::{decode, text_in};
use crate::dialect::write::{Unfilled, What};

/// The most requests that wait for an answer.
const MOST_WAITING: usize = 64;
/// What the next one waits for.
const AN_ANSWER: &str = "an HTTP answer";
const CONTENT_TYPE: &str = "content-type";
/// How much of an answer is quoted, in characters.
const MOST_QUOTED: usize = 200;

/// Requests that wait for their answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Requests {
    last: u32,
    waiting: Vec<Waiting>,
}

#[derive(Debug, Clone)]
struct Waiting {
    id: u32,
    rule: usize,
    url: String,
}

impl Conversation {
    /// Takes in the answer to a request. What does not fit is told as [`Told::Refused`].
    pub fn fetched(&mut self, id: u32, answer: &FetchAnswer) -> Reading {
        let mut reading = Reading::default();
        let document = Rc::clone(&self.document);
        let waiting = &mut self.requests.waiting;
        let Some(at) = waiting.iter().position(|waiting| waiting.id == id) else {
            return reading;
        };
        let Waiting {
            rule: index, url, ..
        } = waiting.swap_remove(at);
        let rule = document.rules.get(index);
        let Some((rule, request)) = rule.and_then(|rule| Some((rule, rule.request.as_ref()?)))
        else {
            return reading;
        };
        reading.rule = Some(index);
        let refused = |status, why: &str| Told::Refused {
            url,
            status,
            why: why.chars().take(MOST_QUOTED).collect(),
        };
        match answer {
            FetchAnswer::Failed(why) => reading.told.push(refused(None, why)),
            FetchAnswer::Came { status, text } if *status >= 400 => {
                reading.told.push(refused(Some(*status), text));
            }
            FetchAnswer::Blind => self.conclude_fetched(rule, &mut reading),
            FetchAnswer::Came { status, text } => {
                if let Err(nearest) = self.read_answer(index, rule, request, text, &mut reading) {
                    let why = format!("{}: {nearest}", nearest.pointer);
                    reading.told.push(refused(Some(*status), &why));
                    reading.unknown = Some(nearest);
                }
            }
        }
        reading
    }

    /// A request to make; none if too many wait already. The error names a hole without a value.
    pub(super) fn ask(
        &mut self,
        rule: usize,
        request: &Request,
        what: What<'_>,
        peer: Option<&Value>,
    ) -> Result<Option<Fetch>, Unfilled> {
        if self.requests.waiting.len() >= MOST_WAITING {
            return Err(Unfilled::NoValue(AN_ANSWER.to_owned()));
        }
        let headers = request.headers.iter().map(|(_, example)| example);
        for example in headers.chain([&request.url]).chain(&request.body) {
            self.renew_message(example);
        }
        let scope = self.towards(what, peer);
        let url = fill_text(&request.url, Scheme::Http, &scope).map_err(Unfilled::NoValue)?;
        let mut headers = Vec::new();
        for (name, example) in &request.headers {
            let value = scope.fill(example)?;
            headers.extend(value.map(|value| (name.clone(), text_in(&value))));
        }
        let mut body = None;
        if let Some(example) = &request.body {
            let filled = scope.fill(example)?;
            let said = |(name, _): &(String, String)| name.eq_ignore_ascii_case(CONTENT_TYPE);
            let json = filled.as_ref().is_some_and(|body| !body.is_string());
            if json && !request.blind && !headers.iter().any(said) {
                headers.push((CONTENT_TYPE.to_owned(), "application/json".to_owned()));
            }
            body = filled.map(|body| text_in(&body));
        }
        self.requests.last = self.requests.last.saturating_add(1);
        let id = self.requests.last;
        self.requests.waiting.push(Waiting {
            id,
            rule,
            url: url.clone(),
        });
        Ok(Some(Fetch {
            id,
            method: request.method.clone(),
            url,
            headers,
            body,
            blind: request.blind,
        }))
    }

    /// An answer that is not looked at has the events happen.
    fn conclude_fetched(&mut self, rule: &Rule, reading: &mut Reading) {
        // What a frame meant happened when it came.
        if rule.example().is_some() {
            return;
        }
        let mut told = self.conclude_told(rule, What::Nothing);
        self.heed(&told);
        reading.told.append(&mut told);
    }

    fn read_answer(
        &mut self,
        index: usize,
        rule: &Rule,
        request: &Request,
        text: &str,
        reading: &mut Reading,
    ) -> Result<(), Nearest> {
        let Some(example) = &request.read else {
            self.conclude_fetched(rule, reading);
            return Ok(());
        };
        if text.len() > MOST_FRAME {
            let why = Why::TooLong;
            return Err(Nearest {
                why,
                ..Nearest::default()
            });
        }
        // The answer is JSON if it is some, else a text.
        let answer = decode(text).unwrap_or_else(|_| Value::from(text));
        self.keep_named_secrets(&answer);
        let trial = Trial {
            example,
            means: &rule.means,
            conditions: &[],
            values: &self.values,
            peer: self.partner.current(),
        };
        let captures = try_example(trial, &answer).map_err(|miss| self.missed("", index, miss))?;
        let heeded = Heeded {
            means: &rule.means,
            example: Some(example),
            by_peer: false,
            answers: true,
            envelope: None,
        };
        self.act(index, rule, heeded, captures, reading);
        Ok(())
    }
}
