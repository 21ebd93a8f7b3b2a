//! What is on the page: the run as it goes on, or a moment of the past in its place.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, File, FileReader, HtmlInputElement, HtmlSelectElement};
use webrtc_steps::views::dom;
use webrtc_steps_core::record::{self, LONGEST, Opened, Run};
use webrtc_steps_core::words::Message;

use crate::desk::Desk;
use crate::panel::Act;
use crate::panels::Panels;
use crate::past::Past;

/// The panels of the run that goes on, and what is looked at of the past. Dropping it brings the present back.
pub(crate) struct Stage {
    desk: Desk,
    live: Panels,
    past: Option<Past>,
    reading: Option<Reading>,
    me: Weak<RefCell<Self>>,
}

/// A file that is being read, and the control it was chosen with.
struct Reading {
    reader: FileReader,
    control: HtmlInputElement,
    _listener: EventListener,
}

impl Stage {
    /// Shows the present. A file that was chosen while the panels came is opened.
    pub(crate) fn new(desk: &Desk, live: Panels) -> Rc<RefCell<Self>> {
        let stage = Rc::new_cyclic(|me| {
            RefCell::new(Self {
                desk: desk.clone(),
                live,
                past: None,
                reading: None,
                me: me.clone(),
            })
        });
        let chosen = desk.root.query_selector("input[data-do=record-open]");
        if let (Ok(Some(control)), Ok(mut stage)) = (chosen, stage.try_borrow_mut()) {
            stage.read(&control);
        }
        stage
    }

    /// Tells the run what is new, wherever the user looks.
    pub(crate) fn tell(&mut self, events: &Array) {
        self.live.tell(events);
    }

    /// Tells the run the time.
    pub(crate) fn tick(&mut self) {
        self.live.tick();
    }

    /// The user did something.
    pub(crate) fn act(&mut self, act: &Act) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "replay") if self.past.is_none() => self.replay(),
            ("click", "replay-live") => self.back(),
            ("change", "record-open") => self.read(&act.control),
            ("change", "replay-run") => self.choose(&act.control),
            _ => match &mut self.past {
                Some(past) => past.act(act),
                None => self.live.act(act),
            },
        }
    }

    /// Looks at the run so far, from its beginning.
    fn replay(&mut self) {
        let run = Run {
            name: String::new(),
            origin: self.desk.origin,
            events: self.live.record().to_vec(),
        };
        if !run.events.is_empty() {
            self.past = Past::new(&self.desk, vec![run], None).ok();
        }
    }

    /// Back to the present.
    fn back(&mut self) {
        self.past = None;
        if let Ok(Some(place)) = self.desk.root.query_selector("[data-do=replay]") {
            dom::focus(&place);
        }
    }

    fn choose(&mut self, control: &Element) {
        let chosen = control
            .dyn_ref::<HtmlSelectElement>()
            .map(HtmlSelectElement::value);
        let index = chosen.and_then(|value| value.parse().ok());
        if let (Some(past), Some(index)) = (&mut self.past, index) {
            past.choose(index);
        }
    }

    /// Reads the chosen file; [`Stage::opened`] goes on.
    fn read(&mut self, control: &Element) {
        let Some(control) = control.dyn_ref::<HtmlInputElement>() else {
            return;
        };
        let Some(file) = control.files().and_then(|files| files.get(0)) else {
            return;
        };
        self.refuse(control, None);
        if file.size() > LONGEST as f64 {
            let message = record::too_large(bytes(&file));
            self.refuse(control, Some(&message));
            return;
        }
        let Ok(reader) = FileReader::new() else {
            return;
        };
        let me = self.me.clone();
        let listener = EventListener::once(&reader, "loadend", move |_| {
            if let Some(stage) = me.upgrade()
                && let Ok(mut stage) = stage.try_borrow_mut()
            {
                stage.opened();
            }
        });
        if reader.read_as_text(&file).is_ok() {
            self.reading = Some(Reading {
                reader,
                control: control.clone(),
                _listener: listener,
            });
        }
    }

    /// A file was read: its runs take the place of the present, or the reason why not stands beside the control.
    fn opened(&mut self) {
        let Some(reading) = self.reading.take() else {
            return;
        };
        let text = reading
            .reader
            .result()
            .ok()
            .and_then(|text| text.as_string());
        match record::open(&text.unwrap_or_default()) {
            Ok(opened) => self.show(opened, &reading.control),
            Err(message) => self.refuse(&reading.control, Some(&message)),
        }
        // The same file can be chosen again.
        reading.control.set_value("");
    }

    fn show(&mut self, opened: Opened, control: &HtmlInputElement) {
        self.past = None;
        let skipped = opened.skipped;
        match Past::new(&self.desk, opened.runs, Some(skipped)) {
            Ok(past) => self.past = Some(past),
            Err(sentence) => say_refused(control, &sentence),
        }
    }

    fn refuse(&self, control: &HtmlInputElement, message: Option<&Message>) {
        let said = message.map(|message| self.desk.words.say(message));
        say_refused(control, &said.unwrap_or_default());
    }
}

fn say_refused(control: &HtmlInputElement, sentence: &str) {
    let around = control.closest("[data-part=opens]").ok().flatten();
    if let Some(place) = around.and_then(|around| dom::part(&around, "refused")) {
        dom::say_or_hide(&place, sentence);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the size of a file is a whole number"
)]
fn bytes(file: &File) -> usize {
    file.size() as usize
}
