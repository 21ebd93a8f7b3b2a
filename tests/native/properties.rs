//! Whatever comes in, in whatever order and at whatever time: no panic, no flood, the contract holds, no secret is told.

use std::collections::VecDeque;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Effect, Fault, Input, Operation, RtcReport, SignalReport};
use webrtc_steps_core::settings::Start;
use webrtc_steps_core::signal::DescriptionKind;
use webrtc_steps_core::{Output, Session};

use crate::anything::{Happening, happening, speaker};
use crate::pair::browser::operation;
use crate::pair::watch::{CREDENTIAL, Watch};

/// One input leads to no more than this, however much there is to say again.
const MOST_OUTPUTS: usize = 4_096;

/// Drives one session and checks it after every input.
struct Driven {
    session: Session,
    watch: Watch,
    now: f64,
    link: u32,
    attempt: u32,
    tickets: u32,
    orders: VecDeque<(u32, Effect)>,
    alive: Option<u32>,
    /// Its browser reports only on a connection that is there, and answers only what it was asked.
    honest: bool,
}

impl Driven {
    fn new(seed: u64, honest: bool) -> Result<Self, String> {
        let start = Start {
            fields: Vec::new(),
            https: false,
            epoch: 0.0,
            ..Start::default()
        };
        let mut driven = Self {
            session: Session::new(start, seed),
            watch: Watch::new(),
            now: 0.0,
            link: 0,
            attempt: 0,
            tickets: 0,
            orders: VecDeque::new(),
            alive: None,
            honest,
        };
        driven.drain()?;
        Ok(driven)
    }

    fn happen(&mut self, happening: Happening) -> Result<(), String> {
        let input = match happening {
            Happening::Time(at) => {
                self.now = at;
                Input::Tick
            }
            Happening::Command(command) => {
                self.tickets += 1;
                let ticket = Some(self.tickets);
                Input::Command { command, ticket }
            }
            Happening::Rtc(of, report) => {
                let attempt = of.unwrap_or(self.attempt);
                let answers = matches!(report, RtcReport::Done { .. } | RtcReport::Refused { .. });
                if self.honest && (answers || self.alive != Some(attempt)) {
                    return Ok(());
                }
                Input::Rtc { attempt, report }
            }
            Happening::Signal(of, report) => {
                let link = of.unwrap_or(self.link);
                Input::Signal { link, report }
            }
            Happening::Plainly(input) => input,
            Happening::Obeys => match self.orders.pop_front() {
                Some((attempt, order)) => obeyed(attempt, &order),
                None => Input::Tick,
            },
            Happening::Refuses(name) => match self.orders.pop_front() {
                Some((attempt, order)) => refused(attempt, &order, name),
                None => Input::Tick,
            },
        };
        let refuses = |report: &RtcReport| {
            matches!(
                report,
                RtcReport::Refused {
                    operation: Operation::Create,
                    ..
                }
            )
        };
        let pending = !self.session.facts().attempt.peer_connection;
        if pending
            && let Input::Rtc { attempt, report } = &input
            && refuses(report)
            && self.alive == Some(*attempt)
        {
            self.alive = None;
        }
        self.session.handle(self.now, input);
        self.drain()?;
        self.watch.steps()
    }

    fn drain(&mut self) -> Result<(), String> {
        for count in 0.. {
            if count >= MOST_OUTPUTS {
                return Err("it never stops".to_owned());
            }
            match self.session.poll() {
                None => return Ok(()),
                Some(Output::Event(event)) => {
                    self.attempt = event.attempt;
                    let told = self.watch.event(&event);
                    told.map_err(|broken| format!("{event:?}: {broken}"))?;
                }
                Some(Output::Effect(effect)) => self.ordered(effect)?,
            }
        }
        Ok(())
    }

    /// Orders go to the connection that is alive, and only there.
    fn ordered(&mut self, effect: Effect) -> Result<(), String> {
        let shown = format!("{effect:?}");
        if shown.contains(CREDENTIAL) {
            return Err(format!("{shown}: it holds the credential"));
        }
        let (of, alive) = (attempt_of(&effect), self.alive);
        match &effect {
            Effect::OpenLink { link, .. } => self.link = *link,
            Effect::CreatePeerConnection { attempt, .. } if alive.is_none() => {
                self.alive = Some(*attempt)
            }
            Effect::CreatePeerConnection { .. } if self.honest => {
                return Err(format!("{shown} while {alive:?} is alive"));
            }
            Effect::ClosePeerConnection { attempt } if alive == Some(*attempt) => self.alive = None,
            _ if of.is_none() || of == alive => {}
            _ if self.honest => return Err(format!("{shown} while {alive:?} is alive")),
            _ => {}
        }
        if let (Some(attempt), Some(_)) = (of, operation(&effect)) {
            self.orders.push_back((attempt, effect));
        }
        Ok(())
    }
}

