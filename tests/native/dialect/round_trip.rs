//! What one side writes, the other side of the same dialect reads as the same thing, through what its server does to it.

use serde_json::{Value, json};

use crate::load;
use crate::transcript::Side;

/// Two sides of a dialect who are about to talk: lines of a transcript that bring them there.
struct Meeting {
    name: &'static str,
    /// The one who offers. `<me>` and `<other>` are the ids that the two made up.
    offerer: &'static [&'static str],
    answerer: &'static [&'static str],
    /// What the server does to a message from one of these two; none: it keeps it.
    pass: fn(Value, &str) -> Option<Value>,
}

const OFFERER: &str = "a";
const ANSWERER: &str = "b";

#[test]
fn what_one_side_writes_the_other_reads_as_the_same() {
    for meeting in &MEETINGS {
        let mut pair = Pair::meet(meeting);
        let name = meeting.name;
        assert_eq!(pair.say(0, "offer"), ["offer"], "{name}");
        assert_eq!(pair.say(1, "answer"), ["answer"], "{name}");
        for side in [0, 1] {
            let candidate = pair.say(side, "candidate");
            if pair.trickles {
                assert_eq!(candidate, ["candidate"], "{name}");
                let end = pair.say(side, "end");
                assert!(end.is_empty() || end == ["end"], "{name}: {end:?}");
            }
        }
    }
}

#[test]
fn two_pages_can_meet_through_exactly_these() {
    let meets = |name: &&str| load(name).meets_itself();
    let names = webrtc_steps_core::dialect::BUILT_IN.map(|(name, _)| name);
    let mut can: Vec<&str> = names.into_iter().filter(meets).collect();
    let mut tried: Vec<&str> = MEETINGS.iter().map(|meeting| meeting.name).collect();
    can.sort_unstable();
    tried.sort_unstable();
    assert_eq!(can, tried);
}

struct Pair {
    sides: [Side; 2],
    pass: fn(Value, &str) -> Option<Value>,
    trickles: bool,
}

