//! What happened, in order: the rows of the diagram on the page, bounded, walkable, each with its whole content inside.

pub(crate) mod draw;
mod heads;
pub(crate) mod opened;
mod save;
pub(crate) mod walk;
pub(crate) mod window;

use std::cell::RefCell;
use std::collections::BTreeMap;

use gloo_events::EventListener;
use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps_core::diagram::{Diagram, Inside, Row, Scene, text};
use webrtc_steps_core::io::{Event, Millis, What};
use webrtc_steps_core::refusal::{Explained, Refusals};

use crate::desk::Desk;
use crate::panel::{Act, Panel};
use draw::Draw;
use heads::Heads;
use opened::Opened;
use window::Window;

/// The templates of rows and of what opens in them.
pub(crate) const ROWS: &str = include_str!("diagram/rows.html");

/// The panel in the middle of the page.
pub(crate) struct Sequence {
    desk: Desk,
    heads: Heads,
    rows: Rows,
    window: Window,
    now: Millis,
    refusals: Refusals,
    _walk: EventListener,
}

/// The rows as data, and how one is drawn.
struct Rows {
    diagram: Diagram,
    draw: Draw,
    opened: Opened,
    /// What known refusals mean, by the place of their event.
    known: BTreeMap<usize, Explained>,
}

impl Sequence {
    /// Stamps the diagram into its place.
    ///
    /// # Errors
    /// Names the part of the markup that could not be found or stamped.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        dom::say(place, "");
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("diagram.html"));
        build.stamp(ROWS);
        let window = Window::new(&build);
        let panel = Self {
            desk: desk.clone(),
            heads: Heads::new(&build),
            rows: Rows {
                diagram: Diagram::default(),
                draw: Draw::new(&build),
                opened: Opened::new(&build),
                known: BTreeMap::new(),
            },
            now: desk.now(),
            refusals: Refusals::default(),
            _walk: walk::listen(window.list()),
            window,
        };
        missing.take().map_or(Ok(panel), Err)
    }

    /// Rows that say more than before are filled anew; whatever is open stays open.
    fn refill(&mut self, record: &[Event]) {
        for index in self.rows.diagram.take_changed() {
            let rows = &self.rows;
            let clock = |at| rows.diagram.clock(at);
            let Some(row) = rows.diagram.rows().get(index) else {
                continue;
            };
            let item = self.window.refill(index, row, &rows.draw, &clock);
            if let Some(item) = item.filter(|_| row.opened)
                && dom::find(item, ".opened").is_none()
            {
                rows.open(item, row, record);
            }
        }
    }

    fn end(&mut self) {
        let rows = &self.rows;
        let clock = |at| rows.diagram.clock(at);
        let tail = rows.diagram.tail(self.now);
        self.window.end(tail, &rows.draw, &clock);
    }

    fn click(&self, act: &Act, record: &[Event]) {
        let Ok(Some(item)) = act.control.closest(".ev") else {
            return;
        };
        let after = self.rows.diagram.tail(self.now);
        let row = match nth(&item) {
            Some(index) => self.rows.diagram.rows().get(index),
            None => self.window.in_tail(&item).and_then(|at| after.get(at)),
        };
        let Some(row) = row else { return };
        steadily(&item, || {
            if is_open(&act.control) {
                unfold(&item, false);
            } else {
                self.rows.open(&item, row, record);
            }
        });
    }
}

impl Rows {
    fn put(&self, index: usize, record: &[Event]) -> Option<Element> {
        let row = self.diagram.rows().get(index)?;
        let item = self.draw.row(row, &|at| self.diagram.clock(at))?;
        dom::mark(&item, "data-nth", &index.to_string());
        if row.opened {
            self.open(&item, row, record);
        }
        Some(item)
    }

    fn open(&self, item: &Element, row: &Row, record: &[Event]) {
        let clock = |at| self.diagram.clock(at);
        if dom::find(item, ".opened").is_none()
            && let Some(inside) = self.opened.inside(row, record, &clock, self.known(row))
        {
            dom::append(item, &inside);
        }
        unfold(item, true);
    }

    /// What is known of the refusal that a row shows.
    fn known(&self, row: &Row) -> Option<&Explained> {
        match row.inside {
            Inside::Event(place) => self.known.get(&place),
            _ => None,
        }
    }
}

impl Panel for Sequence {
    fn apply(&mut self, event: &Event) {
        self.rows.diagram.apply(event);
        let explained = self.refusals.apply(event);
        if let (Some(explained), What::Trouble(_)) = (explained, &event.what) {
            self.rows
                .known
                .insert(self.rows.diagram.told() - 1, explained);
        }
    }

    fn show(&mut self, record: &[Event]) {
        // The time of the record, so that a moment of the past stays what it was; from there the clock goes on.
        self.now = record.last().map_or(self.now, |event| event.at);
        self.heads.show(&self.rows.diagram, &self.desk.words);
        let (rows, count) = (&self.rows, self.rows.diagram.rows().len());
        self.window.append(count, |index| rows.put(index, record));
        self.refill(record);
        self.end();
        walk::keep_one(self.window.list());
    }

    fn tick(&mut self, now: Millis) {
        self.now = now;
        self.end();
    }

    fn act(&mut self, act: &Act, record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "diagram-open") => self.click(act, record),
            ("click", "diagram-earlier") => {
                let rows = &self.rows;
                self.window.bring_back(|index| rows.put(index, record));
            }
            ("click", "diagram-svg") => save::svg(&self.rows.diagram, self.now, &self.desk),
            _ => {}
        }
    }
}

/// A time as a person reads it.
pub(crate) type Clock<'a> = &'a dyn Fn(Millis) -> String;

/// The place of a row in the diagram; none for what stands after the last one.
pub(crate) fn nth(item: &Element) -> Option<usize> {
    item.get_attribute("data-nth")?.parse().ok()
}

/// Whether a control says that what it opens is open.
pub(crate) fn is_open(control: &Element) -> bool {
    control.get_attribute("aria-expanded").as_deref() == Some("true")
}

/// Changes what is in a row, which itself stays where it is on the page: a pane that keeps to its end would carry it off.
pub(crate) fn steadily(item: &Element, change: impl FnOnce()) {
    let top = || item.get_bounding_client_rect().top();
    let before = top();
    change();
    let moved = top() - before;
    if let Ok(Some(pane)) = item.closest(".happened") {
        pane.set_scroll_top(pane.scroll_top() + pixels(moved));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is far shorter than that"
)]
fn pixels(length: f64) -> i32 {
    length.round() as i32
}

/// Opens or folds what stands inside a row.
pub(crate) fn unfold(item: &Element, open: bool) {
    if let Some(inside) = dom::find(item, ".opened") {
        dom::show(&inside, open);
    }
    if let Some(button) = dom::find(item, ".row") {
        let open = if open { "true" } else { "false" };
        dom::mark(&button, "aria-expanded", open);
    }
}

/// A text of a row in the page's words.
pub(crate) fn said(
    words: &webrtc_steps::words::Words,
    of: &webrtc_steps_core::diagram::Text,
) -> String {
    text(of, &|message| words.say(message))
}

/// The classes of both peers: this one's and the other's.
fn shapes(scene: Scene) -> [&'static str; 2] {
    use webrtc_steps_core::io::Role::{Answerer, Offerer};
    match scene.role {
        Some(Offerer) => ["of", "an"],
        Some(Answerer) => ["an", "of"],
        None => ["un", "un"],
    }
}
