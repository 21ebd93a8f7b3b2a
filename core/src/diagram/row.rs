//! One row of the diagram as data: when, between whom, what it says, and what opens inside it.

use crate::io::{Millis, Role};
use crate::words::Message;

/// Who stands at a lifeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    Mine,
    Endpoint,
    /// The STUN and TURN servers of this side.
    Servers,
    Theirs,
}

/// When a row is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// On the page's time origin.
    At(Millis),
    /// It is what the next step does.
    Next,
    /// It never happened, and should have.
    Never,
    /// It lasts: a silence.
    Lasts,
}

/// A text of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Text {
    #[default]
    None,
    /// A sentence of the catalogue.
    Said(Message),
    /// As it stands: a call, a state, a name, an address.
    Plain(String),
}

impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

/// What a row is drawn as.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A run, a role, an attempt begins, or something holds from here on.
    Mark,
    /// Nothing happened for a while.
    Gap,
    /// Something that one of them did by itself.
    Act(Lane),
    /// Something that went from one to another.
    Wire(Wire),
}

/// An arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Wire {
    pub from: Lane,
    pub to: Lane,
    /// Whose colour it has: the sender's.
    pub sender: Lane,
    /// Both ways at once: checks, handshakes, an open channel.
    pub both: bool,
    /// The endpoint passes it on, or had it passed: that part is inferred.
    pub onward: bool,
    /// Both sides tell, and the other one told that it came: nothing of it is inferred.
    pub arrived: bool,
    /// The numbers of the steps it touches.
    pub endpoint: Option<u8>,
    pub far: Option<u8>,
}

impl Wire {
    /// An arrow from one to another, in the sender's colour.
    pub fn new(from: Lane, to: Lane) -> Self {
        Self {
            from,
            to,
            sender: from,
            both: false,
            onward: false,
            arrived: false,
            endpoint: None,
            far: None,
        }
    }

    /// Both ways, from peer to peer.
    pub fn both() -> Self {
        Self {
            both: true,
            ..Self::new(Lane::Mine, Lane::Theirs)
        }
    }
}

/// How sure and how welcome a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Seen,
    /// Nobody told it: it follows from what was seen.
    Inferred,
    /// Refused, failed, lost.
    Bad,
    /// It is what the next step does.
    Ghost,
    /// It should have been, and is not.
    Never,
}

/// What opens inside a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Inside {
    #[default]
    Nothing,
    /// The event of this place in the record, from 0.
    Event(usize),
    /// Steps that somebody else must have taken.
    Steps(Vec<u8>),
}

/// How the lifelines look behind a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scene {
    pub role: Option<Role>,
    /// This side's peer connection is there.
    pub mine: bool,
    /// Theirs is, as far as can be told.
    pub theirs: bool,
    /// The channel is open: they talk past the endpoint.
    pub open: bool,
    pub linked: bool,
    /// STUN or TURN servers have a lane.
    pub servers: bool,
    /// Both sides tell: the left lane is the offerer's, the right one the answerer's, whoever reads.
    pub both: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The number of its event in the run, from 1; none for what did not happen.
    pub event: Option<usize>,
    pub when: When,
    pub scene: Scene,
    pub shape: Shape,
    pub tone: Tone,
    pub step: Option<u8>,
    /// A call or a property, in the type of code.
    pub code: bool,
    pub what: Text,
    pub fact: Text,
    /// What a fault on purpose did to it: its word.
    pub disorder: Option<&'static str>,
    pub inside: Inside,
    /// What it means, in one sentence.
    pub meaning: Text,
    /// It is open from the start.
    pub opened: bool,
    /// Of a refusal: the states are as they were before the call.
    pub kept: bool,
}

impl Row {
    /// A row that says something.
    pub fn new(shape: Shape, what: impl Into<Text>) -> Self {
        Self {
            event: None,
            when: When::Lasts,
            scene: Scene::default(),
            shape,
            tone: Tone::Seen,
            step: None,
            code: false,
            what: what.into(),
            fact: Text::None,
            disorder: None,
            inside: Inside::Nothing,
            meaning: Text::None,
            opened: false,
            kept: true,
        }
    }

    /// Something that one of them did by itself.
    pub fn act(lane: Lane, what: impl Into<Text>) -> Self {
        Self::new(Shape::Act(lane), what)
    }

    /// A call or a property of this side.
    pub fn code(what: impl Into<Text>) -> Self {
        Self {
            code: true,
            ..Self::act(Lane::Mine, what)
        }
    }

    #[must_use]
    pub fn fact(self, fact: impl Into<Text>) -> Self {
        Self {
            fact: fact.into(),
            ..self
        }
    }

    #[must_use]
    pub fn step(self, step: Option<u8>) -> Self {
        Self { step, ..self }
    }

    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    #[must_use]
    pub fn meaning(self, id: &'static str) -> Self {
        Self {
            meaning: Message::new(id).into(),
            ..self
        }
    }

    #[must_use]
    pub fn inside(self, inside: Inside) -> Self {
        Self { inside, ..self }
    }
}