impl Pair {
    fn meet(meeting: &Meeting) -> Self {
        let dialect = load(meeting.name);
        let lines = [meeting.offerer, meeting.answerer];
        let mut sides = [0, 1].map(|at: usize| {
            let lines = lines[at];
            let mut given = vec![("endpoint", "ws://host"), ("room", "r1")];
            let words = lines.iter().filter_map(|line| line.strip_prefix("given "));
            given.extend(words.filter_map(|words| words.split_once(' ')));
            let mut side = Side::new(&dialect, &given, at as u64);
            side.does("connect");
            side
        });
        let ids = [0, 1].map(|at| sides[at].conversation.self_id().unwrap_or_default());
        for at in [0, 1] {
            let mut transaction = String::new();
            for line in lines[at].iter().filter(|line| !line.starts_with("given ")) {
                let line = line
                    .replace("<me>", &ids[at])
                    .replace("<other>", &ids[1 - at])
                    .replace("<transaction>", &transaction);
                let lines = sides[at].does(&line);
                let made = lines
                    .iter()
                    .find_map(|line| line.split(r#""transaction":""#).nth(1));
                let made = made.and_then(|made| made.split('"').next());
                transaction = made.unwrap_or_default().to_owned();
            }
        }
        Self {
            sides,
            pass: meeting.pass,
            trickles: dialect.trickles(),
        }
    }

    /// Says something at one side; the events that the other is told.
    fn say(&mut self, from: usize, deed: &str) -> Vec<String> {
        let lines = self.sides[from].does(deed);
        let frames: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.strip_prefix("> ").or(line.strip_prefix("body ")))
            .collect();
        let mut told = Vec::new();
        for frame in frames {
            let (packet, json) = frame.split_at(frame.find(['{', '[', '"']).unwrap_or_default());
            let message = serde_json::from_str(json).expect("a frame of JSON");
            let Some(passed) = (self.pass)(message, [OFFERER, ANSWERER][from]) else {
                continue;
            };
            let heard = self.sides[1 - from].does(&format!("< {packet}{passed}"));
            assert!(!heard.is_empty(), "{passed} is understood");
            told.extend(heard.iter().map(|line| {
                let word = line.strip_prefix("~ ").unwrap_or(line);
                word.split(' ').next().unwrap_or_default().to_owned()
            }));
        }
        told
    }
}

/// The server sends everything on as it came.
fn unchanged(message: Value, _: &str) -> Option<Value> {
    Some(message)
}

const MEETINGS: [Meeting; 21] = [
    Meeting {
        name: "relay",
        offerer: &[r#"< {"joined": {"self": "a", "peers": ["b"], "resume": "t"}}"#],
        answerer: &[r#"< {"joined": {"self": "b", "peers": [], "resume": "t"}}"#],
        pass: |message, sender| Some(json!({"from": sender, "data": message["data"]})),
    },
    Meeting {
        name: "tabs",
        offerer: &["peer b"],
        answerer: &["peer a"],
        pass: unchanged,
    },
    Meeting {
        name: "paste",
        offerer: &[],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "raw",
        offerer: &[],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "perfect-negotiation",
        offerer: &["given side impolite"],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "samples-channel",
        offerer: &[],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "simple-peer",
        offerer: &[],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "course",
        offerer: &[r#"< {"data": {"type": "JOIN_ROOM_RESPONSE_SUCCESS", "creatorId": <other>}}"#],
        answerer: &[
            "given side create",
            "http blind",
            r#"< {"data": {"type": "JOIN_ROOM_NOTIFY", "joinUserId": <other>}}"#,
        ],
        pass: unchanged,
    },
    Meeting {
        name: "course-variant",
        offerer: &[r#"< {"data": {"type": "ROOM_JOIN_RESPONSE_SUCCESS", "creatorId": <other>}}"#],
        answerer: &[
            "given side create",
            "http blind",
            r#"< {"data": {"type": "NOTIFY", "joinUserId": <other>}}"#,
        ],
        pass: unchanged,
    },
    Meeting {
        name: "peerjs",
        offerer: &["given self a", "given peer b", r#"< {"type": "OPEN"}"#],
        answerer: &["given self b", r#"< {"type": "OPEN"}"#],
        pass: |mut message, sender| {
            message["src"] = json!(sender);
            Some(message)
        },
    },
    Meeting {
        name: "matchbox",
        offerer: &[r#"< {"IdAssigned": "a"}"#, r#"< {"NewPeer": "b"}"#],
        answerer: &[r#"< {"IdAssigned": "b"}"#],
        pass: |message, sender| {
            let data = &message["Signal"]["data"];
            Some(json!({"Signal": {"sender": sender, "data": data}}))
        },
    },
    Meeting {
        name: "y-webrtc",
        offerer: &[
            r#"< {"type": "publish", "topic": "r1", "data": {"type": "announce", "from": "<other>"}}"#,
        ],
        answerer: &["open"],
        pass: |mut message, _| {
            message["clients"] = json!(2);
            Some(message)
        },
    },
    Meeting {
        name: "godot",
        offerer: &[
            r#"< {"type": 1, "id": 264512902}"#,
            r#"< {"type": 2, "id": 1}"#,
        ],
        answerer: &[
            r#"< {"type": 1, "id": 1}"#,
            r#"< {"type": 2, "id": 264512902}"#,
        ],
        pass: |mut message, sender| {
            message["id"] = json!(if sender == OFFERER { 264_512_902 } else { 1 });
            Some(message)
        },
    },
    Meeting {
        name: "wasm-peers",
        offerer: &[r#"< {"SessionReady": ["r1", true]}"#],
        answerer: &[r#"< {"SessionReady": ["r1", false]}"#],
        pass: unchanged,
    },
    Meeting {
        name: "gstreamer",
        offerer: &[
            "given side producer",
            r#"< {"type": "welcome", "peerId": "a"}"#,
            r#"< {"type": "startSession", "peerId": "b", "sessionId": "s"}"#,
        ],
        answerer: &[
            r#"< {"type": "welcome", "peerId": "b"}"#,
            r#"< {"type": "list", "producers": [{"id": "a"}]}"#,
            r#"< {"type": "sessionStarted", "peerId": "a", "sessionId": "s"}"#,
        ],
        pass: unchanged,
    },
    Meeting {
        name: "apprtc",
        offerer: &[
            r#"http 200 {"result": "SUCCESS", "params": {"client_id": "a", "is_initiator": "true", "wss_url": "wss://c/ws", "messages": [], "pc_config": "{}"}}"#,
            "open",
        ],
        answerer: &[
            r#"http 200 {"result": "SUCCESS", "params": {"client_id": "b", "is_initiator": "false", "wss_url": "wss://c/ws", "messages": [], "pc_config": "{}"}}"#,
            "open",
        ],
        pass: |message, _| {
            // What came by HTTP is the message itself.
            let text = message["msg"].as_str().map(str::to_owned);
            Some(json!({"msg": text.unwrap_or_else(|| message.to_string()), "error": ""}))
        },
    },
    Meeting {
        name: "trystero-relay",
        offerer: &[r#"< {"topic": "r1", "payload": {"from": "<other>", "hello": true}}"#],
        answerer: &["open"],
        pass: |message, _| Some(json!({"topic": "r1", "payload": message["payload"]})),
    },
    Meeting {
        name: "antmedia",
        offerer: &[r#"< {"command": "start", "streamId": "r1"}"#],
        answerer: &[],
        pass: unchanged,
    },
    Meeting {
        name: "simple-signal",
        offerer: &["given peer b", r#"< 40{"sid": "a"}"#],
        answerer: &[r#"< 40{"sid": "b"}"#],
        pass: |mut message, sender| {
            message[1]["initiator"] = json!(sender);
            Some(message)
        },
    },
    Meeting {
        name: "bittorrent-tracker",
        offerer: &[],
        answerer: &[],
        pass: |message, _| {
            let mut passed =
                json!({"action": "announce", "info_hash": "r1", "peer_id": message["peer_id"]});
            match message["offers"].get(0) {
                Some(offer) => {
                    passed["offer"] = offer["offer"].clone();
                    passed["offer_id"] = offer["offer_id"].clone();
                }
                None => {
                    passed["answer"] = message["answer"].clone();
                    passed["offer_id"] = message["offer_id"].clone();
                }
            }
            Some(passed)
        },
    },
    Meeting {
        name: "janus-videocall",
        offerer: &["given self a", "given peer b", "open", JANUS[0], JANUS[1]],
        answerer: &["given self b", "open", JANUS[0], JANUS[1]],
        pass: |message, sender| {
            if message["janus"] == "trickle" {
                // The server has candidates of its own.
                return Some(
                    json!({"janus": "trickle", "sender": 2, "candidate": message["candidate"]}),
                );
            }
            let event = if message["body"]["request"] == "call" {
                "incomingcall"
            } else {
                "accepted"
            };
            let result = json!({"event": event, "username": sender});
            Some(
                json!({"janus": "event", "sender": 2, "plugindata": {"data": {"result": result}}, "jsep": message["jsep"]}),
            )
        },
    },
];

/// A session and a handle. `<transaction>` is the one just written.
const JANUS: [&str; 2] = [
    r#"< {"janus": "success", "transaction": "<transaction>", "data": {"id": 1}}"#,
    r#"< {"janus": "success", "transaction": "<transaction>", "data": {"id": 2}}"#,
];
