//! The timeline of a run as text: one line per event worth telling, in seconds, with message ids in place of sentences.

use webrtc_steps_core::io::{Event, Fate, Side, StateName, What};
use webrtc_steps_core::sdp;
use webrtc_steps_core::step::Status;
use webrtc_steps_core::words::Message;

use super::{LAST, Run};
use crate::pair::world::World;

/// The last lines of what the pages told: what a failed test shows.
pub(crate) fn last_lines(world: &World) -> String {
    let of = |side: &crate::pair::side::Side| -> Vec<(f64, String)> {
        let lines = side
            .events
            .iter()
            .filter_map(|event| Some((event.at, line(event)?)));
        lines
            .map(|(at, line)| (at, format!("{:>9.3} {}  {line}", at / 1000.0, side.name)))
            .collect()
    };
    let mut lines: Vec<(f64, String)> = world.sides.iter().flat_map(of).collect();
    lines.sort_by(|one, other| one.0.total_cmp(&other.0));
    let from = lines.len().saturating_sub(LAST);
    lines[from..]
        .iter()
        .map(|(_, line)| format!("\n{line}"))
        .collect()
}

impl Run {
    /// Writes what was told since, in the order of time.
    pub(super) fn tell(&mut self) {
        let mut fresh: Vec<(f64, usize, String)> = Vec::new();
        for side in 0..self.world.sides.len() {
            let events = &self.world.sides[side].events[self.written[side]..];
            let mut next = self.shown_next[side];
            for (index, event) in events.iter().enumerate() {
                fresh.extend(line(event).map(|line| (event.at, side, line)));
                next = next_after(next, &event.what);
                let last = events
                    .get(index + 1)
                    .is_none_or(|later| later.at > event.at);
                if last && next != self.shown_next[side] {
                    self.shown_next[side] = next;
                    let step = next.map_or("none".to_owned(), |step| step.to_string());
                    fresh.push((event.at, side, format!("next  {step}")));
                }
            }
            self.written[side] += events.len();
        }
        fresh.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (at, side, text) in fresh {
            self.write(at, side, &text);
        }
    }

    /// Writes a deed before what came of it.
    pub(super) fn echo(&mut self, side: usize, title: &str) {
        self.write(self.world.now, side, &format!("> {}", title.trim_end()));
    }

    /// Clicks nobody ever heard of again: a page would wait for them for ever.
    pub(super) fn tell_unanswered(&mut self) {
        self.hidden = false;
        for (side, ticket, title) in self.clicks.clone() {
            if !self.world.sides[side].watch.ended().contains(&ticket) && title != "considers" {
                self.write(
                    self.world.now,
                    side,
                    &format!("never heard what became of: {title}"),
                );
            }
        }
    }

    fn write(&mut self, at: f64, side: usize, text: &str) {
        if !self.hidden {
            let name = self.world.sides[side].name;
            let line = format!("{:>9.3} {name}  {text}", at / 1000.0);
            self.told.push(line.trim_end().to_owned());
        }
    }
}

/// The recommended step, once this was told.
fn next_after(next: Option<u8>, what: &What) -> Option<u8> {
    match what {
        What::Step {
            step,
            status: Status::Next,
            ..
        } => Some(*step),
        What::Step { step, .. } if next == Some(*step) => None,
        _ => next,
    }
}

/// One event in a line; `None` for what the others tell already.
fn line(event: &Event) -> Option<String> {
    Some(match &event.what {
        What::Joining {
            endpoint,
            room,
            mode,
            ..
        } => format!("joining {room} over {endpoint}, {mode}"),
        What::FieldRefused { field, message } => format!("field {field}: {}", words(message)),
        What::Left => "left".to_owned(),
        What::Link { state, note } => format!(
            "link {} {}",
            state.word(),
            note.as_ref().map(words).unwrap_or_default()
        ),
        What::Joined { me, again } => {
            format!(
                "joined as {}{}",
                me.as_deref().unwrap_or("nobody in particular"),
                if *again { " again" } else { "" }
            )
        }
        What::PeerJoined { peer } => format!("{peer} is here"),
        What::PeerLeft { message, .. } => words(message),
        What::Role { role, why } => format!(
            "role {}: {}",
            role.map_or("none", |role| role.word()),
            words(why)
        ),
        What::AttemptBegan => format!("attempt {}", event.attempt),
        What::AttemptEnded { why } => format!("attempt {} ended: {}", event.attempt, words(why)),
        What::Step {
            step,
            status: Status::Failed,
            ..
        } => format!("step {step} failed"),
        other => return line_of_signals(other).or_else(|| line_of_browser(other)),
    })
}

