//! How many messages a second one client may send: a token bucket, told the time.

use tokio::time::Instant;

/// Fills at the rate, holds two seconds of it.
pub(crate) struct Bucket {
    rate: f64,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    pub(crate) fn new(per_second: u32, now: Instant) -> Self {
        let rate = f64::from(per_second);
        Self {
            rate,
            tokens: rate * 2.0,
            filled: now,
        }
    }

    /// Takes one message; false if there were too many.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.filled = now;
        self.tokens = passed.mul_add(self.rate, self.tokens).min(self.rate * 2.0);
        let enough = self.tokens >= 1.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_of_two_seconds_passes_and_then_the_rate_holds() {
        let start = Instant::now();
        let mut bucket = Bucket::new(5, start);
        let taken = (0..20).filter(|_| bucket.take(start)).count();
        assert_eq!(taken, 10);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| bucket.take(later)).count(), 5);
    }

    #[test]
    fn a_long_silence_saves_up_no_more_than_one_burst() {
        let start = Instant::now();
        let mut bucket = Bucket::new(5, start);
        let later = start + Duration::from_secs(3600);
        assert_eq!((0..20).filter(|_| bucket.take(later)).count(), 10);
    }
}
