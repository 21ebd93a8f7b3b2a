//! Everyone: by keyboard alone, by ear, in either scheme, enlarged, from right to left.

mod axe;
mod heard;
mod keyboard;
mod keys;
mod names;
mod settled;
mod states;

use anyhow::Result;
use serde_json::Value;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;

pub(crate) fn promises(ring: &mut Ring) {
    axe::promises(ring);
    keyboard::promises(ring);
    heard::promises(ring);
    names::promises(ring);
    settled::promises(ring);
}

/// Runs a script in the page, in which `root` is the shadow root of the element.
async fn inside(tab: &Tab, script: &str, arguments: Vec<Value>) -> Result<Value> {
    let script =
        format!("const root = document.querySelector('webrtc-steps').shadowRoot;\n{script}");
    tab.eval(&script, arguments).await
}
