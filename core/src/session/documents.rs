//! Dialect documents: those that come with the page, and those that are asked for by their place.

use serde_json::Value;

use super::Session;
use crate::dialect::Dialect;
use crate::io::{Chosen, Effect, Fault, Linked, Ticket, What};
use crate::settings::{self, Endpoint, Field, FieldMistake};
use crate::words::{Message, say};

/// The value of the field `dialect` that stands for the document in the field `dialect-document`.
pub(super) const CUSTOM: &str = "custom";
/// Documents kept at once.
const MOST: usize = 64;
/// How deep documents may extend each other.
const DEEPEST: usize = 4;
/// The longest text that is kept, in bytes: no document may be longer.
const LONGEST: usize = 64 * 1024;

/// What is known of documents, and the form that waits for one.
#[derive(Default)]
pub(super) struct Library {
    /// Each place once.
    places: Vec<(String, State)>,
    /// The form as it was considered last.
    considered: Vec<Field>,
    waiting: Option<Waiting>,
    told: Option<Chosen>,
}

/// How it stands with a place.
enum State {
    Asked,
    Here(String),
    Failed(Fault),
}

/// A join that waits for its document.
struct Waiting {
    fields: Vec<Field>,
    ticket: Option<Ticket>,
    /// A link named the document, and the user has not seen what is in it.
    unseen: bool,
}

/// What became of looking for a document.
pub(super) enum Found {
    /// It is here and has no mistakes.
    Ready(Dialect, String),
    /// It is here: its text, and JSON pointer and sentence of each mistake.
    Wrong(String, Vec<(String, String)>),
    /// These places have to be read first.
    Coming(Vec<String>),
    /// It could not be read.
    Missing(String, Fault),
}

impl Library {
    /// The text of a document that comes with the page or was read.
    pub(super) fn text(&self, place: &str) -> Option<&str> {
        let read = || match self.state(place) {
            Some(State::Here(text)) => Some(text.as_str()),
            _ => None,
        };
        Dialect::built_in(place).or_else(read)
    }

    /// Notes that a place is being read; whether it was not yet.
    pub(super) fn ask(&mut self, place: &str) -> bool {
        let fresh = !matches!(self.state(place), Some(State::Asked));
        self.set(place, State::Asked);
        fresh
    }

    fn state(&self, place: &str) -> Option<&State> {
        let mut places = self.places.iter();
        places
            .find(|(known, _)| known == place)
            .map(|(_, state)| state)
    }

    fn set(&mut self, place: &str, state: State) {
        self.places.retain(|(known, _)| known != place);
        if self.places.len() >= MOST {
            self.places.remove(0);
        }
        self.places.push((place.to_owned(), state));
    }

    /// Looks for the document of a name, and for those it extends.
    pub(super) fn find(&self, name: &str, custom: &str) -> Found {
        let text = match self.reach(name) {
            _ if name == CUSTOM => custom,
            Ok(text) => text,
            Err(found) => return found,
        };
        let mut parent = Dialect::parent_of(text);
        for _ in 0..DEEPEST {
            let Some(name) = parent else { break };
            parent = match self.reach(&name) {
                Ok(text) => Dialect::parent_of(text),
                Err(coming @ Found::Coming(_)) => return coming,
                // The engine names what it misses.
                Err(_) => None,
            };
        }
        let parents = |name: &str| self.text(name).map(str::to_owned);
        match Dialect::load_with(text, &parents) {
            Ok(dialect) => Found::Ready(dialect, text.to_owned()),
            Err(mistakes) => {
                let mistakes = mistakes.into_iter();
                let named = mistakes.map(|one| (one.pointer, one.wrong.to_string()));
                Found::Wrong(text.to_owned(), named.collect())
            }
        }
    }

    pub(super) fn reach(&self, place: &str) -> Result<&str, Found> {
        if let Some(text) = self.text(place) {
            return Ok(text);
        }
        if let Some(State::Failed(fault)) = self.state(place) {
            return Err(Found::Missing(place.to_owned(), fault.clone()));
        }
        if is_path(place) || is_name(place) {
            return Err(Found::Coming(vec![place.to_owned()]));
        }
        let (name, message) = ("NotFoundError".to_owned(), String::new());
        Err(Found::Missing(place.to_owned(), Fault { name, message }))
    }

