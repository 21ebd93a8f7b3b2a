//! From a frame to what it means, and the replies to it.

use std::rc::Rc;

use serde_json::Value;

use super::Conversation;
use crate::dialect::captures::Captures;
use crate::dialect::conclude::{Heeded, conclude, may_come_from_a_stranger};
use crate::dialect::event::Event;
use crate::dialect::mistake::Why;
use crate::dialect::read::{Miss, Trial, try_example};
use crate::dialect::rule::Rule;
use crate::dialect::told::{Nearest, Reading, Told};
use crate::dialect::value::{json, text_of};
use crate::dialect::write::{Unfilled, What};

/// The largest frame that is read, in bytes.
pub(super) const MOST_FRAME: usize = 256 * 1024;

/// How much of a value is shown where it is in the way, in characters.
const MOST_SHOWN: usize = 40;

/// A message that came inside another.
struct Inside<'a> {
    /// Where it stood in the frame.
    pointer: &'a str,
    /// Whom the envelope named.
    peer: Option<&'a Value>,
}

impl Conversation {
    /// Takes in a frame, whatever it is.
    pub fn read(&mut self, frame: &str) -> Reading {
        let mut reading = Reading::default();
        if frame.len() > MOST_FRAME {
            reading.unknown = Some(unreadable(Why::TooLong));
            return reading;
        }
        let decoded = self.document.frames.decode(frame);
        reading.replies = decoded.replies;
        for message in decoded.messages {
            match message {
                Ok(message) => {
                    self.keep_named_secrets(&message);
                    self.take(&message, None, &mut reading);
                }
                Err(why) => reading.unknown = Some(unreadable(why)),
            }
        }
        if decoded.connected {
            self.greeted(&mut reading);
        }
        reading
    }

    /// The framing's handshake is done, which is its opening. A document need not read it.
    fn greeted(&mut self, reading: &mut Reading) {
        reading.unknown = None;
        let written = self.opened();
        reading.replies.extend(written.frames);
        reading.fetches.extend(written.fetches);
        reading.held = reading.held.take().or(written.held);
        self.heed(&written.told);
        reading.told.extend(written.told);
        let joins = |rule: &Rule| rule.means.contains(&Event::Joined);
        if !self.document.rules.iter().any(joins) {
            reading.told.push(Told::Joined);
        }
    }

    /// Reads a message: outside if there is no pointer, else what stood at that pointer inside.
    fn take(&mut self, message: &Value, inside: Option<Inside<'_>>, reading: &mut Reading) {
        let document = Rc::clone(&self.document);
        let peer = inside.as_ref().and_then(|inside| inside.peer);
        let mut furthest: Option<(usize, Miss)> = None;
        for (index, rule) in document.rules.iter().enumerate() {
            let here = document.enveloped && rule.is_inside();
            let Some(example) = rule.example().filter(|_| here == inside.is_some()) else {
                continue;
            };
            let trial = Trial {
                example,
                means: &rule.means,
                conditions: &rule.conditions,
                values: &self.values,
                peer: peer.or(self.partner.current()),
            };
            match try_example(trial, message) {
                Ok(captures) => {
                    reading.rule = Some(index);
                    let heeded = Heeded {
                        means: &rule.means,
                        example: Some(example),
                        by_peer: rule.is_both(),
                        answers: false,
                        envelope: peer,
                    };
                    return self.act(index, rule, heeded, captures, reading);
                }
                Err(miss) => {
                    let best = furthest.as_ref().map(|(_, best)| best.progress);
                    if best.is_none_or(|best| best < miss.progress) {
                        furthest = Some((index, miss));
                    }
                }
            }
        }
        let prefix = inside.map_or("", |inside| inside.pointer);
        reading.unknown = Some(self.nearest(prefix, furthest));
    }

    /// Does what the rule that fitted says.
    pub(super) fn act(
        &mut self,
        index: usize,
        rule: &Rule,
        heeded: Heeded<'_>,
        mut captures: Captures,
        reading: &mut Reading,
    ) {
        let named = captures.peer.clone();
        let sender = named.or_else(|| heeded.envelope.cloned());
        let excluded = |sender: &&Value| self.partner.excludes(sender);
        let stranger = sender.as_ref().filter(excluded).cloned();
        if let Some(miss) = captures.skipped.take() {
            reading.skipped = Some(self.missed("", index, miss));
        }
        reading.captured.extend(self.captured(&captures));
        self.keep_secrets(&captures);
        if let Some(stranger) = &stranger {
            reading.stranger = text_of(stranger);
        } else {
            self.values.take(&mut captures.variables);
            if !heeded.answers {
                self.reply(index, rule, sender.as_ref(), reading);
            }
        }
        self.partner.keep_forms(&captures);
        let mut told = conclude(heeded, &mut captures, self.partner.id());
        if stranger.is_some() {
            told.retain(may_come_from_a_stranger);
        }
        if rule.waits_for_its_answer() && !heeded.answers {
            told.clear();
        }
        self.heed(&told);
        reading.told.append(&mut told);
        if self.document.enveloped && rule.is_inside() {
            return;
        }
        for (pointer, message) in &captures.messages {
            let inside = Inside {
                pointer,
                peer: sender.as_ref(),
            };
            self.take(message, Some(inside), reading);
        }
    }

    /// The rule that came furthest; `prefix` is where the message stood.
    fn nearest(&self, prefix: &str, furthest: Option<(usize, Miss)>) -> Nearest {
        match furthest {
            Some((rule, miss)) => self.missed(prefix, rule, miss),
            None => Nearest {
                pointer: prefix.to_owned(),
                ..Nearest::default()
            },
        }
    }

    /// Where and why a rule failed.
    pub(super) fn missed(&self, prefix: &str, rule: usize, miss: Miss) -> Nearest {
        let bound = (miss.why == Why::Bound).then(|| self.values.get(&miss.detail));
        let value = bound.flatten().map(|value| {
            let shown = self.shown(&json(value));
            let short: String = shown.chars().take(MOST_SHOWN).collect();
            let cut = if short.len() < shown.len() { "…" } else { "" };
            [&short, cut].concat()
        });
        Nearest {
            rule: Some(rule),
            pointer: format!("{prefix}{}", miss.pointer),
            why: miss.why,
            detail: miss.detail,
            value,
        }
    }

    fn reply(&mut self, index: usize, rule: &Rule, to: Option<&Value>, reading: &mut Reading) {
        // What was fetched has been asked already; a `both` says its example, not a reply.
        if rule.is_both() || rule.example().is_none() {
            return;
        }
        for example in rule.written() {
            match self.wrap(rule, example, What::Nothing, to) {
                Ok(Some(outgoing)) => outgoing.into_reading(reading),
                Ok(None) => {}
                Err(why) => reading.unsaid(why),
            }
        }
        if let Some(request) = &rule.request {
            match self.ask(index, request, What::Nothing, to) {
                Ok(fetch) => reading.fetches.extend(fetch),
                Err(why) => reading.unsaid(why),
            }
        }
    }
}

impl Reading {
    /// Notes why a reply was not sent.
    fn unsaid(&mut self, why: Unfilled) {
        match why {
            Unfilled::NoValue(hole) => self.held = Some(hole),
            Unfilled::TooLong => self.too_long = true,
        }
    }
}

fn unreadable(why: Why) -> Nearest {
    Nearest {
        why,
        ..Nearest::default()
    }
}
