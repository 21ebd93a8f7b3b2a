//! The rows of the room, the link and the page: who came and went, and what holds from here on.

use super::{Diagram, Lane, Row, Shape, Text, Tone, Wire};
use crate::brief;
use crate::io::{Event, LinkState, Role, What};
use crate::words::{Message, say};

impl Diagram {
    pub(super) fn marks(&mut self, event: &Event) {
        self.room(&event.what);
        self.run(event);
        self.page(&event.what);
    }

    /// The room and who is in it.
    fn room(&mut self, what: &What) {
        let row = match what {
            What::RoomNamed { room } => Row::act(Lane::Endpoint, say("diagram.row.room-named"))
                .fact(room.as_str())
                .meaning("diagram.meaning.room-named"),
            What::Link { state, note } => return self.link(*state, note.as_ref()),
            What::Joined { me, again } => {
                let id = if *again {
                    "diagram.row.joined-again"
                } else {
                    "diagram.row.joined"
                };
                Row::act(Lane::Endpoint, say(id))
                    .fact(me.as_deref().map(brief::name).unwrap_or_default())
                    .meaning("diagram.meaning.in-the-room")
            }
            What::PeerJoined { peer } => Row::act(Lane::Endpoint, say("diagram.row.peer-joined"))
                .fact(brief::name(peer))
                .meaning("diagram.meaning.somebody"),
            What::PeerLeft { message, .. } => {
                Row::act(Lane::Endpoint, message.clone()).meaning("diagram.meaning.left")
            }
            _ => return,
        };
        self.put(row);
    }

    fn link(&mut self, state: LinkState, note: Option<&Message>) {
        let note = note.cloned().map_or(Text::None, Text::Said);
        let row = match state {
            LinkState::None => return,
            LinkState::Connecting => Row::new(
                Shape::Wire(Wire::new(Lane::Mine, Lane::Endpoint)),
                say("diagram.row.link.connecting"),
            )
            .meaning("diagram.meaning.link.connecting"),
            LinkState::Open => Row::act(Lane::Endpoint, say("diagram.row.link.open"))
                .meaning("diagram.meaning.link.open"),
            LinkState::Closed => {
                let (id, tone) = if self.scene.open {
                    ("diagram.meaning.link.not-missed", Tone::Seen)
                } else {
                    ("diagram.meaning.link.closed", Tone::Bad)
                };
                Row::act(Lane::Endpoint, say("diagram.row.link.closed"))
                    .tone(tone)
                    .meaning(id)
            }
        };
        self.put(row.fact(note));
    }

    /// A run, a role or an attempt begins or ends.
    fn run(&mut self, event: &Event) {
        let mark = |what: Message| Row::new(Shape::Mark, what);
        let row = match &event.what {
            What::Joining { room, endpoint, .. } => {
                self.repeats.clear();
                mark(say("diagram.row.joining").with("room", brief::room(room)))
                    .fact(endpoint.as_str())
                    .meaning("diagram.meaning.joining")
            }
            What::Role { role, why } => mark(say(match role {
                None => "diagram.role.open",
                Some(Role::Offerer) => "diagram.role.offerer",
                Some(Role::Answerer) => "diagram.role.answerer",
            }))
            .fact(why.clone())
            .meaning("diagram.meaning.role"),
            What::AttemptBegan => {
                self.candidates.clear();
                self.checks = None;
                mark(say("diagram.row.attempt").with("number", event.attempt))
                    .meaning("diagram.meaning.attempt")
            }
            What::AttemptEnded { why } => mark(say("diagram.row.ended"))
                .fact(why.clone())
                .meaning("diagram.meaning.ended"),
            What::Left => mark(say("diagram.row.left")).meaning("diagram.meaning.left-room"),
            _ => return,
        };
        self.put(row);
    }

    /// What the page was told to do, and what the browser does to it.
    fn page(&mut self, what: &What) {
        let mark = |what: Message| Row::new(Shape::Mark, what);
        let row = match what {
            What::Page { hidden, .. } if *hidden != self.hidden => return self.seen(*hidden),
            What::Option { option, on } => {
                let on = if *on { "diagram.on" } else { "diagram.off" };
                mark(say(match *option {
                    "let-me-fail" => "diagram.option.let-me-fail",
                    "add-by-hand" => "diagram.option.add-by-hand",
                    "stop-answering" => "diagram.option.stop-answering",
                    _ => "diagram.option.read-statistics",
                }))
                .fact(say(on))
                .meaning("diagram.meaning.option")
            }
            What::Disturbances(all) if all.is_empty() => {
                mark(say("diagram.row.undisturbed")).meaning("diagram.meaning.disturbances")
            }
            What::Disturbances(all) => {
                let words = all.iter().filter_map(|one| Some(one.disorder?.word()));
                let words: Vec<_> = words.collect();
                mark(say("diagram.row.disturbances"))
                    .fact(words.join(", "))
                    .meaning("diagram.meaning.disturbances")
            }
            // A server that failed has a row of its own.
            What::Note { message }
                if matches!(
                    &*message.id,
                    "note.server-error" | "note.server-refused" | "note.server-silent"
                ) =>
            {
                return;
            }
            What::Note { message } => {
                Row::act(Lane::Mine, message.clone()).meaning("diagram.meaning.note")
            }
            What::ChatRefused { message, .. } => Row::act(Lane::Mine, message.clone())
                .tone(Tone::Bad)
                .meaning("diagram.meaning.chat-refused"),
            _ => return,
        };
        self.put(row);
    }

    /// Who goes to and fro between two tabs leaves one row for each time away, and one for several with nothing between them.
    fn seen(&mut self, hidden: bool) {
        self.hidden = hidden;
        let last = self.rows.len().checked_sub(1);
        if !hidden && let Some(place) = self.away {
            let until = say("diagram.row.until").with("time", self.clock(self.at));
            self.change(place, |row| {
                row.what = say("diagram.row.shown").into();
                row.fact = until.into();
            });
        } else if self.away.is_none() || self.away != last {
            let row = Row::new(Shape::Mark, say("diagram.row.hidden"));
            self.away = Some(self.put(row.meaning("diagram.meaning.hidden")));
        }
    }
}
