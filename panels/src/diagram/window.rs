//! The rows that stand on the page: the newest of them, with a way back to those before, and what stands after the last.

use std::collections::VecDeque;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::diagram::Row;

use super::draw::Draw;
use super::{Clock, walk};

/// The rows that stand on the page; older ones are kept as data and come back when they are asked for.
const WINDOW: usize = 300;
/// How many earlier rows one click brings back.
const CHUNK: usize = 200;

/// The list, bounded.
pub(crate) struct Window {
    words: Words,
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
}

impl Window {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        Self {
            words: build.words.clone(),
            list: build.part("list"),
            earlier: build.part("earlier"),
            count: build.part("earlier-count"),
            items: VecDeque::new(),
            first: 0,
            most: WINDOW,
            tail: Vec::new(),
        }
    }

    pub(crate) fn list(&self) -> &Element {
        &self.list
    }

    /// The rows on the page, each with its place.
    pub(crate) fn items(&self) -> impl Iterator<Item = (usize, &Element)> {
        (self.first..).zip(&self.items)
    }

    /// The row of a place, if it stands on the page.
    pub(crate) fn item(&self, index: usize) -> Option<&Element> {
        self.items.get(index.checked_sub(self.first)?)
    }

    /// The place of a row in what stands after the last one.
    pub(crate) fn in_tail(&self, item: &Element) -> Option<usize> {
        self.tail.iter().position(|(_, of)| of == item)
    }

    /// Appends what is new of so many rows and lets what is over the limit go.
    pub(crate) fn append(&mut self, rows: usize, put: impl Fn(usize) -> Option<Element>) {
        let mut next = self.first + self.items.len();
        // Of a long run that comes at once only the end is drawn.
        if rows - next.min(rows) > self.most {
            self.drop_items(self.items.len());
            next = rows - self.most;
            self.first = next;
        }
        let end = self.tail.first().map(|(_, item)| item.clone());
        for index in next..rows {
            let Some(item) = put(index) else {
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

    /// Brings back rows that were let go.
    pub(crate) fn bring_back(&mut self, put: impl Fn(usize) -> Option<Element>) {
        let from = self.first.saturating_sub(CHUNK);
        for index in (from..self.first).rev() {
            if let Some(item) = put(index) {
                let before = self.items.front().cloned();
                let _ = self.list.insert_before(&item, before.as_deref());
                self.items.push_front(item);
            }
        }
        self.most += self.first - from;
        self.first = from;
        self.say_earlier();
    }

    /// Draws what stands after the last row, and leads whoever stood in a row that is gone on.
    pub(crate) fn end(&mut self, tail: Vec<Row>, draw: &Draw, clock: Clock<'_>) {
        let alike = tail.len() == self.tail.len();
        let pairs = tail.iter().zip(&self.tail);
        let alike = alike
            && pairs
                .clone()
                .all(|(new, (old, _))| new.shape == old.shape && new.inside == old.inside);
        if alike {
            for (new, (old, item)) in tail.into_iter().zip(&mut self.tail) {
                if new != *old {
                    draw.fill(item, &new, clock);
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
            if let Some(item) = draw.row(&row, clock) {
                dom::append(&self.list, &item);
                self.tail.push((row, item));
            }
        }
        if held && !walk::is_held(&self.list) {
            walk::go_on(&self.list);
        }
    }

    /// Fills a row anew. One that draws its wire just now goes on with it.
    pub(crate) fn refill(
        &self,
        index: usize,
        row: &Row,
        draw: &Draw,
        clock: Clock<'_>,
    ) -> Option<&Element> {
        let item = self.item(index)?;
        let new = item.class_list().contains("new");
        draw.fill(item, row, clock);
        if new {
            dom::class(item, "new");
        }
        Some(item)
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
                .words
                .with("diagram.earlier", &[("count", &self.first)]);
            dom::say(&self.count, &said);
        }
    }
}
