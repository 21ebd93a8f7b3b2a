//! Message ids with arguments: the core says what, the catalogue of a language says how.

/// A sentence to be: its id in the catalogue, and what fills its `{holes}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            args: Vec::new(),
        }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Shorthand for [`Message::new`].
pub fn say(id: &'static str) -> Message {
    Message::new(id)
}
