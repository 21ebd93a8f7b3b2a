//! A record written by hand, one fact after the other, and what is diagnosed at its end.

use std::borrow::Cow;

use webrtc_steps_core::diagnosis::{Diagnosis, Watch};
use webrtc_steps_core::io::{Event, Fate, Fault, Role, Side, StateName, What};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};
use webrtc_steps_core::trouble::{Blame, Refusal, Trouble};
use webrtc_steps_core::words::{Message, say};

/// The record so far.
pub(crate) struct Recorded {
    watch: Watch,
    now: f64,
    candidates: usize,
}

impl Recorded {
    pub(crate) fn at_endpoint(endpoint: &str) -> Self {
        let mut run = Self {
            watch: Watch::new(),
            now: 1_000.0,
            candidates: 0,
        };
        run.joining(endpoint, "manual", &[], false);
        run
    }

    /// In a room whose endpoint tells who is there, as the offerer.
    pub(crate) fn joined(mode: &str, servers: &[&str]) -> Self {
        let mut run = Self::at_endpoint("tabs:");
        run.joining("tabs:", mode, servers, true);
        run.role(Role::Offerer);
        run
    }

    /// An offerer that has set both descriptions.
    pub(crate) fn agreed(mode: &str) -> Self {
        let mut run = Self::joined(mode, &["stun:stun.example"]);
        run.peer_joined("b7e2");
        run.offered();
        run.set(Side::Theirs, &answer("chromium"));
        run
    }

    /// Sets and sends an offer.
    pub(crate) fn offered(&mut self) -> &mut Self {
        self.set(Side::Mine, &offer("chromium"));
        self.sent("offer", &offer("chromium").sdp)
    }

    pub(crate) fn answerer_agreed(mode: &str) -> Self {
        let mut run = Self::joined(mode, &[]);
        run.peer_joined("k3f9").role(Role::Answerer);
        run.set(Side::Theirs, &offer("firefox"));
        run.set(Side::Mine, &answer("chromium"));
        run.sent("answer", &answer("chromium").sdp);
        run
    }

    /// Connected, with an open channel.
    pub(crate) fn open(options: &str) -> Self {
        let mut run = Self::agreed("auto");
        for state in ["connecting", "connected"] {
            run.state(StateName::Connection, state);
        }
        for state in ["connecting", "open"] {
            run.tell(What::Channel {
                label: "chat".to_owned(),
                options: options.to_owned(),
                state: state.to_owned(),
            });
        }
        run.state(StateName::Channel, "open");
        run
    }

    pub(crate) fn tell(&mut self, what: What) -> &mut Self {
        self.now += 1.0;
        let (at, attempt) = (self.now, 1);
        self.watch.apply(&Event { at, attempt, what });
        self
    }

    pub(crate) fn wait(&mut self, ms: f64) -> &mut Self {
        self.now += ms;
        self
    }

    pub(crate) fn now(&self) -> f64 {
        self.now
    }

    pub(crate) fn deadline(&self) -> Option<f64> {
        self.watch.next_deadline(self.now)
    }

