//! A run goes on under another dialect: everything else of the form stays, and a wrong document costs nothing.

use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Effect, What};

use crate::desk::{DOCUMENT, Desk};

fn switch(desk: &mut Desk, dialect: &str, document: &str) -> Option<String> {
    desk.give(Command::SwitchDialect {
        dialect: dialect.to_owned(),
        document: document.to_owned(),
    })
    .map(Into::into)
}

#[test]
fn with_another_document_the_page_leaves_and_joins_the_same_room_again() {
    let mut desk = Desk::joined(DOCUMENT);
    let first = desk.link().0;
    let changed = DOCUMENT.replace("/ws?room=", "/socket?r=");
    assert_eq!(switch(&mut desk, "custom", &changed), None);
    assert_eq!(desk.count(|what| matches!(what, What::Left)), 1);
    let (link, url) = desk.link();
    assert!(link > first);
    assert_eq!(url, "ws://server.test/socket?r=blue");
    desk.opens();
    let sent = desk.orders.iter().rev().find_map(|order| match order {
        Effect::SendFrame { text, .. } => Some(text.clone()),
        _ => None,
    });
    // What the user had answered is still given.
    assert!(sent.expect("it joins").contains("hunter2"));
    desk.hears(r#"{"type":"welcome","id":"me","others":[]}"#);
    let joined = desk.count(|what| matches!(what, What::Joined { again: false, .. }));
    assert_eq!(joined, 2);
}

#[test]
fn with_a_built_in_dialect_too() {
    let mut desk = Desk::joined(DOCUMENT);
    assert_eq!(switch(&mut desk, "relay", ""), None);
    assert_eq!(desk.link().1, "ws://server.test/rooms/blue");
    let dialect = desk.last(|what| match what {
        What::Joining { dialect, .. } => Some(dialect.clone()),
        _ => None,
    });
    assert_eq!(dialect, "relay");
}

#[test]
fn a_document_with_mistakes_is_told_and_the_run_goes_on() {
    let mut desk = Desk::joined(DOCUMENT);
    let orders = desk.orders.len();
    let wrong = DOCUMENT.replace("\"means\"", "\"maens\"");
    assert_eq!(
        switch(&mut desk, "custom", &wrong),
        Some("reason.document-wrong".to_owned())
    );
    let mistakes = desk.last(|what| match what {
        What::Probed { mistakes, .. } => Some(mistakes.len()),
        _ => None,
    });
    assert!(mistakes > 0);
    assert_eq!(desk.orders.len(), orders, "nothing was sent or closed");
    assert_eq!(desk.count(|what| matches!(what, What::Left)), 0);
}

#[test]
fn an_answer_that_the_other_document_does_not_take_is_told_and_the_run_goes_on() {
    let mut desk = Desk::joined(DOCUMENT);
    let orders = desk.orders.len();
    let other = r#"{"dialect": "Other", "url": "{endpoint}", "messages": [],
        "variables": {"pass": {"ask": "Which?", "choices": ["a", "b"], "default": "a"}}}"#;
    assert!(switch(&mut desk, "custom", other).is_some());
    assert_eq!(desk.orders.len(), orders, "nothing was sent or closed");
    assert_eq!(desk.count(|what| matches!(what, What::Left)), 0);
}

#[test]
fn before_joining_there_is_nothing_to_leave() {
    let mut desk = Desk::new();
    assert_eq!(
        switch(&mut desk, "relay", ""),
        Some("reason.not-joined".to_owned())
    );
    assert!(
        desk.orders
            .iter()
            .all(|order| !matches!(order, Effect::OpenLink { .. }))
    );
}
