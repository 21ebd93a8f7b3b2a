//! Descriptions, candidates and statistics of real browsers are explained line by line; whatever else comes breaks nothing.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail the test"
)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use webrtc_steps_core::candidate;
use webrtc_steps_core::pairs;
use webrtc_steps_core::sdp::changes::changes;
use webrtc_steps_core::sdp::compare::{Verdict, compare};
use webrtc_steps_core::sdp::reader::{Lamp, Line, read};
use webrtc_steps_core::words::Message;

/// Collected from Chromium 156 and Firefox ESR 153 with data, audio and video in all directions, trickled, restarted, refused.
fn collected(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/native/descriptions");
    fs::read_to_string(folder.join(name)).expect("a collected file")
}

const CASES: [&str; 5] = ["data", "media", "recvonly", "sendonly", "simul"];
const BROWSERS: [&str; 2] = ["chromium", "firefox"];

fn pair(browser: &str, case: &str) -> (String, String) {
    let named = |kind: &str| collected(&format!("{browser}-{case}-{kind}.sdp"));
    (named("offer"), named("answer"))
}

fn line<'a>(lines: &'a [Line<'a>], start: &str) -> &'a Line<'a> {
    let found = lines.iter().find(|line| line.text.starts_with(start));
    found.unwrap_or_else(|| panic!("no line {start}"))
}

fn filled(message: &Message, name: &str) -> String {
    let found = message.args.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

#[test]
fn every_line_of_chromium_and_firefox_is_explained() {
    for browser in BROWSERS {
        for case in CASES {
            let (offer, answer) = pair(browser, case);
            for (sdp, against) in [(&offer, None), (&answer, Some(offer.as_str()))] {
                let unknown: Vec<_> = read(sdp, against)
                    .into_iter()
                    .filter(|line| !line.known)
                    .map(|line| line.text.to_owned())
                    .collect();
                assert!(unknown.is_empty(), "{browser} {case}: {unknown:#?}");
            }
        }
    }
}

#[test]
fn each_line_belongs_to_its_lamp_and_its_section() {
    let (offer, _) = pair("chromium", "media");
    let lines = read(&offer, None);
    let lamp = |start| (line(&lines, start).lamp, line(&lines, start).section);
    assert_eq!(lamp("v=0"), (Lamp::Session, None));
    assert_eq!(lamp("a=group"), (Lamp::Session, None));
    assert_eq!(lamp("m=audio"), (Lamp::Media, Some(0)));
    assert_eq!(lamp("a=ice-ufrag"), (Lamp::Ice, Some(0)));
    assert_eq!(lamp("a=setup"), (Lamp::Dtls, Some(0)));
    assert_eq!(lamp("m=video"), (Lamp::Media, Some(1)));
    assert_eq!(lamp("m=application"), (Lamp::Sctp, Some(2)));
    assert_eq!(lamp("a=sctp-port"), (Lamp::Sctp, Some(2)));
}

#[test]
fn a_line_is_explained_with_its_own_values() {
    let (offer, _) = pair("chromium", "media");
    let lines = read(&offer, None);
    let rtx = line(&lines, "a=fmtp:97");
    assert_eq!(filled(&rtx.says, "codec"), "rtx");
    assert_eq!(filled(&rtx.parts[1].says, "codec"), "VP8");
    let nack = line(&lines, "a=rtcp-fb:96 nack pli");
    assert_eq!(filled(&nack.says, "codec"), "VP8");
    let h264 = line(&lines, "a=fmtp:108");
    let profile = h264
        .parts
        .iter()
        .find(|part| &h264.text[part.at.clone()] == "profile-level-id=42e01f");
    let says = &profile.expect("a part").says;
    assert_eq!(filled(says, "profile"), "Constrained Baseline");
    assert_eq!(filled(says, "level"), "3.1");
    let video = line(&lines, "m=video");
    let formats = video.parts.last().expect("formats");
    assert_eq!(filled(&formats.says, "count"), "23");
}

#[test]
fn an_answer_says_what_it_did_to_the_offer() {
    let (offer, answer) = pair("chromium", "data");
    let lines = read(&answer, Some(&offer));
    let says = |start| line(&lines, start).answers.clone().expect("a saying");
    assert_eq!(says("a=setup").id, "sdp.answer.setup-active");
    assert_eq!(filled(&says("a=setup"), "offered"), "actpass");
    assert_eq!(filled(&says("a=ice-ufrag"), "offered"), "NzLd");
    assert_eq!(says("a=fingerprint").id, "sdp.answer.fingerprint");
    assert_eq!(says("m=application").id, "sdp.answer.data");
    let echo = read(&offer, Some(&offer));
    let same = line(&echo, "a=fingerprint").answers.clone();
    assert_eq!(same.expect("a saying").id, "sdp.answer.fingerprint-same");
}

#[test]
fn what_an_answer_refuses_is_told_apart_from_what_it_takes() {
    let offer = "v=0\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=mid:0\r\na=sendrecv\r\na=rtpmap:111 opus/48000/2\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n";
    let answer = "v=0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=recvonly\r\na=rtpmap:111 opus/48000/2\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n";
    let (session, sections) = compare(offer, answer);
    assert_eq!(session[0].verdict, Verdict::Changed);
    let [audio, video] = &sections[..] else {
        panic!("two sections");
    };
    assert_eq!(
        (audio.verdict, video.verdict),
        (Verdict::Changed, Verdict::Refused)
    );
    let row = |id: &str| {
        audio
            .rows
            .iter()
            .find(|row| row.about.id == id)
            .expect("a row")
    };
    assert_eq!(row("desc.cmp.direction").answered, "recvonly");
    assert_eq!(row("desc.cmp.codecs").answered, "opus");
    assert_eq!(row("desc.cmp.codecs-dropped").offered, "PCMU");
}

#[test]
fn an_answer_that_takes_everything_is_accepted_whole() {
    for browser in BROWSERS {
        let (offer, answer) = pair(browser, "data");
        let (session, sections) = compare(&offer, &answer);
        assert!(
            sections
                .iter()
                .all(|section| section.verdict == Verdict::Accepted)
        );
        let refused = session.iter().find(|row| row.verdict == Verdict::Refused);
        assert_eq!(refused, None, "{browser}");
    }
}

#[test]
fn an_unknown_line_says_so_and_the_others_stay_explained() {
    let sdp = "v=0\r\na=x-invented:7\r\ny=odd\r\nnothing\r\na=mid:0\r\n";
    let lines = read(sdp, None);
    let known: Vec<_> = lines.iter().map(|line| line.known).collect();
    assert_eq!(known, [true, false, false, false, true]);
    assert_eq!(lines[1].says.id, "sdp.unknown");
    assert_eq!(filled(&lines[1].says, "name"), "x-invented");
    let extension = read("a=extmap:9 urn:invented\r\n", None);
    assert!(!extension[0].known);
}

#[test]
fn the_selected_pair_is_found_in_both_browsers() {
    let chromium = pairs::read(&collected("chromium-stats.json"));
    assert_eq!(chromium.len(), 2);
    assert!(chromium[0].selected && !chromium[1].selected);
    assert_eq!(chromium[0].local.address, "fd00::2");
    assert_eq!(chromium[0].checks_say().id, "pair.checks");
    assert_eq!(chromium[0].means().id, "pair.means.host");
    let firefox = pairs::read(&collected("firefox-stats.json"));
    assert!(firefox[0].selected);
    assert_eq!(firefox[0].checks_sent, None);
    assert_eq!(firefox[0].checks_say().id, "pair.checks-answered");
    assert_eq!(firefox[0].came_says().id, "pair.came-unknown");
    assert_eq!(firefox[0].means().id, "pair.means.host-mdns");
}

#[test]
fn what_the_selected_pair_means_depends_on_both_ends() {
    let stats = |local: &str, remote: &str| {
        let text = format!(
            r#"[{{"type":"candidate-pair","id":"P","state":"succeeded","selected":true,"localCandidateId":"L","remoteCandidateId":"R"}},
            {{"type":"local-candidate","id":"L","candidateType":"{local}","protocol":"udp"}},{{"type":"remote-candidate","id":"R","candidateType":"{remote}"}}]"#
        );
        pairs::read(&text)[0].means().id
    };
    assert_eq!(stats("relay", "srflx"), "pair.means.my-relay");
    assert_eq!(stats("host", "relay"), "pair.means.their-relay");
    assert_eq!(stats("srflx", "host"), "pair.means.srflx");
    assert_eq!(stats("host", "prflx"), "pair.means.their-prflx");
}

