//! One ICE session of one peer connection, and how long its browser has patience with it, as measured.
//!
//! Firefox keeps a grace of 5 s after both descriptions; then it fails as soon as every pair has failed. A pair whose
//! other end does not know this side yet is refused within a second, one that leads nowhere times out after 11 s, so a
//! page that feeds candidates postpones the end for as long as it goes on. Chromium waits for ever without candidates
//! and 15 s with some, and unlike Firefox comes back when a pair works later.

use super::sdp::Engine;

const GRACE: f64 = 5_000.0;
const REFUSED: f64 = 1_000.0;
const TIMED_OUT: f64 = 11_000.0;
const CHROMIUM: f64 = 15_000.0;

/// What is known of an ICE session.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ice {
    /// The names of both ends, as the descriptions that are set say them.
    pub(crate) local: String,
    pub(crate) remote: String,
    /// Since when both descriptions count.
    agreed_at: Option<f64>,
    /// Candidates of the other end, without those that only hold the session open.
    pub(crate) real: usize,
    first_real_at: f64,
    pairs_end_at: f64,
    /// The browser gave this session up and will not take it up again.
    pub(crate) dead: bool,
}

impl Ice {
    /// The remote description names this session; candidates of another one do not count any more.
    pub(crate) fn remote_is(&mut self, ufrag: &str) {
        if self.remote != ufrag {
            *self = Self {
                local: self.local.clone(),
                remote: ufrag.to_owned(),
                ..Self::default()
            };
        }
    }

    pub(crate) fn local_is(&mut self, ufrag: &str) {
        if self.local != ufrag {
            self.local = ufrag.to_owned();
            (self.agreed_at, self.dead) = (None, false);
        }
    }

    /// Both descriptions count from now on.
    pub(crate) fn agree(&mut self, now: f64) {
        self.agreed_at.get_or_insert(now);
    }

    pub(crate) fn agreed(&self) -> bool {
        self.agreed_at.is_some()
    }

    /// A candidate of this session was added; one with the discard port leads nowhere.
    pub(crate) fn add(&mut self, now: f64, port: &str) {
        let from = self.agreed_at.unwrap_or(now).max(now);
        if port == "9" {
            self.pairs_end_at = self.pairs_end_at.max(from + TIMED_OUT);
            return;
        }
        if self.real == 0 {
            self.first_real_at = now;
        }
        self.real += 1;
        self.pairs_end_at = self.pairs_end_at.max(from + REFUSED);
    }

    /// When the browser gives up unless a pair works before; `None` while it waits without end.
    pub(crate) fn gives_up_at(&self, engine: Engine) -> Option<f64> {
        let agreed = self.agreed_at?;
        match engine {
            Engine::Chromium if self.real == 0 => None,
            Engine::Chromium => Some(agreed.max(self.first_real_at) + CHROMIUM),
            Engine::Firefox => Some(self.pairs_end_at.max(agreed + GRACE)),
        }
    }
}
