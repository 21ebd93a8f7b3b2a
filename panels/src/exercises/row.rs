//! One exercise in the list: idle, under way with its tasks, or with its result.

use std::rc::Rc;

use web_sys::Element;
use webrtc_steps::views::dom;
use webrtc_steps::words::Words;
use webrtc_steps_core::exercise::{Course, Finding, Outcome, Progress, Task, Whose};
use webrtc_steps_core::io::Role;

use super::Templates;

/// The parts of a row that are filled.
pub(super) const PARTS: [&str; 10] = [
    "title", "state", "about", "tasks", "result", "verdict", "findings", "lesson", "start", "stop",
];

/// One row.
pub(super) struct Row {
    words: Words,
    id: &'static str,
    item: Element,
    templates: Rc<Templates>,
    drawn: Drawn,
}

/// What a row shows.
#[derive(Debug, Clone, PartialEq)]
enum Drawn {
    Idle,
    UnderWay { done: usize, role: Option<Role> },
    Ended(Outcome),
}

impl Row {
    /// Fills what never changes.
    pub(super) fn new(
        words: &Words,
        id: &'static str,
        item: Element,
        templates: &Rc<Templates>,
    ) -> Self {
        let title = words.text(&format!("exercise.{id}.title"));
        let about = words.text(&format!("exercise.{id}.about"));
        let lesson = words.text(&format!("exercise.{id}.lesson"));
        dom::mark(&item, "data-exercise", id);
        dom::fill(
            &item,
            &[
                ("title", &title),
                ("about", &about),
                ("lesson", &lesson),
                ("start", &words.text("exercises.start")),
            ],
        );
        if let Some(start) = dom::part(&item, "start") {
            let label = words.with("exercises.start.label", &[("title", &title)]);
            dom::mark(&start, "data-exercise", id);
            dom::mark(&start, "aria-label", &label);
        }
        Self {
            words: words.clone(),
            id,
            item,
            templates: templates.clone(),
            drawn: Drawn::Idle,
        }
    }

    /// Shows how the exercise stands; what to say of it, if that changed.
    pub(super) fn show(&mut self, course: &Course) -> Option<String> {
        let wanted = self.wanted(course);
        if wanted == self.drawn {
            return None;
        }
        let fresh = !matches!(self.drawn, Drawn::UnderWay { .. });
        self.drawn = wanted;
        let said = match &self.drawn {
            Drawn::Idle => String::new(),
            Drawn::UnderWay { .. } => self.show_tasks(course, fresh),
            Drawn::Ended(outcome) => self.show_result(outcome),
        };
        self.arrange();
        Some(said)
    }

    /// Whether a control is this row's.
    pub(super) fn holds(&self, control: &Element) -> bool {
        self.item.contains(Some(control))
    }

    /// The keyboard goes on where there is something to read: what was clicked is hidden now.
    pub(super) fn take_focus(&self) {
        let name = match self.drawn {
            Drawn::Idle => "start",
            Drawn::UnderWay { .. } => "tasks",
            Drawn::Ended(_) => "result",
        };
        if let Some(part) = dom::part(&self.item, name) {
            dom::focus(&part);
        }
    }

    fn wanted(&self, course: &Course) -> Drawn {
        match (course.present(), course.outcome(self.id)) {
            (Some(present), _) if present.id == self.id => Drawn::UnderWay {
                done: course.done(),
                role: course.seen().now.role,
            },
            (_, Some(outcome)) => Drawn::Ended(outcome.clone()),
            _ => Drawn::Idle,
        }
    }

    /// Shows the parts of the present state, and hides the others.
    fn arrange(&self) {
        let (word, state, start) = match &self.drawn {
            Drawn::Idle => ("idle", String::new(), "exercises.start"),
            Drawn::UnderWay { .. } => ("under-way", String::new(), "exercises.start"),
            Drawn::Ended(outcome) if outcome.passed() => (
                "passed",
                self.words.text("exercises.passed"),
                "exercises.again",
            ),
            Drawn::Ended(_) => (
                "failed",
                self.words.text("exercises.failed"),
                "exercises.again",
            ),
        };
        let under_way = word == "under-way";
        dom::mark(&self.item, "data-state", word);
        dom::fill(
            &self.item,
            &[("state", &state), ("start", &self.words.text(start))],
        );
        for (name, shown) in [
            ("tasks", under_way),
            ("stop", under_way),
            ("start", !under_way),
            ("result", matches!(self.drawn, Drawn::Ended(_))),
        ] {
            if let Some(part) = dom::part(&self.item, name) {
                dom::show(&part, shown);
            }
        }
    }

