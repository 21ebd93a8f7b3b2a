//! Conditions: `{a} < {b}`, `{a}`, `not {a}`.

use std::cmp::Ordering;

use serde_json::Value;

use super::example::{Mark, Piece, Subject};
use super::mistake::Wrong;
use super::parse::pieces;
use super::value::compare;

/// What a rule can ask for before it fits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Has(Subject),
    HasNot(Subject),
    Compare(Operand, Relation, Operand),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Hole(Subject),
    Text(Value),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Less,
    Greater,
    Equal,
    Unequal,
}

static RELATIONS: [(&str, Relation); 4] = [
    (" < ", Relation::Less),
    (" > ", Relation::Greater),
    (" != ", Relation::Unequal),
    (" = ", Relation::Equal),
];

impl Condition {
    /// The forms, for people.
    pub(crate) const FORMS: &'static str = "\"{a} < {b}\" (or >, =, !=), \"{a}\" or \"not {a}\"";

    pub(crate) fn parse(text: &str) -> Result<Self, Wrong> {
        let mut best: Option<(&str, Relation, &str)> = None;
        for (sign, relation) in &RELATIONS {
            if let Some((left, right)) = text.split_once(sign)
                && best.is_none_or(|(before, _, _)| left.len() < before.len())
            {
                best = Some((left, *relation, right));
            }
        }
        if let Some((left, relation, right)) = best {
            return Ok(Self::Compare(operand(left)?, relation, operand(right)?));
        }
        let (text, has_not) = text
            .strip_prefix("not ")
            .map_or((text, false), |rest| (rest, true));
        match operand(text)? {
            Operand::Hole(subject) if has_not => Ok(Self::HasNot(subject)),
            Operand::Hole(subject) => Ok(Self::Has(subject)),
            Operand::Text(_) => Err(Wrong::Form("if", Self::FORMS)),
        }
    }

    /// Whether it holds, given what holes stand for now. A comparison without a value is false.
    pub(crate) fn holds(&self, look_up: &dyn Fn(&Subject) -> Option<Value>) -> bool {
        let value = |operand: &Operand| match operand {
            Operand::Hole(subject) => look_up(subject),
            Operand::Text(text) => Some(text.clone()),
        };
        match self {
            Self::Has(subject) => look_up(subject).is_some(),
            Self::HasNot(subject) => look_up(subject).is_none(),
            Self::Compare(left, relation, right) => match (value(left), value(right)) {
                (Some(left), Some(right)) => relation.admits(compare(&left, &right)),
                _ => false,
            },
        }
    }

    /// The holes in it.
    pub(crate) fn subjects(&self) -> Vec<&Subject> {
        match self {
            Self::Has(subject) | Self::HasNot(subject) => vec![subject],
            Self::Compare(left, _, right) => [left, right]
                .into_iter()
                .filter_map(Operand::subject)
                .collect(),
        }
    }
}

impl Operand {
    fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Hole(subject) => Some(subject),
            Self::Text(_) => None,
        }
    }
}

impl Relation {
    fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::Greater => order.is_gt(),
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
        }
    }
}

/// One side: a hole without mark and pipes, or a plain text.
fn operand(text: &str) -> Result<Operand, Wrong> {
    let mut pieces = pieces(text)?.into_iter();
    match (pieces.next(), pieces.next()) {
        (Some(Piece::Hole(hole)), None) if hole.mark == Mark::Plain && hole.pipes.is_empty() => {
            match hole.subject {
                subject @ (Subject::Variable(_) | Subject::Peer | Subject::From | Subject::To) => {
                    Ok(Operand::Hole(subject))
                }
                other => Err(Wrong::NotYet(format!(
                    "{{{}}} in a condition",
                    other.name()
                ))),
            }
        }
        (Some(Piece::Literal(text)), None) => Ok(Operand::Text(Value::String(text))),
        _ => Err(Wrong::Form("if", Condition::FORMS)),
    }
}
