//! What the record tells, as far as a diagnosis asks: the page, the run, who is there, and the present attempt.

use super::attempt::Attempt;
use crate::io::{Event, LinkState, Millis, Near, Role, Side, StateName, What};
use crate::trouble::Trouble;

/// A fold over the record. Each event costs the same, however long the record is.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) page: Page,
    pub(super) run: Run,
    pub(super) role: Option<Role>,
    pub(super) attempt: Attempt,
    /// How the attempt before this one ended, until something is done in this one.
    pub(super) ended: Option<Ended>,
    /// The last refusal or failure, until the next command or run.
    pub(super) trouble: Option<(Millis, Trouble)>,
}

/// The browser and the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) insecure: bool,
    pub(super) hidden_since: Option<Millis>,
    /// Something that only secure contexts have was wanted and was not there.
    pub(super) missed: Option<Millis>,
}

/// What holds from `join` to `leave`.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) endpoint: String,
    pub(super) room: String,
    pub(super) dialect: String,
    pub(super) mode: String,
    pub(super) ice_servers: usize,
    pub(super) tells_peers: bool,
    pub(super) alone: bool,
    pub(super) relay_only: bool,
    pub(super) linked: bool,
    /// Who is there, each since when.
    pub(super) peers: Vec<(String, Millis)>,
    /// Somebody left without a goodbye.
    pub(super) left: Option<Millis>,
    pub(super) goodbye: Option<Millis>,
    /// A frame came that holds a description or a candidate and fits no message of the dialect.
    pub(super) misread: Option<(Millis, String)>,
    /// A frame came that holds this side's own description.
    pub(super) echoed: Option<Millis>,
    /// When the first frame with a meaning came from the other side.
    pub(super) understood: Option<Millis>,
    /// Built-in dialects that read the frames.
    pub(super) fits: Vec<String>,
    /// A fault on purpose took a description: which, and when.
    pub(super) taken: Option<(Millis, Side, &'static str)>,
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub(super) at: Millis,
    /// The id of the reason.
    pub(super) why: String,
    /// The channel was open once, and its closing was told.
    pub(super) channel_closed: bool,
    pub(super) connection: String,
}

impl Known {
    pub(super) fn apply(&mut self, event: &Event) {
        let at = event.at;
        match &event.what {
            What::Joining { .. } => self.join(&event.what),
            What::Page { secure, hidden, .. } => {
                self.page.insecure = !secure;
                self.page.hidden_since = hidden.then(|| self.page.hidden_since.unwrap_or(at));
            }
            What::Role { role, .. } => self.role = *role,
            What::AttemptBegan => self.begin(),
            What::AttemptEnded { why } => {
                self.ended = Some(Ended {
                    at,
                    why: why.id.to_string(),
                    channel_closed: self.attempt.channel_closed.is_some(),
                    connection: self.attempt.connection.value.clone(),
                });
                self.begin();
            }
            What::Left => self.leave(),
            What::Trouble(trouble) => {
                self.trouble = Some((at, trouble.clone()));
                self.attempt.apply(event, self.role);
            }
            What::Call { by_page, .. } => {
                if !by_page {
                    (self.trouble, self.ended) = (None, None);
                }
                self.attempt.apply(event, self.role);
            }
            what => {
                self.company(at, what);
                self.attempt.apply(event, self.role);
            }
        }
    }

    /// The last failure, if its cause or its advice is one of these.
    pub(super) fn trouble_of(&self, causes: &[&str]) -> Option<(Millis, &Trouble)> {
        let (at, trouble) = self.trouble.as_ref()?;
        let told = [trouble.cause.id.as_ref(), trouble.advice.id.as_ref()];
        let is = told.iter().any(|id| causes.contains(id));
        is.then_some((*at, trouble))
    }

    fn join(&mut self, joining: &What) {
        let What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
            alone,
            tells_peers,
            relay_only,
            ..
        } = joining
        else {
            return;
        };
        self.run = Run {
            endpoint: endpoint.clone(),
            room: room.clone(),
            dialect: dialect.clone(),
            mode: mode.clone(),
            ice_servers: ice_servers.len(),
            tells_peers: *tells_peers,
            alone: *alone,
            relay_only: *relay_only,
            ..Run::default()
        };
        (self.role, self.trouble, self.ended) = (None, None, None);
        self.begin();
    }

    fn begin(&mut self) {
        self.attempt = Attempt::default();
        let run = &mut self.run;
        (run.misread, run.understood, run.echoed, run.taken) = (None, None, None, None);
    }

    /// A trouble that made the page leave is still to be explained.
    fn leave(&mut self) {
        let endpoint = std::mem::take(&mut self.run.endpoint);
        self.run = Run {
            endpoint,
            ..Run::default()
        };
        (self.role, self.ended) = (None, None);
        self.begin();
    }

    fn company(&mut self, at: Millis, what: &What) {
        let run = &mut self.run;
        match what {
            What::Link { state, .. } => run.linked = *state == LinkState::Open,
            What::Joined { again: true, .. } => run.peers.clear(),
            What::PeerJoined { peer } => {
                run.peers.push((peer.clone(), at));
                run.left = None;
            }
            What::PeerLeft { peer, message } => {
                run.peers.retain(|(known, _)| known != peer);
                match message.id.as_ref() {
                    "left.bye" => run.goodbye = Some(at),
                    _ => run.left = Some(at),
                }
            }
            What::Received {
                kind, text, near, ..
            } => {
                let own = self.attempt.own.as_ref().map(|own| &own.fingerprint);
                if own.is_some_and(|own| !own.is_empty() && text.contains(own.as_str())) {
                    run.echoed = Some(at);
                } else {
                    run.receive(at, kind, text, near.as_ref());
                }
            }
            What::Fits(fits) => {
                let read = fits.iter().filter(|fit| fit.read > 0);
                run.fits = read.map(|fit| fit.title.clone()).collect();
            }
            What::Disturbed {
                side,
                disorder: "drop" | "corrupt",
                kind: kind @ ("offer" | "answer"),
                ..
            } => run.taken = Some((at, *side, kind)),
            What::Described {
                side: Side::Theirs, ..
            } => self.ended = None,
            What::Note { message } if message.id == "note.not-copied" => {
                self.page.missed = Some(at);
            }
            What::State {
                name: StateName::Channel,
                value,
            } if value == "open" => self.trouble = None,
            _ => {}
        }
    }
}

impl Run {
    /// Since when the present peers are there; none if nobody is.
    pub(super) fn company_since(&self) -> Option<Millis> {
        self.peers.first().map(|(_, at)| *at)
    }

    fn receive(&mut self, at: Millis, kind: &str, text: &str, near: Option<&Near>) {
        let means = !matches!(kind, "unknown" | "notice" | "joined");
        if means {
            self.understood = Some(self.understood.unwrap_or(at));
        }
        let speaks = ["v=0", "candidate:"].iter().any(|sign| text.contains(sign));
        if kind == "unknown" && speaks && self.misread.is_none() {
            let why = near.map(|near| near.why.clone()).unwrap_or_default();
            self.misread = Some((at, why));
        }
    }
}
