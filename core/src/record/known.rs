//! Words that events hold as parts of the program: a record is read against what this version knows.

use crate::command::{Plain, Switch};

/// Kinds of signals, as the dialects tell them and as the page names its own.
const SIGNALS: [&str; 18] = [
    "answer",
    "bye",
    "candidate",
    "closed",
    "end",
    "error",
    "ice-servers",
    "join",
    "joined",
    "leave",
    "message",
    "notice",
    "offer",
    "peer-joined",
    "peers",
    "repeat",
    "reply",
    "request-offer",
];

/// Controls that are no plain command.
const CONTROLS: [&str; 9] = [
    "consider",
    "disturb",
    "edit-mine",
    "edit-theirs",
    "join",
    "read-signal",
    "recognise",
    "send-message",
    "switch-dialect",
];

const DISORDERS: [&str; 6] = ["drop", "delay", "duplicate", "reorder", "corrupt", "echo"];

/// The kind of a signal; one that this version does not know is `unknown`.
pub(super) fn signal(word: &str) -> &'static str {
    let mut known = SIGNALS.into_iter();
    known.find(|known| *known == word).unwrap_or("unknown")
}

/// The `data-command` of a control.
pub(super) fn control(word: &str) -> Option<&'static str> {
    let plain = Plain::ALL.iter().map(|(_, name)| *name);
    let switches = Switch::ALL.iter().map(|(_, name)| *name);
    let mut known = plain.chain(switches).chain(CONTROLS);
    known.find(|known| *known == word)
}

/// The `data-command` of an option.
pub(super) fn option(word: &str) -> Option<&'static str> {
    Switch::from_name(word).map(Switch::name)
}

/// What a fault on purpose does to a signal.
pub(super) fn disorder(word: &str) -> Option<&'static str> {
    DISORDERS.into_iter().find(|known| *known == word)
}
