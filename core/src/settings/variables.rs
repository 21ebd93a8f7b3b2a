//! The variables that a dialect asks of the user: the fields `var.NAME`.

use super::{Field, FieldMistake, Start, given};
use crate::dialect::Ask;
use crate::words::say;

const LONGEST: usize = 4 * 1024;
/// What says who somebody is: it means nothing to the other side, or the opposite.
const PERSONAL: [&str; 2] = ["self", "peer"];

/// The field of a variable.
pub fn field_of(name: &str) -> String {
    format!("var.{name}")
}

/// What the user gave for each variable that is asked; a field that is not there has the default.
///
/// # Errors
/// Every answer that is not among the choices, or too long.
pub fn answers(
    asks: &[Ask],
    fields: &[Field],
    start: &Start,
) -> Result<Vec<(String, String)>, Vec<FieldMistake>> {
    let mut answers = Vec::new();
    let mut mistakes = Vec::new();
    for ask in asks {
        let field = field_of(&ask.name);
        let answer = answer(ask, fields, start).trim();
        if !answer.is_empty()
            && !ask.choices.is_empty()
            && !ask.choices.iter().any(|one| one == answer)
        {
            let message = say("field.choices")
                .with("value", if ask.secret { "…" } else { answer })
                .with("choices", ask.choices.join(", "));
            mistakes.push(FieldMistake::new(field, message));
        } else if answer.len() > LONGEST {
            let message = say("field.too-long").with("limit", LONGEST);
            mistakes.push(FieldMistake::new(field, message));
        } else {
            answers.push((ask.name.clone(), answer.to_owned()));
        }
    }
    if mistakes.is_empty() {
        Ok(answers)
    } else {
        Err(mistakes)
    }
}

/// Secret variables that a link tries to fill: what it says is not used.
pub fn secrets_by_link<'a>(
    asks: &'a [Ask],
    fields: &'a [Field],
    start: &'a Start,
) -> impl Iterator<Item = &'a Ask> {
    asks.iter()
        .filter(|ask| ask.secret && start.named_by(fields, &field_of(&ask.name)) == Some("link"))
}

/// What of the answers may go into the other side's link: nothing secret, nothing about who somebody is, and nothing that
/// was chosen from a list, for such a choice is mostly a role, and the other side has the other one.
pub fn shareable(asks: &[Ask], answers: &[(String, String)]) -> Vec<(String, String)> {
    let common = |name: &str| {
        let mut asks = asks.iter();
        let ask = asks.find(|ask| ask.name == name);
        ask.is_some_and(|ask| !ask.secret && ask.choices.is_empty()) && !PERSONAL.contains(&name)
    };
    let shared = answers
        .iter()
        .filter(|(name, value)| !value.is_empty() && common(name));
    shared.cloned().collect()
}

fn answer<'a>(ask: &'a Ask, fields: &'a [Field], start: &'a Start) -> &'a str {
    let field = field_of(&ask.name);
    if ask.secret && start.named_by(fields, &field) == Some("link") {
        return "";
    }
    given(fields, start, &field).unwrap_or(&ask.default)
}
