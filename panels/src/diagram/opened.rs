//! What opens inside a row: a frame, a description, a state's path, a refusal, steps that were inferred; and what it means.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::diagram::{Lane, Part, Row, Shape, Tone, parts};
use webrtc_steps_core::io::{Event, Millis};
use webrtc_steps_core::refusal::Explained;
use webrtc_steps_core::trouble::Trouble;

use super::{Clock, said, shapes};
use crate::machine;

/// Lines of a description, and line ends of a frame, that are shown one by one.
const MOST_LINES: usize = 400;
/// Advice that says already that nothing was lost.
const CALM: [&str; 3] = [
    "advice.browser-words",
    "advice.look-at-state",
    "advice.offer-first",
];

/// The templates of what can open.
pub(crate) struct Opened {
    words: Words,
    opened: Template,
    text: Template,
    line_end: Template,
    lines: Template,
    line: Template,
    path: Template,
    word: Template,
    steps: Template,
    trouble: Template,
}

impl Opened {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        let trouble = ["fault", "cause", "advice", "machine", "lost"];
        Self {
            words: build.words.clone(),
            opened: build.template("opened", &["head", "size", "meaning"]),
            text: build.template("text", &["seg", "sent", "indented"]),
            line_end: build.template("line-end", &[]),
            lines: build.template("lines", &[]),
            line: build.template("line", &[]),
            path: build.template("path", &["property", "path"]),
            word: build.template("word", &["word", "time"]),
            steps: build.template("steps", &[]),
            trouble: build.template("trouble", &trouble),
        }
    }

    /// Everything that a row stands for, with one sentence of what it means.
    pub(crate) fn inside(
        &self,
        row: &Row,
        record: &[Event],
        clock: Clock<'_>,
        known: Option<&Explained>,
    ) -> Option<Element> {
        let inside = self.opened.stamp()?;
        let [mine, theirs] = shapes(row.scene);
        let outward = match &row.shape {
            Shape::Wire(wire) => wire.sender != Lane::Theirs,
            _ => true,
        };
        let look = match (row.tone, outward) {
            (Tone::Bad, _) => "no verdict",
            (_, true) => mine,
            (_, false) => theirs,
        };
        dom::mark(&inside, "class", &["opened ", look].concat());
        let head = match row.tone {
            Tone::Ghost => self.words.text("diagram.head.next"),
            _ => said(&self.words, &row.what),
        };
        let meaning = said(&self.words, &row.meaning);
        let fact = said(&self.words, &row.fact);
        dom::fill(
            &inside,
            &[("head", &head), ("size", &fact), ("meaning", &meaning)],
        );
        let end = dom::part(&inside, "meaning")?;
        for part in parts(row, record) {
            if let Some(drawn) = self.part(&part, clock, known) {
                let _ = inside.insert_before(&drawn, Some(&end));
            }
        }
        if row.tone == Tone::Bad {
            dom::show(&end, !meaning.is_empty());
        }
        Some(inside)
    }

    fn part(
        &self,
        part: &Part<'_>,
        clock: Clock<'_>,
        known: Option<&Explained>,
    ) -> Option<Element> {
        match part {
            Part::Wire(text) => self.wire(text),
            Part::Lines(sdp) => self.sdp(sdp),
            Part::Path(property, words) => self.taken(property, words, clock),
            Part::Trouble(trouble, kept) => self.refusal(trouble, *kept, known),
            Part::Steps(steps) => self.inferred(steps),
        }
    }

    /// A text as it travelled, its line ends paler; JSON can be read indented too.
    fn wire(&self, text: &str) -> Option<Element> {
        let item = self.text.stamp()?;
        let place = dom::part(&item, "sent")?;
        for (count, piece) in text.splitn(MOST_LINES, "\\r\\n").enumerate() {
            if count > 0
                && let Some(end) = self.line_end.stamp()
            {
                dom::append(&place, &end);
            }
            let _ = place.append_with_str_1(piece);
        }
        let json = text.trim_start().starts_with(['{', '[']);
        dom::show(&dom::part(&item, "seg")?, json);
        dom::class(&item, "framed");
        Some(item)
    }

    fn sdp(&self, sdp: &str) -> Option<Element> {
        let list = self.lines.stamp()?;
        for text in sdp.lines().take(MOST_LINES) {
            let line = self.line.stamp()?;
            dom::say(&line, text);
            dom::append(&list, &line);
        }
        Some(list)
    }

    fn taken(&self, property: &str, words: &[(&str, Millis)], clock: Clock<'_>) -> Option<Element> {
        let item = self.path.stamp()?;
        dom::fill(&item, &[("property", property)]);
        let list = dom::part(&item, "path")?;
        for (value, at) in words {
            let word = self.word.stamp()?;
            dom::fill(&word, &[("word", value), ("time", &clock(*at))]);
            dom::append(&list, &word);
        }
        Some(item)
    }

    fn inferred(&self, steps: &[u8]) -> Option<Element> {
        let list = self.steps.stamp()?;
        for step in steps {
            let line = self.line.stamp()?;
            let title = self.words.text(&format!("step.{step}.title"));
            let said = self
                .words
                .with("diagram.step", &[("step", step), ("title", &title)]);
            dom::say(&line, &said);
            dom::append(&list, &line);
        }
        Some(list)
    }

    /// A refusal: the browser's words, the cause, what to do, and whether anything was lost.
    fn refusal(&self, trouble: &Trouble, kept: bool, known: Option<&Explained>) -> Option<Element> {
        let item = self.trouble.stamp()?;
        let words = &self.words;
        let (cause, advice) = match known {
            Some(known) => (&known.cause, &known.remedy),
            None => (&trouble.cause, &trouble.advice),
        };
        let [cause, advice] = [cause, advice].map(|message| words.say(message));
        dom::fill(&item, &[("cause", &cause), ("advice", &advice)]);
        let fault = trouble.fault.as_ref();
        let verbatim = fault.map(|fault| [&fault.name, ": ", &fault.message].concat());
        dom::say_or_hide(&dom::part(&item, "fault")?, &verbatim.unwrap_or_default());
        let machine = dom::part(&item, "machine")?;
        let refusal = trouble.refusal.as_ref();
        let drawn = refusal.is_some_and(|refusal| machine::refused(&machine, words, refusal));
        dom::show(&machine, drawn);
        let lost = self.lost(trouble, kept, known);
        dom::say_or_hide(&dom::part(&item, "lost")?, &lost);
        Some(item)
    }

    /// Whether anything was lost, where the advice does not say it.
    fn lost(&self, trouble: &Trouble, kept: bool, known: Option<&Explained>) -> String {
        if let Some(known) = known {
            return self.words.say_or_nothing(known.lost.as_ref());
        }
        match (&trouble.refusal, kept) {
            (None, _) => String::new(),
            (Some(_), true) if CALM.contains(&&*trouble.advice.id) => String::new(),
            (Some(_), true) => self.words.text("diagram.lost.nothing"),
            (Some(_), false) => self.words.text("diagram.lost.changed"),
        }
    }
}