    /// Stamps the tasks once, then marks how far each is. Answers with the present one.
    fn show_tasks(&self, course: &Course, fresh: bool) -> String {
        let Some(list) = dom::part(&self.item, "tasks") else {
            return String::new();
        };
        if fresh {
            dom::say(&list, "");
        }
        let known = dom::all(&list, "li");
        let mut present = String::new();
        for (index, (task, progress)) in course.tasks().enumerate() {
            let known = known.get(index).cloned();
            let Some(item) = known.or_else(|| self.put_task(&list, task)) else {
                continue;
            };
            let word = progress.word();
            let said = self.words.text(&format!("exercises.progress.{word}"));
            dom::mark(&item, "data-progress", word);
            dom::fill(&item, &[("progress", &said)]);
            if progress == Progress::Now {
                dom::mark(&item, "aria-current", "step");
                present = self.words.text(&format!("task.{}", task.name));
            } else {
                dom::unmark(&item, "aria-current");
            }
            let role = course.seen().now.role;
            let whose = self
                .words
                .text(&format!("exercises.whose.{}", whose(task, role)));
            dom::fill(&item, &[("whose", &whose)]);
            self.lead(&item, course.place(task));
        }
        present
    }

    fn put_task(&self, list: &Element, task: &Task) -> Option<Element> {
        let item = self.templates.task.stamp()?;
        let sentence = self.words.text(&format!("task.{}", task.name));
        dom::mark(&item, "data-task", task.name);
        dom::fill(&item, &[("sentence", &sentence)]);
        dom::append(list, &item);
        Some(item)
    }

    /// What was to be seen, with this run's figures. Answers with the verdict.
    fn show_result(&self, outcome: &Outcome) -> String {
        let id = match outcome.passed() {
            true => "exercises.result.passed",
            false => "exercises.result.failed",
        };
        let verdict = self.words.text(id);
        dom::fill(&self.item, &[("verdict", &verdict)]);
        if let Some(list) = dom::part(&self.item, "findings") {
            dom::say(&list, "");
            for finding in &outcome.findings {
                self.put_finding(&list, finding);
            }
        }
        verdict
    }

    fn put_finding(&self, list: &Element, finding: &Finding) {
        let Some(item) = self.templates.finding.stamp() else {
            return;
        };
        let holds = if finding.holds { "yes" } else { "no" };
        let said = self.words.text(&format!("exercises.holds.{holds}"));
        dom::mark(&item, "data-holds", holds);
        dom::mark(&item, "data-finding", &finding.message.id);
        dom::fill(
            &item,
            &[
                ("holds", &said),
                ("sentence", &self.words.say(&finding.message)),
            ],
        );
        self.lead(&item, finding.place.as_deref());
        dom::append(list, &item);
    }

    /// The button that leads to a place, where there is one.
    fn lead(&self, item: &Element, place: Option<&str>) {
        let Some(look) = dom::part(item, "look") else {
            return;
        };
        dom::show(&look, place.is_some());
        if let Some(place) = place {
            let what = dom::part(item, "sentence").and_then(|part| part.text_content());
            let what = what.unwrap_or_default();
            let label = self.words.with("exercises.look.label", &[("what", &what)]);
            dom::mark(&look, "data-goes", place);
            dom::mark(&look, "aria-label", &label);
        }
    }
}

/// On which page a task is to be done, as far as that is known.
fn whose(task: &Task, role: Option<Role>) -> &'static str {
    match (task.whose, role) {
        (Whose::Mine, _) | (Whose::Answerer, Some(Role::Answerer)) => "mine",
        (Whose::Theirs, _) | (Whose::Answerer, Some(Role::Offerer)) => "theirs",
        (Whose::Both | Whose::Answerer, _) => "both",
        (Whose::Page, _) => "page",
    }
}
