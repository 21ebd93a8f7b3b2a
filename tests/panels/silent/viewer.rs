//! Somebody else's record, shown by the panels of an element that does nothing itself.

use serde_json::{Value, json};

use crate::opened::Opened;
use crate::support::{Element, room};

/// The card, while it is there.
pub(crate) const CARD: &str = "[data-part=diagnosis]:not([hidden])";

/// What the card said.
pub(crate) struct Shown {
    /// The number of the missing step.
    pub(crate) node: String,
    pub(crate) facts: String,
}

/// Shows a record as if it had happened so many milliseconds earlier than it did: what is waited for has been waited for.
pub(crate) struct Viewer {
    element: Element,
    earlier: f64,
}

impl Viewer {
    pub(crate) fn of(earlier: f64) -> Self {
        let element = Element::in_tabs(&room(), &[]);
        Self { element, earlier }
    }

    /// Waits until the card is that of this row.
    pub(crate) async fn shows(&self, facts: &[Value], row: &str) -> Shown {
        let opened = self.told(facts);
        let shown = format!("{CARD}[data-row=\"{row}\"]");
        let at = |element: &Element| !element.all(&shown).is_empty();
        opened.until(&format!("the card of {row}"), at).await;
        self.is_whole();
        Shown {
            node: self.element.text(&format!("{CARD} [data-part=node]")),
            facts: self.element.text(&format!("{CARD} [data-part=facts]")),
        }
    }

    /// Nothing is diagnosed.
    pub(crate) fn is_silent(&self, facts: &[Value]) {
        let _opened = self.told(facts);
        let cards = self.element.texts(CARD);
        assert!(cards.is_empty(), "{cards:?}");
    }

    /// Opens the panels and tells them the record.
    pub(crate) fn told(&self, facts: &[Value]) -> Opened<'_> {
        let opened = Opened::on(&self.element);
        for fact in facts {
            let mut fact = fact.clone();
            let at = fact["at"].as_f64().unwrap_or_default();
            fact["at"] = json!(at - self.earlier);
            opened.tell(&fact.to_string());
        }
        // The record goes on until now.
        let now = web_sys::window().unwrap().performance().unwrap().now();
        let message = json!({"id": "note.copied", "args": {}});
        let end = json!({"v": 1, "at": now, "attempt": 1, "kind": "note", "message": message});
        opened.tell(&end.to_string());
        opened
    }

    /// Title, reason, facts and advice are all said, and no hole of a sentence is left.
    fn is_whole(&self) {
        for part in ["title", "why", "advice", "kicker", "whose"] {
            let said = self.element.text(&format!("{CARD} [data-part={part}]"));
            assert!(!said.is_empty(), "{part} is empty");
            assert!(
                !said.contains('{') && !said.contains("diagnosis."),
                "{said}"
            );
        }
        let facts = self.element.texts(&format!("{CARD} [data-part=facts] li"));
        assert!(!facts.is_empty(), "judged on nothing");
    }
}
