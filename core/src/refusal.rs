//! What a browser's refusal means: a table of known ones, matched on the call, the error's name, the signaling state and what
//! was seen before, never on the browser's text. Mistakes that a browser accepts without a word are told by facts alone.

mod call;
mod given;
mod rows;
mod seen;
mod server;
mod silent;

use std::borrow::Cow;

use crate::command::Plain;
use crate::io::{Event, Fault, Role, Side, What};
use crate::step::{STEPS, Whose};
use crate::trouble::Refusal;
use crate::words::Message;

use call::{Call, Method};
use rows::{Lost, Row};
use seen::Seen;

/// Watches a run for refusals that are known.
#[derive(Debug, Clone, Default)]
pub struct Refusals {
    seen: Seen,
    standing: Option<Explained>,
}

/// What a refusal means here, and the way back.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The row of the table of pitfalls: `A1` to `A35`.
    pub row: &'static str,
    /// What is wrong, in one line.
    pub title: Message,
    pub cause: Message,
    pub remedy: Message,
    /// What the refusal cost; none where nothing was refused.
    pub lost: Option<Message>,
    /// The step that leads on, where one does.
    pub mend: Option<Mend>,
    /// The call as JavaScript without values.
    pub call: String,
    /// `signalingState` at that moment; empty before there was a connection.
    pub state: String,
    /// The browser's words; none where it said nothing.
    pub fault: Option<Fault>,
}

/// A step that mends something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mend {
    pub command: Plain,
    pub whose: Whose,
    /// Its number in the course, for the side that takes it.
    pub step: Option<u8>,
}

impl Refusals {
    /// Takes one fact; what it means, if it is a known mistake.
    pub fn apply(&mut self, event: &Event) -> Option<Explained> {
        self.forget(&event.what);
        let found = match &event.what {
            What::Trouble(trouble) => {
                let (refusal, fault) = (trouble.refusal.as_ref()?, trouble.fault.as_ref()?);
                self.refused(refusal, fault, event.at)
            }
            what => {
                let found = silent::find(&self.seen, what);
                self.seen.apply(event);
                found.and_then(|(row, call)| self.explain(row, &call, event.at, None))
            }
        };
        if found.is_some() {
            self.standing.clone_from(&found);
        }
        found
    }

    /// The newest one that has not been answered: a refusal stands until the user's next call, what the browser accepted until the
    /// attempt is over, both until the channel is open.
    pub fn standing(&self) -> Option<&Explained> {
        self.standing.as_ref()
    }

    /// The page is shown inside another one, which may withhold cameras from it.
    pub fn shown_in_a_frame(&mut self, framed: bool) {
        self.seen.framed = framed;
    }

    /// Every key of the catalogue that can be said, for the test that holds both together.
    pub fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
        let silent = silent::ROWS.iter();
        rows::all().chain(silent).map(|row| (row.id, row.key))
    }

    fn refused(&self, refusal: &Refusal, fault: &Fault, at: f64) -> Option<Explained> {
        let case = Case {
            call: Call::read(&refusal.call),
            error: &fault.name,
            state: self.state(&refusal.state),
            seen: &self.seen,
        };
        let row = rows::all().find(|row| row.fits(&case))?;
        self.explain(row, &case.call, at, Some(fault))
    }

    fn explain(
        &self,
        row: &'static Row,
        call: &Call,
        at: f64,
        fault: Option<&Fault>,
    ) -> Option<Explained> {
        let case = Case {
            call: call.clone(),
            error: fault.map_or("", |fault| &fault.name),
            state: self.state(""),
            seen: &self.seen,
        };
        let args = case.args(at);
        let say = |part: &str| Message {
            id: Cow::Owned(format!("refusal.{}.{part}", row.key)),
            args: args.clone(),
        };
        let lost = match row.lost {
            Lost::Nothing if call.method == Method::New => "refusal.lost.not-made",
            Lost::Nothing => "refusal.lost.nothing",
            Lost::Candidate => "refusal.lost.candidate",
            Lost::Line => "refusal.lost.line",
        };
        Some(Explained {
            row: row.id,
            title: say("title"),
            cause: say("cause"),
            remedy: say("remedy"),
            lost: fault.map(|_| Message::new(lost)),
            mend: (row.mend)(&case).map(|(command, whose)| mend(command, whose, self.seen.role)),
            call: call.text.clone(),
            state: case.state.to_owned(),
            fault: fault.cloned(),
        })
    }

    fn state<'a>(&'a self, told: &'a str) -> &'a str {
        if told.is_empty() {
            &self.seen.signaling
        } else {
            told
        }
    }

    fn forget(&mut self, what: &What) {
        let over = match what {
            What::Joining { .. } | What::Left => true,
            What::Channel { state, .. } => state == "open",
            What::AttemptBegan => self.standing_was_silent(),
            What::Call { by_page, .. } => !by_page && !self.standing_was_silent(),
            What::Chat {
                side: Side::Mine, ..
            } => self.standing_is_of_a_line(),
            _ => false,
        };
        if over {
            self.standing = None;
        }
    }

    fn standing_is_of_a_line(&self) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| Call::read(&standing.call).method == Method::Send)
    }

    fn standing_was_silent(&self) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| standing.fault.is_none())
    }
}

/// One refusal as rows look at it.
struct Case<'a> {
    call: Call,
    error: &'a str,
    state: &'a str,
    seen: &'a Seen,
}

impl Case<'_> {
    /// What sentences may say: each name of a hole has a value here, if an empty one.
    fn args(&self, at: f64) -> Vec<(Cow<'static, str>, String)> {
        let seen = self.seen;
        let ago = seen.theirs.set_at.map_or(0.0, |then| (at - then) / 1000.0);
        let candidate = seen.suspect();
        let text = |text: Option<&str>| text.unwrap_or("").to_owned();
        let all: [(&'static str, String); 11] = [
            ("state", self.state.to_owned()),
            ("call", self.call.text.clone()),
            ("ago", format!("{ago:.1}")),
            (
                "mid",
                text(candidate.and_then(|one| one.sdp_mid.as_deref())),
            ),
            (
                "index",
                candidate
                    .and_then(|one| one.sdp_m_line_index)
                    .map_or(String::new(), |index| index.to_string()),
            ),
            (
                "ufrag",
                text(candidate.and_then(crate::sdp::candidate_ufrag)),
            ),
            (
                "present",
                text(seen.theirs.set_sdp().and_then(crate::sdp::ufrag)),
            ),
            (
                "mine",
                seen.mine
                    .set_sdp()
                    .map_or(0, crate::sdp::sections)
                    .to_string(),
            ),
            (
                "theirs",
                seen.theirs
                    .given_sdp()
                    .map_or(0, crate::sdp::sections)
                    .to_string(),
            ),
            ("limit", seen.largest_message().to_string()),
            ("url", text(server::suspect(&seen.servers))),
        ];
        all.into_iter()
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect()
    }
}

fn mend(command: Plain, whose: Whose, role: Option<Role>) -> Mend {
    let step = STEPS.iter().find(|step| {
        role.is_some() && step.command == Some(command) && step.actor.whose(role) == whose
    });
    Mend {
        command,
        whose,
        step: step.map(|step| step.number),
    }
}
