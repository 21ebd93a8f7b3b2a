//! Documents: read by their place when somebody wants them, checked before anything is contacted.

use webrtc_steps_core::command::Command;
use webrtc_steps_core::dialect::{BUILT_IN, Dialect};
use webrtc_steps_core::io::{Chosen, Effect, Event, Input, What};
use webrtc_steps_core::settings::Start;
use webrtc_steps_core::{Output, Session};

use super::{BARE, RAW, document, join, refusals, told};
use crate::pair::sdp::Engine::Chromium;
use crate::pair::world::World;

const PLACE: &str = "/dialects/mine.json";

/// A page whose origin has this document, joined through it.
fn joined_by_path(text: Option<&str>, fields: &[(&str, &str)]) -> World {
    let mut world = World::new(&[Chromium], 5);
    world
        .documents
        .extend(text.map(|text| (PLACE.to_owned(), text.to_owned())));
    let mut all = vec![("dialect", PLACE)];
    all.extend(fields);
    join(&mut world, 0, "", &all);
    world.wait(100.0);
    world
}

fn chosen(world: &World) -> Option<Chosen> {
    world.sides[0]
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            What::Dialect(chosen) => Some(chosen.clone()),
            _ => None,
        })
}

#[test]
fn a_join_waits_for_its_document() {
    let world = joined_by_path(Some(&document("", &RAW)), &[]);
    assert!(world.sides[0].session.facts().run.joined);
    assert_eq!(chosen(&world).expect("it is told").title, "made for a test");
    assert_eq!(world.addresses, [BARE]);
}

#[test]
fn a_document_that_extends_another_waits_for_both() {
    let child = r#"{"dialect": "child", "extends": "parent-of-it", "messages": []}"#;
    let mut world = World::new(&[Chromium], 5);
    let parent = document("", &RAW);
    world.documents.insert("parent-of-it".to_owned(), parent);
    join(&mut world, 0, child, &[]);
    world.wait(100.0);
    assert!(
        world.sides[0].session.facts().run.joined,
        "{:?}",
        refusals(&world, 0)
    );
}

#[test]
fn a_document_that_is_not_there_refuses_the_field_and_may_be_there_later() {
    let mut world = joined_by_path(None, &[]);
    assert_eq!(refusals(&world, 0), ["field.document-missing"]);
    assert_eq!(world.addresses, [""; 0]);
    world.documents.insert(PLACE.to_owned(), document("", &RAW));
    join(&mut world, 0, "", &[("dialect", PLACE)]);
    world.wait(100.0);
    assert!(world.sides[0].session.facts().run.joined);
}

#[test]
fn mistakes_are_told_with_their_pointers_and_nothing_is_contacted() {
    let world = joined_by_path(Some(&document("\"sned\": 1", &RAW)), &[]);
    assert_eq!(refusals(&world, 0), ["field.dialect-wrong"]);
    let mistakes = chosen(&world).expect("it is told").mistakes;
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].0, "/sned");
    assert_eq!(world.addresses, [""; 0]);
}

#[test]
fn an_answer_that_is_none_of_the_choices_is_refused() {
    let asks = r#""variables": {"side": {"ask": "Which side?", "choices": ["left", "right"], "default": "left"}}"#;
    let text = document(asks, &RAW);
    for (side, refused) in [("right", false), ("up", true)] {
        let world = joined_by_path(Some(&text), &[("var.side", side)]);
        let expected: &[&str] = if refused { &["field.choices"] } else { &[] };
        assert_eq!(refusals(&world, 0), expected);
    }
    let world = joined_by_path(Some(&text), &[]);
    assert!(
        world.sides[0].session.facts().run.joined,
        "the default holds"
    );
}

#[test]
fn answers_that_hold_for_both_go_into_the_link() {
    let asks = r#""variables": {"key": {"ask": "Key"}, "token": {"ask": "Token", "secret": true},
        "side": {"ask": "Side", "choices": ["a", "b"]}, "self": {"ask": "Name"}, "peer": {"ask": "Whom"}}"#;
    let given = [
        ("var.key", "k1"),
        ("var.token", "t1"),
        ("var.side", "a"),
        ("var.self", "ann"),
        ("var.peer", "bob"),
    ];
    let world = joined_by_path(Some(&document(asks, &RAW)), &given);
    let shared = world.sides[0]
        .events
        .iter()
        .find_map(|event| match &event.what {
            What::Joining { vars, .. } => Some(vars.clone()),
            _ => None,
        });
    assert_eq!(shared, Some(vec![("key".to_owned(), "k1".to_owned())]));
}

/// What a session that was begun by a link orders, in order.
fn orders(session: &mut Session, input: Option<Input>) -> Vec<Effect> {
    if let Some(input) = input {
        session.handle(1.0, input);
    }
    let mut orders = Vec::new();
    while let Some(output) = session.poll() {
        if let Output::Effect(effect) = output {
            orders.push(effect);
        }
    }
    orders
}

fn by_link(fields: &[(&str, &str)]) -> Session {
    let given = [("endpoint", BARE), ("room", "blue")];
    let fields = given.iter().chain(fields);
    let fields = fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned(), "link"));
    let start = Start {
        fields: fields.collect(),
        ..Start::default()
    };
    Session::new(start, 5)
}

