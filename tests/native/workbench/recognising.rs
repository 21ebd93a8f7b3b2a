//! Which dialect is this: every transcript of a real server is known as its own.

use std::fs;
use std::path::PathBuf;

use webrtc_steps_core::built_in::NAMES;
use webrtc_steps_core::dialect::{BUILT_IN, Dialect};
use webrtc_steps_core::io::{SignalReport, What};

use crate::desk::{DOCUMENT, Desk};
use crate::placeholders::Names;

/// The frames that a server sends in each scene of a transcript.
fn scenes(name: &str) -> Vec<Vec<String>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/native/dialects")
        .join(format!("{name}.txt"));
    let text = fs::read_to_string(file).expect("a transcript");
    let frames = |scene: &str| -> Vec<String> {
        let lines = scene.lines().filter_map(|line| line.strip_prefix("< "));
        lines.map(|line| Names::default().fill(line)).collect()
    };
    text.split("\n== ").map(frames).collect()
}

#[test]
fn every_built_in_dialect_with_a_server_is_among_the_names() {
    let mut known: Vec<&str> = BUILT_IN
        .iter()
        .filter(|(_, text)| Dialect::load(text).is_ok_and(|dialect| dialect.has_server()))
        .map(|(name, _)| *name)
        .collect();
    let mut names = NAMES.to_vec();
    known.sort_unstable();
    names.sort_unstable();
    assert_eq!(names, known);
}

#[test]
fn every_transcript_is_known_as_its_own_dialect() {
    let mut wrong = Vec::new();
    for name in NAMES {
        for frames in scenes(name).iter().filter(|frames| frames.len() > 1) {
            let fits = Desk::new().recognise(&frames.join("\n"));
            let told: Vec<_> = fits
                .iter()
                .map(|fit| format!("{} {}/{}", fit.name, fit.read, fit.of))
                .collect();
            if fits.first().is_none_or(|fit| fit.name != name) {
                wrong.push(format!("{name}: {told:?}\n{}", frames.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn frames_that_nobody_knows_are_known_as_nothing() {
    let fits = Desk::new().recognise("{\"zzz\":1}\nhello\n[1,2,3]\n");
    assert!(fits.is_empty(), "{fits:?}");
}

#[test]
fn unknown_frames_of_a_run_are_tried_by_themselves() {
    let mut desk = Desk::joined(DOCUMENT);
    desk.hears(r#"{"type":"OPEN"}"#);
    desk.hears(r#"{"type":"LEAVE","src":"bob","dst":"me"}"#);
    let best = desk.fits()[0].clone();
    assert_eq!((best.name.as_str(), best.read, best.of), ("peerjs", 2, 2));
    let before = desk.count(|what| matches!(what, What::Fits(_)));
    desk.hears(r#"{"type":"ping","of":"blue"}"#);
    assert_eq!(desk.count(|what| matches!(what, What::Fits(_))), before);
}

#[test]
fn a_flood_of_unknown_frames_is_tried_up_to_a_limit() {
    let mut desk = Desk::joined(DOCUMENT);
    let tries = |desk: &Desk| desk.count(|what| matches!(what, What::Fits(_)));
    for _ in 0..20 {
        desk.hears(r#"{"type":"OPEN"}"#);
    }
    assert_eq!(tries(&desk), 1, "the same frame says nothing new");
    for number in 0..500 {
        desk.hears(&format!("{{\"type\":\"OPEN\",\"number\":{number}}}"));
    }
    assert_eq!(tries(&desk), 64);
    let mut desk = Desk::joined(DOCUMENT);
    let large = format!("{{\"x\":\"{}\"}}", "x".repeat(200_000));
    for number in 0..20 {
        desk.hears(&format!("{large}{number}"));
    }
    assert!(tries(&desk) < 6, "{}", tries(&desk));
    // Nothing of it outlives the run.
    desk.leave();
    let link = desk.link().0;
    let report = SignalReport::Frame(large);
    desk.take(webrtc_steps_core::io::Input::Signal { link, report });
    assert!(tries(&desk) < 6);
}
