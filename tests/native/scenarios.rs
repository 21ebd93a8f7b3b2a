//! Each file of `scenarios/` is a promise: what is done above the line, the timeline it leads to below.
//!
//! `UPDATE_SCENARIOS=1` writes the timelines anew; read the difference before keeping it.

use std::fs;
use std::path::PathBuf;

use crate::script;

const LINE: &str = "\n----\n";

/// A test for each file, named like it.
macro_rules! scenarios {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            compare(&stringify!($name).replace('_', "-"));
        })*

        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

scenarios! {
    the_manual_course_connects
}

#[test]
fn every_scenario_file_is_a_test() {
    let files = fs::read_dir(folder()).expect("the folder is there");
    let mut names: Vec<String> = files
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .replace(".txt", "")
                .replace('-', "_")
        })
        .collect();
    names.sort();
    let mut tests: Vec<&str> = NAMES.to_vec();
    tests.sort_unstable();
    assert_eq!(names, tests);
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/native/scenarios"
    ))
}

fn compare(name: &str) {
    let file = folder().join(format!("{name}.txt"));
    let text = fs::read_to_string(&file).expect("the scenario is there");
    let (deeds, expected) = text.split_once(LINE).unwrap_or((text.trim_end(), ""));
    let told = script::run(deeds)
        .unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
        .join("\n");
    let expected = expected.trim_end();
    if told == expected {
        return;
    }
    if std::env::var_os("UPDATE_SCENARIOS").is_some() {
        fs::write(&file, format!("{}{LINE}{told}\n", deeds.trim_end()))
            .expect("the scenario can be written");
        return;
    }
    panic!(
        "{name} goes another way (UPDATE_SCENARIOS=1 keeps it):\n{}",
        difference(expected, &told)
    );
}

/// The first line that differs, with those around it.
fn difference(expected: &str, told: &str) -> String {
    let (expected, told): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), told.lines().collect());
    let at = expected
        .iter()
        .zip(&told)
        .take_while(|(one, other)| one == other)
        .count();
    let before = expected[at.saturating_sub(4)..at]
        .iter()
        .map(|line| format!("    {line}\n"));
    let missing = expected[at..]
        .iter()
        .take(4)
        .map(|line| format!("  - {line}\n"));
    let new = told[at..]
        .iter()
        .take(4)
        .map(|line| format!("  + {line}\n"));
    before.chain(missing).chain(new).collect()
}
