//! The diagram of both sides on the page: bounded, walkable, each stage foldable, each message with its whole content inside.

use std::collections::BTreeMap;

use gloo_events::EventListener;
use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::between::{Between, Entry};
use webrtc_steps_core::diagram::{Inside, Row, Shape, Text, When, Wire};
use webrtc_steps_core::io::{Event, Millis, Role, What};
use webrtc_steps_core::record::MOST_EVENTS;
use webrtc_steps_core::refusal::{Explained, Refusals};
use webrtc_steps_core::words::{Message, say};

use crate::desk;
use crate::diagram::draw::Draw;
use crate::diagram::opened::Opened;
use crate::diagram::window::Window;
use crate::diagram::{is_open, nth, said, steadily, unfold, walk};
use crate::panel::Act;
use crate::save::save_from;

/// The diagram.
pub(super) struct Rows {
    data: Data,
    window: Window,
    servers: Element,
    servers_name: Element,
    now: Millis,
    _walk: EventListener,
}

/// The rows as data, and how one is drawn.
struct Data {
    words: Words,
    between: Between,
    draw: Draw,
    opened: Opened,
    offerer: Told,
    answerer: Told,
    /// Which stages are folded.
    folded: Vec<bool>,
}

/// What one side told.
#[derive(Default)]
struct Told {
    record: Vec<Event>,
    refusals: Refusals,
    /// What known refusals mean, by the place of their event.
    known: BTreeMap<usize, Explained>,
}

impl Rows {
    pub(super) fn new(build: &Build<'_>) -> Self {
        let window = Window::new(build);
        Self {
            data: Data {
                words: build.words.clone(),
                between: Between::default(),
                draw: Draw::new(build),
                opened: Opened::new(build),
                offerer: Told::default(),
                answerer: Told::default(),
                folded: Vec::new(),
            },
            servers: build.part("lane-v"),
            servers_name: build.part("servers"),
            now: desk::now(),
            _walk: walk::listen(window.list()),
            window,
        }
    }

    pub(super) fn apply(&mut self, role: Role, event: Event) {
        self.now = event.at;
        self.data.between.apply(role, &event);
        self.data.told_mut(role).take(event);
    }

    /// Draws what changed.
    pub(super) fn show(&mut self) {
        let scene = self.data.between.now();
        dom::show(&self.servers, scene.servers);
        if scene.servers {
            let name = said(&self.data.words, self.data.between.servers());
            dom::say(&self.servers_name, &name);
        }
        self.begin_stages();
        let (data, count) = (&self.data, self.data.between.entries().len());
        self.window.append(count, |index| data.put(index));
        self.refill();
        self.end();
        walk::keep_one(self.window.list());
    }

    pub(super) fn tick(&mut self, now: Millis) {
        self.now = now;
        self.end();
    }

    pub(super) fn act(&mut self, act: &Act) {
        match act.name.as_str() {
            "diagram-open" => self.click(act),
            "diagram-earlier" => {
                let data = &self.data;
                self.window.bring_back(|index| data.put(index));
            }
            "diagram-svg" => {
                let words = |message: &Message| self.data.words.say(message);
                let picture = self.data.between.svg(self.now, &words);
                let list = self.window.list();
                save_from(list, "webrtc-steps-pair.svg", "image/svg+xml", &picture);
            }
            _ => {}
        }
    }

    /// When a stage begins, those before it fold; one in which somebody reads or stands stays as it is.
    fn begin_stages(&mut self) {
        let stages = self.data.between.stages().len();
        if stages <= self.data.folded.len() {
            return;
        }
        for stage in 0..self.data.folded.len() {
            if !self.is_read(stage) {
                self.fold(stage, true);
            }
        }
        let last = stages.saturating_sub(1);
        let behind = self.data.folded.len();
        // Of a run that comes at once the stages before the last were over before anybody saw them.
        self.data
            .folded
            .extend((behind..stages).map(|stage| stage < last));
        for stage in behind..last {
            self.fold(stage, true);
        }
    }