/// What went out, came in or was said.
fn line_of_signals(what: &What) -> Option<String> {
    Some(match what {
        What::Sent {
            kind,
            to,
            text,
            again,
            ..
        } => {
            let to = to
                .as_deref()
                .map(|to| format!(" to {to}"))
                .unwrap_or_default();
            format!(
                "sends {kind}{to}{}{}",
                if *again { " again" } else { "" },
                about(kind, text)
            )
        }
        What::Received {
            kind, from, text, ..
        } => {
            let from = from
                .as_deref()
                .map(|from| format!(" from {from}"))
                .unwrap_or_default();
            format!("receives {kind}{from}{}", about(kind, text))
        }
        What::Note { message } => words(message),
        What::Track { side, kind } => match side {
            Side::Mine => format!("adds a {kind} track"),
            Side::Theirs => format!("their {kind} track came"),
        },
        What::Disturbed { disorder, kind, .. } => format!("{disorder} happens to {kind}"),
        What::Option { option, on } => format!("{option} is {}", if *on { "on" } else { "off" }),
        What::SignalToCarry { .. } => "has a text to carry".to_owned(),
        What::Chat {
            side: Side::Mine,
            text,
        } => format!("said {}", short(text)),
        What::Chat {
            side: Side::Theirs,
            text,
        } => format!("heard {}", short(text)),
        What::ChatRefused { text, message } => format!("keeps {}: {}", short(text), words(message)),
        What::Outcome {
            refused: Some(message),
            ..
        } => format!("refused: {}", words(message)),
        _ => return None,
    })
}

/// Calls, states and what came of them.
fn line_of_browser(what: &What) -> Option<String> {
    Some(match what {
        What::Call { call, by_page, .. } => {
            format!("calls {call}{}", if *by_page { ", by itself" } else { "" })
        }
        What::State { value, .. } if value == "none" => return None,
        What::State {
            name: StateName::Channel,
            ..
        } => return None,
        What::State { name, value } => format!("{} {value}", name.words().1),
        What::Candidate {
            side: Side::Mine,
            candidate,
            ..
        } => format!("found {}", short(&candidate.candidate)),
        What::CandidateFate {
            side: Side::Theirs,
            index,
            fate: Fate::Dropped,
        } => format!("their candidate {index} dropped"),
        What::CandidateFate {
            side: Side::Theirs,
            index,
            fate: Fate::Used,
        } => format!("their candidate {index} added"),
        What::GatheringEnded { count } => format!("gathered {count}"),
        What::Channel {
            label,
            options,
            state,
        } => format!("channel {label} {state} {options}")
            .trim_end()
            .to_owned(),
        What::Trouble(trouble) => {
            let fault = trouble
                .fault
                .as_ref()
                .map(|fault| format!(" ({})", fault.name))
                .unwrap_or_default();
            let step = trouble
                .step
                .map(|step| format!(" at step {step}"))
                .unwrap_or_default();
            let (blame, doing) = (trouble.blame.word(), words(&trouble.doing));
            format!(
                "trouble, {blame}{step}: {doing}, {}{fault}, {}",
                words(&trouble.cause),
                words(&trouble.advice)
            )
        }
        _ => return None,
    })
}

/// The id and its arguments.
fn words(message: &Message) -> String {
    let args: Vec<String> = message
        .args
        .iter()
        .map(|(name, value)| format!("{name}={}", short(value)))
        .collect();
    if args.is_empty() {
        message.id.to_string()
    } else {
        format!("{} ({})", message.id, args.join(", "))
    }
}

/// Whose description or candidate a frame holds, or what an unknown one begins with.
fn about(kind: &str, text: &str) -> String {
    let unescaped = text.replace("\\r\\n", "\n");
    match kind {
        "offer" | "answer" => sdp::ufrag(&unescaped)
            .map(|ufrag| format!(", {ufrag}"))
            .unwrap_or_default(),
        "candidate" => {
            let found = text
                .split("candidate:")
                .nth(1)
                .and_then(|rest| rest.split(' ').nth(4));
            found
                .map(|address| format!(", {address}"))
                .unwrap_or_default()
        }
        "unknown" | "reply" | "notice" => format!(", {}", short(text)),
        _ => String::new(),
    }
}

/// At most 60 signs, on one line.
fn short(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}… ({} bytes)", &line[..end], text.len()),
        None => line,
    }
}
