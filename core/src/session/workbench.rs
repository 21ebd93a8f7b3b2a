//! Making a dialect fit: what a captured message would be read as, which dialect frames belong to, and changing over.

use super::Session;
use super::signals::near;
use super::trial::{Trial, fits};
use crate::built_in::NAMES;
use crate::command::Command;
use crate::dialect::{Conversation, Dialect, Mistake};
use crate::io::{Effect, Fault, Probe, Ticket, What};
use crate::settings::Field;
use crate::words::{Message, say};

/// The frames of one run that are tried on other dialects; later ones are only shown.
const MOST_TRIED: usize = 64;
/// Their bytes, together.
const MOST_BYTES: usize = 1 << 20;
/// How often a document's parents are looked up: `extends` goes four deep.
const MOST_PARENTS: usize = 8;

/// What the workbench knows.
#[derive(Default)]
pub(super) struct Bench {
    /// The form of the present run: changing the dialect joins with it again.
    fields: Vec<Field>,
    /// Documents of built-in dialects that came, by name.
    documents: Vec<(&'static str, String)>,
    /// Documents that were asked for and have not come.
    awaited: Vec<String>,
    /// Documents that could not be had; asked for again when the user asks again.
    failed: Vec<&'static str>,
    /// Places that the editor waits for.
    opening: Vec<String>,
    /// A probe that waits for the dialect that its document extends.
    probe: Option<(String, String, Option<Ticket>)>,
    /// Captured messages that wait for the documents.
    asked: Option<(String, Option<Ticket>)>,
    /// Frames of this run that its dialect does not know, until the documents are there.
    unknown: Vec<String>,
    /// The built-in dialects and what they made of this run's unknown frames.
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
        let bytes = bench.bytes + frame.len();
        if bench.tried >= MOST_TRIED || bytes > MOST_BYTES {
            return;
        }
        (bench.tried, bench.bytes) = (bench.tried + 1, bytes);
        bench.unknown.push(frame.to_owned());
        self.try_all();
    }

    /// A document came, or did not.
    pub(super) fn bench_document(&mut self, place: &str, answer: Result<String, Fault>) {
        let bench = &mut self.bench;
        if let Some(name) = NAMES.into_iter().find(|name| *name == place) {
            match &answer {
                Ok(text) => bench.documents.push((name, text.clone())),
                Err(_) => bench.failed.push(name),
            }
        }
        let awaited = take(&mut bench.awaited, place);
        if take(&mut bench.opening, place) {
            self.opened(place, answer.map_err(|fault| fault.message));
        }
        if awaited {
            if let Some((document, message, ticket)) = self.bench.probe.take() {
                self.probe(document, message, ticket);
            }
            if self.bench.awaited.is_empty() {
                self.judge();
            }
        }
    }

    fn probe(&mut self, document: String, message: String, ticket: Option<Ticket>) {
        if let Some((.., before)) = self.bench.probe.take() {
            self.outcome(before, None);
        }
        if let Some(parent) = self.missing_parent(&document)
            && self.want(&parent)
        {
            self.bench.probe = Some((document, message, ticket));
            return;
        }
        let probe = match self.loaded(&document) {
            Ok(dialect) => self.probed(&dialect, &document, &message),
            Err(mistakes) => Probe {
                mistakes: told(mistakes),
                ..Probe::default()
            },
        };
        self.tell(What::Probed(probe));
        self.outcome(ticket, None);
    }

    /// Reads the message on a copy: of the conversation under way, or of one in which nothing is known yet.
    fn probed(&self, dialect: &Dialect, document: &str, message: &str) -> Probe {
        if message.trim().is_empty() {
            return Probe::default();
        }
        let mut conversation = match &self.run {
            Some(run) if run.document == document => run.conversation.clone(),
            Some(run) => run.conversation.under(dialect),
            None => Conversation::unbound(dialect),
        };
        let reading = conversation.read(message.trim());
        Probe {
            mistakes: Vec::new(),
            told: reading.told.iter().map(|told| told.word()).collect(),
            rule: reading.rule,
            near: reading.unknown.as_ref().map(near),
            replies: reading
                .replies
                .iter()
                .map(|reply| conversation.shown(reply))
                .collect(),
            captured: reading.captured,
        }
    }

    fn open_document(&mut self, place: &str, ticket: Option<Ticket>) {
        if !is_own(place) {
            let refused = say("bench.refused.place");
            self.outcome(ticket, Some(refused.clone()));
            return self.tell(What::Opened {
                place: place.to_owned(),
                text: String::new(),
                refused: Some(refused),
            });
        }
        if let Some(text) = self.document(place) {
            self.opened(place, Ok(text));
        } else {
            self.bench.opening.push(place.to_owned());
            self.order_document(place);
        }
        self.outcome(ticket, None);
    }

    fn opened(&mut self, place: &str, answer: Result<String, String>) {
        let (text, refused) = match answer {
            Ok(text) => (text, None),
            Err(words) => (String::new(), Some(not_loaded(place, &words))),
        };
        self.tell(What::Opened {
            place: place.to_owned(),
            text,
            refused,
        });
    }

