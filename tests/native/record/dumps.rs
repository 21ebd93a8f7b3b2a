//! Dumps of other tools: what we write opens in a reader written from the formats' description, and what Chromium saved is
//! read. `chromium-internals.json` and `chromium-rtcstats.txt` are of one run of Chromium 156, saved by the two buttons of
//! its page chrome://webrtc-internals while two tabs of this page connected in mode `auto`; `tests/tabs` makes one anew.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use webrtc_steps_core::io::{Event, Role, Side, StateName, What};
use webrtc_steps_core::record::{Format, Opened, Run, open, write};
use webrtc_steps_core::step::Status;

use crate::files::{ALL, about, offerer};
use crate::plain_reader;

/// The record of the offerer, with two reports of statistics.
fn with_stats() -> Vec<Event> {
    let mut events = offerer();
    for (at, checks) in [(2_000.0, 3), (3_000.0, 4)] {
        let entries = json!([
            {"id": "T01", "type": "transport", "timestamp": 1, "dtlsState": "connected", "selectedCandidatePairId": "CP1"},
            {"id": "CP1", "type": "candidate-pair", "timestamp": 1, "state": "succeeded", "requestsSent": checks},
        ]);
        let what = What::Stats {
            text: entries.to_string(),
        };
        events.push(Event {
            at,
            attempt: 1,
            what,
        });
    }
    events
}

fn kinds(log: &[(String, String)]) -> Vec<&str> {
    let mut kinds: Vec<&str> = log.iter().map(|(kind, _)| kind.as_str()).collect();
    kinds.dedup();
    kinds
}

#[test]
fn a_dump_of_webrtc_internals_opens_in_a_reader_of_its_own() {
    let connections =
        plain_reader::internals(&write(Format::Internals, &with_stats(), &about(ALL)));
    let connection = &connections["1-1"];
    assert_eq!(connections.len(), 1);
    assert_eq!(
        kinds(&connection.log)[..9],
        [
            "createDataChannel",
            "createOffer",
            "createOfferOnSuccess",
            "setLocalDescription",
            "signalingstatechange",
            "setLocalDescriptionOnSuccess",
            "icegatheringstatechange",
            "icecandidate",
            "setRemoteDescription",
        ]
    );
    for (kind, value) in &connection.log {
        match kind.as_str() {
            "createOfferOnSuccess" | "setLocalDescription" => {
                assert!(value.starts_with("type: offer, sdp: v=0\r\n"), "{value}")
            }
            "setRemoteDescription" => {
                assert!(value.starts_with("type: answer, sdp: v=0\r\n"), "{value}")
            }
            "icecandidate" | "addIceCandidate" => {
                assert!(
                    value.starts_with("sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:"),
                    "{value}"
                );
            }
            "iceconnectionstatechange" => assert!(
                ["checking", "connected"].contains(&value.as_str()),
                "{value}"
            ),
            _ => {}
        }
    }
    assert!(connection.times.is_sorted() && connection.times[0] > 1_795_387_071_000.0);
    let stat = |id: &str, property: &str| &connection.stats[&(id.to_owned(), property.to_owned())];
    assert_eq!(stat("CP1", "requestsSent"), &json!(4));
    assert_eq!(stat("T01", "dtlsState"), &json!("connected"));
    assert!(stat("T01", "timestamp").as_f64() > Some(1_795_387_071_000.0));
}

#[test]
fn a_dump_of_rtcstats_opens_in_a_reader_of_its_own() {
    let connections = plain_reader::rtcstats(&write(Format::Rtcstats, &with_stats(), &about(ALL)));
    let connection = &connections["PC_1"];
    assert_eq!(connections.len(), 1);
    assert_eq!(
        kinds(&connection.log)[..6],
        [
            "create",
            "createDataChannel",
            "createOffer",
            "createOfferOnSuccess",
            "setLocalDescription",
            "onsignalingstatechange"
        ]
    );
    let value = |method: &str| -> Value {
        let (_, value) = connection
            .log
            .iter()
            .find(|(kind, _)| kind == method)
            .expect(method);
        serde_json::from_str(value).expect("JSON")
    };
    assert_eq!(value("createOfferOnSuccess")["type"], "offer");
    assert_eq!(value("onsignalingstatechange"), "have-local-offer");
    assert!(
        value("addIceCandidate")["candidate"]
            .as_str()
            .is_some_and(|text| text.starts_with("candidate:"))
    );
    assert!(connection.times.is_sorted() && connection.times[0] > 1_795_387_071_000.0);
    let stat = |id: &str, property: &str| &connection.stats[&(id.to_owned(), property.to_owned())];
    assert_eq!(stat("CP1", "requestsSent"), &json!(4));
    assert_eq!(stat("CP1", "state"), &json!("succeeded"));
}

