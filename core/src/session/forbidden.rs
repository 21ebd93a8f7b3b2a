//! Forbidden steps, taken because the user wants to see them fail: the call is made, and the run does not depend on it.

use super::{By, Session};
use crate::command::Plain;
use crate::io::{Effect, Operation, Role, Ticket};
use crate::sdp;
use crate::settings::Mode;
use crate::signal::{Description, DescriptionKind};
use crate::words::say;

/// A description that says nothing: something to call with where nothing was made and nothing came.
const NOTHING: &str = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

impl Session {
    /// Makes the call of a command that the guards forbid.
    pub(super) fn force(&mut self, plain: Plain, ticket: Option<Ticket>) {
        let attempt = self.attempt.number;
        let (operation, effect) = match plain {
            Plain::CreateOffer | Plain::Renegotiate | Plain::RestartIce => {
                let ice_restart = plain == Plain::RestartIce;
                let effect = Effect::CreateOffer {
                    attempt,
                    ice_restart,
                };
                (Operation::CreateOffer, effect)
            }
            Plain::CreateAnswer => (Operation::CreateAnswer, Effect::CreateAnswer { attempt }),
            Plain::SetLocalDescription => {
                let description = self.wrong_local();
                let operation = Operation::SetLocalDescription(description.kind);
                let effect = Effect::SetLocalDescription {
                    attempt,
                    description,
                };
                (operation, effect)
            }
            Plain::SetRemoteDescription => {
                let description = self.wrong_remote();
                let operation = Operation::SetRemoteDescription(description.kind);
                let effect = Effect::SetRemoteDescription {
                    attempt,
                    description,
                };
                (operation, effect)
            }
            Plain::AddDataChannel => return self.add_channel_anyway(ticket),
            _ => return self.take(plain, By::User, ticket),
        };
        let failed = self.facts.attempt.failed;
        self.operate(operation, effect, By::User, ticket);
        self.facts.attempt.failed = failed;
        self.mark_forced();
    }

    /// Whether the user decides what is done with what comes, even where the browser will refuse it.
    pub(super) fn may_fail(&self) -> bool {
        self.facts.options.let_me_fail && self.mode() != Mode::Auto
    }

    pub(super) fn mark_forced(&mut self) {
        if let Some(pending) = self.attempt.pending.back_mut() {
            pending.forced = true;
        }
    }

    /// What there is to call `setLocalDescription` with: what was made, else what came, else nothing in proper form. Who
    /// owes an answer and made nothing calls with an answer.
    fn wrong_local(&self) -> Description {
        let attempt = &self.attempt;
        let own = attempt.created.as_ref().or(attempt.own.as_ref());
        if let Some(own) = own {
            return own.clone();
        }
        let owes = self.facts.attempt.signaling == "have-remote-offer";
        let came = attempt.heard.clone().unwrap_or_else(nothing);
        match owes {
            true => Description {
                kind: DescriptionKind::Answer,
                ..came
            },
            false => came,
        }
    }

    /// What there is to call `setRemoteDescription` with: what came, else nothing in proper form.
    fn wrong_remote(&self) -> Description {
        let attempt = &self.attempt;
        let came = attempt.received.as_ref().or(attempt.heard.as_ref());
        came.cloned().unwrap_or_else(nothing)
    }

    /// The browser took what this page would not have given it: what came of that.
    pub(super) fn remote_taken(&mut self, description: &Description) {
        let offer = description.kind == DescriptionKind::Offer;
        if self.is_mine(&description.sdp) {
            self.note(say("note.own-applied"));
        } else if offer && self.facts.offers() && self.attempt.remote.is_none() {
            // Our offer is rolled back; the answer is ours to give now.
            self.withdraw_offer();
            self.set_role(Role::Answerer, say("role.their-offer"));
            self.accept(description.clone());
        } else if sdp::sections(&description.sdp) == 0 {
            self.note(say("note.empty-applied"));
        }
    }

    /// Whether a description was made on this peer connection.
    pub(super) fn is_own(&self, description: &Description) -> bool {
        let own = self.attempt.own.as_ref();
        own.is_some_and(|own| sdp::fingerprint(&own.sdp) == sdp::fingerprint(&description.sdp))
    }

    /// Who listens for the other side's channel and clicks again creates one, as on the wrong side.
    fn add_channel_anyway(&mut self, ticket: Option<Ticket>) {
        let planned = self.run.as_ref().and_then(|run| run.channels.first());
        if let Some(channel) = planned.cloned() {
            self.add_channel(channel, By::User, ticket);
            self.mark_forced();
        }
    }
}

fn nothing() -> Description {
    Description {
        kind: DescriptionKind::Answer,
        sdp: NOTHING.to_owned(),
    }
}
