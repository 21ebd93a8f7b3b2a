//! The whole vocabulary: everything that can come in, every order that goes out, every fact that is told.

mod dialects;
mod fact;
mod first_channel;

use crate::command::Command;
use crate::dialect::{Fetch, FetchAnswer};
use crate::settings::{ChannelOptions, IceServer};
use crate::signal::{Candidate, Description, DescriptionKind};
pub use dialects::{Chosen, Fit, Linked, Near, Probe};
pub use fact::{Contact, Event, Fate, LinkState, Role, Side, What};
pub use first_channel::FirstChannel;

/// Milliseconds on the page's time origin (`performance.now()`).
pub type Millis = f64;

/// The number of a peer connection in this page load, from 1; 0 before the first.
pub type AttemptNumber = u32;

/// A number the host gave to a command, to hear of its outcome.
pub type Ticket = u32;

/// Everything that can happen to a session.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The user asked for something.
    Command {
        command: Command,
        ticket: Option<Ticket>,
    },
    /// The browser's WebRTC side reported on an attempt.
    Rtc {
        attempt: AttemptNumber,
        report: RtcReport,
    },
    /// The signaling transport reported. `link` is the number of the connection it speaks of.
    Signal { link: u32, report: SignalReport },
    /// Time has passed: a deadline asked for by [`Effect::Wake`] may be over.
    Tick,
    /// The page is being left: say goodbye.
    PageHide,
    /// The page went into the background, where its timers are throttled, or came back.
    Hidden(bool),
    /// Whether a text reached the clipboard.
    Copied(bool),
    /// The form begins with another value of a field from now on; who named it as in [`crate::settings::Start`].
    Begins {
        field: String,
        value: String,
        by: &'static str,
    },
    /// A document asked for by [`Effect::LoadDocument`] came, or why it did not.
    Document {
        place: String,
        answer: Result<String, Fault>,
    },
}

/// What the driver reports of one peer connection.
#[derive(Debug, Clone, PartialEq)]
pub enum RtcReport {
    /// An ordered operation was done. Descriptions come with the two that create one.
    Done {
        operation: Operation,
        description: Option<Description>,
    },
    /// The browser refused an operation, in its own words.
    Refused { operation: Operation, fault: Fault },
    /// One of the states changed; the browser's own word.
    State { name: StateName, value: String },
    /// `icecandidate` with a candidate.
    LocalCandidate(Candidate),
    /// `icecandidate` with null: gathering is over (an empty candidate comes before it in Firefox and is not reported).
    /// `complete` is `localDescription.sdp` with all candidates in it.
    GatheringEnded { complete: Option<String> },
    /// `icecandidateerror`: a STUN or TURN server did not do its part (code as in RFC 8489, or 701).
    CandidateError {
        url: String,
        code: u16,
        text: String,
    },
    /// `datachannel`: the other side made one.
    ChannelAnnounced { label: String },
    /// A channel's readyState changed.
    ChannelState { label: String, state: String },
    /// A text came over a channel.
    Text(String),
    /// A short message of bytes came that is text (UTF-8).
    TextInBytes(String),
    /// Something other than text came, or a text above the page's limit: only its size in bytes is told.
    Unreadable { bytes: u64, binary: bool },
    /// `bufferedAmount` fell under its threshold: there is room again.
    RoomAgain,
    /// The selected candidate pair, as the browser's statistics name it.
    SelectedPair { local: String, remote: String },
    /// `negotiationneeded`: what was added is not in the agreed descriptions.
    NegotiationNeeded,
    /// `track`: the other side sends media. `kind` is `audio` or `video`.
    TrackCame { kind: String },
    /// `getStats()`, as the text of a JSON list of its entries.
    Stats { text: String },
    /// The largest message the other side takes, in bytes (`RTCSctpTransport.maxMessageSize`).
    MaxMessageSize(u64),
}

/// A call on one peer connection that can be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Create,
    AddDataChannel,
    /// `addTransceiver()` with a synthetic track.
    AddTrack,
    CreateOffer,
    CreateAnswer,
    SetLocalDescription(DescriptionKind),
    SetRemoteDescription(DescriptionKind),
    AddCandidate,
    Send,
}

/// What the browser said when it refused: `DOMException.name` and `.message`, verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub name: String,
    pub message: String,
}

/// The states a peer connection and its channel show, each in the browser's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateName {
    Signaling,
    IceGathering,
    IceConnection,
    Connection,
    Channel,
}

