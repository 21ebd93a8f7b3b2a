//! What can be wrong with a document, and why a frame did not fit: all sentences of the dialect engine.

use std::fmt;

/// One mistake in a dialect document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// JSON pointer (RFC 6901) into the document; empty for the whole of it.
    pub pointer: String,
    /// What is wrong there and what would mend it.
    pub wrong: Wrong,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return self.wrong.fmt(f);
        }
        write!(f, "{}: {}", self.pointer, self.wrong)
    }
}

/// What is wrong at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Larger, deeper, longer or more than a document may be: what, and the most allowed.
    TooMuch(&'static str, usize),
    /// Not JSON, at this line and column.
    NotJson(usize, usize),
    /// Another shape is needed.
    NotA(&'static str),
    /// A required key is not there.
    NoKey(&'static str),
    /// A key nobody knows, and the nearest one that is known.
    UnknownKey(String, Option<&'static str>),
    /// An event nobody knows, and the nearest one that is known.
    UnknownEvent(String, Option<&'static str>),
    /// The name of a dialect that is not there.
    UnknownDialect(String),
    /// The document extends itself, at once or by way of others.
    ExtendsItself,
    /// The parent of this name has mistakes of its own, of which this is the first.
    Parent(String, String),
    /// A form that is none of the allowed ones: of what, and which are.
    Form(&'static str, &'static str),
    /// The URL starts with a fixed host.
    FixedHost,
    /// The URL starts with a hole whose value the document chooses.
    ChosenHost(String),
    /// The URL goes on after the endpoint in a way that could change the host.
    LongerHost,
    /// A brace that is no hole.
    Brace(char),
    /// Braces that look like JSON inside a text.
    JsonInText,
    /// Two holes without text between them.
    Touching,
    /// A hole inside a longer text is marked `?`.
    OptionalInText,
    /// A pipe nobody knows.
    UnknownPipe(String),
    /// A part that this hole does not have: the hole, and its parts.
    UnknownPart(&'static str, &'static [&'static str]),
    /// A hole without parts is given one.
    NoParts(String),
    /// A hole that is never given a value.
    NothingFills(String),
    /// A hole that can only be read.
    OnlyRead(String),
    /// `{endpoint}` in something that is read.
    EndpointRead,
    /// A hole that has no value when this event is told.
    NoValueOn(String, &'static str),
    /// `"..."` stands elsewhere than second and last.
    Repeat,
    /// This hole cannot be inside a repeated element.
    NotRepeatable(String),
    /// A repeated element that is written, without a candidate.
    RepeatWithoutCandidate,
    /// A rule without a trigger.
    NoTrigger,
    /// A rule with more than one trigger.
    TwoTriggers,
    /// `both` without `means`.
    BothNeedsMeans,
    /// `both` with `send` or `sends`.
    BothSends,
    /// `send` and `sends` in one rule.
    SendAndSends,
    /// The event needs a hole that the example lacks.
    NeedsHole(&'static str, &'static str),
    /// An event that cannot stand on this side: its name, and where it can.
    WrongSide(&'static str, &'static str),
    /// An earlier rule takes everything this one would take.
    NeverReached(usize),
    /// Only one half of an envelope is there; the other is named.
    HalfEnvelope(&'static str),
    /// A peer is named inside an envelope that names one already.
    PeerInside,
    /// A declared name that is the language's own.
    NotAVariable,
    /// A key that is neither plain nor one hole.
    KeyHole,
    /// A message that Socket.IO cannot carry.
    SocketIoShape,
    /// `after` in a rule that writes no candidates.
    AfterWhat,
    /// `every` beside an event that is not repeated.
    EveryWhat,
    /// `{message}` in a rule that is no envelope.
    OnlyEnvelope,
    /// An envelope with more than one message.
    ManyEnvelopes,
    /// A request that no browser makes.
    BlindMethod,
    /// A body with GET.
    BodyWithGet,
    /// `|base64` around something that is no text.
    Base64OfJson,
    /// A hole that only has a value when the socket closes.
    OnlyClosing(String),
    /// `read` beside `blind`: the answer cannot be read.
    BlindRead,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMuch(what, most) => write!(f, "{what}: at most {most}"),
            Self::NotJson(line, column) => {
                write!(f, "not JSON, at line {line}, column {column}")
            }
            Self::NotA(shape) => write!(f, "must be {shape}"),
            Self::NoKey(key) => write!(f, "needs the key \"{key}\""),
            Self::UnknownKey(key, near) => unknown(f, "key", key, *near),
            Self::UnknownEvent(event, near) => unknown(f, "event", event, *near),
            Self::UnknownDialect(name) => write!(f, "no dialect is named \"{name}\""),
            Self::Parent(name, first) => {
                write!(f, "\"{name}\" has mistakes itself, the first one {first}")
            }
            Self::ChosenHost(hole) => {
                write!(f, "{{{hole}}} has a fixed value; start with {{endpoint}}")
            }
            Self::Form(what, forms) => write!(f, "{what} is {forms}"),
            Self::Brace(brace) => {
                write!(
                    f,
                    "'{brace}' is no part of a hole; write '{brace}{brace}' for a brace"
                )
            }
            Self::UnknownPipe(pipe) => {
                write!(
                    f,
                    "unknown pipe |{pipe}; there are |json, |base64, |number and |text"
                )
            }
            Self::UnknownPart(hole, parts) => write!(f, "{hole} has {}", parts.join(", ")),
            Self::NoParts(hole) => write!(f, "{{{hole}}} has no parts"),
            Self::NothingFills(hole) => write!(
                f,
                "nothing ever fills {{{hole}}}; declare it in /variables or read it from a message"
            ),
            Self::OnlyRead(hole) => write!(f, "{{{hole}}} can only be read"),
            Self::NoValueOn(hole, event) => write!(f, "{{{hole}}} has no value on \"{event}\""),
            Self::OnlyClosing(hole) => write!(
                f,
                "{{{hole}}} has a value only in the if of {{\"on\": \"close\"}}"
            ),
            Self::NotRepeatable(hole) => {
                write!(f, "{{{hole}}} cannot be inside a repeated element")
            }
            Self::NeedsHole(event, hole) => {
                write!(f, "means {event}, but the example has no {{{hole}}} hole")
            }
            Self::WrongSide(event, side) => write!(f, "\"{event}\" can only {side}"),
            Self::NeverReached(rule) => {
                write!(f, "never reached: /messages/{rule} takes the same")
            }
            Self::HalfEnvelope(half) => {
                write!(
                    f,
                    "an envelope needs both halves; there is no rule that {half}"
                )
            }
            fixed => f.write_str(fixed.sentence()),
        }
    }
}

impl Wrong {
    /// The sentences that have no argument.
    fn sentence(&self) -> &'static str {
        match self {
            Self::ExtendsItself => "extends itself",
            Self::FixedHost => "must start with {endpoint} or another hole, not with a fixed host",
            Self::LongerHost => "after {endpoint} comes \"/\" or \"?\", so that the host stays",
            Self::JsonInText => "JSON inside a text; write it as {\"|json\": …}",
            Self::Touching => "two holes touch; put text between them",
            Self::OptionalInText => "only a whole value can be optional",
            Self::EndpointRead => "{endpoint} is the user's; it cannot be read",
            Self::Repeat => "\"...\" stands second and last",
            Self::RepeatWithoutCandidate => {
                "a repeated element that is written needs a {candidate…} hole"
            }
            Self::NoTrigger => "needs on, read, both or every",
            Self::TwoTriggers => "one of on, read, both",
            Self::OnlyEnvelope => "{message} stands only in a rule on or meaning \"message\"",
            Self::ManyEnvelopes => "an envelope writes one message; use send",
            Self::BlindMethod => "a blind request is GET or POST; browsers refuse others",
            Self::BodyWithGet => "GET has no body; browsers refuse it",
            Self::Base64OfJson => "base64 carries a text; write {\"|base64\": {\"|json\": …}}",
            Self::KeyHole => "a key is plain, or one hole like {room} or {peer}",
            Self::SocketIoShape => {
                "Socket.IO carries [\"name\", …], {\"id\": N, \"event\": [\"name\", …]} or {\"id\": N, \"ack\": […]}"
            }
            Self::AfterWhat => "only a rule that writes candidates can wait for the answer",
            Self::EveryWhat => "stands alone, or beside offer, request-offer or open",
            Self::BlindRead => "a blind request has no answer to read; drop read or blind",
            Self::BothNeedsMeans => "both needs means",
            Self::BothSends => {
                "both writes its own example; drop send and fetch, or use on and read"
            }
            Self::SendAndSends => "one of send, sends",
            Self::PeerInside => {
                "the envelope names the peer already; drop {from} or {peer}, which the other side could forge"
            }
            Self::NotAVariable => {
                "a variable is a name of letters, digits and _ that the language does not use"
            }
            _ => "",
        }
    }
}

fn unknown(f: &mut fmt::Formatter<'_>, what: &str, name: &str, near: Option<&str>) -> fmt::Result {
    write!(f, "unknown {what} \"{name}\"")?;
    match near {
        Some(near) => write!(f, "; did you mean \"{near}\"?"),
        None => Ok(()),
    }
}

/// Places of a document that extends another are its own: what is wrong with the parent's rules is said at `/extends`.
pub(crate) fn of_the_parent(mistakes: &mut [Mistake], own_rules: usize) {
    for mistake in mistakes {
        let place = mistake.pointer.strip_prefix("/messages/");
        let index = place.and_then(|rest| rest.split('/').next()?.parse::<usize>().ok());
        if index.is_some_and(|index| index >= own_rules) {
            "/extends".clone_into(&mut mistake.pointer);
        }
    }
}

/// Why a frame, or the message in it, did not fit a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Why {
    /// No rule reads anything here.
    #[default]
    NoRule,
    /// Larger than a frame may be.
    TooLong,
    /// Nested deeper than a frame may be.
    TooDeep,
    NotJson,
    /// The example has something that the frame has not.
    Missing,
    /// The example has something else, which is the detail.
    Differs,
    /// Another shape is needed.
    NotA(&'static str),
    /// The hole, which is the detail, has another value already and was not marked `!`.
    Bound,
    /// The hole, which is the detail, has no value yet.
    NoValue,
    /// It is addressed to somebody else.
    NotForMe,
    /// It is our own, come back.
    Echo,
    /// The condition of the rule does not hold.
    Condition,
    /// Longer than a value may be to be remembered.
    LongValue,
}

impl Why {
    /// The sentence, with its detail, and the value that it has (`: "x"`, or nothing).
    pub(crate) fn say(self, detail: &str, value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRule => "no rule reads anything here",
            Self::TooLong => "larger than 256 KiB",
            Self::TooDeep => "nested deeper than 64",
            Self::NotJson => "not JSON",
            Self::Missing => "not there",
            Self::Differs => return write!(f, "the example has {detail}"),
            Self::NotA(shape) => return write!(f, "not {shape}"),
            Self::Bound => {
                return write!(
                    f,
                    "{{{detail}}} has another value already{value}; {{{detail}!}} would take the new one"
                );
            }
            Self::NoValue => return write!(f, "{{{detail}}} has no value yet"),
            Self::NotForMe => "addressed to somebody else",
            Self::Echo => "names ourselves as the sender",
            Self::Condition => "the condition of the rule does not hold",
            Self::LongValue => "too long to be remembered",
        })
    }
}

/// The known name that a mistyped one most likely meant.
pub(crate) fn nearest(
    name: &str,
    known: &mut dyn Iterator<Item = &'static str>,
) -> Option<&'static str> {
    let mut best = (3.min(name.len()), None);
    for candidate in known {
        let distance = distance(name, candidate);
        if distance < best.0 {
            best = (distance, Some(candidate));
        }
    }
    best.1
}

/// Levenshtein distance in bytes, given up beyond short names.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 32 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let next = (diagonal + usize::from(x != y))
                .min(left + 1)
                .min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
