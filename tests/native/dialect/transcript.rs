//! Transcripts: what happens to one side of a conversation, line by line, and what its dialect makes of it.
//!
//! A scene begins with `== a title`. A line at the margin happens, the indented lines below it are what follows:
//!
//! - `given NAME VALUE`: what the user gave, before anything else (`endpoint` and `room` have values).
//! - `connect`, `open`, `close CODE REASON`, `wait 5 s`: the transport and the clock.
//! - `ask`, `offer`, `answer`, `candidate`, `candidates` (two), `end`, `leave`: what the session has to say.
//! - `< FRAME` comes; `http 200 TEXT`, `http blind`, `http failed WORDS` answer the last request; `peer NAME` is picked.
//! - below: `> FRAME` is written, `~ EVENT` is told, `url`, `protocols`, `http METHOD URL` (and `body`, `header`),
//!   `held NAME`, `unknown POINTER: WHY`, `stranger NAME`, `refused NAME` (the URL has no value for it).

use std::collections::BTreeSet;

use serde_json::Value;
use webrtc_steps_core::dialect::{
    Conversation, Dialect, Fetch, FetchAnswer, Reading, Say, Told, Written,
};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

use crate::placeholders::{CANDIDATE, Names, SDP, shortened};

/// The clock when a scene begins, in ms since 1970.
const BEGIN: f64 = 1_700_000_000_000.0;

/// One side under way.
pub(crate) struct Side {
    pub(crate) conversation: Conversation,
    clock: f64,
    asked: Option<u32>,
    open: bool,
    /// What followed from the last deed.
    lines: Vec<String>,
    /// The rules that acted so far.
    pub(crate) used: BTreeSet<usize>,
}

/// What became of a transcript.
pub(crate) struct Outcome {
    /// The transcript as it is now.
    pub(crate) text: String,
    /// The first deed that leads elsewhere: its line and what was expected and came.
    pub(crate) wrong: Option<String>,
    /// The rules that acted.
    pub(crate) used: BTreeSet<usize>,
    /// The frames, and the answers by HTTP, that came.
    pub(crate) came: Vec<String>,
}

/// Runs all scenes of a transcript.
pub(crate) fn run(dialect: &Dialect, text: &str) -> Outcome {
    let mut outcome = Outcome {
        text: String::new(),
        wrong: None,
        used: BTreeSet::new(),
        came: Vec::new(),
    };
    let mut lines = text.lines().peekable();
    let mut given: Vec<(&str, &str)> = Vec::new();
    let mut side: Option<Side> = None;
    let mut names = Names::default();
    while let Some(line) = lines.next() {
        outcome.text.push_str(line);
        outcome.text.push('\n');
        if line.starts_with("==") {
            outcome
                .used
                .extend(side.take().into_iter().flat_map(|s| s.used));
            given = vec![("endpoint", "ws://host"), ("room", "r1")];
            names = Names::default();
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(words) = line.strip_prefix("given ") {
            let (name, value) = words.split_once(' ').unwrap_or((words, ""));
            given.retain(|(known, _)| *known != name);
            given.push((name, value));
            continue;
        }
        let side = side.get_or_insert_with(|| Side::new(dialect, &given, 1));
        let deed = names.fill(line);
        side.deed(&deed);
        let comes = deed.strip_prefix("< ").or(deed.strip_prefix("http 200 "));
        outcome.came.extend(comes.map(str::to_owned));
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with("    ")) {
            expected.push(line.trim_start());
        }
        let came = std::mem::take(&mut side.lines);
        let fits = expected.len() == came.len()
            && expected.iter().zip(&came).all(|(e, c)| names.fit(e, c));
        let kept: Vec<String> = if fits {
            expected.iter().map(|&line| line.to_owned()).collect()
        } else {
            came.iter().map(|line| shortened(line)).collect()
        };
        if !fits && outcome.wrong.is_none() {
            outcome.wrong = Some(difference(line, &expected, &kept));
        }
        for line in kept {
            outcome.text.push_str(&format!("    {line}\n"));
        }
    }
    outcome.used.extend(side.into_iter().flat_map(|s| s.used));
    outcome
}

