//! A description line by line; a line opens in place, with its parts tinted and each part explained.

use std::collections::BTreeSet;

use web_sys::{Element, HtmlElement};
use webrtc_steps::views::dom::{self, Build, Template};
use webrtc_steps::words::Words;
use webrtc_steps_core::sdp::reader::{Lamp, Line, read};
use webrtc_steps_core::signal::{Description, DescriptionKind};
use webrtc_steps_core::words::Message;

use super::short;

/// Lines shown of one description; a call with several cameras has some five hundred.
const MOST_LINES: usize = 2_000;

/// A section with more lines than this is folded after its first ones.
const LONG: usize = 24;

/// Lines of a long section that stay in view.
const HEAD: usize = 8;

/// The list of lines.
pub(super) struct Lines {
    words: Words,
    line: Template,
    explained: Template,
    meaning: Template,
    piece: Template,
    plain: Template,
    more: Template,
    /// What is drawn, and the offer it answers.
    drawn: Option<(Description, Option<String>)>,
    list: Option<Element>,
    /// Sections that are shown whole, by their number; 0 is what stands above the first.
    unfolded: BTreeSet<usize>,
}

impl Lines {
    pub(super) fn new(panel: &Build<'_>) -> Self {
        Self {
            words: panel.words.clone(),
            line: panel.template("line", &["text", "tag"]),
            explained: panel.template("explained", &["says", "parts", "answers"]),
            meaning: panel.template("meaning", &["piece", "means"]),
            piece: panel.template("piece", &[]),
            plain: panel.template("plain", &[]),
            more: panel.template("more", &["more"]),
            drawn: None,
            list: None,
            unfolded: BTreeSet::new(),
        }
    }

    /// Another attempt begins: everything is folded again.
    pub(super) fn clear(&mut self) {
        self.drawn = None;
        self.unfolded.clear();
        if let Some(list) = self.list.take() {
            dom::say(&list, "");
        }
    }

    /// Draws a description into its place; `offer` is what it answers. What is open stays open.
    pub(super) fn draw(
        &mut self,
        place: &Element,
        description: &Description,
        offer: Option<String>,
    ) {
        let drawn = Some((description.clone(), offer));
        if self.drawn == drawn {
            return;
        }
        let list = dom::part(place, "lines");
        let open = self.open_lines();
        let before = self.list.take();
        // The places of lines are those of what is shown, so nothing else has any.
        before.iter().for_each(|list| dom::say(list, ""));
        (self.drawn, self.list) = (drawn, list);
        self.fill(&open);
    }

    fn open_lines(&self) -> BTreeSet<String> {
        let list = self.list.iter();
        let open = list.flat_map(|list| dom::all(list, ".l[aria-expanded=true] [data-part=text]"));
        open.filter_map(|text| text.text_content()).collect()
    }

    fn fill(&self, open: &BTreeSet<String>) {
        let (Some((description, offer)), Some(list)) = (&self.drawn, &self.list) else {
            return;
        };
        let whose = match description.kind {
            DescriptionKind::Offer => "sdp of",
            DescriptionKind::Answer => "sdp an",
        };
        dom::say(list, "");
        dom::mark(list, "class", whose);
        let lines = read(&description.sdp, offer.as_deref());
        let mut rest = lines.get(..MOST_LINES).unwrap_or(&lines);
        let mut number = 1;
        while let Some(first) = rest.first() {
            let length = rest
                .iter()
                .take_while(|line| line.section == first.section)
                .count();
            let (section, after) = rest.split_at(length.min(rest.len()));
            self.section(list, section, number, open);
            number += length;
            rest = after;
        }
        let left = lines.len().saturating_sub(MOST_LINES);
        if let (true, Some(cut)) = (left > 0, self.more.stamp()) {
            dom::say(&cut, &self.words.with("desc.cut", &[("count", &left)]));
            dom::append(list, &cut);
        }
    }

