//! Before a socket opens, and where a dialect may lead: requests are made first, and to known hosts only.

use webrtc_steps_core::dialect::FetchAnswer;
use webrtc_steps_core::io::{LinkState, What};
use webrtc_steps_core::trouble::Trouble;

use super::{document, join, refusals, told};
use crate::pair::sdp::Engine::Chromium;
use crate::pair::world::World;

const ASKS_FOR_AN_ID: &str =
    r#""url": "{endpoint}/ws?id={self}", "variables": {"self": {"secret": true}}"#;
const FETCHES: &str = r#"{"on": "connect", "if": "not {self}", "fetch": {"url": "{endpoint}/id", "read": {"id": "{self}"}}}"#;

fn world(answers: &[(&'static str, FetchAnswer)]) -> World {
    let mut world = World::new(&[Chromium], 5);
    world.answers = answers.to_vec();
    world
}

fn came(status: u16, text: &str) -> FetchAnswer {
    let text = text.to_owned();
    FetchAnswer::Came { status, text }
}

fn links(world: &World) -> Vec<LinkState> {
    let events = world.sides[0].events.iter();
    let links = events.filter_map(|event| match &event.what {
        What::Link { state, .. } => Some(*state),
        _ => None,
    });
    links.collect()
}

fn only_trouble(world: &World) -> Trouble {
    let events = world.sides[0].events.iter();
    let mut troubles = events.filter_map(|event| match &event.what {
        What::Trouble(trouble) => Some(trouble.clone()),
        _ => None,
    });
    let trouble = troubles.next().expect("one is told");
    assert_eq!(troubles.next(), None);
    trouble
}

fn join_with(world: &mut World, document: &str, fields: &[(&str, &str)]) {
    join(world, 0, document, fields);
    world.wait(100.0);
}

#[test]
fn what_is_fetched_first_is_part_of_the_address_and_shown_without_secrets() {
    let mut world = world(&[(
        "http://bare.test/any/blue/id",
        came(200, r#"{"id": "x7y8z9"}"#),
    )]);
    join_with(&mut world, &document(ASKS_FOR_AN_ID, &[FETCHES]), &[]);
    assert_eq!(links(&world), [LinkState::Connecting, LinkState::Open]);
    assert_eq!(world.addresses, ["ws://bare.test/any/blue/ws?id=x7y8z9"]);
    assert!(told(
        &world,
        0,
        |what| matches!(what, What::Fetching { method, .. } if method == "GET")
    ));
    let shown = |what: &What| matches!(what, What::Fetched { text, .. } if text.contains("x7y8z9"));
    assert!(!told(&world, 0, shown), "a secret was shown");
}

#[test]
fn a_request_that_is_refused_keeps_the_socket_closed() {
    for (answer, cause) in [
        (came(403, "no"), "trouble.fetch-status"),
        (came(200, "no"), "trouble.fetch-unfit"),
    ] {
        let mut world = world(&[("/id", answer)]);
        join_with(&mut world, &document(ASKS_FOR_AN_ID, &[FETCHES]), &[]);
        assert_eq!(world.addresses, [""; 0]);
        assert_eq!(refusals(&world, 0), [cause]);
        assert!(told(&world, 0, |what| *what == What::Left));
    }
}

#[test]
fn a_request_that_brings_no_answer_is_named_and_made_again() {
    let mut world = world(&[]);
    join_with(&mut world, &document(ASKS_FOR_AN_ID, &[FETCHES]), &[]);
    assert_eq!(refusals(&world, 0), ["trouble.fetch-unread"]);
    let trouble = only_trouble(&world);
    let url = ("url".into(), "http://bare.test/any/blue/id".to_owned());
    assert_eq!(trouble.cause.args, std::slice::from_ref(&url));
    assert_eq!(trouble.advice.id, "advice.fetch-cors");
    let fault = trouble.fault.expect("the browser said something");
    assert_eq!(fault.message, "nobody is there");
    let named = |what: &What| matches!(what, What::Link { note: Some(note), .. } if note.id == "link.not-fetched" && note.args.contains(&url));
    assert!(told(&world, 0, named));
    world.answers = vec![("/id", came(200, r#"{"id": "x7"}"#))];
    world.wait(5_000.0);
    assert_eq!(world.addresses, ["ws://bare.test/any/blue/ws?id=x7"]);
}

#[test]
fn advice_for_a_request_without_an_answer_fits_what_went_wrong() {
    let blind = r#"{"on": "connect", "fetch": {"url": "{endpoint}/id", "blind": true}}"#;
    for (rule, words, cause, advice) in [
        (
            FETCHES,
            "TimeoutError",
            "trouble.fetch-late",
            "advice.fetch-nobody",
        ),
        (
            FETCHES,
            "QuotaExceededError",
            "trouble.fetch-long",
            "advice.fetch-long",
        ),
        (
            blind,
            "Failed to fetch",
            "trouble.fetch-nobody",
            "advice.fetch-nobody",
        ),
    ] {
        let mut world = world(&[("/id", FetchAnswer::Failed(words.to_owned()))]);
        join_with(&mut world, &document("", &[rule]), &[]);
        let trouble = only_trouble(&world);
        assert_eq!((&*trouble.cause.id, &*trouble.advice.id), (cause, advice));
    }
}

#[test]
fn a_request_without_an_answer_does_not_end_a_run() {
    let says = r#"{"on": "open", "fetch": {"url": "{endpoint}/hello", "read": {"id": "{x}"}}}"#;
    let mut world = world(&[]);
    join_with(&mut world, &document("", &[says]), &[]);
    assert_eq!(refusals(&world, 0), ["trouble.fetch-unread"]);
    assert_eq!(links(&world), [LinkState::Connecting, LinkState::Open]);
}

#[test]
fn a_host_that_nobody_named_is_not_contacted() {
    let elsewhere =
        r#"{"on": "connect", "fetch": {"url": "{endpoint}/where", "read": {"to": "{address}"}}}"#;
    let document = document(r#""url": "{address}""#, &[elsewhere]);
    for address in [
        "ws://other.test/x",
        "ws://bare.test:81/x",
        "ws://bare.test@other.test/",
    ] {
        let mut world = world(&[("/where", came(200, &format!(r#"{{"to": "{address}"}}"#)))]);
        join_with(&mut world, &document, &[]);
        assert_eq!(world.addresses, [""; 0], "{address}");
        assert_eq!(refusals(&world, 0), ["field.host-unknown"], "{address}");
        assert!(told(&world, 0, |what| *what == What::Left));
    }
}

#[test]
fn a_host_that_the_user_added_is_contacted() {
    let elsewhere =
        r#"{"on": "connect", "fetch": {"url": "{endpoint}/where", "read": {"to": "{address}"}}}"#;
    let document = document(r#""url": "{address}""#, &[elsewhere]);
    let mut world = world(&[("/where", came(200, r#"{"to": "ws://other.test/any/x"}"#))]);
    join_with(&mut world, &document, &[("hosts", "other.test")]);
    assert_eq!(world.addresses, ["ws://other.test/any/x"]);
    assert_eq!(refusals(&world, 0), [""; 0]);
}

#[test]
fn a_host_that_an_answer_led_to_is_the_one_that_is_named() {
    let elsewhere =
        r#"{"on": "connect", "fetch": {"url": "{endpoint}/where", "read": {"to": "{address}"}}}"#;
    let document = document(r#""url": "{address}""#, &[elsewhere]);
    let mut world = world(&[("/where", came(200, r#"{"to": "ws://other.test:90/any/x"}"#))]);
    world.relay.running = false;
    join_with(&mut world, &document, &[("hosts", "other.test:90")]);
    let trouble = only_trouble(&world);
    let host = ("host".into(), "other.test:90".to_owned());
    assert_eq!(trouble.cause.id, "link.no-answer");
    assert!(trouble.cause.args.contains(&host), "{:?}", trouble.cause);
    assert_eq!(trouble.advice.args, [host]);
}

#[test]
fn a_room_that_an_answer_renames_is_called_by_its_new_name() {
    let asks =
        r#"{"on": "connect", "fetch": {"url": "{endpoint}/room", "read": {"name": "{room!}"}}}"#;
    let mut world = world(&[("/room", came(200, r#"{"name": "roses~3"}"#))]);
    join_with(&mut world, &document("", &[asks]), &[]);
    let room = "roses~3".to_owned();
    assert!(told(&world, 0, |what| *what
        == What::RoomNamed { room: room.clone() }));
}

#[test]
fn a_goodbye_by_http_outlives_the_link() {
    let leaves =
        r#"{"on": "leave", "fetch": {"url": "{endpoint}/gone", "method": "POST", "body": "bye"}}"#;
    let document = document("", &[leaves]);
    let mut world = world(&[]);
    join_with(&mut world, &document, &[]);
    world.click(0, webrtc_steps_core::command::Plain::Leave);
    assert_eq!(world.partings, ["http://bare.test/any/blue/gone"]);
}

#[test]
fn joining_names_everybody_it_may_contact() {
    let document = document(
        "",
        &[
            FETCHES,
            r#"{"read": {"ice": ["{iceServer}", "..."]}, "means": "ice-servers"}"#,
        ],
    );
    let fields = [
        ("endpoint", "ws://bare.test/any/blue"),
        ("dialect", "custom"),
        ("dialect-document", document.as_str()),
        ("hosts", "other.test:90"),
        ("ice-servers", "stun:stun.test"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut world = world(&[]);
    let consider = webrtc_steps_core::command::Command::Consider(fields.to_vec());
    world.command(0, consider);
    let contacts = world.sides[0]
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            What::Contacts { contacts } => Some(contacts.clone()),
            _ => None,
        });
    let lines: Vec<(String, String)> = contacts
        .expect("they are told")
        .into_iter()
        .map(|contact| (contact.host, contact.purpose.id.into_owned()))
        .collect();
    let expected = [
        ("bare.test", "contact.signaling"),
        ("bare.test", "contact.http"),
        ("other.test:90", "contact.hosts"),
        ("bare.test", "contact.ice-servers"),
        ("stun.test", "contact.stun"),
    ];
    assert_eq!(
        lines,
        expected.map(|(host, purpose)| (host.to_owned(), purpose.to_owned()))
    );
    assert_eq!(world.addresses, [""; 0]);
}
