//! What a user can ask, as types: the names are those of `data-command` on the page.

use serde_json::Value;

use crate::io::Side;

/// Everything a user can ask of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Join the room with the values of the form's fields, by field name.
    Join(Vec<(String, String)>),
    /// The form's fields as they stand while the user edits: nothing is contacted, [`crate::io::What::Contacts`] is told.
    Consider(Vec<(String, String)>),
    Plain(Plain),
    /// Send one line of chat.
    SendMessage(String),
    /// Read what the other side's page gave to carry (`paste:` endpoints).
    ReadSignal(String),
    /// Tell what captured [`messages`] would be read as by a document: [`crate::io::What::Probed`].
    Probe {
        document: String,
        message: String,
    },
    /// Get a document for the workbench: a built-in dialect's name, or a path on the page's own origin. [`crate::io::What::Opened`] is told.
    OpenDocument(String),
    /// Try captured messages, one on a line, on every built-in dialect: [`crate::io::What::Fits`] is told.
    Recognise(String),
    /// Switch one of the page's options on or off.
    Switch {
        option: Switch,
        on: bool,
    },
    /// Change the description that the next `setLocalDescription` (mine) or `setRemoteDescription` (theirs) will be given, as
    /// SDP text.
    Edit {
        side: Side,
        sdp: String,
    },
    /// Disturb the signals of one direction from now on, or stop doing so.
    Disturb(Disturbance),
    /// Leave and join again with another dialect: a name, or `custom` with a document.
    SwitchDialect {
        dialect: String,
        document: String,
    },
}

/// What a user can switch on and off during a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Switch {
    /// Forbidden steps can be clicked: the browser itself refuses them.
    LetMeFail,
    /// Received candidates wait for the command `add-candidates`.
    AddByHand,
    /// Incoming signals are shown and not acted on: this side stops answering.
    StopAnswering,
    /// The statistics of the connection are read every second.
    Statistics,
}

impl Switch {
    /// Each with its `data-command`, which takes `on` or `off`.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::LetMeFail, "let-me-fail"),
        (Self::AddByHand, "add-by-hand"),
        (Self::StopAnswering, "stop-answering"),
        (Self::Statistics, "read-statistics"),
    ];

    /// Its `data-command`.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(option, _)| *option == self)
            .map_or("", |(_, name)| name)
    }

    /// The option of a `data-command`.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(_, known)| *known == name)
            .map(|(option, _)| *option)
    }
}

/// What is done to signals on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disorder {
    Drop,
    /// It arrives this much later, in milliseconds.
    Delay(u32),
    Duplicate,
    /// It arrives after the one that follows.
    Reorder,
    /// A part of it is changed, so that it is still JSON.
    Corrupt,
    /// It comes back to its sender as well.
    Echo,
}

impl Disorder {
    /// `drop`, `delay`, `duplicate`, `reorder`, `corrupt` or `echo`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Delay(_) => "delay",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Corrupt => "corrupt",
            Self::Echo => "echo",
        }
    }
}

/// A fault on purpose: what happens to signals of one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disturbance {
    /// Mine: those that go out. Theirs: those that come.
    pub side: Side,
    /// Which kind of signal (`offer`, `answer`, `candidate`, …); empty: every one.
    pub kind: String,
    /// `None` ends what is done to this direction and kind.
    pub disorder: Option<Disorder>,
    /// How many more signals it happens to; `None`: all.
    pub times: Option<u32>,
}

/// The captured messages that are tried at once.
pub const MOST_MESSAGES: usize = 64;

impl Disturbance {
    /// Reads `{"side", "signal", "disorder", "ms", "times"}`; `None` where a word is unknown.
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let word = |name: &str| value.get(name).and_then(Value::as_str);
        let number = |name: &str| {
            let number = value.get(name).and_then(Value::as_u64);
            number.map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        };
        let disorder = match word("disorder") {
            None => None,
            Some("drop") => Some(Disorder::Drop),
            Some("delay") => Some(Disorder::Delay(number("ms")?)),
            Some("duplicate") => Some(Disorder::Duplicate),
            Some("reorder") => Some(Disorder::Reorder),
            Some("corrupt") => Some(Disorder::Corrupt),
            Some("echo") => Some(Disorder::Echo),
            Some(_) => return None,
        };
        let side = match word("side")? {
            "mine" => Side::Mine,
            "theirs" => Side::Theirs,
            _ => return None,
        };
        Some(Self {
            side,
            kind: word("signal").unwrap_or_default().to_owned(),
            disorder,
            times: number("times"),
        })
    }
}

/// Captured messages: one on each line, or one message on several. Of many, the first [`MOST_MESSAGES`].
pub fn messages(text: &str) -> Vec<&str> {
    let text = text.trim();
    if serde_json::from_str::<Value>(text).is_ok() {
        return vec![text];
    }
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .take(MOST_MESSAGES)
        .collect()
}

/// A command that needs nothing but its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    CreatePeerConnection,
    AddDataChannel,
    CreateOffer,
    CreateAnswer,
    SetLocalDescription,
    SetRemoteDescription,
    SendOffer,
    SendAnswer,
    SendCandidates,
    RestartIce,
    /// Offer again what changed on a connection that is agreed (a track, a section), carried through by the page.
    Renegotiate,
    /// Add a synthetic video track: no camera and no permission is needed.
    AddTrack,
    /// Give the received candidates to the browser, under [`Switch::AddByHand`].
    AddCandidates,
    /// Close the signaling link without leaving, as a lost network would.
    CloseLink,
    CopySignal,
    Close,
    Leave,
}

impl Plain {
    /// Each with its name, in the order of the course.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::CreatePeerConnection, "create-peer-connection"),
        (Self::AddDataChannel, "add-data-channel"),
        (Self::CreateOffer, "create-offer"),
        (Self::SetLocalDescription, "set-local-description"),
        (Self::SendOffer, "send-offer"),
        (Self::SetRemoteDescription, "set-remote-description"),
        (Self::CreateAnswer, "create-answer"),
        (Self::SendAnswer, "send-answer"),
        (Self::SendCandidates, "send-candidates"),
        (Self::RestartIce, "restart-ice"),
        (Self::Renegotiate, "renegotiate"),
        (Self::AddTrack, "add-track"),
        (Self::AddCandidates, "add-candidates"),
        (Self::CloseLink, "close-link"),
        (Self::CopySignal, "copy-signal"),
        (Self::Close, "close"),
        (Self::Leave, "leave"),
    ];

    /// The `data-command` of this command.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(command, _)| *command == self)
            .map_or("", |(_, name)| name)
    }

    /// The command of a `data-command`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(command, _)| *command)
    }
}
