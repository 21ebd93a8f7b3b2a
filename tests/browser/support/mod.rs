//! What all tests share: the element as a page holds it, pairs of them, the catalogue of words, and the page's own doubles.

mod element;
mod page;
mod pair;
mod words;

pub(crate) use element::Element;
pub(crate) use page::{Census, Peer, Relay, browser_caught_up, choose_file, hand_in, sabotage};
pub(crate) use pair::{ANSWER, CONNECT, OFFER, Pair, room};
pub(crate) use words::{fact, sentence};

use page::stirred;
use web_sys::window;

/// How long anything may take, in milliseconds.
const PATIENCE: f64 = 20_000.0;

/// Waits until a condition holds; it is asked again whenever something happened in the page.
///
/// # Panics
/// After [`PATIENCE`], with what was waited for and what `told` tells.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool, told: impl Fn() -> String) {
    let deadline = now() + PATIENCE;
    while !holds() {
        let left = deadline - now();
        assert!(left > 0.0, "it never came to this: {what}\n{}", told());
        stirred(left).await;
    }
}

fn now() -> f64 {
    window().unwrap().performance().unwrap().now()
}
