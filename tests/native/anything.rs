//! Anything that can happen to a session, likely or not: what property tests draw from.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use webrtc_steps_core::command::{Command, Plain};
use webrtc_steps_core::dialect::FetchAnswer;
use webrtc_steps_core::io::{
    Fault, Input, Operation, Presence, RtcReport, SignalReport, StateName,
};
use webrtc_steps_core::signal::{Candidate, Description, DescriptionKind};

use crate::pair::sdp::{Engine, Speaker};
use crate::pair::watch::{CREDENTIAL, USERNAME};

/// Something that happens. What names a link or an attempt means the present one unless it says another.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    Command(Command),
    Rtc(Option<u32>, RtcReport),
    Signal(Option<u32>, SignalReport),
    Plainly(Input),
    /// The browser does the oldest order it has not answered.
    Obeys,
    /// The browser refuses it.
    Refuses(String),
    /// The clock jumps: anything a clock can say, and some things it cannot.
    Time(f64),
}

pub(crate) fn speaker(name: &str, generation: u32) -> Speaker {
    Speaker {
        engine: Engine::Firefox,
        name: name.to_owned(),
        generation,
    }
}

/// Words that mean something somewhere, and some that mean nothing anywhere.
fn word() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "",
        "a-1",
        "b-2",
        "stable",
        "have-local-offer",
        "have-remote-offer",
        "closed",
        "new",
        "connecting",
        "connected",
        "failed",
        "disconnected",
        "open",
        "closing",
        "chat",
        "offer",
        "answer",
        "blue",
        "InvalidStateError",
        "OperationError",
        "TypeError",
        "SecurityError",
    ];
    prop_oneof![3 => select(KNOWN).prop_map(str::to_owned), 1 => any::<String>()]
}

fn description() -> impl Strategy<Value = Description> {
    let kind = prop_oneof![Just(DescriptionKind::Offer), Just(DescriptionKind::Answer)];
    (
        kind,
        select(vec!["m", "t", "u"]),
        1_u32..4,
        any::<bool>(),
        any::<String>(),
        0_u8..6,
    )
        .prop_map(|(kind, name, generation, channel, noise, damage)| {
            let mut description = speaker(name, generation).describe(kind, 1, channel);
            match damage {
                0 => description.sdp = noise,
                1 => description.sdp.push_str(&noise),
                2 => description.sdp = description.sdp.replace("\r\n", "\\r\\n"),
                _ => {}
            }
            description
        })
}

fn candidate() -> impl Strategy<Value = Candidate> {
    let real = (select(vec!["m", "t", "u"]), 1_u32..4, 0_u32..3)
        .prop_map(|(name, generation, index)| speaker(name, generation).candidate(index));
    let any = (
        word(),
        any::<Option<String>>(),
        any::<Option<u16>>(),
        any::<Option<String>>(),
    )
        .prop_map(
            |(candidate, sdp_mid, sdp_m_line_index, username_fragment)| Candidate {
                candidate,
                sdp_mid,
                sdp_m_line_index,
                username_fragment,
            },
        );
    prop_oneof![3 => real, 1 => any]
}

/// A document with a rule for each event, each kind of repetition, a request and a plan of channels.
const EVERYTHING: &str = r#"{
    "dialect": "everything", "url": "{endpoint}/{made}", "polite": "{made} < {theirs}",
    "variables": {"made": {"make": "text 4"}, "side": {"ask": "Side"}, "peer": {"ask": "Whom"}},
    "channels": [{"label": "m"}, {"label": "t", "negotiated": true, "id": 3}],
    "messages": [
        {"on": "connect", "fetch": {"url": "{endpoint}/id", "read": {"id": "{theirs}"}}},
        {"on": "open", "send": {"hello": "{made}"}},
        {"read": {"in": "{self}", "all": ["{peer}", "..."]}, "means": ["joined", "peers"]},
        {"read": {"ice": ["{iceServer}", "..."]}, "means": "ice-servers"},
        {"read": {"over": true}, "means": "closed"},
        {"read": {"left": "{peer}"}, "means": "leave"},
        {"both": {"ready": "{from}"}, "means": "request-offer"},
        {"both": {"held": "{late}", "sdp": "{description}", "to": "{to}"}, "means": ["offer", "answer"]},
        {"both": {"ice": ["{candidate}", "..."], "to": "{to}"}, "means": "candidate", "after": "answer"},
        {"read": {"late": "{late}"}},
        {"every": "5 s", "send": {"ping": "{made}"}},
        {"on": "close", "if": "{close.code} = 4000", "means": "error"},
        {"on": "leave", "fetch": {"url": "{endpoint}/bye", "body": {"from": "{made}"}}}
    ]
}"#;

