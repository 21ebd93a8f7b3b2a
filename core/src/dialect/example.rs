//! Examples: JSON with holes in it, as the rules of a dialect hold them.

use serde_json::Value;

/// JSON with holes: filled when written, matched when read.
#[derive(Debug)]
pub(crate) enum Example {
    /// Stands for itself: a scalar, or the empty list or object.
    Fixed(Value),
    /// A whole value.
    Hole(Hole),
    /// A text with holes in it.
    Text(Vec<Piece>),
    /// Named keys, those without holes first, so that what tells messages apart is matched first.
    Object(Vec<(Key, Self)>),
    /// The first elements.
    List(Vec<Self>),
    /// `[E, "..."]`
    Repeat(Box<Self>),
    /// `{"|json": E}`
    Piped(Pipe, Box<Self>),
}

/// A key of an object.
#[derive(Debug)]
pub(crate) enum Key {
    Plain(String),
    /// `{room}`: the key that the hole's value names. `{peer}`: every key, when read.
    Hole(Hole),
}

/// A piece of a text: no two literals and no two holes stand side by side.
#[derive(Debug)]
pub(crate) enum Piece {
    Literal(String),
    Hole(Hole),
}

/// What stands between braces.
#[derive(Debug)]
pub(crate) struct Hole {
    pub(crate) subject: Subject,
    pub(crate) mark: Mark,
    /// From left to right when written.
    pub(crate) pipes: Vec<Pipe>,
}

/// `{x}`, `{x?}` or `{x!}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    Optional,
    New,
}

/// What a hole stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// `{_}`
    Anything,
    /// Remembered by name; `endpoint`, `room` and `self` among them.
    Variable(String),
    Peer,
    From,
    To,
    /// What one message carries, or the named part of it; no name is the whole.
    Thing(Thing, &'static str),
    Message,
}

/// What one message carries and nobody remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Description,
    Candidate,
    IceServer,
    Error,
    Close,
}

/// A change of form between a value and the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pipe {
    Json,
    Base64,
    Number,
    Text,
}

/// What a visit comes to.
#[derive(Clone, Copy)]
pub(crate) enum Node<'e> {
    Hole(&'e Hole),
    /// A repeated element, before its holes.
    Repeat(&'e Example),
}

/// Called with the JSON pointer of a node, the node, and whether it is in a repeated element.
pub(crate) type Visit<'a> = dyn FnMut(&str, Node<'_>, bool) + 'a;

impl Example {
    /// Whether the key that has this example may be missing: it has holes, and all are marked `?`.
    pub(crate) fn optional(&self) -> bool {
        let (mut holes, mut all) = (false, true);
        self.visit(&mut |_, node, _| {
            if let Node::Hole(hole) = node {
                holes = true;
                all &= hole.mark == Mark::Optional;
            }
        });
        holes && all
    }

    /// Whether some hole stands for such a subject.
    pub(crate) fn mentions(&self, such: fn(&Subject) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |_, node, _| {
            if let Node::Hole(hole) = node {
                found |= such(&hole.subject);
            }
        });
        found
    }

    /// Whether it has a list of peers.
    pub(crate) fn lists_peers(&self) -> bool {
        let mut found = false;
        self.visit(&mut |_, node, repeated| {
            if let Node::Hole(hole) = node {
                found |= repeated && hole.subject.is_sender();
            }
        });
        found
    }

    /// Whether some hole stands for the variable of this name.
    pub(crate) fn names(&self, name: &str) -> bool {
        let mut found = false;
        self.visit(&mut |_, node, _| {
            if let Node::Hole(hole) = node {
                found |= matches!(&hole.subject, Subject::Variable(known) if known == name);
            }
        });
        found
    }

    /// Whether candidates stand in a repeated element, so that they are written as one batch.
    pub(crate) fn batches(&self) -> bool {
        let mut found = false;
        self.visit(&mut |_, node, repeated| {
            if let Node::Hole(hole) = node {
                found |= repeated && hole.subject.is_candidate();
            }
        });
        found
    }

    /// Visits every node; pointers are relative to this example.
    pub(crate) fn visit(&self, visit: &mut Visit<'_>) {
        self.walk(&mut String::new(), false, visit);
    }

    /// Visits every node below `path`, which is left as it was.
    pub(crate) fn walk(&self, path: &mut String, repeated: bool, visit: &mut Visit<'_>) {
        match self {
            Self::Fixed(_) => {}
            Self::Hole(hole) => visit(path, Node::Hole(hole), repeated),
            Self::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Hole(hole) = piece {
                        visit(path, Node::Hole(hole), repeated);
                    }
                }
            }
            Self::Object(entries) => {
                for (key, example) in entries {
                    let mark = enter(path, &key.written());
                    let mut inside = repeated;
                    if let Key::Hole(hole) = key {
                        visit(path, Node::Hole(hole), repeated);
                        inside |= hole.subject.is_sender();
                    }
                    example.walk(path, inside, visit);
                    path.truncate(mark);
                }
            }
            Self::List(items) => {
                for (index, example) in items.iter().enumerate() {
                    let mark = enter(path, &index.to_string());
                    example.walk(path, repeated, visit);
                    path.truncate(mark);
                }
            }
            Self::Repeat(example) => {
                visit(path, Node::Repeat(example), repeated);
                let mark = enter(path, "0");
                example.walk(path, true, visit);
                path.truncate(mark);
            }
            Self::Piped(pipe, example) => {
                let mark = enter(path, &format!("|{}", pipe.name()));
                example.walk(path, repeated, visit);
                path.truncate(mark);
            }
        }
    }
}

