//! One dialect tried on frames it was not chosen for: how many it reads, and how much that says.

use serde_json::Value;

use crate::dialect::{Conversation, Dialect, Reading};
use crate::io::Fit;

/// The proposals that are told.
const MOST_FITS: usize = 5;
/// What a frame that leads to an event counts; every named key and fixed value that its rule saw adds one, up to the next.
const MEANING: usize = 16;
const MOST_WEIGHT: usize = 15;
/// What a frame counts that is only recognised.
const MOST_RECOGNISED: usize = 2;

/// A dialect and what it made of the frames so far.
pub(super) struct Trial {
    name: &'static str,
    dialect: Dialect,
    conversation: Conversation,
    read: usize,
    score: usize,
}

impl Trial {
    pub(super) fn new(name: &'static str, dialect: Dialect) -> Self {
        Self {
            name,
            conversation: Conversation::unbound(&dialect),
            dialect,
            read: 0,
            score: 0,
        }
    }

    /// Reads one more frame.
    pub(super) fn take(&mut self, frame: &str) {
        let reading = self.conversation.read(frame);
        let worth = self.worth(&reading);
        self.score += worth;
        self.read += usize::from(worth > 0);
    }

    /// A rule that would take anything proves nothing, so what is only recognised counts by what its example names.
    fn worth(&self, reading: &Reading) -> usize {
        let Some(rule) = reading.rule.filter(|_| reading.unknown.is_none()) else {
            return 0;
        };
        let example = self.dialect.rule(rule).unwrap_or_default();
        let example: Value = serde_json::from_str(&example).unwrap_or_default();
        let named = weight(&example);
        if reading.told.is_empty() {
            named.min(MOST_RECOGNISED)
        } else {
            MEANING + named.min(MOST_WEIGHT)
        }
    }
}

/// The dialects that read any of the frames, best first.
pub(super) fn fits(trials: &[Trial], of: usize) -> Vec<Fit> {
    let mut best: Vec<&Trial> = Vec::new();
    for trial in trials.iter().filter(|trial| trial.read > 0) {
        let before = best.iter().take_while(|other| other.score >= trial.score);
        best.insert(before.count(), trial);
        best.truncate(MOST_FITS);
    }
    let fit = |trial: &Trial| Fit {
        name: trial.name.to_owned(),
        title: trial.dialect.name().to_owned(),
        read: trial.read,
        of,
    };
    best.into_iter().map(fit).collect()
}

/// How much of an example is fixed: its keys, and the values that are no hole.
fn weight(example: &Value) -> usize {
    match example {
        Value::Object(entries) => entries.values().map(|value| 1 + weight(value)).sum(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::String(text) => usize::from(!text.starts_with('{') && text != "..."),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn what_an_example_fixes_gives_it_weight_and_a_hole_gives_none() {
        let of = |text: &str| weight(&serde_json::from_str(text).unwrap());
        assert_eq!(of(r#""{message}""#), 0);
        assert_eq!(of(r#"{"type": "offer", "sdp": "{description}"}"#), 3);
        assert_eq!(of(r#"["{peer}", "..."]"#), 0);
        assert_eq!(of(r#"{"id": 4}"#), 2);
    }
}
