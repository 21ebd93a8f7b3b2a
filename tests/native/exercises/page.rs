//! A page as its record tells of it: events made by hand, fed to the exercises one by one.

use webrtc_steps_core::exercise::{Course, Outcome};
use webrtc_steps_core::io::{Event, Fate, Fault, Role, Side, StateName, What};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};
use webrtc_steps_core::trouble::{Blame, Refusal, Trouble};
use webrtc_steps_core::words::say;

/// The exercises of a page and what they gave to it.
pub(crate) struct Page {
    pub(crate) course: Course,
    /// Each command with its value.
    pub(crate) given: Vec<String>,
    at: f64,
    attempt: u32,
}

impl Page {
    /// In a room with somebody, nothing begun.
    pub(crate) fn in_room(mode: &str) -> Self {
        let mut page = Self {
            course: Course::default(),
            given: Vec::new(),
            at: 0.0,
            attempt: 1,
        };
        page.tell(joining(mode, false, &[]));
        page.joined();
        page
    }

    pub(crate) fn joined(&mut self) {
        self.tell(What::Joined {
            me: Some("b".to_owned()),
            again: false,
        });
        let peer = "a".to_owned();
        self.tell(What::PeerJoined { peer });
        self.role(Role::Offerer, "role.second");
    }

    pub(crate) fn role(&mut self, role: Role, why: &'static str) {
        self.tell(What::Role {
            role: Some(role),
            why: say(why),
        });
    }

    pub(crate) fn tell(&mut self, what: What) {
        self.at += 10.0;
        let (at, attempt) = (self.at, self.attempt);
        self.course.apply(&Event { at, attempt, what });
        self.take_orders();
    }

    pub(crate) fn all(&mut self, what: impl IntoIterator<Item = What>) {
        what.into_iter().for_each(|what| self.tell(what));
    }

    /// A new attempt.
    pub(crate) fn begins_anew(&mut self) {
        self.attempt += 1;
        self.tell(What::AttemptBegan);
    }

    pub(crate) fn waits(&mut self, ms: f64) {
        self.at += ms;
        self.course.tick(self.at);
        self.take_orders();
    }

    pub(crate) fn start(&mut self, id: &str) {
        self.course.start(id);
        self.take_orders();
    }

    pub(crate) fn stop(&mut self) {
        self.course.stop();
        self.take_orders();
    }

    fn take_orders(&mut self) {
        for order in self.course.orders() {
            let (command, value) = order.command();
            self.given.push(format!("{command} {value}"));
        }
    }

    /// The name of the task that is present; empty: none.
    pub(crate) fn present(&self) -> &'static str {
        let mut tasks = self.course.tasks();
        let present = tasks.find(|(_, progress)| progress.word() == "now");
        present.map_or("", |(task, _)| task.name)
    }

    /// What came of an exercise; where it stopped, if it did not end.
    pub(crate) fn outcome(&self, id: &str) -> &Outcome {
        let outcome = self.course.outcome(id);
        outcome.unwrap_or_else(|| panic!("{id} did not end: it is at {:?}", self.present()))
    }

    /// The ids of the findings that do not hold.
    pub(crate) fn missed(&self, id: &str) -> Vec<String> {
        let findings = self.outcome(id).findings.iter();
        let missed = findings.filter(|finding| !finding.holds);
        missed
            .map(|finding| finding.message.id.to_string())
            .collect()
    }

    /// Both descriptions are set, and a channel opens.
    pub(crate) fn connects(&mut self, label: &str) {
        self.all([
            described(Side::Mine, DescriptionKind::Offer, "mine", ""),
            sent("offer"),
            state(StateName::Signaling, "have-local-offer"),
            candidate(Side::Mine, "host", "mine"),
            received("answer"),
            described(Side::Theirs, DescriptionKind::Answer, "theirs", ""),
            state(StateName::Signaling, "stable"),
        ]);
        self.opens(label);
    }

    /// The connection stands, and its channel opens.
    pub(crate) fn opens(&mut self, label: &str) {
        self.all([
            state(StateName::Connection, "connected"),
            state(StateName::Channel, "open"),
            channel(label, "open"),
        ]);
    }

    /// New credentials of both sides.
    pub(crate) fn restarts(&mut self, mine: &str, theirs: &str) {
        self.all([
            described(Side::Mine, DescriptionKind::Offer, mine, ""),
            state(StateName::Signaling, "have-local-offer"),
            described(Side::Theirs, DescriptionKind::Answer, theirs, ""),
            state(StateName::Signaling, "stable"),
        ]);
    }
}

