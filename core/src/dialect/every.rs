//! Repeating: `"5 s"`, `"500 ms"`, `"{interval} s"`.

use super::check;
use super::example::Example;
use super::mistake::Wrong;
use super::parse::Checker;
use super::value::{decode, text_of};
use super::write::Scope;
use crate::io::Millis;

/// Nothing is repeated more often.
const SHORTEST: Millis = 1_000.0;
/// And nothing is kept waiting longer than a day.
const LONGEST: Millis = 86_400_000.0;

/// An interval.
#[derive(Debug)]
pub(crate) struct Every {
    amount: Example,
    /// Milliseconds.
    unit: Millis,
}

impl Every {
    /// Reads an interval; the checker stands at it.
    pub(crate) fn parse(c: &mut Checker, text: &str) -> Option<Self> {
        let (amount, unit) = match text.rsplit_once(' ') {
            Some((amount, "ms")) => (amount, 1.0),
            Some((amount, "s")) => (amount, 1_000.0),
            _ => ("", 0.0),
        };
        let number = number(amount).is_some_and(|amount| amount > 0.0);
        let hole = amount.starts_with('{') && amount.ends_with('}');
        if !number && !hole {
            c.wrong(Wrong::Form("every", "\"5 s\", \"500 ms\" or \"{x} s\""));
            return None;
        }
        let amount = c.text_example(amount);
        check::example(&amount, None, Some(&[]), c);
        Some(Self { amount, unit })
    }

    /// The interval, in milliseconds. None: its hole has no value, or no number.
    pub(crate) fn interval(&self, scope: &Scope<'_>) -> Option<Millis> {
        let amount = scope.fill(&self.amount).ok().flatten()?;
        let amount = number(&text_of(&amount)?)?;
        amount
            .is_finite()
            .then(|| (amount * self.unit).clamp(SHORTEST, LONGEST))
    }
}

/// A number as JSON writes it. (The parser of the standard library would be a second one in the page.)
fn number(text: &str) -> Option<f64> {
    decode(text).ok()?.as_f64()
}
