//! The code of one step, its values tinted: in its card, and in the panel's list once it ran.

use web_sys::Element;
use webrtc_steps::views::dom;
use webrtc_steps_core::brief;
use webrtc_steps_core::code::{Language, Line};
use webrtc_steps_core::step::{Actor, STEPS};

use super::Code;
use crate::desk::Desk;

const LANGUAGES: [Language; 2] = [Language::JavaScript, Language::Rust];

/// Where the code of a step stands.
pub(super) struct Places {
    pub(super) whole: Element,
    /// One for each language.
    texts: [Element; 2],
}

impl Places {
    fn within(whole: Element) -> Option<Self> {
        let texts = [dom::part(&whole, "js")?, dom::part(&whole, "rust")?];
        Some(Self { whole, texts })
    }

    /// In the step's own card, as it stands when the panel is made.
    pub(super) fn of_card(desk: &Desk, step: u8) -> Option<Self> {
        let selector = format!("[data-step=\"{step}\"] [data-part=snippet]");
        let whole = desk.root.query_selector(&selector).ok().flatten()?;
        Self::within(whole)
    }
}

impl Code {
    /// Draws what a step runs, wherever it stands.
    pub(super) fn draw(&mut self, step: u8) {
        let words = self.words();
        let code = LANGUAGES.map(|language| self.run.snippet(step, language, &words));
        let place = usize::from(step).wrapping_sub(1);
        if let Some(Some(card)) = self.cards.get(place) {
            self.fill(&card.texts, &code);
            dom::show(&card.whole, true);
        }
        self.draw_row(step, place, &code);
        let ran = self.run.steps().len();
        dom::show(&self.none, ran == 0);
        dom::say(
            &self.count,
            &if ran == 0 {
                String::new()
            } else {
                ran.to_string()
            },
        );
    }

    /// The step's row in the list, in the order in which steps ran.
    fn draw_row(&mut self, step: u8, place: usize, code: &[Vec<Line>; 2]) {
        let Some(at) = self.run.ran(step) else {
            if let Some(row) = self.rows.get_mut(place).and_then(Option::take) {
                row.remove();
            }
            return;
        };
        let known = self.rows.get(place).and_then(Option::as_ref).cloned();
        let new = known.is_none();
        let Some(row) = known.or_else(|| self.row.stamp()) else {
            return;
        };
        let title = self.desk.words.text(&format!("step.{step}.title"));
        let at = brief::clock(at - self.begun.unwrap_or(at));
        dom::fill(
            &row,
            &[("node", &step.to_string()), ("title", &title), ("at", &at)],
        );
        dom::dress(&row, "node", &["node mini", shape(step)]);
        dom::class(&row, shape(step));
        if let Some(places) = Places::within(row.clone()) {
            self.fill(&places.texts, code);
        }
        if new {
            self.insert(step, &row);
        }
        if let Some(slot) = self.rows.get_mut(place) {
            *slot = Some(row);
        }
    }

    /// Puts a new row before the first of those that ran later.
    fn insert(&self, step: u8, row: &Element) {
        let later = self
            .run
            .steps()
            .into_iter()
            .skip_while(|one| *one != step)
            .skip(1);
        let mut rows =
            later.filter_map(|step| self.rows.get(usize::from(step).wrapping_sub(1))?.as_ref());
        let before = rows.next().map(|row| -> &web_sys::Node { row });
        let _own_list = self.list.insert_before(row, before);
    }

    fn fill(&self, texts: &[Element; 2], code: &[Vec<Line>; 2]) {
        for (text, lines) in texts.iter().zip(code) {
            dom::say(text, "");
            for (number, line) in lines.iter().enumerate() {
                self.line(text, line, number + 1 == lines.len());
            }
        }
    }

    fn line(&self, text: &Element, line: &Line, last: bool) {
        for piece in line {
            if !piece.value {
                let _text_only = text.append_with_str_1(&piece.text);
            } else if let Some(value) = self.value.stamp() {
                dom::say(&value, &piece.text);
                dom::append(text, &value);
            }
        }
        if !last {
            let _text_only = text.append_with_str_1("\n");
        }
    }
}

/// The class of whoever acts in a step.
fn shape(step: u8) -> &'static str {
    let actor = STEPS.iter().find(|row| row.number == step);
    match actor.map(|row| row.actor) {
        Some(Actor::Offerer) => "of",
        Some(Actor::Answerer) => "an",
        Some(Actor::Relay) | None => "en",
    }
}
