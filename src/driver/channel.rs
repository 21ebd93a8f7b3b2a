//! A data channel with its listeners, attached inside the browser's own callback: a later one misses `open`.

use gloo_events::EventListener;
use js_sys::{ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::JsCast;
use webrtc_steps_core::io::{AttemptNumber, Fault, RtcReport};

use super::bindings::{DataChannel, count, get, word};
use crate::inbox::Inbox;

/// The longest text taken from a channel, in UTF-16 units: checked before it is copied, since wasm memory never shrinks.
const LONGEST_TEXT: u32 = 256 * 1024;
/// The longest message of bytes that is looked at for text.
const LONGEST_BYTES: u64 = 16 * 1024;
/// What may wait to be sent, in bytes. Chromium's own limit; Firefox has none and grows.
const LARGEST_QUEUE: f64 = 16.0 * 1024.0 * 1024.0;
const LOW: f64 = 1024.0 * 1024.0;

/// One channel. Dropping it removes its listeners and closes it.
pub(crate) struct Channel {
    channel: DataChannel,
    _listeners: Vec<EventListener>,
}

impl Channel {
    pub(super) fn attach(channel: DataChannel, attempt: AttemptNumber, inbox: &Inbox) -> Self {
        channel.set_buffered_amount_low_threshold(LOW);
        channel.set_binary_type("arraybuffer");
        let mut listeners = Vec::new();
        for kind in ["open", "closing", "close"] {
            let (source, inbox) = (channel.clone(), inbox.clone());
            listeners.push(EventListener::new(&channel, kind, move |_| {
                report_state(&source, attempt, &inbox)
            }));
        }
        let to = inbox.clone();
        listeners.push(EventListener::new(&channel, "message", move |event| {
            to.rtc(attempt, read_message(&get(event, "data")));
        }));
        let to = inbox.clone();
        listeners.push(EventListener::new(
            &channel,
            "bufferedamountlow",
            move |_| to.rtc(attempt, RtcReport::RoomAgain),
        ));
        Self {
            channel,
            _listeners: listeners,
        }
    }

    /// Tells the state the channel is in now.
    pub(super) fn report(&self, attempt: AttemptNumber, inbox: &Inbox) {
        report_state(&self.channel, attempt, inbox);
    }

    pub(super) fn is_open(&self) -> bool {
        word(&self.channel, "readyState") == "open"
    }

    /// Sends a text, unless too much waits already.
    pub(super) fn send(&self, text: &str) -> Result<(), Fault> {
        #[expect(clippy::cast_precision_loss, reason = "a length far below 2^53")]
        let after = self.channel.buffered_amount() + text.len() as f64;
        if after > LARGEST_QUEUE {
            let message = "RTCDataChannel send queue is full".to_owned();
            return Err(Fault {
                name: "OperationError".to_owned(),
                message,
            });
        }
        self.channel
            .send(text)
            .map_err(|thrown| crate::fault::fault(&thrown))
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close_channel();
    }
}

fn report_state(channel: &DataChannel, attempt: AttemptNumber, inbox: &Inbox) {
    let (label, state) = (channel.label(), word(channel, "readyState"));
    inbox.rtc(attempt, RtcReport::ChannelState { label, state });
}

fn read_message(data: &wasm_bindgen::JsValue) -> RtcReport {
    match data.dyn_ref::<JsString>() {
        Some(text) if text.length() <= LONGEST_TEXT => RtcReport::Text(String::from(text)),
        Some(text) => RtcReport::Unreadable {
            bytes: u64::from(text.length()),
            binary: false,
        },
        None => read_bytes(data),
    }
}

/// Some libraries send every line as bytes.
fn read_bytes(data: &wasm_bindgen::JsValue) -> RtcReport {
    let bytes = count(data, "byteLength").or_else(|| count(data, "size"));
    let bytes = bytes.unwrap_or(0);
    let short = data
        .dyn_ref::<ArrayBuffer>()
        .filter(|_| (1..=LONGEST_BYTES).contains(&bytes));
    let text = short.and_then(|data| String::from_utf8(Uint8Array::new(data).to_vec()).ok());
    // Other bytes are no text, although some are UTF-8.
    let odd = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    match text.filter(|text| !text.contains(odd)) {
        Some(text) => RtcReport::TextInBytes(text),
        None => RtcReport::Unreadable {
            bytes,
            binary: true,
        },
    }
}