/// Pieces that mean something in a description, and such that do not.
const PIECES: [&str; 24] = [
    "v=0",
    "a=",
    "m=",
    "audio",
    "application",
    " ",
    ":",
    "/",
    ";",
    "=",
    "\r\n",
    "\n",
    "rtpmap",
    "fmtp:97 apt=",
    "candidate:",
    "profile-level-id=é",
    "extmap:",
    "setup:",
    "ssrc-group:FID",
    "group:BUNDLE",
    "4294967296",
    "typ",
    "é.local",
    "\u{0}",
];

fn nearly() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(select(&PIECES[..]), 0..40);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

/// A description of a browser of which a few characters are gone or doubled.
fn damaged() -> impl Strategy<Value = String> {
    let (offer, _) = pair("chromium", "media");
    let cuts = proptest::collection::vec((any::<Index>(), any::<bool>()), 1..6);
    cuts.prop_map(move |cuts| {
        let mut signs: Vec<char> = offer.chars().collect();
        for (at, doubles) in cuts {
            let at = at.index(signs.len());
            match doubles {
                true => signs.insert(at, signs[at]),
                false => drop(signs.remove(at)),
            }
        }
        signs.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(sdp in prop_oneof![nearly(), damaged()], offer in prop_oneof![nearly(), damaged()]) {
        for line in read(&sdp, Some(&offer)) {
            for part in &line.parts {
                prop_assert!(line.text.get(part.at.clone()).is_some_and(|text| !text.is_empty()));
            }
        }
        compare(&offer, &sdp);
        changes(&offer, &sdp);
    }

    #[test]
    fn no_text_breaks_what_explains_candidates_and_pairs(text in nearly(), rest in nearly()) {
        for text in [text.clone(), format!("candidate:{text}"), format!("candidate:1 1 udp {text} {rest}")] {
            if let Some(parsed) = candidate::parse(&text) {
                prop_assert!(parsed.fields().len() >= 7);
                parsed.means();
            }
        }
        pairs::read(&text);
        pairs::read(&serde_json::json!([{"type": "candidate-pair", "id": text, "localCandidateId": text, "requestsSent": rest}]).to_string());
    }
}