    /// The lines of one section, of which the first is number `from` of the description.
    fn section(&self, list: &Element, lines: &[Line<'_>], from: usize, open: &BTreeSet<String>) {
        let name = lines
            .first()
            .and_then(|line| line.section)
            .map_or(0, |index| index + 1);
        let long = lines.len() > LONG;
        let folded = long && !self.unfolded.contains(&name);
        let shown = if folded { HEAD } else { lines.len() };
        for (index, line) in lines.iter().take(shown).enumerate() {
            self.put(list, line, from + index, open.contains(line.text));
        }
        let hidden: Vec<usize> = (from + shown..from + lines.len()).collect();
        if let (true, Some(item)) = (long, self.more.stamp()) {
            self.label(&item, name, &hidden);
            dom::append(list, &item);
        }
    }

    /// The button that unfolds a section, or folds it again. It leads to the lines that it hides.
    fn label(&self, item: &Element, name: usize, hidden: &[usize]) {
        let Some(button) = dom::part(item, "more") else {
            return;
        };
        let says = match hidden.len() {
            0 => self.words.text("desc.less"),
            count => self.words.with("desc.more", &[("count", &count)]),
        };
        dom::say(&button, &says);
        dom::mark(&button, "data-section", &name.to_string());
        dom::mark(
            &button,
            "aria-expanded",
            if hidden.is_empty() { "true" } else { "false" },
        );
        let places: Vec<String> = hidden.iter().map(|line| format!("line-{line}")).collect();
        dom::mark(&button, "data-shows", &places.join(" "));
    }

    fn put(&self, list: &Element, line: &Line<'_>, number: usize, open: bool) {
        let Some(item) = self.line.stamp() else {
            return;
        };
        dom::mark(&item, "data-at", &format!("line-{number}"));
        dom::fill(
            &item,
            &[
                ("text", line.text),
                ("tag", &self.words.text(tag(line.lamp))),
            ],
        );
        if !line.known {
            dom::class(&item, "unknown");
        }
        if let (true, Some(button)) = (open, item.first_element_child()) {
            self.open(&item, &button, line);
        }
        dom::append(list, &item);
    }

    /// Opens or folds the explanation of a line.
    pub(super) fn toggle(&self, button: &Element) {
        let Some(item) = button.parent_element() else {
            return;
        };
        let explained = dom::find(&item, ".explained");
        let text = dom::part(button, "text");
        if let (Some(explained), Some(text)) = (explained, text) {
            explained.remove();
            // Its parts are one text again.
            dom::say(&text, &text.text_content().unwrap_or_default());
            dom::mark(button, "aria-expanded", "false");
            return dom::unclass(&item, "open");
        }
        let number = item.get_attribute("data-at").unwrap_or_default();
        let number = number
            .strip_prefix("line-")
            .and_then(|number| number.parse::<usize>().ok());
        let (Some((description, offer)), Some(number)) = (&self.drawn, number) else {
            return;
        };
        let lines = read(&description.sdp, offer.as_deref());
        if let Some(line) = number.checked_sub(1).and_then(|index| lines.get(index)) {
            self.open(&item, button, line);
        }
    }

    fn open(&self, item: &Element, button: &Element, line: &Line<'_>) {
        dom::class(item, "open");
        dom::mark(button, "aria-expanded", "true");
        if let Some(text) = dom::part(button, "text") {
            self.tint(&text, line);
        }
        let Some(explained) = self.explained.stamp() else {
            return;
        };
        dom::fill(&explained, &[("says", &self.words.say(&line.says))]);
        if let Some(parts) = dom::part(&explained, "parts") {
            for part in &line.parts {
                let piece = line.text.get(part.at.clone()).unwrap_or_default();
                self.explain(&parts, piece, &part.says);
            }
            dom::show(&parts, !line.parts.is_empty());
        }
        if let (Some(answers), Some(said)) = (dom::part(&explained, "answers"), &line.answers) {
            let lead = self.words.text("desc.in-answer");
            dom::say_or_hide(&answers, &[&lead, " ", &self.words.say(said)].concat());
        }
        dom::append(item, &explained);
    }

    fn explain(&self, list: &Element, piece: &str, says: &Message) {
        if let Some(meaning) = self.meaning.stamp() {
            dom::fill(
                &meaning,
                &[("piece", &short(piece)), ("means", &self.words.say(says))],
            );
            dom::append(list, &meaning);
        }
    }

    /// Writes the line so that each part stands out.
    fn tint(&self, place: &Element, line: &Line<'_>) {
        dom::say(place, "");
        let put = |template: &Template, text: &str| {
            if let Some(piece) = template.stamp().filter(|_| !text.is_empty()) {
                dom::say(&piece, text);
                dom::append(place, &piece);
            }
        };
        let mut at = 0;
        for part in line.parts.iter().filter(|part| !part.at.is_empty()) {
            if let Some(between) = line.text.get(at..part.at.start) {
                put(&self.plain, between);
                put(
                    &self.piece,
                    line.text.get(part.at.clone()).unwrap_or_default(),
                );
                at = part.at.end;
            }
        }
        put(&self.plain, line.text.get(at..).unwrap_or_default());
    }

    /// Shows a long section whole, or folds it again.
    pub(super) fn unfold(&mut self, name: &str) {
        let Ok(number) = name.parse() else { return };
        if !self.unfolded.remove(&number) {
            self.unfolded.insert(number);
        }
        let open = self.open_lines();
        self.fill(&open);
        let button = self.list.as_ref().and_then(|list| {
            dom::find_as::<HtmlElement>(
                list,
                &format!("[data-do=section][data-section=\"{number}\"]"),
            )
        });
        // The button that had the focus was drawn anew.
        if let Some(button) = button {
            dom::focus(&button);
        }
    }
}

fn tag(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Session => "desc.tag.session",
        Lamp::Ice => "desc.tag.ice",
        Lamp::Dtls => "desc.tag.dtls",
        Lamp::Sctp => "desc.tag.sctp",
        Lamp::Media => "desc.tag.media",
    }
}
