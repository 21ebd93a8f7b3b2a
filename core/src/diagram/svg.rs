//! The whole diagram as one picture that needs nothing else: SVG 1.1, light colours, every text escaped.

mod pen;

use super::{Diagram, Lane, Row, Say, Scene, Shape, Text, Tone, Wire, reads};
use crate::io::Role;
use crate::words::say;
use pen::{Kind, Pen, Point, Stroke};

const WIDTH: f64 = 960.0;
/// Where the heads end and the first row begins.
const TOP: f64 = 84.0;
const ROW: f64 = 34.0;
const GAP: f64 = 44.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 900.0;

const PAPER: &str = "#ffffff";
const INK: &str = "#15191e";
const QUIET: &str = "#5d6771";
const OFFERER: [&str; 2] = ["#0a5fa8", "#e6f0f9"];
const ANSWERER: [&str; 2] = ["#98490a", "#faeee2"];
const ENDPOINT: [&str; 2] = ["#6841b4", "#f0ebfa"];
const BAD: [&str; 2] = ["#b3202c", "#fcecec"];
const NOBODY: [&str; 2] = ["#5d6771", "#f4f6f8"];

/// Draws every row so far, what was never sent included. `words` says the messages.
pub fn svg(diagram: &Diagram, now: f64, words: Say<'_>) -> String {
    let tail = diagram.tail(now);
    let tail = tail.iter().filter(|row| row.tone != Tone::Ghost);
    let rows: Vec<&Row> = diagram.rows().iter().chain(tail).collect();
    let heads = diagram.heads();
    let told = |text: &Text| reads::text(text, words);
    let named = |id| words(&say(id));
    let mut all = vec![
        (Lane::Mine, named("diagram.you"), heads.me.clone()),
        (Lane::Endpoint, told(&heads.between), told(&heads.host)),
        (Lane::Theirs, named("diagram.other"), told(&heads.peer)),
    ];
    if diagram.now().servers {
        let servers = (Lane::Servers, named("diagram.stun"), told(&heads.servers));
        all.push(servers);
    }
    draw(&all, diagram.now(), &rows, &|at| diagram.clock(at), words)
}

/// Draws rows under the heads of their lanes: each lane with its name and a second line.
pub(crate) fn draw(
    heads: &[(Lane, String, String)],
    scene: Scene,
    rows: &[&Row],
    clock: &dyn Fn(f64) -> String,
    words: Say<'_>,
) -> String {
    let height: f64 = rows.iter().map(|row| tall(row)).sum();
    let mut picture = Picture {
        pen: Pen::new(WIDTH, TOP + height + 24.0),
        clock,
        words,
        top: TOP,
    };
    picture.heads(heads, scene);
    for row in rows {
        picture.row(row);
    }
    picture.pen.end()
}

fn tall(row: &Row) -> f64 {
    if row.shape == Shape::Gap { GAP } else { ROW }
}

struct Picture<'a> {
    pen: Pen,
    clock: &'a dyn Fn(f64) -> String,
    words: Say<'a>,
    /// Where the next row begins.
    top: f64,
}

