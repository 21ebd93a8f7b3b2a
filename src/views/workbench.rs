//! The workbench: a panel for making a dialect fit, built when it is first opened.

mod desk;
mod editor;
mod files;
mod fits;
mod frames;
mod json;
mod panel;
mod probe;
mod row;
mod share;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use webrtc_steps_core::io::{Event, What};

use self::desk::Desk;
use self::panel::Panel;
use super::dom::{self, Build};
use super::seen;
use crate::inbox::{Inbox, Incoming};
use crate::words::Words;

pub(super) use self::share::fragment;

/// The panel's place, the panel once it was opened, and the line that hints at it when frames are not understood.
pub(crate) struct Workbench {
    words: Words,
    place: Element,
    frame: Element,
    hint: Element,
    hint_said: Element,
    unknown: u32,
    panel: Option<Panel>,
}

impl Workbench {
    /// `hint` builds at the place of the hint, which is among what is to be done.
    pub(crate) fn new(build: &Build<'_>, hint: &Build<'_>, frame: &Element) -> Self {
        hint.stamp(include_str!("workbench/hint.html"));
        Self {
            words: build.words.clone(),
            place: build.place.clone(),
            frame: frame.clone(),
            hint: hint.part("hint"),
            hint_said: hint.part("hint-said"),
            unknown: 0,
            panel: None,
        }
    }

    /// Opens the panel, or closes it. Built late, it is told what happened before.
    pub(crate) fn toggle<'a>(&mut self, record: impl Iterator<Item = &'a Event>, inbox: &Inbox) {
        let desk = Desk::new(&self.words, inbox, &self.frame, &self.place);
        if self.panel.is_none() {
            self.panel = Panel::new(&desk);
            for event in record {
                self.panel.iter_mut().for_each(|panel| panel.apply(event));
            }
            self.panel.iter_mut().for_each(Panel::caught_up);
        }
        if desk.is_open() {
            desk.close();
        } else {
            desk.open();
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.hint(&event.what);
        if let Some(panel) = &mut self.panel {
            panel.apply(event);
        }
    }

    /// Says that frames came which the dialect does not know, and what they may be.
    fn hint(&mut self, what: &What) {
        let said = match what {
            What::Received { near: Some(_), .. } => {
                self.unknown += 1;
                self.words.with("ui.wb.hint", &[("count", &self.unknown)])
            }
            What::Fits(fits) if self.unknown > 0 => match fits.first() {
                Some(fit) => self.words.with(
                    "ui.wb.fit",
                    &[("read", &fit.read), ("of", &fit.of), ("title", &fit.title)],
                ),
                None => return,
            },
            What::Joining { .. } | What::Left => {
                self.unknown = 0;
                String::new()
            }
            _ => return,
        };
        dom::say(&self.hint_said, &said);
        dom::show(&self.hint, !said.is_empty());
    }
}

/// Listens for the controls that open and close the panel.
pub(crate) fn opens(root: &ShadowRoot, inbox: &Inbox) -> EventListener {
    let inbox = inbox.clone();
    EventListener::new(root, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let opener = target.map(|target: Element| target.closest("[data-view=workbench]"));
        if matches!(opener, Some(Ok(Some(_)))) {
            inbox.send(Incoming::Workbench);
        }
    })
}

/// Moves the focus to the first of these that can take it.
fn focus(elements: &[Element]) {
    for element in elements.iter().rev() {
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }
}
