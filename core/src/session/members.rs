//! Who is in the room, and which of the two this page is.

use super::Session;
use super::brake::Brake;
use crate::dialect::{Channel, Conversation, Dialect};
use crate::io::{LinkState, Presence, Role, Ticket, What};
use crate::settings::{Endpoint, IceServer, Mode, Settings};
use crate::signal::Description;
use crate::words::{Message, say};

/// What belongs to one stay in a room, from `join` to `leave`.
pub(super) struct Run {
    pub(super) settings: Settings,
    pub(super) dialect: Dialect,
    pub(super) conversation: Conversation,
    /// The room's name, as the server calls it.
    pub(super) room: String,
    /// This tab's id where the transport has no server to give one.
    pub(super) tab_id: String,
    /// The text of the dialect's document.
    pub(super) document: String,
    /// What of the answers may go into the other side's link.
    pub(super) shared: Vec<(String, String)>,
    /// The room has us now.
    pub(super) in_room: bool,
    /// The room had us before: what comes now is a return.
    pub(super) been_in: bool,
    /// The room had us with what is being read just now.
    pub(super) just_in: bool,
    pub(super) me: Option<String>,
    pub(super) peers: Vec<String>,
    /// Somebody was heard whom the dialect does not name.
    pub(super) unnamed: bool,
    /// The one this page connects with.
    pub(super) partner: Option<String>,
    /// The offer of somebody who was not the partner.
    pub(super) aside: Option<(String, Description)>,
    /// `auto` waits until something new happens (somebody hung up).
    pub(super) paused: bool,
    /// The user named whom to call.
    pub(super) calls: bool,
    pub(super) join_ticket: Option<Ticket>,
    /// Whether an empty list of peers means that nobody is there.
    pub(super) knows_presence: bool,
    /// The server is the other party: nobody else is waited for.
    pub(super) alone: bool,
    pub(super) trickles: bool,
    /// Candidates go as one batch, once gathering has ended.
    pub(super) batches: bool,
    pub(super) asks_for_offers: bool,
    /// In which attempt whom this page asked for an offer.
    pub(super) asked: Option<(u32, Option<String>)>,
    /// What was replied lately.
    pub(super) brake: Brake,
    /// The holes that something was held back for: each is told once.
    pub(super) held: Vec<String>,
    pub(super) joins_by_message: bool,
    /// STUN and TURN servers that the signaling server named.
    pub(super) named_servers: Vec<IceServer>,
    /// The channels to create: the dialect's plan, or the form's one.
    pub(super) channels: Vec<Channel>,
}

impl Run {
    /// The user's STUN and TURN servers, and those that signaling named.
    pub(super) fn ice_servers(&self) -> Vec<IceServer> {
        let own = self.settings.ice_servers.iter();
        own.chain(&self.named_servers).cloned().collect()
    }
}

