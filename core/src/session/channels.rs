//! The data channels: the form's one, or those that the dialect's other side expects.

use super::{By, Session};
use crate::dialect::Channel;
use crate::io::{Effect, Operation, Role, StateName, Ticket, What};
use crate::settings::ChannelOptions;
use crate::words::say;

impl Session {
    /// The offerer creates the channels; the answerer those that both sides create (`negotiated`), and listens for the
    /// others since the peer connection is there.
    pub(super) fn add_data_channel(&mut self, by: By, ticket: Option<Ticket>) {
        if self.facts.attempt.channel_open {
            return self.add_later_channel(by, ticket);
        }
        let Some(run) = &self.run else { return };
        let answers = self.facts.run.role == Some(Role::Answerer);
        let planned = run.channels.iter();
        let mut mine: Vec<Channel> = planned
            .filter(|channel| !answers || channel.options.negotiated.is_some())
            .cloned()
            .collect();
        self.attempt.planned = true;
        let Some(last) = mine.pop() else {
            return self.listen_for_channels(ticket);
        };
        for channel in mine {
            self.add_channel(channel, by, None);
        }
        self.add_channel(last, by, ticket);
    }

    /// Channels that both sides agreed on open only if both create them: an answer without them would connect nothing.
    pub(super) fn add_agreed_channels(&mut self) {
        let agreed = self.run.as_ref().is_some_and(|run| {
            let mut planned = run.channels.iter();
            planned.any(|channel| channel.options.negotiated.is_some())
        });
        if agreed && !self.attempt.planned && self.facts.run.role == Some(Role::Answerer) {
            self.note(say("note.channel-agreed"));
            self.add_data_channel(By::Page, None);
        }
    }

    fn add_later_channel(&mut self, by: By, ticket: Option<Ticket>) {
        self.attempt.later = self.attempt.later.saturating_add(1);
        let label = format!("later-{}", self.attempt.later);
        let options = ChannelOptions::reliable();
        self.add_channel(Channel { label, options }, by, ticket);
    }

    fn listen_for_channels(&mut self, ticket: Option<Ticket>) {
        self.facts.attempt.channel_added = true;
        let (call, fact) = (
            "addEventListener(\"datachannel\")".to_owned(),
            Some(say("fact.listening")),
        );
        self.tell(What::Done {
            step: Some(16),
            call,
            fact,
        });
        self.outcome(ticket, None);
    }

    pub(super) fn add_channel(&mut self, channel: Channel, by: By, ticket: Option<Ticket>) {
        let effect = Effect::AddDataChannel {
            attempt: self.attempt.number,
            label: channel.label.clone(),
            options: channel.options.clone(),
        };
        self.attempt.adding.push_back(channel);
        self.operate(Operation::AddDataChannel, effect, by, ticket);
    }

    /// The browser made the one that was asked for first.
    pub(super) fn added_channel(&mut self) {
        let Some(Channel { label, options }) = self.attempt.adding.pop_front() else {
            return;
        };
        self.facts.attempt.channel_added = self.attempt.adding.is_empty();
        if self.facts.attempt.channel_label.is_some() {
            let note = say("note.channel-too").with("label", &label);
            self.note(note);
            if !self.facts.attempt.channel_open {
                return;
            }
        } else {
            self.facts.attempt.channel_label = Some(label.clone());
        }
        let mut words = vec![if options.ordered {
            "ordered".to_owned()
        } else {
            "ordered: false".to_owned()
        }];
        let numbers = [
            ("maxRetransmits", options.max_retransmits),
            ("maxPacketLifeTime", options.max_packet_life_time),
            ("negotiated, id", options.negotiated),
        ];
        let numbers = numbers.into_iter();
        words.extend(numbers.filter_map(|(name, number)| Some(format!("{name}: {}", number?))));
        if !options.protocol.is_empty() {
            words.push(format!("protocol: {}", options.protocol));
        }
        self.tell(What::Channel {
            label,
            options: words.join(", "),
            state: "connecting".to_owned(),
        });
    }

    /// The browser refused to make the one that was asked for first.
    pub(super) fn channel_refused(&mut self) {
        self.attempt.adding.pop_front();
    }

    /// The other side made a channel. After two offers crossed there may be one of each side: the first that opens counts.
    pub(super) fn channel_announced(&mut self, label: String) {
        self.facts.attempt.channel_added = true;
        if self.is_beside(&label) || self.facts.attempt.channel_open {
            self.note(say("note.channel-came").with("label", &label));
            return self.tell_beside(label, "announced".to_owned());
        }
        self.facts.attempt.channel_label = Some(label.clone());
        self.tell(What::Channel {
            label,
            options: String::new(),
            state: "announced".to_owned(),
        });
    }

    /// A channel's state changed. One is the chat's; of the others only the text is shown.
    pub(super) fn channel_state(&mut self, label: String, state: String) {
        let was_open = self.facts.attempt.channel_open;
        let closes = matches!(state.as_str(), "closing" | "closed");
        let other = self.facts.attempt.channel_label.as_deref() != Some(&label);
        if self.is_beside(&label) || (was_open && (other || !closes)) {
            return self.tell_beside(label, state);
        }
        if state == "open" {
            self.facts.attempt.channel_label = Some(label.clone());
        }
        self.facts.attempt.channel_open = state == "open";
        self.tell(What::State {
            name: StateName::Channel,
            value: state.clone(),
        });
        self.tell(What::Channel {
            label,
            options: String::new(),
            state,
        });
        if was_open && closes {
            self.peer_hung_up(say("ended.channel-closed"));
        }
    }

    /// Tells of a channel that was added beside those of the plan.
    fn tell_beside(&mut self, label: String, state: String) {
        let first = self.facts.attempt.channel_label.as_deref() == Some(&label);
        let mut planned = self.run.iter().flat_map(|run| &run.channels);
        if !first && !planned.any(|channel| channel.label == label) {
            let options = String::new();
            self.tell(What::Channel {
                label,
                options,
                state,
            });
        }
    }

    /// An offerer that yields listens for the other side's channel, and nobody else listens to its own. Those that both
    /// sides agreed on stay.
    pub(super) fn forget_channels(&mut self) {
        let agreed = self.run.as_ref().is_some_and(|run| {
            let mut planned = run.channels.iter();
            planned.any(|channel| channel.options.negotiated.is_some())
        });
        let Some(label) = self.facts.attempt.channel_label.take_if(|_| !agreed) else {
            return;
        };
        self.facts.attempt.channel_added = false;
        self.attempt.planned = false;
        let attempt = self.attempt.number;
        self.order(Effect::DropDataChannels { attempt });
        self.tell(What::Channel {
            label,
            options: String::new(),
            state: "closed".to_owned(),
        });
    }

    /// Whether a channel is one of several, and not the first.
    fn is_beside(&self, label: &str) -> bool {
        let several = self.run.as_ref().is_some_and(|run| run.channels.len() > 1);
        let first = self.facts.attempt.channel_label.as_deref();
        several && first.is_some_and(|first| first != label)
    }
}
