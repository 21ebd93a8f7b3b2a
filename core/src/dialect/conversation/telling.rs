//! From something said to frames and requests.

use std::rc::Rc;

use serde_json::Value;

use super::{Conversation, Outgoing};
use crate::dialect::captures::Captures;
use crate::dialect::conclude::{Heeded, conclude};
use crate::dialect::document::Document;
use crate::dialect::event::Event;
use crate::dialect::example::Example;
use crate::dialect::rule::Rule;
use crate::dialect::told::Written;
use crate::dialect::write::{MOST_WRITTEN, Scope, Unfilled, What};
use crate::signal::Candidate;

/// What is held back until the answer was sent or came.
const ANSWER: &str = "answer";

impl Conversation {
    /// Tells an event: the first rule that fits acts, alone.
    pub(super) fn tell(&mut self, event: Event, what: What<'_>) -> Written {
        let document = Rc::clone(&self.document);
        let Some((index, rule)) = self.fitting(&document, event, what) else {
            return Written::default();
        };
        let written = self.perform(index, rule, what);
        if written.held.is_none() && !written.too_long && rule.every.is_some() {
            self.turns.begin(index, event, what, self.source.now);
        }
        written
    }

    /// The transport, or its framing, is open: from now on what is repeated without another cause is.
    pub(super) fn opened(&mut self) -> Written {
        let document = Rc::clone(&self.document);
        let timed = document.rules.iter().enumerate();
        for (index, _) in timed.filter(|(_, rule)| rule.is_timed()) {
            self.turns
                .begin(index, Event::Open, What::Nothing, self.source.now);
        }
        self.tell(Event::Open, What::Nothing)
    }

    /// Does what a rule says when it is told, or when its turn has come.
    pub(super) fn perform(&mut self, index: usize, rule: &Rule, what: What<'_>) -> Written {
        let mut written = Written {
            rule: Some(index),
            ..Written::default()
        };
        if rule.after_answer && !self.answered {
            written.held = Some(ANSWER.to_owned());
            return written;
        }
        let before = (
            self.values.clone(),
            self.source.count,
            self.requests.clone(),
        );
        let done = self.write_all(index, rule, what, &mut written);
        let bytes: usize = written.frames.iter().map(String::len).sum();
        if let Some(why) = done
            .err()
            .or((bytes > MOST_WRITTEN).then_some(Unfilled::TooLong))
        {
            // What was made up for it went nowhere: a counter has no gap.
            (self.values, self.source.count, self.requests) = before;
            written.frames.clear();
            written.fetches.clear();
            match why {
                Unfilled::NoValue(hole) => written.held = Some(hole),
                Unfilled::TooLong => written.too_long = true,
            }
            return written;
        }
        if !rule.is_both() && rule.request.is_none() {
            written.told = self.conclude_told(rule, what);
        }
        written
    }

    fn write_all(
        &mut self,
        index: usize,
        rule: &Rule,
        what: What<'_>,
        written: &mut Written,
    ) -> Result<(), Unfilled> {
        for example in rule.written() {
            if let Some(outgoing) = self.wrap(rule, example, what, None)? {
                outgoing.into_written(written);
            }
        }
        if let Some(request) = &rule.request {
            let fetch = self.ask(index, request, what, None)?;
            written.fetches.extend(fetch);
        }
        Ok(())
    }

    /// What a rule concludes without having read anything.
    pub(super) fn conclude_told(&self, rule: &Rule, what: What<'_>) -> Vec<crate::dialect::Told> {
        let mut captures = Captures::default();
        if let What::Close { code, reason } = what {
            let (error, at) = (&mut captures.error, "");
            error.take("code", &Value::from(code), at);
            error.take("message", &Value::from(reason), at);
        }
        let heeded = Heeded {
            means: &rule.means,
            example: None,
            by_peer: false,
            answers: false,
            envelope: None,
        };
        conclude(heeded, &mut captures, self.partner.id())
    }

    pub(super) fn tell_candidates(&mut self, candidates: &[Candidate]) -> Written {
        let mut all = Written::default();
        let batch = self.document.batches();
        for some in candidates.chunks(if batch { candidates.len().max(1) } else { 1 }) {
            let one = self.tell(Event::Candidate, What::Candidates(some));
            all.rule = one.rule;
            all.frames.extend(one.frames);
            all.fetches.extend(one.fetches);
            if one.held.is_some() || one.too_long {
                (all.held, all.too_long) = (one.held, one.too_long);
                all.frames.clear();
                all.fetches.clear();
                break;
            }
        }
        all
    }

    /// The first rule that an event sets off, given what it carries.
    pub(super) fn fitting<'d>(
        &self,
        document: &'d Document,
        event: Event,
        what: What<'_>,
    ) -> Option<(usize, &'d Rule)> {
        let scope = self.scope(what);
        let mut rules = document.rules.iter().enumerate();
        rules.find(|(_, rule)| rule.writes(event) && scope.hold(&rule.conditions))
    }

    /// One message, inside the envelope if it belongs there; `peer` is whom it goes to instead of the current one.
    /// None: the envelope keeps silent. The error names a hole without a value.
    pub(super) fn wrap(
        &mut self,
        rule: &Rule,
        example: &Example,
        what: What<'_>,
        peer: Option<&Value>,
    ) -> Result<Option<Outgoing>, Unfilled> {
        let document = Rc::clone(&self.document);
        let message = self.filled(example, what, peer)?;
        if !(document.enveloped && rule.is_inside()) {
            return Ok(Some(Outgoing::Frame(document.frames.encode(&message))));
        }
        let inside = What::Message(&message);
        let Some((index, wrap)) = self.fitting(&document, Event::Message, inside) else {
            return Ok(None);
        };
        match (wrap.written().first(), &wrap.request) {
            (Some(example), _) => {
                let whole = self.filled(example, inside, peer)?;
                Ok(Some(Outgoing::Frame(document.frames.encode(&whole))))
            }
            (None, Some(request)) => {
                Ok(self.ask(index, request, inside, peer)?.map(Outgoing::Fetch))
            }
            (None, None) => Ok(None),
        }
    }

    /// An example with its holes filled; the error names one without a value.
    pub(super) fn filled(
        &mut self,
        example: &Example,
        what: What<'_>,
        peer: Option<&Value>,
    ) -> Result<Value, Unfilled> {
        self.renew_message(example);
        let filled = self.towards(what, peer).fill(example)?;
        Ok(filled.unwrap_or_default())
    }

    /// What holes stand for when something is said to this peer, or to the current one.
    pub(super) fn towards<'a>(&'a self, what: What<'a>, peer: Option<&'a Value>) -> Scope<'a> {
        let scope = self.scope(what);
        Scope {
            peer: peer.or(scope.peer),
            ..scope
        }
    }
}
