//! Values that a dialect makes up, from a seed that is an input.

use serde_json::Value;

use crate::io::Millis;

/// How a value is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Make {
    Uuid,
    /// This many of a-z0-9.
    Text(usize),
    /// Both ends included.
    Integer(u64, u64),
    /// From 0 to 1.
    Number,
    /// Milliseconds since 1970.
    Now,
    /// The next of the connection's one counter, from 1.
    Count,
}

/// The longest made text.
const MOST_TEXT: usize = 64;
/// Integers stay exact in JavaScript.
const MOST_INTEGER: u64 = 1 << 53;
const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

impl Make {
    /// `uuid`, `text N`, `integer MIN MAX`, `number`, `now` or `count`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let made = match (words.next()?, words.next(), words.next()) {
            ("uuid", None, None) => Self::Uuid,
            ("number", None, None) => Self::Number,
            ("now", None, None) => Self::Now,
            ("count", None, None) => Self::Count,
            ("text", Some(length), None) => {
                let length = length.parse().ok()?;
                (1..=MOST_TEXT)
                    .contains(&length)
                    .then_some(Self::Text(length))?
            }
            ("integer", Some(min), Some(max)) => {
                let (min, max) = (min.parse().ok()?, max.parse().ok()?);
                (min <= max && max <= MOST_INTEGER).then_some(Self::Integer(min, max))?
            }
            _ => return None,
        };
        words.next().is_none().then_some(made)
    }

    pub(crate) fn make(&self, from: &mut Source) -> Value {
        let random = &mut from.random;
        match *self {
            Self::Uuid => Value::String(uuid(random)),
            Self::Text(length) => {
                let letter = |_| {
                    let at = random.below(LETTERS.len() as u64) as usize;
                    LETTERS.get(at).map_or('a', |letter| char::from(*letter))
                };
                Value::String((0..length).map(letter).collect())
            }
            Self::Integer(min, max) => Value::from(min + random.below(max - min + 1)),
            Self::Number => Value::from(random.part()),
            Self::Now => Value::from(whole(from.now)),
            Self::Count => {
                from.count += 1;
                Value::from(from.count)
            }
        }
    }
}

/// What values are made from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) random: Random,
    /// Milliseconds since 1970.
    pub(crate) now: Millis,
    pub(crate) count: u64,
}

/// Whole milliseconds. Formatting the float instead would bring 20 kB of code into the page.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time since 1970 is positive and far below the largest integer; a cast saturates"
)]
fn whole(now: Millis) -> u64 {
    now as u64
}

/// A random UUID, version 4 (RFC 9562, section 5.4).
fn uuid(random: &mut Random) -> String {
    let high = random.next() & !0xf000 | 0x4000;
    let low = random.next() & !(0b11 << 62) | 0b10 << 62;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff,
    )
}

/// SplitMix64: the same seed gives the same values. It is no source of secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1, of 32 random bits.
    fn part(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).unwrap_or(0);
        f64::from(bits) / f64::from(u32::MAX)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}