fn attempt_of(effect: &Effect) -> Option<u32> {
    match effect {
        Effect::CreatePeerConnection { attempt, .. }
        | Effect::AddDataChannel { attempt, .. }
        | Effect::CreateOffer { attempt, .. }
        | Effect::CreateAnswer { attempt }
        | Effect::SetLocalDescription { attempt, .. }
        | Effect::SetRemoteDescription { attempt, .. }
        | Effect::AddCandidate { attempt, .. }
        | Effect::SendText { attempt, .. }
        | Effect::ReadSelectedPair { attempt }
        | Effect::DropDataChannels { attempt }
        | Effect::SetIceServers { attempt, .. }
        | Effect::ClosePeerConnection { attempt } => Some(*attempt),
        _ => None,
    }
}

fn obeyed(attempt: u32, order: &Effect) -> Input {
    let made = match order {
        Effect::CreateOffer { .. } => {
            Some(speaker("m", 1).describe(DescriptionKind::Offer, 1, true))
        }
        Effect::CreateAnswer { .. } => {
            Some(speaker("m", 1).describe(DescriptionKind::Answer, 1, true))
        }
        _ => None,
    };
    let operation = operation(order).unwrap_or(Operation::Send);
    let report = RtcReport::Done {
        operation,
        description: made,
    };
    Input::Rtc { attempt, report }
}

fn refused(attempt: u32, order: &Effect, name: String) -> Input {
    let operation = operation(order).unwrap_or(Operation::Send);
    let fault = Fault {
        name,
        message: "no".to_owned(),
    };
    Input::Rtc {
        attempt,
        report: RtcReport::Refused { operation, fault },
    }
}

/// In a room with somebody else: where most of what can go wrong begins.
fn in_a_room(mode: &str) -> Vec<Happening> {
    let fields = [
        ("endpoint", "ws://relay.test"),
        ("room", "blue"),
        ("mode", mode),
    ];
    let fields = fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    let joined = serde_json::json!({"joined": {"self": "b-2", "peers": ["a-1"], "resume": "token-of-b-2", "version": 1}});
    vec![
        Happening::Command(Command::Join(fields)),
        Happening::Signal(None, SignalReport::Open { presence: None }),
        Happening::Signal(None, SignalReport::Frame(joined.to_string())),
    ]
}

fn hold(seed: u64, honest: bool, happenings: Vec<Happening>) -> Result<(), TestCaseError> {
    let mut driven = Driven::new(seed, honest).map_err(TestCaseError::fail)?;
    for happening in happenings {
        driven.happen(happening).map_err(TestCaseError::fail)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_breaks_the_contract(seed in any::<u64>(), happenings in vec(happening(), 0..120)) {
        hold(seed, false, happenings)?;
    }

    #[test]
    fn no_input_in_a_room_breaks_the_contract(
        mode in select(vec!["manual", "trickle", "auto"]),
        happenings in vec(happening(), 0..120),
    ) {
        hold(1, false, in_a_room(mode).into_iter().chain(happenings).collect())?;
    }

    #[test]
    fn orders_go_only_to_the_connection_that_is_alive(
        mode in select(vec!["manual", "trickle", "auto"]),
        happenings in vec(happening(), 0..120),
    ) {
        hold(1, true, in_a_room(mode).into_iter().chain(happenings).collect())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_frame_is_too_deep_or_too_long(deep in 0_usize..200_000, text in any::<String>()) {
        let frames = ["[".repeat(deep), format!("{{\"a\":{}", "{\"a\":".repeat(deep)), text.repeat(deep % 300)];
        let frames = frames.map(|frame| Happening::Signal(None, SignalReport::Frame(frame)));
        hold(1, false, in_a_room("auto").into_iter().chain(frames).collect())?;
    }
}

#[test]
fn ten_thousand_candidates_are_a_bounded_load() {
    let mut driven = Driven::new(1, false).expect("a session");
    for happening in in_a_room("auto") {
        driven.happen(happening).expect("the contract holds");
    }
    for index in 0..10_000 {
        let mine = RtcReport::LocalCandidate(speaker("m", 1).candidate(index));
        driven
            .happen(Happening::Rtc(None, mine))
            .expect("the contract holds");
        let theirs = speaker("t", 1).candidate(index);
        let data = serde_json::json!({"candidate": {"candidate": theirs.candidate, "sdpMid": "0"}});
        let frame = serde_json::json!({"from": "a-1", "data": data}).to_string();
        driven
            .happen(Happening::Signal(None, SignalReport::Frame(frame)))
            .expect("the contract holds");
    }
    assert!(driven.session.facts().attempt.found <= 256);
    assert!(driven.session.facts().attempt.theirs <= 256);
}
