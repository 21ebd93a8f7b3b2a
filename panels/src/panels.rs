//! All panels of an element: the record, and who is told of it.

use js_sys::{Array, JSON};
use web_sys::Element;
use webrtc_steps::views::dom;
use webrtc_steps_core::io::{Event, Millis};
use webrtc_steps_core::record::{MOST_EVENTS, read_event};

use crate::candidates::Candidates;
use crate::code::Code;
use crate::descriptions::Descriptions;
use crate::desk::Desk;
use crate::diagnosis::DiagnosisCard;
use crate::diagram::Sequence;
use crate::exercises::Exercises;
use crate::faults::Faults;
use crate::panel::{Act, Panel};
use crate::record::Recorder;
use crate::refusals::Refused;
use crate::scan::Scan;
use crate::states::States;

/// The panels and the record they are told.
pub struct Panels {
    desk: Desk,
    record: Vec<Event>,
    panels: Vec<Box<dyn Panel>>,
    /// Where panels stand in the page's frame, by `data-place`: `diagnosis`, `timeline`, `panels` and `scan`.
    places: [Element; 4],
}

impl Panels {
    /// Stamps every panel into its place.
    ///
    /// # Errors
    /// Names the place that could not be found.
    pub fn new(desk: &Desk) -> Result<Self, String> {
        Self::within(desk, &desk.root.first_element_child().ok_or("frame")?)
    }

    /// Stamps every panel into its place of one frame.
    ///
    /// # Errors
    /// Names the place that could not be found.
    pub(crate) fn within(desk: &Desk, frame: &Element) -> Result<Self, String> {
        let place =
            |name: &'static str| dom::find(frame, &format!("[data-place={name}]")).ok_or(name);
        let names = ["diagnosis", "timeline", "panels", "scan"];
        let [diagnosis, timeline, details, scan] = names.map(place);
        let places = [diagnosis?, timeline?, details?, scan?];
        let [diagnosis, timeline, details, scan] = &places;
        let panels: Vec<Box<dyn Panel>> = vec![
            Box::new(DiagnosisCard::new(desk, diagnosis)?),
            Box::new(Refused::new(desk, diagnosis)?),
            Box::new(Sequence::new(desk, timeline)?),
            Box::new(States::new(desk, details)?),
            Box::new(Candidates::new(desk, details)?),
            Box::new(Descriptions::new(desk, details)?),
            Box::new(Code::new(desk, details)?),
            Box::new(Exercises::new(desk, details)?),
            Box::new(Faults::new(desk, details)?),
            Box::new(Recorder::new(desk, details)?),
            Box::new(Scan::new(desk, scan)?),
        ];
        Ok(Self {
            desk: desk.clone(),
            record: Vec::new(),
            panels,
            places,
        })
    }

    /// Takes events as plain data. What cannot be read is left out: a newer element may know more kinds.
    pub(crate) fn tell(&mut self, events: &Array) {
        for event in events.iter() {
            let text = JSON::stringify(&event).ok().map(String::from);
            if let Some(Ok(event)) = text.map(|text| read_event(&text)) {
                self.apply(event);
            }
        }
        self.show();
    }

    /// Takes one event.
    pub fn apply(&mut self, event: Event) {
        for panel in &mut self.panels {
            panel.apply(&event);
        }
        if self.record.len() < MOST_EVENTS {
            self.record.push(event);
        }
    }

    /// Takes what holds of a control, which is no part of the run.
    pub(crate) fn control(&mut self, event: &Event) {
        for panel in &mut self.panels {
            panel.apply(event);
        }
    }

    /// Everything that was told so far, oldest first.
    pub(crate) fn record(&self) -> &[Event] {
        &self.record
    }

    /// Draws what changed.
    pub fn show(&mut self) {
        for panel in &mut self.panels {
            panel.show(&self.record);
        }
    }

    /// Tells the panels the time.
    pub fn tick(&mut self) {
        self.tick_at(self.desk.now());
    }

    /// Tells them a moment of the past.
    pub(crate) fn tick_at(&mut self, now: Millis) {
        for panel in &mut self.panels {
            panel.tick(now);
        }
    }

    /// Tells the panels what the user did.
    pub fn act(&mut self, act: &Act) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "fold") => fold(&act.control),
            ("click", "go") => self.desk.show(&act.attribute("data-goes")),
            ("click", "mend") => self.desk.run(&act.attribute("data-mends"), ""),
            _ => {}
        }
        for panel in &mut self.panels {
            panel.act(act, &self.record);
        }
    }
}

/// Opens or folds the panel whose heading holds this button.
fn fold(button: &Element) {
    let panel = button.closest(".panel").ok().flatten();
    if let Some(body) = panel.and_then(|panel| dom::part(&panel, "folds")) {
        let open = body.has_attribute("hidden");
        dom::show(&body, open);
        dom::mark(button, "aria-expanded", if open { "true" } else { "false" });
    }
}

impl Drop for Panels {
    fn drop(&mut self) {
        for place in &self.places {
            dom::say(place, "");
        }
    }
}
