//! The panel: its parts, and the listeners that are gone when it is.

use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use webrtc_steps_core::command::Command;
use webrtc_steps_core::io::{Event, What};

use super::desk::{Desk, MOST_MESSAGES};
use super::editor::{self, Editor};
use super::files::{self, Reading};
use super::frames::Frames;
use super::{fits, probe, row};
use crate::clipboard;
use crate::timers::after;
use crate::views::dom::{self, Build};

/// How long typing may pause before the text is checked, in milliseconds.
const PAUSE: f64 = 250.0;
/// The parts that are looked up while the panel is in use: they are checked once, when it is built.
const PARTS: [&str; 37] = [
    "panel",
    "fits",
    "fits-said",
    "fits-list",
    "frames-none",
    "frames-older",
    "frames",
    "message",
    "result",
    "tried",
    "tried-more",
    "said",
    "at",
    "probed",
    "rule-head",
    "probed-rule",
    "captured-head",
    "captured",
    "replies-head",
    "replies",
    "present",
    "built-in",
    "path",
    "file",
    "load-refusal",
    "document",
    "state",
    "mistakes",
    "shared",
    "wb-link",
    "share-refusal",
    "use",
    "use-reason",
    "use-said",
    "use-refusal",
    "before",
    "marked",
];

pub(super) struct Panel {
    desk: Desk,
    frames: Frames,
    editor: Editor,
    said: probe::Said,
    _listeners: Vec<EventListener>,
}

impl Panel {
    /// Stamps the panel at its place; none where its markup is not as it should be.
    pub(super) fn new(desk: &Desk) -> Option<Self> {
        let missing = RefCell::new(None);
        let build = Build::new(&desk.place, &desk.words, &missing);
        build.stamp(include_str!("panel.html"));
        PARTS.iter().for_each(|name| drop(build.part(name)));
        let panel = Self {
            frames: Frames::new(&build),
            editor: Editor::new(desk),
            said: probe::Said::default(),
            _listeners: listeners(desk, &build.part("panel")),
            desk: desk.clone(),
        };
        missing.take().is_none().then_some(panel)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        self.frames.apply(event, &self.desk);
        self.editor.apply(&event.what, &self.desk);
        match &event.what {
            What::Probed { mistakes, messages } => {
                self.said.show(mistakes.is_empty(), messages, &self.desk);
            }
            What::Fits(found) => fits::show(found, &self.desk),
            What::Joining { .. } => self.desk.show("fits", false),
            _ => {}
        }
    }

    /// Everything that happened before was told: from here on it is seen as it comes.
    pub(super) fn caught_up(&mut self) {
        self.frames.follow(&self.desk);
        editor::probe(&self.desk);
    }
}

type Handle = Box<dyn FnMut(&web_sys::Event, &Element)>;

fn listeners(desk: &Desk, panel: &Element) -> Vec<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    let on = |kind: &'static str, mut handle: Handle| {
        EventListener::new_with_options(panel, kind, options, move |event| {
            let target = event.target().and_then(|target| target.dyn_into().ok());
            if let Some(target) = target {
                handle(event, &target);
            }
        })
    };
    let (clicked, typed, changed, pressed) =
        (desk.clone(), desk.clone(), desk.clone(), desk.clone());
    let mut waiting: Option<Timeout> = None;
    let mut reading: Option<Reading> = None;
    vec![
        on(
            "click",
            Box::new(move |_, target| {
                if let Ok(Some(control)) = target.closest("[data-bench]") {
                    click(&clicked, &control);
                }
            }),
        ),
        on(
            "input",
            Box::new(move |_, target| {
                let part = part_of(target);
                if part == "message" {
                    typed.picked.set(None);
                }
                if matches!(part.as_str(), "document" | "message") {
                    let desk = typed.clone();
                    // The timer before, if it still runs, ends here.
                    drop(waiting.replace(after(PAUSE, move || editor::probe(&desk))));
                }
            }),
        ),
        on(
            "change",
            Box::new(move |_, target| {
                if part_of(target) == "file" {
                    drop(std::mem::replace(
                        &mut reading,
                        files::read_file(&changed, target),
                    ));
                }
            }),
        ),
        on(
            "keydown",
            Box::new(move |event, target| {
                let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
                if part_of(target) == "path" && key.as_deref() == Some("Enter") {
                    event.prevent_default();
                    files::open(&pressed, "path");
                }
            }),
        ),
    ]
}

fn part_of(target: &Element) -> String {
    target.get_attribute("data-part").unwrap_or_default()
}

fn click(desk: &Desk, control: &Element) {
    let what = control.get_attribute("data-bench").unwrap_or_default();
    match what.as_str() {
        "close" => desk.close(),
        "filter" => row::filter(desk, control),
        "unfold" => row::unfold(control),
        "copy-frame" => copy(desk, &row::text_of(control)),
        "take-frame" => {
            if let Some(area) = desk.area("message") {
                area.set_value(&row::text_of(control));
                let _ = area.focus();
            }
            desk.picked.set(None);
            editor::probe(desk);
        }
        "pick" => {
            let index = control.get_attribute("data-index");
            desk.picked.set(index.and_then(|index| index.parse().ok()));
            editor::probe(desk);
        }
        "recognise" => match desk.text("message", MOST_MESSAGES) {
            Some(text) if !text.trim().is_empty() => desk.send(Command::Recognise(text)),
            Some(_) => probe::refuse(desk, "bench.nothing-pasted"),
            None => probe::refuse(desk, "bench.messages-long"),
        },
        "open-built-in" => files::open(desk, "built-in"),
        "open-path" => files::open(desk, "path"),
        "mistake" => editor::go_to(desk, control),
        "download" => files::download(desk, control),
        "copy-document" => copy(desk, &files::leaving(desk)),
        "share" => files::share(desk),
        "copy-link" => {
            if let Some(link) = desk.field("wb-link") {
                link.select();
                copy(desk, &link.value());
            }
        }
        "use" => editor::join(desk, control),
        "use-fit" => fits::choose(desk, control),
        _ => {}
    }
}

fn copy(desk: &Desk, text: &str) {
    clipboard::copy(text, &desk.inbox, &desk.frame);
}

/// Puts a text into an element with a part of it marked; the range is in bytes.
pub(super) fn mark(element: &Element, text: &str, range: &std::ops::Range<usize>) {
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    dom::fill(
        element,
        &[
            ("before", part(0..range.start)),
            ("marked", part(range.clone())),
            ("after", part(range.end..text.len())),
        ],
    );
}
