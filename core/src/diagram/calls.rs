//! The rows of an attempt: its calls with what they produced, its states, its refusals, and what the user changed.

use super::{Diagram, Inside, Lane, Row, Text, Tone};
use crate::io::{Event, Side, StateName, What};
use crate::step::{Status, Whose};
use crate::trouble::{Blame, Trouble};
use crate::words::{Message, say};

/// What has to be known of the calls before the next one.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    /// The last call, until it is done or refused: its row, and the signaling state it began in.
    pending: Option<(String, usize, String)>,
    /// The row of the call that made the description which is not known yet.
    making: Option<usize>,
    /// The last description of each side: the place of its event.
    pub(super) mine: Option<usize>,
    pub(super) theirs: Option<usize>,
    /// Steps without a call that were written down already in this attempt.
    written: Vec<u8>,
    /// The signaling state that the last call's row already says.
    said: Option<String>,
    /// The signaling state now; empty before it was told in this attempt.
    signaling: String,
}

impl Diagram {
    /// Calls on the peer connection, what it told, and what it refused.
    pub(super) fn calls(&mut self, event: &Event) {
        match &event.what {
            What::AttemptBegan => self.calls = Calls::default(),
            What::Call {
                step,
                call,
                by_page,
            } => self.call(*step, call, *by_page),
            What::Done { step, call, fact } => self.done(call, fact.as_ref(), *step),
            What::State { name, value } => self.state(*name, value),
            What::Described { side, .. } => self.described(*side, false),
            What::Pending {
                side,
                description: Some(_),
                edited,
            } => {
                self.described(*side, *edited);
            }
            What::Step {
                step,
                status: Status::Done,
                whose: Whose::Mine,
                fact: Some(fact),
                ..
            } => self.decided(*step, fact),
            What::Trouble(trouble) => self.trouble(trouble),
            What::NegotiationNeeded => {
                let row = Row::code("negotiationneeded").meaning("diagram.meaning.needed");
                self.put(row);
            }
            What::Track { side, kind } => {
                let what = match side {
                    Side::Mine => say("diagram.row.track.mine"),
                    Side::Theirs => say("diagram.row.track.theirs"),
                };
                let row = Row::act(Lane::Mine, what).fact(kind.as_str());
                self.put(row.meaning("diagram.meaning.track"));
            }
            _ => {}
        }
    }

    fn call(&mut self, step: Option<u8>, call: &str, by_page: bool) {
        let fact = if by_page {
            say("diagram.by-page").into()
        } else {
            Text::None
        };
        let known = match call {
            _ if call.starts_with("setLocal") => self.calls.mine,
            _ if call.starts_with("setRemote") => self.calls.theirs,
            _ => None,
        };
        let row = Row::code(call)
            .fact(fact)
            .step(step)
            .meaning(meaning(call))
            .inside(known.map_or(Inside::Nothing, Inside::Event));
        let place = self.put(row);
        if call.starts_with("create") && !call.starts_with("createData") {
            self.calls.making = Some(place);
        }
        let state = self.calls.signaling.clone();
        self.calls.pending = Some((call.to_owned(), place, state));
    }

    /// What a call produced is written at the end of its own row.
    fn done(&mut self, call: &str, fact: Option<&Message>, step: Option<u8>) {
        let state = fact.filter(|fact| fact.id == "fact.state");
        let state = state.and_then(|fact| Some(fact.args.first()?.1.clone()));
        let said = match (&state, fact) {
            (Some(state), _) => arrow(state).into(),
            (None, Some(fact)) => Text::Said(fact.clone()),
            (None, None) => Text::None,
        };
        self.calls.said = state;
        match self.calls.pending.take_if(|(pending, ..)| pending == call) {
            Some((_, place, _)) if said != Text::None => self.change(place, |row| row.fact = said),
            Some(_) => {}
            // It needed no call of its own: a listener that was registered long before.
            None => {
                let row = Row::code(call).step(step).fact(said);
                self.put(row.meaning(meaning(call)));
            }
        }
    }

    /// A description became known: it opens in the row of the call that made it or sets it.
    fn described(&mut self, side: Side, edited: bool) {
        let inside = self.this();
        let known = match side {
            Side::Mine => &mut self.calls.mine,
            Side::Theirs => &mut self.calls.theirs,
        };
        *known = Some(self.told - 1);
        if edited {
            let row = Row::act(Lane::Mine, say("diagram.row.edited")).inside(inside);
            self.put(row.meaning("diagram.meaning.edited"));
            return;
        }
        if side == Side::Theirs {
            return;
        }
        let making = self.calls.making.take();
        let setting = self.calls.pending.as_ref();
        let setting = setting.filter(|(call, ..)| call.starts_with("setLocal"));
        for place in [making, setting.map(|(_, place, _)| *place)]
            .into_iter()
            .flatten()
        {
            let inside = inside.clone();
            self.change(place, |row| row.inside = inside);
        }
    }

