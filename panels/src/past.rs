//! A moment of the past: the views and panels built anew and told what had happened by then, with a slider over the run.
//! The present stays as it is, out of the page, and comes back when this is dropped.

mod bar;
mod frame;

use web_sys::{Element, Node};
use webrtc_steps_core::io::Event;
use webrtc_steps_core::record::Run;

use crate::desk::Desk;
use crate::panel::Act;
use bar::Bar;
use frame::Frame;

/// The runs of a record, one of them shown at a moment.
pub(crate) struct Past {
    desk: Desk,
    runs: Vec<Run>,
    chosen: usize,
    frame: Option<Frame>,
    bar: Bar,
    /// The present, and how far each pane of it was scrolled.
    live: Element,
    scrolled: Vec<(Element, i32)>,
}

impl Past {
    /// Takes the present out of the page and shows the end of the first run; a run that goes on is shown from its beginning.
    /// `skipped` is told for a file.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, runs: Vec<Run>, skipped: Option<usize>) -> Result<Self, String> {
        let live = desk.root.first_element_child().ok_or("frame")?;
        let scrolled = frame::scrolled(&live);
        let bar = Bar::new(desk, &runs, skipped)?;
        live.remove();
        let mut past = Self {
            desk: desk.clone(),
            runs,
            chosen: 0,
            frame: None,
            bar,
            live,
            scrolled,
        };
        past.go(past.events().len());
        past.bar.focus();
        Ok(past)
    }

    /// Does what the bar is asked for; the rest is for the panels of this moment.
    pub(crate) fn act(&mut self, act: &Act) {
        let now = self.frame.as_ref().map_or(0, Frame::shown);
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "replay-back") => self.go(now.saturating_sub(1)),
            ("click", "replay-on") => self.go(now + 1),
            ("input", "replay-to") => self.go(self.bar.chosen()),
            _ => {
                if let Some(frame) = &mut self.frame {
                    frame.act(act);
                }
            }
        }
    }

    /// Shows another run of the record, at its end.
    pub(crate) fn choose(&mut self, index: usize) {
        if index < self.runs.len() && index != self.chosen {
            self.chosen = index;
            self.frame = None;
            self.go(self.events().len());
        }
    }

    fn events(&self) -> &[Event] {
        self.runs.get(self.chosen).map_or(&[], |run| &run.events)
    }

    /// Shows the moment after that many events. What is later is added; for what is earlier everything is built anew.
    fn go(&mut self, count: usize) {
        let Some(run) = self.runs.get(self.chosen) else {
            return;
        };
        let count = count.clamp(1, run.events.len().max(1));
        let shown = self.frame.as_ref().map_or(usize::MAX, Frame::shown);
        if count < shown {
            let scrolled = self.frame.take().map(Frame::take_down);
            self.frame = Frame::new(
                &self.desk.of_the_past(run.origin),
                scrolled.unwrap_or_default(),
            )
            .ok();
        }
        if let Some(frame) = &mut self.frame {
            frame.go(&run.events, count, self.bar.element());
        }
        self.bar.tell(&run.events, count);
    }
}

impl Drop for Past {
    fn drop(&mut self) {
        self.frame = None;
        let bar: &Node = self.bar.element();
        let _ = self.desk.root.insert_before(&self.live, Some(bar));
        for (pane, top) in &self.scrolled {
            pane.set_scroll_top(*top);
        }
    }
}