impl Key {
    /// As it stands in the document, but for doubled braces.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Plain(key) => key.clone(),
            Self::Hole(hole) => ["{", &hole.name(), "}"].concat(),
        }
    }
}

impl Hole {
    /// As it is written between the braces, without mark and pipes.
    pub(crate) fn name(&self) -> String {
        self.subject.name()
    }
}

/// The things: name, thing, parts.
pub(crate) static THINGS: [(&str, Thing, &[&str]); 5] = [
    ("description", Thing::Description, &["type", "sdp"]),
    (
        "candidate",
        Thing::Candidate,
        &["candidate", "sdpMid", "sdpMLineIndex", "usernameFragment"],
    ),
    (
        "iceServer",
        Thing::IceServer,
        &["urls", "username", "credential"],
    ),
    ("error", Thing::Error, &["code", "message"]),
    ("close", Thing::Close, &["code", "reason"]),
];

impl Subject {
    /// The subject of a name that has no parts.
    pub(crate) fn plain(name: &str) -> Self {
        match name {
            "_" => Self::Anything,
            "peer" => Self::Peer,
            "from" => Self::From,
            "to" => Self::To,
            "message" => Self::Message,
            other => Self::Variable(other.to_owned()),
        }
    }

    pub(crate) fn is_candidate(&self) -> bool {
        matches!(self, Self::Thing(Thing::Candidate, _))
    }

    pub(crate) fn is_description(&self) -> bool {
        matches!(self, Self::Thing(Thing::Description, _))
    }

    pub(crate) fn is_ice_server(&self) -> bool {
        matches!(self, Self::Thing(Thing::IceServer, _))
    }

    pub(crate) fn is_message(&self) -> bool {
        matches!(self, Self::Message)
    }

    /// Whether it is the other one when read.
    pub(crate) fn is_sender(&self) -> bool {
        matches!(self, Self::Peer | Self::From)
    }

    /// As it is written between the braces.
    pub(crate) fn name(&self) -> String {
        let name = match self {
            Self::Anything => "_",
            Self::Variable(name) => name,
            Self::Peer => "peer",
            Self::From => "from",
            Self::To => "to",
            Self::Message => "message",
            Self::Thing(thing, part) => {
                let row = THINGS.iter().find(|(_, known, _)| known == thing);
                let dot = if part.is_empty() { "" } else { "." };
                return [row.map_or("", |(name, _, _)| name), dot, part].concat();
            }
        };
        name.to_owned()
    }
}

impl Pipe {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "base64" => Some(Self::Base64),
            "number" => Some(Self::Number),
            "text" => Some(Self::Text),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Base64 => "base64",
            Self::Number => "number",
            Self::Text => "text",
        }
    }
}

/// Lengthens a JSON pointer by one key; truncating to what is returned takes it back.
pub(crate) fn enter(path: &mut String, key: &str) -> usize {
    let mark = path.len();
    path.push('/');
    for c in key.chars() {
        match c {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            c => path.push(c),
        }
    }
    mark
}
