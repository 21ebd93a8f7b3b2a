//! Joining and leaving a room, who is there, and which of the two this page is.

use super::Session;
use crate::dialect::{Conversation, Dialect};
use crate::facts::Facts;
use crate::io::{LinkState, Presence, Role, StateName, Ticket, What};
use crate::settings::{Endpoint, Field, FieldMistake, Mode, Settings};
use crate::signal::Description;
use crate::words::{Message, say};

/// What belongs to one stay in a room, from `join` to `leave`.
pub(super) struct Run {
    pub(super) settings: Settings,
    pub(super) conversation: Conversation,
    /// The text of the dialect's document.
    pub(super) document: String,
    /// This tab's id where the transport has no server to give one.
    pub(super) tab_id: String,
    /// The room has us now.
    pub(super) in_room: bool,
    /// The room had us before: what comes now is a return.
    been_in: bool,
    pub(super) me: Option<String>,
    pub(super) peers: Vec<String>,
    /// The one this page connects with.
    pub(super) partner: Option<String>,
    /// The offer of somebody who was not the partner.
    pub(super) aside: Option<(String, Description)>,
    /// `auto` waits until something new happens (somebody hung up).
    pub(super) paused: bool,
    join_ticket: Option<Ticket>,
    /// Whether an empty list of peers means that nobody is there.
    knows_presence: bool,
    trickles: bool,
    pub(super) joins_by_message: bool,
}

impl Session {
    /// Reads the form and opens the link; a mistake is named and nothing is contacted.
    pub(super) fn join(&mut self, fields: &[Field], ticket: Option<Ticket>) {
        if self.run.is_some() {
            return self.outcome(ticket, Some(say("reason.joined-already")));
        }
        match self.prepare(fields, ticket) {
            Ok(run) => {
                self.bench_joins(fields);
                self.enter(run)
            }
            Err(mistakes) => {
                let first = mistakes.first().map(|mistake| mistake.message.clone());
                for FieldMistake { field, message } in mistakes {
                    self.tell(What::FieldRefused {
                        field: field.to_owned(),
                        message,
                    });
                }
                self.outcome(ticket, first);
            }
        }
    }

    fn prepare(
        &mut self,
        fields: &[Field],
        ticket: Option<Ticket>,
    ) -> Result<Run, Vec<FieldMistake>> {
        let settings = Settings::read(fields, &self.start)?;
        let wrong = |message| {
            vec![FieldMistake {
                field: "dialect",
                message,
            }]
        };
        let name = match &settings.endpoint {
            Endpoint::Tabs => "tabs",
            Endpoint::Paste => "paste",
            Endpoint::Socket(_) => settings.dialect.as_str(),
        };
        let text = Dialect::built_in(name)
            .ok_or_else(|| wrong(say("field.dialect-unknown").with("name", name)))?;
        let dialect = Dialect::load(text).map_err(|mistakes| {
            let places: Vec<String> = mistakes
                .into_iter()
                .map(|mistake| mistake.pointer)
                .collect();
            wrong(say("field.dialect-wrong").with("places", places.join(", ")))
        })?;
        let endpoint = match &settings.endpoint {
            Endpoint::Socket(url) => url
                .replace("{room}", &encode(&settings.room))
                .trim_end_matches('/')
                .to_owned(),
            _ => String::new(),
        };
        let knows_presence = settings.endpoint == Endpoint::Tabs || dialect.joins_by_message();
        let given = [
            ("endpoint", endpoint.as_str()),
            ("room", settings.room.as_str()),
        ];
        let conversation = Conversation::new(&dialect, &given, self.random.next());
        let tab_id = format!("{:08x}", self.random.next() >> 32);
        Ok(Run {
            settings,
            conversation,
            document: text.to_owned(),
            tab_id,
            in_room: false,
            been_in: false,
            me: None,
            peers: Vec::new(),
            partner: None,
            aside: None,
            paused: false,
            join_ticket: ticket,
            knows_presence,
            trickles: dialect.trickles(),
            joins_by_message: dialect.joins_by_message(),
        })
    }

