//! The five state machines of the present attempt: the state now, the path taken with its times, what is allowed next, and a
//! call that did not fit.

use std::cell::RefCell;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::brief;
use webrtc_steps_core::io::{Event, FirstChannel, Millis, StateName, What};
use webrtc_steps_core::machine::{self, By, Machine, Way};
use webrtc_steps_core::trouble::Refusal;

use crate::desk::Desk;
use crate::machine::Drawing;
use crate::panel::Panel;

/// The states of a path that stay on the page; a connection that comes and goes makes a long one.
const MOST_WORDS: usize = 12;
/// The states of a path that are kept.
const MOST_KEPT: usize = 100;

/// The panel.
pub(crate) struct States {
    words: Words,
    rows: Vec<Row>,
    word: Template,
    began: Millis,
    channel: FirstChannel,
}

/// One machine's figure.
struct Row {
    machine: &'static Machine,
    figure: Element,
    drawing: Drawing,
    path: Vec<(String, Millis)>,
    /// Older states that are not kept.
    gone: usize,
    /// The state and the call that did not fit it.
    wrong: Option<(String, String)>,
    changed: bool,
}

impl States {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("states.html"));
        let panel = build.within("[data-at=states]");
        let list = panel.part("machines");
        let template = panel.template("machine", &["name", "path", "drawing", "next", "wrong"]);
        let rows = StateName::ALL.into_iter();
        let made = Self {
            words: desk.words.clone(),
            rows: rows
                .filter_map(|name| Row::new(&list, &template, name))
                .collect(),
            word: panel.template("word", &["state", "at"]),
            began: 0.0,
            channel: FirstChannel::default(),
        };
        if made.rows.len() < StateName::ALL.len() {
            return Err("machine".to_owned());
        }
        missing.take().map_or(Ok(made), Err)
    }

    fn row(&mut self, name: StateName) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.machine.name == name)
    }

    fn reached(&mut self, name: StateName, value: &str, at: Millis) {
        if let Some(row) = self.row(name)
            && row.machine.states.contains(&value)
            && row.now() != value
        {
            if row.path.len() == MOST_KEPT {
                row.path.remove(0);
                row.gone = row.gone.saturating_add(1);
            }
            row.path.push((value.to_owned(), at));
            row.wrong = None;
            row.changed = true;
        }
    }

    fn refused(&mut self, refusal: &Refusal) {
        let of_channel = self.row(StateName::Channel).map(|row| row.now().to_owned());
        let state = match (&*refusal.call, of_channel) {
            ("send()", Some(state)) => state,
            _ => refusal.state.clone(),
        };
        let Some(misplaced) = machine::misplaced(&state, &refusal.call) else {
            return;
        };
        if let Some(row) = self.row(misplaced.machine) {
            row.wrong = Some((state, refusal.call.clone().into_owned()));
            row.changed = true;
        }
    }

    fn forget(&mut self, what: impl Fn(&mut Row) -> bool) {
        for row in &mut self.rows {
            row.changed |= what(row);
        }
    }
}

impl Panel for States {
    fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Joining { .. } => self.began = event.at,
            What::State { name, value } => self.reached(*name, value, event.at),
            What::Channel { label, state, .. } if self.channel.follows(label, state) => {
                self.reached(StateName::Channel, state, event.at);
            }
            What::AttemptBegan | What::Left => {
                self.channel = FirstChannel::default();
                self.forget(Row::clear);
            }
            What::Call { by_page: false, .. } => self.forget(|row| row.wrong.take().is_some()),
            What::Trouble(trouble) => {
                if let Some(refusal) = &trouble.refusal {
                    self.refused(refusal);
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, _record: &[Event]) {
        let (words, word, began) = (&self.words, &self.word, self.began);
        for row in &mut self.rows {
            if std::mem::take(&mut row.changed) {
                row.show(words, word, began);
            }
        }
    }
}

impl Row {
    fn new(list: &Element, template: &Template, name: StateName) -> Option<Self> {
        let machine = machine::of(name);
        let figure = template.stamp()?;
        dom::mark(&figure, "data-machine", name.words().1);
        dom::fill(&figure, &[("name", name.words().1)]);
        let drawing = Drawing::new(&web_sys::window()?.document()?, machine, &[])?;
        dom::append(&dom::part(&figure, "drawing")?, drawing.element());
        dom::append(list, &figure);
        Some(Self {
            machine,
            figure,
            drawing,
            path: Vec::new(),
            gone: 0,
            wrong: None,
            changed: true,
        })
    }

