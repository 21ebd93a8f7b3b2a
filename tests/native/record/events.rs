//! Each kind of event survives being written and read. Those that sessions emit are held to it by every scenario and
//! property test (`pair/watch.rs`); here are those that only a browser or a fault on purpose brings.

use webrtc_steps_core::command::{Disorder, Disturbance, Switch};
use webrtc_steps_core::io::{Event, Side, What};
use webrtc_steps_core::record::read_event;
use webrtc_steps_core::signal::{Description, DescriptionKind};
use webrtc_steps_core::timeline;

fn survives(what: What) {
    let event = Event {
        at: 1_234.599_999_904_632_6,
        attempt: 3,
        what,
    };
    let text = timeline::json(&event).to_string();
    assert_eq!(read_event(&text), Ok(event), "{text}");
}

#[test]
fn what_the_browser_measured_reads_back() {
    survives(What::Page {
        agent: "a browser".to_owned(),
        secure: true,
        hidden: false,
    });
    survives(What::CandidateError {
        url: "stun:stun.example:3478".to_owned(),
        code: 701,
        text: "STUN host lookup received error.".to_owned(),
    });
    survives(What::NegotiationNeeded);
    survives(What::Track {
        side: Side::Theirs,
        kind: "video".to_owned(),
    });
    survives(What::Stats {
        text: "[{\"id\":\"T01\",\"type\":\"transport\"}]".to_owned(),
    });
}

#[test]
fn options_and_pending_descriptions_read_back() {
    for (_, option) in Switch::ALL {
        survives(What::Option { option, on: true });
    }
    survives(What::Pending {
        side: Side::Mine,
        description: Some(Description {
            kind: DescriptionKind::Answer,
            sdp: "v=0\r\n".to_owned(),
        }),
        edited: true,
    });
    survives(What::Pending {
        side: Side::Theirs,
        description: None,
        edited: false,
    });
}

#[test]
fn faults_on_purpose_read_back() {
    let disorders = [
        Disorder::Drop,
        Disorder::Delay(1_500),
        Disorder::Duplicate,
        Disorder::Reorder,
        Disorder::Corrupt,
        Disorder::Echo,
    ];
    for disorder in disorders {
        survives(What::Disturbances(vec![Disturbance {
            side: Side::Theirs,
            kind: "offer".to_owned(),
            disorder: Some(disorder),
            times: Some(2),
        }]));
        survives(What::Disturbed {
            side: Side::Mine,
            disorder: disorder.word(),
            kind: "answer",
            text: "{}".to_owned(),
        });
    }
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    let wrong = |text: &str| read_event(text).expect_err("it is not an event");
    assert_eq!(wrong(r#"{"at":1,"attempt":0}"#), "kind");
    assert_eq!(
        wrong(r#"{"kind":"dance","at":1,"attempt":0}"#),
        "dance: kind"
    );
    assert_eq!(wrong(r#"{"kind":"left","attempt":0}"#), "left: at");
    assert_eq!(
        wrong(r#"{"kind":"description","at":1,"attempt":1,"side":"mine","type":"offer"}"#),
        "description: sdp"
    );
    assert_eq!(
        wrong(r#"{"kind":"step","at":1,"attempt":1,"step":300}"#),
        "step: step"
    );
    assert!(!wrong("no JSON").is_empty());
}

#[test]
fn a_kind_of_signal_that_is_not_known_is_unknown() {
    let text = r#"{"kind":"sent","at":1,"attempt":1,"step":null,"signal":"handshake","to":null,
        "text":"{}","again":false,"rule":null}"#;
    let event = read_event(text).expect("an event");
    assert!(matches!(
        event.what,
        What::Sent {
            kind: "unknown",
            ..
        }
    ));
}