/// The form's fields: mostly ones that can be joined with, with TURN credentials nobody may hear of.
fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
    let endpoint = prop_oneof![4 => Just("ws://relay.test".to_owned()), 2 => Just("tabs:".to_owned()),
        2 => Just("paste:".to_owned()), 1 => any::<String>()];
    let mode = prop_oneof![8 => select(vec!["manual", "trickle", "auto"]).prop_map(str::to_owned), 1 => any::<String>()];
    let role = prop_oneof![8 => select(vec!["auto", "offerer", "answerer"]).prop_map(str::to_owned), 1 => any::<String>()];
    let servers = select(vec![
        "",
        "stun:s.test",
        "turn:t.test, stun:s.test",
        "turn:t.test?transport=tcp",
        "stun://s",
    ]);
    let other = vec((word(), any::<String>()), 0..3);
    let dialect = prop_oneof![
        6 => Just("relay"),
        2 => select(vec!["custom", "raw", "peerjs", "/own.json", "janus-echotest", "apprtc", "nowhere"]),
    ];
    let asked = vec(
        (
            select(vec!["var.peer", "var.self", "var.side", "hosts"]),
            word(),
        ),
        0..3,
    );
    let asked = asked.prop_map(|asked| {
        asked
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
    });
    let other = (other, asked)
        .prop_map(|(other, asked)| other.into_iter().chain(asked).collect::<Vec<_>>());
    (endpoint, mode, role, servers, word(), other, dialect).prop_map(
        |(endpoint, mode, role, servers, room, other, dialect)| {
            let named = [
                ("endpoint", endpoint),
                ("mode", mode),
                ("role", role),
                ("room", room),
                ("ice-servers", servers.to_owned()),
                ("dialect", dialect.to_owned()),
                ("dialect-document", EVERYTHING.to_owned()),
                ("ice-username", USERNAME.to_owned()),
                ("ice-credential", CREDENTIAL.to_owned()),
            ];
            let named = named
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value));
            named.chain(other).collect()
        },
    )
}

fn command() -> impl Strategy<Value = Command> {
    let plain = select(Plain::ALL.to_vec()).prop_map(|(plain, _)| Command::Plain(plain));
    let text = prop_oneof![
        any::<String>(),
        description().prop_map(|one| paper(&one)),
        frame()
    ];
    prop_oneof![
        3 => fields().prop_map(Command::Join),
        1 => fields().prop_map(Command::Consider),
        12 => plain,
        1 => any::<String>().prop_map(Command::SendMessage),
        1 => (0_usize..100_000).prop_map(|length| Command::SendMessage("x".repeat(length))),
        2 => text.prop_map(Command::ReadSignal),
    ]
}

fn paper(description: &Description) -> String {
    let one = serde_json::json!({"type": description.kind.word(), "sdp": description.sdp});
    serde_json::json!({"webrtc-steps": 1, "description": one}).to_string()
}

/// Frames of the relay and of a peer behind it, and nonsense.
fn frame() -> impl Strategy<Value = String> {
    let id = || select(vec!["a-1", "b-2", "c-3"]);
    let joined = (id(), vec(id(), 0..3)).prop_map(|(own, peers)| {
        serde_json::json!({"joined": {"self": own, "peers": peers, "resume": "another-seat", "version": 1}})
    });
    let notice = (select(vec!["peer-joined", "peer-left"]), id())
        .prop_map(|(what, id)| serde_json::json!({what: id}));
    let said = description().prop_map(
        |one| serde_json::json!({"description": {"type": one.kind.word(), "sdp": one.sdp}}),
    );
    let route = candidate().prop_map(|one| {
        serde_json::json!({"candidate": {"candidate": one.candidate, "sdpMid": one.sdp_mid,
            "sdpMLineIndex": one.sdp_m_line_index, "usernameFragment": one.username_fragment}})
    });
    let rest = select(vec![
        serde_json::json!({"bye": true}),
        serde_json::json!({"candidate": null}),
        serde_json::json!({"error": {"code": "room-full", "message": "full"}}),
        serde_json::json!({"surprise": [1, {"deep": null}]}),
        serde_json::json!({"in": "a-1", "all": ["b-2", "c-3"]}),
        serde_json::json!({"ice": [{"urls": "turn:t.test", "username": "u", "credential": "theirs"}]}),
        serde_json::json!({"over": true}),
        serde_json::json!({"ready": "b-2"}),
        serde_json::json!({"late": 1}),
    ]);
    let data = prop_oneof![4 => said, 4 => route, 1 => rest.clone()];
    let passed =
        (id(), data).prop_map(|(from, data)| serde_json::json!({"from": from, "data": data}));
    prop_oneof![
        3 => joined.prop_map(|frame| frame.to_string()),
        2 => notice.prop_map(|frame| frame.to_string()),
        8 => passed.prop_map(|frame| frame.to_string()),
        1 => rest.prop_map(|frame| frame.to_string()),
        1 => any::<String>(),
    ]
}

fn made() -> impl Strategy<Value = Operation> {
    let kind = || prop_oneof![Just(DescriptionKind::Offer), Just(DescriptionKind::Answer)];
    prop_oneof![
        Just(Operation::Create),
        Just(Operation::AddDataChannel),
        Just(Operation::CreateOffer),
        Just(Operation::CreateAnswer),
        kind().prop_map(Operation::SetLocalDescription),
        kind().prop_map(Operation::SetRemoteDescription),
        Just(Operation::AddCandidate),
        Just(Operation::Send),
    ]
}

