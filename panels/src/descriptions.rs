//! Both descriptions, line by line and against each other, and the one that waits to be set, to be changed before it is.

mod choice;
mod compared;
mod editor;
mod lines;

use std::cell::RefCell;

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::{Event, Side, What};
use webrtc_steps_core::signal::{Description, DescriptionKind};

use self::choice::Choice;
use self::compared::Compared;
use self::editor::Editor;
use self::lines::Lines;
use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// Words longer than this are cut in tables.
const LONG_WORD: usize = 24;

/// What of the two is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    One(Side),
    Compared,
}

/// What is known of one side.
#[derive(Debug, Default)]
struct Known {
    /// As it was made or came.
    told: Option<Description>,
    /// What the next call that sets it will be given.
    pending: Option<Description>,
    edited: bool,
}

impl Known {
    fn description(&self) -> Option<&Description> {
        self.pending.as_ref().or(self.told.as_ref())
    }
}

/// The panel.
pub(crate) struct Descriptions {
    words: Words,
    head: Element,
    size: Element,
    none: Element,
    places: [Element; 3],
    choice: Choice,
    mine: Known,
    theirs: Known,
    shown: Shown,
    /// The user chose what is shown: nothing else comes in its place.
    held: bool,
    changed: bool,
    lines: Lines,
    compared: Compared,
    editor: Editor,
}

impl Descriptions {
    /// Stamps the panel.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("descriptions.html"));
        let panel = build.within("[data-at=descriptions]");
        let made = Self {
            words: desk.words.clone(),
            head: panel.part("head"),
            size: panel.part("size"),
            none: panel.part("none"),
            places: ["mine", "theirs", "compared"].map(|name| panel.part(name)),
            choice: Choice::new(&panel),
            mine: Known::default(),
            theirs: Known::default(),
            shown: Shown::One(Side::Mine),
            held: false,
            changed: false,
            lines: Lines::new(&panel),
            compared: Compared::new(&panel),
            editor: Editor::new(desk, &panel),
        };
        missing.take().map_or(Ok(made), Err)
    }

    fn known(&mut self, side: Side) -> &mut Known {
        match side {
            Side::Mine => &mut self.mine,
            Side::Theirs => &mut self.theirs,
        }
    }

    fn of(&self, side: Side) -> Option<&Description> {
        match side {
            Side::Mine => self.mine.description(),
            Side::Theirs => self.theirs.description(),
        }
    }

    fn told(&mut self, side: Side, description: &Description) {
        self.known(side).told = Some(description.clone());
        if !self.held {
            self.shown = Shown::One(side);
        }
        self.changed = true;
    }

    fn pending(&mut self, side: Side, description: Option<&Description>, edited: bool) {
        let known = self.known(side);
        known.edited = edited && description.is_some();
        known.pending = description.cloned();
        if !self.held && description.is_some() {
            self.shown = Shown::One(side);
        }
        self.editor.pending(side, description, edited);
        self.changed = true;
    }

    fn clear(&mut self) {
        (self.mine, self.theirs) = (Known::default(), Known::default());
        (self.held, self.changed) = (false, true);
        self.shown = Shown::One(Side::Mine);
        self.editor.clear();
        self.lines.clear();
    }

    /// The offer and the answer to it, where both are known.
    fn both(&self) -> Option<(&Description, &Description)> {
        let (mine, theirs) = (self.of(Side::Mine)?, self.of(Side::Theirs)?);
        match (mine.kind, theirs.kind) {
            (DescriptionKind::Offer, DescriptionKind::Answer) => Some((mine, theirs)),
            (DescriptionKind::Answer, DescriptionKind::Offer) => Some((theirs, mine)),
            _ => None,
        }
    }

    fn draw(&mut self) {
        self.changed = false;
        let kind = |side| {
            self.of(side)
                .map(|description: &Description| description.kind)
        };
        let kinds = [kind(Side::Mine), kind(Side::Theirs)];
        let shown = match self.shown {
            Shown::One(Side::Mine) => 0,
            Shown::One(Side::Theirs) => 1,
            Shown::Compared => 2,
        };
        let any = kinds.iter().any(Option::is_some);
        dom::show(&self.none, !any);
        self.choice.draw(kinds, shown);
        for (index, place) in self.places.iter().enumerate() {
            dom::show(place, any && index == shown);
        }
        match self.shown {
            Shown::One(side) => self.draw_one(side),
            Shown::Compared => self.draw_compared(),
        }
    }

    fn draw_one(&mut self, side: Side) {
        self.editor.show(Some(side));
        let Some(description) = self.of(side).cloned() else {
            dom::say(&self.head, &self.words.text("desc.head"));
            dom::say(&self.size, "");
            return;
        };
        let (head, size) = (
            self.words.text(choice::title(side, description.kind)),
            self.facts(side, &description),
        );
        dom::say(&self.head, &head);
        dom::say(&self.size, &size);
        let offer = self
            .both()
            .filter(|_| description.kind == DescriptionKind::Answer);
        let offer = offer.map(|(offer, _)| offer.sdp.clone());
        let [mine, theirs, _] = &self.places;
        let place = if side == Side::Mine { mine } else { theirs };
        self.lines.draw(place, &description, offer);
    }

    fn draw_compared(&mut self) {
        self.editor.show(None);
        let text = self.words.text("desc.cmp.head");
        dom::say(&self.head, &text);
        dom::say(&self.size, "");
        let [.., place] = &self.places;
        let both = self.both();
        self.compared.draw(place, both);
    }

    fn facts(&self, side: Side, description: &Description) -> String {
        let known = if side == Side::Mine {
            &self.mine
        } else {
            &self.theirs
        };
        let lines = description.sdp.lines().count();
        let size = self.words.with(
            "desc.size",
            &[("bytes", &description.sdp.len()), ("lines", &lines)],
        );
        let mut facts = vec![size];
        if known.pending.is_some() {
            facts.push(self.words.text("desc.pending"));
        }
        if known.edited {
            facts.push(self.words.text("desc.edited"));
        }
        facts.join(", ")
    }

    fn choose(&mut self, name: &str) {
        self.shown = match name {
            "mine" => Shown::One(Side::Mine),
            "theirs" => Shown::One(Side::Theirs),
            _ => Shown::Compared,
        };
        self.held = true;
        self.draw();
    }
}

