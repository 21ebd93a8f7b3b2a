//! Message ids with arguments: the core says what, the catalogue of a language says how.

use std::borrow::Cow;

/// A sentence to be: its id in the catalogue, and what fills its `{holes}`. A record that was read brings both as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: Cow<'static, str>,
    pub args: Vec<(Cow<'static, str>, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(id: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            args: Vec::new(),
        }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((Cow::Borrowed(name), value.to_string()));
        self
    }
}

/// Shorthand for [`Message::new`].
pub fn say(id: &'static str) -> Message {
    Message::new(id)
}
