//! The record of the run: saved without what is private, opened again, and looked at from its beginning.

use std::cell::RefCell;

use js_sys::Date;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::record::{About, Format, Keep, write};

use crate::desk::Desk;
use crate::panel::{Act, Panel};
use crate::save::save;

/// The panel.
pub(crate) struct Recorder {
    desk: Desk,
    count: Element,
    format: HtmlSelectElement,
    private: HtmlInputElement,
    hosts: HtmlInputElement,
    told: Element,
    /// `navigator.userAgent`, as the run told it.
    agent: String,
}

impl Recorder {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("record.html"));
        let panel = build.within("[data-at=record]");
        let made = Self {
            desk: desk.clone(),
            count: panel.part("count"),
            format: panel.find_as("[name=record-format]"),
            private: panel.find_as("[name=record-private]"),
            hosts: panel.find_as("[name=record-hosts]"),
            told: panel.part("told"),
            agent: String::new(),
        };
        made.tell();
        missing.take().map_or(Ok(made), Err)
    }

    fn keep(&self) -> Keep {
        Keep {
            private: self.private.checked(),
            hosts: self.hosts.checked(),
        }
    }

    /// Says what the file will hold and what not.
    fn tell(&self) {
        let keep = self.keep();
        let id = match (keep.private, keep.hosts) {
            (false, false) => "record.without.all",
            (false, true) => "record.without.private",
            (true, false) => "record.without.hosts",
            (true, true) => "record.without.passwords",
        };
        dom::say(&self.told, &self.desk.words.text(id));
    }

    fn save(&self, record: &[Event]) {
        let chosen = self.format.value();
        let format = Format::ALL
            .into_iter()
            .find(|format| format.word() == chosen);
        let format = format.unwrap_or(Format::Own);
        let about = About {
            made: Date::now(),
            origin: self.desk.origin,
            agent: &self.agent,
            keep: self.keep(),
        };
        let (name, kind) = match format {
            Format::Own => ("webrtc-steps-record.json", "application/json"),
            Format::Internals => ("webrtc_internals_dump.json", "application/json"),
            Format::Rtcstats => ("rtcstats_dump.txt", "text/plain"),
        };
        save(&self.desk, name, kind, &write(format, record, &about));
    }
}

impl Panel for Recorder {
    fn apply(&mut self, event: &Event) {
        if let What::Page { agent, .. } = &event.what {
            self.agent.clone_from(agent);
        }
    }

    fn show(&mut self, record: &[Event]) {
        let count = self
            .desk
            .words
            .with("record.count", &[("count", &record.len())]);
        dom::say(&self.count, &count);
    }

    fn act(&mut self, act: &Act, record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "record-save") => self.save(record),
            ("change", "record-keep") => self.tell(),
            _ => {}
        }
    }
}
