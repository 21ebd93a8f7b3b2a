//! `tabs:` and `line:`: how two tabs of one browser, or the two ends of a line, agree who is there, with no server between them.
//!
//! Every tab says hello when it opens; whoever is in answers at once with `here`. Who hears nobody for a moment is the
//! first. Two that say hello at once elect: the smaller id is the first. A third hears two and is told it is full. What is
//! said travels as plain lines over a channel that all tabs share; the signals themselves pass through unread.
//!
//! A line has two ends and nobody else hears it: each is in at once, and learns of the other when that one says hello.

use crate::io::{Millis, Presence, SignalReport};

/// How long a newcomer listens before it takes itself for the first, in ms. Tabs of one browser answer within a few;
/// a hidden tab's timers are slowed, its messages are not.
pub const LISTEN: Millis = 400.0;

/// One tab's view of a room.
#[derive(Debug)]
pub struct TabRoom {
    me: String,
    joined: bool,
    deadline: Millis,
    /// Heard of while joining: id, and whether it was in already.
    heard: Vec<(String, bool)>,
    /// The other one, once we are in.
    other: Option<String>,
    /// A line of its own instead of a room.
    line: bool,
}

/// What a room wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Post this line to all other tabs.
    Post(Vec<String>),
    /// Tell the session.
    Report(SignalReport),
}

impl TabRoom {
    /// Says hello. `me` is this tab's id; call [`TabRoom::tick`] once [`LISTEN`] has passed.
    pub fn enter(me: &str, now: Millis) -> (Self, Vec<Wish>) {
        let room = Self {
            me: me.to_owned(),
            joined: false,
            deadline: now + LISTEN,
            heard: Vec::new(),
            other: None,
            line: false,
        };
        let hello = room.post("hello", "", "");
        (room, vec![hello])
    }

    /// Takes one end of a line: there is nobody to wait for and nobody to elect.
    pub fn on_line(me: &str, now: Millis) -> (Self, Vec<Wish>) {
        let (room, hello) = Self::enter(me, now);
        let room = Self {
            joined: true,
            line: true,
            ..room
        };
        let open = Wish::Report(SignalReport::Open {
            presence: Some(Presence {
                me: me.to_owned(),
                peers: Vec::new(),
            }),
        });
        (room, [vec![open], hello].concat())
    }

    /// A line that another tab posted: kind, sender, addressee, text.
    pub fn line(&mut self, now: Millis, line: &[String]) -> Vec<Wish> {
        let [kind, from, to, text] = line else {
            return Vec::new();
        };
        if *from == self.me || (!to.is_empty() && *to != self.me) {
            return Vec::new();
        }
        match kind.as_str() {
            "hello" => self.hello(from),
            "here" => self.here(now, from, text == "in"),
            "full" if !self.joined => vec![Wish::Report(SignalReport::Full)],
            "bye" => self.bye(from),
            "signal" => self.signal(from, text),
            _ => Vec::new(),
        }
    }

    /// Time has passed: who listened long enough is in.
    pub fn tick(&mut self, now: Millis) -> Vec<Wish> {
        if self.joined || now < self.deadline {
            Vec::new()
        } else {
            self.decide()
        }
    }

    /// Passes a signal to the other tab.
    pub fn send(&self, text: &str) -> Option<Wish> {
        self.other
            .as_ref()
            .map(|other| self.post("signal", other, text))
    }

    /// Says goodbye.
    pub fn leave(&self) -> Wish {
        self.post("bye", "", "")
    }

    fn hello(&mut self, from: &str) -> Vec<Wish> {
        if !self.joined {
            self.hear(from, false);
            return vec![self.post("here", from, "entering")];
        }
        match &self.other {
            Some(other) if other != from && !self.line => vec![self.post("full", from, "")],
            Some(other) if other == from => vec![self.post("here", from, "in")],
            _ => [vec![self.post("here", from, "in")], self.meet(from)].concat(),
        }
    }

    /// The other one is there; at the end of a line, in place of one that went without a word.
    fn meet(&mut self, from: &str) -> Vec<Wish> {
        let gone = self.other.replace(from.to_owned());
        let gone = gone.map(SignalReport::PeerLeft).into_iter();
        let joined = SignalReport::PeerJoined(from.to_owned());
        gone.chain([joined]).map(Wish::Report).collect()
    }

    fn here(&mut self, now: Millis, from: &str, is_in: bool) -> Vec<Wish> {
        if self.line && self.other.is_none() {
            return self.meet(from);
        }
        if self.joined {
            return Vec::new();
        }
        self.hear(from, is_in);
        // Somebody who is in has answered: nothing is left to wait for but a second one, who would say `full`.
        if is_in { self.decide() } else { self.tick(now) }
    }

