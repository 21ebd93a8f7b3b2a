//! Names, rooms and times, short enough for a row.

use crate::io::Millis;

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

/// Milliseconds as minutes, seconds and milliseconds: `0:18.019`.
pub fn clock(passed: Millis) -> String {
    // Whole milliseconds: formatting a floating number would bring a large table into the page's program.
    let passed = passed.max(0.0).round() as u64;
    let (minutes, rest) = (passed / 60_000, passed % 60_000);
    format!("{minutes}:{:02}.{:03}", rest / 1_000, rest % 1_000)
}

#[cfg(test)]
mod tests {
    use super::{clock, name, room};

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
    fn a_time_is_read_in_minutes_and_seconds() {
        assert_eq!(clock(18_019.4), "0:18.019");
        assert_eq!(clock(61_999.9), "1:02.000");
        assert_eq!(clock(-1.0), "0:00.000");
    }
}
