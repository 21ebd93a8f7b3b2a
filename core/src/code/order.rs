//! What a side did on the way to its connection, in the order in which it did.

use crate::io::Role;

/// One thing that a side does once in an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Create,
    Channel,
    Offer,
    Answer,
    Local,
    Send,
    /// Waits for the description of the other side.
    Receive,
    Candidates,
    Remote,
}

/// The deeds of an attempt, each once.
pub(super) type Deeds = Once;

/// A list in which nothing stands twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Once(Vec<Deed>);

impl Once {
    /// Adds a deed; whether it is new.
    pub(super) fn extend(&mut self, deed: Option<Deed>) -> bool {
        let deed = deed.filter(|deed| !self.0.contains(deed));
        self.0.extend(deed);
        deed.is_some()
    }
}

impl Deed {
    /// The deed that a call on the peer connection is.
    pub(super) fn of_call(call: &str) -> Option<Self> {
        Some(match call {
            "new RTCPeerConnection()" => Self::Create,
            "createDataChannel()" => Self::Channel,
            "createOffer()" => Self::Offer,
            "createAnswer()" => Self::Answer,
            _ if call.starts_with("setLocalDescription") => Self::Local,
            _ if call.starts_with("setRemoteDescription") => Self::Remote,
            _ => return None,
        })
    }

    /// The deed that handing a signal to the endpoint is.
    pub(super) fn of_sent(kind: &str) -> Option<Self> {
        match kind {
            "offer" | "answer" => Some(Self::Send),
            "candidate" => Some(Self::Candidates),
            _ => None,
        }
    }

    /// The step that it is for a role.
    pub(super) fn step(self, role: Role) -> u8 {
        let (offerer, answerer) = match self {
            Self::Create => (2, 14),
            Self::Channel => (4, 16),
            Self::Offer => (5, 5),
            Self::Answer => (18, 18),
            Self::Local => (6, 19),
            Self::Send => (8, 21),
            Self::Receive => (24, 12),
            Self::Candidates => (25, 22),
            Self::Remote => (26, 17),
        };
        if role == Role::Offerer {
            offerer
        } else {
            answerer
        }
    }

    /// The program's lines for it.
    pub(super) fn code(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Create, _) => "createPeerConnection();",
            (Self::Channel, _) => "addDataChannel();",
            (Self::Offer, _) => "const offer = await pc.createOffer();",
            (Self::Answer, _) => "const answer = await pc.createAnswer();",
            (Self::Local, Role::Offerer) => "await pc.setLocalDescription(offer);",
            (Self::Local, Role::Answerer) => "await pc.setLocalDescription(answer);",
            (Self::Send, _) => "await sayDescription();",
            (Self::Receive, Role::Offerer) => "const answer = await came(\"answer\");",
            (Self::Receive, Role::Answerer) => "const offer = await came(\"offer\");",
            (Self::Candidates, _) => "await sayCandidates();",
            (Self::Remote, Role::Offerer) => "await setRemote(answer);",
            (Self::Remote, Role::Answerer) => "await setRemote(offer);",
        }
    }
}

/// The deeds of a role in the order of the course.
fn course(role: Role) -> [Deed; 8] {
    use Deed::{Answer, Candidates, Channel, Create, Local, Offer, Receive, Remote, Send};
    match role {
        Role::Offerer => [
            Create, Channel, Offer, Local, Send, Receive, Candidates, Remote,
        ],
        Role::Answerer => [
            Create, Channel, Receive, Remote, Answer, Local, Send, Candidates,
        ],
    }
}

/// All deeds of a role: those of the run in its order, then what it has not done yet in that of the course; how many ran.
/// A run that went another way (two offers crossed) gives the course's order.
pub(super) fn in_order(role: Role, ran: &Deeds, trickles: bool) -> (Vec<Deed>, usize) {
    let course = course(role);
    let wanted = |deed: &Deed| course.contains(deed) && !(trickles && *deed == Deed::Candidates);
    let mut order = Vec::new();
    for deed in ran.0.iter().copied().filter(wanted) {
        if deed == Deed::Remote {
            order.push(Deed::Receive);
        }
        order.push(deed);
    }
    let done = order.len();
    for deed in course.into_iter().filter(wanted) {
        if !order.contains(&deed) {
            order.push(deed);
        }
    }
    if follows(role, &order) {
        (order, done)
    } else {
        (course.into_iter().filter(wanted).collect(), done)
    }
}

/// Whether each deed stands behind what it needs.
fn follows(role: Role, order: &[Deed]) -> bool {
    use Deed::{Answer, Candidates, Channel, Create, Local, Offer, Receive, Remote, Send};
    let needs: &[(Deed, Deed)] = match role {
        Role::Offerer => &[
            (Create, Channel),
            (Channel, Offer),
            (Offer, Local),
            (Local, Send),
            (Send, Receive),
            (Send, Candidates),
            (Receive, Remote),
        ],
        Role::Answerer => &[
            (Create, Remote),
            (Create, Channel),
            (Channel, Answer),
            (Receive, Remote),
            (Remote, Answer),
            (Answer, Local),
            (Local, Send),
            (Send, Candidates),
        ],
    };
    let place = |deed: Deed| order.iter().position(|one| *one == deed);
    needs
        .iter()
        .all(|(first, second)| match (place(*first), place(*second)) {
            (Some(first), Some(second)) => first < second,
            // In a run that trickles, candidates are no deed.
            (_, None) => true,
            (None, Some(_)) => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(calls: &[&str]) -> Deeds {
        let mut deeds = Deeds::default();
        for call in calls {
            deeds.extend(Deed::of_call(call).or(Deed::of_sent(call)));
        }
        deeds
    }

    #[test]
    fn an_answerer_who_created_early_keeps_its_order() {
        let calls = [
            "new RTCPeerConnection()",
            "setRemoteDescription(offer)",
            "createDataChannel()",
        ];
        let (order, done) = in_order(Role::Answerer, &ran(&calls), false);
        let first = [Deed::Create, Deed::Receive, Deed::Remote, Deed::Channel];
        assert_eq!(order[..4], first);
        assert_eq!((done, order.len()), (4, 8));
    }

    #[test]
    fn candidates_sent_before_the_answer_came_stay_there() {
        let calls = [
            "new RTCPeerConnection()",
            "createDataChannel()",
            "createOffer()",
            "setLocalDescription(offer)",
            "offer",
            "candidate",
            "setRemoteDescription(answer)",
        ];
        let (order, _) = in_order(Role::Offerer, &ran(&calls), false);
        assert_eq!(order[5..], [Deed::Candidates, Deed::Receive, Deed::Remote]);
    }

    #[test]
    fn a_run_that_could_not_be_repeated_gives_the_order_of_the_course() {
        let calls = [
            "new RTCPeerConnection()",
            "createOffer()",
            "createDataChannel()",
        ];
        let (order, _) = in_order(Role::Offerer, &ran(&calls), true);
        assert_eq!(order[..3], [Deed::Create, Deed::Channel, Deed::Offer]);
    }
}