/// What a run shows at its end.
fn facts(events: &[Event]) -> Value {
    let state = |wanted: StateName| {
        let mut values = events.iter().filter_map(|event| match &event.what {
            What::State { name, value } if *name == wanted => Some(value.as_str()),
            _ => None,
        });
        values.next_back()
    };
    let count =
        |fits: &dyn Fn(&What) -> bool| events.iter().filter(|event| fits(&event.what)).count();
    let role = events.iter().find_map(|event| match &event.what {
        What::Role { role, .. } => role.map(Role::word),
        _ => None,
    });
    json!({
        "role": role,
        "signaling": state(StateName::Signaling),
        "gathering": state(StateName::IceGathering),
        "ice": state(StateName::IceConnection),
        "connection": state(StateName::Connection),
        "described": count(&|what| matches!(what, What::Described { .. })),
        "mine": count(&|what| matches!(what, What::Candidate { side: Side::Mine, .. })),
        "theirs": count(&|what| matches!(what, What::Candidate { side: Side::Theirs, .. })),
        "stats": count(&|what| matches!(what, What::Stats { .. })),
    })
}

#[test]
fn a_dump_that_we_write_is_read_with_the_same_facts() {
    let events = with_stats();
    for format in [Format::Internals, Format::Rtcstats] {
        let opened = open(&write(format, &events, &about(ALL))).expect("a dump");
        assert_eq!(opened.format, format);
        assert_eq!(opened.skipped, 0);
        assert_eq!(opened.runs.len(), 1);
        assert_eq!(
            facts(&opened.runs[0].events),
            facts(&events),
            "{}",
            format.word()
        );
    }
}

fn of_chromium(text: &str, format: Format) -> Opened {
    let opened = open(text).expect("a dump");
    assert_eq!(opened.format, format);
    assert_eq!(opened.skipped, 0);
    assert_eq!(opened.runs.len(), 2);
    opened
}

/// How each step stood at the end.
fn last_steps(events: &[Event]) -> BTreeMap<u8, Status> {
    let steps = events.iter().filter_map(|event| match &event.what {
        What::Step { step, status, .. } => Some((*step, *status)),
        _ => None,
    });
    steps.collect()
}

fn check_runs(runs: &[Run], reports: usize) {
    let connected = |role: &str, mine: usize, theirs: usize| {
        json!({
            "role": role, "signaling": "stable", "gathering": "complete", "ice": "connected", "connection": "connected",
            "described": 2, "mine": mine, "theirs": theirs, "stats": reports,
        })
    };
    assert_eq!(facts(&runs[0].events), connected("offerer", 2, 1));
    assert_eq!(facts(&runs[1].events), connected("answerer", 1, 2));
    for run in runs {
        let steps = last_steps(&run.events);
        assert_eq!(steps.len(), 26);
        let settled = |status: &Status| matches!(status, Status::Done | Status::Skipped);
        let open: Vec<_> = steps
            .iter()
            .filter(|(_, status)| !settled(status))
            .collect();
        assert!(
            open.is_empty(),
            "{}: it is connected, and these are open: {open:?}",
            run.name
        );
        assert!(
            run.events.is_sorted_by_key(|event| event.at),
            "{}",
            run.name
        );
        let tells = |fits: fn(&What) -> bool| run.events.iter().any(|event| fits(&event.what));
        assert!(tells(
            |what| matches!(what, What::Channel { label, state, .. } if label == "chat" && state == "open")
        ));
        assert!(tells(
            |what| matches!(what, What::SelectedPair { local, remote }
            if local.starts_with("candidate:") && remote.starts_with("candidate:"))
        ));
        assert!(tells(|what| matches!(
            what,
            What::Done {
                step: Some(6 | 19),
                ..
            }
        )));
    }
}

#[test]
fn a_dump_that_chromium_saved_is_read() {
    let opened = of_chromium(include_str!("chromium-internals.json"), Format::Internals);
    assert!(opened.agent.contains("Chrome/156"), "{}", opened.agent);
    check_runs(&opened.runs, 4);
}

