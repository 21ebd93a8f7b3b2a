//! Times of a run as a person reads them: minutes, seconds and milliseconds since it began.

use webrtc_steps_core::io::{Event, Millis, What};

/// Knows when the run began.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    began: Millis,
}

impl Clock {
    pub(crate) fn apply(&mut self, event: &Event) {
        if matches!(event.what, What::Joining { .. }) {
            self.began = event.at;
        }
    }

    /// `0:18.019`, since the run began.
    pub(crate) fn text(&self, at: Millis) -> String {
        // Whole milliseconds: formatting a floating number would bring a large table into the page's program.
        let passed = (at - self.began).max(0.0).round() as u64;
        let (minutes, rest) = (passed / 60_000, passed % 60_000);
        format!("{minutes}:{:02}.{:03}", rest / 1_000, rest % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_time_counts_from_the_beginning_of_the_run() {
        let clock = Clock { began: 1_000.0 };
        assert_eq!(clock.text(19_019.4), "0:18.019");
        assert_eq!(clock.text(1_000.0 + 61_999.9), "1:02.000");
        assert_eq!(clock.text(0.0), "0:00.000");
    }
}
