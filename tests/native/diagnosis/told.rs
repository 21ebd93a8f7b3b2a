//! Every sentence of a diagnosis is in the catalogue, with every hole filled.

use std::collections::BTreeMap;

use webrtc_steps_core::diagnosis::Diagnosis;
use webrtc_steps_core::words::Message;

const CATALOGUES: [&str; 2] = [
    include_str!("../../../www/words/en.json"),
    include_str!("../../../www/words/en/diagnosis.json"),
];

/// Says all of it as the page would.
///
/// # Panics
/// Names the sentence that is missing, or the hole that stays open.
pub(crate) fn told(found: &Diagnosis) {
    let words: BTreeMap<String, String> = CATALOGUES
        .iter()
        .flat_map(|text| serde_json::from_str::<BTreeMap<String, String>>(text).expect("words"))
        .collect();
    let say = |message: &Message| {
        let sentence = words.get(message.id.as_ref());
        let mut said = sentence
            .unwrap_or_else(|| panic!("no words for {}", message.id))
            .clone();
        for (name, value) in &message.args {
            said = said.replace(&format!("{{{name}}}"), value);
        }
        assert!(!said.contains('{'), "a hole stays open: {said}");
    };
    for message in [&found.title, &found.why, &found.advice] {
        say(message);
    }
    assert!(!found.facts.is_empty(), "judged on nothing");
    for fact in &found.facts {
        say(&fact.label);
        say(&fact.value);
    }
    if let Some(also) = &found.also {
        say(&also.says);
    }
}