#[test]
fn a_dump_of_rtcstats_that_chromium_saved_is_read() {
    let opened = of_chromium(include_str!("chromium-rtcstats.txt"), Format::Rtcstats);
    check_runs(&opened.runs, 4);
}

#[test]
fn numbers_for_names_and_changes_of_statistics_are_read() {
    let text = [
        "RTCStatsDump",
        r#"{"fileFormat":3,"userAgent":"a browser"}"#,
        r#"[39,"PC_0",{},1795387071060]"#,
        r#"[2,"PC_0",null,"2-0",5]"#,
        r#"[12,"PC_0","InvalidStateError: Failed to execute 'createOffer'","2-0",5]"#,
        r#"["g","PC_0",{"0":{"type":6,"118":"in-progress","156":1},"1":{"type":5},"t":1795387071070},10]"#,
        r#"["g","PC_0",{"0":{"156":2},"1":null,"t":1795387072070},1000]"#,
    ];
    let opened = open(&text.join("\n")).expect("a dump");
    assert_eq!(opened.agent, "a browser");
    let events = &opened.runs[0].events;
    let last = events.iter().rev().find_map(|event| match &event.what {
        What::Stats { text } => serde_json::from_str::<Value>(text).ok(),
        _ => None,
    });
    let entry = json!({"id": "0", "type": "candidate-pair", "state": "in-progress", "requestsSent": 2, "timestamp": 1_795_387_072_070_u64});
    assert_eq!(last, Some(json!([entry])));
    let trouble = events.iter().find_map(|event| match &event.what {
        What::Trouble(trouble) => Some(trouble),
        _ => None,
    });
    let trouble = trouble.expect("the refusal");
    assert_eq!(
        trouble.fault.as_ref().map(|fault| fault.name.as_str()),
        Some("InvalidStateError")
    );
    assert_eq!(
        trouble.refusal.as_ref().map(|refusal| &*refusal.call),
        Some("createOffer()")
    );
}

#[test]
fn dumps_of_older_browsers_are_read() {
    let dump = json!({"UserAgent": "old", "getUserMedia": [], "PeerConnections": {"7-3": {
        "url": "", "rtcConfiguration": "{}", "constraints": "",
        "updateLog": [
            {"time": "2021-01-01T10:00:00.000Z", "type": "createOffer", "value": "options: {}"},
            {"time": "2021-01-01T10:00:00.100Z", "type": "createOfferOnSuccess", "value": "type: offer, sdp: v=0\r\ns=-\r\n"},
            {"time": "2021-01-01T10:00:00.200Z", "type": "setLocalDescription", "value": "type: offer, sdp: v=0\r\ns=-\r\n"},
            {"time": "2021-01-01T10:00:00.300Z", "type": "signalingstatechange", "value": "have-local-offer"},
            {"time": "2021-01-01T10:00:00.300Z", "type": "setLocalDescriptionOnSuccess", "value": ""},
            {"time": "2021-01-01T10:00:00.400Z", "type": "icecandidate", "value": "sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:1 1 udp 2 192.0.2.1 5 typ host"},
        ],
        "stats": {"A-packetsSent": {"startTime": "2021-01-01T10:00:01.000Z", "endTime": "2021-01-01T10:00:02.000Z", "statsType": "transport", "values": "[1,2]"}},
    }}});
    let opened = open(&dump.to_string()).expect("a dump");
    let told = facts(&opened.runs[0].events);
    assert_eq!(told["signaling"], "have-local-offer");
    assert_eq!(
        (&told["mine"], &told["described"], &told["stats"]),
        (&json!(1), &json!(1), &json!(2))
    );
}

#[test]
fn damaged_dumps_are_refused_with_a_sentence_or_read_as_far_as_they_go() {
    for empty in [
        "RTCStatsDump\n{}\n",
        r#"{"PeerConnections":{}}"#,
        r#"{"PeerConnections":{"1-1":{}}}"#,
    ] {
        assert_eq!(
            open(empty).expect_err("refused").id,
            "record.no-connection",
            "{empty}"
        );
    }
    let text = format!("{}[1\nnot a line\n", include_str!("chromium-rtcstats.txt"));
    assert_eq!(open(&text).expect("a dump").skipped, 2);
}
