//! The stages of a pair: the offerer prepares, the answerer answers, the two connect. Each begins when what it needs came.

use super::Between;
use crate::diagram::{Row, Shape};
use crate::io::{Millis, Role, What};
use crate::words::{Message, say};

/// One stage of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// As in the course: 1, 3 or 5. In 2 and 4 the endpoint passes a description on, which is a row of its own.
    pub number: u8,
    /// The row of its heading.
    pub heading: usize,
    /// Its rows that fold.
    pub rows: usize,
    first: Millis,
    last: Millis,
}

impl Stage {
    /// What stands beside its number when it is folded: how many rows, and from when to when.
    pub fn summary(&self, clock: &dyn Fn(Millis) -> String) -> Message {
        let brief = |at| {
            let time = clock(at);
            time.split('.').next().unwrap_or_default().to_owned()
        };
        say("between.folded")
            .with("count", self.rows)
            .with("from", brief(self.first))
            .with("to", brief(self.last))
    }

    /// One more row.
    pub(super) fn count(&mut self, at: Millis) {
        self.rows += 1;
        self.last = at;
    }
}

impl Between {
    /// The first that joins begins the run; a new attempt of either begins at the first stage.
    pub(super) fn begin(&mut self, role: Role, what: &What) {
        match what {
            What::Joining { .. } => {
                if !self.offerer.running && !self.answerer.running {
                    self.began = self.at;
                    self.look();
                    self.stage(role, 1);
                }
                self.half_mut(role).running = true;
            }
            What::Left => self.half_mut(role).running = false,
            What::AttemptBegan => {
                self.direct = false;
                // The answerer's peer connection belongs to the stage in which it answers.
                if role == Role::Offerer
                    && self.stages.last().is_some_and(|stage| stage.number != 1)
                {
                    self.look();
                    self.stage(role, 1);
                }
            }
            _ => {}
        }
    }

    /// What came ends one stage and begins the next.
    pub(super) fn go_on(&mut self, role: Role, what: &What) {
        let next = match (role, what) {
            (Role::Answerer, What::Received { kind: "offer", .. }) => 3,
            (Role::Offerer, What::Received { kind: "answer", .. }) => 5,
            _ => return,
        };
        // The same description can come again.
        if self.stages.last().is_some_and(|stage| stage.number != next) {
            self.stage(role, next);
        }
    }

    fn stage(&mut self, role: Role, number: u8) {
        let title = match number {
            1 => "between.stage.1",
            3 => "between.stage.3",
            _ => "between.stage.5",
        };
        let what = say("between.stage").with("number", number);
        let row = Row::new(Shape::Mark, what).fact(say(title));
        let heading = self.put(role, row);
        let stage = self.stages.len();
        if let Some(entry) = self.entries.get_mut(heading) {
            (entry.heading, entry.stage) = (true, stage);
        }
        // What it counts for the stage before it is no row of that stage.
        if let Some(before) = self.stages.last_mut() {
            before.rows = before.rows.saturating_sub(1);
        }
        self.stages.push(Stage {
            number,
            heading,
            rows: 0,
            first: self.at,
            last: self.at,
        });
    }
}
