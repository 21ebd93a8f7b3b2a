//! The bar at the bottom of a narrow page: the next step, one tap away. Its button presses the step's own control.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::step::{Status, Whose};

use super::dom::{self, Build};
use super::steps::{command_of, shape_of};
use crate::words::Words;

/// The bar, hidden while no step of this page is next, and while that step's own control is in view.
pub(crate) struct NextBar {
    words: Words,
    frame: Element,
    bar: Element,
    node: Element,
    title: Element,
    note: Element,
    go: Element,
    next: Option<u8>,
    watch: Option<Watch>,
}

impl NextBar {
    pub(crate) fn new(build: &Build<'_>, frame: &Element) -> Self {
        build.stamp(include_str!("nextbar.html"));
        dom::show(&build.place, false);
        Self {
            words: build.words.clone(),
            frame: frame.clone(),
            bar: build.place.clone(),
            node: build.part("node"),
            title: build.part("title"),
            note: build.part("note"),
            go: build.part("go"),
            next: None,
            watch: Watch::new(&build.place),
        }
    }

    /// Comes after the steps, so that the control it stands for is there.
    pub(crate) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Step {
                step,
                status: Status::Next,
                whose: Whose::Mine,
                ..
            } => self.show(*step),
            What::Step { step, .. } if self.next == Some(*step) => self.hide(),
            What::Left => self.hide(),
            _ => {}
        }
    }

    fn show(&mut self, step: u8) {
        self.next = Some(step);
        let shape = shape_of(step);
        dom::mark(&self.bar, "class", &format!("nextbar {shape}"));
        dom::mark(&self.node, "class", &format!("node big {shape}"));
        dom::say(&self.node, &step.to_string());
        dom::say(&self.title, &self.words.text(&format!("step.{step}.title")));
        dom::say(&self.note, &self.words.text("ui.next"));
        let command = command_of(step);
        dom::mark(&self.go, "data-for", command.unwrap_or_default());
        dom::show(&self.go, command.is_some());
        dom::show(&self.bar, true);
        let control = dom::find(
            &self.frame,
            &format!("[data-step=\"{step}\"] [data-command]"),
        );
        if let (Some(watch), Some(control)) = (&self.watch, control) {
            watch.follow(&control);
        }
    }

    fn hide(&mut self) {
        self.next = None;
        dom::show(&self.bar, false);
        if let Some(watch) = &self.watch {
            watch.observer.disconnect();
        }
    }
}

/// Marks the bar with `data-near` while the control it stands for is in view.
struct Watch {
    observer: IntersectionObserver,
    _seen: Closure<dyn FnMut(Array)>,
}

impl Watch {
    /// `None` where the browser cannot tell what is in view: the bar then stays.
    fn new(bar: &Element) -> Option<Self> {
        let bar = bar.clone();
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            let entry = last.ok();
            let near = entry.as_ref().is_some_and(|entry| entry.is_intersecting());
            let held = bar.matches(":focus-within").unwrap_or(false);
            dom::mark(&bar, "data-near", if near { "true" } else { "false" });
            // Who stood at the bar's button goes on at the one it stands for.
            if let Some(entry) = entry.filter(|_| near && held) {
                dom::focus(&entry.target());
            }
        });
        let observer = IntersectionObserver::new(seen.as_ref().unchecked_ref()).ok()?;
        Some(Self {
            observer,
            _seen: seen,
        })
    }

    fn follow(&self, control: &Element) {
        self.observer.disconnect();
        self.observer.observe(control);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
