//! Conditions: `{a} < {b}`, `{a}`, `not {a}`.

use std::cmp::Ordering;

use super::check;
use super::event::Event;
use super::example::Example;
use super::mistake::Wrong;
use super::parse::Checker;
use super::value::compare;
use super::write::Scope;

/// What a rule can ask for before it fits.
#[derive(Debug)]
pub(crate) struct Condition {
    left: Example,
    relation: Relation,
    right: Option<Example>,
}

#[derive(Debug, Clone, Copy)]
enum Relation {
    Less,
    Greater,
    Unequal,
    Equal,
    Has,
    HasNot,
}

static RELATIONS: [(&str, Relation); 4] = [
    (" < ", Relation::Less),
    (" > ", Relation::Greater),
    (" != ", Relation::Unequal),
    (" = ", Relation::Equal),
];

impl Condition {
    /// Reads a condition of something that these events set off; the checker stands at it.
    pub(crate) fn parse(c: &mut Checker, text: &str, told: &[Event]) -> Self {
        let mut best = match text.strip_prefix("not ") {
            Some(rest) => (rest, Relation::HasNot, None),
            None => (text, Relation::Has, None),
        };
        for (sign, relation) in &RELATIONS {
            if let Some((left, right)) = text.split_once(sign)
                && (best.2.is_none() || left.len() < best.0.len())
            {
                best = (left, *relation, Some(right));
            }
        }
        let (left, relation, right) = best;
        let before = c.mistakes.len();
        let left = side(c, left, told);
        if right.is_none() && matches!(left, Example::Fixed(_)) && c.mistakes.len() == before {
            c.wrong(Wrong::Form(
                "if",
                "\"{a} < {b}\" (or >, =, !=), \"{a}\" or \"not {a}\"",
            ));
        }
        Self {
            left,
            relation,
            right: right.map(|right| side(c, right, told)),
        }
    }

    /// Whether it holds, given what holes stand for now. A comparison without a value is false.
    pub(crate) fn holds(&self, scope: &Scope<'_>) -> bool {
        let left = scope.fill(&self.left).ok().flatten();
        let right = self
            .right
            .as_ref()
            .and_then(|right| scope.fill(right).ok().flatten());
        match (self.relation, left, right) {
            (Relation::Has, left, _) => left.is_some(),
            (Relation::HasNot, left, _) => left.is_none(),
            (relation, Some(left), Some(right)) => relation.admits(compare(&left, &right)),
            _ => false,
        }
    }
}

impl Relation {
    fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::Greater => order.is_gt(),
            Self::Unequal => order.is_ne(),
            Self::Equal | Self::Has | Self::HasNot => order.is_eq(),
        }
    }
}

/// One side: a hole, or a plain text.
fn side(c: &mut Checker, text: &str, told: &[Event]) -> Example {
    let example = c.text_example(text);
    // Only a closing has something that a condition can look at; what is read is looked at by its captures.
    let closing: &[Event] = if told == [Event::Close] { told } else { &[] };
    check::example(&example, None, Some(closing), c);
    example
}