impl Panel for Descriptions {
    fn apply(&mut self, event: &Event) {
        self.editor.refused(event);
        match &event.what {
            What::Described { side, description } => self.told(*side, description),
            What::Pending {
                side,
                description,
                edited,
            } => self.pending(*side, description.as_ref(), *edited),
            What::AttemptBegan | What::Joining { .. } => self.clear(),
            _ => {}
        }
    }

    fn show(&mut self, _record: &[Event]) {
        if self.changed {
            self.draw();
        }
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        match (act.kind.as_str(), act.name.as_str()) {
            ("click", "description") => self.choose(&act.attribute("data-side")),
            ("click", "line") => {
                self.held = true;
                self.lines.toggle(&act.control);
            }
            ("click", "section") => self.lines.unfold(&act.attribute("data-section")),
            _ => self.editor.act(act),
        }
    }
}

/// A value short enough for a table: a long word keeps both ends, for it stands whole elsewhere.
fn short(text: &str) -> String {
    let ends = |word: &str| {
        let (first, last) = (
            word.get(..LONG_WORD / 2)?,
            word.get(word.len().checked_sub(5)?..)?,
        );
        Some([first, "…", last].concat())
    };
    let words = text.split(' ');
    let words = words.map(|word| match word.len() > LONG_WORD {
        true => ends(word).unwrap_or_else(|| word.to_owned()),
        false => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_word_keeps_both_ends() {
        let hash = "sha-256 0A:CA:68:73:C4:FA:CA:E8:D4:E2:60:72:D8:02:AA:39:77";
        assert_eq!(short(hash), "sha-256 0A:CA:68:73:…39:77");
        assert_eq!(short("urn:ietf:params"), "urn:ietf:params");
        assert_eq!(short("ééééééééééééééé"), "ééééééééééééééé");
    }
}
