//! The five states in the browser's own words: the path taken, the present one boxed.

use web_sys::Element;
use webrtc_steps_core::io::{StateName, What};

use crate::views::dom::{self, Build, Template};
use crate::words::Words;

/// The words of a path that stay on the page.
const MOST_WORDS: u32 = 6;

/// The list of states.
pub(super) struct States {
    words: Words,
    paths: Vec<(StateName, Element)>,
    word: Template,
}

impl States {
    pub(super) fn new(build: &Build<'_>) -> Self {
        let list = build.part("states");
        let template = build.template("state", &["name", "path"]);
        let row = |state: &StateName| {
            let row = template.stamp()?;
            dom::fill(&row, &[("name", state.words().1)]);
            dom::append(&list, &row);
            Some((*state, dom::part(&row, "path")?))
        };
        let states = Self {
            words: build.words.clone(),
            paths: StateName::ALL.iter().filter_map(row).collect(),
            word: build.template("word", &[]),
        };
        states.clear();
        states
    }

    pub(super) fn apply(&self, what: &What) {
        match what {
            What::State { name, value } if value != "none" => self.reached(*name, value),
            What::Channel { state, .. } => self.reached(StateName::Channel, state),
            What::AttemptBegan | What::Left => self.clear(),
            _ => {}
        }
    }

    fn clear(&self) {
        for (_, path) in &self.paths {
            dom::say(path, &self.words.text("ui.state.none"));
            dom::mark(path, "data-empty", "true");
        }
    }

    fn reached(&self, name: StateName, value: &str) {
        let Some((_, path)) = self.paths.iter().find(|(known, _)| *known == name) else {
            return;
        };
        if path.has_attribute("data-empty") {
            dom::say(path, "");
            dom::unmark(path, "data-empty");
        }
        if let Some(before) = path.last_element_child() {
            if before.text_content().as_deref() == Some(value) {
                return;
            }
            dom::mark(&before, "class", "was");
        }
        let Some(word) = self.word.stamp() else {
            return;
        };
        let look = match value {
            "connected" | "completed" | "open" => "now good",
            "failed" | "disconnected" => "now bad",
            _ => "now",
        };
        dom::mark(&word, "class", look);
        if let Some(inner) = word.first_element_child() {
            dom::say(&inner, value);
        }
        dom::append(path, &word);
        dom::trim(path, MOST_WORDS);
    }
}