    fn enter(&mut self, run: Run) {
        self.facts = Facts::new();
        self.facts.run.begun = true;
        self.facts.run.mode = run.settings.mode;
        self.facts.run.ice_servers = run
            .settings
            .ice_servers
            .iter()
            .map(|server| server.urls.len())
            .sum();
        self.facts.run.trickles = run.trickles;
        let settings = &run.settings;
        let joining = What::Joining {
            endpoint: match &settings.endpoint {
                Endpoint::Tabs => "tabs:".to_owned(),
                Endpoint::Paste => "paste:".to_owned(),
                Endpoint::Socket(url) => url.clone(),
            },
            room: settings.room.clone(),
            mode: settings.mode.word().to_owned(),
            dialect: settings.dialect.clone(),
            ice_servers: settings
                .ice_servers
                .iter()
                .flat_map(|server| server.urls.clone())
                .collect(),
        };
        self.run = Some(run);
        self.tell(joining);
        for name in StateName::ALL {
            self.tell(What::State {
                name,
                value: "none".to_owned(),
            });
        }
        self.begin_attempt();
        self.open_link();
    }

    /// Says goodbye, closes everything and goes back to before `join`.
    pub(super) fn leave(&mut self, why: Message, ticket: Option<Ticket>) {
        if self.run.is_none() {
            return self.outcome(ticket, None);
        }
        self.say_bye();
        self.close_attempt(why.clone());
        self.close_link();
        let join_ticket = self.run.take().and_then(|run| run.join_ticket);
        self.outcome(join_ticket, Some(why.clone()));
        self.facts = Facts::new();
        self.tell(What::Role { role: None, why });
        self.tell(What::Left);
        self.outcome(ticket, None);
    }

    /// A transport that knows who is there has let us in.
    pub(super) fn present(&mut self, presence: Presence) {
        if let Some(run) = &mut self.run {
            run.me = Some(presence.me);
        }
        self.joined();
        for peer in &presence.peers {
            self.peer_joined(peer);
        }
        if let Some(peer) = presence.peers.first() {
            self.asked_to_offer(Some(peer.clone()));
        }
        self.settle_role();
    }

    /// The room has us, for the first time or again.
    pub(super) fn joined(&mut self) {
        let Some(run) = &mut self.run else { return };
        if std::mem::replace(&mut run.in_room, true) {
            // Told twice over one link: nothing is new.
            return;
        }
        self.link.tries = 0;
        if let Some(me) = run.conversation.self_id() {
            run.me = Some(me);
        }
        let again = std::mem::replace(&mut run.been_in, true);
        if again {
            // Who is still there is told anew.
            run.peers.clear();
        }
        let (me, ticket) = (run.me.clone(), run.join_ticket.take());
        self.facts.run.joined = true;
        self.facts.run.linked = self.link.state == LinkState::Open;
        self.note_presence();
        self.tell(What::Joined { me, again });
        self.outcome(ticket, None);
        if again {
            self.speak(true);
        }
    }

    /// Somebody is in the room.
    pub(super) fn peer_joined(&mut self, peer: &str) {
        let Some(run) = &mut self.run else { return };
        if run.me.as_deref() == Some(peer) {
            return;
        }
        let known = run.peers.iter().any(|known| known == peer);
        if !known {
            run.peers.push(peer.to_owned());
            self.tell(What::PeerJoined {
                peer: peer.to_owned(),
            });
        }
        self.note_presence();
        self.adopt(peer);
    }

    /// Makes a peer the partner, unless the present one is still there.
    fn adopt(&mut self, peer: &str) {
        let Some(run) = &self.run else { return };
        let partner = run.partner.clone();
        if self.is_stranger(peer) {
            let note = say("note.third").with("peer", peer);
            return self.note(note.with("partner", partner.unwrap_or_default()));
        }
        let replaced = partner.is_some_and(|partner| partner != peer);
        self.set_partner(peer);
        if replaced && self.facts.attempt.came.is_some() {
            self.end_attempt(say("ended.replaced").with("peer", peer));
        }
        if self.untouched() && self.role_is_open() && self.facts.run.role.is_some() {
            self.set_role(Role::Answerer, say("role.first").with("peer", peer));
        }
        if !self.facts.attempt.channel_open {
            self.speak(true);
        }
    }

