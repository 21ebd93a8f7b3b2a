//! The table of refusals. Several rows can share an id: the facts decide which of its causes it was. The first that fits counts.

mod candidates;
mod channels;
mod connection;
mod local;
mod remote;

use crate::command::Plain;
use crate::step::Whose;

use super::Case;
use super::call::Method;

/// One refusal that is known, with one cause.
pub(super) struct Row {
    /// The row in the table of pitfalls.
    pub(super) id: &'static str,
    /// Its sentences in the catalogue.
    pub(super) key: &'static str,
    method: Option<Method>,
    errors: &'static [&'static str],
    holds: fn(&Case<'_>) -> bool,
    pub(super) mend: fn(&Case<'_>) -> Option<(Plain, Whose)>,
    pub(super) lost: Lost,
}

/// What a refusal costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    Nothing,
    /// One way to the other side is not tried.
    Candidate,
    /// A line of chat was not sent.
    Line,
}

pub(super) const STATE: &[&str] = &["InvalidStateError"];
pub(super) const TYPE: &[&str] = &["TypeError"];
pub(super) const OPERATION: &[&str] = &["OperationError"];
/// What the engines call a text that does not fit; which of the three it is differs.
pub(super) const TEXT: &[&str] = &[
    "OperationError",
    "InvalidAccessError",
    "InvalidModificationError",
];

impl Row {
    const fn new(
        id: &'static str,
        key: &'static str,
        method: Method,
        errors: &'static [&'static str],
        holds: fn(&Case<'_>) -> bool,
    ) -> Self {
        Self {
            id,
            key,
            method: Some(method),
            errors,
            holds,
            mend: |_| None,
            lost: Lost::Nothing,
        }
    }

    /// A mistake that no error tells of.
    pub(super) const fn silent(id: &'static str, key: &'static str) -> Self {
        Self::new(id, key, Method::Other, &[], |_| false)
    }

    pub(super) const fn mended(mut self, mend: fn(&Case<'_>) -> Option<(Plain, Whose)>) -> Self {
        self.mend = mend;
        self
    }

    const fn on_any_call(mut self) -> Self {
        self.method = None;
        self
    }

    const fn losing(mut self, lost: Lost) -> Self {
        self.lost = lost;
        self
    }

    /// Whether the call, the error's name and the facts are this row's.
    pub(super) fn fits(&self, case: &Case<'_>) -> bool {
        self.method.is_none_or(|method| method == case.call.method)
            && self.errors.contains(&case.error)
            && (self.holds)(case)
    }
}

/// Every row that an error tells of, the closed connection first: it explains all else.
pub(super) fn all() -> impl Iterator<Item = &'static Row> {
    connection::CLOSED
        .iter()
        .chain(&remote::ROWS)
        .chain(&local::ROWS)
        .chain(&candidates::ROWS)
        .chain(&channels::ROWS)
        .chain(&connection::ROWS)
}

/// Takes the step if it is this side's.
pub(super) fn mine(command: Plain) -> Option<(Plain, Whose)> {
    Some((command, Whose::Mine))
}

/// The step is the other side's.
pub(super) fn theirs(command: Plain) -> Option<(Plain, Whose)> {
    Some((command, Whose::Theirs))
}
