//! Dates as texts (ISO 8601, UTC), without a clock of its own.

use crate::io::Millis;

const DAY: f64 = 86_400_000.0;

/// Milliseconds since 1970 as `2026-11-22T22:37:55.989Z`. What no calendar holds is 1970.
pub(super) fn iso(millis: Millis) -> String {
    let millis = if (0.0..8.64e15).contains(&millis) {
        millis
    } else {
        0.0
    };
    let (year, month, day) = date((millis / DAY).floor());
    let rest = whole(millis.rem_euclid(DAY));
    let (seconds, millis) = (rest / 1000, rest % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z")
}

/// The day of the Gregorian calendar, counted in eras of 400 years that begin in March.
fn date(days: f64) -> (u64, u64, u64) {
    let days = whole(days) + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let january = month >= 10;
    let month = if january { month - 9 } else { month + 3 };
    (era * 400 + year + u64::from(january), month, day)
}

/// Milliseconds since 1970 of a text as [`iso`] writes it.
pub(super) fn from_iso(text: &str) -> Option<Millis> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok().map(f64::from);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hours, minutes, seconds) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let millis = text
        .get(20..23)
        .and_then(|_| number(20, 23))
        .unwrap_or_default();
    if text.get(10..11) != Some("T") {
        return None;
    }
    let (year, month) = if month > 2.0 {
        (year, month - 3.0)
    } else {
        (year - 1.0, month + 9.0)
    };
    let years =
        365.0 * year + (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days = years + ((153.0 * month + 2.0) / 5.0).floor() + day - 1.0 - 719_468.0;
    Some(days * DAY + ((hours * 60.0 + minutes) * 60.0 + seconds) * 1000.0 + millis)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only ever given what fits"
)]
fn whole(number: f64) -> u64 {
    number.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::{from_iso, iso};

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (millis, text) in [
            (0.0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000.0, "2000-02-29T00:00:00.000Z"),
            (1_795_387_075_989.0, "2026-11-22T22:37:55.989Z"),
        ] {
            assert_eq!(iso(millis), text);
            assert_eq!(from_iso(text), Some(millis));
        }
        assert_eq!(iso(f64::NAN), "1970-01-01T00:00:00.000Z");
        assert_eq!(from_iso("11/22/2026, 10:37:55 PM"), None);
    }
}
