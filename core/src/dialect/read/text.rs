//! Texts with holes: one pass, without going back.

use serde_json::Value;

use super::Matcher;
use crate::dialect::example::{Hole, Piece};
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
                Part::Literal(literal) => literal.as_str(),
            };

            let Some(hole) = open.take() else {
                let Some(after) = rest.strip_prefix(literal) else {
                    return Err(self.differs(json(&Value::from(literal))));
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
                return Err(self.differs(json(&Value::from(literal))));
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

    /// A hole that must equal its value counts as literal.
    fn bound_as_literals<'p>(&self, pieces: &'p [Piece]) -> Vec<Part<'p>> {
        let mut parts: Vec<Part<'p>> = Vec::new();
        for piece in pieces {
            let literal = match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Hole(hole) => match self.bound(hole).as_ref().and_then(text_of) {
                    Some(text) if hole.pipes.is_empty() => text,
                    _ => {
                        parts.push(Part::Hole(hole));
                        continue;
                    }
                },
            };
            if let Some(Part::Literal(before)) = parts.last_mut() {
                before.push_str(&literal);
            } else {
                parts.push(Part::Literal(literal));
            }
        }
        parts
    }
}

enum Part<'p> {
    Literal(String),
    Hole(&'p Hole),
}
