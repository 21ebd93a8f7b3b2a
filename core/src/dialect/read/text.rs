//! Texts with holes: one pass, without going back.

use serde_json::Value;

use super::Matcher;
use crate::dialect::example::{Hole, Piece, Subject};
use crate::dialect::mistake::Why;
use crate::dialect::value::{json, text_of};

impl Matcher<'_> {
    /// One pass: each hole takes the shortest text up to the next literal, the last one the rest.
    pub(super) fn text(&mut self, pieces: &[Piece], text: &str) -> Result<(), Why> {
        let parts = self.bound_as_literals(pieces);
        let mut rest = text;
        let mut open: Option<&Hole> = None;
        for (index, part) in parts.iter().enumerate() {
            let literal = match part {
                Part::Hole(hole) => {
                    open = Some(*hole);
                    continue;
                }
                Part::Literal(literal, _) => literal.as_str(),
            };

            let Some(hole) = open.take() else {
                let Some(after) = rest.strip_prefix(literal) else {
                    return Err(self.unlike(part));
                };
                rest = after;
                continue;
            };
            let cut = if index + 1 == parts.len() {
                rest.strip_suffix(literal).map(|taken| (taken, ""))
            } else {
                rest.split_once(literal)
            };
            let Some((taken, after)) = cut else {
                return Err(self.unlike(part));
            };
            self.capture(hole, &Value::from(taken))?;
            rest = after;
        }
        match open {
            Some(hole) => self.capture(hole, &Value::from(rest)),
            None if rest.is_empty() => Ok(()),
            None => Err(self.differs("an end here".to_owned())),
        }
    }

    /// Why a literal did not stand where it should: the value of a hole in it, or else the text.
    fn unlike(&mut self, part: &Part<'_>) -> Why {
        match part {
            Part::Literal(_, Some(hole)) if hole.subject == Subject::To => Why::NotForMe,
            Part::Literal(_, Some(hole)) => self.bound_already(&hole.name()),
            Part::Literal(literal, None) => self.differs(json(&Value::from(literal.as_str()))),
            Part::Hole(_) => Why::default(),
        }
    }

    /// A hole that must equal its value counts as literal.
    fn bound_as_literals<'p>(&self, pieces: &'p [Piece]) -> Vec<Part<'p>> {
        let mut parts: Vec<Part<'p>> = Vec::new();
        for piece in pieces {
            let (literal, bound) = match piece {
                Piece::Literal(text) => (text.clone(), None),
                Piece::Hole(hole) => match self.bound(hole).as_ref().and_then(text_of) {
                    Some(text) if hole.pipes.is_empty() => (text, Some(hole)),
                    _ => {
                        parts.push(Part::Hole(hole));
                        continue;
                    }
                },
            };
            if let Some(Part::Literal(before, named)) = parts.last_mut() {
                before.push_str(&literal);
                *named = named.or(bound);
            } else {
                parts.push(Part::Literal(literal, bound));
            }
        }
        parts
    }
}

enum Part<'p> {
    /// With a hole whose value stands in it.
    Literal(String, Option<&'p Hole>),
    Hole(&'p Hole),
}
