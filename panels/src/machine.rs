//! A state machine drawn: its states as boxes, the ways between them, which of them were taken, and a call that does not fit.

mod layout;
mod svg;

use std::fmt::Display;

use web_sys::{Document, Element};
use webrtc_steps::views::dom;
use webrtc_steps::words::Words;
use webrtc_steps_core::io::StateName;
use webrtc_steps_core::machine::{self, By, Machine, Way};
use webrtc_steps_core::trouble::Refusal;

use self::layout::{Layout, Spot};

/// The room around what is drawn, for lines that are thicker than none.
const MARGIN: f64 = 3.0;

/// The room a mark needs below a box that stands lowest.
const FOOT: f64 = 14.0;

/// A machine on the page.
#[derive(Debug)]
pub(crate) struct Drawing {
    document: Document,
    svg: Element,
    /// Where what is drawn begins and ends, from above.
    top: f64,
    bottom: f64,
    layout: &'static Layout,
    boxes: Vec<(&'static str, Element)>,
    ways: Vec<(Way, Element)>,
    wrong: Option<Element>,
}

impl Drawing {
    /// Draws these states of a machine, or all, with the ways between them.
    pub(crate) fn new(
        document: &Document,
        machine: &'static Machine,
        only: &[&str],
    ) -> Option<Self> {
        let layout = layout::of(machine.name);
        let shown = |state: &str| only.is_empty() || only.contains(&state);
        let spots = layout.spots.iter().filter(|spot| shown(spot.state));
        let (top, bottom) = spots.clone().fold((f64::MAX, 0.0), |(top, bottom), spot| {
            (f64::min(top, spot.top()), f64::max(bottom, spot.bottom()))
        });
        let svg = svg::element(document, "svg", &[("class", "machine")])?;
        dom::mark(&svg, "aria-hidden", "true");
        let mut drawing = Self {
            document: document.clone(),
            svg,
            top,
            bottom,
            layout,
            boxes: Vec::new(),
            ways: Vec::new(),
            wrong: None,
        };
        let ways = machine.ways.iter();
        for way in ways.filter(|way| shown(way.from) && shown(way.to)) {
            drawing.draw_way(machine, way)?;
        }
        for spot in spots {
            let drawn = drawing.draw_box(spot)?;
            drawing.boxes.push((spot.state, drawn));
        }
        drawing.make_room(0.0);
        Some(drawing)
    }

    pub(crate) fn element(&self) -> &Element {
        &self.svg
    }

    /// Says what is drawn, to those who do not see it.
    pub(crate) fn describe(&self, text: &str) {
        dom::unmark(&self.svg, "aria-hidden");
        dom::mark(&self.svg, "role", "img");
        dom::mark(&self.svg, "aria-label", text);
    }

    /// Lights the present state and what leads out of it, and marks the path that was taken.
    pub(crate) fn light(&self, path: &[&str]) {
        let now = path.last().copied().unwrap_or("");
        for (state, drawn) in &self.boxes {
            let been = if *state == now {
                "now"
            } else if path.contains(state) {
                "been"
            } else {
                "no"
            };
            dom::mark(drawn, "data-lit", been);
            dom::mark(drawn, "data-state", state);
        }
        let steps = || path.iter().zip(path.iter().skip(1));
        for (way, drawn) in &self.ways {
            let taken = steps().any(|(from, to)| (*from, *to) == (way.from, way.to));
            let lit = match (way.from == now, taken) {
                (true, _) => "open",
                (false, true) => "taken",
                _ => "no",
            };
            dom::mark(drawn, "data-lit", lit);
        }
    }

    /// Marks a call that does not fit the state it was made in; an empty one takes the mark away.
    pub(crate) fn mark_wrong(&mut self, state: &str, call: &str) -> Option<()> {
        if let Some(wrong) = self.wrong.take() {
            wrong.remove();
            self.make_room(0.0);
        }
        let spot = self.layout.spot(state).filter(|_| !call.is_empty())?;
        let mark = svg::element(&self.document, "g", &[("class", "wrong")])?;
        if self.layout.in_a_row {
            let (x, y) = (spot.x, spot.bottom() + 22.0);
            svg::line(&self.document, &mark, (x, y), (x, spot.bottom()))?;
            svg::cross(&self.document, &mark, (x, y))?;
            svg::text(&self.document, &mark, (x + 13.0, y + 3.5), "start", call)?;
            self.make_room(22.0 + FOOT);
        } else {
            let at = (20.0, spot.y);
            svg::line(&self.document, &mark, at, (spot.left(), spot.y))?;
            svg::cross(&self.document, &mark, at)?;
            svg::text(&self.document, &mark, (4.0, spot.y + 24.0), "start", call)?;
            let lowest = spot.bottom() >= self.bottom;
            self.make_room(if lowest { FOOT } else { 0.0 });
        }
        dom::append(&self.svg, &mark);
        self.wrong = Some(mark);
        Some(())
    }

