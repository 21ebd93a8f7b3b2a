//! From what a message captured to the events that its rule means.

use serde_json::Value;

use super::captures::{Captures, Heard, error};
use super::event::Event;
use super::example::{Example, Subject};
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

/// What was said or heard, and how.
#[derive(Clone, Copy)]
pub(crate) struct Heeded<'a> {
    pub(crate) means: &'a [Event],
    /// What was read; none if nothing was.
    pub(crate) example: Option<&'a Example>,
    /// Peers say it themselves: the rule is a `both`.
    pub(crate) by_peer: bool,
    /// It is the answer to a request, not a frame.
    pub(crate) answers: bool,
    /// Whom the envelope named.
    pub(crate) envelope: Option<&'a Value>,
}

/// The events that are meant, in order; one whose hole captured nothing is left out.
pub(crate) fn conclude(
    heeded: Heeded<'_>,
    captures: &mut Captures,
    current: Option<String>,
) -> Vec<Told> {
    let Heeded {
        means,
        example,
        by_peer,
        envelope,
        answers: _,
    } = heeded;
    let mentions = |such: fn(&Subject) -> bool| example.is_some_and(|known| known.mentions(such));
    let named = captures.peer.as_ref().or(envelope).and_then(text_of);
    let whom = Whom {
        from: named.clone().or_else(|| current.clone()),
        named,
        current,
    };
    let mut told = Vec::new();
    for event in means {
        match event {
            Event::Joined => told.push(Told::Joined),
            Event::Closed => told.push(Told::Closed),
            Event::PeerJoined | Event::RequestOffer | Event::Leave => {
                let about = about(mentions(Subject::is_sender), captures, &whom);
                told.extend(
                    about
                        .into_iter()
                        .map(|peer| presence(*event, by_peer, peer, &whom)),
                );
            }
            Event::Offer | Event::Answer => {
                let from = whom.from.clone();
                let description = captures.read.take();
                told.extend(description.map(|description| Told::Description { from, description }));
            }
            Event::Candidate | Event::End => {
                if *event == Event::End && !mentions(Subject::is_candidate) {
                    // An end that needs no hole tells itself.
                    let from = whom.from.clone();
                    told.push(Told::End { from });
                }
                candidates(captures, &whom, &mut told);
            }
            Event::Peers => {
                let peers = captures.peers.iter().chain(&captures.peer);
                told.push(Told::Peers(peers.filter_map(text_of).collect()));
            }
            Event::IceServers => {
                let servers = std::mem::take(&mut captures.ice_servers);
                told.extend((!servers.is_empty()).then_some(Told::IceServers(servers)));
            }
            Event::Error => {
                let (code, message) = error(captures.error.value.take());
                told.push(Told::Error {
                    peer: whom.named.clone(),
                    code,
                    message,
                });
            }
            // Messages inside are read next; the others are never concluded.
            Event::Message | Event::Connect | Event::Open | Event::Close => {}
        }
    }
    told
}

/// Each of a list, the one named, or nobody in particular.
fn about(names: bool, captures: &Captures, whom: &Whom) -> Vec<Option<String>> {
    if !captures.peers.is_empty() {
        return captures.peers.iter().map(text_of).collect();
    }
    if names && captures.peer.is_none() {
        Vec::new()
    } else {
        vec![whom.named.clone()]
    }
}

fn presence(event: Event, by_peer: bool, peer: Option<String>, whom: &Whom) -> Told {
    match event {
        Event::PeerJoined => Told::PeerJoined { peer },
        Event::RequestOffer => Told::RequestOffer { peer },
        // What peers say themselves is a goodbye; what only comes is the server's notice.
        _ if by_peer => Told::HungUp {
            peer: peer.or_else(|| whom.current.clone()),
        },
        _ => Told::PeerLeft {
            peer: peer.or_else(|| whom.current.clone()),
        },
    }
}

/// All that were captured, with the first event that tells them.
fn candidates(captures: &mut Captures, whom: &Whom, told: &mut Vec<Told>) {
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
        | Told::Refused { .. }
        | Told::Closed => false,
    }
}