pub(crate) fn joining(mode: &str, relay_only: bool, ice_servers: &[&str]) -> What {
    What::Joining {
        endpoint: "tabs:".to_owned(),
        room: "blue".to_owned(),
        mode: mode.to_owned(),
        dialect: "relay".to_owned(),
        ice_servers: ice_servers.iter().map(|url| (*url).to_owned()).collect(),
        vars: Vec::new(),
        hosts: Vec::new(),
        alone: false,
        tells_peers: true,
        relay_only,
    }
}

pub(crate) fn state(name: StateName, value: &str) -> What {
    let value = value.to_owned();
    What::State { name, value }
}

pub(crate) fn sent(kind: &'static str) -> What {
    What::Sent {
        step: None,
        kind,
        to: None,
        text: String::new(),
        again: false,
        rule: None,
    }
}

pub(crate) fn received(kind: &'static str) -> What {
    What::Received {
        step: None,
        kind,
        from: None,
        text: String::new(),
        rule: None,
        events: Vec::new(),
        near: None,
        skipped: None,
    }
}

pub(crate) fn hit(side: Side, disorder: &'static str, kind: &'static str) -> What {
    let text = String::new();
    What::Disturbed {
        side,
        disorder,
        kind,
        text,
    }
}

/// A description for data, with more sections after it.
pub(crate) fn described(side: Side, kind: DescriptionKind, ufrag: &str, more: &str) -> What {
    let data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel";
    let sdp = format!("v=0\r\n{data}\r\na=ice-ufrag:{ufrag}\r\n{more}");
    let description = Description { kind, sdp };
    What::Described { side, description }
}

pub(crate) fn candidate(side: Side, kind: &str, ufrag: &str) -> What {
    let text = format!("candidate:1 1 udp 2113937151 192.0.2.1 50000 typ {kind} ufrag {ufrag}");
    What::Candidate {
        side,
        index: 0,
        candidate: Candidate {
            candidate: text,
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: Some(0),
            username_fragment: Some(ufrag.to_owned()),
        },
    }
}

pub(crate) fn used(side: Side) -> What {
    let fate = Fate::Used;
    What::CandidateFate {
        side,
        index: 0,
        fate,
    }
}

pub(crate) fn channel(label: &str, state: &str) -> What {
    What::Channel {
        label: label.to_owned(),
        options: String::new(),
        state: state.to_owned(),
    }
}

pub(crate) fn note(id: &'static str) -> What {
    let message = say(id);
    What::Note { message }
}

pub(crate) fn done(call: &str) -> What {
    What::Done {
        step: None,
        call: call.to_owned(),
        fact: None,
    }
}

/// The browser refused a call.
pub(crate) fn refused(call: &'static str, state: &str) -> What {
    What::Trouble(Trouble {
        blame: Blame::Browser,
        doing: say("doing"),
        cause: say("cause"),
        advice: say("advice"),
        fault: Some(Fault {
            name: "InvalidStateError".to_owned(),
            message: "in the browser's own words".to_owned(),
        }),
        step: None,
        refusal: Some(Refusal {
            call: call.into(),
            state: state.to_owned(),
        }),
    })
}

pub(crate) fn pair(kind: &str) -> What {
    let one = |kind: &str| format!("candidate:1 1 udp 1 192.0.2.1 50000 typ {kind}");
    What::SelectedPair {
        local: one(kind),
        remote: one("host"),
    }
}