    /// Shows what is drawn, and this much below it.
    fn make_room(&self, below: f64) {
        let height = self.bottom - self.top + 2.0 * MARGIN + below;
        let view = format!("0 {} {} {height}", self.top - MARGIN, layout::WIDTH);
        dom::mark(&self.svg, "viewBox", &view);
    }

    fn draw_box(&self, spot: &'static Spot) -> Option<Element> {
        let group = svg::element(&self.document, "g", &[("class", "box")])?;
        svg::rectangle(
            &self.document,
            &group,
            (spot.left(), spot.top()),
            (spot.width(), layout::HEIGHT),
        )?;
        let at = (spot.x, spot.y + 3.8);
        svg::text(&self.document, &group, at, "middle", spot.state)?;
        dom::append(&self.svg, &group);
        Some(group)
    }

    fn draw_way(&mut self, machine: &Machine, way: &Way) -> Option<()> {
        let (from, to) = (self.layout.spot(way.from)?, self.layout.spot(way.to)?);
        let group = svg::element(&self.document, "g", &[("class", "way")])?;
        if self.layout.is_around(from, to) {
            svg::around(&self.document, &group, from, to)?;
        } else {
            let back = machine.ways.iter();
            let both = back.filter(|other| other.from == way.to && other.to == way.from);
            let aside = if both.count() > 0 {
                self.layout.aside
            } else {
                0.0
            };
            let (start, end) = layout::between(from, to, aside);
            svg::arrow(&self.document, &group, start, end)?;
            if let By::Call(call) = way.by {
                let left = start.0 < from.x;
                let middle = f64::midpoint(start.1, end.1) + 3.2;
                let (x, anchor) = if left {
                    (start.0 - 6.0, "end")
                } else {
                    (start.0 + 6.0, "start")
                };
                svg::text(&self.document, &group, (x, middle), anchor, call)?;
            }
        }
        dom::append(&self.svg, &group);
        self.ways.push((*way, group));
        Some(())
    }
}

/// Draws a refused call on its machine into `place`: where the connection is, and where that call begins. False where there is
/// nothing to draw: the call fits the state, or takes no way in any machine.
pub(crate) fn refused(place: &Element, words: &Words, refusal: &Refusal) -> bool {
    draw(place, words, &refusal.state, &refusal.call)
}

/// [`refused`], for a state and a call.
pub(crate) fn draw(place: &Element, words: &Words, state: &str, call: &str) -> bool {
    figure(words, state, call).is_some_and(|figure| place.append_child(&figure).is_ok())
}

fn figure(words: &Words, state: &str, call: &str) -> Option<Element> {
    let misplaced = machine::misplaced(state, call)?;
    let machine = machine::of(misplaced.machine);
    if !machine.states.contains(&state) {
        return None;
    }
    let mut shown = vec![state, misplaced.begins, "stable"];
    if misplaced.machine != StateName::Signaling {
        shown.clear();
    }
    let document = web_sys::window()?.document()?;
    let mut drawing = Drawing::new(&document, machine, &shown)?;
    drawing.light(&[state]);
    drawing.mark_wrong(state, call)?;
    let figure = document.create_element("figure").ok()?;
    dom::mark(&figure, "class", "machine-of");
    dom::append(&figure, drawing.element());
    let caption = document.create_element("figcaption").ok()?;
    let args: [(&str, &dyn Display); 3] = [
        ("state", &state),
        ("call", &call),
        ("begins", &misplaced.begins),
    ];
    dom::say(&caption, &words.with("states.misplaced", &args));
    dom::append(&figure, &caption);
    Some(figure)
}