fn rtc_report() -> impl Strategy<Value = RtcReport> {
    let state = select(vec![
        StateName::Signaling,
        StateName::IceGathering,
        StateName::IceConnection,
        StateName::Connection,
        StateName::Channel,
    ]);
    let done =
        (made(), proptest::option::of(description())).prop_map(|(operation, description)| {
            RtcReport::Done {
                operation,
                description,
            }
        });
    let refused = (made(), word(), any::<String>()).prop_map(|(operation, name, message)| {
        RtcReport::Refused {
            operation,
            fault: Fault { name, message },
        }
    });
    prop_oneof![
        2 => done,
        1 => refused,
        6 => (state, word()).prop_map(|(name, value)| RtcReport::State { name, value }),
        4 => candidate().prop_map(RtcReport::LocalCandidate),
        2 => any::<Option<String>>().prop_map(|complete| RtcReport::GatheringEnded { complete }),
        1 => (any::<String>(), any::<u16>(), any::<String>())
            .prop_map(|(url, code, text)| RtcReport::CandidateError { url, code, text }),
        1 => word().prop_map(|label| RtcReport::ChannelAnnounced { label }),
        3 => (word(), word()).prop_map(|(label, state)| RtcReport::ChannelState { label, state }),
        1 => any::<String>().prop_map(RtcReport::Text),
        1 => any::<String>().prop_map(RtcReport::TextInBytes),
        1 => (any::<u64>(), any::<bool>()).prop_map(|(bytes, binary)| RtcReport::Unreadable { bytes, binary }),
        1 => Just(RtcReport::RoomAgain),
        1 => (any::<String>(), any::<String>()).prop_map(|(local, remote)| RtcReport::SelectedPair { local, remote }),
        1 => any::<u64>().prop_map(RtcReport::MaxMessageSize),
    ]
}

fn answer() -> impl Strategy<Value = FetchAnswer> {
    let text = prop_oneof![3 => Just(r#"{"id": "t1"}"#.to_owned()), 1 => any::<String>()];
    let status = prop_oneof![3 => Just(200_u16), 1 => any::<u16>()];
    prop_oneof![
        4 => (status, text).prop_map(|(status, text)| FetchAnswer::Came { status, text }),
        1 => Just(FetchAnswer::Blind),
        1 => any::<String>().prop_map(FetchAnswer::Failed),
    ]
}

/// A document by a place that the fields name, or one that nobody asked for.
fn document() -> impl Strategy<Value = Input> {
    let place = select(vec!["/own.json", "nowhere", "relay", "custom"]);
    let missing = || Fault {
        name: "NotFoundError".to_owned(),
        message: String::new(),
    };
    let answer = prop_oneof![
        3 => Just(Ok(EVERYTHING.to_owned())),
        1 => any::<String>().prop_map(Ok),
        1 => Just(()).prop_map(move |()| Err(missing())),
    ];
    (place, answer).prop_map(|(place, answer)| Input::Document {
        place: place.to_owned(),
        answer,
    })
}

fn signal_report() -> impl Strategy<Value = SignalReport> {
    let presence = (word(), vec(word(), 0..3)).prop_map(|(me, peers)| Presence { me, peers });
    prop_oneof![
        3 => proptest::option::of(presence).prop_map(|presence| SignalReport::Open { presence }),
        1 => word().prop_map(SignalReport::PeerJoined),
        1 => word().prop_map(SignalReport::PeerLeft),
        1 => Just(SignalReport::Full),
        16 => frame().prop_map(SignalReport::Frame),
        1 => any::<u32>().prop_map(SignalReport::TooLong),
        1 => Just(SignalReport::Binary),
        4 => (0_u32..4, answer()).prop_map(|(id, answer)| SignalReport::Fetched { id, answer }),
        2 => (any::<u16>(), any::<String>()).prop_map(|(code, reason)| SignalReport::Closed { code, reason }),
        1 => (word(), any::<String>()).prop_map(|(name, message)| SignalReport::Refused(Fault { name, message })),
    ]
}

pub(crate) fn happening() -> impl Strategy<Value = Happening> {
    let other = || prop_oneof![12 => Just(None), 1 => any::<u32>().prop_map(Some), 1 => (0_u32..4).prop_map(Some)];
    let time = prop_oneof![
        8 => 0.0..1.0e6_f64,
        1 => any::<f64>(),
        1 => select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, -1.0, -0.0]),
    ];
    prop_oneof![
        10 => command().prop_map(Happening::Command),
        8 => (other(), rtc_report()).prop_map(|(of, report)| Happening::Rtc(of, report)),
        10 => (other(), signal_report()).prop_map(|(of, report)| Happening::Signal(of, report)),
        12 => Just(Happening::Obeys),
        1 => word().prop_map(Happening::Refuses),
        2 => time.prop_map(Happening::Time),
        1 => any::<bool>().prop_map(|done| Happening::Plainly(Input::Copied(done))),
        1 => select(vec![Input::Tick, Input::PageHide]).prop_map(Happening::Plainly),
        1 => document().prop_map(Happening::Plainly),
        1 => (word(), word()).prop_map(|(field, value)| Happening::Plainly(Input::Begins { field, value, by: "page" })),
    ]
}
