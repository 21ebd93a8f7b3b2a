//! The state machines of a peer connection and its channel (webrtc-pc 4.3 and 6.2): which states there are, which way leads from
//! one to the next, and what takes it.

use crate::io::StateName;

/// A way from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub from: &'static str,
    pub to: &'static str,
    pub by: By,
}

/// What takes a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A call, as JavaScript without values.
    Call(&'static str),
    /// Something that happens: the end of its id in the catalogue.
    Happening(&'static str),
}

/// One machine.
#[derive(Debug)]
pub struct Machine {
    pub name: StateName,
    /// In the order in which a connection that succeeds reaches them; the last is the end.
    pub states: &'static [&'static str],
    pub ways: &'static [Way],
}

impl Machine {
    /// The ways that lead out of a state. Any state but the last is left by `close()`, which is not told here.
    pub fn out_of(&self, state: &str) -> impl Iterator<Item = &'static Way> {
        let ways = self.ways.iter();
        let state = state.to_owned();
        ways.filter(move |way| way.from == state)
    }

    /// The state everything ends in.
    pub fn end(&self) -> &'static str {
        self.states.last().copied().unwrap_or("closed")
    }
}

/// The machine of a state property.
pub fn of(name: StateName) -> &'static Machine {
    match name {
        StateName::Signaling => &SIGNALING,
        StateName::IceGathering => &GATHERING,
        StateName::IceConnection => &ICE,
        StateName::Connection => &CONNECTION,
        StateName::Channel => &CHANNEL,
    }
}

/// A call that does not fit the state of its machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misplaced {
    pub machine: StateName,
    /// The state in which the call would have fitted.
    pub begins: &'static str,
}

/// Whether a call is misplaced in a state, judged by the ways there are. Calls that take no way are never misplaced here, except
/// `createAnswer()`, which needs an offer that is set, and `send()`, which needs an open channel.
pub fn misplaced(state: &str, call: &str) -> Option<Misplaced> {
    let found = |machine, begins| Misplaced { machine, begins };
    match call {
        "send()" => (state != "open").then_some(found(StateName::Channel, "open")),
        "createAnswer()" => {
            let fits = ["have-remote-offer", "have-local-pranswer"].contains(&state);
            (!fits).then_some(found(StateName::Signaling, "have-remote-offer"))
        }
        _ => {
            let taken = |way: &&Way| way.by == By::Call(match_call(call));
            let mut ways = SIGNALING.ways.iter().filter(taken);
            let first = ways.clone().next()?;
            let fits = ways.any(|way| way.from == state);
            (!fits).then_some(found(StateName::Signaling, first.from))
        }
    }
}

/// The call of a way that is written like this one.
fn match_call(call: &str) -> &'static str {
    let mut ways = SIGNALING.ways.iter();
    ways.find_map(|way| match way.by {
        By::Call(known) if known == call => Some(known),
        _ => None,
    })
    .unwrap_or("")
}

const fn call(from: &'static str, to: &'static str, call: &'static str) -> Way {
    let by = By::Call(call);
    Way { from, to, by }
}

const fn way(from: &'static str, to: &'static str, happening: &'static str) -> Way {
    let by = By::Happening(happening);
    Way { from, to, by }
}

/// `RTCSignalingState`. The two states of provisional answers are not among them: the page makes none.
static SIGNALING: Machine = Machine {
    name: StateName::Signaling,
    states: &["have-local-offer", "stable", "have-remote-offer", "closed"],
    ways: &[
        call("stable", "have-local-offer", "setLocalDescription(offer)"),
        call("have-local-offer", "stable", "setRemoteDescription(answer)"),
        call("stable", "have-remote-offer", "setRemoteDescription(offer)"),
        call("have-remote-offer", "stable", "setLocalDescription(answer)"),
        // Offers that cross: theirs takes ours back by itself (RFC 8829 4.1.10.2).
        call(
            "have-local-offer",
            "have-remote-offer",
            "setRemoteDescription(offer)",
        ),
    ],
};

/// `RTCIceGatheringState`.
static GATHERING: Machine = Machine {
    name: StateName::IceGathering,
    states: &["new", "gathering", "complete"],
    ways: &[
        way("new", "gathering", "local-set"),
        way("gathering", "complete", "gathered"),
        way("complete", "gathering", "restart"),
    ],
};

/// `RTCIceConnectionState`, as both engines walk it.
static ICE: Machine = Machine {
    name: StateName::IceConnection,
    states: &[
        "new",
        "checking",
        "connected",
        "completed",
        "failed",
        "disconnected",
        "closed",
    ],
    ways: &[
        way("new", "checking", "pair"),
        way("checking", "connected", "answered"),
        way("checking", "failed", "unanswered"),
        way("connected", "completed", "best"),
        way("connected", "disconnected", "silence"),
        way("completed", "disconnected", "silence"),
        way("disconnected", "connected", "again"),
        way("disconnected", "failed", "too-long"),
        way("failed", "checking", "restart"),
    ],
};

/// `RTCPeerConnectionState`.
static CONNECTION: Machine = Machine {
    name: StateName::Connection,
    states: &[
        "new",
        "connecting",
        "connected",
        "failed",
        "disconnected",
        "closed",
    ],
    ways: &[
        way("new", "connecting", "begun"),
        way("connecting", "connected", "encrypted"),
        way("connecting", "failed", "unanswered"),
        way("connected", "disconnected", "silence"),
        way("disconnected", "connected", "again"),
        way("disconnected", "failed", "too-long"),
        way("failed", "connecting", "restart"),
    ],
};

/// `RTCDataChannelState`.
static CHANNEL: Machine = Machine {
    name: StateName::Channel,
    states: &["connecting", "open", "closing", "closed"],
    ways: &[
        way("connecting", "open", "channel-open"),
        way("open", "closing", "channel-closing"),
        way("closing", "closed", "channel-closed"),
    ],
};

#[cfg(test)]
mod tests {
    use super::{Misplaced, misplaced, of};
    use crate::io::StateName;

    #[test]
    fn every_way_leads_between_states_that_are_there() {
        for name in StateName::ALL {
            let machine = of(name);
            assert_eq!(machine.name, name);
            for way in machine.ways {
                assert!(machine.states.contains(&way.from), "{way:?}");
                assert!(machine.states.contains(&way.to), "{way:?}");
            }
        }
    }

    #[test]
    fn a_call_is_misplaced_where_no_way_begins_with_it() {
        let begins = |begins| {
            let machine = StateName::Signaling;
            Some(Misplaced { machine, begins })
        };
        let answer = "setRemoteDescription(answer)";
        assert_eq!(misplaced("stable", answer), begins("have-local-offer"));
        assert_eq!(misplaced("have-local-offer", answer), None);
        assert_eq!(
            misplaced("stable", "createAnswer()"),
            begins("have-remote-offer")
        );
        assert_eq!(misplaced("have-remote-offer", "createAnswer()"), None);
        // Two offers that cross are no mistake for the browser.
        assert_eq!(
            misplaced("have-local-offer", "setRemoteDescription(offer)"),
            None
        );
        assert_eq!(
            misplaced("closed", "setLocalDescription(offer)"),
            begins("stable")
        );
        assert_eq!(misplaced("stable", "createOffer()"), None);
    }

    #[test]
    fn a_line_needs_an_open_channel() {
        assert!(misplaced("connecting", "send()").is_some());
        assert_eq!(misplaced("open", "send()"), None);
    }
}