    /// Whether one of its rows is open, or holds the keyboard.
    fn is_read(&self, stage: usize) -> bool {
        let mut rows = self.window.items();
        rows.any(|(index, item)| {
            self.data.folds(index, stage)
                && (dom::find(item, ".row[aria-expanded=true]").is_some() || walk::is_held(item))
        })
    }

    /// Folds a stage, or opens it; its heading says which.
    fn fold(&mut self, stage: usize, folded: bool) {
        if let Some(of) = self.data.folded.get_mut(stage) {
            *of = folded;
        }
        for (index, item) in self.window.items() {
            if self.data.folds(index, stage) {
                dom::show(item, !folded);
            }
        }
        self.fill_heading(stage);
    }

    fn fill_heading(&self, stage: usize) {
        let heading = self.data.between.stages().get(stage);
        let Some(heading) = heading.map(|stage| stage.heading) else {
            return;
        };
        if let (Some(entry), Some(item)) = (
            self.data.between.entries().get(heading),
            self.window.item(heading),
        ) {
            self.data.fill(item, entry);
        }
    }

    /// Rows that say more than before are filled anew; whatever is open stays open.
    fn refill(&mut self) {
        let data = &mut self.data;
        let changed = data.between.take_changed();
        let data = &self.data;
        let clock = |at| data.between.clock(at);
        for index in changed {
            let Some(entry) = data.between.entries().get(index) else {
                continue;
            };
            if entry.heading {
                self.fill_heading(entry.stage);
                continue;
            }
            let item = self.window.refill(index, &entry.row, &data.draw, &clock);
            let Some(item) = item else { continue };
            data.name(item, entry);
            // What came since opens as its receiver got it.
            let open = dom::find(item, ".row[aria-expanded=true]").is_some();
            if let Some(inside) = dom::find(item, ".opened").filter(|_| entry.also.is_some()) {
                inside.remove();
            }
            if open || entry.row.opened && dom::find(item, ".opened").is_none() {
                data.open(item, entry);
            }
        }
        // How many rows a folded stage has can still grow.
        for (stage, folded) in data.folded.iter().enumerate() {
            if *folded {
                self.fill_heading(stage);
            }
        }
    }

    fn end(&mut self) {
        let data = &self.data;
        let clock = |at| data.between.clock(at);
        let tail = data.between.tail(self.now);
        let rows = tail.into_iter().map(|entry| entry.row).collect();
        self.window.end(rows, &data.draw, &clock);
    }

    fn click(&mut self, act: &Act) {
        let Ok(Some(item)) = act.control.closest(".ev") else {
            return;
        };
        let after = self.data.between.tail(self.now);
        let entry = match nth(&item) {
            Some(index) => self.data.between.entries().get(index),
            None => self.window.in_tail(&item).and_then(|at| after.get(at)),
        };
        let Some(entry) = entry else { return };
        let open = is_open(&act.control);
        if entry.heading {
            let stage = entry.stage;
            steadily(&item, || self.fold(stage, open));
        } else if open {
            steadily(&item, || unfold(&item, false));
        } else {
            steadily(&item, || self.data.open(&item, entry));
        }
    }
}

impl Data {
    fn told(&self, role: Role) -> &Told {
        match role {
            Role::Offerer => &self.offerer,
            Role::Answerer => &self.answerer,
        }
    }

    fn told_mut(&mut self, role: Role) -> &mut Told {
        match role {
            Role::Offerer => &mut self.offerer,
            Role::Answerer => &mut self.answerer,
        }
    }

    /// Whether a row goes when its stage is folded.
    fn folds(&self, index: usize, stage: usize) -> bool {
        let entry = self.between.entries().get(index);
        entry.is_some_and(|entry| entry.stage == stage && !entry.heading && !entry.stands)
    }

