//! Each exercise, gone through as it should go, and gone wrong.

use webrtc_steps_core::io::{Role, Side, StateName, What};
use webrtc_steps_core::signal::DescriptionKind::{Answer, Offer};

use crate::page::{
    Page, candidate, channel, described, done, hit, note, received, refused, sent, state, used,
};

const NOTHING: [&str; 0] = [];

/// Both offers are out and cross.
fn crossing(id: &str) -> Page {
    let mut page = Page::in_room("manual");
    page.start(id);
    page.all([
        described(Side::Mine, Offer, "mine", ""),
        state(StateName::Signaling, "have-local-offer"),
        hit(Side::Mine, "delay", "offer"),
        hit(Side::Theirs, "delay", "offer"),
    ]);
    let freed = |given: &&String| given.contains("\"disorder\":null");
    assert_eq!(page.given.iter().filter(freed).count(), 2);
    page.all([sent("offer"), received("offer")]);
    page
}

/// The page's own rule, our offer standing.
fn stands(page: &mut Page) {
    page.all([note("note.glare-stand"), received("answer")]);
    page.opens("chat");
}

#[test]
fn two_offers_with_roles_leave_one_whichever_stands() {
    let mut page = crossing("glare-with-roles");
    stands(&mut page);
    assert_eq!(page.missed("glare-with-roles"), NOTHING);
    let mut page = crossing("glare-with-roles");
    page.role(Role::Answerer, "role.yielded");
    page.tell(sent("answer"));
    page.opens("chat");
    assert_eq!(page.missed("glare-with-roles"), NOTHING);
}

#[test]
fn two_offers_with_roles_fail_the_check_when_the_browser_refused_an_answer() {
    let mut page = crossing("glare-with-roles");
    page.tell(refused("setRemoteDescription(answer)", "stable"));
    stands(&mut page);
    assert_eq!(page.missed("glare-with-roles"), ["finding.one-answer"]);
}

#[test]
fn offers_that_do_not_cross_are_waited_for() {
    let mut page = Page::in_room("manual");
    page.start("glare-with-roles");
    page.connects("chat");
    assert!(page.course.outcome("glare-with-roles").is_none());
    assert_eq!(page.present(), "glare-offer-mine");
}

/// Without roles, up to their answer.
fn applied() -> Page {
    let mut page = crossing("glare-without-roles");
    page.all([
        state(StateName::Signaling, "have-remote-offer"),
        received("answer"),
    ]);
    page
}

#[test]
fn two_offers_without_roles_lose_each_other() {
    let mut page = applied();
    page.tell(refused("setRemoteDescription(answer)", "have-remote-offer"));
    assert_eq!(page.missed("glare-without-roles"), NOTHING);
    let faults = page
        .given
        .iter()
        .filter(|given| given.contains("let-me-fail"));
    assert_eq!(faults.count(), 2, "on, and off again: {:?}", page.given);
}

#[test]
fn two_offers_without_roles_that_connect_all_the_same_fail_the_check() {
    let mut page = applied();
    page.opens("chat");
    page.tell(refused("setRemoteDescription(answer)", "stable"));
    assert_eq!(
        page.missed("glare-without-roles"),
        ["finding.no-connection"]
    );
}

/// Up to the loss of the answer.
fn losing(side: Side) -> Page {
    let mut page = Page::in_room("manual");
    page.start("answer-lost");
    page.all([
        sent("offer"),
        described(Side::Mine, Offer, "mine", ""),
        hit(side, "drop", "answer"),
    ]);
    page
}

#[test]
fn a_lost_answer_is_mended_by_sending_it_again() {
    for side in [Side::Mine, Side::Theirs] {
        let mut page = losing(side);
        page.waits(1_000.0);
        assert_eq!(
            page.present(),
            "answer-silence",
            "it was looked at for a while only"
        );
        page.waits(4_000.0);
        assert_eq!(page.present(), "answer-again");
        page.tell(if side == Side::Mine {
            sent("answer")
        } else {
            received("answer")
        });
        page.opens("chat");
        assert_eq!(page.missed("answer-lost"), NOTHING);
    }
}

#[test]
fn a_browser_that_complains_of_a_lost_answer_fails_the_check() {
    let mut page = losing(Side::Theirs);
    page.tell(refused("addIceCandidate()", "have-local-offer"));
    page.waits(5_000.0);
    page.tell(received("answer"));
    page.opens("chat");
    assert_eq!(page.missed("answer-lost"), ["finding.nobody-told"]);
}

#[test]
fn a_candidate_is_refused_before_the_description_and_taken_after_it() {
    let mut page = Page::in_room("manual");
    page.start("candidates-first");
    page.all([
        candidate(Side::Theirs, "host", "theirs"),
        refused("addIceCandidate()", "stable"),
        done("setRemoteDescription(offer)"),
        used(Side::Theirs),
    ]);
    page.opens("chat");
    assert_eq!(page.missed("candidates-first"), NOTHING);
    let refusal = &page.outcome("candidates-first").findings[0];
    assert_eq!(refusal.message.args[0].1, "InvalidStateError");
    assert!(refusal.place.is_some(), "it can be led to");
}

#[test]
fn a_candidate_that_was_never_too_early_keeps_the_exercise_waiting() {
    let mut page = Page::in_room("manual");
    page.start("candidates-first");
    page.all([
        candidate(Side::Theirs, "host", "theirs"),
        done("setRemoteDescription(offer)"),
        used(Side::Theirs),
    ]);
    page.opens("chat");
    assert_eq!(page.present(), "candidates-too-early");
}

