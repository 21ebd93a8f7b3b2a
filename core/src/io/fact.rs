//! Facts for views and listeners.

use super::{AttemptNumber, Chosen, Fit, Linked, Millis, Near, Probe, StateName, Ticket};
use crate::command::Disturbance;
use crate::signal::{Candidate, Description};
use crate::step::{Evidence, Status, Whose};
use crate::trouble::Trouble;
use crate::words::Message;

/// A fact, with when it became one.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub at: Millis,
    pub attempt: AttemptNumber,
    pub what: What,
}

/// A host that joining will contact, and what named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub host: String,
    /// `contact.signaling`, `contact.stun`, `contact.turn`: what for.
    pub purpose: Message,
    /// `named.you`, `named.link`, `named.page`, `named.default`: who chose it.
    pub named_by: Message,
}

/// Whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Mine,
    Theirs,
}

/// What became of a candidate. The order is the order of a candidate's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Mine: gathered and not sent yet. Theirs: received before their description was set.
    Kept,
    /// Mine: sent. Theirs: given to `addIceCandidate`.
    Used,
    /// Theirs: refused by the browser, or of an older generation.
    Dropped,
    Selected,
}

/// Which of the two this page is, for one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Offerer,
    Answerer,
}

impl Role {
    /// `offerer` or `answerer`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offerer => "offerer",
            Self::Answerer => "answerer",
        }
    }
}

/// The signaling link, in the words of `WebSocket.readyState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    None,
    Connecting,
    Open,
    Closed,
}