    fn hear(&mut self, from: &str, is_in: bool) {
        if let Some(known) = self.heard.iter_mut().find(|(id, _)| id == from) {
            known.1 |= is_in;
        } else if self.heard.len() < 8 {
            self.heard.push((from.to_owned(), is_in));
        }
    }

    /// In, first or second, or full. Those who entered at the same moment count when their id is smaller.
    fn decide(&mut self) -> Vec<Wish> {
        let me = self.me.clone();
        let before = self
            .heard
            .iter()
            .filter(|(id, is_in)| *is_in || *id < me)
            .count();
        if before > 1 {
            return vec![Wish::Report(SignalReport::Full)];
        }
        self.joined = true;
        let is_in = |entry: &&(String, bool)| entry.1;
        let first = self
            .heard
            .iter()
            .find(is_in)
            .or_else(|| self.heard.iter().min_by(|a, b| a.0.cmp(&b.0)));
        self.other = first.map(|(id, _)| id.clone());
        let peers: Vec<String> = self.other.iter().cloned().collect();
        // The first of two that came at once has nobody before it: it learns of the other right after.
        let (present, later) = if before == 0 {
            (Vec::new(), peers)
        } else {
            (peers, Vec::new())
        };
        let mut wishes = vec![Wish::Report(SignalReport::Open {
            presence: Some(Presence { me, peers: present }),
        })];
        wishes.extend(
            later
                .into_iter()
                .map(|peer| Wish::Report(SignalReport::PeerJoined(peer))),
        );
        wishes
    }

    /// Who sends a signal to us has elected us. Its timer may have fired long before ours (a hidden tab's are slowed):
    /// then what it says is not lost, because it says that we are in.
    fn signal(&mut self, from: &str, text: &str) -> Vec<Wish> {
        let known = self.heard.iter().any(|(id, _)| id == from);
        let mut wishes = Vec::new();
        if !self.joined && known {
            wishes = self.decide();
        }
        if self.other.as_deref() == Some(from) {
            wishes.push(Wish::Report(SignalReport::Frame(text.to_owned())));
        }
        wishes
    }

    fn bye(&mut self, from: &str) -> Vec<Wish> {
        self.heard.retain(|(id, _)| id != from);
        if self.other.as_deref() != Some(from) {
            return Vec::new();
        }
        self.other = None;
        vec![Wish::Report(SignalReport::PeerLeft(from.to_owned()))]
    }

