//! The sequence diagram of two sides that both tell, as data: one list of rows, in which nothing of either has to be inferred.
//!
//! Each side's record is folded by a [`Diagram`] of its own. Its rows come here as the pair sees them: the offerer's lane left, the
//! answerer's right, and what one sent and the other received in one row.

mod meet;
mod mirror;
mod order;
mod picture;
mod stages;

use std::collections::{BTreeSet, VecDeque};

pub use order::Order;
pub use stages::Stage;

use crate::brief;
use crate::diagram::{Diagram, Row, SILENCE, Scene, Shape, Tone, When, gap};
use crate::io::{Event, Millis, Role, What};
use meet::Meeting;

/// One row of the pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub row: Row,
    /// Whose record holds the event that the row opens with: of a message, the receiver's once it came.
    pub record: Role,
    /// Its stage: a place in [`Between::stages`].
    pub stage: usize,
    /// It is the heading of its stage.
    pub heading: bool,
    /// A description on its way, which stands when its stage is folded.
    pub stands: bool,
    /// Who else told of it, and when: the receiver of a message, the other end of what both do.
    pub also: Option<(Role, Millis)>,
    /// The row it came from: whose, and the place in that side's diagram.
    base: Option<(Role, usize)>,
}

/// One side: its diagram, and where the rows of it went.
#[derive(Debug, Clone, Default)]
struct Half {
    diagram: Diagram,
    /// By the place of a row in the diagram; none for what says nothing in a pair.
    places: Vec<Option<usize>>,
    /// Between joining and leaving.
    running: bool,
}

/// The rows of a pair so far.
#[derive(Debug, Clone, Default)]
pub struct Between {
    offerer: Half,
    answerer: Half,
    entries: Vec<Entry>,
    stages: Vec<Stage>,
    changed: BTreeSet<usize>,
    meeting: Meeting,
    scene: Scene,
    /// A channel was open in this attempt.
    direct: bool,
    began: Millis,
    at: Millis,
}

impl Between {
    /// Takes one event of one side. The events of both come in the order of their times.
    pub fn apply(&mut self, role: Role, event: &Event) {
        self.at = event.at;
        self.begin(role, &event.what);
        let half = self.half_mut(role);
        let known = half.diagram.rows().len();
        half.diagram.apply(event);
        let changed = half.diagram.take_changed();
        let new = half
            .diagram
            .rows()
            .get(known..)
            .unwrap_or_default()
            .to_vec();
        self.look();
        for place in changed.into_iter().filter(|place| *place < known) {
            self.say_more(role, place);
        }
        for (row, place) in new.into_iter().zip(known..) {
            let entry = self.take(role, place, row, event);
            self.half_mut(role).places.push(entry);
        }
        self.go_on(role, &event.what);
    }