/// Two runs; `early` says whether a candidate passes before gathering is complete in the second.
fn two_runs(early: bool) -> Page {
    let mut page = Page::in_room("auto");
    page.start("trickle-or-wait");
    page.all([sent("offer"), sent("candidate")]);
    page.tell(What::GatheringEnded { count: 1 });
    page.connects("chat");
    assert_eq!(page.present(), "trickle-close-again");
    assert_eq!(page.given, NOTHING);
    page.begins_anew();
    assert_eq!(page.given.len(), 2, "candidates of both sides are held");
    page.tell(sent("offer"));
    if early {
        page.tell(sent("candidate"));
    }
    page.waits(90.0);
    page.tell(What::GatheringEnded { count: 1 });
    assert_eq!(page.given.len(), 4, "and let go");
    page.tell(sent("candidate"));
    page.connects("chat");
    page
}

#[test]
fn trickle_and_waiting_are_timed_from_offer_to_connected() {
    let page = two_runs(false);
    assert_eq!(page.missed("trickle-or-wait"), NOTHING);
    let figures = page.outcome("trickle-or-wait").findings.iter();
    let figures: Vec<_> = figures
        .map(|finding| finding.message.args[0].1.as_str())
        .collect();
    assert_eq!(figures, ["100", "190", "100"]);
}

#[test]
fn a_second_run_that_did_not_wait_fails_the_check() {
    assert_eq!(two_runs(true).missed("trickle-or-wait"), ["finding.waited"]);
}

/// A connection that stands, under an exercise.
fn standing(id: &str) -> Page {
    let mut page = Page::in_room("manual");
    page.connects("chat");
    page.start(id);
    page
}

#[test]
fn a_restart_changes_credentials_and_candidates_and_nothing_else() {
    let mut page = standing("restart-ice");
    page.restarts("new1", "new2");
    page.tell(candidate(Side::Mine, "host", "new1"));
    assert_eq!(page.missed("restart-ice"), NOTHING);
    let ufrag = &page.outcome("restart-ice").findings[0].message;
    let shown: Vec<_> = ufrag.args.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(shown, ["mine", "new1"]);
}

#[test]
fn a_restart_during_which_the_connection_fails_does_not_pass() {
    let mut page = standing("restart-ice");
    page.restarts("new1", "new2");
    page.all([
        state(StateName::Connection, "failed"),
        candidate(Side::Mine, "host", "new1"),
        state(StateName::Connection, "connected"),
    ]);
    assert_eq!(page.missed("restart-ice"), ["finding.stayed"]);
}

#[test]
fn an_offer_with_the_old_credentials_is_no_restart() {
    let mut page = standing("restart-ice");
    page.restarts("mine", "theirs");
    page.tell(candidate(Side::Mine, "host", "mine"));
    assert_eq!(page.present(), "restart-click");
}

#[test]
fn a_connection_made_after_the_start_is_compared_with_itself() {
    let mut page = Page::in_room("manual");
    page.start("restart-ice");
    page.connects("chat");
    assert_eq!(page.present(), "restart-click");
    page.begins_anew();
    page.tell(described(Side::Mine, Offer, "other", ""));
    assert_eq!(
        page.present(),
        "restart-click",
        "another attempt is no restart"
    );
}

#[test]
fn a_channel_added_later_opens_without_an_offer() {
    let mut page = standing("channel-later");
    page.all([channel("later-1", "connecting"), channel("later-1", "open")]);
    assert_eq!(page.missed("channel-later"), NOTHING);
}

#[test]
fn a_channel_that_needed_an_offer_fails_the_check() {
    let mut page = standing("channel-later");
    page.all([
        channel("later-1", "connecting"),
        What::NegotiationNeeded,
        sent("offer"),
        channel("later-1", "open"),
    ]);
    assert_eq!(page.missed("channel-later"), ["finding.no-negotiation"]);
}

#[test]
fn the_chat_channel_is_no_channel_added_later() {
    let mut page = standing("channel-later");
    page.tell(channel("chat", "open"));
    assert_eq!(page.present(), "channel-add");
}

/// A track that was added and offered; `port` is what the answer gives it.
fn track(port: &str) -> Page {
    let mut page = standing("track-later");
    let kind = "video".to_owned();
    let side = Side::Mine;
    page.all([What::Track { side, kind }, What::NegotiationNeeded]);
    page.waits(3_000.0);
    assert_eq!(page.present(), "track-renegotiate");
    let section = |port: &str| format!("m=video {port} UDP/TLS/RTP/SAVPF 96\r\n");
    page.all([
        described(Side::Mine, Offer, "mine", &section("9")),
        state(StateName::Signaling, "have-local-offer"),
        described(Side::Theirs, Answer, "theirs", &section(port)),
        state(StateName::Signaling, "stable"),
    ]);
    page
}

#[test]
fn a_track_arrives_once_it_is_offered_again() {
    assert_eq!(track("9").missed("track-later"), NOTHING);
}

#[test]
fn a_browser_that_connects_the_new_section_for_a_moment_is_waited_for() {
    let mut page = standing("track-later");
    let kind = "video".to_owned();
    let side = Side::Mine;
    page.all([What::NegotiationNeeded, What::Track { side, kind }]);
    page.waits(3_000.0);
    page.all([
        described(
            Side::Mine,
            Offer,
            "mine",
            "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
        ),
        state(StateName::Connection, "connecting"),
        described(
            Side::Theirs,
            Answer,
            "theirs",
            "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
        ),
        state(StateName::Signaling, "stable"),
    ]);
    assert_eq!(page.present(), "track-stands");
    page.tell(state(StateName::Connection, "connected"));
    assert_eq!(page.missed("track-later"), NOTHING);
}

#[test]
fn a_track_that_the_answer_refuses_fails_the_check() {
    assert_eq!(track("0").missed("track-later"), ["finding.track-agreed"]);
}
