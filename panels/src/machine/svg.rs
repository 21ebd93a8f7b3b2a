//! The few shapes that drawings of machines are made of. Text is set as text.

use web_sys::{Document, Element};
use webrtc_steps::views::dom;

use super::layout::{Point, Spot};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// The length and half the width of an arrow's head.
const HEAD: (f64, f64) = (7.0, 3.5);

/// An element with attributes.
pub(super) fn element(
    document: &Document,
    name: &str,
    attributes: &[(&str, &str)],
) -> Option<Element> {
    let made = document.create_element_ns(Some(NAMESPACE), name).ok()?;
    for (name, value) in attributes {
        dom::mark(&made, name, value);
    }
    Some(made)
}

fn add(document: &Document, to: &Element, name: &str, numbers: &[(&str, f64)]) -> Option<Element> {
    let made = element(document, name, &[])?;
    for (name, number) in numbers {
        dom::mark(&made, name, &format!("{number:.1}"));
    }
    dom::append(to, &made);
    Some(made)
}

pub(super) fn rectangle(
    document: &Document,
    to: &Element,
    (x, y): Point,
    (width, height): (f64, f64),
) -> Option<Element> {
    let numbers = [
        ("x", x),
        ("y", y),
        ("width", width),
        ("height", height),
        ("rx", 6.0),
    ];
    add(document, to, "rect", &numbers)
}

pub(super) fn text(
    document: &Document,
    to: &Element,
    (x, y): Point,
    anchor: &str,
    words: &str,
) -> Option<Element> {
    let made = add(document, to, "text", &[("x", x), ("y", y)])?;
    dom::mark(&made, "text-anchor", anchor);
    dom::say(&made, words);
    Some(made)
}

pub(super) fn line(document: &Document, to: &Element, start: Point, end: Point) -> Option<Element> {
    let numbers = [
        ("x1", start.0),
        ("y1", start.1),
        ("x2", end.0),
        ("y2", end.1),
    ];
    add(document, to, "line", &numbers)
}

/// A disc with a cross in it.
pub(super) fn cross(document: &Document, to: &Element, (x, y): Point) -> Option<Element> {
    add(document, to, "circle", &[("cx", x), ("cy", y), ("r", 8.5)])?;
    let made = element(document, "path", &[("class", "cross")])?;
    let d = format!("M{} {}l6 6m0-6l-6 6", x - 3.0, y - 3.0);
    dom::mark(&made, "d", &d);
    dom::append(to, &made);
    Some(made)
}

/// A line with a head.
pub(super) fn arrow(document: &Document, to: &Element, start: Point, end: Point) -> Option<()> {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let neck = (end.0 - ux * HEAD.0, end.1 - uy * HEAD.0);
    line(document, to, start, neck)?;
    head(document, to, end, (ux, uy))
}

/// A way around the left of what stands between two boxes.
pub(super) fn around(document: &Document, to: &Element, from: &Spot, other: &Spot) -> Option<()> {
    let made = element(document, "path", &[("class", "around")])?;
    let end = (other.left(), other.y);
    let d = format!(
        "M{:.1} {:.1}H2V{:.1}H{:.1}",
        from.left(),
        from.y,
        other.y,
        end.0 - HEAD.0
    );
    dom::mark(&made, "d", &d);
    dom::append(to, &made);
    head(document, to, end, (1.0, 0.0))
}

fn head(document: &Document, to: &Element, end: Point, (ux, uy): Point) -> Option<()> {
    let neck = (end.0 - ux * HEAD.0, end.1 - uy * HEAD.0);
    let (ax, ay) = (-uy * HEAD.1, ux * HEAD.1);
    let points = format!(
        "{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}",
        end.0,
        end.1,
        neck.0 + ax,
        neck.1 + ay,
        neck.0 - ax,
        neck.1 - ay
    );
    let made = element(document, "polygon", &[("points", &points)])?;
    dom::append(to, &made);
    Some(())
}