#[test]
fn a_path_out_of_a_link_is_not_read_before_the_click() {
    let mut session = by_link(&[("dialect", PLACE)]);
    assert_eq!(orders(&mut session, None), []);
    let consider = Command::Consider(Vec::new());
    let input = |command| Input::Command {
        command,
        ticket: None,
    };
    assert_eq!(orders(&mut session, Some(input(consider))), []);
    let asked = orders(&mut session, Some(input(Command::Join(Vec::new()))));
    let place = PLACE.to_owned();
    assert_eq!(asked, [Effect::LoadDocument { place }]);
}

/// How far a linked document is told to be, in order, and the fields that were refused.
fn told_of_link(session: &mut Session, input: Option<Input>) -> Vec<String> {
    if let Some(input) = input {
        session.handle(1.0, input);
    }
    let mut told = Vec::new();
    while let Some(output) = session.poll() {
        match output {
            Output::Event(Event {
                what: What::DocumentLinked { place, stage },
                ..
            }) if place == PLACE => told.push(stage.word().into()),
            Output::Event(Event {
                what: What::FieldRefused { message, .. },
                ..
            }) => told.push(message.id.into_owned()),
            _ => {}
        }
    }
    told
}

#[test]
fn how_far_a_linked_document_is_stands_beside_the_button_and_is_no_mistake() {
    let asks = r#""variables": {"key": {"ask": "Key"}}"#;
    for (keys, stages) in [(asks, &["read", "halted"] as &[&str]), ("", &[])] {
        let mut session = by_link(&[("dialect", PLACE)]);
        assert_eq!(told_of_link(&mut session, None), ["unread"]);
        let join = Input::Command {
            command: Command::Join(Vec::new()),
            ticket: None,
        };
        assert_eq!(told_of_link(&mut session, Some(join)), [""; 0]);
        let (place, answer) = (PLACE.to_owned(), Ok(document(keys, &RAW)));
        let came = told_of_link(&mut session, Some(Input::Document { place, answer }));
        assert_eq!(came, stages);
    }
}

#[test]
fn a_linked_document_that_asks_something_is_shown_before_it_is_used() {
    let text = document(r#""variables": {"key": {"ask": "Key"}}"#, &RAW);
    let mut session = by_link(&[("dialect", PLACE)]);
    let join = || Input::Command {
        command: Command::Join(Vec::new()),
        ticket: None,
    };
    orders(&mut session, Some(join()));
    let (place, answer) = (PLACE.to_owned(), Ok(text));
    let came = orders(&mut session, Some(Input::Document { place, answer }));
    assert_eq!(came, [], "it was used before anybody saw what it asks");
    let opens = |effect: &Effect| matches!(effect, Effect::OpenLink { .. });
    assert!(orders(&mut session, Some(join())).iter().any(opens));
}

#[test]
fn a_secret_out_of_a_link_is_not_used() {
    let text = document(
        r#""url": "{endpoint}/{token}", "variables": {"token": {"ask": "Token", "secret": true}}"#,
        &RAW,
    );
    let mut session = by_link(&[
        ("dialect", "custom"),
        ("dialect-document", &text),
        ("var.token", "from-the-link"),
    ]);
    let join = Input::Command {
        command: Command::Join(Vec::new()),
        ticket: None,
    };
    let orders = orders(&mut session, Some(join));
    let used = |effect: &Effect| format!("{effect:?}").contains("from-the-link");
    assert!(!orders.iter().any(used), "{orders:?}");
}

#[test]
fn leaving_the_page_ends_a_join_that_waits() {
    let mut session = by_link(&[("dialect", PLACE)]);
    let join = Input::Command {
        command: Command::Join(Vec::new()),
        ticket: Some(1),
    };
    session.handle(1.0, join);
    session.handle(2.0, Input::PageHide);
    let mut ended = false;
    while let Some(output) = session.poll() {
        if let Output::Event(event) = output {
            ended |= matches!(
                event.what,
                What::Outcome {
                    ticket: 1,
                    refused: Some(_)
                }
            );
        }
    }
    assert!(ended);
}

#[test]
fn what_is_custom_is_told_with_what_it_asks_and_plans() {
    let text = document(
        r#""note": "for people", "channels": [{"label": "one"}], "variables": {"key": {"ask": "Key"}}"#,
        &RAW,
    );
    let mut world = World::new(&[Chromium], 5);
    join(&mut world, 0, &text, &[]);
    let chosen = chosen(&world).expect("it is told");
    assert_eq!(chosen.note, "for people");
    assert_eq!(chosen.channels, ["one"]);
    assert_eq!(chosen.asks[0].question, "Key");
    assert_eq!(chosen.document, text);
    assert!(told(
        &world,
        0,
        |what| matches!(what, What::Joining { dialect, .. } if dialect == "custom")
    ));
}

#[test]
fn the_list_of_dialects_names_every_one_that_comes_with_the_page() {
    let list = include_str!("../../../www/dialects/index.json");
    let list: serde_json::Value = serde_json::from_str(list).expect("it is JSON");
    let listed: Vec<(&str, &str)> = list
        .as_array()
        .expect("it is a list")
        .iter()
        .filter_map(|row| Some((row["name"].as_str()?, row["title"].as_str()?)))
        .collect();
    for (name, text) in BUILT_IN.iter() {
        let dialect = Dialect::load(text).expect("it has no mistakes");
        let wanted = dialect.has_server().then_some((*name, dialect.name()));
        let found = listed.iter().find(|(listed, _)| listed == name).copied();
        assert_eq!(found, wanted, "{name}");
    }
    let servers = BUILT_IN.len() - 2;
    assert_eq!(listed.len(), servers, "it lists what is not there");
}