impl Session {
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
        run.just_in = true;
        self.link.tries = 0;
        // What was said before it had us no longer decides anything.
        self.link.refused = None;
        if let Some(me) = run.conversation.self_id() {
            run.me = Some(me);
        }
        let again = std::mem::replace(&mut run.been_in, true);
        if again {
            // Who is still there is told anew.
            run.peers.clear();
            run.unnamed = false;
            run.asked = None;
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

    /// Somebody is there whom the dialect does not name.
    pub(super) fn somebody_joined(&mut self) {
        let Some(run) = &mut self.run else { return };
        if !std::mem::replace(&mut run.unnamed, true) {
            let peer = String::new();
            self.tell(What::PeerJoined { peer });
        }
        self.note_presence();
        if self.untouched() && self.role_is_open() && self.facts.run.role.is_some() {
            self.set_role(Role::Answerer, say("role.first-unnamed"));
        }
        if !self.facts.attempt.channel_open {
            self.speak(true);
        }
    }

    /// The server says who is there: who is not among them has gone.
    pub(super) fn exactly_these(&mut self, peers: &[String]) {
        let joining = self.facts.run.role.is_none();
        let known = self.run.as_ref().map(|run| run.peers.clone());
        for gone in known.unwrap_or_default() {
            if !peers.contains(&gone) {
                self.peer_left(&gone, false);
            }
        }
        let known = self.run.as_ref().map(|run| run.peers.clone());
        for peer in peers {
            if !known.as_ref().is_some_and(|known| known.contains(peer)) {
                self.peer_joined(peer);
            }
        }
        if joining && self.role_is_open() && !peers.is_empty() {
            // The list that comes with joining says that others were first.
            self.set_role(Role::Offerer, say("role.second"));
        }
    }

    /// The server ended the room: nobody is there any more.
    pub(super) fn room_closed(&mut self) {
        if let Some(run) = &mut self.run {
            run.peers.clear();
            run.unnamed = false;
        }
        self.note_presence();
        self.note(say("note.room-closed"));
        self.peer_hung_up(say("ended.closed"));
    }

    /// Whoever says something is there, whether or not the server told so.
    pub(super) fn is_there(&mut self, peer: Option<&str>) {
        let Some(run) = &mut self.run else { return };
        match peer {
            None if !run.unnamed && matches!(run.settings.endpoint, Endpoint::Socket(_)) => {
                run.unnamed = true;
                let peer = String::new();
                self.tell(What::PeerJoined { peer });
            }
            None => run.unnamed = true,
            Some(peer) if run.knows_presence && !run.peers.iter().any(|known| known == peer) => {
                run.peers.push(peer.to_owned());
                let peer = peer.to_owned();
                self.tell(What::PeerJoined { peer });
            }
            Some(_) => {}
        }
        self.note_presence();
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
        let attempt = &self.facts.attempt;
        let begun = attempt.came.is_some() || attempt.given.is_some();
        let stands = self.facts.attempt.channel_open && self.facts.attempt.connected();
        // Where nobody tells who has gone, a partner counts as gone when nothing is under way with it.
        let there = if run.knows_presence {
            run.peers.contains(partner)
        } else {
            begun && attempt.connection != "failed"
        };
        there || stands
    }

    /// Where nobody tells who has gone, a connection that failed is all there is to see of it.
    pub(super) fn let_others_call(&mut self) {
        if let Some(run) = self.run.as_mut().filter(|run| !run.knows_presence) {
            run.conversation.call_over();
        }
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
            run.unnamed = false;
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
            run.conversation.call_over();
        }
        self.end_attempt(why);
    }

    /// The endpoint wants this page to offer.
    pub(super) fn asked_to_offer(&mut self, peer: Option<String>) {
        if let Some(peer) = &peer {
            self.peer_joined(peer);
        }
        if self.role_is_open() && self.untouched() {
            let why = match &self.run {
                Some(run) if run.alone => "role.server-asks",
                Some(run) if run.just_in => "role.second",
                _ => "role.requested",
            };
            self.set_role(Role::Offerer, say(why));
        } else if peer.is_none() && self.facts.offers() && !self.facts.attempt.channel_open {
            // Who asks has not heard what was said so far.
            self.speak(true);
        }
    }

    /// Once the room has us there is a role: the one asked for, else the first to come answers.
    pub(super) fn settle_role(&mut self) {
        let Some(run) = self.run.as_ref().filter(|run| run.in_room) else {
            return;
        };
        let (asked, company) = (run.settings.role, !run.peers.is_empty());
        let (calls, knows, alone) = (run.calls, run.knows_presence, run.alone);
        match (self.facts.run.role, asked) {
            (Some(_), _) => {}
            (None, Some(role)) => {
                self.set_role(role, say("role.asked"));
                if role == Role::Answerer && company {
                    self.note(say("note.both-answer"));
                }
            }
            (None, None) if calls => self.set_role(Role::Offerer, say("role.calls")),
            (None, None) if alone => self.set_role(Role::Answerer, say("role.server-offers")),
            (None, None) if knows => self.set_role(Role::Answerer, say("role.alone")),
            (None, None) => self.set_role(Role::Answerer, say("role.nobody-knows")),
        }
        self.ask_for_offer();
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
    pub(super) fn untouched(&self) -> bool {
        let attempt = &self.facts.attempt;
        !attempt.peer_connection
            && attempt.busy.is_none()
            && attempt.given.is_none()
            && attempt.came.is_none()
    }

    fn note_presence(&mut self) {
        let Some(run) = &self.run else { return };
        let empty = run.peers.is_empty() && !run.unnamed;
        self.facts.run.peer_present = match (empty, run.knows_presence) {
            (false, _) => Some(true),
            (true, true) => Some(false),
            (true, false) => None,
        };
    }

    pub(super) fn mode(&self) -> Mode {
        self.facts.run.mode
    }
}
