//! An `RTCPeerConnection` as signaling sees it: the state machine of webrtc-pc 4.4, with the refusals browsers really give.

use std::collections::VecDeque;

use webrtc_steps_core::io::{Effect, Fault, Operation};
use webrtc_steps_core::sdp;
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

use super::ice::Ice;
use super::sdp::{Engine, Speaker, with_candidates};

/// A live peer connection of one side.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) attempt: u32,
    pub(crate) speaker: Speaker,
    pub(crate) signaling: &'static str,
    pub(crate) gathering: &'static str,
    pub(crate) ice_state: &'static str,
    pub(crate) state: &'static str,
    pub(crate) local: Option<Description>,
    pub(crate) remote: Option<Description>,
    /// The pair that held before the offer that is pending.
    settled: (Option<Description>, Option<Description>),
    made: Option<Description>,
    versions: u32,
    pub(crate) channel: Option<Channel>,
    /// A track was added here, or came from the other side.
    pub(crate) track: bool,
    pub(crate) track_came: bool,
    pub(crate) ice: Ice,
    pub(crate) found: Vec<Candidate>,
    pub(crate) waiting: VecDeque<Effect>,
    pub(crate) working: bool,
    /// The side and attempt at the other end, once connected.
    pub(crate) partner: Option<(usize, u32)>,
}

/// A data channel.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) label: String,
    pub(crate) state: &'static str,
    /// Made here, not announced by the other side.
    pub(crate) own: bool,
    /// Both sides have to make it.
    pub(crate) negotiated: bool,
    /// Bytes that wait to be sent.
    pub(crate) buffered: usize,
}

/// Chromium's queue; the page holds Firefox to the same.
const LARGEST_QUEUE: usize = 16 * 1024 * 1024;

impl Connection {
    pub(crate) fn new(attempt: u32, engine: Engine, name: &str) -> Self {
        Self {
            attempt,
            speaker: Speaker {
                engine,
                name: name.to_owned(),
                generation: 1,
            },
            signaling: "stable",
            gathering: "new",
            ice_state: "new",
            state: "new",
            local: None,
            remote: None,
            settled: (None, None),
            made: None,
            versions: 1,
            channel: None,
            track: false,
            track_came: false,
            ice: Ice::default(),
            found: Vec::new(),
            waiting: VecDeque::new(),
            working: false,
            partner: None,
        }
    }

    /// Does what an order asks, or refuses it. A description comes with the two orders that make one.
    pub(crate) fn apply(
        &mut self,
        now: f64,
        effect: &Effect,
    ) -> Result<Option<Description>, Fault> {
        match effect {
            Effect::CreateOffer { ice_restart, .. } => self.create_offer(*ice_restart).map(Some),
            Effect::CreateAnswer { .. } => self.create_answer().map(Some),
            Effect::SetLocalDescription { description, .. } => {
                self.set_local(now, description).map(|()| None)
            }
            Effect::SetRemoteDescription { description, .. } => {
                self.set_remote(now, description).map(|()| None)
            }
            Effect::AddCandidate { candidate, .. } => {
                self.add_candidate(now, candidate).map(|()| None)
            }
            _ => Ok(None),
        }
    }

    /// The local description with what was gathered in it.
    pub(crate) fn complete(&self) -> Option<String> {
        self.local
            .as_ref()
            .map(|local| with_candidates(&local.sdp, &self.found))
    }

    /// The largest message the other side takes, in bytes.
    pub(crate) fn largest(&self) -> Option<u64> {
        sdp::attribute(&self.remote.as_ref()?.sdp, "max-message-size")?
            .parse()
            .ok()
    }

    /// Why a text of so many bytes cannot be sent now.
    pub(crate) fn send(&mut self, bytes: usize) -> Result<(), Fault> {
        let largest = self.largest().unwrap_or(0);
        let Some(channel) = self
            .channel
            .as_mut()
            .filter(|channel| channel.state == "open")
        else {
            return Err(fault(
                "InvalidStateError",
                "RTCDataChannel.readyState is not 'open'",
            ));
        };
        if bytes as u64 > largest {
            return Err(fault(
                "TypeError",
                "Trying to send message larger than max-message-size",
            ));
        }
        if channel.buffered + bytes > LARGEST_QUEUE {
            return Err(fault("OperationError", "RTCDataChannel send queue is full"));
        }
        channel.buffered += bytes;
        Ok(())
    }

    fn create_offer(&mut self, ice_restart: bool) -> Result<Description, Fault> {
        if self.signaling == "have-remote-offer" {
            return Err(self.wrong_state());
        }
        if ice_restart && self.local.is_some() {
            self.speaker.generation += 1;
        }
        Ok(self.make(DescriptionKind::Offer, self.channel.is_some()))
    }

    fn create_answer(&mut self) -> Result<Description, Fault> {
        if self.signaling != "have-remote-offer" {
            return Err(fault(
                "InvalidStateError",
                "PeerConnection cannot create an answer in a state other than have-remote-offer or have-local-pranswer.",
            ));
        }
        let (remote, before) = (self.remote.as_ref(), self.settled.1.as_ref());
        let name = |description: Option<&Description>| {
            description.and_then(|one| sdp::ufrag(&one.sdp).map(str::to_owned))
        };
        if before.is_some() && name(before) != name(remote) {
            self.speaker.generation += 1;
        }
        let sections = remote.map_or(0, |offer| sdp::sections(&offer.sdp));
        Ok(self.make(DescriptionKind::Answer, sections > 0))
    }

    fn make(&mut self, kind: DescriptionKind, channel: bool) -> Description {
        self.versions += 1;
        let mut made = self.speaker.describe(kind, self.versions, channel);
        if self.track || self.track_came {
            made.sdp
                .push_str("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n");
        }
        self.made = Some(made.clone());
        made
    }

