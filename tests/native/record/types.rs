//! The declared types of events and the program, held to each other. That each event of a run fits is watched in every scenario
//! (`pair/watch.rs`); here is the other way, and that no kind is missing.

use std::collections::BTreeSet;

use serde_json::Value;
use webrtc_steps_core::command::{Plain, Switch};
use webrtc_steps_core::record::read_event;
use webrtc_steps_core::timeline;

use crate::declared::{Declared, Type, check, declared};

const TIMELINE: &str = include_str!("../../../core/src/timeline.rs");

#[test]
fn whatever_the_types_allow_is_an_event_of_the_program() {
    for name in declared().events() {
        for sample in declared().samples(&Type::Named(name.clone())) {
            // A pending description has both or neither.
            if sample["type"].is_null() != sample["sdp"].is_null() {
                continue;
            }
            let text = sample.to_string();
            let read = read_event(&text).unwrap_or_else(|why| panic!("{name}: {why}: {text}"));
            let told = timeline::json(&read);
            assert_eq!(shape(&told), shape(&sample), "{name}");
            check(&told).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

#[test]
fn every_kind_of_event_has_a_type_and_no_other() {
    let (_, kinds) = TIMELINE.split_once("fn kind(").expect("the kinds");
    let (kinds, _) = kinds.split_once("\n}\n").expect("the end of the kinds");
    let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
    let told: BTreeSet<String> = kinds.lines().filter_map(quoted).collect();
    let events = declared().events();
    let typed: BTreeSet<String> = events.iter().map(|name| declared().kind_of(name)).collect();
    assert_eq!(told, typed);
}

#[test]
fn every_command_has_a_type_and_no_other() {
    let named = |name: &str| -> BTreeSet<String> {
        let samples = declared().samples(&Type::Named(name.to_owned()));
        let texts = samples.iter().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let mut plain: BTreeSet<String> = Plain::ALL
        .iter()
        .map(|(_, name)| (*name).to_owned())
        .collect();
    plain.insert("join".to_owned());
    assert_eq!(named("PlainCommand"), plain);
    let switches: BTreeSet<String> = Switch::ALL
        .iter()
        .map(|(_, name)| (*name).to_owned())
        .collect();
    assert_eq!(named("Switch"), switches);
}

#[test]
fn an_event_with_a_field_too_many_or_too_few_does_not_fit() {
    let event = |fields: &str| {
        let text = format!(r#"{{"v":1,"at":1,"attempt":0,"kind":"chat"{fields}}}"#);
        check(&serde_json::from_str(&text).expect("JSON"))
    };
    assert_eq!(event(r#","side":"mine","text":"hello""#), Ok(()));
    assert!(event(r#","side":"mine""#).is_err_and(|why| why.contains("missing")));
    assert!(
        event(r#","side":"mine","text":"x","more":1"#)
            .is_err_and(|why| why.contains("not declared"))
    );
    assert!(event(r#","side":"ours","text":"x""#).is_err());
}

impl Declared {
    /// Every value of a type, as far as values differ in kind: each of a union, a list with each of its elements.
    pub(crate) fn samples(&self, of: &Type) -> Vec<Value> {
        match of {
            Type::Text => vec!["x".into()],
            Type::Number => vec![7.into()],
            Type::Flag => vec![true.into()],
            Type::Null => vec![Value::Null],
            Type::Exactly(value) => vec![value.clone()],
            Type::Texts => vec![serde_json::json!({ "hole": "x" })],
            Type::List(one) => vec![Value::Array(self.samples(one))],
            Type::OneOf(all) => all.iter().flat_map(|one| self.samples(one)).collect(),
            Type::Named(name) => match self.aliases.get(name) {
                Some(meant) => self.samples(meant),
                None => self.objects(name),
            },
        }
    }

    /// Objects of a shape in which each field takes each of its values at least once.
    fn objects(&self, name: &str) -> Vec<Value> {
        let fields = self.fields(name);
        assert!(!fields.is_empty(), "{name} is declared");
        let values: Vec<_> = fields.iter().map(|(.., of)| self.samples(of)).collect();
        let most = values.iter().map(Vec::len).max().unwrap_or_default();
        let object = |round: usize| {
            let pick = |values: &Vec<Value>| values[round % values.len()].clone();
            let pairs = fields.iter().zip(&values);
            Value::Object(
                pairs
                    .map(|(field, all)| (field.0.clone(), pick(all)))
                    .collect(),
            )
        };
        (0..most).map(object).collect()
    }
}

/// The names of all fields, at every depth, without what stands in them.
fn shape(value: &Value) -> Value {
    match value {
        // A delay has its milliseconds, no other disorder has.
        Value::Object(map) => map
            .iter()
            .filter(|(name, _)| *name != "ms")
            .map(|(name, value)| {
                (
                    name.clone(),
                    if name == "args" {
                        Value::Null
                    } else {
                        shape(value)
                    },
                )
            })
            .collect(),
        Value::Array(list) => list.iter().map(shape).collect(),
        _ => true.into(),
    }
}
