//! One peer connection: its listeners, its channels, and its orders, one after another.

use std::collections::VecDeque;

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use webrtc_steps_core::io::{AttemptNumber, Effect, Operation, RtcReport, StateName};
use webrtc_steps_core::settings::IceServer;
use webrtc_steps_core::signal::{Description, DescriptionKind};

use super::bindings::{self, Connection, DataChannel, get, object, word};
use super::channel::Channel;
use super::stats;
use super::track::Track;
use crate::fault::fault;
use crate::inbox::{Inbox, Incoming};
use crate::promise::then;

/// The states that are properties of the connection, and the event that tells of each.
const STATES: [(StateName, &str, &str); 4] = [
    (
        StateName::Signaling,
        "signalingState",
        "signalingstatechange",
    ),
    (
        StateName::IceGathering,
        "iceGatheringState",
        "icegatheringstatechange",
    ),
    (
        StateName::IceConnection,
        "iceConnectionState",
        "iceconnectionstatechange",
    ),
    (
        StateName::Connection,
        "connectionState",
        "connectionstatechange",
    ),
];

/// One attempt's connection. Dropping it removes every listener, then closes it.
pub(super) struct Peer {
    pub(super) attempt: AttemptNumber,
    inbox: Inbox,
    connection: Connection,
    relay_only: bool,
    listeners: Vec<EventListener>,
    channels: Vec<Channel>,
    tracks: Vec<Track>,
    waiting: VecDeque<Effect>,
    working: bool,
}

impl Peer {
    /// Creates the connection with every listener attached, and reports it; `None` when the browser refused.
    pub(super) fn create(
        attempt: AttemptNumber,
        servers: &[IceServer],
        relay_only: bool,
        inbox: &Inbox,
    ) -> Option<Self> {
        let operation = Operation::Create;
        match Connection::new(&bindings::configuration(servers, relay_only)) {
            Ok(connection) => {
                inbox.opened(&connection);
                let listeners = listen(&connection, attempt, inbox);
                inbox.rtc(
                    attempt,
                    RtcReport::Done {
                        operation,
                        description: None,
                    },
                );
                for (name, property, _) in STATES {
                    inbox.rtc(
                        attempt,
                        RtcReport::State {
                            name,
                            value: word(&connection, property),
                        },
                    );
                }
                let (inbox, channels, waiting) = (inbox.clone(), Vec::new(), VecDeque::new());
                Some(Self {
                    attempt,
                    inbox,
                    connection,
                    relay_only,
                    listeners,
                    channels,
                    tracks: Vec::new(),
                    waiting,
                    working: false,
                })
            }
            Err(thrown) => {
                inbox.rtc(
                    attempt,
                    RtcReport::Refused {
                        operation,
                        fault: fault(&thrown),
                    },
                );
                None
            }
        }
    }

    /// Takes an order; those that the browser answers later run one after another.
    pub(super) fn order(&mut self, effect: Effect) {
        match effect {
            Effect::AddDataChannel { .. }
            | Effect::DropDataChannels { .. }
            | Effect::SendText { .. }
            | Effect::SetIceServers { .. }
            | Effect::AddTrack { .. }
            | Effect::ReadStats { .. }
            | Effect::ReadSelectedPair { .. } => self.at_once(effect),
            later => {
                self.waiting.push_back(later);
                self.next();
            }
        }
    }

    /// The order under way was answered.
    pub(super) fn settled(&mut self) {
        self.working = false;
        self.next();
    }

    pub(super) fn keep(&mut self, channel: Channel) {
        self.channels.push(channel);
    }

