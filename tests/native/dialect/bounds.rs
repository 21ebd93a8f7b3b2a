//! Whatever a document and a server come up with, time and memory stay bounded.

#![allow(
    clippy::disallowed_methods,
    reason = "how long it takes is what is tested"
)]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webrtc_steps_core::dialect::{Conversation, Dialect, Say};
use webrtc_steps_core::signal::DescriptionKind;

use crate::transcript::description;

/// No frame that is written may be larger than one that is read.
const LARGEST: usize = 256 * 1024;
/// Far more than any of this takes, on a busy machine and without optimisation; what grows without bound takes minutes.
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn json_in_json_in_json_does_not_double_for_ever() {
    let mut message = json!("\"\"\"\"\"\"\"\"");
    for _ in 0..26 {
        message = json!({ "|json": message });
    }
    let rules = json!([{"on": "open", "send": message}]);
    in_time(|| assert!(written(&mut conversation(&rules)) <= LARGEST));
}

#[test]
fn a_value_repeated_a_thousand_times_does_not_fill_the_memory() {
    let rules = json!([
        {"read": {"x": "{x}"}},
        {"on": "open", "sends": vec![vec!["{x} ".repeat(1000).trim()]; 8]},
    ]);
    let mut conversation = conversation(&rules);
    conversation.read(&json!({"x": "y".repeat(4000)}).to_string());
    assert!(written(&mut conversation) <= LARGEST);
}

#[test]
fn a_description_repeated_in_one_message_does_not_either() {
    let keys: Value = (0..2000)
        .map(|n| (n.to_string(), json!("{description}")))
        .collect();
    let mut conversation = conversation(&json!([{"on": "offer", "send": keys}]));
    let mut offer = description(DescriptionKind::Offer);
    offer.sdp = offer.sdp.repeat(500);
    let written = conversation.write(Say::Description(&offer));
    let bytes: usize = written.frames.iter().map(String::len).sum();
    assert!(bytes <= LARGEST, "{bytes}");
}

#[test]
fn a_url_does_not_grow_with_what_it_was_told() {
    let dialect = json!({"dialect": "d", "url": format!("{{endpoint}}/{}", "{x}/".repeat(1000)),
        "variables": {"x": {"ask": "x"}}, "messages": []});
    let dialect = Dialect::load(&dialect.to_string()).expect("no mistakes");
    let x = "y".repeat(4000);
    let mut conversation = Conversation::new(&dialect, &[("endpoint", "ws://h"), ("x", &x)], 1);
    conversation.begin();
    assert!(conversation.target().is_err());
}

#[test]
fn every_frame_of_the_largest_size_is_read_in_time_by_a_hundred_rules() {
    let text = "a,".repeat(100_000);
    let quoted = json!({"x": json!({"y": text}).to_string()}).to_string();
    let many: Value = (0..20_000).map(|n| (n.to_string(), json!(n))).collect();
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    let lists = json!(vec![vec![vec![0; 5]; 200]; 60]).to_string();
    let frames = [
        json!({"x": text}).to_string(),
        quoted,
        many.to_string(),
        deep,
        lists,
    ];
    let holes: Vec<String> = (0..100).map(|n| format!("{{h{n}}}")).collect();
    let hostile = [
        json!({"x": holes.join(",")}),
        json!({"x": format!("{},z", holes.join(","))}),
        json!({"x": {"|json": {"y": holes.join(",")}}}),
        json!({"x": {"|base64": {"|json": "{h1}"}}}),
        json!({"{peer}": {"a": "{_}"}}),
        json!([[["{peer}", "..."], "..."], "..."]),
    ];
    for example in hostile {
        let rule = |n: usize| json!({"read": [example, n]});
        let bare = json!({"read": example});
        let mut rules: Vec<Value> = (0..99).map(rule).collect();
        rules.push(bare);
        for frame in &frames {
            assert!(frame.len() <= LARGEST, "{}", frame.len());
            in_time(|| {
                let mut conversation = conversation(&json!(rules));
                conversation.read(frame);
                conversation.read(&format!("[{frame},7]"));
            });
        }
    }
}

#[test]
fn blotting_out_secrets_takes_its_time_once() {
    let servers: Vec<Value> = (0..200)
        .map(|n| json!({"urls": "turn:h", "username": "u", "credential": format!("s{n}")}))
        .collect();
    let rules = json!([{"read": {"ice": ["{iceServer}", "..."]}, "means": "ice-servers"}]);
    let mut conversation = conversation(&rules);
    conversation.read(&json!({"ice": servers}).to_string());
    in_time(|| {
        let shown = conversation.shown(&"s1 ".repeat(80_000));
        assert!(!shown.contains("s1"));
        assert!(shown.len() <= 2 * LARGEST);
    });
}

fn conversation(rules: &Value) -> Conversation {
    let document = json!({"dialect": "d", "url": "{endpoint}", "messages": rules});
    let dialect = Dialect::load(&document.to_string()).unwrap_or_else(|mistakes| {
        let first = mistakes.first().map(ToString::to_string);
        panic!("{first:?}")
    });
    let mut conversation = Conversation::new(&dialect, &[("endpoint", "ws://h"), ("room", "r")], 1);
    conversation.begin();
    conversation
}

fn written(conversation: &mut Conversation) -> usize {
    let written = conversation.write(Say::Open);
    written.frames.iter().map(String::len).sum()
}

fn in_time(deed: impl FnOnce()) {
    let begun = Instant::now();
    deed();
    let took = begun.elapsed();
    assert!(took < LONGEST, "{took:?}");
}