    /// Leaves and joins again. A document with mistakes is told before anything is lost.
    fn switch_dialect(&mut self, dialect: &str, document: &str, ticket: Option<Ticket>) {
        if self.run.is_none() {
            return self.outcome(ticket, Some(say("reason.not-joined")));
        }
        if dialect == "custom"
            && self.missing_parent(document).is_none()
            && let Err(mistakes) = self.loaded(document)
        {
            self.tell(What::Probed(Probe {
                mistakes: told(mistakes),
                ..Probe::default()
            }));
            return self.outcome(ticket, Some(say("reason.document-wrong")));
        }
        let mut fields = std::mem::take(&mut self.bench.fields);
        for (name, value) in [("dialect", dialect), ("dialect-document", document)] {
            fields.retain(|(field, _)| field != name);
            fields.push((name.to_owned(), value.to_owned()));
        }
        self.leave(say("left.dialect"), None);
        self.join(&fields, ticket);
    }

    fn recognise(&mut self, text: String, ticket: Option<Ticket>) {
        if let Some((_, before)) = self.bench.asked.replace((text, ticket)) {
            self.outcome(before, None);
        }
        self.bench.failed.clear();
        self.try_all();
    }

    /// Tries what waits, as soon as every document is there.
    fn try_all(&mut self) {
        let mut waits = false;
        for name in NAMES {
            waits |= self.document(name).is_none() && self.want(name);
        }
        if !waits {
            self.judge();
        }
    }

    fn judge(&mut self) {
        if let Some((text, ticket)) = self.bench.asked.take() {
            let mut trials = self.trials();
            let frames = messages(&text);
            for frame in &frames {
                trials.iter_mut().for_each(|trial| trial.take(frame));
            }
            self.tell(What::Fits(fits(&trials, frames.len())));
            self.outcome(ticket, None);
        }
        if self.bench.unknown.is_empty() {
            return;
        }
        if self.bench.trials.is_empty() {
            self.bench.trials = self.trials();
        }
        for frame in std::mem::take(&mut self.bench.unknown) {
            let trials = self.bench.trials.iter_mut();
            trials.for_each(|trial| trial.take(&frame));
        }
        let fits = fits(&self.bench.trials, self.bench.tried);
        self.tell(What::Fits(fits));
    }

    /// Every built-in dialect whose document is there.
    fn trials(&self) -> Vec<Trial> {
        let loaded = |name| Some(Trial::new(name, self.loaded(&self.document(name)?).ok()?));
        NAMES.into_iter().filter_map(loaded).collect()
    }

    fn loaded(&self, document: &str) -> Result<Dialect, Vec<Mistake>> {
        Dialect::load_with(document, &|name| self.document(name))
    }

    /// A built-in dialect that this document extends, itself or through others, and that is not here.
    fn missing_parent(&self, document: &str) -> Option<String> {
        let mut parent = Dialect::parent_of(document);
        for _ in 0..MOST_PARENTS {
            let name = parent?;
            let Some(text) = self.document(&name) else {
                return Some(name).filter(|name| NAMES.contains(&name.as_str()));
            };
            parent = Dialect::parent_of(&text);
        }
        None
    }

    /// The text of a built-in dialect, if it is here.
    fn document(&self, name: &str) -> Option<String> {
        let mut documents = self.bench.documents.iter();
        let known = documents.find(|(known, _)| *known == name);
        known
            .map(|(_, text)| text.as_str())
            .or_else(|| Dialect::built_in(name))
            .map(str::to_owned)
    }

    /// Asks for a document; whether it is under way.
    fn want(&mut self, name: &str) -> bool {
        let bench = &mut self.bench;
        if bench.failed.contains(&name) {
            return false;
        }
        if !bench.awaited.iter().any(|awaited| awaited == name) {
            bench.awaited.push(name.to_owned());
            self.order_document(name);
        }
        true
    }

    fn order_document(&mut self, place: &str) {
        let place = place.to_owned();
        self.order(Effect::LoadDocument { place });
    }
}

/// Takes a place out of a list; whether it was there.
fn take(places: &mut Vec<String>, place: &str) -> bool {
    let before = places.len();
    places.retain(|known| known != place);
    places.len() < before
}

/// Captured messages: one on each line, or one message on several.
fn messages(text: &str) -> Vec<&str> {
    if serde_json::from_str::<serde_json::Value>(text).is_ok() {
        return vec![text];
    }
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .take(MOST_TRIED)
        .collect()
}

/// A name, or a path on the page's own origin.
fn is_own(place: &str) -> bool {
    !place.is_empty() && !place.contains([':', '\\']) && !place.starts_with("//")
}

fn not_loaded(place: &str, words: &str) -> Message {
    say("bench.refused.load")
        .with("place", place)
        .with("words", words)
}

fn told(mistakes: Vec<Mistake>) -> Vec<(String, String)> {
    let told = |mistake: Mistake| (mistake.pointer, mistake.wrong.to_string());
    mistakes.into_iter().map(told).collect()
}
