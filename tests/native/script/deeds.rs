//! What a page's user, its browser or its network does.

use serde_json::Value;
use webrtc_steps_core::command::{Command, Disturbance, Plain, Switch};
use webrtc_steps_core::io::{Input, RtcReport, Side, SignalReport, What};
use webrtc_steps_core::step::STEPS;

use super::line::Line;
use super::{Run, operation};
use crate::pair::browser::fault;
use crate::pair::watch::{CREDENTIAL, USERNAME};

impl Run {
    /// A line that begins with a page.
    pub(super) fn deed(&mut self, side: usize, line: &Line) -> Result<(), String> {
        if let Some(plain) = Plain::from_name(line.word(1)) {
            self.clicked(side, line.word(1).to_owned(), Command::Plain(plain));
            return Ok(());
        }
        if let Some(option) = Switch::from_name(line.word(1)) {
            let (title, on) = (line.rest(1), line.word(2) == "on");
            self.clicked(side, title, Command::Switch { option, on });
            return Ok(());
        }
        match line.word(1) {
            "is" => {}
            "disturbs" => self.disturbs(side, line)?,
            "edits" => self.edits(side, line)?,
            "joins" => self.joins(side, line),
            "considers" => self.clicked(
                side,
                "considers".to_owned(),
                Command::Consider(fields(line)),
            ),
            "says" => self.says(side, line),
            "reads" => self.clicked(
                side,
                "read-signal".to_owned(),
                Command::ReadSignal(line.rest(2)),
            ),
            "takes" => {
                let step = self.world.sides[side]
                    .watch
                    .next()
                    .ok_or("there is no next step")?;
                self.take_step(side, step)?;
            }
            "hides" => self.input(side, "leaves the page", Input::PageHide),
            "crashes" => self.world.crash(side),
            "loses" => self.world.lose_socket(side, false),
            "hears" => self.hears(side, line)?,
            "browser" => self.browser(side, line)?,
            word => return Err(format!("a page knows no {word}")),
        }
        Ok(())
    }

    /// Clicks on the button of a step.
    pub(super) fn take_step(&mut self, side: usize, step: u8) -> Result<(), String> {
        let row = STEPS.iter().find(|row| row.number == step);
        let command = row
            .and_then(|row| row.command)
            .ok_or("a step without a button is next")?;
        self.clicked(side, command.name().to_owned(), Command::Plain(command));
        Ok(())
    }

    /// `carry a to b [trimmed|indented|escaped|bare|cut]`: takes the text one page gave to the other.
    pub(super) fn carry(&mut self, line: &Line) -> Result<(), String> {
        let (from, to) = (line.side(1)?, line.side(3)?);
        let text = self.world.sides[from]
            .to_carry()
            .ok_or("there is nothing to carry")?
            .to_owned();
        let text = damaged(&text, line.word(4))?;
        self.clicked(
            to,
            format!("reads what {} gave {}", line.word(1), line.word(4)),
            Command::ReadSignal(text),
        );
        self.pass(self.pace);
        Ok(())
    }

    /// `a joins room=blue mode=auto`: the relay's endpoint, the room blue and the manual mode unless said otherwise.
    fn joins(&mut self, side: usize, line: &Line) {
        let mut fields = fields(line);
        for (name, value) in [("endpoint", "ws://relay.test"), ("room", "blue")] {
            if !fields.iter().any(|(field, _)| field == name) {
                fields.push((name.to_owned(), value.to_owned()));
            }
        }
        let title = std::iter::once("join").chain(line.words.iter().skip(2).map(String::as_str));
        self.clicked(
            side,
            title.collect::<Vec<_>>().join(" "),
            Command::Join(fields),
        );
    }

    /// `a edits mine ice-ufrag ice-nobody`: replaces one text by another in what waits to be set.
    fn edits(&mut self, side: usize, line: &Line) -> Result<(), String> {
        let whose = match line.word(2) {
            "mine" => Side::Mine,
            _ => Side::Theirs,
        };
        let events = self.world.sides[side].events.iter().rev();
        let mut pending = events.filter_map(|event| match &event.what {
            What::Pending {
                side, description, ..
            } if *side == whose => Some(description),
            _ => None,
        });
        let waiting = pending.next().and_then(Option::as_ref);
        let waiting = waiting.map_or(String::new(), |one| one.sdp.clone());
        let sdp = waiting.replace(line.word(3), line.word(4));
        self.clicked(side, line.rest(1), Command::Edit { side: whose, sdp });
        Ok(())
    }

    /// `a disturbs mine offer drop [times=2] [ms=500]`: `any` stands for every kind, `nothing` ends it.
    fn disturbs(&mut self, side: usize, line: &Line) -> Result<(), String> {
        let number = |name: &str| -> Option<u32> {
            let mut words = line.words.iter();
            words.find_map(|word| word.strip_prefix(name)?.parse().ok())
        };
        let text = serde_json::json!({
            "side": line.word(2),
            "signal": line.word(3).replace("any", ""),
            "disorder": (line.word(4) != "nothing").then(|| line.word(4)),
            "ms": number("ms="),
            "times": number("times="),
        });
        let read = Disturbance::from_json(&text.to_string());
        let disturbance = read.ok_or("no such disturbance")?;
        self.clicked(side, line.rest(1), Command::Disturb(disturbance));
        Ok(())
    }

    /// `a says hello`, or `a says 300000 bytes`.
    fn says(&mut self, side: usize, line: &Line) {
        let text = match line.number(2) {
            Ok(bytes) if line.word(3) == "bytes" => "x".repeat(usize::try_from(bytes).unwrap_or(0)),
            _ => line.rest(2),
        };
        self.clicked(
            side,
            format!("says {}", line.rest(2)),
            Command::SendMessage(text),
        );
    }

