//! How long values live.

use std::rc::Rc;

use serde_json::Value;

use super::turns::Turns;
use super::{Conversation, Requests};
use crate::dialect::captures::Captures;
use crate::dialect::example::Example;
use crate::dialect::value::{json, text_of};
use crate::dialect::variable::{Life, Source, Variable};

impl Conversation {
    /// Forgets all but what the user gave and what lives as long as the room.
    pub(super) fn renew(&mut self) {
        let document = Rc::clone(&self.document);
        let before = std::mem::replace(&mut self.values, self.given.clone());
        self.source.count = 0;
        let lasting = |variable: &&Variable| variable.life != Life::Message;
        for variable in document.variables.iter().filter(lasting) {
            let kept = before
                .get(&variable.name)
                .filter(|_| variable.life == Life::Room);
            match kept {
                Some(kept) => self.values.set(&variable.name, kept.clone()),
                None => self.begin_value(variable),
            }
        }
        self.partner.forget(self.values.get("peer"));
        self.partner.take_ended();
        self.turns = Turns::default();
        self.requests = Requests::default();
        self.answered = false;
    }

    /// The next call begins with values of its own.
    pub(super) fn renew_call(&mut self) {
        let document = Rc::clone(&self.document);
        let of_a_call = |variable: &&Variable| variable.life == Life::Call;
        for variable in document.variables.iter().filter(of_a_call) {
            self.values.remove(&variable.name);
            self.begin_value(variable);
        }
    }

    /// Makes the values that live for one message, and takes the numbers that were not needed so far, if this message
    /// has them.
    pub(super) fn renew_message(&mut self, example: &Example) {
        let document = Rc::clone(&self.document);
        for variable in &document.variables {
            let counted = variable.counts() && self.values.get(&variable.name).is_none();
            let due = counted || variable.life == Life::Message;
            if due && example.names(&variable.name) {
                self.make_value(variable);
            }
        }
    }

    /// Gives a variable its first value, unless that is a number of the counter, which is taken when it is needed.
    pub(super) fn begin_value(&mut self, variable: &Variable) {
        if !variable.counts() {
            self.make_value(variable);
        }
    }

    /// The user's value, or what the declaration says.
    fn make_value(&mut self, variable: &Variable) {
        if let Some(given) = self.given.get(&variable.name) {
            return self.values.set(&variable.name, given.clone());
        }
        let value = match &variable.source {
            Some(Source::Value(value)) => value.clone(),
            Some(Source::Make(make)) => make.make(&mut self.source),
            Some(Source::Ask(ask))
                if !ask.default.is_empty() && !self.left_empty.contains(&variable.name) =>
            {
                Value::from(ask.default.as_str())
            }
            Some(Source::Ask(_)) | None => return,
        };
        self.values.set(&variable.name, value);
    }

    /// What a message captured, for those who want to see it.
    pub(super) fn captured(&self, captures: &Captures) -> Vec<(String, String)> {
        let variables = captures.variables.iter();
        let peer = captures.peer.iter().map(|peer| ("peer", peer));
        let of = |(name, value): (&str, &Value)| {
            let secret = |variable: &Variable| variable.secret && variable.name == name;
            let text = if self.document.variables.iter().any(secret) {
                "…".to_owned()
            } else {
                text_of(value).unwrap_or_else(|| json(value))
            };
            (name.to_owned(), text)
        };
        variables.chain(peer).map(of).collect()
    }
}
