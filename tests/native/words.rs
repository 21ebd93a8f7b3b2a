//! Every sentence of the page is in the catalogue, every sentence of the catalogue is on the page, and none is elsewhere.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

mod code;
mod languages;

use std::collections::{BTreeMap, BTreeSet};

use code::{Literal, Said, files, literals, said};
use languages::{catalogue, holes, whole_of};
use webrtc_steps_core::command::Plain;
use webrtc_steps_core::step::STEPS;

/// Where sentences could hide.
const SOURCES: [&str; 3] = ["core/src", "src", "panels/src"];

fn all_literals() -> Vec<Literal> {
    SOURCES.iter().flat_map(|folder| literals(folder)).collect()
}

/// Texts in quotes in scripts and the ids in markup.
fn quoted(folder: &str, extension: &str) -> Vec<(String, String)> {
    let texts = files(folder, extension)
        .into_iter()
        .flat_map(|(name, text)| {
            let parts: Vec<String> = text
                .split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect();
            parts.into_iter().map(move |part| (name.clone(), part))
        });
    texts.collect()
}

/// Whether a text has the shape of an id: `name.name`, perhaps with holes that code fills.
fn is_id(text: &str, namespaces: &BTreeSet<String>) -> bool {
    let shape =
        |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-.{}_".contains(sign);
    let file = [".html", ".json", ".js", ".css", ".svg", ".wasm"];
    text.split_once('.')
        .is_some_and(|(first, rest)| namespaces.contains(first) && !rest.is_empty())
        && text.chars().all(shape)
        && !file.iter().any(|end| text.ends_with(end))
}

fn namespaces(words: &BTreeMap<String, String>) -> BTreeSet<String> {
    words
        .keys()
        .filter_map(|id| id.split_once('.'))
        .map(|(first, _)| first.to_owned())
        .collect()
}

/// Whether an id has the form of a pattern: a hole stands for anything between two dots.
fn fits(id: &str, pattern: &str) -> bool {
    let (mut ids, mut parts) = (id.split('.'), pattern.split('.'));
    loop {
        match (ids.next(), parts.next()) {
            (None, None) => return true,
            (Some(one), Some(part)) if one == part || part.contains('{') => {}
            _ => return false,
        }
    }
}

/// An id that is put together from its beginning and something else has a hole at its end.
fn whole(text: String) -> String {
    if text.ends_with('.') {
        format!("{text}{{}}")
    } else {
        text
    }
}

/// Everything in code, markup and scripts that names a sentence, with where it stands.
fn named(words: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let namespaces = namespaces(words);
    let code = all_literals()
        .into_iter()
        .map(|literal| (literal.place, whole(literal.text)));
    let pages = ["html", "js"].into_iter().flat_map(|kind| {
        ["src", "panels/src", "www"]
            .into_iter()
            .flat_map(move |folder| quoted(folder, kind))
    });
    code.chain(pages)
        .filter(|(_, text)| is_id(text, &namespaces))
        .collect()
}

#[test]
fn every_id_in_code_and_markup_has_words() {
    let words = catalogue("en");
    let missing: Vec<_> = named(&words)
        .into_iter()
        .filter(|(_, name)| !words.keys().any(|id| fits(id, name)))
        .collect();
    assert!(missing.is_empty(), "no words for {missing:#?}");
}

#[test]
fn no_words_are_left_over() {
    let words = catalogue("en");
    let named = named(&words);
    let unused: Vec<_> = words
        .keys()
        .map(|id| whole_of(id, &words))
        .filter(|id| !named.iter().any(|(_, name)| fits(id, name)))
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:#?}");
}

#[test]
fn every_hole_of_a_sentence_is_filled_where_it_is_said() {
    let words = catalogue("en");
    let mut open = Vec::new();
    for Said { place, id, args } in SOURCES.iter().flat_map(|folder| said(folder)) {
        let Some(sentence) = words.get(&id) else {
            continue;
        };
        let missing: Vec<_> = holes(sentence)
            .into_iter()
            .filter(|hole| !args.iter().any(|arg| arg == hole))
            .collect();
        if !missing.is_empty() {
            open.push(format!("{place}: {id} lacks {missing:?}"));
        }
    }
    assert!(open.is_empty(), "{open:#?}");
}

