//! The bar under a page of the past: a slider over its events, steps of one, and the way back.

use std::cell::RefCell;
use std::fmt::Display;

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::Event;
use webrtc_steps_core::record::Run;

use crate::desk::Desk;

/// It stands beside the page's frame, so that it stays when the page is built anew. Dropping it takes it away.
pub(super) struct Bar {
    words: Words,
    bar: Element,
    slider: HtmlInputElement,
    time: Element,
}

impl Bar {
    pub(super) fn new(desk: &Desk, runs: &[Run], skipped: Option<usize>) -> Result<Self, String> {
        let words = &desk.words;
        let bar = dom::frame(&desk.root, include_str!("../past.html"), words).ok_or("replay")?;
        let missing = RefCell::new(None);
        let build = Build::new(&bar, words, &missing);
        let live = build.part("live");
        dom::say(
            &live,
            &words.text(if skipped.is_some() {
                "record.close"
            } else {
                "record.live"
            }),
        );
        let about = match skipped {
            Some(skipped) if skipped > 0 => words.with("record.skipped", &[("count", &skipped)]),
            _ => String::new(),
        };
        dom::say(&build.part("about"), &about);
        choices(&build, runs);
        let made = Self {
            words: words.clone(),
            slider: build.find_as("[data-part=slider]"),
            time: build.part("time"),
            bar: bar.clone(),
        };
        match missing.take() {
            Some(missing) => Err(missing),
            None => Ok(made),
        }
    }

    pub(super) fn element(&self) -> &Element {
        &self.bar
    }

    pub(super) fn focus(&self) {
        dom::focus(&self.slider);
    }

    /// How many events the slider stands at.
    pub(super) fn chosen(&self) -> usize {
        self.slider.value().parse().unwrap_or_default()
    }

    /// Shows where in the run the page is.
    pub(super) fn tell(&self, events: &[Event], count: usize) {
        let all = events.len();
        dom::mark(&self.slider, "min", "1");
        dom::mark(&self.slider, "max", &all.to_string());
        self.slider.set_value(&count.to_string());
        let first = events.first().map_or(0.0, |event| event.at);
        let at = events
            .get(count.saturating_sub(1))
            .map_or(first, |event| event.at);
        let seconds = format!("{:.3}", (at - first) / 1000.0);
        let args: [(&str, &dyn Display); 3] =
            [("count", &count), ("all", &all), ("seconds", &seconds)];
        let said = self.words.with("record.at", &args);
        dom::say(&self.time, &said);
        dom::mark(&self.slider, "aria-valuetext", &said);
    }
}

/// Offers the runs of a record with several.
fn choices(build: &Build<'_>, runs: &[Run]) {
    let choice = build.part("choice");
    dom::show(&choice, runs.len() > 1);
    let list: HtmlSelectElement = build.find_as("[data-part=runs]");
    for (index, run) in runs.iter().enumerate() {
        let Some(document) = list.owner_document() else {
            return;
        };
        if let Ok(option) = document.create_element("option") {
            dom::mark(&option, "value", &index.to_string());
            dom::say(&option, &run.name);
            dom::append(&list, &option);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.remove();
    }
}
