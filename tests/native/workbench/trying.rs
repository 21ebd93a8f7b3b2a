//! A captured message tried on a document: what it would be read as, or the nearest and why not; nothing else changes.

use webrtc_steps_core::command::Command;
use webrtc_steps_core::dialect::Dialect;
use webrtc_steps_core::io::{Effect, Fault, Input, What};

use crate::desk::{DOCUMENT, Desk, fields};

const WELCOME: &str = r#"{"type":"welcome","id":"me","others":["b7e2","c0de"]}"#;
const OFFER: &str = r#"{"type":"offer","from":"b7e2","to":"me","sdp":"v=0\r\ns=-\r\n"}"#;

#[test]
fn a_message_that_fits_tells_its_events_its_rule_and_what_its_holes_took() {
    let probe = Desk::new().probe(DOCUMENT, WELCOME);
    assert_eq!(probe.told, ["joined", "request-offer", "request-offer"]);
    assert_eq!(probe.rule, Some(1));
    assert_eq!(probe.near, None);
    let took = |name: &str| {
        probe
            .captured
            .iter()
            .any(|(hole, text)| hole == name && text == "me")
    };
    assert!(took("self"), "{:?}", probe.captured);
}

#[test]
fn a_message_that_fits_nothing_tells_the_nearest_rule_and_the_place() {
    let message = r#"{"type":"ice","sender":"b7e2","to":"me","candidate":null}"#;
    let probe = Desk::new().probe(DOCUMENT, message);
    let near = probe.near.expect("nothing fits");
    assert_eq!((near.rule, near.pointer.as_str()), (Some(4), "/from"));
    assert!(!near.why.is_empty());
    assert!(probe.told.is_empty());
}

