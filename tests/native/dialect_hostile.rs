//! Property tests: whatever document, frame or value arrives, the dialect engine neither panics nor grows.

use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::{Value, json};
use webrtc_steps_core::dialect::{BUILT_IN, Conversation, Dialect, Say};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

const GIVEN: [(&str, &str); 2] = [("endpoint", "ws://127.0.0.1:9"), ("room", "r")];

/// Words that mean something to a dialect.
const WORDS: &str = "joined self peers resume peer-joined peer-left error code message from to data description type \
    sdp offer answer candidate sdpMid sdpMLineIndex completed bye webrtc-steps dialect url query variables messages \
    on read both send sends means if per make value polite protocols |json ... {peer} {self} {self!} {room} {x?} {x!} \
    {_} {message} {description} {description.sdp} {candidate} {candidate|json} {endpoint}/{room} a{x}b{y} { } {{ uuid \
    room secret open leave end request-offer a=candidate: v=0";

/// Such words, some phrases, and anything.
fn word() -> impl Strategy<Value = String> {
    let phrases = [
        "{a} < {b}",
        "not {x}",
        "text 9",
        "integer 1 9",
        "candidate:1 1 udp 1 192.0.2.1 9 typ host",
        "",
    ];
    let known: Vec<&str> = WORDS.split_whitespace().chain(phrases).collect();
    prop_oneof![
        9 => prop::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(word(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// A frame that looks like the relay's, wrong somewhere.
fn nearly_right() -> impl Strategy<Value = Value> {
    prop_oneof![
        (value(), value(), value()).prop_map(
            |(me, peers, resume)| json!({"joined": {"self": me, "peers": peers, "resume": resume}})
        ),
        (value(), value()).prop_map(|(from, data)| json!({"from": from, "data": data})),
        value().prop_map(|v| json!({"from": "b", "data": {"description": v}})),
        value().prop_map(|v| json!({"from": "b", "data": {"candidate": v}})),
        value().prop_map(|v| json!({"candidate": v})),
        (value(), value()).prop_map(|(a, b)| json!({"description": {"type": a, "sdp": b}})),
        (value(), value()).prop_map(|(a, b)| json!({"error": {"code": a, "message": b}})),
        value().prop_map(|v| json!({"peer-joined": v})),
        value().prop_map(|v| json!({"webrtc-steps": 1, "description": v})),
        value(),
    ]
}

fn built_ins() -> Vec<Conversation> {
    let dialects = BUILT_IN
        .iter()
        .filter_map(|(_, text)| Dialect::load(text).ok());
    dialects
        .map(|dialect| Conversation::new(&dialect, &GIVEN, 1))
        .collect()
}

fn say_everything(conversation: &mut Conversation, text: &str) {
    for kind in [DescriptionKind::Offer, DescriptionKind::Answer] {
        conversation.write(Say::Description(&Description {
            kind,
            sdp: text.to_owned(),
        }));
    }
    let candidate = Candidate {
        candidate: text.to_owned(),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: Some(text.to_owned()),
    };
    conversation.write(Say::Candidates(&[candidate.clone(), candidate]));
    for say in [
        Say::Open,
        Say::RequestOffer,
        Say::End,
        Say::Candidates(&[]),
        Say::Leave,
    ] {
        conversation.write(say);
    }
    conversation.polite();
    conversation.shown(text);
    conversation.set_peer(Some(text));
    let _ = conversation.connect();
}

proptest! {
    #[test]
    fn no_frame_makes_a_built_in_dialect_panic(frames in vec(nearly_right(), 1..6), text in word()) {
        for mut conversation in built_ins() {
            for frame in &frames {
                let reading = conversation.read(&frame.to_string());
                prop_assert!(reading.told.len() <= 512);
                // Socket.IO's own packets of one digit are answered, or nothing at all.
                let of_the_framing = frame.as_u64().is_some_and(|digit| digit < 10);
                prop_assert!(reading.rule.is_some() || reading.unknown.is_some() || of_the_framing);
            }
            say_everything(&mut conversation, &text);
        }
    }

    #[test]
    fn no_cut_or_scrambled_frame_makes_a_dialect_panic(
        frame in nearly_right(),
        cut in any::<prop::sample::Index>(),
        noise in any::<String>(),
    ) {
        let text: Vec<char> = frame.to_string().chars().collect();
        let head: String = text.iter().take(cut.index(text.len())).collect();
        for mut conversation in built_ins() {
            conversation.read(&head);
            conversation.read(&format!("{head}{noise}"));
            conversation.read(&noise);
        }
    }

    #[test]
    fn no_text_makes_loading_panic(text in any::<String>()) {
        prop_assert!(Dialect::load(&text).is_err());
    }

    #[test]
    fn a_document_of_anything_loads_or_lists_its_mistakes(
        variables in value(),
        rules in vec(btree_map(prop::sample::select(vec!["on", "read", "both", "send", "sends", "means", "if"]), value(), 1..4), 0..6),
        frames in vec(value(), 0..4),
    ) {
        let document = json!({"dialect": "d", "url": "{endpoint}", "variables": variables, "messages": rules});
        check(&document, &frames);
    }

    #[test]
    fn any_example_that_loads_can_be_read_and_written(example in value(), other in value(), frames in vec(value(), 0..4)) {
        let document = json!({"dialect": "d", "url": "{endpoint}",
            "variables": {"x": {"make": "text 3"}, "y": {"value": 1}, "self": {"make": "uuid"}},
            "messages": [{"read": example, "send": other}, {"on": "open", "send": example}, {"read": other}]});
        check(&document, &frames);
    }
}

fn check(document: &Value, frames: &[Value]) {
    match Dialect::load(&document.to_string()) {
        Err(mistakes) => assert!(!mistakes.is_empty()),
        Ok(dialect) => {
            let mut conversation = Conversation::new(&dialect, &GIVEN, 1);
            for frame in frames {
                conversation.read(&frame.to_string());
            }
            say_everything(&mut conversation, "x");
        }
    }
}
