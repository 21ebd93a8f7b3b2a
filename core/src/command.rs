//! What a user can ask, as types: the names are those of `data-command` on the page.

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
    /// Leave and join again with another dialect: a name, or `custom` with a document.
    SwitchDialect {
        dialect: String,
        document: String,
    },
}

/// The captured messages that are tried at once.
pub const MOST_MESSAGES: usize = 64;

/// Captured messages: one on each line, or one message on several. Of many, the first [`MOST_MESSAGES`].
pub fn messages(text: &str) -> Vec<&str> {
    let text = text.trim();
    if serde_json::from_str::<serde_json::Value>(text).is_ok() {
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
    CopySignal,
    Close,
    Leave,
}

impl Plain {
    /// Each with its name, in the order of the course.
    pub const ALL: [(Self, &'static str); 13] = [
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
