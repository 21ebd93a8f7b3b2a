//! Joining and leaving a room: the form is read, its document found, and the link opened; and all of it closed again.

use super::Session;
use super::documents::{Found, mistake, wants_a_look};
use super::members::Run;
use crate::dialect::{Channel, Conversation, Dialect, encode};
use crate::io::{Linked, StateName, Ticket, What};
use crate::settings::{self, Endpoint, Field, FieldMistake, Settings};
use crate::words::{Message, say};

/// What the form leads to.
enum Prepared {
    Run(Box<Run>),
    /// These documents have to be read first.
    Waits(Vec<String>),
    Refused(Vec<FieldMistake>),
    /// A link named this document, and nobody has seen yet what is in it.
    Unseen(String),
}

impl Session {
    /// Reads the form and opens the link; a mistake is named and nothing is contacted.
    pub(super) fn join(&mut self, fields: &[Field], ticket: Option<Ticket>) {
        if self.run.is_some() {
            return self.outcome(ticket, Some(say("reason.joined-already")));
        }
        if self.waits_for_document() {
            return self.outcome(ticket, Some(say("reason.document-coming")));
        }
        self.forget_failures();
        self.join_now(fields, ticket, false);
    }

    /// Takes another value that the form begins with. A run goes on with what it was joined with, and that is said.
    pub(super) fn begin_with(&mut self, field: String, value: String, by: &'static str) {
        if self.run.is_some() {
            self.note(say("note.next-run").with("name", &field));
        }
        self.start.begin(field, value, by);
    }

    /// Joins, or waits for the document. `unseen`: a link named it, and the user has not seen what is in it.
    pub(super) fn join_now(&mut self, fields: &[Field], ticket: Option<Ticket>, unseen: bool) {
        match self.prepare(fields, ticket, unseen) {
            Prepared::Run(run) => {
                self.bench_joins(fields);
                self.enter(*run);
            }
            Prepared::Unseen(place) => {
                self.tell_linked(&place, Linked::Halted);
                self.outcome(ticket, Some(say("reason.document-unseen")));
            }
            Prepared::Waits(places) => self.wait_for(&places, fields, ticket),
            Prepared::Refused(mistakes) => {
                let first = mistakes.first().map(|mistake| mistake.message.clone());
                for FieldMistake { field, message } in mistakes {
                    let field = field.into_owned();
                    self.tell(What::FieldRefused { field, message });
                }
                self.outcome(ticket, first);
            }
        }
    }

    fn prepare(&mut self, fields: &[Field], ticket: Option<Ticket>, unseen: bool) -> Prepared {
        let read = Settings::read(fields, &self.start);
        let (name, found) = self.find_for(fields);
        let mut wrong = read.as_ref().err().cloned().unwrap_or_default();
        wrong.extend(mistake(&found));
        let (settings, dialect, text) = match (read, &found) {
            (Ok(settings), Found::Ready(dialect, text)) => (settings, dialect, text),
            (Ok(_), Found::Coming(places)) => return Prepared::Waits(places.clone()),
            _ => {
                self.tell_chosen(name, &found, false);
                return Prepared::Refused(wrong);
            }
        };
        if unseen && wants_a_look(dialect) {
            return Prepared::Unseen(name);
        }
        let answers = match settings::answers(dialect.asks(), fields, &self.start) {
            Ok(answers) => answers,
            Err(mistakes) => return Prepared::Refused(mistakes),
        };
        let run = self.run_of(settings, dialect, text, answers, ticket);
        self.tell_chosen(name, &found, true);
        Prepared::Run(Box::new(run))
    }

