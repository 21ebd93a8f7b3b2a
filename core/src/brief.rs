//! Names, rooms, addresses, candidates and times, short enough for a row.

use crate::io::Millis;
use crate::sdp;

/// A name short enough for a line: long ids keep their beginning.
pub fn name(name: &str) -> String {
    match name.char_indices().nth(24) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name)),
        None => name.to_owned(),
    }
}

/// The part of a room's name that people compare: its two words and number, where it has them.
pub fn room(room: &str) -> String {
    let parts: Vec<_> = room.split('-').collect();
    match parts.as_slice() {
        [first, second, number, secret] if secret.len() > 12 => {
            format!("{first}-{second}-{number}")
        }
        _ => name(room),
    }
}

/// An address short enough for a row: a long name keeps both ends.
pub fn address(address: &str) -> String {
    match address.strip_suffix(".local") {
        Some(name) if name.len() > 12 && name.is_ascii() => {
            let (first, last) = (name.get(..4), name.get(name.len() - 4..));
            [
                first.unwrap_or_default(),
                "…",
                last.unwrap_or_default(),
                ".local",
            ]
            .concat()
        }
        _ => address.to_owned(),
    }
}

/// A candidate in a few words: type, protocol, address and port. What is none stays as it is.
pub fn route(candidate: &str) -> String {
    let candidate = candidate.strip_prefix("a=").unwrap_or(candidate);
    let Some(parts) = sdp::parts(candidate) else {
        return candidate.to_owned();
    };
    let sdp::Parts {
        kind,
        protocol,
        port,
        ..
    } = parts;
    format!("{kind} {protocol} {}:{port}", address(parts.address))
}

/// Milliseconds as minutes, seconds and milliseconds: `0:18.019`.
pub fn clock(passed: Millis) -> String {
    // Whole milliseconds: formatting a floating number would bring a large table into the page's program.
    let passed = passed.max(0.0).round() as u64;
    let (minutes, rest) = (passed / 60_000, passed % 60_000);
    format!("{minutes}:{:02}.{:03}", rest / 1_000, rest % 1_000)
}

#[cfg(test)]
mod tests {
    use super::{address, clock, name, room};

    #[test]
    fn a_short_name_stays_and_a_long_one_keeps_its_beginning() {
        assert_eq!(name("dune-otter-41"), "dune-otter-41");
        assert_eq!(name(&"ä".repeat(30)), format!("{}…", "ä".repeat(24)));
    }

    #[test]
    fn a_room_is_called_by_its_words() {
        let name = crate::room::name(7, 9);
        assert!(
            name.starts_with(&room(&name)) && room(&name).len() < 24,
            "{name}"
        );
        assert_eq!(room("my-own-room-x"), "my-own-room-x");
    }

    #[test]
    fn a_hidden_address_keeps_both_ends_and_a_plain_one_stays() {
        assert_eq!(
            address("9ce52306-6d7d-41a8-9ef2-3e489be3695a.local"),
            "9ce5…695a.local"
        );
        assert_eq!(address("192.0.2.7"), "192.0.2.7");
    }

    #[test]
    fn a_time_is_read_in_minutes_and_seconds() {
        assert_eq!(clock(18_019.4), "0:18.019");
        assert_eq!(clock(61_999.9), "1:02.000");
        assert_eq!(clock(-1.0), "0:00.000");
    }
}
