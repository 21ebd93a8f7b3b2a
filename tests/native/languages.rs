//! Every language says all that English says, with the same holes and in the same tone.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::files;

type Sentences = BTreeMap<String, String>;

/// What may read the same in two languages: names of the browser's interface, units, and terms of the field (docs/words.md).
const SHARED: [&str; 12] = [
    "webrtc", "steps", "details", "chat", "offerer", "answerer", "offer", "answer", "frames",
    "relay", "server", "code",
];

/// What the tone of the page leaves out, by language, and what docs/words.md says otherwise.
const UNSAID: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "please", "Please", "simply", "Simply", "oops", "Oops", "sorry", "Sorry",
        ],
    ),
    (
        "de",
        &[
            "Sie",
            "Ihr",
            "Ihre",
            "Ihren",
            "Ihrem",
            "Ihrer",
            "Ihnen",
            "bitte",
            "Bitte",
            "einfach",
            "Einfach",
            "leider",
            "Leider",
            "Angebot",
            "Angebots",
            "Angebote",
            "Candidate",
            "Candidates",
            "Channel",
            "Channels",
            "Kandidatin",
            "Gegenstelle",
            "Endpoint",
            "Sitzungsbeschreibung",
            "Signalisierung",
            "Remotebeschreibung",
            "Handschlag",
        ],
    ),
];

/// A sentence may be this much longer than the English one, in signs: some more for short ones, such as buttons.
fn room(english: &str) -> usize {
    let length = english.chars().count();
    length + length / 2 + 16
}

/// The files of a language: its own, and one for each topic.
fn files_of(language: &str) -> BTreeMap<String, String> {
    let (own, folder) = (format!("{language}.json"), format!("{language}/"));
    files("www/words", "json")
        .into_iter()
        .filter_map(|(name, text)| {
            let name = name.trim_start_matches("www/words/");
            let part = (name == own)
                .then_some("")
                .or_else(|| name.strip_prefix(&folder))?;
            Some((part.to_owned(), text))
        })
        .collect()
}

fn sentences(name: &str, text: &str) -> Sentences {
    serde_json::from_str(text)
        .unwrap_or_else(|fault| panic!("{name} is no flat object of sentences: {fault}"))
}

/// All sentences of a language, by id.
pub(crate) fn catalogue(language: &str) -> Sentences {
    files_of(language)
        .iter()
        .flat_map(|(name, text)| sentences(name, text))
        .collect()
}

/// Every language that has a file of its own, as `en`.
fn languages() -> Vec<String> {
    files("www/words", "json")
        .into_iter()
        .filter_map(|(name, _)| {
            let name = name.strip_prefix("www/words/")?.strip_suffix(".json")?;
            (!name.contains('/')).then(|| name.to_owned())
        })
        .collect()
}

fn others() -> Vec<String> {
    languages()
        .into_iter()
        .filter(|name| name != "en")
        .collect()
}

/// The names in a sentence that a value takes the place of.
pub(crate) fn holes(sentence: &str) -> BTreeSet<&str> {
    let names = sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name));
    let word = |name: &&str| {
        !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign == '-')
    };
    names.filter(word).collect()
}

/// Forms that `Intl.PluralRules` knows beside "other", which is the sentence itself.
const FORMS: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// The id of the sentence that this one is a form of, as `desc.more` of `desc.more.one`, if both are there.
pub(crate) fn whole_of<'a>(id: &'a str, words: &Sentences) -> &'a str {
    match id.rsplit_once('.') {
        Some((whole, form)) if FORMS.contains(&form) && words.contains_key(whole) => whole,
        _ => id,
    }
}

fn is_code(id: &str) -> bool {
    id.rsplit('.')
        .next()
        .is_some_and(|end| end.starts_with("js") || end.starts_with("rust"))
}

/// The ids of sentences, with no form of them twice.
fn ids_of(words: &Sentences) -> BTreeSet<String> {
    words
        .keys()
        .map(|id| whole_of(id, words).to_owned())
        .collect()
}

#[test]
fn there_is_a_second_language() {
    assert!(languages().len() > 1, "{:?}", languages());
}

#[test]
fn a_catalogue_has_every_id_once_and_each_on_its_line() {
    for language in languages() {
        let files = files_of(&language);
        let ids: Vec<&str> = files
            .values()
            .flat_map(|text| text.lines())
            .filter_map(|line| line.trim().split_once("\": "))
            .map(|(id, _)| id)
            .collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{language}: an id stands twice");
        assert_eq!(
            ids.len(),
            catalogue(&language).len(),
            "{language}: one sentence to a line"
        );
    }
}

