//! Signals that come in: frames read through the dialect, and what they tell.

use super::Session;
use super::address::{READ, addressed};
use crate::dialect::{Nearest, Reading, Told};
use crate::ice_servers;
use crate::io::{Effect, Near, Role, What};
use crate::settings::IceServer;
use crate::words::say;

impl Session {
    /// A text came over the link.
    pub(super) fn frame(&mut self, text: &str) {
        let Some(run) = &mut self.run else { return };
        run.just_in = false;
        let reading = run.conversation.read(text);
        self.tell_received(text, &reading);
        if let Some(stranger) = &reading.stranger {
            self.note(say("note.stranger").with("peer", stranger));
        }
        if reading.too_long {
            self.note(say("note.write-too-long"));
        }
        if reading.unknown.is_some() {
            self.note(say("note.unknown-frame"));
            self.bench_unknown(text);
        }
        self.carry_out(reading.fetches, reading.replies, reading.rule);
        for told in reading.told {
            self.told(told);
        }
        self.settle_role();
        self.note_room();
        // What was held back may have got its value.
        self.speak(false);
        self.ask_for_offer();
    }

    /// A server may give the room another name than the user: that is the one to share.
    pub(super) fn note_room(&mut self) {
        let Some(run) = &mut self.run else { return };
        let named = run.conversation.room();
        let Some(room) = named.filter(|room| *room != run.room) else {
            return;
        };
        run.room.clone_from(&room);
        self.tell(What::RoomNamed { room });
    }

    fn tell_received(&mut self, text: &str, reading: &Reading) {
        let credentials = self.credentials_in(&reading.told);
        let shown = self.shown(text, &credentials);
        let (kind, from) = match (reading.told.first(), &reading.unknown) {
            (Some(told), _) => (told.word(), sender(told)),
            (None, None) => ("notice", None),
            (None, Some(_)) => ("unknown", None),
        };
        let run = self.run.as_ref();
        let from = from
            .filter(|_| run.is_some_and(|run| addressed(&run.dialect, kind, reading.rule, &READ)));
        let step = self.step_of_arrival(kind);
        self.tell(What::Received {
            step,
            kind,
            from,
            text: shown,
            rule: reading.rule,
            events: reading.told.iter().map(Told::word).collect(),
            skipped: reading.skipped.as_ref().map(near),
            near: reading.unknown.as_ref().map(near),
        });
    }

    /// A text as it may be shown: no secret of the dialect, and no credential that the server named in it.
    pub(super) fn shown(&self, text: &str, credentials: &[String]) -> String {
        let shown = self
            .run
            .as_ref()
            .map_or_else(|| text.to_owned(), |run| run.conversation.shown(text));
        credentials.iter().fold(shown, |shown, credential| {
            let quoted = serde_json::Value::from(credential.as_str()).to_string();
            let inner = quoted.trim_matches('"');
            shown.replace(inner, "…").replace(credential, "…")
        })
    }

    /// The credentials of the servers that a message names.
    pub(super) fn credentials_in(&self, told: &[Told]) -> Vec<String> {
        let servers = told.iter().filter_map(|told| match told {
            Told::IceServers(servers) => Some(servers),
            _ => None,
        });
        let credentials = servers
            .flatten()
            .filter_map(|server| server.credential.clone());
        credentials
            .filter(|credential| !credential.is_empty())
            .collect()
    }

    /// Something is so: a frame, an answer or an event of our own said it.
    pub(super) fn told(&mut self, told: Told) {
        if self.run.is_none() || self.facts.options.stop_answering && is_of_peer(&told) {
            return;
        }
        match told {
            Told::Joined => self.joined(),
            Told::PeerJoined { peer: Some(peer) } => self.peer_joined(&peer),
            Told::PeerJoined { peer: None } => self.somebody_joined(),
            Told::RequestOffer { peer } => self.asked_to_offer(peer),
            Told::Description { from, description } => self.receive(from, description),
            Told::Candidate { from, candidate } => {
                self.receive_candidate(from.as_deref(), candidate)
            }
            Told::End { .. } => self.note(say("note.their-end")),
            Told::PeerLeft { peer } => self.gone(peer, false),
            Told::HungUp { peer } => self.gone(peer, true),
            Told::Closed => self.room_closed(),
            Told::Peers(peers) => self.exactly_these(&peers),
            Told::IceServers(servers) => self.servers_named(servers),
            Told::Refused { url, status, why } => self.fetch_refused(&url, status, &why),
            Told::Error { code, message, .. } => {
                let text = message.or_else(|| code.clone()).unwrap_or_default();
                let text = self.shown(&text, &[]);
                let cause = say("trouble.endpoint-said").with("text", text);
                self.told_error(code.as_deref(), cause);
            }
        }
    }

    fn gone(&mut self, peer: Option<String>, by_peer: bool) {
        let partner = self.run.as_ref().and_then(|run| run.partner.clone());
        self.peer_left(&peer.or(partner).unwrap_or_default(), by_peer);
    }

    /// The signaling server names STUN and TURN servers: for coming peer connections, and for the present one if it can
    /// still take them.
    fn servers_named(&mut self, servers: Vec<IceServer>) {
        let of = servers
            .iter()
            .map(|server| server.urls.len())
            .sum::<usize>();
        let usable = ice_servers::usable(servers);
        let urls: Vec<String> = usable
            .iter()
            .flat_map(|server| server.urls.clone())
            .collect();
        if urls.len() < of {
            let note = say("note.servers-unusable");
            self.note(note.with("count", of - urls.len()));
        }
        let Some(run) = self.run.as_mut().filter(|_| !urls.is_empty()) else {
            return;
        };
        if run.named_servers == usable {
            return;
        }
        run.named_servers = usable;
        let ice_servers = run.ice_servers();
        self.facts.run.ice_servers = ice_servers.iter().map(|server| server.urls.len()).sum();
        let late = self.attempt.local.is_some() || self.is_setting_local();
        let note = if late {
            "note.servers-late"
        } else {
            "note.servers-named"
        };
        self.note(say(note).with("urls", urls.join(" ")));
        if self.is_alive() && !late {
            let attempt = self.attempt.number;
            self.order(Effect::SetIceServers {
                attempt,
                ice_servers,
            });
        }
    }

    fn step_of_arrival(&self, kind: &str) -> Option<u8> {
        match (kind, self.facts.run.role) {
            ("offer", _) => Some(12),
            ("answer", _) => Some(24),
            ("candidate" | "end", Some(Role::Offerer)) => Some(24),
            _ => None,
        }
    }
}

/// From whom something came.
fn sender(told: &Told) -> Option<String> {
    match told {
        Told::Description { from, .. } | Told::Candidate { from, .. } | Told::End { from } => {
            from.clone()
        }
        Told::PeerJoined { peer }
        | Told::RequestOffer { peer }
        | Told::PeerLeft { peer }
        | Told::HungUp { peer }
        | Told::Error { peer, .. } => peer.clone(),
        Told::Joined
        | Told::Closed
        | Told::Peers(_)
        | Told::IceServers(_)
        | Told::Refused { .. } => None,
    }
}

/// Whether the other peer said it, and waits for what comes of it.
fn is_of_peer(told: &Told) -> bool {
    matches!(
        told,
        Told::Description { .. }
            | Told::Candidate { .. }
            | Told::End { .. }
            | Told::RequestOffer { .. }
    )
}

/// Why a frame fitted nothing, as a fact.
pub(super) fn near(nearest: &Nearest) -> Near {
    Near {
        rule: nearest.rule,
        pointer: nearest.pointer.clone(),
        why: nearest.to_string(),
    }
}
