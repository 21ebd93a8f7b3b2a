//! Making a dialect fit: what a captured message would be read as, which dialect frames belong to, and changing over.

use super::Session;
use super::documents::{CUSTOM, Found, missing};
use super::signals::near;
use super::trial::{Trial, fits};
use crate::built_in::NAMES;
use crate::command::{Command, MOST_MESSAGES, messages};
use crate::dialect::{Conversation, Dialect, Told};
use crate::io::{Probe, Ticket, What};
use crate::settings::{self, Field};
use crate::words::{Message, say};

/// Their bytes, together.
const MOST_BYTES: usize = 1 << 20;

/// What the workbench knows.
#[derive(Default)]
pub(super) struct Bench {
    /// The form of the present run: changing the dialect joins with it again.
    fields: Vec<Field>,
    /// Places that the editor waits for.
    opening: Vec<String>,
    /// A probe that waits for the dialect that its document extends.
    probe: Option<(String, String, Option<Ticket>)>,
    /// Captured messages that wait for the built-in documents.
    asked: Option<(String, Option<Ticket>)>,
    /// Different frames of this run that its dialect does not know.
    unknown: Vec<String>,
    /// The built-in dialects and what they made of the first of these.
    trials: Vec<Trial>,
    tried: usize,
    bytes: usize,
}

impl Session {
    /// A command of the workbench.
    pub(super) fn bench_command(&mut self, command: Command, ticket: Option<Ticket>) {
        match command {
            Command::Probe { document, message } => self.probe(document, message, ticket),
            Command::OpenDocument(place) => self.open_document(place.trim(), ticket),
            Command::Recognise(text) => self.recognise(text, ticket),
            Command::SwitchDialect { dialect, document } => {
                self.switch_dialect(&dialect, &document, ticket)
            }
            _ => {}
        }
    }

    /// A run begins with these fields.
    pub(super) fn bench_joins(&mut self, fields: &[Field]) {
        let bench = &mut self.bench;
        bench.fields = fields.to_vec();
        bench.unknown.clear();
        bench.trials.clear();
        (bench.tried, bench.bytes) = (0, 0);
    }

    /// A frame came that the dialect does not know: perhaps another one does.
    pub(super) fn bench_unknown(&mut self, frame: &str) {
        let bench = &mut self.bench;
        let bytes = bench.bytes.saturating_add(frame.len());
        let known = bench.unknown.iter().any(|known| known == frame);
        if known || bench.unknown.len() >= MOST_MESSAGES || bytes > MOST_BYTES {
            return;
        }
        bench.bytes = bytes;
        bench.unknown.push(frame.to_owned());
        self.try_all();
    }

    /// The library has a document, or knows that it cannot be had.
    pub(super) fn bench_document(&mut self, place: &str) {
        let before = self.bench.opening.len();
        self.bench.opening.retain(|known| known != place);
        if self.bench.opening.len() < before {
            self.open_document(place, None);
        }
        if let Some((document, message, ticket)) = self.bench.probe.take() {
            self.probe(document, message, ticket);
        }
        if self.bench.asked.is_some() || self.bench.tried < self.bench.unknown.len() {
            self.try_all();
        }
    }

    fn probe(&mut self, document: String, message: String, ticket: Option<Ticket>) {
        if let Some((.., before)) = self.bench.probe.take() {
            self.outcome(before, None);
        }
        let (mistakes, messages) = match self.library.find(CUSTOM, &document) {
            Found::Ready(dialect, _) => {
                let probed = self.probed(&dialect, &document, &message);
                (Vec::new(), probed)
            }
            Found::Coming(places) => {
                self.load(&places);
                self.bench.probe = Some((document, message, ticket));
                return;
            }
            Found::Wrong(_, mistakes) => (mistakes, Vec::new()),
            Found::Missing(..) => Default::default(),
        };
        self.tell(What::Probed { mistakes, messages });
        self.outcome(ticket, None);
    }

    /// Reads the messages on a copy: of the conversation under way, or of one in which nothing is known yet.
    fn probed(&self, dialect: &Dialect, document: &str, text: &str) -> Vec<Probe> {
        let mut conversation = match &self.run {
            Some(run) if run.document == document => run.conversation.clone(),
            Some(run) => run.conversation.under(dialect),
            None => Conversation::unbound(dialect),
        };
        let read = messages(text)
            .into_iter()
            .map(|message| self.read_on(&mut conversation, dialect, message));
        read.collect()
    }

    fn read_on(&self, talk: &mut Conversation, dialect: &Dialect, message: &str) -> Probe {
        let reading = talk.read(message);
        let credentials = self.credentials_in(&reading.told);
        let shown = |text: &str| self.shown(&talk.shown(text), &credentials);
        let captured = reading.captured.iter();
        let nearest = reading.unknown.as_ref().and_then(|nearest| nearest.rule);
        Probe {
            told: reading.told.iter().map(Told::word).collect(),
            rule: reading.rule,
            near: reading.unknown.as_ref().map(near),
            skipped: reading.skipped.as_ref().map(near),
            rule_text: nearest.or(reading.rule).and_then(|rule| dialect.rule(rule)),
            replies: reading.replies.iter().map(|reply| shown(reply)).collect(),
            captured: captured
                .map(|(name, value)| (name.clone(), shown(value)))
                .collect(),
        }
    }