    fn put(&self, index: usize) -> Option<Element> {
        let entry = self.between.entries().get(index)?;
        let item = self.draw.row(&entry.row, &|at| self.between.clock(at))?;
        dom::mark(&item, "data-nth", &index.to_string());
        self.name(&item, entry);
        if entry.heading {
            self.fill(&item, entry);
        }
        let folded = self.folded.get(entry.stage).copied().unwrap_or_default();
        dom::show(&item, !(folded && self.folds(index, entry.stage)));
        if entry.row.opened {
            self.open(&item, entry);
        }
        Some(item)
    }

    /// Events are numbered by side.
    fn name(&self, item: &Element, entry: &Entry) {
        let sender = match &entry.row.shape {
            Shape::Wire(Wire { arrived: true, .. }) => other(entry.record),
            _ => entry.record,
        };
        if let Some(event) = entry.row.event {
            let at = format!("{}-event-{event}", sender.word());
            dom::mark(item, "data-at", &at);
        }
    }

    /// A heading says what the stage is while it is open, and what is in it while it is folded.
    fn fill(&self, item: &Element, entry: &Entry) {
        let folded = self.folded.get(entry.stage).copied().unwrap_or_default();
        let clock = |at| self.between.clock(at);
        let mut row = entry.row.clone();
        if let Some(stage) = self.between.stages().get(entry.stage).filter(|_| folded) {
            row.fact = stage.summary(&clock).into();
        }
        self.draw.fill(item, &row, &clock);
        dom::class(item, "stage-row");
        if folded {
            dom::class(item, "folded");
        }
        if let Some(button) = dom::find(item, ".row") {
            dom::mark(
                &button,
                "aria-expanded",
                if folded { "false" } else { "true" },
            );
        }
    }

    fn open(&self, item: &Element, entry: &Entry) {
        let clock = |at| self.between.clock(at);
        if dom::find(item, ".opened").is_none() {
            let told = self.told(entry.record);
            let row = self.titled(entry);
            let known = told.known(&row);
            let inside = self.opened.inside(&row, &told.record, &clock, known);
            if let Some(inside) = inside {
                self.say_times(&inside, entry);
                dom::append(item, &inside);
            }
        }
        unfold(item, true);
    }

    /// A message that came says who got it.
    fn titled(&self, entry: &Entry) -> Row {
        let mut row = entry.row.clone();
        if matches!(&row.shape, Shape::Wire(Wire { arrived: true, .. })) {
            let lane = match entry.record {
                Role::Offerer => "between.lane.offerer",
                Role::Answerer => "between.lane.answerer",
            };
            let got = say("between.got").with("what", said(&self.words, &row.what));
            row.what = Text::Said(got.with("who", self.words.text(lane)));
        }
        row
    }

    /// When it was for whom, where both told.
    fn say_times(&self, inside: &Element, entry: &Entry) {
        let (Some((role, later)), When::At(first)) = (entry.also, entry.row.when) else {
            return;
        };
        let (first, later) = (self.between.clock(first), self.between.clock(later));
        let both = matches!(&entry.row.shape, Shape::Wire(wire) if !wire.both);
        let message = if both {
            say("between.passed")
                .with("sent", first)
                .with("received", later)
        } else {
            let (offerer, answerer) = match role {
                Role::Answerer => (first, later),
                Role::Offerer => (later, first),
            };
            say("between.told-by-both")
                .with("offerer", offerer)
                .with("answerer", answerer)
        };
        if let Some(times) = dom::part(inside, "times") {
            dom::say_or_hide(&times, &self.words.say(&message));
        }
    }
}

impl Told {
    fn take(&mut self, event: Event) {
        let explained = self.refusals.apply(&event);
        if let (Some(explained), What::Trouble(_)) = (explained, &event.what) {
            self.known.insert(self.record.len(), explained);
        }
        if self.record.len() < MOST_EVENTS {
            self.record.push(event);
        }
    }

    /// What is known of the refusal that a row shows.
    fn known(&self, row: &Row) -> Option<&Explained> {
        match row.inside {
            Inside::Event(place) => self.known.get(&place),
            _ => None,
        }
    }
}

fn other(role: Role) -> Role {
    match role {
        Role::Offerer => Role::Answerer,
        Role::Answerer => Role::Offerer,
    }
}