    fn set_local(&mut self, now: f64, description: &Description) -> Result<(), Fault> {
        let fits = match description.kind {
            DescriptionKind::Offer => self.signaling != "have-remote-offer",
            DescriptionKind::Answer => self.signaling == "have-remote-offer",
        };
        if !fits {
            return Err(self.wrong_state());
        }
        if self.made.as_ref() != Some(description) {
            let text = "The SDP does not match the previously generated SDP for this type";
            return Err(fault("InvalidModificationError", text));
        }
        self.local = Some(description.clone());
        self.ice
            .local_is(sdp::ufrag(&description.sdp).unwrap_or(""));
        self.after(now, description.kind, "have-local-offer");
        Ok(())
    }

    fn set_remote(&mut self, now: f64, description: &Description) -> Result<(), Fault> {
        self.readable(description)?;
        match (description.kind, self.signaling) {
            (DescriptionKind::Answer, "have-local-offer")
            | (DescriptionKind::Offer, "stable" | "have-remote-offer") => {}
            (DescriptionKind::Offer, _) => self.roll_back(),
            (DescriptionKind::Answer, _) => return Err(self.wrong_state()),
        }
        self.remote = Some(description.clone());
        self.ice
            .remote_is(sdp::ufrag(&description.sdp).unwrap_or(""));
        self.after(now, description.kind, "have-remote-offer");
        for candidate in sdp::candidates(&description.sdp) {
            self.ice
                .add(now, sdp::parts(candidate).map_or("0", |parts| parts.port));
        }
        Ok(())
    }

    fn after(&mut self, now: f64, kind: DescriptionKind, pending: &'static str) {
        if kind == DescriptionKind::Offer {
            self.signaling = pending;
            return;
        }
        self.signaling = "stable";
        self.settled = (self.local.clone(), self.remote.clone());
        self.ice.agree(now);
    }

    /// Theirs is set while ours is pending: ours never was (RFC 8829 5.10).
    fn roll_back(&mut self) {
        self.speaker.generation += 1;
        (self.local, self.made) = (self.settled.0.clone(), None);
        self.found.clear();
        self.gathering = "new";
    }

    fn readable(&self, description: &Description) -> Result<(), Fault> {
        let text = &description.sdp;
        let whole = text.starts_with("v=0") && text.lines().all(|line| line.get(1..2) == Some("="));
        if !whole || (self.speaker.engine == Engine::Chromium && !text.ends_with('\n')) {
            return Err(fault(
                "OperationError",
                "Failed to parse SessionDescription. Invalid SDP line.",
            ));
        }
        if sdp::sections(text) > 0 && sdp::fingerprint(text).is_none() {
            return Err(fault(
                "InvalidAccessError",
                "Called with SDP without DTLS fingerprint.",
            ));
        }
        if sdp::sections(text) > 0 && sdp::ufrag(text).is_none() {
            return Err(fault(
                "InvalidAccessError",
                "Called with SDP without ice-ufrag and ice-pwd.",
            ));
        }
        if description.kind == DescriptionKind::Answer
            && sdp::attribute(text, "setup") == Some("actpass")
        {
            let text = "Answerer must use either active or passive value for setup attribute.";
            return Err(fault("InvalidAccessError", text));
        }
        Ok(())
    }

    fn add_candidate(&mut self, now: f64, candidate: &Candidate) -> Result<(), Fault> {
        if self.remote.is_none() {
            return Err(fault(
                "InvalidStateError",
                "The remote description was null",
            ));
        }
        if candidate.sdp_mid.is_none() && candidate.sdp_m_line_index.is_none() {
            return Err(fault(
                "TypeError",
                "Candidate missing values for both sdpMid and sdpMLineIndex",
            ));
        }
        let place = candidate.sdp_mid.as_deref().is_none_or(|mid| mid == "0");
        let Some(parts) = sdp::parts(&candidate.candidate).filter(|_| place) else {
            return Err(fault("OperationError", "Error processing ICE candidate"));
        };
        let of = sdp::candidate_ufrag(candidate);
        if of.is_none_or(|of| of == self.ice.remote) {
            self.ice.add(now, parts.port);
            return Ok(());
        }
        match self.speaker.engine {
            Engine::Chromium => Ok(()),
            Engine::Firefox => Err(fault("OperationError", "Unknown ufrag")),
        }
    }

    fn wrong_state(&self) -> Fault {
        fault(
            "InvalidStateError",
            &format!("Called in wrong state: {}", self.signaling),
        )
    }
}

/// The operation an order belongs to, where the browser answers it.
pub(crate) fn operation(effect: &Effect) -> Option<Operation> {
    Some(match effect {
        Effect::CreatePeerConnection { .. } => Operation::Create,
        Effect::AddDataChannel { .. } => Operation::AddDataChannel,
        Effect::CreateOffer { .. } => Operation::CreateOffer,
        Effect::CreateAnswer { .. } => Operation::CreateAnswer,
        Effect::SetLocalDescription { description, .. } => {
            Operation::SetLocalDescription(description.kind)
        }
        Effect::SetRemoteDescription { description, .. } => {
            Operation::SetRemoteDescription(description.kind)
        }
        Effect::AddCandidate { .. } => Operation::AddCandidate,
        Effect::SendText { .. } => Operation::Send,
        Effect::AddTrack { .. } => Operation::AddTrack,
        _ => return None,
    })
}

pub(crate) fn fault(name: &str, message: &str) -> Fault {
    Fault {
        name: name.to_owned(),
        message: message.to_owned(),
    }
}
