//! The chat: it opens with the channel, and nothing typed is ever lost.

use std::fmt::Display;

use web_sys::{Element, HtmlInputElement};
use webrtc_steps_core::brief;
use webrtc_steps_core::io::{Event, FirstChannel, Role, Side, What};

use super::clock::Clock;
use super::control::Control;
use super::dom::{self, Build, Template};
use crate::words::Words;

/// The lines that stay on the page.
const MOST_LINES: u32 = 500;
/// How many go at once: when the first line goes, all others move, and that is not done for every line.
const GO_TOGETHER: u32 = 100;

/// The chat card.
pub(crate) struct Chat {
    words: Words,
    card: Element,
    kicker: Element,
    head: Element,
    about: Element,
    older: Element,
    talk: Element,
    field: HtmlInputElement,
    refusal: Element,
    send: Element,
    form: Control,
    line: Template,
    clock: Clock,
    role: Option<Role>,
    peer: String,
    gone: u32,
    /// The channel that is talked over; others may be added beside it.
    first: FirstChannel,
}

impl Chat {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("chat.html"));
        Self {
            first: FirstChannel::default(),
            words: build.words.clone(),
            card: build.part("card"),
            kicker: build.part("kicker"),
            head: build.part("head"),
            about: build.part("about"),
            older: build.part("older"),
            talk: build.part("talk"),
            field: build.find_as("input[name=text]"),
            refusal: build.part("refusal"),
            send: build.part("send"),
            form: build.control("send-message"),
            line: build.template("line", &["node", "name", "time", "text"]),
            clock: Clock::default(),
            role: None,
            peer: build.words.text("ui.peer"),
            gone: 0,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.clock.apply(event);
        self.form.apply(event, &self.words);
        match &event.what {
            What::Control {
                command: "send-message",
                available,
                ..
            } => {
                dom::mark(
                    &self.send,
                    "aria-disabled",
                    if *available { "false" } else { "true" },
                );
            }
            What::Role {
                role: Some(role), ..
            } => self.role = Some(*role),
            What::PeerJoined { peer } if !peer.is_empty() => self.peer = brief::name(peer),
            What::Joining { .. } => self.begin(),
            What::Channel { label, state, .. } if self.first.follows(label, state) => {
                self.channel(label, state);
            }
            What::AttemptBegan => self.first = FirstChannel::default(),
            What::Chat { side, text } => self.told(*side, text, event.at),
            What::ChatRefused { text, message } => {
                if self.field.value().is_empty() {
                    self.field.set_value(text);
                }
                dom::say_or_hide(&self.refusal, &self.words.say(message));
            }
            _ => {}
        }
    }

    fn begin(&mut self) {
        dom::show(&self.card, false);
        dom::show(&self.refusal, false);
        self.peer = self.words.text("ui.peer");
    }

    fn channel(&self, label: &str, state: &str) {
        let open = state == "open";
        if open {
            dom::show(&self.card, true);
        }
        dom::mark(&self.card, "data-open", if open { "true" } else { "false" });
        let args: [(&str, &dyn Display); 3] =
            [("label", &label), ("state", &state), ("peer", &self.peer)];
        dom::say(&self.kicker, &self.words.with("ui.chat.kicker", &args));
        let (head, about) = if open {
            ("ui.chat.open", "ui.chat.about")
        } else {
            ("ui.chat.closed", "ui.chat.over")
        };
        dom::say(&self.head, &self.words.text(head));
        dom::say(&self.about, &self.words.with(about, &args));
    }

    fn told(&mut self, side: Side, text: &str, at: f64) {
        if side == Side::Mine && self.field.value() == text {
            self.field.set_value("");
            dom::show(&self.refusal, false);
        }
        self.line(side, text, at);
        if self.talk.child_element_count() >= MOST_LINES + GO_TOGETHER {
            self.gone += dom::trim(&self.talk, MOST_LINES);
            dom::say_or_hide(&self.older, &lost_count(&self.words, self.gone));
        }
        // Only the newest line matters to somebody who is talking; the box is small and scrolls by itself.
        self.talk.set_scroll_top(self.talk.scroll_height());
    }

    fn line(&self, side: Side, text: &str, at: f64) {
        let Some(line) = self.line.stamp() else {
            return;
        };
        let offers = self.role != Some(Role::Answerer);
        let (mark, name) = match side {
            Side::Mine => ("sent", self.words.text("ui.you")),
            Side::Theirs => ("received", self.peer.clone()),
        };
        let shape = if (side == Side::Mine) == offers {
            "of"
        } else {
            "an"
        };
        dom::mark(&line, "class", &["say", shape, mark].join(" "));
        dom::dress(&line, "node", &["node dot", shape]);
        let time = self.clock.text(at);
        dom::fill(&line, &[("name", &name), ("time", &time), ("text", text)]);
        if let Some(words) = dom::part(&line, "text") {
            dom::mark(&words, "data-message", mark);
        }
        dom::append(&self.talk, &line);
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