    fn run_of(
        &mut self,
        settings: Settings,
        dialect: &Dialect,
        document: &str,
        answers: Vec<(String, String)>,
        join_ticket: Option<Ticket>,
    ) -> Run {
        let conversation = self.converse(&settings, dialect, &answers);
        let whom = answers
            .iter()
            .find(|(name, value)| name == "peer" && !value.is_empty());
        let has_server = matches!(settings.endpoint, Endpoint::Socket(_));
        let planned = dialect.channels().to_vec();
        let own = Channel {
            label: settings.label.clone(),
            options: settings.channel.clone(),
        };
        Run {
            brake: super::brake::Brake::default(),
            dialect: dialect.clone(),
            conversation,
            room: settings.room.clone(),
            document: document.to_owned(),
            shared: settings::shareable(dialect.asks(), &answers),
            tab_id: format!("{:08x}", self.random.next() >> 32),
            in_room: false,
            been_in: false,
            just_in: false,
            me: None,
            peers: Vec::new(),
            unnamed: false,
            partner: whom.map(|(_, peer)| peer.clone()),
            calls: whom.is_some(),
            aside: None,
            paused: false,
            join_ticket,
            knows_presence: matches!(settings.endpoint, Endpoint::Tabs | Endpoint::Line)
                || dialect.names_peers(),
            alone: has_server && !dialect.meets_itself(),
            trickles: dialect.trickles(),
            batches: dialect.batches(),
            asks_for_offers: dialect.asks_for_offers(),
            asked: None,
            held: Vec::new(),
            joins_by_message: dialect.joins_by_message(),
            named_servers: Vec::new(),
            channels: if planned.is_empty() {
                vec![own]
            } else {
                planned
            },
            settings,
        }
    }

    /// The conversation of a user who gave these answers.
    fn converse(
        &mut self,
        settings: &Settings,
        dialect: &Dialect,
        answers: &[(String, String)],
    ) -> Conversation {
        let endpoint = match &settings.endpoint {
            Endpoint::Socket(url) => url
                .replace("{room}", &encode(&settings.room))
                .trim_end_matches('/')
                .to_owned(),
            _ => String::new(),
        };
        let mut given = vec![
            ("endpoint", endpoint.as_str()),
            ("room", settings.room.as_str()),
        ];
        given.extend(
            answers
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let mut conversation = Conversation::new(dialect, &given, self.random.next());
        conversation.at(self.now + self.start.epoch);
        conversation
    }

    fn enter(&mut self, run: Run) {
        self.facts.renew();
        self.facts.run.begun = true;
        self.facts.run.mode = run.settings.mode;
        self.facts.run.ice_servers = run
            .settings
            .ice_servers
            .iter()
            .map(|server| server.urls.len())
            .sum();
        self.facts.run.trickles = run.trickles;
        let joining = joining(&run);
        self.run = Some(run);
        self.tell(joining);
        for name in StateName::ALL {
            self.tell(What::State {
                name,
                value: "none".to_owned(),
            });
        }
        self.begin_attempt();
        self.open_link();
    }

    /// Says goodbye, closes everything and goes back to before `join`.
    pub(super) fn leave(&mut self, why: Message, ticket: Option<Ticket>) {
        self.stop_waiting(why.clone());
        if self.run.is_none() {
            return self.outcome(ticket, None);
        }
        self.say_bye();
        self.close_attempt(why.clone());
        self.close_link();
        let join_ticket = self.run.take().and_then(|run| run.join_ticket);
        self.outcome(join_ticket, Some(why.clone()));
        self.facts.renew();
        self.tell(What::Role { role: None, why });
        self.tell(What::Left);
        self.outcome(ticket, None);
    }
}

/// What the views may know of a run: public parts only.
fn joining(run: &Run) -> What {
    let settings = &run.settings;
    What::Joining {
        endpoint: match &settings.endpoint {
            Endpoint::Tabs => "tabs:".to_owned(),
            Endpoint::Paste => "paste:".to_owned(),
            Endpoint::Line => "line:".to_owned(),
            Endpoint::Socket(url) => url.clone(),
        },
        room: settings.room.clone(),
        mode: settings.mode.word().to_owned(),
        dialect: settings.dialect.clone(),
        ice_servers: settings
            .ice_servers
            .iter()
            .flat_map(|server| server.urls.clone())
            .collect(),
        vars: run.shared.clone(),
        hosts: settings.hosts.names().map(str::to_owned).collect(),
        alone: run.alone,
        tells_peers: run.knows_presence,
        relay_only: settings.relay_only,
    }
}
