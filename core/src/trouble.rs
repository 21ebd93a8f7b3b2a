//! What failed, while doing what, why, and what to try.

use std::borrow::Cow;

use crate::facts::Facts;
use crate::guard::call;
use crate::io::{Fault, Operation};
use crate::signal::DescriptionKind::Answer;
use crate::words::Message;

/// Who or what is to blame; the advice follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The browser refused a call.
    Browser,
    /// The other side sent something that makes no sense.
    Peer,
    /// The signaling endpoint is not reachable, or refused us.
    Endpoint,
    /// The network does not let the two reach each other.
    Network,
    /// Something typed does not fit.
    User,
    /// This program has a mistake.
    Page,
}

impl Blame {
    /// The word used in events and attributes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Peer => "peer",
            Self::Endpoint => "endpoint",
            Self::Network => "network",
            Self::User => "user",
            Self::Page => "page",
        }
    }
}

/// A failure told to the user: three sentences, and the browser's own words where there are any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub blame: Blame,
    /// What was attempted.
    pub doing: Message,
    /// What went wrong, in plain words.
    pub cause: Message,
    /// What to do now.
    pub advice: Message,
    pub fault: Option<Fault>,
    /// The step it happened in.
    pub step: Option<u8>,
    /// The refused call, where the browser refused one.
    pub refusal: Option<Refusal>,
}

/// What a refusal is matched on, beside the fault's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The call as JavaScript without values.
    pub call: Cow<'static, str>,
    /// `signalingState` at that moment; empty before there was a connection.
    pub state: String,
}

impl Trouble {
    /// The same trouble, placed at a step.
    #[must_use]
    pub fn at_step(mut self, step: Option<u8>) -> Self {
        self.step = step;
        self
    }
}

/// One refusal that is known by its call, the browser's error name and the state, never by its text alone.
struct Row {
    call: fn(Operation) -> bool,
    error: &'static str,
    /// The signaling state it happens in; empty for any.
    state: &'static str,
    cause: &'static str,
    advice: &'static str,
}

const ROWS: [Row; 16] = {
    use Operation::{
        AddCandidate, AddDataChannel, Create, CreateAnswer, SetLocalDescription,
        SetRemoteDescription,
    };
    const fn row(
        call: fn(Operation) -> bool,
        error: &'static str,
        state: &'static str,
        cause: &'static str,
        advice: &'static str,
    ) -> Row {
        Row {
            call,
            error,
            state,
            cause,
            advice,
        }
    }
    const fn answer(operation: Operation) -> bool {
        matches!(operation, SetRemoteDescription(Answer))
    }
    const fn remote(operation: Operation) -> bool {
        matches!(operation, SetRemoteDescription(_))
    }
    const fn local(operation: Operation) -> bool {
        matches!(operation, SetLocalDescription(_))
    }
    const fn create(operation: Operation) -> bool {
        matches!(operation, Create)
    }
    const fn add(operation: Operation) -> bool {
        matches!(operation, AddCandidate)
    }
    const fn channel(operation: Operation) -> bool {
        matches!(operation, AddDataChannel)
    }
    [
        row(
            answer,
            "InvalidStateError",
            "stable",
            "refused.answer-in-stable",
            "advice.offer-first",
        ),
        row(
            answer,
            "InvalidStateError",
            "have-remote-offer",
            "refused.answer-rolled-back",
            "advice.answer-theirs",
        ),
        row(
            answer,
            "InvalidAccessError",
            "",
            "refused.other-offer",
            "advice.same-attempt",
        ),
        row(
            remote,
            "InvalidAccessError",
            "",
            "refused.sdp-incomplete",
            "advice.send-unfiltered",
        ),
        row(
            remote,
            "OperationError",
            "",
            "refused.sdp-damaged",
            "advice.send-again",
        ),
        row(
            remote,
            "TypeError",
            "",
            "refused.not-a-description",
            "advice.type-and-sdp",
        ),
        row(
            local,
            "InvalidStateError",
            "have-remote-offer",
            "refused.owe-answer",
            "advice.create-answer",
        ),
        row(
            local,
            "InvalidModificationError",
            "",
            "refused.outdated",
            "advice.create-again",
        ),
        row(
            |call| matches!(call, CreateAnswer),
            "InvalidStateError",
            "",
            "refused.no-offer",
            "advice.set-offer-first",
        ),
        row(
            create,
            "SyntaxError",
            "",
            "refused.server-url",
            "advice.server-url",
        ),
        row(
            create,
            "InvalidAccessError",
            "",
            "refused.turn-credentials",
            "advice.turn-credentials",
        ),
        row(
            create,
            "UnknownError",
            "",
            "refused.too-many",
            "advice.close-others",
        ),
        row(
            add,
            "InvalidStateError",
            "",
            "refused.candidate-early",
            "advice.set-remote-first",
        ),
        row(
            add,
            "OperationError",
            "",
            "refused.candidate-foreign",
            "advice.same-attempt",
        ),
        row(
            channel,
            "TypeError",
            "",
            "refused.channel-options",
            "advice.channel-options",
        ),
        row(
            channel,
            "OperationError",
            "",
            "refused.channel-options",
            "advice.channel-options",
        ),
    ]
};

/// What a refused call means here, and what to do.
pub fn of_refusal(operation: Operation, fault: Fault, facts: &Facts) -> Trouble {
    let state = facts.attempt.signaling.as_str();
    let fits = |row: &&Row| {
        (row.call)(operation)
            && row.error == fault.name
            && (row.state.is_empty() || row.state == state)
    };
    let (cause, advice) = match ROWS.iter().find(fits) {
        Some(row) => (row.cause, row.advice),
        None if fault.name == "InvalidStateError" => {
            ("refused.wrong-state", "advice.look-at-state")
        }
        None => ("refused.unknown", "advice.browser-words"),
    };
    let doing = Message::new("doing.call").with("call", call(operation));
    let cause = Message::new(cause).with("state", state);
    Trouble {
        blame: Blame::Browser,
        doing,
        cause,
        advice: Message::new(advice),
        fault: Some(fault),
        step: None,
        refusal: Some(Refusal {
            call: Cow::Borrowed(call(operation)),
            state: state.to_owned(),
        }),
    }
}
