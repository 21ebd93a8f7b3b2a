//! What a connection measured: `getStats()` as text, entry by entry, and the selected pair.

use js_sys::{Array, Function, Iterator, JSON};
use wasm_bindgen::{JsCast, JsValue};
use webrtc_steps_core::io::{AttemptNumber, RtcReport};

use super::bindings::{Connection, get, word};
use crate::inbox::Inbox;
use crate::promise::then;

/// The longest report that is passed on, in UTF-16 units: a connection of a page like this one needs a tenth of it.
const LONGEST: u32 = 256 * 1024;

/// Asks for the statistics and reports them. A browser that does not answer is not asked why.
pub(super) fn read(connection: &Connection, attempt: AttemptNumber, inbox: &Inbox) {
    let Ok(promise) = connection.get_stats() else {
        return;
    };
    let inbox = inbox.clone();
    let done = move |report: JsValue| {
        if let Some(text) = text(&report) {
            inbox.rtc(attempt, RtcReport::Stats { text });
        }
    };
    then(&promise, done, |_| {});
}

/// What the SCTP transport's ICE transport says, where the browser has it.
pub(super) fn read_selected_pair(connection: &Connection, attempt: AttemptNumber, inbox: &Inbox) {
    let sctp = get(connection, "sctp");
    let transport = get(&get(&sctp, "transport"), "iceTransport");
    let Ok(read) = get(&transport, "getSelectedCandidatePair").dyn_into::<Function>() else {
        return;
    };
    let Ok(pair) = read.call0(&transport) else {
        return;
    };
    let side = |name: &str| word(&get(&pair, name), "candidate");
    let (local, remote) = (side("local"), side("remote"));
    if !local.is_empty() || !remote.is_empty() {
        inbox.rtc(attempt, RtcReport::SelectedPair { local, remote });
    }
}

/// The entries of an `RTCStatsReport` (a map) as a JSON list.
fn text(report: &JsValue) -> Option<String> {
    let values: Function = get(report, "values").dyn_into().ok()?;
    let entries: Iterator = values.call0(report).ok()?.unchecked_into();
    let list = Array::new();
    for entry in &entries {
        list.push(&entry.ok()?);
    }
    let text = JSON::stringify(&list).ok()?;
    (text.length() <= LONGEST).then(|| String::from(text))
}