#[test]
fn what_would_be_sent_back_is_told_and_nothing_is_sent() {
    let mut desk = Desk::joined(DOCUMENT);
    let orders = desk.orders.len();
    let probe = desk.probe(DOCUMENT, r#"{"type":"ping","of":"blue"}"#);
    assert_eq!(probe.replies.len(), 1);
    assert!(probe.replies[0].contains("pong"), "{:?}", probe.replies);
    assert_eq!(desk.orders.len(), orders);
}

#[test]
fn in_a_run_the_message_is_read_with_what_the_run_knows_and_before_it_with_nothing() {
    let foreign = OFFER.replace("\"me\"", "\"somebody else\"");
    let before = Desk::new().probe(DOCUMENT, &foreign);
    assert_eq!(before.told, ["offer"], "nothing is known yet");
    let mut desk = Desk::joined(DOCUMENT);
    assert_eq!(desk.probe(DOCUMENT, OFFER).told, ["offer"]);
    let near = desk
        .probe(DOCUMENT, &foreign)
        .near
        .expect("it is not for us");
    assert_eq!(near.pointer, "/to");
    // The same under a document that was changed.
    let changed = DOCUMENT.replace("\"My server\"", "\"My other server\"");
    let near = desk
        .probe(&changed, &foreign)
        .near
        .expect("it is not for us");
    assert_eq!(near.pointer, "/to");
}

#[test]
fn trying_changes_nothing_of_the_run() {
    let frames = [
        OFFER,
        r#"{"type":"ice","from":"b7e2","to":"me","candidate":null}"#,
    ];
    let story = |desk: &Desk| -> Vec<String> {
        let told = desk.events.iter().map(|event| format!("{:?}", event.what));
        let ours = told.filter(|what| !what.starts_with("Probed") && !what.starts_with("Outcome"));
        ours.collect()
    };
    let (mut plain, mut tried) = (Desk::joined(DOCUMENT), Desk::joined(DOCUMENT));
    for frame in frames {
        plain.hears(frame);
        for message in [
            WELCOME,
            OFFER,
            r#"{"type":"welcome","id":"another"}"#,
            "\"",
            "{}",
        ] {
            tried.probe(DOCUMENT, message);
            tried.probe(&DOCUMENT.replace("welcome", "hello"), message);
        }
        tried.hears(frame);
    }
    assert_eq!(story(&plain), story(&tried));
    assert_eq!(plain.orders, tried.orders);
}

#[test]
fn of_several_lines_each_is_told_after_those_before_it() {
    let strange = r#"{"type":"huh"}"#;
    let lines = format!("{strange}\n{WELCOME}\n\n  {OFFER}\n{{\n");
    let probes = Desk::new().probes(DOCUMENT, &lines);
    let rules: Vec<_> = probes.iter().map(|probe| probe.rule).collect();
    assert_eq!(rules, [None, Some(1), Some(2), None]);
    let nears = probes.iter().map(|probe| probe.near.is_some());
    assert_eq!(nears.collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(probes[2].told, ["offer"]);
    let many = format!("{OFFER}\n").repeat(100);
    assert_eq!(Desk::new().probes(DOCUMENT, &many).len(), 64);
}

#[test]
fn a_list_of_which_no_element_fits_is_told_with_its_place() {
    let roster = r#"{"dialect": "Roster", "url": "{endpoint}", "messages": [
        {"read": [0, "{self}", ["{peer}", "..."]], "means": ["joined", "request-offer"]}]}"#;
    let probe = Desk::new().probe(roster, r#"[0,72,[[71,"grey"]]]"#);
    assert_eq!((probe.told, probe.rule), (vec!["joined"], Some(0)));
    let skipped = probe.skipped.expect("nothing of the list fits");
    assert_eq!(skipped.pointer, "/2/0");
    assert!(!skipped.why.is_empty());
    let fine = Desk::new().probe(roster, "[0,72,[71]]");
    assert_eq!(
        (fine.told, fine.skipped),
        (vec!["joined", "request-offer"], None)
    );
}

#[test]
fn of_an_envelope_whose_inside_fits_nothing_the_rule_inside_is_told() {
    let relay = Dialect::built_in("relay").expect("it comes with the page");
    let message = r#"{"from":"b","data":{"candidates":[]}}"#;
    let probe = Desk::new().probe(relay, message);
    let near = probe.near.expect("nothing fits inside");
    let text = probe.rule_text.expect("a rule was nearest");
    assert_eq!(
        (near.rule, near.pointer.as_str()),
        (Some(6), "/data/description")
    );
    assert!(text.contains("{description}"), "{text}");
}

#[test]
fn a_frame_tells_all_that_it_means_and_the_list_of_which_nothing_fits() {
    let mut desk = Desk::joined(DOCUMENT);
    let received = |desk: &Desk| {
        desk.last(|what| match what {
            What::Received {
                events, skipped, ..
            } => Some((
                events.clone(),
                skipped.as_ref().map(|near| near.pointer.clone()),
            )),
            _ => None,
        })
    };
    assert_eq!(received(&desk), (vec!["joined", "request-offer"], None));
    desk.hears(r#"{"type":"welcome","id":"me","others":[{"id":"b7e2"}]}"#);
    assert_eq!(
        received(&desk),
        (vec!["joined"], Some("/others/0".to_owned()))
    );
}

#[test]
fn a_rule_that_was_taken_over_is_told_as_text() {
    let child = r#"{"dialect": "Child", "extends": "peerjs", "messages": [
        {"read": {"type": "HELLO"}, "means": "joined"}]}"#;
    let mut desk = Desk::new();
    let probe = desk.probe(child, r#"{"type":"OPEN"}"#);
    assert!(probe.rule.is_some_and(|rule| rule > 0));
    let text = probe.rule_text.expect("the rule has a text");
    assert!(text.contains("OPEN"), "{text}");
    desk.give(Command::Join(fields(child)));
    let inherited = desk.last(|what| match what {
        What::Dialect(chosen) => Some(chosen.inherited.clone()),
        _ => None,
    });
    assert_eq!(probe.rule.map(|rule| &inherited[rule - 1]), Some(&text));
}

#[test]
fn of_several_lines_the_last_is_told_and_those_before_it_are_known() {
    let lines = format!("{WELCOME}\n\n{}\n", OFFER.replace("\"me\"", "\"not me\""));
    let near = Desk::new()
        .probe(DOCUMENT, &lines)
        .near
        .expect("not for us");
    assert_eq!(near.pointer, "/to");
    let one = serde_json::from_str::<serde_json::Value>(OFFER).expect("JSON");
    let indented = format!("{one:#}");
    assert_eq!(Desk::new().probe(DOCUMENT, &indented).told, ["offer"]);
}

#[test]
fn a_documents_mistakes_are_told_and_nothing_is_read() {
    let wrong = DOCUMENT.replace("\"offer\"}", "\"offre\"}");
    let mut desk = Desk::new();
    let mistakes = desk.mistakes(&wrong);
    assert!(
        mistakes.iter().any(|at| at == "/messages/2/means"),
        "{mistakes:?}"
    );
    assert!(desk.probes(&wrong, OFFER).is_empty());
}

#[test]
fn no_secret_is_in_what_a_try_tells() {
    let mut desk = Desk::joined(DOCUMENT);
    for message in [
        r#"{"type":"ping","of":"blue"}"#,
        "hunter2",
        r#"{"type":"hunter2"}"#,
    ] {
        let probe = desk.probe(DOCUMENT, message);
        assert!(!format!("{probe:?}").contains("hunter2"), "{probe:?}");
    }
}

#[test]
fn what_a_document_extends_is_read_with_it_and_no_place_is_asked_for() {
    let child = r#"{"dialect": "Child", "extends": "peerjs", "messages": []}"#;
    let mut desk = Desk::new();
    assert_eq!(desk.probe(child, r#"{"type":"OPEN"}"#).told, ["joined"]);
    for parent in ["dialects/none.json", "https://elsewhere.test/x.json"] {
        let orders = desk.orders.len();
        let child = child.replace("peerjs", parent);
        assert!(!desk.mistakes(&child).is_empty(), "{parent}");
        let asked = desk.orders[orders..].iter();
        let places: Vec<_> = asked
            .filter_map(|order| match order {
                Effect::LoadDocument { place } => Some(place.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(places, [""; 0], "{parent}");
    }
}

/// A document that extends one which this page has not read.
const CHILD: &str = r#"{"dialect": "Child", "extends": "not-read-yet", "messages": []}"#;

fn comes(desk: &mut Desk, answer: Result<String, Fault>) {
    let place = "not-read-yet".to_owned();
    desk.take(Input::Document { place, answer });
}

fn asked(desk: &Desk) -> usize {
    let is_it = |order: &&Effect| matches!(order, Effect::LoadDocument { .. });
    desk.orders.iter().filter(is_it).count()
}

#[test]
fn a_try_waits_for_the_dialect_that_its_document_extends_and_asks_for_it_once() {
    let mut desk = Desk::new();
    let probes = |desk: &Desk| desk.count(|what| matches!(what, What::Probed { .. }));
    for message in ["", OFFER] {
        let (document, message) = (CHILD.to_owned(), message.to_owned());
        assert_eq!(desk.give(Command::Probe { document, message }), None);
    }
    assert_eq!((probes(&desk), asked(&desk)), (0, 1));
    comes(&mut desk, Ok(DOCUMENT.to_owned()));
    assert_eq!((probes(&desk), asked(&desk)), (1, 1));
    assert_eq!(desk.probe(CHILD, OFFER).told, ["offer"]);
    // The command that was overtaken came to its end as well.
    let ended = desk.count(|what| matches!(what, What::Outcome { .. }));
    assert_eq!(ended, 3);
}

#[test]
fn a_parent_that_cannot_be_had_is_a_mistake_and_is_not_asked_for_again_and_again() {
    let mut desk = Desk::new();
    let (document, message) = (CHILD.to_owned(), String::new());
    desk.give(Command::Probe { document, message });
    let (name, message) = ("NotFoundError".to_owned(), String::new());
    comes(&mut desk, Err(Fault { name, message }));
    assert!(!desk.mistakes(CHILD).is_empty());
    assert_eq!(asked(&desk), 1);
}

#[test]
fn the_editor_gets_documents_of_this_site_and_of_no_other() {
    let opened = |desk: &Desk| {
        desk.last(|what| match what {
            What::Opened { text, refused, .. } => Some((
                text.clone(),
                refused.as_ref().map(|message| message.id.clone()),
            )),
            _ => None,
        })
    };
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::OpenDocument(" relay ".to_owned())), None);
    assert!(opened(&desk).0.contains("webrtc-steps relay"));
    let orders = desk.orders.len();
    for foreign in [
        "https://elsewhere.test/x.json",
        "//elsewhere.test/x.json",
        "",
        "data:,{}",
    ] {
        desk.give(Command::OpenDocument(foreign.to_owned()));
        let loads = desk.orders[orders..]
            .iter()
            .filter_map(|order| match order {
                Effect::LoadDocument { place } => Some(place.clone()),
                _ => None,
            });
        assert_eq!(loads.collect::<Vec<_>>(), [""; 0], "{foreign}");
        assert!(opened(&desk).1.is_some(), "{foreign}");
    }
    desk.give(Command::OpenDocument("dialects/mine.json".to_owned()));
    let place = "dialects/mine.json".to_owned();
    let answer = Ok("{}".to_owned());
    desk.take(Input::Document { place, answer });
    assert_eq!(opened(&desk), ("{}".to_owned(), None));
}
