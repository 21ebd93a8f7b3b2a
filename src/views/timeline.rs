//! What happened, in order: three lanes, one row for each thing, the wire text of each message inside it.

mod calls;
mod clock;
mod messages;
mod rows;
mod scene;

use web_sys::Element;
use webrtc_steps_core::io::{Event, LinkState, Role, What};

pub(super) use self::clock::Clock;
use self::rows::{Act, Lane, Rows};
use self::scene::Lanes;
use super::bar::{room_name, short};
use super::dom::Build;
use crate::words::Words;

/// The centre of the page.
pub(crate) struct Timeline {
    words: Words,
    clock: Clock,
    lanes: Lanes,
    rows: Rows,
    role: Option<Role>,
    /// The last call, until it is done or refused.
    pending: Option<(String, Element)>,
    /// Steps without a call that were written down already in this attempt.
    written: Vec<u8>,
    /// The signaling state that the last call's row already says.
    signaling: Option<String>,
    /// Whether the signaling state was told in this attempt.
    moved: bool,
    /// What the dialect repeats: its rule, its row, and how often it went out.
    repeats: Vec<(Option<usize>, Element, u32)>,
}

impl Timeline {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("timeline.html"));
        Self {
            words: build.words.clone(),
            clock: Clock::default(),
            lanes: Lanes::new(build),
            rows: Rows::new(build),
            role: None,
            pending: None,
            written: Vec::new(),
            signaling: None,
            moved: false,
            repeats: Vec::new(),
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.clock.apply(event);
        self.lanes.apply(&event.what);
        self.rows.scene(&event.what);
        self.rows.at(self.clock.text(event.at));
        self.room(&event.what);
        self.attempt(event);
        self.calls(&event.what);
        self.signals(&event.what);
        self.requests(&event.what);
        self.direct(&event.what);
    }

    /// The room and who is in it.
    fn room(&mut self, what: &What) {
        let words = self.words.clone();
        match what {
            What::Joining { room, endpoint, .. } => {
                self.repeats.clear();
                self.rows.mark(
                    &words.with("ui.row.joining", &[("room", &room_name(room))]),
                    endpoint,
                );
            }
            What::RoomNamed { room } => self.rows.act(
                Lane::Endpoint,
                &Act::text(&words.text("ui.row.room-named")).fact(room),
            ),
            What::Link { state, note } => {
                let note = words.say_or_nothing(note.as_ref());
                self.link(*state, &note);
            }
            What::Joined { me, again } => {
                let id = if *again {
                    "ui.row.joined-again"
                } else {
                    "ui.row.joined"
                };
                self.rows.act(
                    Lane::Endpoint,
                    &Act::text(&words.text(id)).fact(&me.as_deref().map(short).unwrap_or_default()),
                );
            }
            What::PeerJoined { peer } => {
                self.rows.act(
                    Lane::Endpoint,
                    &Act::text(&words.text("ui.row.peer-joined")).fact(&short(peer)),
                );
            }
            What::PeerLeft { message, .. } => self
                .rows
                .act(Lane::Endpoint, &Act::text(&words.say(message))),
            What::Role { role, why } => {
                self.role = *role;
                let id = role.map_or("ui.you.open", |role| match role {
                    Role::Offerer => "ui.you.offerer",
                    Role::Answerer => "ui.you.answerer",
                });
                self.rows.mark(&words.text(id), &words.say(why));
            }
            What::Left => self.rows.mark(&words.text("ui.row.left"), ""),
            _ => {}
        }
    }

    fn link(&mut self, state: LinkState, note: &str) {
        let id = match state {
            LinkState::None => return,
            LinkState::Connecting => "ui.row.link.connecting",
            LinkState::Open => "ui.row.link.open",
            LinkState::Closed => "ui.row.link.closed",
        };
        self.rows
            .act(Lane::Endpoint, &Act::text(&self.words.text(id)).fact(note));
    }
}

/// The line that says how many older rows were folded away; empty for none.
pub(super) fn lost_count(words: &Words, gone: u32) -> String {
    if gone == 0 {
        String::new()
    } else {
        words.with("ui.older", &[("count", &gone)])
    }
}
