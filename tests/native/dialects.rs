//! Each file of `dialects/` is a promise: how a built-in document talks, from the wire formats of its real server.
//!
//! `UPDATE_DIALECTS=1` writes what follows anew; read the difference before keeping it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "dialect/bounds.rs"]
mod bounds;
#[path = "../../fuzz/targets/deeds.rs"]
mod deeds;
#[allow(dead_code, reason = "only its documents are wanted here")]
#[path = "dialect/given.rs"]
mod given;
#[path = "dialect/hostile.rs"]
mod hostile;
#[path = "dialect/manual.rs"]
mod manual;
#[path = "dialect/placeholders.rs"]
mod placeholders;
#[path = "dialect/round_trip.rs"]
mod round_trip;
#[path = "dialect/schema.rs"]
mod schema;
#[path = "dialect/transcript.rs"]
mod transcript;
#[path = "dialect/traps.rs"]
mod traps;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use webrtc_steps_core::dialect::{BUILT_IN, Dialect};

#[test]
fn every_built_in_document_talks_as_its_server_does() {
    let mut wrong = String::new();
    for (name, _) in BUILT_IN {
        let file = folder().join(format!("{name}.txt"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        let outcome = transcript::run(&load(name), &text);
        if std::env::var_os("UPDATE_DIALECTS").is_some() && outcome.text != text {
            fs::write(&file, &outcome.text).expect("the transcript can be written");
        }
        if let Some(difference) = outcome.wrong {
            wrong.push_str(&format!("{name}: {difference}\n"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_DIALECTS=1 keeps it:\n{wrong}");
}

#[test]
fn every_rule_of_every_document_is_used_in_its_transcript() {
    let mut unused = Vec::new();
    for (name, _) in BUILT_IN {
        let text = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap_or_default();
        let dialect = load(name);
        let used = transcript::run(&dialect, &text).used;
        let rules = (0..).map_while(|index| Some((index, dialect.rule(index)?)));
        // What carries another message is used whenever that one is.
        let idle =
            rules.filter(|(index, rule)| !used.contains(index) && !rule.contains("{message"));
        unused.extend(idle.map(|(_, rule)| format!("{name}: {rule}")));
    }
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

// Written from the manual alone, for servers that do not exist, with shapes as awkward as could be thought of.
#[test]
fn documents_for_servers_nobody_has_seen_talk_as_those_would() {
    let mut wrong = String::new();
    for name in ["harbor", "switchboard"] {
        let read = |ending: &str| fs::read_to_string(invented().join(format!("{name}.{ending}")));
        let document = read("json").expect("a document");
        let dialect = Dialect::load(&document).unwrap_or_else(|mistakes| {
            panic!(
                "{}",
                mistakes
                    .iter()
                    .map(|m| format!("{m}\n"))
                    .collect::<String>()
            )
        });
        let outcome = transcript::run(&dialect, &read("txt").expect("a transcript"));
        wrong.extend(
            outcome
                .wrong
                .map(|difference| format!("{name}: {difference}\n")),
        );
        let rules = (0..).map_while(|index| Some((index, dialect.rule(index)?)));
        let idle = |(index, rule): &(usize, String)| {
            !outcome.used.contains(index) && !rule.contains("{message")
        };
        wrong.extend(
            rules
                .filter(idle)
                .map(|(_, rule)| format!("{name} never uses {rule}\n")),
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_transcript_is_of_a_built_in_document() {
    let names: BTreeSet<String> = BUILT_IN
        .iter()
        .map(|(name, _)| format!("{name}.txt"))
        .collect();
    let files: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(names, files);
}

#[test]
fn the_seeds_of_the_fuzz_targets_do_no_harm() {
    for (_, text) in BUILT_IN {
        deeds::load(text.as_bytes());
    }
    for seed in seeds("load") {
        deeds::load(&fs::read(seed).expect("a seed"));
    }
    for seed in seeds("read") {
        deeds::read(&fs::read(seed).expect("a seed"));
    }
}

#[test]
fn the_seeds_of_reading_are_the_frames_of_the_transcripts() {
    for ((name, _), first) in BUILT_IN.iter().zip(b'A'..) {
        let text = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap_or_default();
        let frames = transcript::run(&load(name), &text).came;
        let expected = format!("{}{}", char::from(first), frames.join("\n"));
        let file = fuzz().join("read").join(name);
        if std::env::var_os("UPDATE_DIALECTS").is_some() {
            fs::write(&file, &expected).expect("the seed can be written");
        }
        let seed = fs::read_to_string(file).unwrap_or_default();
        assert_eq!(
            seed, expected,
            "UPDATE_DIALECTS=1 writes the seed of {name}"
        );
    }
}

fn seeds(target: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(fuzz().join(target)).expect("the seeds are there");
    files.map(|file| file.expect("a file").path()).collect()
}

fn invented() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/native/invented"
    ))
}

/// The letter by which the fuzz target knows a built-in document, and the frames of its transcript.
fn seed_of(index: usize) -> (char, String) {
    let (name, _) = BUILT_IN[index];
    let seed = fs::read_to_string(fuzz().join("read").join(name)).expect("a seed");
    let mut signs = seed.chars();
    let first = signs.next().expect("a letter");
    (first, signs.collect())
}

fn fuzz() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds"))
}

fn load(name: &str) -> Dialect {
    let text = Dialect::built_in(name).expect("built in");
    let parents = |name: &str| Dialect::built_in(name).map(str::to_owned);
    Dialect::load_with(text, &parents).unwrap_or_else(|mistakes| {
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{name}:\n{}", mistakes.join("\n"))
    })
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/native/dialects"
    ))
}