impl LinkState {
    /// The word for `data-signaling-link`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Connecting => "connecting",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// Everything a view or a listener can learn.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The join form was accepted: the run begins. Public parts only (no credential).
    Joining {
        endpoint: String,
        room: String,
        mode: String,
        dialect: String,
        ice_servers: Vec<String>,
        /// Answers to the dialect's questions that hold for the other side too.
        vars: Vec<(String, String)>,
        /// Hosts that the user allowed beside the endpoint's.
        hosts: Vec<String>,
        /// The server is the other party: no second page is wanted.
        alone: bool,
        /// Somebody tells who is there, so that nobody told means that nobody is.
        tells_peers: bool,
        /// Only TURN servers may be used (`iceTransportPolicy`).
        relay_only: bool,
    },
    /// What joining with the form as it stands would contact, and what the other peer will learn. Told before anything is contacted.
    Contacts {
        contacts: Vec<Contact>,
    },
    /// A field of the form was not accepted; nothing was contacted. An empty field name speaks of the whole form.
    FieldRefused {
        field: String,
        message: Message,
    },
    /// What the browser and this page are, told once, and again when the page goes into the background or comes back.
    Page {
        /// `navigator.userAgent`.
        agent: String,
        /// A secure context: with less, cameras, the clipboard and some of crypto are absent.
        secure: bool,
        hidden: bool,
    },
    /// An option of [`crate::command::Switch`] was switched; its `data-command`.
    Option {
        option: &'static str,
        on: bool,
    },
    /// The faults on purpose that hold from now on.
    Disturbances(Vec<Disturbance>),
    /// A fault on purpose happened to a signal.
    Disturbed {
        side: Side,
        /// `drop`, `delay`, `duplicate`, `reorder`, `corrupt` or `echo`.
        disorder: &'static str,
        /// The kind of the signal.
        kind: &'static str,
        /// What it would have been, as on the wire.
        text: String,
    },
    /// The description that the next call that sets one will be given; none: nothing waits to be set.
    Pending {
        side: Side,
        description: Option<Description>,
        /// The user changed it.
        edited: bool,
    },
    /// A STUN or TURN server did not do its part (`icecandidateerror`; the code as in RFC 8489, or 701).
    CandidateError {
        url: String,
        code: u16,
        text: String,
    },
    /// What was added is not in the agreed descriptions (`negotiationneeded`).
    NegotiationNeeded,
    /// A track was added here, or came (`track`). `kind` is `audio` or `video`.
    Track {
        side: Side,
        kind: String,
    },
    /// `getStats()`, as the text of a JSON list of its entries.
    Stats {
        text: String,
    },
    /// The run is over: the page is where it was before `join`, with its record kept.
    Left,
    Link {
        state: LinkState,
        note: Option<Message>,
    },
    /// The room has us. `me` is the own id, where there is one.
    Joined {
        me: Option<String>,
        again: bool,
    },
    /// The server calls the room otherwise than the user did.
    RoomNamed {
        room: String,
    },
    /// Somebody is there; an empty name: the dialect does not say who.
    PeerJoined {
        peer: String,
    },
    PeerLeft {
        peer: String,
        message: Message,
    },
    Role {
        role: Option<Role>,
        why: Message,
    },
    /// An attempt began (peer connection number `attempt`): steps, states and candidates start anew.
    AttemptBegan,
    /// The attempt is over; its peer connection is closed.
    AttemptEnded {
        why: Message,
    },
    /// A step's status, as `data-step` shows it.
    Step {
        step: u8,
        status: Status,
        whose: Whose,
        evidence: Option<Evidence>,
        fact: Option<Message>,
    },
    /// Whether a command can be given, and if not, why, in words.
    Control {
        command: &'static str,
        available: bool,
        reason: Option<Message>,
    },
    /// A call was made on the peer connection, as a JavaScript expression without values (`createOffer()`).
    Call {
        step: Option<u8>,
        call: String,
        by_page: bool,
    },
    /// A call was done; what it produced.
    Done {
        step: Option<u8>,
        call: String,
        fact: Option<Message>,
    },
    State {
        name: StateName,
        value: String,
    },
    /// A signal went out. `text` is the frame as sent.
    Sent {
        step: Option<u8>,
        kind: &'static str,
        to: Option<String>,
        text: String,
        again: bool,
        /// The dialect's rule that wrote it: its place in `messages`.
        rule: Option<usize>,
    },
    /// A frame came. `kind` is what the dialect read it as, or `unknown`.
    Received {
        step: Option<u8>,
        kind: &'static str,
        from: Option<String>,
        text: String,
        /// The dialect's rule that read it: its place in `messages`.
        rule: Option<usize>,
        /// The words of all events that it means, in order.
        events: Vec<&'static str>,
        /// Nothing fitted: the rule that came furthest, and why not further.
        near: Option<Near>,
        /// It was read, but of a repeated element nothing fitted: where the first of it failed, and why.
        skipped: Option<Near>,
    },
    Described {
        side: Side,
        description: Description,
    },
    /// A candidate became known. `index` counts per side from 0 within the attempt.
    Candidate {
        side: Side,
        index: usize,
        candidate: Candidate,
    },
    CandidateFate {
        side: Side,
        index: usize,
        fate: Fate,
    },
    GatheringEnded {
        count: usize,
    },
    Channel {
        label: String,
        options: String,
        state: String,
    },
    Chat {
        side: Side,
        text: String,
    },
    /// A line could not be sent: the words stay in the field.
    ChatRefused {
        text: String,
        message: Message,
    },
    SelectedPair {
        local: String,
        remote: String,
    },
    /// Something the page did or learnt by itself, in a sentence.
    Note {
        message: Message,
    },
    Trouble(Trouble),
    /// `paste:`: the text to carry to the other side; empty when there is none.
    SignalToCarry {
        text: String,
    },
    /// The document of the chosen dialect is loaded and checked, or has mistakes.
    Dialect(Chosen),
    /// A link named a document of the page's own site as the dialect.
    DocumentLinked {
        place: String,
        stage: Linked,
    },
    /// A document for the workbench came, or why it did not.
    Opened {
        place: String,
        text: String,
        refused: Option<Message>,
    },
    /// An answer to [`crate::command::Command::Probe`].
    Probed {
        /// JSON pointer and sentence of each mistake of the document; with any, nothing was read.
        mistakes: Vec<(String, String)>,
        /// What became of each of the [`crate::command::messages`], read one after the other.
        messages: Vec<Probe>,
    },
    /// Frames came that the dialect does not know, or were asked about: built-in dialects that read them, best first.
    Fits(Vec<Fit>),
    /// An HTTP request of the dialect goes out.
    Fetching {
        method: String,
        url: String,
        body: Option<String>,
    },
    /// What came of it. `status` is none where the answer cannot be read.
    Fetched {
        status: Option<u16>,
        text: String,
    },
    /// A command given with a ticket came to its end.
    Outcome {
        ticket: Ticket,
        refused: Option<Message>,
    },
}