    /// Whether somebody else is the partner, and is still there: in the room, or on a channel that stands.
    pub(super) fn is_stranger(&self, peer: &str) -> bool {
        let Some(run) = &self.run else { return false };
        let Some(partner) = run.partner.as_ref().filter(|partner| *partner != peer) else {
            return false;
        };
        let begun = self.facts.attempt.came.is_some() || self.facts.attempt.given.is_some();
        let stands = self.facts.attempt.channel_open && self.facts.attempt.connected();
        run.peers.contains(partner) || stands || (!run.knows_presence && begun)
    }

    /// Whether the partner is known to have left the room.
    pub(super) fn partner_left(&self) -> bool {
        self.run.as_ref().is_some_and(|run| {
            let gone = |partner: &String| !run.peers.contains(partner);
            run.knows_presence && run.partner.as_ref().is_some_and(gone)
        })
    }

    pub(super) fn set_partner(&mut self, peer: &str) {
        let Some(run) = &mut self.run else { return };
        run.partner = Some(peer.to_owned());
        run.conversation.set_peer(Some(peer));
        run.paused = false;
    }

    /// Somebody is gone: `by_peer` when it said so itself, otherwise it may come back.
    pub(super) fn peer_left(&mut self, peer: &str, by_peer: bool) {
        let Some(run) = &mut self.run else { return };
        let is_partner = run.partner.as_deref().is_none_or(|partner| partner == peer);
        if !by_peer {
            run.peers.retain(|known| known != peer);
        }
        let id = match (by_peer, self.facts.attempt.channel_open) {
            (true, _) => "left.bye",
            (false, true) => "left.channel-open",
            (false, false) => "left.gone",
        };
        self.tell(What::PeerLeft {
            peer: peer.to_owned(),
            message: say(id).with("peer", peer),
        });
        self.note_presence();
        if by_peer && is_partner {
            self.peer_hung_up(say("ended.bye").with("peer", peer));
        }
    }

    /// The other side ended the connection; a new one begins when somebody wants it.
    pub(super) fn peer_hung_up(&mut self, why: Message) {
        if self.untouched() {
            return;
        }
        if let Some(run) = &mut self.run {
            run.paused = true;
        }
        self.end_attempt(why);
    }

    /// The endpoint wants this page to offer.
    pub(super) fn asked_to_offer(&mut self, peer: Option<String>) {
        if let Some(peer) = &peer {
            self.peer_joined(peer);
        }
        if self.role_is_open() && self.untouched() {
            self.set_role(Role::Offerer, say("role.second"));
        }
    }

    /// Once the room has us there is a role: the one asked for, else the first to come answers.
    pub(super) fn settle_role(&mut self) {
        let Some(run) = self.run.as_ref().filter(|run| run.in_room) else {
            return;
        };
        let (asked, company) = (run.settings.role, !run.peers.is_empty());
        match (self.facts.run.role, asked) {
            (Some(_), _) => {}
            (None, Some(role)) => {
                self.set_role(role, say("role.asked"));
                if role == Role::Answerer && company {
                    self.note(say("note.both-answer"));
                }
            }
            (None, None) => self.set_role(Role::Answerer, say("role.alone")),
        }
    }

    pub(super) fn set_role(&mut self, role: Role, why: Message) {
        if self.facts.run.role != Some(role) {
            self.facts.run.role = Some(role);
            // What failed was a step of the other role.
            self.facts.attempt.failed = None;
            self.tell(What::Role {
                role: Some(role),
                why,
            });
        }
    }

    /// The user left it open who offers.
    fn role_is_open(&self) -> bool {
        self.run
            .as_ref()
            .is_some_and(|run| run.settings.role.is_none())
    }

    /// Nothing was done or received in this attempt yet.
    fn untouched(&self) -> bool {
        let attempt = &self.facts.attempt;
        !attempt.peer_connection
            && attempt.busy.is_none()
            && attempt.given.is_none()
            && attempt.came.is_none()
    }

    fn note_presence(&mut self) {
        let Some(run) = &self.run else { return };
        self.facts.run.peer_present = match (run.peers.is_empty(), run.knows_presence) {
            (false, _) => Some(true),
            (true, true) => Some(false),
            (true, false) => None,
        };
    }

    pub(super) fn mode(&self) -> Mode {
        self.facts.run.mode
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986 2.3).
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
