//! The page of a moment: fresh views and panels in a frame that can give no command.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use webrtc_steps::views::{Start, Views, dom};
use webrtc_steps_core::command::{Plain, Switch};
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::words::say;

use crate::desk::Desk;
use crate::panel::Act;
use crate::panels::Panels;

/// Controls that are neither plain commands nor switches.
const OTHERS: [&str; 3] = ["join", "send-message", "read-signal"];
/// The panes that scroll by themselves.
const PANES: &str = ".bench > section";

/// Views and panels that were told the first events of a run.
pub(super) struct Frame {
    desk: Desk,
    views: Views,
    panels: Panels,
    frame: Element,
    page: Element,
    shown: usize,
    scrolled: Vec<i32>,
}

impl Frame {
    /// Builds both. The frame stands nowhere until [`Frame::go`].
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(super) fn new(desk: &Desk, scrolled: Vec<i32>) -> Result<Self, String> {
        // The states on the host are those of the present.
        let document = desk.host.owner_document().ok_or("document")?;
        let host = document.create_element("div").map_err(|_| "div")?;
        let host: HtmlElement = host.unchecked_into();
        let views = Views::new(&host, &desk.root, &desk.words, &Start::default())?;
        let frame = desk.root.last_element_child().ok_or("frame")?;
        let page = dom::find(&frame, ".page").ok_or("page")?;
        let panels = Panels::within(desk, &frame)?;
        frame.remove();
        dom::mark(&frame, "data-replay", "true");
        if let Some(live) = dom::find(&frame, "[data-place=live]") {
            // What is past is read where it stands, and not announced.
            dom::mark(&live, "aria-live", "off");
            dom::unmark(&live, "role");
        }
        let mut made = Self {
            desk: desk.clone(),
            views,
            panels,
            frame,
            page,
            shown: 0,
            scrolled,
        };
        made.close_controls();
        Ok(made)
    }

    /// How many events it was told.
    pub(super) fn shown(&self) -> usize {
        self.shown
    }

    /// Tells it the events up to this one, and stands in the page before `bar`.
    pub(super) fn go(&mut self, events: &[Event], count: usize, bar: &Element) {
        let new = events.get(self.shown..count).unwrap_or_default();
        let here = self.frame.is_connected();
        let leads = |event: &Event| matches!(event.what, What::Joining { .. } | What::Left);
        if here && new.iter().any(leads) {
            // A view that is in the page would take the keyboard along.
            self.scrolled = scrolled(&self.frame)
                .into_iter()
                .map(|(_, top)| top)
                .collect();
            self.frame.remove();
        }
        for event in new
            .iter()
            .filter(|event| !matches!(event.what, What::Control { .. }))
        {
            self.views.apply(event);
            self.panels.apply(event.clone());
        }
        self.shown = count;
        dom::mark(&self.page, "data-phase", "run");
        // Options are no commands that the core tells of.
        for control in dom::all(
            &self.frame,
            "[data-command]:not(form, [aria-disabled=true])",
        ) {
            dom::mark(&control, "aria-disabled", "true");
        }
        self.panels.show();
        if let Some(last) = events.get(count.saturating_sub(1)) {
            self.panels.tick_at(last.at);
        }
        if !self.frame.is_connected() {
            let _ = self.desk.root.insert_before(&self.frame, Some(bar));
            for ((pane, _), top) in scrolled(&self.frame).into_iter().zip(&self.scrolled) {
                pane.set_scroll_top(*top);
            }
        }
    }

    /// What the user did in it.
    pub(super) fn act(&mut self, act: &Act) {
        self.panels.act(act);
    }

    /// Goes; how far each pane was scrolled.
    pub(super) fn take_down(self) -> Vec<i32> {
        scrolled(&self.frame)
            .into_iter()
            .map(|(_, top)| top)
            .collect()
    }

    /// No command can be given to the past.
    fn close_controls(&mut self) {
        let plain = Plain::ALL.iter().map(|(_, name)| *name);
        let switches = Switch::ALL.iter().map(|(_, name)| *name);
        for command in plain.chain(switches).chain(OTHERS) {
            let what = What::Control {
                command,
                available: false,
                reason: Some(say("record.is-past")),
            };
            let event = Event {
                at: 0.0,
                attempt: 0,
                what,
            };
            self.views.apply(&event);
            self.panels.control(&event);
        }
    }
}

/// The panes of a frame, and how far each is scrolled.
pub(super) fn scrolled(frame: &Element) -> Vec<(Element, i32)> {
    let panes = dom::all(frame, PANES);
    panes
        .into_iter()
        .map(|pane| (pane.clone(), pane.scroll_top()))
        .collect()
}
