//! Every way the relay says no: a code for programs, a sentence for people, a close code.

use axum::extract::ws::{CloseCode, close_code};

/// Why a message, a seat or a whole connection was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    BadMessage(&'static str),
    BadRoomName { max: usize },
    GoingAway,
    LifetimeOver,
    MessageTooBig { max: usize },
    NoAnswer,
    NoSuchPeer,
    OriginNotAllowed,
    RoomFull { size: usize },
    SeatTakenOver,
    TooManyConnections,
    TooManyFromAddress { max: usize },
    TooManyMessages { per_second: u32 },
    TooManyRooms,
    TooSlow,
}

/// RFC 6455, 5.5: a control frame carries 125 bytes, two of which are the close code.
const LONGEST_REASON: usize = 123;

impl Refusal {
    /// The name of this refusal in the protocol; it never changes.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::BadMessage(_) => "bad-message",
            Self::BadRoomName { .. } => "bad-room-name",
            Self::GoingAway => "going-away",
            Self::LifetimeOver => "lifetime-over",
            Self::MessageTooBig { .. } => "message-too-big",
            Self::NoAnswer => "no-answer",
            Self::NoSuchPeer => "no-such-peer",
            Self::OriginNotAllowed => "origin-not-allowed",
            Self::RoomFull { .. } => "room-full",
            Self::SeatTakenOver => "seat-taken-over",
            Self::TooManyConnections => "too-many-connections",
            Self::TooManyFromAddress { .. } => "too-many-from-address",
            Self::TooManyMessages { .. } => "too-many-messages",
            Self::TooManyRooms => "too-many-rooms",
            Self::TooSlow => "too-slow",
        }
    }

    /// What went wrong and what to do, in words. Nothing a client sent is repeated in it.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::BadMessage(what) => format!("The message was not delivered: {what}."),
            Self::BadRoomName { max } => format!(
                "The room was not entered: its name must have 1 to {max} characters and no control characters."
            ),
            Self::GoingAway => "The relay is stopping; connect again in a moment.".into(),
            Self::LifetimeOver => "This connection to the relay reached its longest lifetime; connect again.".into(),
            Self::MessageTooBig { max } => {
                format!("The message was not delivered: the relay takes at most {max} bytes; send less at once.")
            }
            Self::NoAnswer => "The client answered no ping and counts as gone; connect again.".into(),
            Self::NoSuchPeer => "The message was not delivered: no other peer in this room has this id.".into(),
            Self::OriginNotAllowed => {
                "This relay does not serve pages of this origin; its operator can allow it with --origin.".into()
            }
            Self::RoomFull { size } => {
                format!("The room was not entered: it is full ({size} peers); use another room or wait.")
            }
            Self::SeatTakenOver => "Another connection of this client took over its seat.".into(),
            Self::TooManyConnections => "The relay serves as many connections as it may; try again later.".into(),
            Self::TooManyFromAddress { max } => {
                format!("Your address already has {max} connections to this relay; close some of them.")
            }
            Self::TooManyMessages { per_second } => {
                format!("The relay takes {per_second} messages a second from a client; send fewer, then connect again.")
            }
            Self::TooManyRooms => "The relay holds as many rooms as it may; try again later.".into(),
            Self::TooSlow => "Too much was waiting for this client to read; connect again.".into(),
        }
    }

    /// RFC 6455, 7.4.1, and the IANA registry. 1008: coming back the same way ends the same way;
    /// 1009: the message was too big; 1001 and 1013: come back later.
    pub(crate) fn close_code(&self) -> CloseCode {
        match self {
            Self::BadMessage(_)
            | Self::BadRoomName { .. }
            | Self::NoSuchPeer
            | Self::OriginNotAllowed
            | Self::SeatTakenOver
            | Self::TooManyMessages { .. } => close_code::POLICY,
            Self::MessageTooBig { .. } => close_code::SIZE,
            Self::GoingAway => close_code::AWAY,
            Self::LifetimeOver
            | Self::NoAnswer
            | Self::RoomFull { .. }
            | Self::TooManyConnections
            | Self::TooManyFromAddress { .. }
            | Self::TooManyRooms
            | Self::TooSlow => close_code::AGAIN,
        }
    }

    /// Code and sentence for the close frame, cut to what such a frame can hold.
    pub(crate) fn close_reason(&self) -> String {
        let mut reason = format!("{}: {}", self.code(), self.message());
        reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
        reason
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_reason_fits_into_a_close_frame() {
        let long = Refusal::BadMessage(
            "it is too long for a close frame, in which the relay has only 123 bytes for its words",
        );
        assert!(long.message().len() > LONGEST_REASON - long.code().len());
        assert_eq!(long.close_reason().len(), LONGEST_REASON);
        assert!(Refusal::GoingAway.close_reason().ends_with("in a moment."));
    }
}
