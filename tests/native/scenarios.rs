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
    a_broken_connection_is_told_and_can_be_restarted
    a_broken_connection_repairs_itself_in_auto
    a_browser_that_refuses_is_quoted_and_explained
    a_channel_added_later_opens_without_an_offer
    a_connection_that_fails_before_it_stood_is_repaired
    a_crashed_peer_that_comes_back_at_once_is_connected_again
    a_crashed_peer_that_comes_back_is_connected_again
    a_damaged_offer_is_refused_by_the_browser
    a_full_room_is_told
    a_line_joins_two_at_once_and_stays_when_one_leaves
    a_line_that_cannot_be_sent_stays_in_the_field
    a_link_closed_on_purpose_is_opened_again
    a_lost_answer_can_be_sent_again
    a_page_that_crashes_is_missed
    a_page_that_leaves_says_goodbye
    a_peer_replaced_before_answering_gets_the_same_offer
    a_peer_replaced_mid_handshake_gets_a_new_connection
    a_peer_that_sends_nonsense_harms_nobody
    a_relay_lost_after_connecting_disturbs_nothing
    a_relay_lost_mid_handshake_is_resumed
    a_relay_restarted_mid_handshake_is_joined_anew
    a_rollback_nobody_asked_for_is_shown
    a_socket_lost_unnoticed_takes_its_seat_back
    a_text_damaged_by_copying_is_mended
    a_text_that_cannot_be_mended_is_named
    a_third_peer_cannot_end_a_connection
    a_third_peer_changes_nothing
    a_track_added_later_comes_with_a_new_offer
    an_answer_that_comes_twice_is_not_applied_again
    an_answerer_who_offers_first_is_the_offerer
    an_echo_is_told_and_not_applied
    an_edited_description_is_what_the_browser_gets
    an_offer_into_an_empty_room_waits
    an_offerer_without_a_channel_is_warned
    an_unreachable_endpoint_can_be_left
    an_unreachable_endpoint_is_tried_again
    auto_connects_by_itself
    before_joining_the_page_names_whom_it_will_contact
    both_restart_ice_at_once
    candidates_added_by_hand_wait_for_the_click
    candidates_that_overtake_the_description_are_kept
    clicks_out_of_order_say_why
    closing_during_a_pending_call_ends_it
    closing_tells_the_other_side_and_both_can_begin_again
    echoes_on_purpose_are_told
    every_mistake_in_the_form_is_named
    everything_twice_changes_nothing
    forbidden_steps_fail_when_asked_to_and_nothing_is_lost
    glare_by_hand_has_one_winner
    glare_in_auto_connects
    held_back_offers_cross_when_they_are_let_go
    ice_is_restarted_by_hand
    leaving_and_joining_again_ten_times_connects_every_time
    leaving_during_a_pending_call_ends_it
    nothing_leads_through_and_it_is_told
    of_three_tabs_that_join_at_once_two_are_in
    signals_carried_by_hand_connect
    signals_twice_and_out_of_order_connect
    tabs_find_each_other_without_a_server
    tabs_that_join_at_once_elect
    ten_minutes_in_the_middle_are_a_healthy_run
    the_manual_course_connects
    thirty_seconds_before_every_click_between_firefoxes
    trickle_sends_candidates_as_they_come
    two_firefoxes_without_a_route_are_told
    who_stops_answering_is_silent
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
