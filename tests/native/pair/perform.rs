//! Performs a session's orders as the page does: calls that settle later run one after another, others at once.

use webrtc_steps_core::dialect::FetchAnswer;
use webrtc_steps_core::io::{Effect, Input, Operation, RtcReport, SignalReport, StateName};
use webrtc_steps_core::settings::{ChannelOptions, IceServer};

use super::browser::{Channel, Connection, operation};
use super::world::{Due, World};

/// How long a browser takes for one call, in ms.
const CALL: f64 = 3.0;
/// From one candidate to the next.
const GATHER: f64 = 20.0;
/// Host candidates of one machine.
const CANDIDATES: u32 = 2;

impl World {
    pub(crate) fn perform(&mut self, side: usize, effect: Effect) {
        match effect {
            Effect::OpenLink { link, transport } => self.open_link(side, link, transport),
            Effect::SendFrame { link, text } => self.send_frame(side, link, text),
            Effect::CloseLink { link } => self.close_link(side, Some(link)),
            Effect::Wake { at } => {
                self.sides[side].wakes += 1;
                // Browsers fire timers a little early by their own clock.
                let (number, wait) = (self.sides[side].wakes, (at - self.now).ceil() - 0.5);
                self.later(wait.max(1.0), side, Due::Wake(number));
            }
            Effect::LoadDocument { place } => {
                let found = self.documents.get(&place).cloned();
                let answer = found.ok_or_else(|| super::browser::fault("NotFoundError", ""));
                self.later(0.0, side, Due::Input(Input::Document { place, answer }));
            }
            Effect::Fetch {
                fetch,
                parting: true,
                ..
            } => self.partings.push(fetch.url),
            Effect::Fetch { link, fetch, .. } => {
                let mut known = self.answers.iter();
                let answer = known.find(|(part, _)| fetch.url.contains(part));
                let silent = || FetchAnswer::Failed("nobody is there".to_owned());
                let answer = answer.map_or_else(silent, |(_, answer)| answer.clone());
                let report = SignalReport::Fetched {
                    id: fetch.id,
                    answer,
                };
                self.signal(2.0 * self.network.delay, side, link, report);
            }
            Effect::Copy { text } => {
                self.sides[side].clipboard = text;
                self.later(1.0, side, Due::Input(Input::Copied(true)));
            }
            Effect::CreatePeerConnection {
                attempt,
                ice_servers,
                ..
            } => {
                self.configure(&ice_servers);
                self.create(side, attempt);
            }
            Effect::SetIceServers { ice_servers, .. } => self.configure(&ice_servers),
            Effect::ClosePeerConnection { attempt } => self.close_connection(side, attempt),
            other => self.order(side, other),
        }
    }

    /// The order under way was answered: the next one can go.
    pub(crate) fn order_answered(&mut self, side: usize, attempt: u32) {
        if let Some(connection) = self.connection(side, attempt) {
            connection.working = false;
            self.next_order(side);
        }
    }

    /// The browser answers the order it is working on. One whose connection was closed never is.
    pub(crate) fn settles(&mut self, side: usize, attempt: u32) {
        let now = self.now;
        let Some(effect) = self
            .connection(side, attempt)
            .and_then(|connection| connection.waiting.pop_front())
        else {
            return;
        };
        let Some(operation) = operation(&effect) else {
            return;
        };
        let refusal = self.refusal(side, operation);
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        let before = connection.signaling;
        let applied = refusal.map_or_else(|| connection.apply(now, &effect), Err);
        let (after, largest) = (connection.signaling, connection.largest());
        let state = || RtcReport::State {
            name: StateName::Signaling,
            value: after.to_owned(),
        };
        if before != after {
            self.report(side, attempt, state());
        }
        match applied {
            Err(fault) => self.report(side, attempt, RtcReport::Refused { operation, fault }),
            Ok(description) => {
                self.report(side, attempt, state());
                if let Some(bytes) = largest {
                    self.report(side, attempt, RtcReport::MaxMessageSize(bytes));
                }
                self.report(
                    side,
                    attempt,
                    RtcReport::Done {
                        operation,
                        description,
                    },
                );
                self.start_gathering(side, attempt, operation);
                self.announce_track(side, attempt, &effect);
            }
        }
        self.look_for_pairs();
    }

    /// One more candidate was found, or there are no more.
    pub(crate) fn gathers(&mut self, side: usize, attempt: u32, ufrag: String, found: u32) {
        let Some(connection) = self
            .connection(side, attempt)
            .filter(|connection| connection.ice.local == ufrag)
        else {
            return;
        };
        if found > CANDIDATES {
            connection.gathering = "complete";
            let complete = connection.complete();
            self.state(side, attempt, StateName::IceGathering, "complete");
            return self.report(side, attempt, RtcReport::GatheringEnded { complete });
        }
        let candidate = connection.speaker.candidate(found);
        connection.found.push(candidate.clone());
        self.report(side, attempt, RtcReport::LocalCandidate(candidate));
        self.later(
            GATHER,
            side,
            Due::Gathers {
                attempt,
                ufrag,
                found: found + 1,
            },
        );
    }

    /// The live connection of a side, if it is that of this attempt.
    pub(crate) fn connection(&mut self, side: usize, attempt: u32) -> Option<&mut Connection> {
        self.sides[side]
            .connection
            .as_mut()
            .filter(|connection| connection.attempt == attempt)
    }

    /// Tells a state of the connection.
    pub(crate) fn state(&mut self, side: usize, attempt: u32, name: StateName, value: &str) {
        self.report(
            side,
            attempt,
            RtcReport::State {
                name,
                value: value.to_owned(),
            },
        );
    }

