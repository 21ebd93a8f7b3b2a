//! The catalogue of one language: message ids in, sentences out.

use std::fmt::{Display, Write};

use js_sys::{Object, Reflect};
use webrtc_steps_core::words::Message;

/// The sentences of one language, by id. Cloning it clones a reference.
#[derive(Debug, Clone)]
pub struct Words {
    catalogue: Object,
}

impl Words {
    /// A catalogue is a flat object of strings (`www/words/en.json`).
    pub fn new(catalogue: Object) -> Self {
        Self { catalogue }
    }

    /// The sentence of an id. A missing one shows the id itself, so that it is noticed.
    pub fn text(&self, id: &str) -> String {
        let found = Reflect::get(&self.catalogue, &id.into())
            .ok()
            .and_then(|value| value.as_string());
        found.unwrap_or_else(|| id.to_owned())
    }

    /// The sentence of a message, its `{holes}` filled as plain text.
    pub fn say(&self, message: &Message) -> String {
        fill(&self.text(&message.id), &|name, filled| {
            let found = message.args.iter().find(|(known, _)| *known == name);
            // Some dialects name nobody.
            let nobody = name == "peer" && found.is_some_and(|(_, value)| value.is_empty());
            if nobody {
                filled.push_str(&self.text("ui.peer.unnamed"));
            }
            found.map(|(_, value)| filled.push_str(value)).is_some()
        })
    }

    /// The sentence of a message that may be missing: then it is empty.
    pub fn say_or_nothing(&self, message: Option<&Message>) -> String {
        message.map(|message| self.say(message)).unwrap_or_default()
    }

    /// [`Words::say`] for an id and arguments that are the view's own.
    pub fn with(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        fill(&self.text(id), &|name, filled| {
            let found = args.iter().find(|(known, _)| *known == name);
            found.is_some_and(|(_, value)| write!(filled, "{value}").is_ok())
        })
    }
}

/// Fills `{name}` from left to right in one pass: what an argument contains is never read as a hole. `put` writes the
/// value of a name and says whether there is one.
fn fill(sentence: &str, put: &dyn Fn(&str, &mut String) -> bool) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) if put(name, &mut filled) => rest = tail,
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    fn filled(sentence: &str, args: &[(&str, &str)]) -> String {
        fill(sentence, &|name, filled| {
            let found = args.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| filled.push_str(value)).is_some()
        })
    }

    #[test]
    fn a_hole_is_filled_by_its_name() {
        let args = [("count", "2"), ("peer", "b7e2")];
        assert_eq!(filled("{count} sent to {peer}.", &args), "2 sent to b7e2.");
    }

    #[test]
    fn an_argument_is_never_read_as_a_hole() {
        assert_eq!(filled("{a}", &[("a", "{b}"), ("b", "secret")]), "{b}");
    }

    #[test]
    fn an_unknown_hole_stays_as_it_is() {
        assert_eq!(
            filled("JSON.stringify({ to }) {", &[]),
            "JSON.stringify({ to }) {"
        );
    }
}
