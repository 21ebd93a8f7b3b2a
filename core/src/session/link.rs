//! The signaling link: opened by `join`, opened again when it is lost, closed by `leave`.

use super::Session;
use super::fetching::allows;
use crate::dialect::Say;
use crate::io::{Effect, Fault, LinkState, Millis, Presence, SignalReport, Transport, What};
use crate::settings::{self, Endpoint};
use crate::trouble::{Blame, Trouble};
use crate::words::{Message, say};

/// The connection to the endpoint.
#[derive(Debug)]
pub(super) struct Link {
    /// Counts connections, so that a report of an older one is dropped.
    pub(super) number: u32,
    pub(super) state: LinkState,
    /// Tries since the room had us last: a proxy opens the link even when nobody is behind it.
    pub(super) tries: u32,
    pub(super) retry_at: Option<Millis>,
    /// The endpoint said why it will not have us: trying again would not help.
    pub(super) refused: Option<Message>,
    /// What the dialect fetches before the socket opens is under way.
    pub(super) opening: bool,
    /// The requests that are not answered, and whether their answers are unreadable anyway.
    pub(super) fetching: Vec<(u32, bool)>,
    /// The host that the socket leads to, once that is known: an HTTP answer may name another than the endpoint's.
    host: Option<String>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            number: 0,
            state: LinkState::None,
            tries: 0,
            retry_at: None,
            refused: None,
            opening: false,
            fetching: Vec::new(),
            host: None,
        }
    }
}

const FIRST_WAIT: Millis = 300.0;
const LONGEST_WAIT: Millis = 10_000.0;
/// Normal closure (RFC 6455 7.4.1).
const NORMAL: u16 = 1000;

impl Session {
    /// Opens the link, or opens it again with what the conversation has kept.
    pub(super) fn open_link(&mut self) {
        self.link.retry_at = None;
        self.link.host = None;
        self.link.number = self.link.number.saturating_add(1);
        let Some(run) = &mut self.run else { return };
        let transport = match &run.settings.endpoint {
            Endpoint::Paste => Transport::Paste,
            Endpoint::Tabs => Transport::Tabs {
                room: run.settings.room.clone(),
                me: run.tab_id.clone(),
            },
            Endpoint::Line => Transport::Line {
                me: run.tab_id.clone(),
            },
            Endpoint::Socket(_) => {
                self.set_link(LinkState::Connecting, None);
                return self.prepare_link();
            }
        };
        self.set_link(LinkState::Connecting, None);
        self.order_link(transport);
    }

    /// A dialect may fetch something before it connects (an id, a room, the socket's address).
    fn prepare_link(&mut self) {
        let Some(run) = &mut self.run else { return };
        run.held.clear();
        let written = run.conversation.begin();
        self.link.opening = true;
        self.link.fetching.clear();
        for fetch in written.fetches {
            self.fetch(fetch, false);
        }
        for told in written.told {
            self.told(told);
        }
        self.connect_when_ready();
    }

    /// Opens the socket, if it leads where the user allowed.
    pub(super) fn connect(&mut self) {
        let Some(run) = &self.run else { return };
        let (url, protocols) = match run.conversation.target() {
            Ok(Some(target)) => (target.url, target.protocols),
            Ok(None) => return self.cannot_connect(say("field.dialect-no-server")),
            Err(hole) => return self.cannot_connect(say("field.dialect-url").with("hole", hole)),
        };
        let shown = run.conversation.shown(&url);
        if !allows(&run.settings, &url) {
            return self.host_refused(&shown);
        }
        self.link.host = settings::host(&shown).map(str::to_owned);
        self.order_link(Transport::WebSocket { url, protocols });
    }

    fn order_link(&mut self, transport: Transport) {
        self.order(Effect::OpenLink {
            link: self.link.number,
            transport,
        });
    }