    fn keep(&mut self, place: &str, answer: Result<String, Fault>) {
        let state = match answer {
            Ok(text) if text.len() <= LONGEST => State::Here(text),
            Ok(_) => State::Failed(Fault {
                name: "QuotaExceededError".to_owned(),
                message: String::new(),
            }),
            Err(fault) => State::Failed(fault),
        };
        self.set(place, state);
    }
}

impl Session {
    /// The document that a form asks for: its transport's own, or what the dialect's field names.
    pub(super) fn find_for(&self, fields: &[Field]) -> (String, Found) {
        let name = match settings::where_to(fields, &self.start) {
            // A line speaks as tabs do: both carry plain lines between two.
            Some(Endpoint::Tabs | Endpoint::Line) => "tabs",
            Some(Endpoint::Paste) => "paste",
            _ => settings::dialect(fields, &self.start),
        };
        let custom = settings::document(fields, &self.start);
        let found = match self.library.find(name, custom) {
            Found::Wrong(text, _) if self.is_damaged(&text, name, fields) => damaged(),
            found => found,
        };
        (name.to_owned(), found)
    }

    /// Tells what joining with these fields would contact and what their dialect is; asks for the document if needed.
    pub(super) fn consider(&mut self, fields: Vec<Field>) {
        let (name, found) = self.find_for(&fields);
        let dialect = match &found {
            Found::Ready(dialect, _) => Some(dialect),
            _ => None,
        };
        let contacts = settings::contacts(&fields, &self.start, dialect);
        self.tell(What::Contacts { contacts });
        self.tell_chosen(name.clone(), &found, false);
        let linked = is_path(&name) && self.is_by_link(&fields);
        match &found {
            // A place out of a link is not even read before the click on join.
            Found::Coming(_) if linked => self.tell_linked(&name, Linked::Unread),
            Found::Coming(places) => self.load(places),
            Found::Missing(place, fault) => self.tell(What::FieldRefused {
                field: "dialect".to_owned(),
                message: missing(place, fault),
            }),
            Found::Ready(dialect, _) => {
                self.refuse_secrets(dialect, &fields);
                if linked && wants_a_look(dialect) {
                    self.tell_linked(&name, Linked::Read);
                }
            }
            Found::Wrong(..) => {}
        }
        self.library.considered = fields;
    }

    /// A document came, or did not: what waited for it goes on.
    pub(super) fn document_came(&mut self, place: &str, answer: Result<String, Fault>) {
        self.library.keep(place, answer);
        if self.run.is_none() {
            let considered = std::mem::take(&mut self.library.considered);
            self.consider(considered);
        }
        if let Some(waiting) = self.library.waiting.take() {
            self.join_now(&waiting.fields, waiting.ticket, waiting.unseen);
        }
    }

    /// What failed before may be there now.
    pub(super) fn forget_failures(&mut self) {
        let places = &mut self.library.places;
        places.retain(|(_, state)| !matches!(state, State::Failed(_)));
    }

    /// Whether a join waits for its document.
    pub(super) fn waits_for_document(&self) -> bool {
        self.library.waiting.is_some()
    }

    /// Lets a join wait for these places.
    pub(super) fn wait_for(&mut self, places: &[String], fields: &[Field], ticket: Option<Ticket>) {
        let unseen = self.is_by_link(fields);
        let fields = fields.to_vec();
        self.load(places);
        self.library.waiting = Some(Waiting {
            fields,
            ticket,
            unseen,
        });
    }

    /// The join that waits is off.
    pub(super) fn stop_waiting(&mut self, why: Message) {
        if let Some(waiting) = self.library.waiting.take() {
            self.outcome(waiting.ticket, Some(why));
        }
    }

