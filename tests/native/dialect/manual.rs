//! The manual says what is so: its examples load, its worked example connects as it tells, and it leaves nothing out.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use webrtc_steps_core::dialect::{Conversation, Dialect, Say, Written};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

const MANUAL: &str = include_str!("../../../docs/dialects.md");
const SCHEMA: &str = include_str!("../../../docs/dialect.schema.json");

/// The whole documents of the manual.
pub(crate) fn documents() -> Vec<String> {
    let whole = |block: &&str| block.trim_start().starts_with("{\n  \"dialect\"");
    blocks("json")
        .into_iter()
        .filter(whole)
        .map(str::to_owned)
        .collect()
}

fn blocks(kind: &str) -> Vec<&'static str> {
    let fenced = MANUAL.split("```").skip(1).step_by(2);
    fenced
        .filter_map(|block| block.strip_prefix(kind)?.strip_prefix('\n'))
        .collect()
}

#[test]
fn the_worked_example_connects_as_it_is_told() {
    let [panel] = blocks("text").try_into().expect("one panel");
    let document = documents().remove(0);
    let mut lines = panel.lines();
    let given = [
        ("endpoint", "wss://garden.example"),
        ("room", "roses"),
        ("name", "ana"),
    ];
    let dialect = Dialect::load(&document).expect("the manual's document loads");
    let mut conversation = Conversation::new(&dialect, &given, 1);
    conversation.begin();
    let target = conversation.target().expect("filled").expect("a server");
    assert_eq!(Some(target.url.as_str()), lines.next());
    let mut replies = Vec::new();
    let mut told = Vec::new();
    for line in lines {
        let (arrow, frame) = line.split_once(' ').expect("an arrow and a frame");
        if arrow == "↓" {
            let reading = conversation.read(frame);
            assert_eq!(reading.unknown, None, "{line}");
            replies.extend(reading.replies);
            told.extend(reading.told.iter().map(|told| told.word()));
            continue;
        }
        let expected: Value = serde_json::from_str(frame).expect("JSON");
        let written = replies
            .pop()
            .or_else(|| say(&mut conversation, &expected).frames.pop());
        let written: Value = serde_json::from_str(&written.expect("written")).expect("JSON");
        assert_eq!(written, expected, "{line}");
    }
    let story = "joined request-offer answer candidate peer-joined leave";
    assert_eq!(told.join(" "), story);
}

