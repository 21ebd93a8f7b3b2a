//! Two servers that nobody has seen, and pages that connect through them by documents written from the manual alone.

use serde_json::{Value, json};
use webrtc_steps_core::dialect::FetchAnswer;
use webrtc_steps_core::io::{Input, SignalReport};

use super::{join, refusals, sent};
use crate::network::chat;
use crate::pair::sdp::Engine::{Chromium, Firefox};
use crate::pair::world::World;

const HARBOR: &str = include_str!("../invented/harbor.json");
const SWITCHBOARD: &str = include_str!("../invented/switchboard.json");
/// A place of its own for each page, so that nobody but the server here passes anything on.
const PLACES: [&str; 2] = ["ws://bare.test/any/blue", "ws://bare.test/any/red"];

/// What a server says to whom when a page says something.
trait Server {
    fn hear(&mut self, side: usize, frame: &str) -> Vec<(usize, String)>;
}

/// Words and JSON in one stream; everybody who is there, whenever that changes.
struct Harbor {
    crew: Vec<usize>,
}

impl Harbor {
    const IDS: [&str; 2] = ["12", "15"];
}

impl Server for Harbor {
    fn hear(&mut self, side: usize, frame: &str) -> Vec<(usize, String)> {
        if frame.starts_with("LOGIN ") {
            self.crew.push(side);
            let crew: Value = self
                .crew
                .iter()
                .map(|side| (Self::IDS[*side].to_owned(), json!({"n": "x"})))
                .collect();
            let list = json!({"crew": crew}).to_string();
            let mut said = vec![(side, format!("WELCOME #{}", Self::IDS[side]))];
            said.extend(self.crew.iter().map(|side| (*side, list.clone())));
            said.push((side, ".".to_owned()));
            return said;
        }
        let Some((to, text)) = frame
            .strip_prefix('@')
            .and_then(|rest| rest.split_once(' '))
        else {
            return Vec::new();
        };
        let to = Self::IDS.iter().position(|id| *id == to).expect("a member");
        vec![(to, format!("@{} {text}", Self::IDS[side]))]
    }
}

/// Requests with numbers, which it checks; calls that it names.
struct Switchboard {
    seats: Vec<usize>,
    last: [u64; 2],
}

impl Switchboard {
    const IDS: [u64; 2] = [9, 7];
}

impl Server for Switchboard {
    fn hear(&mut self, side: usize, frame: &str) -> Vec<(usize, String)> {
        let request: Value = serde_json::from_str(frame).expect("JSON");
        let number = request[0].as_u64().expect("a number");
        assert!(number > self.last[side], "numbers grow: {frame}");
        self.last[side] = number;
        let other = 1 - side;
        let ok = |what: Value| (side, json!([number, "ok", what]).to_string());
        let event = |what: Value| (other, json!([null, "ev", what]).to_string());
        match request[1].as_str().unwrap_or_default() {
            "hello" => {
                assert_eq!(request[2]["v"], "3");
                let others: Vec<Value> = self
                    .seats
                    .iter()
                    .map(|side| json!({"id": Self::IDS[*side]}))
                    .collect();
                let mut said = vec![ok(
                    json!({"me": Self::IDS[side], "seat": "q-8841", "others": others}),
                )];
                if !self.seats.is_empty() {
                    // Here the same id is a text.
                    said.push(event(
                        json!({"k": "arrive", "who": Self::IDS[side].to_string()}),
                    ));
                }
                self.seats.push(side);
                said
            }
            "dial" => {
                assert_eq!(request[2]["who"], Self::IDS[other], "a number");
                let ring = json!({"k": "ring", "who": Self::IDS[side], "call": "c-77"});
                vec![event(ring), ok(json!({"call": "c-77"}))]
            }
            "push" => {
                assert_eq!(request[2]["call"], "c-77");
                let push = json!({"k": "push", "call": "c-77", "payload": request[2]["payload"]});
                vec![event(push), ok(json!({}))]
            }
            other => panic!("no request: {other}"),
        }
    }
}

#[test]
fn pages_connect_through_servers_nobody_has_seen() {
    let mut harbor = Harbor { crew: Vec::new() };
    connect(HARBOR, &mut harbor);
    let mut switchboard = Switchboard {
        seats: Vec::new(),
        last: [0; 2],
    };
    connect(SWITCHBOARD, &mut switchboard);
}

fn connect(document: &str, server: &mut dyn Server) {
    let mut world = World::new(&[Firefox, Chromium], 5);
    let ticket = FetchAnswer::Came {
        status: 200,
        text: "T1".to_owned(),
    };
    world.answers.push(("/ticket", ticket));
    let mut heard = [0, 0];
    for (side, place) in PLACES.into_iter().enumerate() {
        let fields = [("endpoint", place), ("mode", "auto")];
        join(&mut world, side, document, &fields);
        serve(&mut world, server, &mut heard, 20);
    }
    serve(&mut world, server, &mut heard, 200);
    assert!(world.open(0, 1), "{:?}", sent(&world, 1));
    assert_eq!(chat(&mut world), Ok(()));
    assert_eq!(refusals(&world, 0), [""; 0]);
}

/// So many rounds in which the server hears what was said and says what it has to.
fn serve(world: &mut World, server: &mut dyn Server, heard: &mut [usize; 2], rounds: usize) {
    for _ in 0..rounds {
        for (side, heard) in heard.iter_mut().enumerate() {
            let frames = sent(world, side).split_off(*heard);
            *heard += frames.len();
            for (_, frame) in frames {
                for (to, said) in server.hear(side, &frame) {
                    say(world, to, said);
                }
            }
        }
        world.wait(50.0);
    }
}

fn say(world: &mut World, side: usize, frame: String) {
    let link = world.sides[side].link.as_ref().expect("there is a link").0;
    let report = SignalReport::Frame(frame);
    world.input(side, Input::Signal { link, report });
}
