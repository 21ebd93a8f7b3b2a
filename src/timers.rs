//! The one deadline the session asks to be woken at, and the clock it is measured on.

use gloo_timers::callback::Timeout;
use webrtc_steps_core::io::{Input, Millis};

use crate::inbox::{Inbox, Incoming};

/// Milliseconds since the page's time origin (`performance.now()`).
pub(crate) fn now() -> Millis {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

/// The page's time origin, in milliseconds since 1970.
pub(crate) fn epoch() -> Millis {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.time_origin())
}

/// A timer for the next deadline. A new one replaces the old; dropping it cancels it.
#[derive(Default)]
pub(crate) struct Timers {
    next: Option<Timeout>,
}

impl Timers {
    pub(crate) fn wake(&mut self, at: Millis, inbox: &Inbox) {
        let inbox = inbox.clone();
        self.next = Some(after(at - now(), move || {
            inbox.send(Incoming::Input(Input::Tick))
        }));
    }
}

/// Runs `done` after so many milliseconds, rounded up, unless the value is dropped before.
pub(crate) fn after(wait: Millis, done: impl FnOnce() + 'static) -> Timeout {
    // A day is far above any deadline; the cast then cannot be out of range.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=one day"
    )]
    let wait = wait.ceil().clamp(0.0, 86_400_000.0) as u32;
    Timeout::new(wait, done)
}
