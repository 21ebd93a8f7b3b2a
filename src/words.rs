//! The catalogue of one language: message ids in, sentences out.

use js_sys::{Object, Reflect};
use webrtc_steps_core::words::Message;

/// The sentences of one language, by id. Cloning it clones a reference.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    catalogue: Object,
}

impl Words {
    /// A catalogue is a flat object of strings (`www/words/en.json`).
    pub(crate) fn new(catalogue: Object) -> Self {
        Self { catalogue }
    }

    /// The sentence of an id. A missing one shows the id itself, so that it is noticed.
    pub(crate) fn text(&self, id: &str) -> String {
        let found = Reflect::get(&self.catalogue, &id.into())
            .ok()
            .and_then(|value| value.as_string());
        found.unwrap_or_else(|| id.to_owned())
    }

    /// The sentence of a message, its `{holes}` filled as plain text.
    pub(crate) fn say(&self, message: &Message) -> String {
        fill(&self.text(message.id), &message.args)
    }

    /// [`Words::say`] for an id and arguments that are the view's own.
    pub(crate) fn with(&self, id: &str, args: &[(&'static str, String)]) -> String {
        fill(&self.text(id), args)
    }
}

/// Fills `{name}` from left to right in one pass: what an argument contains is never read as a hole.
fn fill(sentence: &str, args: &[(&'static str, String)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let hole = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = args.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = hole {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_hole_is_filled_by_its_name() {
        let args = [("count", "2".to_owned()), ("peer", "b7e2".to_owned())];
        assert_eq!(fill("{count} sent to {peer}.", &args), "2 sent to b7e2.");
    }

    #[test]
    fn an_argument_is_never_read_as_a_hole() {
        let args = [("a", "{b}".to_owned()), ("b", "secret".to_owned())];
        assert_eq!(fill("{a}", &args), "{b}");
    }

    #[test]
    fn an_unknown_hole_stays_as_it_is() {
        assert_eq!(
            fill("JSON.stringify({ to }) {", &[]),
            "JSON.stringify({ to }) {"
        );
    }
}