    fn at_once(&mut self, effect: Effect) {
        match effect {
            Effect::AddDataChannel { label, options, .. } => {
                let options = bindings::channel_options(&options);
                let made = self.connection.create_data_channel(&label, &options);
                let made = made.map(|channel| Channel::attach(channel, self.attempt, &self.inbox));
                self.answer(
                    Operation::AddDataChannel,
                    made.as_ref().map(|_| ()).map_err(fault),
                );
                if let Ok(channel) = made {
                    channel.report(self.attempt, &self.inbox);
                    self.keep(channel);
                }
            }
            // Dropping them closes them.
            Effect::DropDataChannels { .. } => self.channels.clear(),
            Effect::SendText { text, .. } => {
                let mut channels = self.channels.iter();
                let open = channels.clone().find(|channel| channel.is_open());
                // Without an open one the browser says what is wrong.
                let sent = match open.or_else(|| channels.next()) {
                    Some(channel) => channel.send(&text),
                    None => Err(fault(&JsValue::from_str("no channel is open"))),
                };
                self.answer(Operation::Send, sent);
            }
            Effect::SetIceServers { ice_servers, .. } => {
                // A browser that refuses them goes on with those it has.
                let _refused = self
                    .connection
                    .set_configuration(&bindings::configuration(&ice_servers, self.relay_only));
            }
            Effect::AddTrack { .. } => {
                let added = Track::add(&self.connection).map_err(|thrown| fault(&thrown));
                self.answer(
                    Operation::AddTrack,
                    added.as_ref().map(|_| ()).map_err(Clone::clone),
                );
                self.tracks.extend(added);
            }
            Effect::ReadStats { .. } => stats::read(&self.connection, self.attempt, &self.inbox),
            _ => stats::read_selected_pair(&self.connection, self.attempt, &self.inbox),
        }
    }

    fn answer(&self, operation: Operation, result: Result<(), webrtc_steps_core::io::Fault>) {
        let report = match result {
            Ok(()) => RtcReport::Done {
                operation,
                description: None,
            },
            Err(fault) => RtcReport::Refused { operation, fault },
        };
        self.inbox.rtc(self.attempt, report);
    }

    fn next(&mut self) {
        if self.working {
            return;
        }
        let Some(effect) = self.waiting.pop_front() else {
            return;
        };
        let Some((operation, asked)) = self.ask(effect) else {
            return self.next();
        };
        self.working = true;
        match asked {
            Ok(promise) => self.report_when_settled(operation, &promise),
            Err(thrown) => self.inbox.rtc(
                self.attempt,
                RtcReport::Refused {
                    operation,
                    fault: fault(&thrown),
                },
            ),
        }
    }

    fn ask(&self, effect: Effect) -> Option<(Operation, Result<Promise, JsValue>)> {
        let connection = &self.connection;
        Some(match effect {
            Effect::CreateOffer { ice_restart, .. } => {
                let options = object(&[("iceRestart", ice_restart.into())]);
                (Operation::CreateOffer, connection.create_offer(&options))
            }
            Effect::CreateAnswer { .. } => (Operation::CreateAnswer, connection.create_answer()),
            Effect::SetLocalDescription { description, .. } => {
                let asked = connection.set_local_description(&bindings::description(&description));
                (Operation::SetLocalDescription(description.kind), asked)
            }
            Effect::SetRemoteDescription { description, .. } => {
                let asked = connection.set_remote_description(&bindings::description(&description));
                (Operation::SetRemoteDescription(description.kind), asked)
            }
            Effect::AddCandidate { candidate, .. } => (
                Operation::AddCandidate,
                connection.add_ice_candidate(&bindings::candidate(&candidate)),
            ),
            _ => return None,
        })
    }

