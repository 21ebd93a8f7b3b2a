//! Documents and frames that nobody thought of: what the fuzz targets ask of the engine holds for them too.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Map, Value, json};
use webrtc_steps_core::dialect::BUILT_IN;

use crate::deeds;
use crate::seed_of;

/// Texts that mean something to a document, one a line.
const TEXTS: &str = "{x}\n{x!}\n{x?}\n{y|json}\n{y|base64|text}\n{x|number}\n{self}\n{peer}\n{from}\n{to}\n{room}\n{_}\n\
    {message}\n{message|json}\n{description}\n{description.sdp}\n{description.type}\n{candidate}\n{candidate.candidate}\n\
    {candidate.sdpMid?}\n{iceServer}\n{iceServer.urls}\n{error}\n{error.code}\n{close.code}\nUser {peer} left\n{x} {y}\n...\n{{\n\
    a}}\nHELLO {self}\n\nconnect";
const CONDITIONS: [&str; 6] = [
    "{x}",
    "not {x}",
    "{x} < {y}",
    "{peer} = {self}",
    "{close.code} = 4000",
    "a = {room}",
];
const EVENTS: [&str; 16] = [
    "connect",
    "open",
    "request-offer",
    "offer",
    "answer",
    "candidate",
    "end",
    "leave",
    "close",
    "message",
    "joined",
    "peer-joined",
    "peers",
    "ice-servers",
    "error",
    "closed",
];
const FRAMES: [&str; 4] = ["json", "text", "records", "socket.io"];
const MAKES: [&str; 6] = ["uuid", "text 8", "integer 1 9", "number", "now", "count"];
const LIVES: [&str; 4] = ["message", "call", "connection", "room"];

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::sample::select(words).prop_map(Value::from)
}

fn example() -> impl Strategy<Value = Value> {
    let texts: Vec<&str> = TEXTS.lines().collect();
    let text = prop::sample::select(texts).prop_map(Value::from);
    let leaf =
        prop_oneof![4 => text, 1 => Just(json!(null)), 1 => any::<u8>().prop_map(Value::from)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop::sample::select(vec!["type", "a", "b", "{peer}", "{x}", "candidates"]);
        let pipe = prop::sample::select(vec!["|json", "|base64", "|number", "|text"]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            inner.clone().prop_map(|element| json!([element, "..."])),
            vec((key, inner.clone()), 0..4).prop_map(object),
            (pipe, inner).prop_map(|(pipe, inner)| json!({ pipe: inner })),
        ]
    })
}

fn object<V: Into<Value>>(entries: Vec<(&str, V)>) -> Value {
    let entries = entries.into_iter();
    let map: Map<String, Value> = entries
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    Value::Object(map)
}

fn rule() -> impl Strategy<Value = Value> {
    let key = |key: &'static str, value: prop::strategy::BoxedStrategy<Value>| {
        value.prop_map(move |value| (key, value)).boxed()
    };
    let fetch = (example(), example())
        .prop_map(|(body, read)| json!({"url": "{endpoint}/x/{x?}", "body": body, "read": read}));
    let trigger = prop_oneof![
        key("on", one_of(&EVENTS).boxed()),
        key("read", example().boxed()),
        key("both", example().boxed()),
        key("every", one_of(&["5 s", "{x} s", "500 ms"]).boxed()),
    ];
    let result = prop_oneof![
        key("send", example().boxed()),
        key("sends", vec(example(), 0..3).prop_map(Value::from).boxed()),
        key(
            "means",
            vec(one_of(&EVENTS), 1..4).prop_map(Value::from).boxed()
        ),
        key("if", one_of(&CONDITIONS).boxed()),
        key("every", one_of(&["1 s", "{y} ms"]).boxed()),
        key("after", Just(json!("answer")).boxed()),
        key("fetch", fetch.boxed()),
    ];
    (trigger, vec(result, 0..3)).prop_map(|(trigger, mut results)| {
        results.push(trigger);
        object(results)
    })
}