    fn post(&self, kind: &str, to: &str, text: &str) -> Wish {
        Wish::Post(vec![
            kind.to_owned(),
            self.me.clone(),
            to.to_owned(),
            text.to_owned(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Delivers every posted line to all other tabs until nothing is left; reports per tab.
    fn settle(
        tabs: &mut [TabRoom],
        first: Vec<(usize, Vec<Wish>)>,
        now: Millis,
    ) -> Vec<Vec<SignalReport>> {
        let mut reports = vec![Vec::new(); tabs.len()];
        let mut queue: std::collections::VecDeque<(usize, Vec<Wish>)> = first.into();
        while let Some((from, wishes)) = queue.pop_front() {
            for wish in wishes {
                match wish {
                    Wish::Report(report) => reports[from].push(report),
                    Wish::Post(line) => queue.extend(heard(tabs, from, &line, now)),
                }
            }
        }
        reports
    }

    /// What every other tab wants done about a line.
    fn heard(
        tabs: &mut [TabRoom],
        from: usize,
        line: &[String],
        now: Millis,
    ) -> Vec<(usize, Vec<Wish>)> {
        let others = tabs.iter_mut().enumerate().filter(|(to, _)| *to != from);
        others.map(|(to, tab)| (to, tab.line(now, line))).collect()
    }

    fn open(peers: &[&str], me: &str) -> SignalReport {
        let peers = peers.iter().map(|peer| (*peer).to_owned()).collect();
        SignalReport::Open {
            presence: Some(Presence {
                me: me.to_owned(),
                peers,
            }),
        }
    }

    #[test]
    fn the_second_tab_finds_the_first() {
        let (mut a, _) = TabRoom::enter("a", 0.0);
        assert_eq!(a.tick(LISTEN), vec![Wish::Report(open(&[], "a"))]);
        let (b, hello) = TabRoom::enter("b", 1000.0);
        let reports = settle(&mut [a, b], vec![(1, hello)], 1000.0);
        assert_eq!(reports[0], vec![SignalReport::PeerJoined("b".into())]);
        assert_eq!(reports[1], vec![open(&["a"], "b")]);
    }

    #[test]
    fn two_that_join_at_once_elect() {
        let (a, hello_a) = TabRoom::enter("a", 0.0);
        let (b, hello_b) = TabRoom::enter("b", 0.0);
        let mut tabs = [a, b];
        let nobody = settle(&mut tabs, vec![(0, hello_a), (1, hello_b)], 1.0);
        assert!(nobody.iter().all(Vec::is_empty));
        let (first, second) = (tabs[0].tick(LISTEN), tabs[1].tick(LISTEN));
        let reports = settle(&mut tabs, vec![(0, first), (1, second)], LISTEN);
        assert_eq!(
            reports[0],
            vec![open(&[], "a"), SignalReport::PeerJoined("b".into())]
        );
        assert_eq!(reports[1], vec![open(&["a"], "b")]);
    }

    #[test]
    fn a_signal_that_comes_before_our_own_deadline_is_not_lost() {
        let (a, hello_a) = TabRoom::enter("a", 0.0);
        let (b, hello_b) = TabRoom::enter("b", 0.0);
        let mut tabs = [a, b];
        settle(&mut tabs, vec![(0, hello_a), (1, hello_b)], 1.0);
        tabs[1].tick(LISTEN);
        let offer = tabs[1].send("offer").into_iter().collect();
        let reports = settle(&mut tabs, vec![(1, offer)], LISTEN);
        let expected = vec![
            open(&[], "a"),
            SignalReport::PeerJoined("b".into()),
            SignalReport::Frame("offer".into()),
        ];
        assert_eq!(reports[0], expected);
    }

    #[test]
    fn a_third_is_told_it_is_full_and_disturbs_nobody() {
        let (mut a, _) = TabRoom::enter("a", 0.0);
        a.tick(LISTEN);
        let (b, hello) = TabRoom::enter("b", 500.0);
        let (c, _) = TabRoom::enter("c", 500.0);
        let mut tabs = [a, b];
        settle(&mut tabs, vec![(1, hello)], 500.0);
        let [a, b] = tabs;
        let mut tabs = [a, b, c];
        let hello = vec![Wish::Post(vec![
            "hello".into(),
            "c".into(),
            String::new(),
            String::new(),
        ])];
        let reports = settle(&mut tabs, vec![(2, hello)], 501.0);
        assert!(reports[2].contains(&SignalReport::Full), "{reports:?}");
        assert!(reports[0].is_empty() && reports[1].is_empty());
    }

    #[test]
    fn a_tab_that_leaves_makes_room() {
        let (mut a, _) = TabRoom::enter("a", 0.0);
        a.tick(LISTEN);
        let (b, hello) = TabRoom::enter("b", 500.0);
        let mut tabs = [a, b];
        settle(&mut tabs, vec![(1, hello)], 500.0);
        let bye = tabs[1].leave();
        let reports = settle(&mut tabs, vec![(1, vec![bye])], 600.0);
        assert_eq!(reports[0], vec![SignalReport::PeerLeft("b".into())]);
        let [a, _] = tabs;
        let (c, hello) = TabRoom::enter("c", 700.0);
        let reports = settle(&mut [a, c], vec![(1, hello)], 700.0);
        assert_eq!(reports[1], vec![open(&["a"], "c")]);
    }

    #[test]
    fn the_ends_of_a_line_are_in_at_once_and_meet() {
        let (a, hello_a) = TabRoom::on_line("a", 0.0);
        let (b, hello_b) = TabRoom::on_line("b", 0.0);
        let mut ends = [a, b];
        let reports = settle(&mut ends, vec![(0, hello_a), (1, hello_b)], 0.0);
        let met = |me, other: &str| vec![open(&[], me), SignalReport::PeerJoined(other.into())];
        assert_eq!(reports[0], met("a", "b"));
        assert_eq!(reports[1], met("b", "a"));
    }

    #[test]
    fn an_end_that_went_without_a_word_is_replaced() {
        let (a, hello_a) = TabRoom::on_line("a", 0.0);
        let (b, hello_b) = TabRoom::on_line("b", 0.0);
        let mut ends = [a, b];
        settle(&mut ends, vec![(0, hello_a), (1, hello_b)], 0.0);
        let (c, hello_c) = TabRoom::on_line("c", 1.0);
        let [a, _] = ends;
        let reports = settle(&mut [a, c], vec![(1, hello_c)], 1.0);
        let left = SignalReport::PeerLeft("b".into());
        assert_eq!(reports[0], vec![left, SignalReport::PeerJoined("c".into())]);
        assert_eq!(reports[1][1], SignalReport::PeerJoined("a".into()));
    }
}