#[test]
fn every_language_has_exactly_the_ids_of_english_file_by_file() {
    let english = files_of("en");
    for language in others() {
        let theirs = files_of(&language);
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&theirs), names(&english), "the files of {language}");
        for (name, text) in &english {
            let ids = |text: &str| ids_of(&sentences(name, text));
            let (wanted, there) = (ids(text), ids(&theirs[name]));
            let missing: Vec<_> = wanted.difference(&there).collect();
            let unknown: Vec<_> = there.difference(&wanted).collect();
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "words/{language}/{name} lacks {missing:#?}, and has nobody for {unknown:#?}"
            );
        }
    }
}

#[test]
fn every_language_fills_the_holes_of_english() {
    let english = catalogue("en");
    for language in languages() {
        let words = catalogue(&language);
        for (id, sentence) in &words {
            let wanted = &english[whole_of(id, &words)];
            let mut named = holes(sentence);
            if whole_of(id, &words) != id && holes(wanted).contains("count") {
                // "One row" needs no number.
                named.insert("count");
            }
            assert_eq!(named, holes(wanted), "{language}, {id}: {sentence}");
        }
    }
}

#[test]
fn code_is_the_same_in_every_language() {
    let english = catalogue("en");
    for language in others() {
        for (id, text) in catalogue(&language).iter().filter(|(id, _)| is_code(id)) {
            let comment = |line: &&str| !line.trim_start().starts_with("//");
            let lines = |text: &str| {
                text.lines()
                    .filter(comment)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!(lines(text), lines(&english[id]), "{language}, {id}");
        }
    }
}

#[test]
fn nothing_is_empty_or_left_in_english() {
    let english = catalogue("en");
    for language in others() {
        for (id, sentence) in catalogue(&language) {
            assert!(!sentence.is_empty(), "{language}: {id} says nothing");
            let same = english.get(&id) == Some(&sentence);
            assert!(
                !same || is_code(&id) || is_shared(&sentence),
                "{language}: {id} is English: {sentence}"
            );
        }
    }
}

/// Whether a text has no word of its own language: names of an interface, units, holes and [`SHARED`].
fn is_shared(text: &str) -> bool {
    let mut outside = String::new();
    for part in text.split('{') {
        outside.push_str(part.rsplit('}').next().unwrap_or(part));
        outside.push(' ');
    }
    outside.split_whitespace().all(|word| {
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let of_an_interface =
            bare.contains(['-', ':']) || bare.chars().skip(1).any(char::is_uppercase);
        bare.len() < 4
            || of_an_interface
            || SHARED.contains(&bare.to_lowercase().as_str())
            || bare == "Port"
    })
}

#[test]
fn a_sentence_needs_little_more_room_than_in_english() {
    let english = catalogue("en");
    for language in others() {
        for (id, sentence) in catalogue(&language) {
            let most = english
                .get(whole_of(&id, &english))
                .map_or(0, |text| room(text));
            let length = sentence.chars().count();
            assert!(
                length <= most,
                "{language}: {id} has {length} signs, at most {most}: {sentence}"
            );
        }
    }
}

#[test]
fn sentences_are_calm_in_every_language() {
    for language in languages() {
        let unsaid = UNSAID.iter().find(|(name, _)| *name == language);
        let unsaid = unsaid.map_or_else(
            || panic!("what does {language} leave out?"),
            |(_, words)| words,
        );
        for (id, sentence) in catalogue(&language).iter().filter(|(id, _)| !is_code(id)) {
            assert!(!sentence.contains('!'), "{language}, {id}: {sentence}");
            let blanks = sentence.trim() != sentence;
            assert!(
                !blanks || id.starts_with("ui."),
                "{language}: {id} has blanks around it"
            );
            let mut words = sentence.split(|sign: char| !sign.is_alphanumeric());
            let found = words.find(|word| unsaid.contains(word));
            assert!(
                found.is_none(),
                "{language}, {id} says {found:?}: {sentence}"
            );
        }
    }
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    for (id, sentence) in catalogue("de") {
        let count = |sign| sentence.matches(sign).count();
        assert_eq!(count('„'), count('“'), "{id}: {sentence}");
        assert_eq!(count('”') + count('’'), 0, "{id}: {sentence}");
    }
}

#[test]
fn the_search_for_english_finds_a_sentence_and_no_name() {
    for english in [
        "Leave",
        "The channel is closed",
        "{count} named",
        "not here yet",
    ] {
        assert!(!is_shared(english), "{english}");
    }
    for name in [
        "iceConnectionState",
        "have-local-offer",
        "{count} s",
        "{media}, mid {mid}",
        "Offer",
    ] {
        assert!(is_shared(name), "{name}");
    }
}