    /// Every row so far, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The stages so far, oldest first; the last is at hand.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Rows that say more than when they were drawn, by their place. Told once.
    pub fn take_changed(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.changed)
    }

    /// How the lifelines look now.
    pub fn now(&self) -> Scene {
        self.scene
    }

    /// The heads of the servers' lane: what the sides were told to ask.
    pub fn servers(&self) -> &crate::diagram::Text {
        let offerers = &self.offerer.diagram.heads().servers;
        let answerers = &self.answerer.diagram.heads().servers;
        if self.offerer.diagram.now().servers {
            offerers
        } else {
            answerers
        }
    }

    /// A time of the run as a person reads it: minutes, seconds and milliseconds since the first of them joined.
    pub fn clock(&self, at: Millis) -> String {
        brief::clock(at - self.began)
    }

    /// What stands after the last row: a silence, what was never sent, and what the next steps do.
    pub fn tail(&self, now: Millis) -> Vec<Entry> {
        let of = |role| {
            let rows = self.half(role).diagram.tail(now);
            rows.into_iter()
                .filter_map(move |row| mirror::after(row, role))
        };
        let offerers = of(Role::Offerer).map(|row| (Role::Offerer, row));
        let answerers = of(Role::Answerer).map(|row| (Role::Answerer, row));
        let mut rows: Vec<_> = offerers.chain(answerers).collect();
        // Only what never came makes a silence worth saying, and it is the silence of both.
        if rows.iter().any(|(_, row)| row.tone == Tone::Never)
            && let Some(last) = self.last()
        {
            rows.insert(0, (Role::Offerer, gap(now - last).tone(Tone::Bad)));
        }
        rows.sort_by_key(|(_, row)| row.tone == Tone::Ghost);
        let entry = |(role, row)| Entry {
            row: Row {
                scene: self.scene,
                ..row
            },
            ..self.entry(role)
        };
        rows.into_iter().map(entry).collect()
    }

    fn half(&self, role: Role) -> &Half {
        match role {
            Role::Offerer => &self.offerer,
            Role::Answerer => &self.answerer,
        }
    }

    fn half_mut(&mut self, role: Role) -> &mut Half {
        match role {
            Role::Offerer => &mut self.offerer,
            Role::Answerer => &mut self.answerer,
        }
    }

    /// Looks at how the lifelines of both are.
    fn look(&mut self) {
        let (offerer, answerer) = (self.offerer.diagram.now(), self.answerer.diagram.now());
        self.scene = Scene {
            role: Some(Role::Offerer),
            mine: offerer.mine,
            theirs: answerer.mine,
            open: offerer.open && answerer.open,
            linked: offerer.linked || answerer.linked,
            servers: offerer.servers || answerer.servers,
            both: true,
        };
    }

    /// The place where a row went: its own, or none where it says nothing in a pair or another says it already.
    fn take(&mut self, role: Role, place: usize, row: Row, event: &Event) -> Option<usize> {
        let mut row = mirror::seen(row, role, &event.what)?;
        if self.meets(role, &row, event) {
            return None;
        }
        if matches!(&event.what, What::Channel { state, .. } if state == "open") && !self.direct {
            self.direct = true;
            self.put(role, mirror::direct());
        }
        let passed = self.depart(role, &mut row, event);
        let entry = self.put(role, row);
        if let Some(put) = self.entries.get_mut(entry) {
            put.base = Some((role, place));
        }
        if is_description(&event.what) {
            self.stand(entry);
        }
        self.await_other(role, entry, event, passed);
        Some(entry)
    }

    /// An older row of a side says more. Where it was sent, which steps it belongs to and that it came are known here.
    fn say_more(&mut self, role: Role, place: usize) {
        let half = self.half(role);
        let Some(Some(entry)) = half.places.get(place).copied() else {
            return;
        };
        let row = half.diagram.rows().get(place).cloned();
        let row = row.and_then(|row| mirror::said_again(row, role));
        let (Some(row), Some(old)) = (row, self.entries.get_mut(entry)) else {
            return;
        };
        let came = old.record != role;
        let inside = if came {
            old.row.inside.clone()
        } else {
            row.inside
        };
        old.row = Row {
            inside,
            scene: old.row.scene,
            shape: old.row.shape.clone(),
            step: old.row.step,
            ..row
        };
        self.changed.insert(entry);
    }

    /// Puts a row at the end; its place.
    fn put(&mut self, role: Role, row: Row) -> usize {
        if let (Some(last), false) = (self.last(), self.scene.open)
            && self.at - last >= SILENCE
            && last >= self.began
        {
            let silence = gap(self.at - last);
            self.append(role, silence);
        }
        self.append(
            role,
            Row {
                when: When::At(self.at),
                ..row
            },
        )
    }

    fn append(&mut self, role: Role, row: Row) -> usize {
        let entry = Entry {
            row: Row {
                scene: self.scene,
                ..row
            },
            ..self.entry(role)
        };
        if let (Some(stage), When::At(at)) = (self.stages.last_mut(), entry.row.when) {
            stage.count(at);
        }
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// A row that stays when its stage is folded.
    fn stand(&mut self, entry: usize) {
        let Some(put) = self.entries.get_mut(entry) else {
            return;
        };
        put.stands = true;
        if let Some(stage) = self.stages.get_mut(put.stage) {
            stage.rows = stage.rows.saturating_sub(1);
        }
    }

    fn entry(&self, role: Role) -> Entry {
        Entry {
            row: Row::new(Shape::Gap, ""),
            record: role,
            stage: self.stages.len().saturating_sub(1),
            heading: false,
            stands: false,
            also: None,
            base: None,
        }
    }

    /// When the last row was.
    fn last(&self) -> Option<Millis> {
        match self.entries.last()?.row.when {
            When::At(at) => Some(at),
            _ => None,
        }
    }
}

/// What passes from one stage to the next.
fn is_description(what: &What) -> bool {
    matches!(
        what,
        What::Sent {
            kind: "offer" | "answer",
            ..
        }
    )
}

/// The other one of the two.
fn other(role: Role) -> Role {
    match role {
        Role::Offerer => Role::Answerer,
        Role::Answerer => Role::Offerer,
    }
}

/// The most messages and happenings that wait for the other side to tell of them; older ones are not waited for.
const MOST_WAITING: usize = 256;

/// Keeps a list of what waits bounded.
fn wait<T>(list: &mut VecDeque<T>, one: T) {
    if list.len() >= MOST_WAITING {
        list.pop_front();
    }
    list.push_back(one);
}
