//! What the fuzz targets do with their bytes. A test of the core does the same with the seeds.

// Each target does one of the two.
#![allow(dead_code)]

use webrtc_steps_core::dialect::{
    BUILT_IN, Conversation, Dialect, FetchAnswer, Reading, Say, Written,
};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

/// The most events and frames that one frame or event may lead to.
const MOST: usize = 1024;
/// The most bytes written at once, beyond what was read: one frame asks for at most a list of messages.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most frames of one input.
const MOST_FRAMES: usize = 64;

/// Loads a document. If it has no mistake, everything is said and what was written is read again.
pub(crate) fn load(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match load_document(text) {
        Some(dialect) => talk(&dialect, &[]),
        None => drop(Dialect::parent_of(text)),
    }
}

/// Reads frames, one a line, by the built-in document that the first byte names.
pub(crate) fn read(data: &[u8]) {
    let Some((first, frames)) = data.split_first() else {
        return;
    };
    let index = usize::from(first.wrapping_sub(b'A')) % BUILT_IN.len();
    let document = BUILT_IN
        .get(index)
        .and_then(|(_, text)| load_document(text));
    let text = String::from_utf8_lossy(frames);
    let frames: Vec<&str> = text.lines().take(MOST_FRAMES).collect();
    talk(&document.expect("a built-in document loads"), &frames);
}

fn load_document(text: &str) -> Option<Dialect> {
    let parents = |name: &str| Dialect::built_in(name).map(str::to_owned);
    match Dialect::load_with(text, &parents) {
        Ok(dialect) => Some(dialect),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in mistakes {
                assert!(!mistake.to_string().is_empty());
            }
            None
        }
    }
}

/// A whole conversation: connecting, what is said, what comes, and what was said coming back.
fn talk(dialect: &Dialect, frames: &[&str]) {
    let given = [("endpoint", "ws://127.0.0.1:9"), ("room", "r")];
    let mut conversation = Conversation::new(dialect, &given, 1);
    let mut clock = 1_700_000_000_000.0;
    conversation.at(clock);
    let begun = conversation.begin();
    let mut back = took(&begun);
    for fetch in &begun.fetches {
        let answer = FetchAnswer::Came {
            status: 200,
            text: frames.first().copied().unwrap_or("{}").to_owned(),
        };
        back.extend(heard(&conversation.fetched(fetch.id, &answer)));
    }
    let _ = conversation.target();
    back.extend(took(&conversation.write(Say::Open)));
    for frame in frames {
        back.extend(heard(&conversation.read(frame)));
        assert!(conversation.shown(frame).len() < MOST_BYTES);
    }
    conversation.set_peer(Some("other"));
    back.extend(say_everything(&mut conversation));
    for _ in 0..32 {
        let Some(next) = conversation.next_turn() else {
            break;
        };
        assert!(
            next >= clock + 1.0,
            "no timer is due at once: {next}, {clock}"
        );
        clock = next;
        conversation.at(clock);
        back.extend(took(&conversation.turn()));
    }
    let mut other = Conversation::new(dialect, &given, 2);
    other.begin();
    // As the workbench reads: frames of somebody else, and this conversation under an edited document.
    let mut unbound = Conversation::unbound(dialect);
    let mut edited = other.under(dialect);
    for frame in frames {
        heard(&unbound.read(frame));
        heard(&edited.read(frame));
    }
    for frame in back.iter().take(MOST_FRAMES) {
        heard(&conversation.read(frame));
        heard(&other.read(frame));
    }
    let close = Say::Close {
        code: 4000,
        reason: "gone",
    };
    took(&conversation.write(close));
    conversation.begin();
}

fn say_everything(conversation: &mut Conversation) -> Vec<String> {
    let mut frames = Vec::new();
    let candidate = Candidate {
        candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host".to_owned(),
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: None,
        username_fragment: None,
    };
    for kind in [DescriptionKind::Offer, DescriptionKind::Answer] {
        let description = Description {
            kind,
            sdp: "v=0\r\n".to_owned(),
        };
        frames.extend(took(&conversation.write(Say::RequestOffer)));
        frames.extend(took(&conversation.write(Say::Description(&description))));
        let candidates = [candidate.clone(), candidate.clone()];
        frames.extend(took(&conversation.write(Say::Candidates(&candidates))));
        frames.extend(took(&conversation.write(Say::End)));
        conversation.polite();
    }
    frames.extend(took(&conversation.write(Say::Leave)));
    frames
}

/// The frames of something written, which is bounded.
fn took(written: &Written) -> Vec<String> {
    assert!(written.frames.len() + written.told.len() + written.fetches.len() <= MOST);
    bounded(&written.frames)
}

/// The replies to something read, which is bounded.
fn heard(reading: &Reading) -> Vec<String> {
    assert!(reading.told.len() + reading.replies.len() + reading.fetches.len() <= MOST);
    if let Some(near) = &reading.unknown {
        assert!(near.to_string().len() < MOST_BYTES);
    }
    bounded(&reading.replies)
}

fn bounded(frames: &[String]) -> Vec<String> {
    let bytes: usize = frames.iter().map(String::len).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    frames.to_vec()
}