    /// Tells what the chosen dialect is, if that is new, or `always`.
    pub(super) fn tell_chosen(&mut self, name: String, found: &Found, always: bool) {
        let chosen = match found {
            Found::Ready(dialect, text) => Chosen {
                name,
                title: dialect.name().to_owned(),
                document: text.clone(),
                whole: dialect.whole(),
                note: dialect.note().unwrap_or_default().to_owned(),
                asks: dialect.asks().to_vec(),
                channels: dialect
                    .channels()
                    .iter()
                    .map(|channel| channel.label.clone())
                    .collect(),
                inherited: inherited(dialect, text),
                mistakes: Vec::new(),
            },
            Found::Wrong(text, mistakes) => Chosen {
                name,
                document: text.clone(),
                mistakes: mistakes.clone(),
                ..Chosen::default()
            },
            Found::Coming(_) | Found::Missing(..) => return,
        };
        if always || self.library.told.as_ref() != Some(&chosen) {
            self.library.told = Some(chosen.clone());
            self.tell(What::Dialect(chosen));
        }
    }

    pub(super) fn load(&mut self, places: &[String]) {
        for place in places {
            if self.library.ask(place) {
                self.order(Effect::LoadDocument {
                    place: place.clone(),
                });
            }
        }
    }

    pub(super) fn tell_linked(&mut self, place: &str, stage: Linked) {
        let place = place.to_owned();
        self.tell(What::DocumentLinked { place, stage });
    }

    fn is_by_link(&self, fields: &[Field]) -> bool {
        self.start.named_by(fields, "dialect") == Some("link")
    }

    /// Whether a link brought this instead of a document: nothing, or what is left of one that was cut.
    fn is_damaged(&self, text: &str, name: &str, fields: &[Field]) -> bool {
        let is_json = || serde_json::from_str::<Value>(text).is_ok();
        name == CUSTOM && self.is_by_link(fields) && !is_json()
    }

    /// A secret that came by link has been seen by others: it is not used, and that is said.
    fn refuse_secrets(&mut self, dialect: &Dialect, fields: &[Field]) {
        let asks = dialect.asks();
        let named: Vec<String> = settings::secrets_by_link(asks, fields, &self.start)
            .map(|ask| settings::field_of(&ask.name))
            .collect();
        for field in named {
            let message = say("field.secret-by-link");
            self.tell(What::FieldRefused { field, message });
        }
    }
}

/// The rules that a document takes over: those behind its own.
fn inherited(dialect: &Dialect, document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    if document.get("extends").is_none() {
        return Vec::new();
    }
    let own = document.get("messages").and_then(Value::as_array);
    let first = own.map_or(0, Vec::len);
    (first..).map_while(|index| dialect.rule(index)).collect()
}

/// Whether a document does more than speak to the endpoint that the form names.
pub(super) fn wants_a_look(dialect: &Dialect) -> bool {
    !dialect.asks().is_empty() || dialect.names_ice_servers() || dialect.fetches()
}

/// Why a document cannot be used, as the mistake of its field.
pub(super) fn mistake(found: &Found) -> Option<FieldMistake> {
    let message = match found {
        Found::Wrong(_, mistakes) => {
            let places: Vec<&str> = mistakes
                .iter()
                .map(|(pointer, _)| pointer.as_str())
                .collect();
            say("field.dialect-wrong").with("places", places.join(", "))
        }
        Found::Missing(place, fault) => missing(place, fault),
        Found::Ready(..) | Found::Coming(_) => return None,
    };
    Some(FieldMistake::new("dialect", message))
}

/// A document that a link should have brought whole.
fn damaged() -> Found {
    let (name, message) = ("DataError".to_owned(), String::new());
    Found::Missing(CUSTOM.to_owned(), Fault { name, message })
}

pub(super) fn missing(place: &str, fault: &Fault) -> Message {
    let id = match fault.name.as_str() {
        "NotFoundError" if is_path(place) => "field.document-missing",
        "NotFoundError" => "field.dialect-unknown",
        "DataError" => "field.document-damaged",
        "SecurityError" => "field.document-foreign",
        "QuotaExceededError" => "field.document-long",
        "TimeoutError" => "field.document-late",
        _ => "field.document-failed",
    };
    let message = say(id).with("name", place);
    if id == "field.document-failed" {
        return message.with("words", &fault.message);
    }
    message
}

/// A place on the page's own origin, not a name.
fn is_path(place: &str) -> bool {
    place.contains('/') || place.ends_with(".json")
}

fn is_name(place: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    !place.is_empty() && place.len() <= 64 && place.chars().all(plain)
}
