//! The catalogue of the page, as the diagram says its rows.

use std::collections::BTreeMap;

use webrtc_steps_core::words::Message;

const WORDS: [&str; 3] = [
    include_str!("../../../www/words/en.json"),
    include_str!("../../../www/words/en/diagram.json"),
    include_str!("../../../www/words/en/panels.json"),
];

/// The sentences of the page, filled.
pub(crate) fn words() -> impl Fn(&Message) -> String {
    let catalogue: BTreeMap<String, String> = WORDS
        .iter()
        .flat_map(|text| {
            serde_json::from_str::<BTreeMap<String, String>>(text).expect("flat sentences")
        })
        .collect();
    move |message| {
        let sentence = catalogue.get(&*message.id).cloned();
        let mut sentence = sentence.unwrap_or_else(|| message.id.to_string());
        for (name, value) in &message.args {
            sentence = sentence.replace(&format!("{{{name}}}"), value);
        }
        sentence
    }
}