    /// A promise whose connection was closed never settles.
    fn report_when_settled(&self, operation: Operation, promise: &Promise) {
        let (attempt, inbox, connection) =
            (self.attempt, self.inbox.clone(), self.connection.clone());
        let done = move |value: JsValue| {
            // The state is told before the call is done, in whichever order this browser fires its event.
            inbox.rtc(
                attempt,
                RtcReport::State {
                    name: StateName::Signaling,
                    value: word(&connection, "signalingState"),
                },
            );
            report_largest_message(&connection, attempt, &inbox);
            inbox.rtc(
                attempt,
                RtcReport::Done {
                    operation,
                    description: read_description(operation, &value),
                },
            );
        };
        let inbox = self.inbox.clone();
        let refused = move |thrown: JsValue| {
            inbox.rtc(
                attempt,
                RtcReport::Refused {
                    operation,
                    fault: fault(&thrown),
                },
            );
        };
        then(promise, done, refused);
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.listeners.clear();
        self.channels.clear();
        self.tracks.clear();
        self.connection.close();
        self.inbox.closed(&self.connection);
    }
}

/// Every listener of a connection, attached before anything is asked of it: candidates and channels are never repeated.
fn listen(connection: &Connection, attempt: AttemptNumber, inbox: &Inbox) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    for (name, property, event) in STATES {
        let (source, inbox) = (connection.clone(), inbox.clone());
        listeners.push(EventListener::new(connection, event, move |_| {
            inbox.rtc(
                attempt,
                RtcReport::State {
                    name,
                    value: word(&source, property),
                },
            );
        }));
    }
    let (source, to) = (connection.clone(), inbox.clone());
    listeners.push(EventListener::new(
        connection,
        "icecandidate",
        move |event| {
            let candidate = get(event, "candidate");
            if candidate.is_null() {
                let complete = get(&get(&source, "localDescription"), "sdp").as_string();
                to.rtc(attempt, RtcReport::GatheringEnded { complete });
            } else if let Some(candidate) = bindings::read_candidate(&candidate) {
                to.rtc(attempt, RtcReport::LocalCandidate(candidate));
            }
        },
    ));
    let to = inbox.clone();
    listeners.push(EventListener::new(
        connection,
        "icecandidateerror",
        move |event| {
            to.rtc(attempt, candidate_error(event));
        },
    ));
    let to = inbox.clone();
    listeners.push(EventListener::new(
        connection,
        "negotiationneeded",
        move |_| to.rtc(attempt, RtcReport::NegotiationNeeded),
    ));
    let to = inbox.clone();
    listeners.push(EventListener::new(connection, "track", move |event| {
        let kind = word(&get(event, "track"), "kind");
        to.rtc(attempt, RtcReport::TrackCame { kind });
    }));
    let to = inbox.clone();
    listeners.push(EventListener::new(
        connection,
        "datachannel",
        move |event| {
            let channel: DataChannel = get(event, "channel").unchecked_into();
            let label = channel.label();
            let channel = Channel::attach(channel, attempt, &to);
            to.rtc(attempt, RtcReport::ChannelAnnounced { label });
            // Some browsers announce a channel that is open already.
            channel.report(attempt, &to);
            to.send(Incoming::Channel(attempt, channel));
        },
    ));
    listeners
}

fn candidate_error(event: &JsValue) -> RtcReport {
    let code = bindings::count(event, "errorCode");
    let code = code.and_then(|code| u16::try_from(code).ok()).unwrap_or(0);
    RtcReport::CandidateError {
        url: word(event, "url"),
        code,
        text: word(event, "errorText"),
    }
}

/// `RTCSctpTransport.maxMessageSize`, where there is one.
fn report_largest_message(connection: &Connection, attempt: AttemptNumber, inbox: &Inbox) {
    let bytes = bindings::count(&get(connection, "sctp"), "maxMessageSize");
    if let Some(bytes) = bytes.filter(|bytes| *bytes > 0) {
        inbox.rtc(attempt, RtcReport::MaxMessageSize(bytes));
    }
}

fn read_description(operation: Operation, value: &JsValue) -> Option<Description> {
    let kind = match operation {
        Operation::CreateOffer => DescriptionKind::Offer,
        Operation::CreateAnswer => DescriptionKind::Answer,
        _ => return None,
    };
    Some(Description {
        kind,
        sdp: word(value, "sdp"),
    })
}
