//! Examples: JSON with holes in it, as the rules of a dialect hold them.

use serde_json::Value;

/// JSON with holes: filled when written, matched when read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Example {
    /// Stands for itself: a scalar, or the empty list or object.
    Fixed(Value),
    /// A whole value.
    Hole(Hole),
    /// A text with holes in it.
    Text(Vec<Piece>),
    /// Named keys, those without holes first, so that what tells messages apart is matched first.
    Object(Vec<(String, Self)>),
    /// The first elements.
    List(Vec<Self>),
    /// `[E, "..."]`
    Repeat(Box<Self>),
    /// `{"|json": E}`
    Piped(Pipe, Box<Self>),
}

/// A piece of a text: no two literals and no two holes stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Literal(String),
    Hole(Hole),
}

/// What stands between braces.
#[derive(Debug, Clone, PartialEq)]
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
    Description(DescriptionPart),
    Candidate(CandidatePart),
    Error(ErrorPart),
    Message,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DescriptionPart {
    Whole,
    Type,
    Sdp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CandidatePart {
    Whole,
    Candidate,
    SdpMid,
    SdpMLineIndex,
    UsernameFragment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorPart {
    Whole,
    Code,
    Message,
}

/// A change of form between a value and the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pipe {
    Json,
    Number,
    Text,
}

/// Called with the JSON pointer of a hole, the hole, and whether it is in a repeated element.
pub(crate) type Visit<'a> = dyn FnMut(&str, &Hole, bool) + 'a;

impl Example {
    /// Whether the key that has this example may be missing: it has holes, and all are marked `?`.
    pub(crate) fn optional(&self) -> bool {
        let (mut holes, mut all) = (false, true);
        self.visit(&mut |_, hole, _| {
            holes = true;
            all &= hole.mark == Mark::Optional;
        });
        holes && all
    }

    /// Whether some hole stands for such a subject.
    pub(crate) fn mentions(&self, such: fn(&Subject) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |_, hole, _| found |= such(&hole.subject));
        found
    }

    /// Whether candidates stand in a repeated element, so that they are written as one batch.
    pub(crate) fn batches(&self) -> bool {
        let mut found = false;
        self.visit(&mut |_, hole, repeated| found |= repeated && hole.subject.is_candidate());
        found
    }

    /// Visits every hole; pointers are relative to this example.
    pub(crate) fn visit(&self, visit: &mut Visit<'_>) {
        self.walk(&mut String::new(), false, visit);
    }

    /// Visits every hole below `path`, which is left as it was.
    pub(crate) fn walk(&self, path: &mut String, repeated: bool, visit: &mut Visit<'_>) {
        match self {
            Self::Fixed(_) => {}
            Self::Hole(hole) => visit(path, hole, repeated),
            Self::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Hole(hole) = piece {
                        visit(path, hole, repeated);
                    }
                }
            }
            Self::Object(entries) => {
                for (key, example) in entries {
                    let mark = enter(path, key);
                    example.walk(path, repeated, visit);
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

impl Hole {
    /// As it is written between the braces, without mark and pipes.
    pub(crate) fn name(&self) -> String {
        self.subject.name()
    }
}

/// A name whose hole has parts.
pub(crate) struct Parts {
    pub(crate) name: &'static str,
    /// The parts, for people.
    pub(crate) names: &'static str,
    /// Each part with what it stands for; the empty one is the whole.
    pub(crate) all: &'static [(&'static str, Subject)],
}

static PARTS: [Parts; 3] = [
    Parts {
        name: "description",
        names: "type, sdp",
        all: &[
            ("", Subject::Description(DescriptionPart::Whole)),
            ("type", Subject::Description(DescriptionPart::Type)),
            ("sdp", Subject::Description(DescriptionPart::Sdp)),
        ],
    },
    Parts {
        name: "candidate",
        names: "candidate, sdpMid, sdpMLineIndex, usernameFragment",
        all: &[
            ("", Subject::Candidate(CandidatePart::Whole)),
            ("candidate", Subject::Candidate(CandidatePart::Candidate)),
            ("sdpMid", Subject::Candidate(CandidatePart::SdpMid)),
            (
                "sdpMLineIndex",
                Subject::Candidate(CandidatePart::SdpMLineIndex),
            ),
            (
                "usernameFragment",
                Subject::Candidate(CandidatePart::UsernameFragment),
            ),
        ],
    },
    Parts {
        name: "error",
        names: "code, message",
        all: &[
            ("", Subject::Error(ErrorPart::Whole)),
            ("code", Subject::Error(ErrorPart::Code)),
            ("message", Subject::Error(ErrorPart::Message)),
        ],
    },
];

/// The parts of a name that has some.
pub(crate) fn parts(name: &str) -> Option<&'static Parts> {
    PARTS.iter().find(|parts| parts.name == name)
}

impl Subject {
    /// The subject of a name without a part.
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
        matches!(self, Self::Candidate(_))
    }

    pub(crate) fn is_description(&self) -> bool {
        matches!(self, Self::Description(_))
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
        match self {
            Self::Anything => "_".to_owned(),
            Self::Variable(name) => name.clone(),
            Self::Peer => "peer".to_owned(),
            Self::From => "from".to_owned(),
            Self::To => "to".to_owned(),
            Self::Message => "message".to_owned(),
            Self::Description(_) | Self::Candidate(_) | Self::Error(_) => self.part_name(),
        }
    }

    fn part_name(&self) -> String {
        for parts in &PARTS {
            match parts.all.iter().find(|(_, subject)| subject == self) {
                Some(("", _)) => return parts.name.to_owned(),
                Some((part, _)) => return format!("{}.{part}", parts.name),
                None => {}
            }
        }
        String::new()
    }
}

impl Pipe {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "number" => Some(Self::Number),
            "text" => Some(Self::Text),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
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