fn difference(deed: &str, expected: &[&str], came: &[String]) -> String {
    let expected = expected.iter().map(|line| format!("  - {line}\n"));
    let came = came.iter().map(|line| format!("  + {line}\n"));
    let lines: String = expected.chain(came).collect();
    format!("{deed}\n{lines}")
}

impl Side {
    /// `seed` is the randomness of what the dialect makes up.
    pub(crate) fn new(dialect: &Dialect, given: &[(&str, &str)], seed: u64) -> Self {
        let mut conversation = Conversation::new(dialect, given, seed);
        conversation.at(BEGIN);
        Self {
            conversation,
            clock: BEGIN,
            asked: None,
            open: false,
            lines: Vec::new(),
            used: BTreeSet::new(),
        }
    }

    /// Does a line, and returns what follows.
    pub(crate) fn does(&mut self, line: &str) -> Vec<String> {
        self.deed(line);
        std::mem::take(&mut self.lines)
    }

    fn deed(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "<" => {
                self.open = true;
                let reading = self.conversation.read(rest);
                self.heard(reading);
            }
            "connect" => self.connect(),
            "open" => {
                self.open = true;
                self.say(Say::Open);
            }
            "ask" => self.say(Say::RequestOffer),
            "offer" => self.say(Say::Description(&description(DescriptionKind::Offer))),
            "answer" => self.say(Say::Description(&description(DescriptionKind::Answer))),
            "candidate" => self.say(Say::Candidates(&[candidate()])),
            "candidates" => self.say(Say::Candidates(&[candidate(), candidate()])),
            "end" => self.say(Say::End),
            "leave" => self.say(Say::Leave),
            "close" => {
                let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                let code = code.parse().expect("a close code");
                self.say(Say::Close { code, reason });
            }
            "peer" => self.conversation.set_peer(Some(rest)),
            "http" => self.answered(rest),
            "wait" => self.wait(rest),
            _ => panic!("no such line: {line}"),
        }
    }

    fn connect(&mut self) {
        self.open = false;
        let written = self.conversation.begin();
        let asks = !written.fetches.is_empty();
        self.wrote(written);
        if !asks {
            self.target();
        }
    }

    fn target(&mut self) {
        match self.conversation.target() {
            Ok(Some(target)) => {
                self.lines.push(format!("url {}", target.url));
                if !target.protocols.is_empty() {
                    let protocols = target.protocols.join(" ");
                    self.lines.push(format!("protocols {protocols}"));
                }
            }
            Ok(None) => {}
            Err(hole) => self.lines.push(format!("refused {hole}")),
        }
    }

    fn say(&mut self, say: Say<'_>) {
        let written = self.conversation.write(say);
        self.wrote(written);
    }

    fn wait(&mut self, time: &str) {
        let seconds: f64 = time
            .trim_end_matches(" s")
            .parse()
            .expect("a time like 5 s");
        let end = self.clock + seconds * 1000.0;
        while let Some(due) = self.conversation.next_turn().filter(|due| *due <= end) {
            self.clock = self.clock.max(due);
            self.conversation.at(self.clock);
            let written = self.conversation.turn();
            self.wrote(written);
        }
        self.clock = end;
        self.conversation.at(end);
    }

    /// An answer to the last request. If that came before the socket opened, the URL follows.
    fn answered(&mut self, answer: &str) {
        let (word, rest) = answer.split_once(' ').unwrap_or((answer, ""));
        let answer = match word {
            "blind" => FetchAnswer::Blind,
            "failed" => FetchAnswer::Failed(rest.to_owned()),
            status => FetchAnswer::Came {
                status: status.parse().expect("a status"),
                text: rest.to_owned(),
            },
        };
        let id = self.asked.expect("something was asked by HTTP");
        let reading = self.conversation.fetched(id, &answer);
        let refused = |told: &Told| matches!(told, Told::Refused { .. });
        let failed = reading.told.iter().any(refused);
        self.heard(reading);
        if !failed && !self.open {
            self.target();
        }
    }

    fn heard(&mut self, reading: Reading) {
        self.used.extend(reading.rule);
        self.fetches(&reading.fetches);
        self.lines
            .extend(reading.replies.iter().map(|frame| format!("> {frame}")));
        self.lines.extend(reading.told.iter().map(told));
        if let Some(near) = &reading.unknown {
            let pointer = if near.pointer.is_empty() {
                "/"
            } else {
                &near.pointer
            };
            self.lines.push(format!("unknown {pointer}: {near}"));
        }
        self.lines
            .extend(reading.held.map(|hole| format!("held {hole}")));
        self.lines
            .extend(reading.stranger.map(|who| format!("stranger {who}")));
    }

    fn wrote(&mut self, written: Written) {
        self.used.extend(written.rule);
        self.fetches(&written.fetches);
        self.lines
            .extend(written.frames.iter().map(|frame| format!("> {frame}")));
        self.lines.extend(written.told.iter().map(told));
        self.lines
            .extend(written.held.map(|hole| format!("held {hole}")));
    }

    fn fetches(&mut self, fetches: &[Fetch]) {
        for fetch in fetches {
            self.asked = Some(fetch.id);
            let blind = if fetch.blind { " blind" } else { "" };
            self.lines
                .push(format!("http {} {}{blind}", fetch.method, fetch.url));
            for (name, value) in &fetch.headers {
                self.lines.push(format!("header {name}: {value}"));
            }
            self.lines
                .extend(fetch.body.iter().map(|body| format!("body {body}")));
        }
    }
}