impl Picture<'_> {
    fn heads(&mut self, heads: &[(Lane, String, String)], scene: Scene) {
        for (lane, name, sub) in heads {
            let x = at(*lane);
            self.pen.text(Point(x, 26.0), name, INK, "middle", true);
            self.pen
                .text(Point(x, 42.0), &cut(sub, 26), QUIET, "middle", false);
            let colour = self.colour(*lane, scene.role)[0];
            self.pen
                .node(Point(x, 64.0), kind(*lane, scene.role), colour, Some(""));
        }
    }

    fn row(&mut self, row: &Row) {
        let (top, height) = (self.top, tall(row));
        self.top += height;
        let title = reads::sentence(row, self.clock, self.words);
        let when = reads::when(row, self.clock, self.words);
        self.pen.begin(&title);
        if row.shape != Shape::Gap {
            self.lifelines(row, top, height);
        }
        let middle = top + height / 2.0;
        self.pen
            .text(Point(8.0, middle), &when, QUIET, "start", false);
        let what = reads::text(&row.what, self.words);
        let fact = reads::text(&row.fact, self.words);
        match &row.shape {
            Shape::Gap => {
                let colour = if row.tone == Tone::Bad { BAD[0] } else { QUIET };
                let x = (LEFT + RIGHT) / 2.0;
                self.pen
                    .text(Point(x, middle), &what, colour, "middle", true);
            }
            Shape::Mark => {
                let said = cut(&[&what, " ", &fact].concat(), 100);
                let place = Point(LEFT + 16.0, middle);
                self.pen.ground(place, &said, PAPER, "start");
                self.pen.text(place, &said, QUIET, "start", false);
            }
            Shape::Act(lane) => self.act(row, *lane, middle, &what, &fact),
            Shape::Wire(wire) => self.wire(row, wire, middle, &what, &fact),
        }
        self.pen.close();
    }

    fn lifelines(&mut self, row: &Row, top: f64, height: f64) {
        let scene = row.scene;
        let [mine, theirs] = [Lane::Mine, Lane::Theirs].map(|lane| self.colour(lane, scene.role));
        if scene.open {
            let half = (RIGHT - LEFT) / 2.0;
            self.pen.block(LEFT, top, half, height, mine[1]);
            self.pen.block(LEFT + half, top, half, height, theirs[1]);
        }
        let faded = |on: bool| if on { 1.0 } else { 0.3 };
        self.pen.life(LEFT, top, height, mine[0], faded(scene.mine));
        let endpoint = if scene.open || !scene.linked {
            0.2
        } else {
            0.5
        };
        self.pen
            .life(at(Lane::Endpoint), top, height, ENDPOINT[0], endpoint);
        if scene.servers {
            self.pen
                .life(at(Lane::Servers), top, height, NOBODY[0], 0.3);
        }
        self.pen
            .life(RIGHT, top, height, theirs[0], faded(scene.theirs));
    }

    fn act(&mut self, row: &Row, lane: Lane, middle: f64, what: &str, fact: &str) {
        let x = at(lane);
        let colour = self.tone(row, lane)[0];
        let number = row.step.map(|step| step.to_string());
        let hollow = row.tone == Tone::Inferred;
        self.pen.node(
            Point(x, middle),
            kind(lane, row.scene.role),
            colour,
            number.as_deref().filter(|_| !hollow),
        );
        let said = cut(&[what, "  ", fact].concat(), 88);
        let (place, anchor) = match lane {
            Lane::Theirs => (Point(x - 18.0, middle), "end"),
            _ => (Point(x + 18.0, middle), "start"),
        };
        if !row.scene.open {
            self.pen.ground(place, &said, PAPER, anchor);
        }
        let ink = match row.tone {
            Tone::Bad => BAD[0],
            Tone::Inferred => QUIET,
            _ => INK,
        };
        if row.code {
            self.pen.code(place, &said, ink, anchor);
        } else {
            self.pen.text(place, &said, ink, anchor, false);
        }
    }

    fn wire(&mut self, row: &Row, wire: &Wire, middle: f64, what: &str, fact: &str) {
        let [colour, tint] = self.tone(row, wire.sender);
        let (from, to) = (at(wire.from), at(wire.to));
        let stroke = match row.tone {
            Tone::Never => Stroke::Dotted,
            Tone::Inferred => Stroke::Dashed,
            _ if wire.both && !row.scene.open => Stroke::Dashed,
            _ => Stroke::Solid,
        };
        self.pen
            .arrow(from, to, middle, colour, (stroke, !wire.both));
        if wire.onward && row.disorder != Some("drop") {
            let (near, far) = match (wire.from, wire.to) {
                (Lane::Mine, _) => (to, RIGHT),
                (Lane::Theirs, _) => (to, LEFT),
                (_, Lane::Theirs) => (LEFT, from),
                _ => (RIGHT, from),
            };
            let dashes = match row.tone {
                Tone::Never => Stroke::Dotted,
                _ if wire.arrived => Stroke::Solid,
                _ => Stroke::Pale,
            };
            self.pen.arrow(near, far, middle, colour, (dashes, true));
        }
        if row.disorder == Some("drop") {
            self.pen.cross(Point(to, middle), BAD[0]);
        }
        let numbers = [
            (Lane::Mine, row.step),
            (Lane::Endpoint, wire.endpoint),
            (Lane::Theirs, wire.far),
        ];
        for (lane, number) in numbers {
            let Some(number) = number else { continue };
            let colour = if row.tone == Tone::Never {
                BAD
            } else {
                self.colour(lane, row.scene.role)
            };
            let shape = kind(lane, row.scene.role);
            let number = number.to_string();
            let place = Point(at(lane), middle);
            self.pen.node(place, shape, colour[0], Some(&number));
        }
        let room = (((to - from).abs() - 60.0) / 7.0) as usize;
        let what = cut(what, room.max(8));
        let fact = cut(fact, room.saturating_sub(what.chars().count()));
        let ground = if row.tone == Tone::Never { tint } else { PAPER };
        let place = Point((from + to) / 2.0, middle);
        self.pen.pill(place, &what, &fact, (colour, ground));
    }

    /// The colour of a row: red where something is wrong.
    fn tone(&self, row: &Row, lane: Lane) -> [&'static str; 2] {
        match row.tone {
            Tone::Bad | Tone::Never => BAD,
            _ => self.colour(lane, row.scene.role),
        }
    }

    fn colour(&self, lane: Lane, role: Option<Role>) -> [&'static str; 2] {
        match (lane, role) {
            (Lane::Endpoint, _) => ENDPOINT,
            (Lane::Servers, _) | (_, None) => NOBODY,
            (Lane::Mine, Some(Role::Offerer)) | (Lane::Theirs, Some(Role::Answerer)) => OFFERER,
            _ => ANSWERER,
        }
    }
}

/// Where a lane stands.
fn at(lane: Lane) -> f64 {
    let middle = (LEFT + RIGHT) / 2.0;
    match lane {
        Lane::Mine => LEFT,
        Lane::Endpoint => middle,
        Lane::Servers => (middle + RIGHT) / 2.0,
        Lane::Theirs => RIGHT,
    }
}

/// The shape of a lane: circle, square or diamond carries the meaning where colour cannot.
fn kind(lane: Lane, role: Option<Role>) -> Kind {
    let answers = role == Some(Role::Answerer);
    match lane {
        Lane::Endpoint | Lane::Servers => Kind::Diamond,
        Lane::Mine if answers => Kind::Square,
        Lane::Mine => Kind::Circle,
        Lane::Theirs if answers => Kind::Circle,
        Lane::Theirs => Kind::Square,
    }
}

/// A text of at most so many signs.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(most) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.to_owned(),
    }
}
