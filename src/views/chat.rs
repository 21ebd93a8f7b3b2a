//! The chat: it opens with the channel, and nothing typed is ever lost.

use web_sys::{Element, HtmlInputElement};
use webrtc_steps_core::io::{Event, Role, Side, What};

use super::bar::short;
use super::control::Control;
use super::dom::{self, Template};
use super::timeline::{Clock, lost_count};
use crate::words::Words;

/// The lines that stay on the page.
const MOST_LINES: u32 = 500;

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
}

impl Chat {
    pub(crate) fn new(place: &Element, words: &Words) -> Result<Self, String> {
        dom::stamp(place, include_str!("chat.html"), words)?;
        let chat = Self {
            words: words.clone(),
            card: dom::part(place, "card")?,
            kicker: dom::part(place, "kicker")?,
            head: dom::part(place, "head")?,
            about: dom::part(place, "about")?,
            older: dom::part(place, "older")?,
            talk: dom::part(place, "talk")?,
            field: dom::find_as(place, "input[name=text]")?,
            refusal: dom::part(place, "refusal")?,
            send: dom::part(place, "send")?,
            form: Control::find(place, "send-message")?,
            line: Template::find(place, "line")?,
            clock: Clock::default(),
            role: None,
            peer: words.text("ui.peer"),
            gone: 0,
        };
        Ok(chat)
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
            What::PeerJoined { peer } => self.peer = short(peer),
            What::Joining { .. } => self.begin(),
            What::Channel { label, state, .. } => self.channel(label, state),
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
        let args = [
            ("label", label.to_owned()),
            ("state", state.to_owned()),
            ("peer", self.peer.clone()),
        ];
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
        if self.line(side, text, at).is_err() {
            return;
        }
        self.gone += dom::trim(&self.talk, MOST_LINES);
        dom::say_or_hide(&self.older, &lost_count(&self.words, self.gone));
        // Only the newest line matters to somebody who is talking; the box is small and scrolls by itself.
        self.talk.set_scroll_top(self.talk.scroll_height());
    }

    fn line(&self, side: Side, text: &str, at: f64) -> Result<(), String> {
        let line = self.line.stamp()?;
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
        dom::class(&line, shape);
        dom::class(&line, mark);
        dom::class(&dom::part(&line, "node")?, shape);
        dom::say(&dom::part(&line, "name")?, &name);
        dom::say(&dom::part(&line, "time")?, &self.clock.text(at));
        let words = dom::part(&line, "text")?;
        dom::mark(&words, "data-message", mark);
        dom::say(&words, text);
        dom::append(&self.talk, &line);
        Ok(())
    }
}
