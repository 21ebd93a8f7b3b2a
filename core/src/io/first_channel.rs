//! Which of several data channels is the one that chat and lamps speak of.

/// Follows the channel of an attempt that was named first, or opened first; others may come beside it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FirstChannel {
    label: Option<String>,
    open: bool,
}

impl FirstChannel {
    /// Takes one [`super::What::Channel`] of the attempt; whether it speaks of the channel that is followed.
    pub fn follows(&mut self, label: &str, state: &str) -> bool {
        let known = self.label.as_deref();
        let takes_over = state == "open" && !self.open;
        if known.is_some_and(|known| known != label) && !takes_over {
            return false;
        }
        self.open = state == "open";
        self.label = (state != "closed").then(|| label.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::FirstChannel;

    #[test]
    fn the_first_that_opens_is_followed_until_it_closes() {
        let mut first = FirstChannel::default();
        let mut told = |label, state| first.follows(label, state);
        assert!(told("chat", "connecting"));
        assert!(!told("other", "announced"));
        assert!(told("other", "open"));
        assert!(!told("later-1", "connecting") && !told("later-1", "open"));
        assert!(told("other", "closed"));
        assert!(told("chat", "connecting"));
    }
}