    fn now(&self) -> &str {
        self.path.last().map_or("", |(state, _)| state)
    }

    /// Whether there was anything to forget.
    fn clear(&mut self) -> bool {
        let had = !self.path.is_empty() || self.wrong.is_some();
        self.path.clear();
        self.gone = 0;
        self.wrong = None;
        had
    }

    fn show(&mut self, words: &Words, word: &Template, began: Millis) {
        let path: Vec<&str> = self.path.iter().map(|(state, _)| state.as_str()).collect();
        self.drawing.light(&path);
        let (state, call) = match &self.wrong {
            Some((state, call)) => (state.as_str(), call.as_str()),
            None => ("", ""),
        };
        let _absent_where_the_state_is_not_drawn = self.drawing.mark_wrong(state, call);
        let wrong = if call.is_empty() {
            String::new()
        } else {
            words.with("states.wrong", &[("call", &call), ("state", &state)])
        };
        if let Some(place) = dom::part(&self.figure, "wrong") {
            dom::say_or_hide(&place, &wrong);
        }
        let next = self.next(words);
        dom::fill(&self.figure, &[("next", &next)]);
        self.show_path(words, word, began);
        self.describe(words, &path, &next, &wrong);
    }

    /// What leads on from here, in words.
    fn next(&self, words: &Words) -> String {
        let ways: Vec<String> = self
            .machine
            .out_of(self.now())
            .map(|way| said(words, way))
            .collect();
        if self.path.is_empty() {
            words.text("states.none")
        } else if ways.is_empty() {
            words.text("states.last")
        } else {
            words.with("states.next", &[("ways", &ways.join("; "))])
        }
    }

    fn show_path(&self, words: &Words, word: &Template, began: Millis) {
        let Some(list) = dom::part(&self.figure, "path") else {
            return;
        };
        dom::say(&list, "");
        let shown = self.path.len().saturating_sub(MOST_WORDS);
        let left_out = self.gone + shown;
        if left_out > 0
            && let Some(item) = word.stamp()
        {
            dom::fill(
                &item,
                &[(
                    "state",
                    &words.with("states.earlier", &[("count", &left_out)]),
                )],
            );
            dom::append(&list, &item);
        }
        for (state, at) in self.path.iter().skip(shown) {
            let Some(item) = word.stamp() else { continue };
            dom::fill(
                &item,
                &[("state", state), ("at", &brief::clock(at - began))],
            );
            dom::append(&list, &item);
        }
        if let Some(last) = list.last_element_child() {
            dom::mark(&last, "class", look(self.now()));
            dom::mark(&last, "aria-current", "true");
        }
    }

    /// The drawing in words, for who does not see it.
    fn describe(&self, words: &Words, path: &[&str], next: &str, wrong: &str) {
        let none = words.text("states.none");
        let now = if path.is_empty() {
            none.as_str()
        } else {
            self.now()
        };
        let taken = path.join(" → ");
        let text = words.with(
            "states.alt",
            &[
                ("name", &self.machine.name.words().1),
                ("now", &now),
                ("path", &taken),
                ("next", &next),
                ("wrong", &wrong),
            ],
        );
        self.drawing.describe(text.trim_end());
    }
}

/// How a state looks: well, badly, or neither.
fn look(state: &str) -> &'static str {
    match state {
        "connected" | "completed" | "open" => "now good",
        "failed" | "disconnected" => "now bad",
        _ => "now",
    }
}

fn said(words: &Words, way: &Way) -> String {
    let by = match way.by {
        By::Call(call) => call.to_owned(),
        By::Happening(happening) => words.text(&format!("states.by.{happening}")),
    };
    words.with("states.way", &[("by", &by), ("to", &way.to)])
}