    pub(crate) fn rows(&self) -> Vec<&'static str> {
        self.all().iter().map(|found| found.row).collect()
    }

    pub(crate) fn first(&self) -> Diagnosis {
        let mut all = self.all();
        assert!(!all.is_empty(), "nothing was diagnosed");
        all.remove(0)
    }

    pub(crate) fn find(&self, row: &str) -> Diagnosis {
        let found = self.all().into_iter().find(|found| found.row == row);
        found.unwrap_or_else(|| panic!("{row} was not diagnosed, but {:?}", self.rows()))
    }

    fn all(&self) -> Vec<Diagnosis> {
        self.watch.diagnose(self.now)
    }

    fn joining(&mut self, endpoint: &str, mode: &str, servers: &[&str], tells_peers: bool) {
        self.tell(What::Joining {
            endpoint: endpoint.to_owned(),
            room: "blue".to_owned(),
            mode: mode.to_owned(),
            dialect: "raw".to_owned(),
            ice_servers: servers.iter().map(|&server| server.to_owned()).collect(),
            vars: Vec::new(),
            hosts: Vec::new(),
            alone: false,
            tells_peers,
            relay_only: false,
        });
    }

    fn role(&mut self, role: Role) -> &mut Self {
        let (role, why) = (Some(role), say("role.asked"));
        self.tell(What::Role { role, why })
    }

    fn set(&mut self, side: Side, description: &Description) {
        self.described(side, description);
        let (name, by) = match side {
            Side::Mine => ("setLocalDescription", "local"),
            Side::Theirs => ("setRemoteDescription", "remote"),
        };
        let kind = description.kind.word();
        let call = format!("{name}({kind})");
        let state = match description.kind {
            DescriptionKind::Offer => format!("have-{by}-offer"),
            DescriptionKind::Answer => "stable".to_owned(),
        };
        self.tell(What::Call {
            step: None,
            call: call.clone(),
            by_page: false,
        });
        self.state(StateName::Signaling, &state);
        self.tell(What::Done {
            step: None,
            call,
            fact: None,
        });
    }

    pub(crate) fn described(&mut self, side: Side, description: &Description) -> &mut Self {
        let description = description.clone();
        self.tell(What::Described { side, description })
    }

    pub(crate) fn state(&mut self, name: StateName, value: &str) -> &mut Self {
        let value = value.to_owned();
        self.tell(What::State { name, value })
    }

    /// One that was gathered and not sent.
    pub(crate) fn candidate_found(&mut self) -> &mut Self {
        self.tell(What::Candidate {
            side: Side::Mine,
            index: 0,
            candidate: candidate("host", "9ce5695a.local"),
        })
    }

    /// One that was sent, or given to the browser.
    pub(crate) fn candidate(&mut self, side: Side, candidate: &Candidate) -> &mut Self {
        let (index, candidate) = (self.candidates, candidate.clone());
        self.candidates += 1;
        self.tell(What::Candidate {
            side,
            index,
            candidate,
        });
        let fate = Fate::Used;
        self.tell(What::CandidateFate { side, index, fate })
    }

    pub(crate) fn error(&mut self, url: &str, code: u16) -> &mut Self {
        let (url, text) = (url.to_owned(), String::new());
        self.tell(What::CandidateError { url, code, text })
    }

    pub(crate) fn sent(&mut self, kind: &'static str, text: &str) -> &mut Self {
        self.tell(What::Sent {
            step: None,
            kind,
            to: None,
            text: text.to_owned(),
            again: false,
            rule: None,
        })
    }

    pub(crate) fn unknown(&mut self, text: &str) -> &mut Self {
        self.tell(What::Received {
            step: None,
            kind: "unknown",
            from: None,
            text: text.to_owned(),
            rule: None,
            events: Vec::new(),
            near: None,
            skipped: None,
        })
    }

    pub(crate) fn disturbed(&mut self, side: Side, kind: &'static str) -> &mut Self {
        self.tell(What::Disturbed {
            side,
            disorder: "drop",
            kind,
            text: String::new(),
        })
    }

    pub(crate) fn says(&mut self, text: &str) -> &mut Self {
        let text = text.to_owned();
        let side = Side::Mine;
        self.tell(What::Chat { side, text })
    }

    pub(crate) fn track(&mut self, side: Side, kind: &str) -> &mut Self {
        let kind = kind.to_owned();
        self.tell(What::Track { side, kind })
    }

    pub(crate) fn page(&mut self, secure: bool, hidden: bool) -> &mut Self {
        let agent = String::new();
        self.tell(What::Page {
            agent,
            secure,
            hidden,
        })
    }

    pub(crate) fn note(&mut self, id: &'static str) -> &mut Self {
        self.tell(What::Note { message: say(id) })
    }

    pub(crate) fn peer_joined(&mut self, peer: &str) -> &mut Self {
        let peer = peer.to_owned();
        self.tell(What::PeerJoined { peer })
    }

    pub(crate) fn peer_left(&mut self, id: &'static str) -> &mut Self {
        let peer = "b7e2".to_owned();
        let message = say(id);
        self.tell(What::PeerLeft { peer, message })
    }

    pub(crate) fn left(&mut self) -> &mut Self {
        self.tell(What::Left)
    }

    pub(crate) fn trouble(&mut self, cause: &'static str, error: &str) -> &mut Self {
        self.troubled(say(cause), error, None)
    }

    pub(crate) fn refused(&mut self, call: &'static str, error: &str, state: &str) -> &mut Self {
        let refusal = Refusal {
            call: Cow::Borrowed(call),
            state: state.to_owned(),
        };
        self.troubled(say("refused.unknown"), error, Some(refusal))
    }

    fn troubled(&mut self, cause: Message, error: &str, refusal: Option<Refusal>) -> &mut Self {
        let fault = (!error.is_empty()).then(|| Fault {
            name: error.to_owned(),
            message: "in the browser's words".to_owned(),
        });
        self.tell(What::Trouble(Trouble {
            blame: Blame::Browser,
            doing: say("doing.join"),
            cause,
            advice: say("advice.browser-words"),
            fault,
            step: None,
            refusal,
        }))
    }
}

pub(crate) fn candidate(kind: &str, address: &str) -> Candidate {
    Candidate {
        candidate: format!("candidate:1 1 udp 2113937151 {address} 40000 typ {kind}"),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: None,
    }
}

pub(crate) fn offer(engine: &str) -> Description {
    describe(DescriptionKind::Offer, engine, "actpass")
}

pub(crate) fn answer(engine: &str) -> Description {
    describe(DescriptionKind::Answer, engine, "active")
}

fn describe(kind: DescriptionKind, engine: &str, setup: &str) -> Description {
    let origin = if engine == "firefox" { "mozilla" } else { "-" };
    let name = kind.word();
    let lines = [
        "v=0".to_owned(),
        format!("o={origin} 1 2 IN IP4 0.0.0.0"),
        "s=-".to_owned(),
        "t=0 0".to_owned(),
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel".to_owned(),
        format!("a=ice-ufrag:{name}"),
        format!("a=fingerprint:sha-256 {name}"),
        format!("a=setup:{setup}"),
    ];
    let sdp = lines
        .iter()
        .flat_map(|line| [line.as_str(), "\r\n"])
        .collect();
    Description { kind, sdp }
}
