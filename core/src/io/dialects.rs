//! Facts about dialect documents and the messages they read.

use crate::dialect::Ask;

/// Why a frame fitted no message of the dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The rule that came furthest: its place in `messages`.
    pub rule: Option<usize>,
    /// JSON pointer into the frame, to where it failed.
    pub pointer: String,
    /// Why there, in the dialect engine's words.
    pub why: String,
}

/// What a dialect document is, once it is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The value of the `dialect` field.
    pub name: String,
    /// Its name for people; empty while it has mistakes.
    pub title: String,
    /// The document, as text.
    pub document: String,
    /// The document with everything that it takes over from those it extends, and without the values of secrets: what another
    /// program needs to speak it.
    pub whole: String,
    /// The document's note, for people.
    pub note: String,
    pub asks: Vec<Ask>,
    /// The labels of the data channels that it plans; none: the user's own.
    pub channels: Vec<String>,
    /// The rules of the dialect that it extends, as JSON. Their places follow those of its own `messages`.
    pub inherited: Vec<String>,
    /// JSON pointer and sentence of each mistake.
    pub mistakes: Vec<(String, String)>,
}

/// How far a document of the page's own site is that a link named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// The first click on join will read it.
    Unread,
    /// It is read, and asks something or makes requests: it can be looked at before joining.
    Read,
    /// It was just read for a join, which now waits for a second click.
    Halted,
}

impl Linked {
    /// `unread`, `read` or `halted`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Halted => "halted",
        }
    }
}

/// What a captured message would be read as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe {
    /// The words of the events it means, in order.
    pub told: Vec<&'static str>,
    pub rule: Option<usize>,
    /// Nothing fitted: the rule that came furthest.
    pub near: Option<Near>,
    /// It was read, but of a repeated element nothing fitted: where the first of it failed.
    pub skipped: Option<Near>,
    /// The rule, or the nearest one, as JSON.
    pub rule_text: Option<String>,
    /// Frames that would be sent back.
    pub replies: Vec<String>,
    /// Holes that took a value, by name, secrets blotted out.
    pub captured: Vec<(String, String)>,
}

/// How well a built-in dialect fits the frames that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    pub name: String,
    pub title: String,
    /// How many of the frames it reads, of how many.
    pub read: usize,
    pub of: usize,
}
