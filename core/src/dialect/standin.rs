//! Stand-ins until the engine has them: conversations over another document.

use super::{Conversation, Dialect};

impl Conversation {
    /// A conversation in which nothing is given or made yet, for frames captured elsewhere.
    pub fn unbound(dialect: &Dialect) -> Self {
        Self::new(dialect, &[], 1)
    }

    /// The values of this conversation under another document.
    pub fn under(&self, dialect: &Dialect) -> Self {
        Self::new(dialect, &[], 1)
    }
}
