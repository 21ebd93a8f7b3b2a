//! Exercises are judged over what happened: each right run passes, each wrong one says what was not to be seen.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail the test"
)]

#[path = "exercises/page.rs"]
mod page;
#[path = "exercises/relay_only.rs"]
mod relay_only;
#[path = "exercises/runs.rs"]
mod runs;

use std::collections::{BTreeMap, BTreeSet};

use page::{Page, joining};
use webrtc_steps_core::command::Switch;
use webrtc_steps_core::exercise::{EXERCISES, Progress};
use webrtc_steps_core::io::{Side, What};

const WORDS: &str = include_str!("../../www/words/en/exercises.json");

#[test]
fn every_exercise_and_every_task_has_words_of_its_own() {
    let words: BTreeMap<String, String> = serde_json::from_str(WORDS).expect("flat sentences");
    let mut ids = BTreeSet::new();
    for exercise in &EXERCISES {
        assert!(ids.insert(exercise.id), "{} stands twice", exercise.id);
        for part in ["title", "about", "lesson"] {
            let id = format!("exercise.{}.{part}", exercise.id);
            assert!(words.contains_key(&id), "no words for {id}");
        }
        for task in exercise.tasks {
            let id = format!("task.{}", task.name);
            assert!(words.contains_key(&id), "no words for {id}");
        }
    }
    let tasks: BTreeSet<String> = EXERCISES
        .iter()
        .flat_map(|exercise| exercise.tasks)
        .map(|task| format!("task.{}", task.name))
        .collect();
    let left: Vec<_> = words
        .keys()
        .filter(|id| id.starts_with("task.") && !tasks.contains(*id))
        .collect();
    assert!(left.is_empty(), "no task says {left:?}");
}

#[test]
fn without_a_start_nothing_is_set_up_and_nothing_is_judged() {
    let mut page = Page::in_room("manual");
    page.connects("chat");
    assert_eq!(page.given, [""; 0]);
    assert!(page.course.present().is_none());
    assert!(
        EXERCISES
            .iter()
            .all(|exercise| page.course.outcome(exercise.id).is_none())
    );
}

#[test]
fn an_unknown_exercise_does_not_begin() {
    let mut page = Page::in_room("manual");
    page.start("no-such-exercise");
    assert!(page.course.present().is_none());
}

#[test]
fn one_task_is_present_and_those_before_it_are_done() {
    let mut page = Page::in_room("manual");
    page.start("restart-ice");
    let progress: Vec<_> = page.course.tasks().map(|(_, progress)| progress).collect();
    assert_eq!(progress[0], Progress::Done);
    assert_eq!(progress[1], Progress::Now);
    assert!(
        progress[2..]
            .iter()
            .all(|progress| *progress == Progress::ToCome)
    );
}

#[test]
fn what_happened_before_the_start_does_not_count() {
    let mut page = Page::in_room("manual");
    page.connects("chat");
    page.restarts("new1", "new2");
    page.start("restart-ice");
    page.tell(page::candidate(Side::Mine, "host", "new1"));
    assert_eq!(page.course.done(), 2, "only the room and the connection");
}

#[test]
fn stopping_takes_back_what_was_set_up() {
    let mut page = Page::in_room("manual");
    page.start("candidates-first");
    assert_eq!(page.given, ["add-by-hand on", "let-me-fail on"]);
    page.stop();
    assert_eq!(page.given[2..], ["let-me-fail off", "add-by-hand off"]);
    assert!(page.course.present().is_none() && page.course.outcome("candidates-first").is_none());
}

#[test]
fn what_the_user_had_switched_on_stays_on() {
    let mut page = Page::in_room("manual");
    page.tell(What::Option {
        option: Switch::LetMeFail.name(),
        on: true,
    });
    page.start("candidates-first");
    page.stop();
    assert_eq!(page.given, ["add-by-hand on", "add-by-hand off"]);
}

#[test]
fn beginning_another_exercise_ends_the_one_before() {
    let mut page = Page::in_room("manual");
    page.start("answer-lost");
    let set_up = page.given.len();
    page.start("restart-ice");
    assert!(
        page.given[set_up..]
            .iter()
            .all(|given| given.contains("\"disorder\":null"))
    );
    assert_eq!(
        page.course.present().map(|present| present.id),
        Some("restart-ice")
    );
}

#[test]
fn an_exercise_goes_on_through_leaving_and_joining_and_sets_up_anew() {
    let mut page = Page::in_room("auto");
    page.start("candidates-first");
    let set_up = page.given.clone();
    assert_eq!(page.present(), "by-hand");
    page.tell(What::Left);
    page.tell(joining("manual", false, &[]));
    page.joined();
    assert_eq!(page.present(), "candidates-come");
    assert_eq!(page.given[set_up.len()..], set_up);
}

#[test]
fn a_long_run_keeps_a_bounded_part_of_itself() {
    let mut page = Page::in_room("manual");
    page.start("restart-ice");
    for _ in 0..5_000 {
        page.tell(page::candidate(Side::Theirs, "host", "flood"));
    }
    assert!(page.course.seen().all().count() <= 1_000);
}
