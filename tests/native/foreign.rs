//! Servers that are not the project's relay: what a dialect says about connecting, waiting, repeating and channels.

mod calling;
mod documents;
mod hosts;
mod invented;
mod speaking;
mod traps;

use webrtc_steps_core::command::{Command, Plain};
use webrtc_steps_core::io::{Event, Input, SignalReport, What};

use crate::pair::sdp::Engine::Chromium;
use crate::pair::world::World;

/// A server that passes frames on and says nothing itself.
pub(crate) const BARE: &str = "ws://bare.test/any/blue";
/// Descriptions and candidates as they are.
pub(crate) const RAW: [&str; 2] = [
    r#"{"both": "{description}", "means": ["offer", "answer"]}"#,
    r#"{"both": "{candidate}", "means": "candidate"}"#,
];

/// A document with these keys and rules beside its name and URL.
pub(crate) fn document(keys: &str, rules: &[&str]) -> String {
    let comma = if keys.is_empty() { "" } else { ", " };
    let url = if keys.contains("\"url\"") {
        ""
    } else {
        r#""url": "{endpoint}", "#
    };
    format!(
        r#"{{"dialect": "made for a test", {url}{keys}{comma}"messages": [{}]}}"#,
        rules.join(", ")
    )
}

/// The rules of [`RAW`] and these, which come first.
pub(crate) fn with_raw(rules: &[&str]) -> Vec<String> {
    rules
        .iter()
        .chain(&RAW)
        .map(|rule| (*rule).to_owned())
        .collect()
}

/// A page that joined through a document of its own, and what became of the join.
pub(crate) fn join(world: &mut World, side: usize, document: &str, fields: &[(&str, &str)]) {
    let own = [
        ("endpoint", BARE),
        ("room", "blue"),
        ("dialect", "custom"),
        ("dialect-document", document),
    ];
    let all: Vec<(&str, &str)> = fields.iter().chain(&own).copied().collect();
    world.join(side, &all);
}

/// Two pages, joined one after the other.
pub(crate) fn pair(document: &str, fields: [&[(&str, &str)]; 2]) -> World {
    let mut world = World::new(&[Chromium, Chromium], 5);
    for (side, fields) in fields.into_iter().enumerate() {
        join(&mut world, side, document, fields);
        world.wait(100.0);
    }
    world
}

/// One page that joined.
pub(crate) fn alone(document: &str, fields: &[(&str, &str)]) -> World {
    let mut world = World::new(&[Chromium], 5);
    join(&mut world, 0, document, fields);
    world.wait(100.0);
    world
}

/// A frame out of nowhere.
pub(crate) fn hear(world: &mut World, frame: &str) {
    let link = world.sides[0].link.as_ref().expect("there is a link").0;
    let report = SignalReport::Frame(frame.to_owned());
    world.input(0, Input::Signal { link, report });
    world.wait(10.0);
}

/// Kind and text of what a page sent, in order.
pub(crate) fn sent(world: &World, side: usize) -> Vec<(&'static str, String)> {
    let events = world.sides[side].events.iter();
    let frames = events.filter_map(|event| match &event.what {
        What::Sent { kind, text, .. } => Some((*kind, text.clone())),
        _ => None,
    });
    frames.collect()
}

/// The kinds of what a page sent, in order.
pub(crate) fn kinds(world: &World, side: usize) -> Vec<&'static str> {
    sent(world, side)
        .into_iter()
        .map(|(kind, _)| kind)
        .collect()
}

/// How often a note was told.
pub(crate) fn notes(world: &World, side: usize, id: &str) -> usize {
    let is_it = |event: &&Event| matches!(&event.what, What::Note { message } if message.id == id);
    world.sides[side].events.iter().filter(is_it).count()
}

/// The ids of the refusals of fields, and of the troubles, in order.
pub(crate) fn refusals(world: &World, side: usize) -> Vec<String> {
    let events = world.sides[side].events.iter();
    let told = events.filter_map(|event| match &event.what {
        What::FieldRefused { message, .. } => Some(message.id.to_string()),
        What::Trouble(trouble) => Some(trouble.cause.id.to_string()),
        _ => None,
    });
    told.collect()
}

/// Whether something was told.
pub(crate) fn told(world: &World, side: usize, is_it: impl Fn(&What) -> bool) -> bool {
    world.sides[side]
        .events
        .iter()
        .any(|event| is_it(&event.what))
}

/// Makes an offer and hands it over with its candidates.
pub(crate) fn offer(world: &mut World, side: usize) {
    for plain in [
        Plain::CreatePeerConnection,
        Plain::AddDataChannel,
        Plain::CreateOffer,
        Plain::SetLocalDescription,
        Plain::SendOffer,
        Plain::SendCandidates,
    ] {
        world.command(side, Command::Plain(plain));
        world.wait(100.0);
    }
}