    fn cannot_connect(&mut self, message: Message) {
        self.tell(What::FieldRefused {
            field: "endpoint".to_owned(),
            message: message.clone(),
        });
        self.leave(message, None);
    }

    pub(super) fn set_link(&mut self, state: LinkState, note: Option<Message>) {
        self.link.state = state;
        self.facts.run.linked =
            state == LinkState::Open && self.run.as_ref().is_some_and(|run| run.in_room);
        self.tell(What::Link { state, note });
    }

    /// A report of the present link.
    pub(super) fn signal(&mut self, report: SignalReport) {
        match report {
            SignalReport::Open { presence } => self.link_open(presence),
            SignalReport::Frame(text) => self.arrive(text),
            SignalReport::TooLong(length) => {
                self.note(say("note.frame-too-long").with("length", length))
            }
            SignalReport::Binary => self.note(say("note.frame-binary")),
            SignalReport::PeerJoined(peer) => self.peer_joined(&peer),
            SignalReport::PeerLeft(peer) => self.peer_left(&peer, false),
            SignalReport::Full => {
                let message = say("trouble.room-full");
                self.told_error(None, message);
                self.link_closed(NORMAL, "");
            }
            SignalReport::Closed { code, reason } => self.link_closed(code, &reason),
            SignalReport::Refused(fault) => self.link_refused(fault),
            // A request of a connection that is over answers nobody.
            SignalReport::Fetched { .. } if self.link.retry_at.is_some() => {}
            SignalReport::Fetched { id, answer } => self.fetched(id, &answer),
        }
    }

    fn link_open(&mut self, presence: Option<Presence>) {
        self.set_link(LinkState::Open, None);
        if let Some(presence) = presence {
            self.present(presence);
            return;
        }
        self.say_open();
        if self.run.as_ref().is_some_and(|run| !run.joins_by_message) {
            self.joined();
            self.settle_role();
        }
    }

    /// The endpoint named an error: before the room had us, it decides whether trying again makes sense.
    pub(super) fn told_error(&mut self, code: Option<&str>, message: Message) {
        let before = !self.facts.run.linked;
        if before {
            self.link.refused = Some(message.clone());
        }
        let doing = if before { "doing.join" } else { "doing.signal" };
        let advice = match code {
            Some("room-full") => "advice.room-full",
            _ if before => "advice.check-room",
            _ => "advice.endpoint-said",
        };
        let advice = if message.id == "trouble.room-full" {
            "advice.room-full"
        } else {
            advice
        };
        let (doing, advice) = (say(doing), say(advice));
        self.tell(What::Trouble(Trouble {
            blame: Blame::Endpoint,
            doing,
            cause: message,
            advice,
            fault: None,
            step: None,
            refusal: None,
        }));
    }

    pub(super) fn link_closed(&mut self, code: u16, reason: &str) {
        self.say_closed(code, reason);
        let reason = self.shown(reason, &[]);
        let Some(was_in) = self.link_over() else {
            return;
        };
        let first = self.link.tries == 0 && !was_in && !self.facts.run.joined;
        let (wait, seconds) = self.back_off();
        let id = match (self.facts.attempt.channel_open, was_in) {
            (true, _) => "link.lost-not-needed",
            (false, true) => "link.lost",
            (false, false) => "link.no-answer",
        };
        let note = say(id)
            .with("seconds", seconds)
            .with("code", code)
            .with("reason", reason)
            .with("host", self.host());
        if first {
            self.unreachable(note.clone());
        }
        self.try_again(wait, note);
    }

    /// What has to be fetched before the socket opens was not: it is tried again, as when a socket does not open.
    pub(super) fn link_failed(&mut self, url: &str, trouble: Trouble) {
        if self.link_over().is_none() {
            return;
        }
        let first = self.link.tries == 0 && !self.facts.run.joined;
        let (wait, seconds) = self.back_off();
        if first {
            self.tell(What::Trouble(trouble));
        }
        let note = say("link.not-fetched").with("seconds", seconds);
        self.try_again(wait, note.with("url", url));
    }