    /// A state changed; what stands in a call's row already, and where each began, is not said again.
    fn state(&mut self, name: StateName, value: &str) {
        let beginning = matches!(value, "none" | "new")
            || (name == StateName::Signaling && self.calls.signaling.is_empty());
        // A call that sets a description says the new state at the end of its own row, now or when it is done.
        let pending = self.calls.pending.as_ref();
        let setting = pending.is_some_and(|(call, ..)| call.starts_with("set"));
        let said = match name {
            StateName::Signaling => setting || self.calls.said.as_deref() == Some(value),
            // So does the end of gathering.
            StateName::IceGathering => value == "complete",
            // The channel, the checks and the handshake have rows of their own.
            StateName::Channel => true,
            StateName::IceConnection => !matches!(value, "completed" | "closed"),
            StateName::Connection => value == "connected",
        };
        if name == StateName::Signaling && value != "none" {
            self.calls.signaling = value.to_owned();
        }
        if !beginning && !said {
            let bad = matches!(value, "failed" | "disconnected");
            let row = Row::code(name.words().1)
                .fact(arrow(value))
                .tone(if bad { Tone::Bad } else { Tone::Seen })
                .inside(self.this())
                .meaning(match name {
                    StateName::Signaling => "diagram.meaning.state.signaling",
                    StateName::IceGathering => "diagram.meaning.state.gathering",
                    StateName::IceConnection => "diagram.meaning.state.ice",
                    StateName::Connection => "diagram.meaning.state.connection",
                    StateName::Channel => "diagram.meaning.state.channel",
                });
            self.put(row);
        }
    }

    /// The steps that only decide something have no call: their row is their fact.
    fn decided(&mut self, step: u8, fact: &Message) {
        if matches!(step, 1 | 3 | 13 | 15) && !self.calls.written.contains(&step) {
            self.calls.written.push(step);
            let id = match step {
                1 | 13 => "diagram.row.servers",
                _ => "diagram.row.exchange",
            };
            let row = Row::act(Lane::Mine, say(id)).step(Some(step));
            self.put(row.fact(fact.clone()).meaning(match step {
                1 | 13 => "diagram.meaning.servers",
                _ => "diagram.meaning.exchange",
            }));
        }
    }

    /// A refusal stands in the row of its call; every other trouble has a row of its own.
    fn trouble(&mut self, trouble: &Trouble) {
        let inside = self.this();
        let name = trouble.fault.as_ref().map(|fault| &*fault.name);
        let fact: Text = match name {
            Some(name) => say("diagram.refused").with("name", name).into(),
            None => Text::None,
        };
        let refused = trouble.refusal.as_ref().map(|refusal| &*refusal.call);
        let pending = self.calls.pending.take_if(|(call, ..)| match refused {
            Some(refused) => call == refused,
            None => name.is_some(),
        });
        if let Some((_, place, before)) = pending {
            let kept = before == self.calls.signaling;
            return self.change(place, |row| {
                (row.tone, row.fact, row.kept) = (Tone::Bad, fact, kept);
                (row.inside, row.opened) = (inside, true);
            });
        }
        let row = match refused {
            Some(call) => Row::code(call).fact(fact),
            None => Row::act(
                match trouble.blame {
                    Blame::Endpoint => Lane::Endpoint,
                    _ => Lane::Mine,
                },
                trouble.cause.clone(),
            ),
        };
        let closed = self.calls.signaling == "closed";
        let mut row = row.tone(Tone::Bad).inside(inside).step(trouble.step);
        (row.opened, row.kept) = (true, !closed);
        self.put(row);
    }
}

/// What a state became.
fn arrow(state: &str) -> String {
    ["→ ", state].concat()
}

/// What a call does, in one sentence.
fn meaning(call: &str) -> &'static str {
    let name = call.split('(').next().unwrap_or(call);
    match name {
        "new RTCPeerConnection" => "diagram.meaning.call.new",
        "createDataChannel" => "diagram.meaning.call.channel",
        "createOffer" => "diagram.meaning.call.create-offer",
        "createAnswer" => "diagram.meaning.call.create-answer",
        "setLocalDescription" => "diagram.meaning.call.set-local",
        "setRemoteDescription" => "diagram.meaning.call.set-remote",
        "addTransceiver" => "diagram.meaning.call.add-track",
        _ => "diagram.meaning.call.other",
    }
}
