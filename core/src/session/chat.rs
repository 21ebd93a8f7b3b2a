//! Chat over the data channel: nothing typed is lost, and nothing is said before the channel is open.

use super::Session;
use super::attempt::Pending;
use crate::io::{Effect, Fault, Operation, Side, Ticket, What};
use crate::trouble;
use crate::words::{Message, say};

impl Session {
    /// Sends a line, or says why it stays in the field.
    pub(super) fn send_message(&mut self, text: String, ticket: Option<Ticket>) {
        if text.is_empty() {
            return self.outcome(ticket, Some(say("chat.empty")));
        }
        if !self.may_send() {
            return self.refuse_line(text, say("chat.not-open"), ticket);
        }
        let bytes = text.len();
        let limit = self.attempt.max_message.unwrap_or(65_536);
        let too_long = u64::try_from(bytes).unwrap_or(u64::MAX) > limit;
        if too_long && !self.facts.options.let_me_fail {
            let message = say("chat.too-long")
                .with("bytes", bytes)
                .with("limit", limit);
            return self.refuse_line(text, message, ticket);
        }
        self.attempt.sending.push_back((text.clone(), ticket));
        self.attempt
            .pending
            .push_back(Pending::new(Operation::Send));
        self.order(Effect::SendText {
            attempt: self.attempt.number,
            text,
        });
    }

    /// Whether there is a channel to send on: an open one, unless the browser is to refuse.
    pub(super) fn may_send(&self) -> bool {
        let attempt = &self.facts.attempt;
        let tries = self.facts.options.let_me_fail && attempt.channel_label.is_some();
        attempt.channel_open || tries
    }

    pub(super) fn line_sent(&mut self) {
        if let Some((text, ticket)) = self.attempt.sending.pop_front() {
            self.tell(What::Chat {
                side: Side::Mine,
                text,
            });
            self.outcome(ticket, None);
        }
    }

    pub(super) fn line_refused(&mut self, fault: Fault) {
        let Some((text, ticket)) = self.attempt.sending.pop_front() else {
            return;
        };
        let id = match fault.name.as_str() {
            "OperationError" => "chat.queue-full",
            "TypeError" => "chat.too-long-browser",
            _ => "chat.refused",
        };
        let mut trouble = trouble::of_refusal(Operation::Send, fault.clone(), &self.facts);
        let cause = say(id).with("words", fault.message);
        trouble.cause = cause.clone();
        trouble.advice = say("advice.send-later");
        self.tell(What::Trouble(trouble));
        self.refuse_line(text, cause, ticket);
    }

    pub(super) fn refuse_line(&mut self, text: String, message: Message, ticket: Option<Ticket>) {
        self.tell(What::ChatRefused {
            text,
            message: message.clone(),
        });
        self.outcome(ticket, Some(message));
    }

    pub(super) fn line_came(&mut self, text: String) {
        self.tell(What::Chat {
            side: Side::Theirs,
            text,
        });
    }
}
