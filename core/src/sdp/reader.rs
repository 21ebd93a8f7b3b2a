//! Reads a description for a person: every line with what it is for, its parts, and the lamp it belongs to.

mod answers;
mod codecs;
mod lines;
mod media;
mod transport;

use std::ops::Range;

use super::outline::{Outline, Section};
use crate::words::{Message, say};

/// The part of a connection that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lamp {
    Session,
    Ice,
    Dtls,
    Sctp,
    Media,
}

/// One line of a description, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Without its line end.
    pub text: &'a str,
    /// The media section it stands in, from 0; none above the first.
    pub section: Option<usize>,
    pub lamp: Lamp,
    /// What it is for, with the values that it has.
    pub says: Message,
    /// In an answer: what it did to the offer.
    pub answers: Option<Message>,
    /// Its parts in their order, each with what it means.
    pub parts: Vec<Part>,
    /// Whether every part of it is known here. What is unknown says so.
    pub known: bool,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the line, in bytes.
    pub at: Range<usize>,
    pub says: Message,
}

/// Explains every line of a description. `offer` is the offer that it answers, if it is an answer and the offer is known.
/// Any text can be read.
pub fn read<'a>(sdp: &'a str, offer: Option<&str>) -> Vec<Line<'a>> {
    let outline = Outline::of(sdp);
    let offer = offer.map(Outline::of);
    let mut section = None;
    let mut lines = Vec::new();
    for text in sdp.lines().map(str::trim_end) {
        if text.starts_with("m=") {
            section = Some(section.map_or(0, |index| index + 1));
        }
        let context = Context {
            outline: &outline,
            index: section,
        };
        let mut line = explain(text, &context);
        line.section = section;
        line.answers = offer
            .as_ref()
            .and_then(|offer| answers::answers(text, &context, offer));
        lines.push(line);
    }
    lines
}

fn explain<'a>(text: &'a str, context: &Context<'_>) -> Line<'a> {
    let Some((kind, value)) = text.split_once('=') else {
        return Line::unknown(text, say("sdp.not-a-line"));
    };
    if kind != "a" {
        return lines::explain(text, kind, value);
    }
    let (name, value) = value.split_once(':').unwrap_or((value, ""));
    transport::explain(text, name, value, context)
        .or_else(|| media::explain(text, name, value, context))
        .unwrap_or_else(|| Line::unknown(text, say("sdp.unknown").with("name", name)))
}

/// Where a line stands.
struct Context<'a> {
    outline: &'a Outline<'a>,
    index: Option<usize>,
}

impl<'a> Context<'a> {
    fn section(&self) -> Option<&'a Section<'a>> {
        self.outline.sections.get(self.index?)
    }

    /// `application`, `audio`, `video`, or empty above the first section.
    fn media(&self) -> &'a str {
        self.section().map_or("", |section| section.media)
    }

    /// The codec's name of a payload type in this section.
    fn codec(&self, format: &str) -> Option<&'a str> {
        let codec = self.section()?.codec(format)?;
        codec.split('/').next()
    }

    /// The lamp of what belongs to the section as a whole.
    fn lamp(&self) -> Lamp {
        match self.media() {
            "" => Lamp::Session,
            "application" => Lamp::Sctp,
            _ => Lamp::Media,
        }
    }
}

impl<'a> Line<'a> {
    fn new(text: &'a str, lamp: Lamp, says: Message) -> Self {
        Self {
            text,
            section: None,
            lamp,
            says,
            answers: None,
            parts: Vec::new(),
            known: true,
        }
    }

    fn unknown(text: &'a str, says: Message) -> Self {
        let mut line = Self::new(text, Lamp::Session, says);
        line.known = false;
        line
    }

    /// Adds a part. It must be a piece of the line's own text; an empty one is left out.
    fn part(mut self, piece: &str, says: Message) -> Self {
        if let Some(at) = place(self.text, piece) {
            self.parts.push(Part { at, says });
        }
        self
    }

    /// Adds what follows one after the other, separated by blanks; more pieces than sayings stay unexplained.
    fn fields(mut self, value: &str, says: impl IntoIterator<Item = Message>) -> Self {
        for (piece, says) in value.split_ascii_whitespace().zip(says) {
            self = self.part(piece, says);
        }
        self
    }

    /// Adds a part that may be unknown here.
    fn part_or_odd(mut self, piece: &str, says: Option<Message>, odd: Message) -> Self {
        self.known &= says.is_some();
        self.part(piece, says.unwrap_or(odd))
    }
}

/// Where a piece stands in the line that it was cut from.
fn place(line: &str, piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    let at = start..start.checked_add(piece.len())?;
    (!piece.is_empty() && line.get(at.clone()) == Some(piece)).then_some(at)
}