    fn open_document(&mut self, place: &str, ticket: Option<Ticket>) {
        if ticket.is_some() {
            self.forget_failures();
        }
        let (text, refused) = match self.library.reach(place) {
            Ok(text) => (text.to_owned(), None),
            Err(Found::Coming(_)) if !is_own(place) => (String::new(), Some(foreign(place))),
            Err(Found::Coming(places)) => {
                self.load(&places);
                self.bench.opening.push(place.to_owned());
                return self.outcome(ticket, None);
            }
            Err(Found::Missing(place, fault)) => (String::new(), Some(missing(&place, &fault))),
            Err(_) => return self.outcome(ticket, None),
        };
        self.outcome(ticket, refused.clone());
        self.tell(What::Opened {
            place: place.to_owned(),
            text,
            refused,
        });
    }

    /// Leaves and joins again. A document with mistakes, and an answer that it does not take, are told before anything is
    /// lost.
    fn switch_dialect(&mut self, dialect: &str, document: &str, ticket: Option<Ticket>) {
        if self.run.is_none() {
            return self.outcome(ticket, Some(say("reason.not-joined")));
        }
        self.forget_failures();
        let mut fields = self.bench.fields.clone();
        for (name, value) in [("dialect", dialect), ("dialect-document", document)] {
            fields.retain(|(field, _)| field != name);
            fields.push((name.to_owned(), value.to_owned()));
        }
        let refused = match self.library.find(dialect, document) {
            Found::Wrong(_, mistakes) => {
                let messages = Vec::new();
                self.tell(What::Probed { mistakes, messages });
                Some(say("reason.document-wrong"))
            }
            Found::Missing(place, fault) => Some(missing(&place, &fault)),
            Found::Ready(found, _) => {
                let answers = settings::answers(found.asks(), &fields, &self.start);
                let mistakes = answers.err().unwrap_or_default();
                mistakes.into_iter().next().map(|mistake| mistake.message)
            }
            Found::Coming(_) => None,
        };
        if let Some(message) = refused {
            return self.refuse_switch(message, ticket);
        }
        self.leave(say("left.dialect"), None);
        self.join(&fields, ticket);
    }

    fn refuse_switch(&mut self, message: Message, ticket: Option<Ticket>) {
        self.tell(What::FieldRefused {
            field: "dialect".to_owned(),
            message: message.clone(),
        });
        self.outcome(ticket, Some(message));
    }

    fn recognise(&mut self, text: String, ticket: Option<Ticket>) {
        if let Some((_, before)) = self.bench.asked.replace((text, ticket)) {
            self.outcome(before, None);
        }
        self.forget_failures();
        self.try_all();
    }

    /// Tries what waits, as soon as every document is there.
    fn try_all(&mut self) {
        if let Some((text, ticket)) = self.bench.asked.take() {
            let Some(trials) = self.trials() else {
                self.bench.asked = Some((text, ticket));
                return;
            };
            self.tell_fits_of(trials, &text);
            self.outcome(ticket, None);
        }
        if self.bench.tried == self.bench.unknown.len() {
            return;
        }
        if self.bench.trials.is_empty() {
            let Some(trials) = self.trials() else { return };
            self.bench.trials = trials;
        }
        let bench = &mut self.bench;
        for frame in bench.unknown.iter().skip(bench.tried) {
            bench.trials.iter_mut().for_each(|trial| trial.take(frame));
        }
        bench.tried = bench.unknown.len();
        let fits = fits(&self.bench.trials, self.bench.tried);
        self.tell(What::Fits(fits));
    }

    fn tell_fits_of(&mut self, mut trials: Vec<Trial>, text: &str) {
        let frames = messages(text);
        for frame in &frames {
            trials.iter_mut().for_each(|trial| trial.take(frame));
        }
        self.tell(What::Fits(fits(&trials, frames.len())));
    }

    /// Every built-in dialect that can be had; none while some are being read.
    fn trials(&mut self) -> Option<Vec<Trial>> {
        let (mut trials, mut coming) = (Vec::new(), Vec::new());
        for name in NAMES {
            match self.library.find(name, "") {
                Found::Ready(dialect, _) => trials.push(Trial::new(name, dialect)),
                Found::Coming(mut places) => coming.append(&mut places),
                Found::Wrong(..) | Found::Missing(..) => {}
            }
        }
        self.load(&coming);
        coming.is_empty().then_some(trials)
    }
}

/// A name, or a path on the page's own origin. The page's side looks once more at where it leads.
fn is_own(place: &str) -> bool {
    !place.contains([':', '\\']) && !place.starts_with("//")
}

fn foreign(place: &str) -> Message {
    say("field.document-foreign").with("name", place)
}
