//! Tabs of one browser: what one posts, all others in the room hear, a moment later.

use webrtc_steps_core::tabs::{LISTEN, TabRoom, Wish};

use super::side::Carrier;
use super::world::{Due, World};

/// From tab to tab, in ms.
const POST: f64 = 1.0;

impl World {
    pub(crate) fn enter_tabs(&mut self, side: usize, link: u32, room: String, me: &str) {
        let (tab, wishes) = TabRoom::enter(me, self.now);
        self.sides[side].link = Some((link, Carrier::Tabs { room, tab }));
        self.later(LISTEN, side, Due::Listened { link });
        self.grant(side, wishes);
    }

    /// Takes one end of the line that the page laid: all sides of a world with `line:` are on the same one.
    pub(crate) fn take_line(&mut self, side: usize, link: u32, me: &str) {
        let (tab, wishes) = TabRoom::on_line(me, self.now);
        let room = "the line".to_owned();
        self.sides[side].link = Some((link, Carrier::Tabs { room, tab }));
        self.grant(side, wishes);
    }

    pub(crate) fn tab_line(&mut self, side: usize, link: u32, line: &[String]) {
        let now = self.now;
        if let Some((open, Carrier::Tabs { tab, .. })) = &mut self.sides[side].link
            && *open == link
        {
            let wishes = tab.line(now, line);
            self.grant(side, wishes);
        }
    }

    pub(crate) fn tab_listened(&mut self, side: usize, link: u32) {
        let now = self.now;
        if let Some((open, Carrier::Tabs { tab, .. })) = &mut self.sides[side].link
            && *open == link
        {
            let wishes = tab.tick(now + LISTEN);
            self.grant(side, wishes);
        }
    }

    pub(crate) fn send_to_tab(&mut self, side: usize, text: &str) {
        if let Some((_, Carrier::Tabs { tab, .. })) = &self.sides[side].link {
            let wishes = tab.send(text).into_iter().collect();
            self.grant(side, wishes);
        }
    }

    pub(crate) fn leave_tabs(&mut self, side: usize, room: &str, tab: &TabRoom) {
        if let Wish::Post(line) = tab.leave() {
            self.post(side, room, &line);
        }
    }

    fn grant(&mut self, side: usize, wishes: Vec<Wish>) {
        for wish in wishes {
            let Some((link, Carrier::Tabs { room, .. })) = &self.sides[side].link else {
                return;
            };
            let (link, room) = (*link, room.clone());
            match wish {
                Wish::Report(report) => self.signal(0.0, side, link, report),
                Wish::Post(line) => self.post(side, &room, &line),
            }
        }
    }

    fn post(&mut self, from: usize, room: &str, line: &[String]) {
        for side in (0..self.sides.len()).filter(|side| *side != from) {
            if let Some((link, Carrier::Tabs { room: theirs, .. })) = &self.sides[side].link
                && theirs == room
            {
                let (link, line) = (*link, line.to_vec());
                self.later(POST, side, Due::Line { link, line });
            }
        }
    }
}
