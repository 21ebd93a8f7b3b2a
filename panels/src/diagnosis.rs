//! The red card: what the run is stuck on, why the browser says nothing, and the step that mends it.

mod card;

use std::collections::BTreeMap;

use web_sys::Element;
use webrtc_steps::words::Words;
use webrtc_steps_core::diagnosis::{Diagnosis, Watch};
use webrtc_steps_core::io::{Event, Millis, What};

use self::card::Card;
use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// Watches the run, and shows what it finds until it no longer holds or is put away.
pub(crate) struct DiagnosisCard {
    watch: Watch,
    card: Card,
    now: Millis,
    /// What was found last, without those that were put away.
    found: Vec<Diagnosis>,
    /// Rows the user has read; they come back only after they stopped holding.
    dismissed: Vec<&'static str>,
    /// The one the user wants to see first.
    chosen: Option<&'static str>,
    known: Known,
}

/// What the card has to know beside the diagnosis.
#[derive(Default)]
pub(crate) struct Known {
    /// Whether a command can be given now.
    available: BTreeMap<String, bool>,
    /// Cause and advice of the last trouble.
    trouble: Vec<String>,
}

impl DiagnosisCard {
    /// Stamps the card.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        Ok(Self {
            watch: Watch::new(),
            card: Card::new(&desk.words, place)?,
            now: 0.0,
            found: Vec::new(),
            dismissed: Vec::new(),
            chosen: None,
            known: Known::default(),
        })
    }

    fn judge(&mut self) {
        let mut found = self.watch.diagnose(self.now);
        self.dismissed
            .retain(|row| found.iter().any(|one| one.row == *row));
        found.retain(|one| !self.dismissed.contains(&one.row));
        if let Some(row) = self.chosen {
            match found.iter().position(|one| one.row == row) {
                Some(at) => found.swap(0, at),
                None => self.chosen = None,
            }
        }
        self.card.show(&found, self.now, &self.known);
        self.found = found;
    }
}

impl Panel for DiagnosisCard {
    fn apply(&mut self, event: &Event) {
        self.watch.apply(event);
        self.known.apply(&event.what);
        self.now = self.now.max(event.at);
    }

    fn show(&mut self, _record: &[Event]) {
        self.judge();
    }

    fn tick(&mut self, now: Millis) {
        self.now = self.now.max(now);
        self.judge();
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        if act.kind == "click" && act.name == "see-diagnosis" {
            return self.card.see(&act.control);
        }
        if act.kind != "click" || !self.card.holds(&act.control) {
            return;
        }
        match act.name.as_str() {
            "diagnosis-dismiss" => {
                self.dismissed.extend(self.found.first().map(|one| one.row));
                self.chosen = None;
                self.card.lead_on();
            }
            "diagnosis-choose" => {
                let row = act.attribute("data-row");
                let mut found = self.found.iter().map(|one| one.row);
                self.chosen = found.find(|one| *one == row);
            }
            _ => return,
        }
        self.judge();
    }
}

impl Known {
    fn apply(&mut self, what: &What) {
        match what {
            What::Control {
                command, available, ..
            } => {
                self.available.insert((*command).to_owned(), *available);
            }
            What::Trouble(trouble) => {
                self.trouble = [&trouble.cause, &trouble.advice]
                    .map(|message| message.id.to_string())
                    .into();
            }
            _ => {}
        }
    }

    /// Whether a command can be given, as far as anybody said.
    fn can(&self, command: &str) -> bool {
        self.available.get(command).copied().unwrap_or(true)
    }

    /// Whether a diagnosis says what the last trouble said.
    fn is_explained_by(&self, found: &Diagnosis) -> bool {
        let mut told = self.trouble.iter();
        told.any(|id| found.explains.contains(&id.as_str()))
    }
}

/// A time in words: seconds, and minutes from two on.
fn duration(words: &Words, ms: Millis) -> String {
    let seconds = (ms.max(0.0) / 1000.0) as u64;
    if seconds < 120 {
        words.with("diagnosis.seconds", &[("count", &seconds)])
    } else {
        words.with("diagnosis.minutes", &[("count", &(seconds / 60))])
    }
}