/// What the page says so that this is written.
fn say(conversation: &mut Conversation, frame: &Value) -> Written {
    let body = &frame["body"];
    match body["kind"].as_str() {
        None => conversation.write(Say::Open),
        Some("ice") if body["candidate"].is_null() => conversation.write(Say::End),
        Some("ice") => {
            let text = |name: &str| {
                body["candidate"][name]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            conversation.write(Say::Candidates(&[Candidate {
                candidate: text("candidate"),
                sdp_mid: Some(text("sdpMid")),
                sdp_m_line_index: Some(0),
                username_fragment: None,
            }]))
        }
        Some(word) => conversation.write(Say::Description(&Description {
            kind: DescriptionKind::from_word(word).expect("offer or answer"),
            sdp: body["sdp"].as_str().unwrap_or_default().to_owned(),
        })),
    }
}

#[test]
fn the_worked_example_takes_three_screens_at_most() {
    let (_, from) = MANUAL
        .split_once("\n## From the network panel")
        .expect("it is there");
    let (example, _) = from
        .split_once("\n### If it does not fit")
        .expect("its end");
    assert!(example.lines().count() <= 3 * 40);
}

#[test]
fn every_fragment_of_the_manual_loads() {
    for block in blocks("json") {
        if documents().iter().any(|document| document == block) {
            let parents = |name: &str| Dialect::built_in(name).map(str::to_owned);
            assert!(Dialect::load_with(block, &parents).is_ok(), "{block}");
            continue;
        }
        let document = if block.starts_with('"') {
            let fragment: Value = serde_json::from_str(&format!("{{{block}}}")).expect("JSON");
            json!({"dialect": "d", "url": "{endpoint}", "messages": [], "variables": fragment["variables"]})
        } else {
            let rules = block
                .lines()
                .map(|line| serde_json::from_str(line).expect("a rule"));
            let mut rules: Vec<Value> = rules.collect();
            // Whatever the fragment needs, some other message brings.
            rules.push(json!({"read": {"names": names(block)}}));
            if block.contains("{Signal") {
                rules.push(json!({"read": {"who": "{peer}"}}));
            }
            json!({"dialect": "d", "url": "{endpoint}", "messages": rules})
        };
        let mistakes = Dialect::load(&document.to_string())
            .err()
            .unwrap_or_default();
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert!(mistakes.is_empty(), "{block}{mistakes:?}");
    }
}

/// The variables that a fragment names, and the peer.
fn names(block: &str) -> Vec<String> {
    let all = block
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    let bare = all.map(|(name, _)| name.split(['|', '?', '!']).next().unwrap_or_default());
    let own = [
        "",
        "room",
        "endpoint",
        "message",
        "to",
        "_",
        "description",
        "candidate",
        "error",
        "close",
        "iceServer",
    ];
    let wanted = |name: &&str| {
        let whole = name.split('.').next().unwrap_or_default();
        !own.contains(&whole) && whole.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let names: BTreeSet<&str> = bare.filter(wanted).collect();
    names
        .into_iter()
        .map(|name| format!("{{{name}}}"))
        .collect()
}

#[test]
fn every_key_and_every_word_of_the_schema_is_in_the_manual() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let mut missing = words(&schema);
    missing.retain(|word| {
        let forms = [
            format!("`{word}`"),
            format!("\"{word}\""),
            format!("`\\{word}`"),
            format!("`{{{word}}}`"),
        ];
        !forms.iter().any(|form| MANUAL.contains(form)) && !BROWSER_WORDS.contains(&word.as_str())
    });
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_mistake_of_the_wrong_documents_is_in_the_manual() {
    let (_, after) = MANUAL.split_once("\n## Mistakes").expect("it is there");
    let (table, _) = after.split_once("\n## ").expect("its end");
    let table = table.replace("\\|", "|");
    let mut missing = BTreeSet::new();
    for document in crate::schema::wrong() {
        for mistake in Dialect::load(&document).err().unwrap_or_default() {
            let sentence = mistake.wrong.to_string();
            // What is between quotes, braces and numbers differs from case to case.
            let parts = sentence.split(['"', '{', '}', '\'', ';', '|', ':']);
            let longest = parts
                .max_by_key(|part| part.len())
                .unwrap_or_default()
                .trim();
            let general = ["must be", " is ", " has ", "at most"]
                .iter()
                .any(|word| sentence.contains(word));
            if !general && !table.contains(longest) {
                missing.insert(sentence);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Members of RTCDataChannelInit and methods of HTTP: the manual names them by their standards.
const BROWSER_WORDS: [&str; 11] = [
    "ordered",
    "maxPacketLifeTime",
    "maxRetransmits",
    "protocol",
    "negotiated",
    "id",
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
];

/// All keys that objects can have, and all words that texts can be.
fn words(schema: &Value) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("properties", Value::Object(keys)) => words.extend(keys.keys().cloned()),
                    ("enum", Value::Array(items)) => {
                        words.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                words.extend(self::words(value));
            }
        }
        Value::Array(items) => words.extend(items.iter().flat_map(self::words)),
        _ => {}
    }
    words
}

#[test]
fn what_the_manual_tells_to_click_is_on_the_page() {
    let catalogue: Value = serde_json::from_str(WORDS).expect("JSON");
    let words: Vec<&str> = catalogue
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, text)| text.as_str())
        .collect();
    let italic = MANUAL.split("```").step_by(2).flat_map(|prose| {
        let parts = prose.split('*').collect::<Vec<_>>();
        let inner = parts.windows(3).filter(|three| {
            let outside = |part: &str| part.ends_with([' ', '(']);
            outside(three[0]) && three[2].starts_with([' ', ',', '.', ';', ':', ')', '\n'])
        });
        inner.map(|three| three[1].to_owned()).collect::<Vec<_>>()
    });
    let ours: Vec<String> = italic
        .filter(|text| !BROWSER_TABS.contains(&text.as_str()))
        .collect();
    assert!(ours.len() >= 6, "{ours:?}");
    for text in ours {
        assert!(words.contains(&text.as_str()), "{text} is not on the page");
    }
}

/// Where browsers show the messages of a WebSocket.
const BROWSER_TABS: [&str; 2] = ["Network", "Messages"];
const WORDS: &str = include_str!("../../../www/words/en.json");
