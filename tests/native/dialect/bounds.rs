//! Whatever a document and a server come up with, time and memory stay bounded.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webrtc_steps_core::dialect::{Conversation, Dialect, Say};

use crate::transcript::description;
use webrtc_steps_core::signal::DescriptionKind;

/// No frame that is written may be larger than one that is read.
const LARGEST: usize = 256 * 1024;

fn conversation(document: &Value) -> Conversation {
    let dialect = Dialect::load(&document.to_string()).expect("a document without mistakes");
    let mut conversation = Conversation::new(&dialect, &[("endpoint", "ws://h"), ("room", "r")], 1);
    conversation.begin();
    conversation
}

fn document(rules: &Value) -> Value {
    json!({"dialect": "d", "url": "{endpoint}", "messages": rules})
}

fn written(conversation: &mut Conversation) -> usize {
    let written = conversation.write(Say::Open);
    written.frames.iter().map(String::len).sum()
}

#[test]
fn json_in_json_in_json_does_not_double_for_ever() {
    let mut message = json!("\"\"\"\"\"\"\"\"");
    for _ in 0..26 {
        message = json!({ "|json": message });
    }
    let rules = json!([{"on": "open", "send": message}]);
    let begun = Instant::now();
    assert!(written(&mut conversation(&document(&rules))) <= LARGEST);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_value_repeated_a_thousand_times_does_not_fill_the_memory() {
    let rules = json!([
        {"read": {"x": "{x}"}},
        {"on": "open", "sends": vec![vec!["{x} ".repeat(1000).trim()]; 8]},
    ]);
    let mut conversation = conversation(&document(&rules));
    conversation.read(&json!({"x": "y".repeat(4000)}).to_string());
    assert!(written(&mut conversation) <= LARGEST);
}

#[test]
fn a_description_repeated_in_one_message_does_not_either() {
    let keys: Value = (0..2000)
        .map(|n| (n.to_string(), json!("{description}")))
        .collect();
    let mut conversation = conversation(&document(&json!([{"on": "offer", "send": keys}])));
    let mut offer = description(DescriptionKind::Offer);
    offer.sdp = offer.sdp.repeat(500);
    let written = conversation.write(Say::Description(&offer));
    let bytes: usize = written.frames.iter().map(String::len).sum();
    assert!(bytes <= LARGEST, "{bytes}");
}

#[test]
fn thousands_of_names_are_read_in_no_time() {
    let keys: Value = (0..3500)
        .map(|n| (format!("k{n}"), json!(format!("{{v{n}}}"))))
        .collect();
    let frame: Value = (0..3500).map(|n| (format!("k{n}"), json!(n))).collect();
    let text = document(&json!([{"read": keys}])).to_string();
    let Ok(dialect) = Dialect::load(&text) else {
        return;
    };
    let mut conversation = Conversation::new(&dialect, &[("endpoint", "ws://h")], 1);
    let begun = Instant::now();
    for _ in 0..10 {
        conversation.read(&frame.to_string());
    }
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
}
