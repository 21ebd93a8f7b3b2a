//! From what a message captured to the events that its rule means.

use serde_json::Value;

use super::captures::{Captures, Heard, error};
use super::event::Event;
use super::example::Subject;
use super::rule::Rule;
use super::told::Told;
use super::value::text_of;

/// Whom a message speaks of.
struct Whom {
    /// The one that the message or its envelope names.
    named: Option<String>,
    /// That one, or else the current peer.
    from: Option<String>,
    current: Option<String>,
}

/// The events that a rule means, in its order; one whose hole captured nothing is left out.
pub(crate) fn conclude(
    rule: &Rule,
    captures: &mut Captures,
    envelope: Option<&Value>,
    current: Option<String>,
) -> Vec<Told> {
    let named = captures.peer.as_ref().or(envelope).and_then(text_of);
    let whom = Whom {
        from: named.clone().or_else(|| current.clone()),
        named,
        current,
    };
    let mut told = Vec::new();
    for event in &rule.means {
        match event {
            Event::Joined => told.push(Told::Joined),
            Event::Closed => told.push(Told::Closed),
            Event::PeerJoined | Event::RequestOffer | Event::Leave => {
                let about = about(rule, captures, &whom);
                told.extend(
                    about
                        .into_iter()
                        .map(|peer| presence(*event, rule, peer, &whom)),
                );
            }
            Event::Offer | Event::Answer => {
                let from = whom.from.clone();
                let description = captures.read.take();
                told.extend(description.map(|description| Told::Description { from, description }));
            }
            Event::Candidate | Event::End => candidates(*event, rule, captures, &whom, &mut told),
            Event::Error => {
                let (code, message) = error(captures.error.value.take());
                told.push(Told::Error {
                    peer: whom.named.clone(),
                    code,
                    message,
                });
            }
            // Messages inside are read next; the others are never concluded.
            Event::Message
            | Event::Connect
            | Event::Open
            | Event::Close
            | Event::Peers
            | Event::IceServers => {}
        }
    }
    told
}

/// Each of a list, the one named, or nobody in particular.
fn about(rule: &Rule, captures: &Captures, whom: &Whom) -> Vec<Option<String>> {
    if !captures.peers.is_empty() {
        return captures.peers.iter().map(text_of).collect();
    }
    let names = rule
        .example()
        .is_some_and(|example| example.mentions(Subject::is_sender));
    if names && captures.peer.is_none() {
        Vec::new()
    } else {
        vec![whom.named.clone()]
    }
}

fn presence(event: Event, rule: &Rule, peer: Option<String>, whom: &Whom) -> Told {
    match event {
        Event::PeerJoined => Told::PeerJoined { peer },
        Event::RequestOffer => Told::RequestOffer { peer },
        // What peers say themselves is a goodbye; what only comes is the server's notice.
        _ if rule.is_both() => Told::HungUp {
            peer: peer.or_else(|| whom.current.clone()),
        },
        _ => Told::PeerLeft {
            peer: peer.or_else(|| whom.current.clone()),
        },
    }
}

/// All that were captured, with the first event that tells them; an end that needs no hole tells itself.
fn candidates(
    event: Event,
    rule: &Rule,
    captures: &mut Captures,
    whom: &Whom,
    told: &mut Vec<Told>,
) {
    if event == Event::End && !rule.takes_candidates() {
        told.push(Told::End {
            from: whom.from.clone(),
        });
    }
    let from = &whom.from;
    told.extend(captures.candidates.drain(..).map(|heard| match heard {
        Heard::Candidate(candidate) => Told::Candidate {
            from: from.clone(),
            candidate,
        },
        Heard::End => Told::End { from: from.clone() },
    }));
}

/// During a call, another peer is only news.
pub(crate) fn may_come_from_a_stranger(told: &Told) -> bool {
    match told {
        Told::PeerJoined { .. }
        | Told::Peers(_)
        | Told::PeerLeft { .. }
        | Told::HungUp { .. }
        | Told::Error { .. } => true,
        Told::Joined
        | Told::RequestOffer { .. }
        | Told::Description { .. }
        | Told::Candidate { .. }
        | Told::End { .. }
        | Told::IceServers(_)
        | Told::Closed => false,
    }
}
