//! What happened, in order: the rows of the diagram on the page, bounded, walkable, each with its whole content inside.

pub(crate) mod draw;
mod heads;
pub(crate) mod opened;
mod save;
pub(crate) mod walk;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

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

/// The rows that stand on the page; older ones are kept as data and come back when they are asked for.
const WINDOW: usize = 300;
/// How many earlier rows one click brings back.
const CHUNK: usize = 200;

/// The panel in the middle of the page.
pub(crate) struct Sequence {
    desk: Desk,
    diagram: Diagram,
    heads: Heads,
    draw: Draw,
    opened: Opened,
    list: Element,
    earlier: Element,
    count: Element,
    /// The rows on the page, from `first` on.
    items: VecDeque<Element>,
    first: usize,
    /// How many rows may stand on the page now: more after earlier ones were asked for.
    most: usize,
    /// What stands after the last row.
    tail: Vec<(Row, Element)>,
    now: Millis,
    /// What known refusals mean, by the place of their event.
    refusals: Refusals,
    known: BTreeMap<usize, Explained>,
    _walk: EventListener,
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
        let list = build.part("list");
        let panel = Self {
            desk: desk.clone(),
            diagram: Diagram::default(),
            heads: Heads::new(&build),
            draw: Draw::new(&build),
            opened: Opened::new(&build),
            earlier: build.part("earlier"),
            count: build.part("earlier-count"),
            items: VecDeque::new(),
            first: 0,
            most: WINDOW,
            tail: Vec::new(),
            now: desk.now(),
            refusals: Refusals::default(),
            known: BTreeMap::new(),
            _walk: walk::listen(&list),
            list,
        };
        missing.take().map_or(Ok(panel), Err)
    }

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
        if dom::find(item, ".opened").is_none()
            && let Some(inside) = self
                .opened
                .inside(row, record, &|at| self.diagram.clock(at), self.known(row))
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

    /// Appends what is new and lets what is over the limit go.
    fn append(&mut self, record: &[Event]) {
        let rows = self.diagram.rows().len();
        let mut next = self.first + self.items.len();
        // Of a long run that comes at once only the end is drawn.
        if rows - next.min(rows) > self.most {
            self.drop_items(self.items.len());
            next = rows - self.most;
            self.first = next;
        }
        let end = self.tail.first().map(|(_, item)| item.clone());
        for index in next..rows {
            let Some(item) = self.put(index, record) else {
                continue;
            };
            // Only the newest row draws its wire: a page that is shown again stands still.
            dom::class(&item, "new");
            if let Some(before) = self.items.back() {
                dom::unclass(before, "new");
            }
            let _ = self.list.insert_before(&item, end.as_deref());
            self.items.push_back(item);
        }
        self.drop_items(self.items.len().saturating_sub(self.most));
        self.say_earlier();
    }

    fn drop_items(&mut self, count: usize) {
        for item in self.items.drain(..count.min(self.items.len())) {
            item.remove();
            self.first += 1;
        }
    }

    fn say_earlier(&self) {
        dom::show(&self.earlier, self.first > 0);
        if self.first > 0 {
            let said = self
                .desk
                .words
                .with("diagram.earlier", &[("count", &self.first)]);
            dom::say(&self.count, &said);
        }
    }

    /// Brings back rows that were let go.
    fn bring_back(&mut self, record: &[Event]) {
        let from = self.first.saturating_sub(CHUNK);
        for index in (from..self.first).rev() {
            if let Some(item) = self.put(index, record) {
                let before = self.items.front().cloned();
                let _ = self.list.insert_before(&item, before.as_deref());
                self.items.push_front(item);
            }
        }
        self.most += self.first - from;
        self.first = from;
        self.say_earlier();
    }

    /// Rows that say more than before are filled anew; whatever is open stays open.
    fn refill(&mut self, record: &[Event]) {
        for index in self.diagram.take_changed() {
            let item = index
                .checked_sub(self.first)
                .and_then(|place| self.items.get(place));
            let (Some(item), Some(row)) = (item, self.diagram.rows().get(index)) else {
                continue;
            };
            self.draw.fill(item, row, &|at| self.diagram.clock(at));
            if row.opened && dom::find(item, ".opened").is_none() {
                self.open(item, row, record);
            }
        }
    }

    fn end(&mut self) {
        let tail = self.diagram.tail(self.now);
        let alike = tail.len() == self.tail.len();
        let pairs = tail.iter().zip(&self.tail);
        let alike = alike
            && pairs
                .clone()
                .all(|(new, (old, _))| new.shape == old.shape && new.inside == old.inside);
        if alike {
            for (new, (old, item)) in tail.into_iter().zip(&mut self.tail) {
                if new != *old {
                    self.draw.fill(item, &new, &|at| self.diagram.clock(at));
                    *old = new;
                }
            }
            return;
        }
        let held = walk::is_held(&self.list);
        for (_, item) in self.tail.drain(..) {
            item.remove();
        }
        for row in tail {
            if let Some(item) = self.draw.row(&row, &|at| self.diagram.clock(at)) {
                dom::append(&self.list, &item);
                self.tail.push((row, item));
            }
        }
        if held && !walk::is_held(&self.list) {
            walk::go_on(&self.list);
        }
    }

    fn click(&self, act: &Act, record: &[Event]) {
        let Ok(Some(item)) = act.control.closest(".ev") else {
            return;
        };
        let index = item.get_attribute("data-nth");
        let index = index.and_then(|index| index.parse::<usize>().ok());
        let row = match index {
            Some(index) => self.diagram.rows().get(index),
            None => self
                .tail
                .iter()
                .find(|(_, of)| *of == item)
                .map(|(row, _)| row),
        };
        let Some(row) = row else { return };
        if act.control.get_attribute("aria-expanded").as_deref() == Some("true") {
            unfold(&item, false);
        } else {
            self.open(&item, row, record);
        }
    }
}

impl Panel for Sequence {
    fn apply(&mut self, event: &Event) {
        self.diagram.apply(event);
        let explained = self.refusals.apply(event);
        if let (Some(explained), What::Trouble(_)) = (explained, &event.what) {
            self.known.insert(self.diagram.told() - 1, explained);
        }
    }

    fn show(&mut self, record: &[Event]) {
        // The time of the record, so that a moment of the past stays what it was; from there the clock goes on.
        self.now = record.last().map_or(self.now, |event| event.at);
        self.heads.show(&self.diagram, &self.desk.words);
        self.append(record);
        self.refill(record);
        self.end();
        walk::keep_one(&self.list);
    }

    fn tick(&mut self, now: Millis) {
        self.now = now;
        self.end();
    }

    fn act(&mut self, act: &Act, record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "diagram-open") => self.click(act, record),
            ("click", "diagram-earlier") => self.bring_back(record),
            ("click", "diagram-svg") => save::svg(&self.diagram, self.now, &self.desk),
            _ => {}
        }
    }
}

/// A time as a person reads it.
pub(crate) type Clock<'a> = &'a dyn Fn(Millis) -> String;

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
pub(crate) fn said(words: &webrtc_steps::words::Words, of: &webrtc_steps_core::diagram::Text) -> String {
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