#[test]
fn every_step_is_explained_in_words_and_code() {
    let words = catalogue("en");
    for step in &STEPS {
        for part in ["title", "what", "why", "js", "rust"] {
            let id = format!("step.{}.{part}", step.number);
            assert!(words.get(&id).is_some_and(|text| !text.is_empty()), "{id}");
        }
        assert!(
            words.contains_key(&format!("stage.{}", step.stage)),
            "stage {}",
            step.stage
        );
    }
}

#[test]
fn every_command_has_a_control_with_words() {
    let views = files("src/views", "html").into_iter();
    let markup: String = views
        .chain(files("panels/src", "html"))
        .map(|(_, text)| text)
        .collect();
    let others = ["join", "send-message", "read-signal"];
    for name in Plain::ALL.iter().map(|(_, name)| *name).chain(others) {
        let of_a_step = STEPS
            .iter()
            .any(|step| step.command.is_some_and(|command| command.name() == name));
        let control = markup.find(&format!("data-command=\"{name}\""));
        let has_words = control.is_some_and(|at| {
            let element = &markup[markup[..at].rfind('<').unwrap_or(0)..];
            element
                .split("</form>")
                .next()
                .unwrap_or("")
                .contains("data-words=\"")
        });
        assert!(of_a_step || has_words, "{name} has no control with words");
    }
}

#[test]
fn no_sentence_lives_in_code() {
    let found: Vec<_> = all_literals()
        .into_iter()
        .filter(|literal| {
            is_sentence(&literal.text) && !literal.is_for_developers() && !is_allowed(literal)
        })
        .map(|literal| format!("{}: {:?}", literal.place, literal.text))
        .collect();
    assert!(
        found.is_empty(),
        "these belong into the catalogue: {found:#?}"
    );
}

#[test]
fn no_sentence_lives_in_markup() {
    for (name, text) in files("src/views", "html") {
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('<') {
            let words = before
                .split_whitespace()
                .filter(|word| word.chars().all(char::is_alphabetic))
                .count();
            assert!(words < 2, "{name}: {before:?}");
            rest = after.split_once('>').map_or("", |(_, rest)| rest);
        }
    }
}

/// Three words or more, of which one is of the kind that sentences need and names do not.
fn is_sentence(text: &str) -> bool {
    const GLUE: [&str; 24] = [
        "the", "is", "are", "was", "were", "has", "have", "not", "no", "you", "your", "this",
        "that", "there", "it", "for", "with", "from", "came", "cannot", "must", "should", "be",
        "did",
    ];
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|sign: char| !sign.is_alphabetic())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.len() >= 3 && words.iter().any(|word| GLUE.contains(&word.as_str()))
}

/// Sentences that no user of the page is meant to read, or that are quotations. Each is here with its reason.
fn is_allowed(literal: &Literal) -> bool {
    // Mistakes in a dialect document, for the one who writes it; the page names their places.
    let of_documents = literal.place.starts_with("core/src/dialect/");
    const ALLOWED: [&str; 8] = [
        // Thrown at the developer of an embedding page.
        "the element has no open shadow root",
        "There is no command {name}, or it does not take this value.",
        "The browser refused the page's markup: its Trusted Types policy must allow webrtc-steps.",
        // A mistake in this program's own markup.
        "a view (is the Trusted Types policy webrtc-steps allowed?)",
        "The page's markup has no part \"{name}\".",
        "The page's markup has another kind of element at \"{name}\".",
        // The words of a browser's refusal, shown as a quotation.
        "RTCDataChannel send queue is full",
        "no channel is open",
    ];
    of_documents || ALLOWED.contains(&literal.text.as_str())
}

#[test]
fn the_search_for_sentences_finds_one() {
    assert!(is_sentence("The channel is not open yet."));
    assert!(is_sentence("no channel is open"));
    assert!(!is_sentence("node big of mine"));
    assert!(!is_sentence("have-remote-offer"));
    assert!(!is_sentence("application/json"));
}