/// An event as a transcript has it.
pub(crate) fn told(told: &Told) -> String {
    let of = |peer: &Option<String>| {
        peer.as_ref()
            .map_or(String::new(), |peer| format!(" {peer}"))
    };
    let rest = match told {
        Told::PeerJoined { peer } | Told::RequestOffer { peer } | Told::PeerLeft { peer } => {
            of(peer)
        }
        Told::HungUp { peer } => format!("{} (by itself)", of(peer)),
        Told::Description { from, description } if description.sdp == SDP => of(from),
        Told::Description { from, description } => format!("{} {}", of(from), description.sdp),
        Told::Candidate { from, candidate } => of(from) + &candidate_words(candidate),
        Told::End { from } => of(from),
        Told::Peers(peers) => peers.iter().map(|peer| format!(" {peer}")).collect(),
        Told::IceServers(servers) => servers
            .iter()
            .map(|server| format!(" {}", server.urls.join(" ")))
            .collect(),
        Told::Error {
            peer,
            code,
            message,
        } => {
            let words = [peer, code, message].map(|word| word.as_deref().unwrap_or("-"));
            format!(" {}", words.join(" | "))
        }
        Told::Refused { url, status, why } => {
            let status = status.map_or_else(|| "-".to_owned(), |status| status.to_string());
            format!(" {url} | {status} | {why}")
        }
        Told::Joined | Told::Closed => String::new(),
    };
    format!("~ {}{rest}", told.word())
}

fn candidate_words(candidate: &Candidate) -> String {
    let text = if candidate.candidate == CANDIDATE {
        ""
    } else {
        &candidate.candidate
    };
    let mid = candidate.sdp_mid.as_deref().unwrap_or("-");
    let line = candidate
        .sdp_m_line_index
        .map_or_else(|| "-".to_owned(), |line| Value::from(line).to_string());
    let ufrag = candidate.username_fragment.as_deref().unwrap_or("-");
    format!(" mid {mid} line {line} ufrag {ufrag}{text}")
}

pub(crate) fn description(kind: DescriptionKind) -> Description {
    Description {
        kind,
        sdp: SDP.to_owned(),
    }
}

pub(crate) fn candidate() -> Candidate {
    Candidate {
        candidate: CANDIDATE.to_owned(),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: Some("abcd".to_owned()),
    }
}