impl StateName {
    /// All five, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::Signaling,
        Self::IceGathering,
        Self::IceConnection,
        Self::Connection,
        Self::Channel,
    ];

    /// The host's attribute for it, and the property it mirrors.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Signaling => ("data-signaling-state", "signalingState"),
            Self::IceGathering => ("data-ice-gathering-state", "iceGatheringState"),
            Self::IceConnection => ("data-ice-connection-state", "iceConnectionState"),
            Self::Connection => ("data-connection-state", "connectionState"),
            Self::Channel => ("data-channel-state", "channel.readyState"),
        }
    }
}

/// What a transport reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignalReport {
    /// It is open. A transport that knows who is there says so; others leave it to the dialect.
    Open {
        presence: Option<Presence>,
    },
    PeerJoined(String),
    PeerLeft(String),
    /// Two are there already (`tabs:`).
    Full,
    /// A text came.
    Frame(String),
    /// A frame above the limit came: only its length in UTF-16 units is told, its text was never copied.
    TooLong(u32),
    /// Something other than text came: no dialect reads it.
    Binary,
    /// It is closed, by whomever.
    Closed {
        code: u16,
        reason: String,
    },
    /// It could not even be tried.
    Refused(Fault),
    /// An HTTP request of the dialect came to its end.
    Fetched {
        id: u32,
        answer: FetchAnswer,
    },
}

/// Who is in the room, told by a transport that has no server (`tabs:`, `line:`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    pub me: String,
    pub peers: Vec<String>,
}

/// An order to the browser.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Open a transport; close the one before.
    OpenLink {
        link: u32,
        transport: Transport,
    },
    SendFrame {
        link: u32,
        text: String,
    },
    /// Close with code 1000.
    CloseLink {
        link: u32,
    },
    CreatePeerConnection {
        attempt: AttemptNumber,
        ice_servers: Vec<IceServer>,
        /// `iceTransportPolicy: "relay"`: candidates of TURN servers only.
        relay_only: bool,
    },
    AddDataChannel {
        attempt: AttemptNumber,
        label: String,
        options: ChannelOptions,
    },
    /// Close the channels that were added here, without a report: the other side's count.
    DropDataChannels {
        attempt: AttemptNumber,
    },
    CreateOffer {
        attempt: AttemptNumber,
        ice_restart: bool,
    },
    CreateAnswer {
        attempt: AttemptNumber,
    },
    SetLocalDescription {
        attempt: AttemptNumber,
        description: Description,
    },
    SetRemoteDescription {
        attempt: AttemptNumber,
        description: Description,
    },
    AddCandidate {
        attempt: AttemptNumber,
        candidate: Candidate,
    },
    SendText {
        attempt: AttemptNumber,
        text: String,
    },
    ReadSelectedPair {
        attempt: AttemptNumber,
    },
    /// Add a synthetic video track (`addTransceiver()`).
    AddTrack {
        attempt: AttemptNumber,
    },
    /// `getStats()`; answered by [`RtcReport::Stats`].
    ReadStats {
        attempt: AttemptNumber,
    },
    ClosePeerConnection {
        attempt: AttemptNumber,
    },
    /// `setConfiguration()`: signaling named STUN and TURN servers after the peer connection was created.
    SetIceServers {
        attempt: AttemptNumber,
        ice_servers: Vec<IceServer>,
    },
    /// Make an HTTP request of the dialect; answered by [`SignalReport::Fetched`] under the same link.
    Fetch {
        link: u32,
        fetch: Fetch,
        /// It is said while leaving: it goes on when the link closes and the page goes (`keepalive`).
        parting: bool,
    },
    /// Get a dialect document of the page's own origin: a built-in name, or a path. Answered by [`Input::Document`].
    LoadDocument {
        place: String,
    },
    /// Send [`Input::Tick`] once `at` has come. A later order replaces an earlier one.
    Wake {
        at: Millis,
    },
    /// Put a text on the clipboard.
    Copy {
        text: String,
    },
}

/// Where a transport leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    WebSocket {
        url: String,
        protocols: Vec<String>,
    },
    /// Other tabs of this browser, in this room; `seed` makes this tab's id.
    Tabs {
        room: String,
        me: String,
    },
    /// Carried by hand: there is nothing to open.
    Paste,
    /// The line that the page laid to one other element.
    Line {
        me: String,
    },
}