fn variable() -> impl Strategy<Value = Value> {
    let source = prop_oneof![
        one_of(&MAKES).prop_map(|make| json!({"make": make})),
        any::<u8>().prop_map(|value| json!({"value": value})),
        Just(json!({"ask": "x?", "default": "3"})),
    ];
    (source, one_of(&LIVES), any::<bool>()).prop_map(|(mut variable, life, secret)| {
        variable["per"] = life;
        variable["secret"] = secret.into();
        variable
    })
}

/// A document that may well load: every hole has a value somewhere.
fn document() -> impl Strategy<Value = Value> {
    let variables = (variable(), variable(), variable());
    (vec(rule(), 0..8), variables, one_of(&FRAMES), any::<bool>()).prop_map(
        |(mut rules, (x, y, me), frames, enveloped)| {
            if enveloped {
                rules.push(json!({"both": ["{peer}", "{message}"], "means": "message"}));
            }
            rules.push(json!({"read": {"who": "{peer}"}}));
            json!({"dialect": "d", "url": "{endpoint}", "frames": frames, "messages": rules,
                "variables": {"x": x, "y": y, "self": me}, "polite": "{x} < {y}"})
        },
    )
}

/// What happens to a captured frame on its way through hostile hands.
#[derive(Debug, Clone)]
enum Harm {
    Cut(usize),
    Twice,
    Splice(usize, String),
    Nest(usize),
    Keep,
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<prop::sample::Index>().prop_map(|index| index.index(2_000));
    let noise = prop_oneof![
        Just("null".to_owned()),
        Just("\"\"".to_owned()),
        Just("[]".to_owned()),
        Just("-1e999".to_owned()),
        Just("9007199254740993".to_owned()),
        any::<String>(),
    ];
    prop_oneof![
        at.clone().prop_map(Harm::Cut),
        Just(Harm::Twice),
        (at, noise).prop_map(|(at, noise)| Harm::Splice(at, noise)),
        (1_usize..200).prop_map(Harm::Nest),
        Just(Harm::Keep),
    ]
}

impl Harm {
    fn to(&self, frame: &str) -> String {
        let cut = |at: usize| {
            let at = at.min(frame.len());
            (0..=at)
                .rev()
                .find(|at| frame.is_char_boundary(*at))
                .unwrap_or(0)
        };
        match self {
            Self::Cut(at) => frame[..cut(*at)].to_owned(),
            Self::Twice => format!("{frame}\n{frame}"),
            Self::Splice(at, noise) => {
                let (before, after) = frame.split_at(cut(*at));
                let rest = after.find([',', '}', ']']).map_or("", |end| &after[end..]);
                format!("{before}{noise}{rest}")
            }
            Self::Nest(depth) => format!("{}{frame}{}", "[".repeat(*depth), "]".repeat(*depth)),
            Self::Keep => frame.to_owned(),
        }
    }
}

proptest! {
    #[test]
    fn a_document_of_anything_the_language_has_is_spoken_or_refused(document in document()) {
        deeds::load(document.to_string().as_bytes());
    }

    #[test]
    fn captured_frames_in_any_order_and_any_state_do_no_harm(
        dialect in 0..BUILT_IN.len(),
        order in vec((any::<prop::sample::Index>(), harm()), 1..12),
    ) {
        let (first, frames) = seed_of(dialect);
        let frames: Vec<&str> = frames.lines().collect();
        let hostile = order.iter().map(|(at, harm)| harm.to(frames[at.index(frames.len())]));
        let hostile: Vec<String> = hostile.collect();
        deeds::read(format!("{first}{}", hostile.join("\n")).as_bytes());
    }

    #[test]
    fn frames_of_another_dialect_do_no_harm(dialect in 0..BUILT_IN.len(), other in 0..BUILT_IN.len()) {
        let (first, _) = seed_of(dialect);
        let (_, frames) = seed_of(other);
        deeds::read(format!("{first}{frames}").as_bytes());
    }
}

#[test]
fn many_documents_of_the_generator_load() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use webrtc_steps_core::dialect::Dialect;

    let mut runner = TestRunner::deterministic();
    let loads = (0..300)
        .filter(|_| {
            let tree = document().new_tree(&mut runner).expect("a document");
            Dialect::load(&tree.current().to_string()).is_ok()
        })
        .count();
    assert!(loads >= 15, "{loads} of 300 load: too few to try anything");
}
