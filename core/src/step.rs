//! The 26 steps of a connection as a table, each judged over facts.

mod judges;
mod theirs;

use crate::command::Plain;
use crate::facts::Facts;
use crate::guard;
use crate::io::{Role, What};
use crate::words::Message;

/// How a step stands, as `data-status` shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Done,
    Next,
    Possible,
    Waiting,
    Skipped,
    Failed,
}

impl Status {
    /// The word for `data-status`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Next => "next",
            Self::Possible => "possible",
            Self::Waiting => "waiting",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// Who takes a step, seen from this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Theirs,
    Relay,
}

impl Whose {
    /// The word for `data-whose`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
            Self::Relay => "relay",
        }
    }
}

/// How a step of somebody else is known to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Its product arrived here.
    Observed,
    /// Something arrived that cannot be without it.
    Inferred,
}

impl Evidence {
    /// The word for `data-evidence`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Inferred => "inferred",
        }
    }
}

/// Who acts in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Offerer,
    Answerer,
    Relay,
}

impl Actor {
    /// Whose step it is for a page in `role`. Without a role, the offerer's steps count as the page's own.
    pub fn whose(self, role: Option<Role>) -> Whose {
        match (self, role) {
            (Self::Relay, _) => Whose::Relay,
            (Self::Offerer, Some(Role::Answerer)) | (Self::Answerer, Some(Role::Offerer)) => {
                Whose::Theirs
            }
            _ => Whose::Mine,
        }
    }
}

/// What a step amounts to, before one is chosen as the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    pub status: Status,
    pub evidence: Option<Evidence>,
    pub fact: Option<Message>,
}

/// One row of the course.
pub struct Step {
    pub number: u8,
    pub stage: u8,
    pub actor: Actor,
    /// The control that takes the step; none for steps that happen by themselves.
    pub command: Option<Plain>,
    /// Whether the course goes on while this one is still to come (gathering runs beside the others).
    pub beside: bool,
    judge: fn(&Facts) -> Judgement,
}

const fn row(
    number: u8,
    stage: u8,
    actor: Actor,
    command: Option<Plain>,
    judge: fn(&Facts) -> Judgement,
) -> Step {
    Step {
        number,
        stage,
        actor,
        command,
        beside: matches!(number, 1 | 3 | 7 | 9 | 13 | 15 | 20),
        judge,
    }
}

/// The 26 steps, in the order of the course.
pub const STEPS: [Step; 26] = {
    use Actor::{Answerer, Offerer, Relay};
    use Plain::*;
    [
        row(1, 1, Offerer, None, judges::ice_servers),
        row(
            2,
            1,
            Offerer,
            Some(CreatePeerConnection),
            judges::peer_connection,
        ),
        row(3, 1, Offerer, None, judges::decided),
        row(4, 1, Offerer, Some(AddDataChannel), judges::channel),
        row(5, 1, Offerer, Some(CreateOffer), judges::made_offer),
        row(6, 1, Offerer, Some(SetLocalDescription), judges::local),
        row(7, 1, Offerer, None, judges::gathered),
        row(8, 1, Offerer, Some(SendOffer), judges::offer_sent),
        row(9, 1, Offerer, None, judges::sent_early),
        row(10, 2, Relay, None, judges::offer_passed),
        row(11, 3, Answerer, None, judges::answerer_joined),
        row(12, 3, Answerer, None, judges::offer_received),
        row(13, 3, Answerer, None, judges::ice_servers),
        row(
            14,
            3,
            Answerer,
            Some(CreatePeerConnection),
            judges::peer_connection,
        ),
        row(15, 3, Answerer, None, judges::decided),
        row(16, 3, Answerer, Some(AddDataChannel), judges::channel),
        row(17, 3, Answerer, Some(SetRemoteDescription), judges::remote),
        row(18, 3, Answerer, Some(CreateAnswer), judges::made_answer),
        row(19, 3, Answerer, Some(SetLocalDescription), judges::local),
        row(20, 3, Answerer, None, judges::gathered),
        row(21, 3, Answerer, Some(SendAnswer), judges::answer_sent),
        row(
            22,
            3,
            Answerer,
            Some(SendCandidates),
            judges::candidates_sent,
        ),
        row(23, 4, Relay, None, judges::answer_passed),
        row(24, 5, Offerer, None, judges::answer_received),
        row(
            25,
            5,
            Offerer,
            Some(SendCandidates),
            judges::candidates_sent,
        ),
        row(26, 5, Offerer, Some(SetRemoteDescription), judges::remote),
    ]
};

/// One step as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub step: u8,
    pub status: Status,
    pub whose: Whose,
    pub evidence: Option<Evidence>,
    pub fact: Option<Message>,
}

impl From<Standing> for What {
    fn from(standing: Standing) -> Self {
        let Standing {
            step,
            status,
            whose,
            evidence,
            fact,
        } = standing;
        Self::Step {
            step,
            status,
            whose,
            evidence,
            fact,
        }
    }
}

/// What to tell of the steps that stand otherwise than they were told last.
pub fn news(told: &[Standing], now: &[Standing]) -> Vec<What> {
    let differs = |(place, standing): &(usize, &Standing)| told.get(*place) != Some(standing);
    let new = now.iter().enumerate().filter(differs);
    new.map(|(_, standing)| standing.clone().into()).collect()
}

/// Every step judged, with at most one marked as next.
pub fn stand(facts: &Facts) -> Vec<Standing> {
    let next = next(facts).map(|step| step.number);
    STEPS
        .iter()
        .map(|step| standing(step, facts, next))
        .collect()
}

/// The step the course recommends now: the first of mine that is open and can be taken; none while somebody else has to act.
pub fn next(facts: &Facts) -> Option<&'static Step> {
    facts.run.role?;
    let open = STEPS
        .iter()
        .filter(|step| step.actor.whose(facts.run.role) == Whose::Mine)
        .filter(|step| !step.beside)
        .find(|step| !settled(judged(step, facts).status))?;
    let command = open.command?;
    guard::allow(facts, command).is_ok().then_some(open)
}

/// The step of mine that a command takes for this role.
pub fn of_command(facts: &Facts, command: Plain) -> Option<u8> {
    STEPS
        .iter()
        .find(|step| {
            step.command == Some(command) && step.actor.whose(facts.run.role) == Whose::Mine
        })
        .map(|step| step.number)
}

fn standing(step: &Step, facts: &Facts, next: Option<u8>) -> Standing {
    let whose = step.actor.whose(facts.run.role);
    let Judgement {
        mut status,
        evidence,
        fact,
    } = judged(step, facts);
    if !settled(status) && whose == Whose::Mine && facts.run.role.is_some() {
        let possible = step
            .command
            .is_some_and(|command| guard::allow(facts, command).is_ok());
        if next == Some(step.number) {
            status = Status::Next;
        } else if possible {
            status = Status::Possible;
        }
    }
    if facts.attempt.failed == Some(step.number) && whose == Whose::Mine {
        status = Status::Failed;
    }
    Standing {
        step: step.number,
        status,
        whose,
        evidence,
        fact,
    }
}

fn settled(status: Status) -> bool {
    matches!(status, Status::Done | Status::Skipped)
}

fn judged(step: &Step, facts: &Facts) -> Judgement {
    if facts.run.role.is_none() || !facts.run.joined {
        return judges::waiting();
    }
    if step.actor.whose(facts.run.role) == Whose::Theirs {
        return theirs::judge(step.number, facts);
    }
    (step.judge)(facts)
}
