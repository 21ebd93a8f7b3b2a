//! Signals that a person carries: the text given away, and the text brought here, mended where copying damaged it.

use super::Session;
use crate::dialect::Conversation;
use crate::io::{Effect, Ticket, What};
use crate::sdp;
use crate::settings::Endpoint;
use crate::signal::{Description, DescriptionKind};
use crate::trouble::{Blame, Trouble};
use crate::words::say;

impl Session {
    pub(super) fn copy_signal(&mut self, ticket: Option<Ticket>) {
        self.order(Effect::Copy {
            text: self.attempt.carried.clone(),
        });
        self.outcome(ticket, None);
    }

    /// Reads what was carried here by hand, mending what copying did to it.
    pub(super) fn read_signal(&mut self, text: &str, ticket: Option<Ticket>) {
        let by_hand = self
            .run
            .as_ref()
            .is_some_and(|run| run.settings.endpoint == Endpoint::Paste);
        if !by_hand || !self.facts.run.joined {
            return self.outcome(ticket, Some(say("reason.nothing-to-read")));
        }
        let text = text.trim();
        if text.is_empty() {
            return self.outcome(ticket, Some(say("reason.nothing-pasted")));
        }
        if let Some(sdp) = bare_sdp(text) {
            let (kind, unread) = (DescriptionKind::Offer, sdp.clone());
            // Its lines have to be lines before they can tell what it is.
            let mended = sdp::mend(&Description { kind, sdp: unread }).0;
            let kind = sdp::kind_of(&mended.sdp);
            self.note(say("note.mended-kind").with("kind", kind.word()));
            self.receive(None, Description { kind, sdp });
        } else if let Some(readable) = self.readable(text) {
            self.frame(&readable);
        } else {
            let (doing, cause) = (say("doing.read-signal"), say("trouble.not-a-signal"));
            let (advice, step) = (say("advice.copy-all"), None);
            let message = cause.clone();
            self.tell(What::Trouble(Trouble {
                blame: Blame::User,
                doing,
                cause,
                advice,
                fault: None,
                step,
                refusal: None,
            }));
            return self.outcome(ticket, Some(message));
        }
        self.outcome(ticket, None);
    }

    /// The text as the dialect can read it: as it is, or with one layer of escaping taken off.
    fn readable(&mut self, text: &str) -> Option<String> {
        let run = self.run.as_ref()?;
        if means_something(&run.conversation, text) {
            return Some(text.to_owned());
        }
        let quoted = if text.starts_with('"') {
            text.to_owned()
        } else {
            format!("\"{text}\"")
        };
        let once: String = serde_json::from_str::<serde_json::Value>(&quoted)
            .ok()?
            .as_str()?
            .to_owned();
        let readable = means_something(&run.conversation, &once);
        if readable {
            self.note(say("note.mended-escaped"));
        }
        readable.then_some(once)
    }
}

/// Whether a text would be read as anything, without reading it yet.
fn means_something(conversation: &Conversation, text: &str) -> bool {
    !conversation.clone().read(text).told.is_empty()
}

/// SDP pasted without anything around it, perhaps indented or with its line ends in letters.
fn bare_sdp(text: &str) -> Option<String> {
    text.starts_with("v=0").then(|| text.to_owned())
}