    /// `a hears {…}`: a frame out of nowhere; `a hears from b {…}`: as the relay passes it on.
    fn hears(&mut self, side: usize, line: &Line) -> Result<(), String> {
        let report = match line.word(2) {
            "binary" => SignalReport::Binary,
            "too-long" => SignalReport::TooLong(300_000),
            "from" => {
                let data: Value =
                    serde_json::from_str(&line.rest(4)).map_err(|wrong| wrong.to_string())?;
                let frame = serde_json::json!({"from": line.word(3), "data": data});
                SignalReport::Frame(frame.to_string())
            }
            _ => SignalReport::Frame(line.rest(2)),
        };
        let (link, _) = self.world.sides[side]
            .link
            .as_ref()
            .ok_or("there is no link")?;
        let link = *link;
        self.world.input(side, Input::Signal { link, report });
        Ok(())
    }

    /// `a browser refuses createOffer OperationError`, `a browser shows a binary message`, …
    fn browser(&mut self, side: usize, line: &Line) -> Result<(), String> {
        let attempt = self.world.sides[side]
            .connection
            .as_ref()
            .map_or(0, |connection| connection.attempt);
        let report = match (line.word(2), line.word(3)) {
            ("refuses", call) => {
                let operation = operation(call).ok_or_else(|| format!("{call} is no call"))?;
                let refusal = (operation, fault(line.word(4), "in the browser's own words"));
                self.world.sides[side].refusals.push(refusal);
                return Ok(());
            }
            ("is", "full") => {
                let channel = self
                    .world
                    .connection(side, attempt)
                    .and_then(|connection| connection.channel.as_mut());
                channel.ok_or("there is no channel")?.buffered = 16 * 1024 * 1024;
                return Ok(());
            }
            ("has", "room") => {
                let channel = self
                    .world
                    .connection(side, attempt)
                    .and_then(|connection| connection.channel.as_mut());
                channel.ok_or("there is no channel")?.buffered = 0;
                RtcReport::RoomAgain
            }
            ("gets", "binary") => RtcReport::Unreadable {
                bytes: 5,
                binary: true,
            },
            ("gets", "too-long") => RtcReport::Unreadable {
                bytes: 300_000,
                binary: false,
            },
            ("misses", server) => {
                let (url, text) = (
                    server.to_owned(),
                    "STUN binding request timed out.".to_owned(),
                );
                RtcReport::CandidateError {
                    url,
                    code: 701,
                    text,
                }
            }
            (word, _) => return Err(format!("a browser knows no {word}")),
        };
        self.world.input(side, Input::Rtc { attempt, report });
        Ok(())
    }

    fn input(&mut self, side: usize, title: &str, input: Input) {
        self.tell();
        self.echo(side, title);
        self.world.input(side, input);
    }

    fn clicked(&mut self, side: usize, title: String, command: Command) {
        self.tell();
        self.echo(side, &title);
        let ticket = self.world.command(side, command);
        self.clicks.push((side, ticket, title));
    }
}

/// `name=value` words as fields of the form. `secret` stands for the credential no event may hold.
fn fields(line: &Line) -> Vec<(String, String)> {
    let pairs = line
        .words
        .iter()
        .skip(2)
        .filter_map(|word| word.split_once('='));
    let value = |value: &str| match value {
        "secret" => CREDENTIAL.to_owned(),
        "somebody" => USERNAME.to_owned(),
        long if long.starts_with("long:") => {
            "x".repeat(long.trim_start_matches("long:").parse().unwrap_or(0))
        }
        "\\u0007" => "\u{7}".to_owned(),
        plain => plain.to_owned(),
    };
    pairs
        .map(|(name, text)| (name.to_owned(), value(text)))
        .collect()
}

/// What copying by hand does to a text.
fn damaged(text: &str, how: &str) -> Result<String, String> {
    let sdp = || -> Result<String, String> {
        let document: Value = serde_json::from_str(text).map_err(|wrong| wrong.to_string())?;
        let sdp = document["description"]["sdp"]
            .as_str()
            .ok_or("there is no description")?;
        Ok(sdp.to_owned())
    };
    let with_sdp = |sdp: &str| -> Result<String, String> {
        let mut document: Value = serde_json::from_str(text).map_err(|wrong| wrong.to_string())?;
        document["description"]["sdp"] = sdp.into();
        Ok(document.to_string())
    };
    Ok(match how {
        "" => text.to_owned(),
        "with-blanks" => format!("\n  {text}  \n"),
        "trimmed" => with_sdp(sdp()?.trim_end())?,
        "indented" => with_sdp(&sdp()?.replace("\r\n", "\n    "))?,
        "escaped" => serde_json::to_string(text).map_err(|wrong| wrong.to_string())?,
        "escaped-unquoted" => serde_json::to_string(text)
            .map_err(|wrong| wrong.to_string())?
            .trim_matches('"')
            .to_owned(),
        "sdp-escaped" => with_sdp(&sdp()?.replace("\r\n", "\\r\\n"))?,
        "bare" => sdp()?,
        "bare-trimmed" => sdp()?.trim_end().to_owned(),
        "bare-indented" => sdp()?.replace("\r\n", "\r\n  "),
        "bare-escaped" => sdp()?.replace("\r\n", "\\r\\n"),
        "inner" => {
            serde_json::from_str::<Value>(text).map_err(|wrong| wrong.to_string())?["description"]
                .to_string()
        }
        "cut" => text.chars().take(text.len() / 2).collect(),
        "sdp-cut" => with_sdp(&sdp()?.chars().take(120).collect::<String>())?,
        other => return Err(format!("{other} is no way to damage a text")),
    })
}
