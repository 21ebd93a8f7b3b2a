//! Why nothing happens: the situations that raise no error, each watched for by facts and timers and told with its remedy.
//!
//! A row of the table is a function over what is known and the time. It is silent unless it is sure: a person who reads
//! is slow, not stuck. So nothing is judged while the next step is the user's to take in its order.

mod attempt;
mod channels;
mod company;
mod course;
mod endpoint;
mod judging;
mod known;
mod routes;

use crate::io::{Event, Millis};
use crate::words::Message;
use judging::Judging;
use known::Known;

/// Whose the missing or wrong step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Mine,
    Theirs,
    Endpoint,
    Network,
}

impl Owner {
    /// The word of it in markup and words: `mine`, `theirs`, `endpoint` or `network`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
            Self::Endpoint => "endpoint",
            Self::Network => "network",
        }
    }
}

/// How much a diagnosis asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing goes on from here without somebody doing something.
    Stuck,
    /// Something was lost or is late; the rest may go on.
    Odd,
    /// Nothing is broken; it looks as if it were.
    Calm,
}

impl Tone {
    /// The word of it in markup and words: `stuck`, `odd` or `calm`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stuck => "stuck",
            Self::Odd => "odd",
            Self::Calm => "calm",
        }
    }
}

/// A fact that a diagnosis was judged on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub label: Message,
    pub value: Message,
    /// As it is in a run that works.
    pub good: bool,
}

/// What the other side has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    pub step: u8,
    pub says: Message,
}

/// One situation that holds now.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// `S1` to `S29`, `S4a`, or the name of a situation that has no number.
    pub row: &'static str,
    pub tone: Tone,
    /// Since when it is so.
    pub since: Millis,
    /// What is wrong, in one line.
    pub title: Message,
    /// Why the browser says nothing.
    pub why: Message,
    pub advice: Message,
    pub facts: Vec<Judged>,
    pub whose: Owner,
    /// The missing or wrong step.
    pub step: Option<u8>,
    /// The command that mends it, if it is this side's to give.
    pub mend: Option<&'static str>,
    /// How many things that command sends.
    pub count: usize,
    pub also: Option<Also>,
    /// Troubles that say the same in fewer words: message ids of their cause or advice.
    pub explains: &'static [&'static str],
}

/// Judges one row; nothing if it does not hold, or is not sure yet.
type Judge = fn(&Judging<'_>) -> Option<Diagnosis>;

/// All rows, the most certain first.
const ROWS: [Judge; 36] = [
    endpoint::room_is_full,
    endpoint::s26_refused_by_the_policy_of_the_page,
    endpoint::s24_insecure_socket_of_a_secure_page,
    endpoint::speaks_another_dialect,
    company::s11_own_offer_came_back,
    course::s12_offer_rolled_back,
    course::s1_offer_without_sections,
    course::s2_local_description_not_set,
    routes::s7_relay_policy_without_relay,
    course::s3_candidate_events_missed,
    course::s19_description_without_its_candidates,
    course::s29_channel_threw,
    course::s25_call_never_settles,
    routes::s4a_firefox_gave_up,
    routes::s4_candidates_never_sent,
    routes::s6_strict_networks,
    routes::s10_names_of_one_network,
    routes::s5_no_pair_works,
    channels::s13_channel_on_the_wrong_side,
    channels::s15_creator_waits_for_its_own_channel,
    channels::s14_channel_event_missed,
    channels::s28_open_event_missed,
    company::s20_joined_after_the_offer,
    company::signal_lost_on_purpose,
    company::s17_other_side_closed,
    company::s27_no_goodbye,
    company::s22_interrupted,
    channels::s16_added_but_not_offered,
    channels::s21_lines_lost_by_choice,
    channels::s23_picture_stays_black,
    company::s18_closing_tells_nobody,
    company::nobody_answers,
    routes::s8_server_is_dead,
    routes::s9_server_failed_and_is_not_needed,
    endpoint::in_the_background,
    endpoint::absent_on_plain_http,
];

/// Follows a run and says what it is stuck on.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    known: Known,
}

impl Watch {
    /// Before anything happened.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one fact.
    pub fn apply(&mut self, event: &Event) {
        self.known.apply(event);
    }

    /// Everything that holds at `now`, the most certain first. For a record that was read, `now` is its end.
    pub fn diagnose(&self, now: Millis) -> Vec<Diagnosis> {
        let judging = Judging::new(&self.known, now);
        ROWS.iter().filter_map(|row| row(&judging)).collect()
    }

    /// When at the earliest time alone may change what [`Watch::diagnose`] says.
    pub fn next_deadline(&self, now: Millis) -> Option<Millis> {
        let judging = Judging::new(&self.known, now);
        for row in &ROWS {
            let _only_its_deadline = row(&judging);
        }
        judging.deadline()
    }
}