    /// The link is over. Whether the room had us; none if the run is over too.
    fn link_over(&mut self) -> Option<bool> {
        self.link.opening = false;
        self.link.fetching.clear();
        let run = self.run.as_mut()?;
        let was_in = std::mem::replace(&mut run.in_room, false);
        let Some(message) = self.link.refused.take() else {
            return Some(was_in);
        };
        self.set_link(LinkState::Closed, Some(message.clone()));
        self.leave(message, None);
        None
    }

    fn try_again(&mut self, wait: Millis, note: Message) {
        self.set_link(LinkState::Closed, Some(note));
        self.link.retry_at = Some(self.now + wait);
    }

    /// What the dialect concludes from a link that closed; nothing can be sent any more.
    fn say_closed(&mut self, code: u16, reason: &str) {
        let Some(run) = self.run.as_mut().filter(|_| !self.link.opening) else {
            return;
        };
        for told in run.conversation.write(Say::Close { code, reason }).told {
            self.told(told);
        }
    }

    fn unreachable(&mut self, cause: Message) {
        let (doing, advice) = (
            say("doing.join"),
            say("advice.endpoint-running").with("host", self.host()),
        );
        self.tell(What::Trouble(Trouble {
            blame: Blame::Endpoint,
            doing,
            cause,
            advice,
            fault: None,
            step: None,
            refusal: None,
        }));
    }

    fn link_refused(&mut self, fault: Fault) {
        let cause = match fault.name.as_str() {
            "SecurityError" => "trouble.link-security",
            "SyntaxError" => "trouble.link-syntax",
            "NotSupportedError" => "trouble.tabs-unsupported",
            "SecurityPolicyViolation" => "trouble.link-policy",
            _ => "trouble.link-refused",
        };
        let (doing, cause) = (say("doing.join"), say(cause).with("host", self.host()));
        let (advice, blame) = (say("advice.change-endpoint"), Blame::Browser);
        let message = cause.clone();
        self.tell(What::Trouble(Trouble {
            blame,
            doing,
            cause,
            advice,
            fault: Some(fault),
            step: None,
            refusal: None,
        }));
        self.leave(message, None);
    }

    /// Doubles from 0.3 s to 10 s, with up to a quarter more so that many pages do not come back at once; and as whole
    /// seconds, rounded up.
    fn back_off(&mut self) -> (Millis, u32) {
        let doubled = FIRST_WAIT * f64::from(1_u32 << self.link.tries.min(6));
        self.link.tries = self.link.tries.saturating_add(1);
        let wait = doubled.min(LONGEST_WAIT) * (1.0 + self.random.part() / 4.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most a quarter of a minute"
        )]
        let seconds = (wait / 1000.0).ceil() as u32;
        (wait, seconds)
    }

    /// The host that the link leads to, or would lead to.
    fn host(&self) -> String {
        if let Some(host) = &self.link.host {
            return host.clone();
        }
        match self.run.as_ref().map(|run| &run.settings.endpoint) {
            Some(Endpoint::Socket(url)) => settings::host(url).unwrap_or(url).to_owned(),
            _ => String::new(),
        }
    }

    /// Closes the transport; nothing more is heard of it.
    pub(super) fn drop_link(&mut self) {
        if matches!(self.link.state, LinkState::Open | LinkState::Connecting) {
            self.order(Effect::CloseLink {
                link: self.link.number,
            });
        }
        self.link.number = self.link.number.saturating_add(1);
    }

    pub(super) fn close_link(&mut self) {
        self.drop_link();
        self.faults.forget();
        self.link.retry_at = None;
        self.link.tries = 0;
        self.link.refused = None;
        self.link.opening = false;
        self.link.fetching.clear();
        self.set_link(LinkState::Closed, None);
    }
}
