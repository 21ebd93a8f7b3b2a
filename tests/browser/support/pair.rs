//! Two elements in one room of tabs, and the course they take.

use super::Element;

/// Commands of the offerer up to its offer.
pub(crate) const OFFER: [&str; 5] = [
    "create-peer-connection",
    "add-data-channel",
    "create-offer",
    "set-local-description",
    "send-offer",
];
/// Commands of the answerer up to its answer.
pub(crate) const ANSWER: [&str; 6] = [
    "create-peer-connection",
    "add-data-channel",
    "set-remote-description",
    "create-answer",
    "set-local-description",
    "send-answer",
];
/// The offerer's last command.
pub(crate) const CONNECT: &str = "set-remote-description";

/// A room's name that no other test has.
pub(crate) fn room() -> String {
    format!("test-{}", js_sys::Math::random())
}

/// Two elements; the one that joined first answers.
pub(crate) struct Pair {
    pub(crate) offerer: Element,
    pub(crate) answerer: Element,
}

impl Pair {
    /// Two elements that have joined a room of tabs in this mode.
    pub(crate) async fn join(mode: &str) -> Self {
        let room = room();
        let answerer = Element::in_tabs(&room, &[("mode", mode)]);
        let offerer = Element::in_tabs(&room, &[("mode", mode)]);
        let pair = Self { offerer, answerer };
        pair.enter().await;
        pair
    }

    /// Two that are connected, by themselves.
    pub(crate) async fn connected() -> Self {
        let pair = Self::join("auto").await;
        pair.until_open().await;
        pair
    }

    /// Both join, the answerer first.
    pub(crate) async fn enter(&self) {
        self.answerer.join().await;
        self.offerer.join().await;
    }

    pub(crate) async fn until_open(&self) {
        self.offerer.until_open().await;
        self.answerer.until_open().await;
    }

    /// Each says a line, and the other hears it.
    pub(crate) async fn chat(&self) {
        for (from, to) in [
            (&self.offerer, &self.answerer),
            (&self.answerer, &self.offerer),
        ] {
            let line = format!("I am the {} \u{2014} grüße", from.state("role"));
            from.run_with("send-message", &line).await.unwrap();
            to.until("the line came", |to| to.lines("received").contains(&line))
                .await;
            assert!(from.lines("sent").contains(&line));
        }
    }

    /// Gives commands one after another, each as soon as it can be given.
    pub(crate) async fn take(element: &Element, commands: &[&str]) {
        for command in commands {
            element.until_available(command).await;
            let outcome = element.run(command).await;
            assert_eq!(outcome, Ok(()), "{command}\n{}", element.story());
        }
    }
}