    fn configure(&mut self, servers: &[IceServer]) {
        let urls: Vec<&str> = servers
            .iter()
            .flat_map(|server| server.urls.iter().map(String::as_str))
            .collect();
        self.configurations.push(urls.join(" "));
    }

    fn create(&mut self, side: usize, attempt: u32) {
        let operation = Operation::Create;
        if let Some(fault) = self.refusal(side, operation) {
            return self.report(side, attempt, RtcReport::Refused { operation, fault });
        }
        let Self { sides, .. } = self;
        let name = format!("{}{attempt}", sides[side].name);
        sides[side].connection = Some(Connection::new(attempt, sides[side].engine, &name));
        self.report(
            side,
            attempt,
            RtcReport::Done {
                operation,
                description: None,
            },
        );
        for (name, value) in [
            (StateName::Signaling, "stable"),
            (StateName::IceGathering, "new"),
            (StateName::IceConnection, "new"),
            (StateName::Connection, "new"),
        ] {
            self.state(side, attempt, name, value);
        }
    }

    fn order(&mut self, side: usize, effect: Effect) {
        match effect {
            Effect::AddDataChannel {
                attempt,
                label,
                options,
            } => self.add_channel(side, attempt, label, &options),
            Effect::DropDataChannels { attempt } => {
                if let Some(connection) = self.connection(side, attempt) {
                    connection.channel = None;
                }
            }
            Effect::SendText { attempt, text } => self.send_text(side, attempt, text),
            Effect::AddTrack { attempt } => self.add_track(side, attempt),
            Effect::ReadStats { attempt } => {
                let text = "[]".to_owned();
                self.report(side, attempt, RtcReport::Stats { text });
            }
            Effect::ReadSelectedPair { attempt } => {
                let (local, remote) = ("mine".to_owned(), "theirs".to_owned());
                self.report(side, attempt, RtcReport::SelectedPair { local, remote });
            }
            later => {
                if let Some(connection) = &mut self.sides[side].connection {
                    connection.waiting.push_back(later);
                    self.next_order(side);
                }
            }
        }
    }

    fn next_order(&mut self, side: usize) {
        let Some(connection) = &mut self.sides[side].connection else {
            return;
        };
        if !connection.working && !connection.waiting.is_empty() {
            connection.working = true;
            let attempt = connection.attempt;
            self.later(CALL, side, Due::Settles { attempt });
        }
    }

    /// The first one is modelled; others are only made.
    fn add_channel(&mut self, side: usize, attempt: u32, label: String, options: &ChannelOptions) {
        let operation = Operation::AddDataChannel;
        if let Some(fault) = self.refusal(side, operation) {
            return self.report(side, attempt, RtcReport::Refused { operation, fault });
        }
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        connection.channel.get_or_insert(Channel {
            label: label.clone(),
            state: "connecting",
            own: true,
            negotiated: options.negotiated.is_some(),
            buffered: 0,
        });
        self.report(
            side,
            attempt,
            RtcReport::Done {
                operation,
                description: None,
            },
        );
        let state = "connecting".to_owned();
        self.report(side, attempt, RtcReport::ChannelState { label, state });
    }

    fn send_text(&mut self, side: usize, attempt: u32, text: String) {
        let operation = Operation::Send;
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        let sent = connection.send(text.len());
        let partner = connection.partner;
        match sent {
            Err(fault) => self.report(side, attempt, RtcReport::Refused { operation, fault }),
            Ok(()) => {
                self.report(
                    side,
                    attempt,
                    RtcReport::Done {
                        operation,
                        description: None,
                    },
                );
                if let Some((other, theirs)) = partner {
                    let report = RtcReport::Text(text);
                    self.later(
                        2.0,
                        other,
                        Due::Input(Input::Rtc {
                            attempt: theirs,
                            report,
                        }),
                    );
                }
            }
        }
    }

    fn add_track(&mut self, side: usize, attempt: u32) {
        let operation = Operation::AddTrack;
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        connection.track = true;
        self.report(
            side,
            attempt,
            RtcReport::Done {
                operation,
                description: None,
            },
        );
        self.report(side, attempt, RtcReport::NegotiationNeeded);
    }

    /// A section for video in their offer brings a track, once.
    fn announce_track(&mut self, side: usize, attempt: u32, done: &Effect) {
        let Effect::SetRemoteDescription { description, .. } = done else {
            return;
        };
        let offered = description.sdp.contains("m=video")
            && description.kind == webrtc_steps_core::signal::DescriptionKind::Offer;
        let Some(connection) = self.connection(side, attempt).filter(|_| offered) else {
            return;
        };
        if !std::mem::replace(&mut connection.track_came, true) {
            let kind = "video".to_owned();
            self.report(side, attempt, RtcReport::TrackCame { kind });
        }
    }

    fn start_gathering(&mut self, side: usize, attempt: u32, done: Operation) {
        let Some(connection) = self.connection(side, attempt) else {
            return;
        };
        let ufrag = connection.ice.local.clone();
        let gathered = connection
            .found
            .first()
            .and_then(|first| first.username_fragment.as_deref());
        let fresh = matches!(done, Operation::SetLocalDescription(_))
            && gathered != Some(&ufrag)
            && !ufrag.is_empty();
        if fresh {
            connection.found.clear();
            connection.gathering = "gathering";
            self.state(side, attempt, StateName::IceGathering, "gathering");
            self.later(
                GATHER,
                side,
                Due::Gathers {
                    attempt,
                    ufrag,
                    found: 1,
                },
            );
        }
    }

    fn refusal(
        &mut self,
        side: usize,
        operation: Operation,
    ) -> Option<webrtc_steps_core::io::Fault> {
        let refusals = &mut self.sides[side].refusals;
        let at = refusals.iter().position(|(of, _)| *of == operation)?;
        Some(refusals.remove(at).1)
    }
}
