//! The catalogue of one language: message ids in, sentences out.

use std::fmt::Display;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use webrtc_steps_core::words::Message;

/// The sentences of one language, by id. Cloning it clones references.
#[derive(Debug, Clone)]
pub struct Words {
    catalogue: Object,
    plurals: PluralRules,
}

#[wasm_bindgen]
extern "C" {
    /// Which form a language has for a number (ECMA-402, `Intl.PluralRules`).
    #[wasm_bindgen(js_namespace = Intl)]
    #[derive(Debug, Clone)]
    type PluralRules;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(language: &str) -> PluralRules;

    /// The number comes as its digits, as sentences have it.
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: &str) -> String;
}

impl Words {
    /// A catalogue is a flat object of strings (`www/words/en.json`).
    pub fn new(catalogue: Object) -> Self {
        let language = found(&catalogue, "ui.lang");
        let plurals = PluralRules::new(language.as_deref().unwrap_or("en"));
        Self { catalogue, plurals }
    }

    /// The sentence of an id. A missing one shows the id itself, so that it is noticed.
    pub fn text(&self, id: &str) -> String {
        found(&self.catalogue, id).unwrap_or_else(|| id.to_owned())
    }

    /// The sentence of an id in the form for what it counts: `id.one` beside `id`, where the language has such a form.
    fn counting(&self, id: &str, count: Option<&str>) -> String {
        let form = count.and_then(|count| {
            let form = self.plurals.select(count);
            found(&self.catalogue, &format!("{id}.{form}"))
        });
        form.unwrap_or_else(|| self.text(id))
    }

    /// The sentence of a message, its `{holes}` filled as plain text.
    pub fn say(&self, message: &Message) -> String {
        let given = |name: &str| {
            let arg = message.args.iter().find(|(known, _)| *known == name);
            arg.map(|(_, value)| value.as_str())
        };
        let sentence = self.counting(&message.id, given("count"));
        fill(&sentence, &|name, filled| {
            let value = match (name, given(name)) {
                // Some dialects name nobody.
                ("peer", Some("")) => found(&self.catalogue, "ui.peer.unnamed"),
                ("kind", Some(kind)) => found(&self.catalogue, &format!("ui.kind.{kind}")),
                _ => None,
            };
            let value = value.as_deref().or_else(|| given(name));
            value.map(|value| self.put(name, value, filled)).is_some()
        })
    }

    /// Writes a value into its hole: a time with the decimal mark of the language.
    fn put(&self, name: &str, value: &str, filled: &mut String) {
        match value
            .split_once('.')
            .filter(|_| matches!(name, "seconds" | "ago"))
        {
            Some((whole, part)) => filled.extend([whole, &self.text("ui.decimal"), part]),
            None => filled.push_str(value),
        }
    }

    /// The sentence of a message that may be missing: then it is empty.
    pub fn say_or_nothing(&self, message: Option<&Message>) -> String {
        message.map(|message| self.say(message)).unwrap_or_default()
    }

    /// [`Words::say`] for an id and arguments that are the view's own.
    pub fn with(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        let count = args.iter().find(|(name, _)| *name == "count");
        let count = count.map(|(_, count)| count.to_string());
        fill(&self.counting(id, count.as_deref()), &|name, filled| {
            let found = args.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| self.put(name, &value.to_string(), filled))
                .is_some()
        })
    }
}

fn found(catalogue: &Object, id: &str) -> Option<String> {
    Reflect::get(catalogue, &id.into()).ok()?.as_string()
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
