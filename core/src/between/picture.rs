//! The diagram of a pair as one picture.

use super::Between;
use crate::diagram::{Lane, Say, Tone, draw, text};
use crate::io::Millis;
use crate::words::say;

impl Between {
    /// Draws every row so far as SVG, what was never sent included. `words` says the messages.
    pub fn svg(&self, now: Millis, words: Say<'_>) -> String {
        let named = |id| words(&say(id));
        let mut heads = vec![
            (Lane::Mine, named("between.offerer"), named("between.here")),
            (
                Lane::Endpoint,
                named("between.endpoint"),
                named("between.in-page"),
            ),
            (
                Lane::Theirs,
                named("between.answerer"),
                named("between.here"),
            ),
        ];
        if self.scene.servers {
            let servers = text(self.servers(), words);
            heads.push((Lane::Servers, named("diagram.stun"), servers));
        }
        let tail = self.tail(now);
        let tail = tail.iter().filter(|entry| entry.row.tone != Tone::Ghost);
        let rows: Vec<_> = self
            .entries
            .iter()
            .chain(tail)
            .map(|entry| &entry.row)
            .collect();
        draw(&heads, self.scene, &rows, &|at| self.clock(at), words)
    }
}
