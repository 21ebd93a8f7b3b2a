//! Writes SVG elements: every text is escaped, and what XML cannot hold is left out.

use std::fmt::{Display, Write};

const TEXT: &str = "system-ui, sans-serif";
const MONO: &str = "ui-monospace, monospace";
/// The mean width of a sign at the size of the rows, in user units: an estimate, since nothing here can measure.
const SIGN: f64 = 6.9;

/// A place in the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point(pub(super) f64, pub(super) f64);

/// How a wire is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Solid,
    Dashed,
    Dotted,
    /// Dashed and pale: inferred.
    Pale,
}

/// What a node is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Circle,
    Square,
    Diamond,
}

/// A picture that is being drawn.
pub(super) struct Pen(String);

impl Pen {
    pub(super) fn new(width: f64, height: f64) -> Self {
        let mut pen = Self(String::new());
        pen.put(format_args!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{TEXT}" font-size="13"><rect width="100%" height="100%" fill="#ffffff"/>"##
        ));
        pen
    }

    pub(super) fn end(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }

    /// Begins a row; its title says all of it.
    pub(super) fn begin(&mut self, title: &str) {
        self.put(format_args!("<g><title>{}</title>", escaped(title)));
    }

    pub(super) fn close(&mut self) {
        self.0.push_str("</g>\n");
    }

    pub(super) fn text(&mut self, at: Point, text: &str, colour: &str, anchor: &str, strong: bool) {
        let weight = if strong { r#" font-weight="600""# } else { "" };
        self.put(format_args!(
            r#"<text x="{}" y="{}" dy=".35em" fill="{colour}" text-anchor="{anchor}"{weight}>{}</text>"#,
            at.0,
            at.1,
            escaped(text)
        ));
    }

    /// A call or a property, in the type of code.
    pub(super) fn code(&mut self, at: Point, text: &str, colour: &str, anchor: &str) {
        self.put(format_args!(
            r#"<text x="{}" y="{}" dy=".35em" fill="{colour}" text-anchor="{anchor}" font-family="{MONO}" font-size="12">{}</text>"#,
            at.0,
            at.1,
            escaped(text)
        ));
    }

    /// Clears the ground behind a text that begins or ends here.
    pub(super) fn ground(&mut self, at: Point, text: &str, colour: &str, anchor: &str) {
        let width = wide(text) + 8.0;
        let left = if anchor == "end" {
            at.0 - width + 4.0
        } else {
            at.0 - 4.0
        };
        self.block(left, at.1 - 9.0, width, 18.0, colour);
    }

    pub(super) fn block(&mut self, x: f64, y: f64, width: f64, height: f64, colour: &str) {
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>"#
        ));
    }

    /// A piece of a lifeline.
    pub(super) fn life(&mut self, x: f64, y: f64, height: f64, colour: &str, shown: f64) {
        let width = if shown >= 1.0 { 4.0 } else { 2.0 };
        self.put(format_args!(
            r#"<rect x="{}" y="{y}" width="{width}" height="{height}" fill="{colour}" fill-opacity="{shown}"/>"#,
            x - width / 2.0
        ));
    }

    /// A line from one lane to another, with a head where it ends.
    pub(super) fn arrow(&mut self, from: f64, to: f64, y: f64, colour: &str, how: (Stroke, bool)) {
        let (stroke, headed) = how;
        let way = if to > from { 1.0 } else { -1.0 };
        let look = match stroke {
            Stroke::Solid => "",
            Stroke::Dashed => r#" stroke-dasharray="5 4""#,
            Stroke::Dotted => r#" stroke-dasharray="2 5""#,
            Stroke::Pale => r#" stroke-dasharray="5 4" opacity=".55""#,
        };
        let end = if headed { to - way * 14.0 } else { to };
        self.put(format_args!(
            r#"<line x1="{from}" y1="{y}" x2="{end}" y2="{y}" stroke="{colour}" stroke-width="2"{look}/>"#
        ));
        if headed {
            let (tip, back) = (to - way * 10.0, to - way * 19.0);
            let pale = if stroke == Stroke::Pale {
                r#" opacity=".55""#
            } else {
                ""
            };
            self.put(format_args!(
                r#"<path d="M{tip} {y}L{back} {} {back} {}Z" fill="{colour}"{pale}/>"#,
                y - 5.0,
                y + 5.0
            ));
        }
    }

    /// It ends here: it was dropped.
    pub(super) fn cross(&mut self, at: Point, colour: &str) {
        let Point(x, y) = at;
        self.put(format_args!(
            r#"<path d="M{} {}l12 12m0 -12l-12 12" stroke="{colour}" stroke-width="3"/>"#,
            x - 6.0,
            y - 6.0
        ));
    }

    pub(super) fn node(&mut self, at: Point, kind: Kind, colour: &str, number: Option<&str>) {
        let Point(x, y) = at;
        let size = if number.is_some() { 10.0 } else { 4.5 };
        let (left, top, side) = (x - size, y - size, size * 2.0);
        match kind {
            Kind::Circle => self.put(format_args!(
                r#"<circle cx="{x}" cy="{y}" r="{size}" fill="{colour}"/>"#
            )),
            Kind::Square => self.put(format_args!(
                r#"<rect x="{left}" y="{top}" width="{side}" height="{side}" rx="3" fill="{colour}"/>"#
            )),
            Kind::Diamond => self.put(format_args!(
                r#"<rect x="{left}" y="{top}" width="{side}" height="{side}" rx="2" fill="{colour}" transform="rotate(45 {x} {y})"/>"#
            )),
        }
        if let Some(number) = number {
            self.put(format_args!(
                r##"<text x="{x}" y="{y}" dy=".35em" font-size="11" font-weight="600" fill="#ffffff" text-anchor="middle">{}</text>"##,
                escaped(number)
            ));
        }
    }

    /// An envelope on a wire: what it is, then how large or where to.
    pub(super) fn pill(&mut self, at: Point, what: &str, fact: &str, look: (&str, &str)) {
        let (colour, ground) = look;
        let width = wide(what)
            + if fact.is_empty() {
                0.0
            } else {
                wide(fact) + 6.0
            }
            + 24.0;
        self.put(format_args!(
            r##"<rect x="{}" y="{}" width="{width}" height="24" rx="12" fill="{ground}" stroke="{colour}" stroke-width="1.5"/><text x="{}" y="{}" dy=".35em" fill="#15191e" text-anchor="middle"><tspan font-weight="600">{}</tspan><tspan dx="6" font-size="12" fill="#444d57">{}</tspan></text>"##,
            at.0 - width / 2.0,
            at.1 - 12.0,
            at.0,
            at.1,
            escaped(what),
            escaped(fact)
        ));
    }

    fn put(&mut self, part: impl Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{part}");
    }
}

fn wide(text: &str) -> f64 {
    text.chars().count() as f64 * SIGN
}

/// Text for XML: its own signs escaped, signs that XML 1.0 cannot hold left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}
