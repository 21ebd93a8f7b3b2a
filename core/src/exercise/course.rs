//! How an exercise goes: which task is done, which is present, what is set up and taken back, and how it ended.

use std::collections::{BTreeMap, BTreeSet};

use super::seen::Seen;
use super::{Deed, Exercise, Finding, Task, of_name};
use crate::io::{Event, Millis, Role, What};

/// The exercises of one page: at most one is under way, and each keeps its last result. It outlives attempts and stays in a room.
#[derive(Debug, Default)]
pub struct Course {
    seen: Seen,
    under_way: Option<UnderWay>,
    outcomes: BTreeMap<&'static str, Outcome>,
    orders: Vec<Deed>,
}

#[derive(Debug)]
struct UnderWay {
    exercise: &'static Exercise,
    /// How many of its tasks are done.
    done: usize,
    /// What was set up and holds, to be taken back.
    holds: Vec<Deed>,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Done,
    Now,
    ToCome,
}

impl Progress {
    /// `done`, `now` or `to-come`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::ToCome => "to-come",
        }
    }
}

/// What came of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// Whether everything was as it should be.
    pub fn passed(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

impl Course {
    /// Takes one fact.
    pub fn apply(&mut self, event: &Event) {
        self.seen.apply(event);
        if let (What::Joined { again: false, .. }, Some(under_way)) = (&event.what, &self.under_way)
        {
            // What was set up belonged to the stay before.
            self.orders.extend(&under_way.holds);
        }
        self.judge();
    }

    /// Time has passed: some tasks are to wait for a while.
    pub fn tick(&mut self, now: Millis) {
        self.seen.clock = self.seen.clock.max(now);
        self.judge();
    }

    /// Begins an exercise; one that is under way is given up. An unknown name does nothing.
    pub fn start(&mut self, id: &str) {
        let Some(exercise) = of_name(id) else { return };
        self.stop();
        self.outcomes.remove(exercise.id);
        self.seen.begin();
        self.under_way = Some(UnderWay {
            exercise,
            done: 0,
            holds: Vec::new(),
        });
        self.set_up(exercise.begin);
        self.begin_task();
        self.judge();
    }

    /// Gives up the exercise that is under way, and takes back what it set up.
    pub fn stop(&mut self) {
        self.seen.keeps = false;
        let Some(under_way) = self.under_way.take() else {
            return;
        };
        let back = under_way.holds.into_iter().rev();
        self.orders.extend(back.filter_map(Deed::undone));
    }

    /// What is to be given to the element now, in order.
    pub fn orders(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.orders)
    }

    /// The exercise under way.
    pub fn present(&self) -> Option<&'static Exercise> {
        self.under_way.as_ref().map(|under_way| under_way.exercise)
    }

    /// How many tasks of the exercise under way are done.
    pub fn done(&self) -> usize {
        self.under_way
            .as_ref()
            .map_or(0, |under_way| under_way.done)
    }

    /// The tasks of the exercise under way, each with how far it is.
    pub fn tasks(&self) -> impl Iterator<Item = (&'static Task, Progress)> {
        let done = self.done();
        let tasks = self.present().map_or(&[][..], |exercise| exercise.tasks);
        tasks.iter().enumerate().map(move |(index, task)| {
            let progress = match index.cmp(&done) {
                std::cmp::Ordering::Less => Progress::Done,
                std::cmp::Ordering::Equal => Progress::Now,
                std::cmp::Ordering::Greater => Progress::ToCome,
            };
            (task, progress)
        })
    }

    /// Where a task is done or can be seen, for the role that this page has; none: nowhere in particular.
    pub fn place(&self, task: &Task) -> Option<&'static str> {
        let answers = self.seen.now.role == Some(Role::Answerer);
        match (task.place, answers) {
            ("", _) | ("step-5", true) | ("step-21", false) => None,
            ("step-2", true) => Some("step-14"),
            ("step-4", true) => Some("step-16"),
            (place, _) => Some(place),
        }
    }

    /// What came of an exercise when it was last done to its end.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.get(id)
    }

    /// What is known of the run.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Goes on as far as the facts allow.
    fn judge(&mut self) {
        while let Some(under_way) = &mut self.under_way {
            let exercise = under_way.exercise;
            let Some(task) = exercise.tasks.get(under_way.done) else {
                let findings = (exercise.check)(&self.seen);
                self.outcomes.insert(exercise.id, Outcome { findings });
                return self.stop();
            };
            if !(task.done)(&self.seen) {
                return;
            }
            under_way.done += 1;
            self.begin_task();
        }
    }

    fn begin_task(&mut self) {
        let Some(under_way) = &self.under_way else {
            return;
        };
        if let Some(task) = under_way.exercise.tasks.get(under_way.done) {
            self.set_up(task.begin);
        }
    }

    /// Orders deeds, and remembers what there is to take back.
    fn set_up(&mut self, deeds: &[Deed]) {
        let on: BTreeSet<_> = self.seen.now.options.clone();
        let Some(under_way) = &mut self.under_way else {
            return;
        };
        for deed in deeds {
            match deed {
                Deed::Switch(option, wanted) if on.contains(option) == *wanted => continue,
                Deed::Fault {
                    disorder: None,
                    side,
                    signal,
                    ..
                } => under_way
                    .holds
                    .retain(|held| held.undone() != Some(Deed::free(*side, signal))),
                _ => under_way.holds.push(*deed),
            }
            self.orders.push(*deed);
        }
    }
}
