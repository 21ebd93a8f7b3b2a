//! A brake on replies: a server that is answered without end would take the page's time and memory.

use crate::io::Millis;

/// The most replies of one second: a batch of candidates, each with its receipt, is far below.
const MOST: u32 = 300;
/// The most bytes of replies in one second.
const MOST_BYTES: usize = 2 * 1024 * 1024;
const SECOND: Millis = 1_000.0;

/// What was replied in the present second.
#[derive(Debug, Default)]
pub(super) struct Brake {
    since: Millis,
    count: u32,
    bytes: usize,
    told: bool,
}

/// Whether a reply may go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Go {
    Yes,
    /// No, and it is the first in a row that may not.
    NoMore,
    No,
}

impl Brake {
    /// Counts a reply of this many bytes.
    pub(super) fn ask(&mut self, now: Millis, bytes: usize) -> Go {
        if now - self.since >= SECOND {
            let braked = self.count > MOST || self.bytes > MOST_BYTES;
            *self = Self {
                since: now,
                told: self.told && braked,
                ..Self::default()
            };
        }
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        if self.count <= MOST && self.bytes <= MOST_BYTES {
            Go::Yes
        } else if std::mem::replace(&mut self.told, true) {
            Go::No
        } else {
            Go::NoMore
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Brake, Go, MOST};

    #[test]
    fn a_flood_of_replies_is_stopped_told_once_and_let_go_again() {
        let mut brake = Brake::default();
        let mut first = Vec::new();
        for n in 0..MOST + 3 {
            first.push(brake.ask(1_000.0 + f64::from(n) / 10.0, 10));
        }
        assert!(first[..300].iter().all(|go| *go == Go::Yes));
        assert_eq!(first[300..], [Go::NoMore, Go::No, Go::No]);
        assert_eq!(brake.ask(2_100.0, 10), Go::Yes);
    }

    #[test]
    fn large_replies_are_stopped_by_their_size() {
        let mut brake = Brake::default();
        let asked: Vec<Go> = (0..12).map(|_| brake.ask(1.0, 250_000)).collect();
        assert_eq!(asked.iter().filter(|go| **go == Go::Yes).count(), 8);
    }
}
