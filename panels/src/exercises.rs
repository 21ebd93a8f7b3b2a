//! Exercises: the list, the guided tasks of the one under way, and what came of each.

mod row;

use std::cell::RefCell;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps_core::exercise::{Course, EXERCISES};
use webrtc_steps_core::io::{Event, Millis};

use self::row::Row;
use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// The panel. It tells the element what an exercise sets up, and shows how far it is.
pub(crate) struct Exercises {
    desk: Desk,
    course: Course,
    rows: Vec<Row>,
    needs: Element,
    count: Element,
    said: Element,
}

/// What rows stamp.
pub(crate) struct Templates {
    task: Template,
    finding: Template,
}

impl Exercises {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("exercises.html"));
        let panel = build.within("[data-at=exercises]");
        let list = panel.part("list");
        let item = panel.template("exercise", &row::PARTS);
        let templates = std::rc::Rc::new(Templates {
            task: panel.template("task", &["progress", "sentence", "whose", "look"]),
            finding: panel.template("finding", &["holds", "sentence", "look"]),
        });
        let rows = EXERCISES.iter().filter_map(|exercise| {
            let item = item.stamp()?;
            dom::append(&list, &item);
            Some(Row::new(&desk.words, exercise.id, item, &templates))
        });
        let made = Self {
            desk: desk.clone(),
            course: Course::default(),
            rows: rows.collect(),
            needs: panel.part("needs"),
            count: panel.part("count"),
            said: panel.part("said"),
        };
        missing.take().map_or(Ok(made), Err)
    }

    /// Gives what the exercise wants set up, and shows what changed.
    fn go_on(&mut self) {
        for order in self.course.orders() {
            let (command, value) = order.command();
            self.desk.run(command, &value);
        }
        for row in &mut self.rows {
            if let Some(said) = row.show(&self.course) {
                dom::say(&self.said, &said);
            }
        }
        dom::show(&self.needs, !self.course.seen().now.joined);
        let all = self
            .course
            .present()
            .map_or(0, |present| present.tasks.len());
        let done = self.course.done();
        let count = match self.course.present() {
            Some(_) => self
                .desk
                .words
                .with("exercises.under-way", &[("done", &done), ("all", &all)]),
            None => String::new(),
        };
        if self.count.text_content().as_deref() != Some(&count) {
            dom::say(&self.count, &count);
        }
    }
}

impl Panel for Exercises {
    fn apply(&mut self, event: &Event) {
        self.course.apply(event);
    }

    fn show(&mut self, _record: &[Event]) {
        self.go_on();
    }

    fn tick(&mut self, now: Millis) {
        if self.course.present().is_some() {
            self.course.tick(now);
            self.go_on();
        }
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        if act.kind != "click" {
            return;
        }
        match act.name.as_str() {
            "exercise-start" => self.course.start(&act.attribute("data-exercise")),
            "exercise-stop" => self.course.stop(),
            _ => return,
        }
        self.go_on();
        if let Some(row) = self.rows.iter().find(|row| row.holds(&act.control)) {
            row.take_focus();
        }
    }
}
