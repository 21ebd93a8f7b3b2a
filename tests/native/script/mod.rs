//! The language of scenarios: what people and networks do, one line each, and how the run is told.
//!
//! `a`, `b`, `c` and `both` are pages; a line after one of them is a click (`a create-offer`) or one of the deeds in
//! `deeds`; other lines are the world's: `wait 12 s`, `network …`, `relay …`, `expect …`. After each deed of a page the
//! clock goes on by the pace (0.2 s unless `pace` says otherwise).

mod deeds;
mod expect;
mod line;
mod tell;

use webrtc_steps_core::io::Operation;

use crate::pair::sdp::Engine;
use crate::pair::world::World;
use line::Line;
pub(crate) use tell::last_lines;

/// A scenario under way.
pub(crate) struct Run {
    pub(crate) world: World,
    /// The timeline, as far as it is written.
    pub(crate) told: Vec<String>,
    /// How many events of each side are written, or left out on purpose.
    written: Vec<usize>,
    shown_next: Vec<Option<u8>>,
    pace: f64,
    hidden: bool,
    /// The tickets of the clicks, and what they were.
    clicks: Vec<(usize, u32, String)>,
}

/// How long a signal may be under way before nobody is taken to have a next step, in ms.
const SOON: f64 = 2_000.0;
/// Lines of the timeline told with a failure.
const LAST: usize = 120;

/// Runs a script; the lines of its timeline, or what it expected and did not find.
pub(crate) fn run(script: &str) -> Result<Vec<String>, String> {
    let lines: Vec<Line> = script
        .lines()
        .map(Line::read)
        .filter(|line| !line.words.is_empty())
        .collect();
    let mut run = Run::new(engines(&lines));
    if let Err(wrong) = run.all(&lines) {
        run.tell();
        let last = run.told.len().saturating_sub(LAST);
        return Err(format!("{wrong}, after\n{}", run.told[last..].join("\n")));
    }
    run.tell();
    run.tell_unanswered();
    Ok(run.told)
}

/// Runs a script, and gives back the world as it is at its end.
pub(crate) fn world(script: &str) -> Result<World, String> {
    let lines: Vec<Line> = script
        .lines()
        .map(Line::read)
        .filter(|line| !line.words.is_empty())
        .collect();
    let mut run = Run::new(engines(&lines));
    run.all(&lines)?;
    Ok(run.world)
}

impl Run {
    fn new(engines: [Engine; 3]) -> Self {
        let world = World::new(&engines, 7);
        let written = world.sides.iter().map(|side| side.events.len()).collect();
        Self {
            world,
            told: Vec::new(),
            written,
            shown_next: vec![None; engines.len()],
            pace: 200.0,
            hidden: false,
            clicks: Vec::new(),
        }
    }

    fn all(&mut self, lines: &[Line]) -> Result<(), String> {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if line.word(0) == "repeat" {
                let body = lines[at..]
                    .iter()
                    .take_while(|line| line.word(0) != "end")
                    .cloned()
                    .collect::<Vec<_>>();
                at += body.len() + 1;
                for _ in 0..line.number(1)? {
                    self.all(&body)?;
                }
            } else {
                self.one(line)
                    .map_err(|wrong| format!("line {:?}: {wrong}", line.text))?;
            }
        }
        Ok(())
    }

    fn one(&mut self, line: &Line) -> Result<(), String> {
        match line.word(0) {
            "both" => {
                for side in 0..2 {
                    self.deed(side, line)?;
                }
                self.pass(self.pace);
                Ok(())
            }
            name @ ("a" | "b" | "c") => {
                let side = usize::from(name.as_bytes()[0] - b'a');
                self.deed(side, line)?;
                self.pass(self.pace);
                Ok(())
            }
            _ => self.of_the_world(line),
        }
    }

    fn of_the_world(&mut self, line: &Line) -> Result<(), String> {
        match line.word(0) {
            "wait" => self.pass(line.time(1)?),
            "pace" => self.pace = line.time(1)?,
            "hide" => {
                self.tell();
                self.hidden = true;
            }
            "show" => {
                self.tell();
                self.hidden = false;
            }
            "follow" => self.follow(line)?,
            "carry" => self.carry(line)?,
            "network" => self.network(line)?,
            "relay" => self.relay(line)?,
            "expect" => return self.expect(line),
            word => return Err(format!("{word} is no word of this language")),
        }
        Ok(())
    }

    fn pass(&mut self, ms: f64) {
        self.world.wait(ms);
        self.tell();
    }

    /// `follow the course [pausing 30 s]`: whoever has a next step takes it, until nobody gets one any more.
    fn follow(&mut self, line: &Line) -> Result<(), String> {
        let pause = if line.word(3) == "pausing" {
            line.time(4)?
        } else {
            self.pace
        };
        let next =
            |world: &World| (0..2).find_map(|side| Some((side, world.sides[side].watch.next()?)));
        for _ in 0..40 {
            self.pass(pause);
            self.world.run_until(SOON, |world| next(world).is_some());
            self.tell();
            let Some((side, step)) = next(&self.world) else {
                return Ok(());
            };
            self.take_step(side, step)?;
        }
        Err("the course does not end".to_owned())
    }

    fn network(&mut self, line: &Line) -> Result<(), String> {
        let network = &mut self.world.network;
        match (line.word(1), line.word(2)) {
            ("delay", _) => network.delay = line.time(2)?,
            ("overtaking", word) => network.overtaking = word != "off",
            ("duplicates", word) => network.duplicates = u64::from(word != "off"),
            ("between", "browsers") => self.world.cut(line.word(3) == "works"),
            (word, _) => return Err(format!("a network knows no {word}")),
        }
        Ok(())
    }

    fn relay(&mut self, line: &Line) -> Result<(), String> {
        match line.word(1) {
            "drops" if line.word(2) == "all" => {
                (0..3).for_each(|side| self.world.lose_socket(side, true))
            }
            "drops" => self.world.lose_socket(line.side(2)?, true),
            "stops" => self.world.stop_relay(),
            "starts" => self.world.relay.running = true,
            "echoes" => self.world.relay.echoes = true,
            "rooms" => self.world.relay.room_size = usize::try_from(line.number(3)?).unwrap_or(2),
            word => return Err(format!("a relay knows no {word}")),
        }
        self.tell();
        Ok(())
    }
}

/// `b is firefox`, wherever it stands; Chromium otherwise.
fn engines(lines: &[Line]) -> [Engine; 3] {
    ["a", "b", "c"].map(|name| {
        let says = |line: &&Line| {
            line.word(0) == name && line.word(1) == "is" && line.word(2) == "firefox"
        };
        if lines.iter().any(|line| says(&line)) {
            Engine::Firefox
        } else {
            Engine::Chromium
        }
    })
}

/// An operation by the name of its call.
fn operation(name: &str) -> Option<Operation> {
    use webrtc_steps_core::signal::DescriptionKind::{Answer, Offer};
    Some(match name {
        "create" => Operation::Create,
        "createDataChannel" => Operation::AddDataChannel,
        "createOffer" => Operation::CreateOffer,
        "createAnswer" => Operation::CreateAnswer,
        "setLocalDescription(offer)" => Operation::SetLocalDescription(Offer),
        "setLocalDescription(answer)" => Operation::SetLocalDescription(Answer),
        "setRemoteDescription(offer)" => Operation::SetRemoteDescription(Offer),
        "setRemoteDescription(answer)" => Operation::SetRemoteDescription(Answer),
        "addIceCandidate" => Operation::AddCandidate,
        _ => return None,
    })
}
