//! What a step runs, with this run's values.

use serde_json::{Value, json};

use super::fold::{Joining, Run};
use super::frame::{made, place_of_description};
use super::literal::{comment, js_value};
use crate::dialect::{Dialect, encode};
use crate::words::Message;

/// A language that steps are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    JavaScript,
    /// With the crate web-sys.
    Rust,
}

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// It is a value of this run.
    pub value: bool,
}

/// A line of code, without its end.
pub type Line = Vec<Piece>;

impl Piece {
    pub(super) fn code(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            value: false,
        }
    }

    pub(super) fn value(text: String) -> Self {
        Self { text, value: true }
    }
}

impl Language {
    /// The end of the ids of its samples: `step.4.js`.
    pub fn word(self) -> &'static str {
        match self {
            Self::JavaScript => "js",
            Self::Rust => "rust",
        }
    }
}

impl Run {
    /// What a step runs, or ran, in one language. `words` says a message; the samples are among them (`step.4.js`).
    pub fn snippet(
        &self,
        step: u8,
        language: Language,
        words: &dyn Fn(&Message) -> String,
    ) -> Vec<Line> {
        let variant = self.variant(step, language);
        let id = format!("step.{step}.{}{variant}", language.word());
        let sample = words(&Message {
            id: id.into(),
            args: Vec::new(),
        });
        let mut pieces = fill(&sample, &self.values(step, language));
        let ran = self.ran.get(&step);
        let fact = ran.and_then(|ran| self.led_to.get(&step).or(ran.fact.as_ref()));
        if let Some(fact) = fact {
            pieces.push(Piece::code("\n// "));
            pieces.push(Piece::value(comment(&words(fact))));
        }
        lines(pieces)
    }

    fn endpoint(&self) -> &str {
        self.joining
            .as_ref()
            .map_or("", |joining| joining.endpoint.as_str())
    }

    /// Samples differ where the run differs in more than values.
    fn variant(&self, step: u8, language: Language) -> &'static str {
        let rust = language == Language::Rust;
        let servers = |joining: &Joining| !joining.ice_servers.is_empty();
        match (step, self.endpoint()) {
            (1 | 13, _) if rust && self.joining.as_ref().is_some_and(servers) => "-servers",
            (4, _) if rust && self.options().is_some() => "-options",
            (11, "tabs:") => "-tabs",
            (11, "line:") => "-line",
            (11, "paste:") => "-paste",
            _ => "",
        }
    }

    /// What stands in the holes of a sample.
    fn values(&self, step: u8, language: Language) -> Vec<(&'static str, Vec<Piece>)> {
        let one = |text: String| vec![Piece::value(text)];
        let frame = self
            .frames
            .get(&step)
            .cloned()
            .or_else(|| self.frame_to_be(step));
        let (pointer, members) = frame
            .as_deref()
            .and_then(place_of_description)
            .unwrap_or_default();
        let init = self.channel_init();
        let label = init
            .get("label")
            .and_then(Value::as_str)
            .unwrap_or_default();
        vec![
            ("servers", one(self.servers(language))),
            ("policy", one(self.policy(language).to_owned())),
            ("label", one(language.string(label))),
            (
                "options",
                one(self
                    .options()
                    .map(|options| set(&options, language))
                    .unwrap_or_default()),
            ),
            ("url", one(self.url(language))),
            ("send", self.send(frame.as_deref(), language)),
            ("place", one(members)),
            ("pointer", one(language.string(&pointer))),
        ]
    }

    fn servers(&self, language: Language) -> String {
        let urls = self.joining.iter().flat_map(|joining| &joining.ice_servers);
        let server = |url: &String| match language {
            Language::JavaScript => format!("{{ urls: {} }}", language.string(url)),
            Language::Rust => language.string(url),
        };
        let list = urls.map(server).collect::<Vec<_>>().join(", ");
        ["[", &list, "]"].concat()
    }

    fn policy(&self, language: Language) -> &'static str {
        let relay = self
            .joining
            .as_ref()
            .is_some_and(|joining| joining.relay_only);
        match language {
            _ if !relay => "",
            Language::JavaScript => ",\n  iceTransportPolicy: \"relay\"",
            Language::Rust => {
                "\nconfig.set_ice_transport_policy(\n  RtcIceTransportPolicy::Relay);"
            }
        }
    }

    /// The options of the channel that are not the browser's own choice.
    fn options(&self) -> Option<Value> {
        let Value::Object(mut init) = self.channel_init() else {
            return None;
        };
        init.remove("label");
        (!init.is_empty()).then_some(Value::Object(init))
    }

    /// Where this run's signals travel, as far as the record tells: another hole than endpoint and room stays one.
    fn url(&self, language: Language) -> String {
        let Some(joining) = &self.joining else {
            return "endpoint".to_owned();
        };
        if joining.endpoint == "tabs:" {
            return language.string(&["webrtc-steps ", &joining.room].concat());
        }
        let chosen = self.chosen.as_ref().map(|chosen| chosen.whole.as_str());
        let text = chosen.filter(|text| !text.is_empty());
        let text = text.or_else(|| Dialect::built_in(&joining.dialect));
        let document: Value = serde_json::from_str(text.unwrap_or_default()).unwrap_or_default();
        let template = document.get("url").and_then(Value::as_str);
        let endpoint = joining.endpoint.trim_end_matches('/');
        let url = template
            .unwrap_or("{endpoint}")
            .replace("{endpoint}", endpoint);
        language.string(&url.replace("{room}", &encode(&joining.room)))
    }

    /// The frame that a step is going to send or to get, where that is known: in the project's own dialects.
    fn frame_to_be(&self, step: u8) -> Option<String> {
        let inside = match step {
            8 | 12 | 21 | 24 => json!({ "description": { "type": "", "sdp": "v=0" } }),
            9 | 22 | 25 => json!({ "candidate": { "candidate": "candidate:", "sdpMid": "" } }),
            _ => return None,
        };
        let joining = self.joining.as_ref()?;
        let whole = match (joining.endpoint.as_str(), joining.dialect.as_str()) {
            ("tabs:" | "line:" | "paste:", _) => inside,
            (_, "relay") if matches!(step, 12 | 24) => json!({ "data": inside }),
            (_, "relay") => json!({ "to": self.partner.as_ref()?, "data": inside }),
            _ => return None,
        };
        Some(whole.to_string())
    }

    /// The call that hands over a signal.
    fn send(&self, frame: Option<&str>, language: Language) -> Vec<Piece> {
        let (call, end) = match (self.endpoint(), language) {
            ("tabs:" | "line:", Language::JavaScript) => {
                ("air.postMessage([\"signal\", me, to, ", "]);")
            }
            ("tabs:" | "line:", Language::Rust) => {
                ("air.post_message(&line(\"signal\", me, to, ", "))?;")
            }
            ("paste:", Language::JavaScript) => ("toCarry.value = ", ";"),
            ("paste:", Language::Rust) => ("to_carry.set_value(&", ");"),
            (_, Language::JavaScript) => ("socket.send(", ");"),
            (_, Language::Rust) => ("socket.send_with_str(&", ")?;"),
        };
        let mut pieces = vec![Piece::code(call)];
        pieces.extend(
            frame.map_or_else(|| vec![Piece::code("frame")], |frame| made(frame, language)),
        );
        pieces.push(Piece::code(end));
        pieces
    }
}

/// The options of a channel: in JavaScript an argument, in Rust calls on `RtcDataChannelInit`.
fn set(options: &Value, language: Language) -> String {
    if language == Language::JavaScript {
        return [", ", &js_value(options)].concat();
    }
    let entries = options.as_object().into_iter().flatten();
    let setter = |(name, value): (&String, &Value)| {
        let upper = |c: char| {
            if c.is_ascii_uppercase() {
                format!("_{}", c.to_ascii_lowercase())
            } else {
                c.to_string()
            }
        };
        let name: String = name.chars().map(upper).collect();
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), |text| Language::Rust.string(text));
        format!("init.set_{name}({value});\n")
    };
    entries.map(setter).collect()
}

/// A sample with its `{holes}` filled, from left to right in one pass: what a value contains is never read as a hole. What is
/// longer than a line is set in as far as its hole.
fn fill(sample: &str, values: &[(&'static str, Vec<Piece>)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sample;
    let mut code = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        code.push_str(before);
        let value_of = |name: &str| values.iter().find(|(known, _)| *known == name);
        let hole = after.split_once('}');
        let Some(((_, value), tail)) = hole.and_then(|(name, tail)| Some((value_of(name)?, tail)))
        else {
            code.push('{');
            rest = after;
            continue;
        };
        let column = code.rsplit('\n').next().unwrap_or_default();
        let blank = column.chars().all(|c| c == ' ');
        let end = ["\n", if blank { column } else { "" }].concat();
        pieces.push(Piece::code(&code));
        pieces.extend(value.iter().map(|piece| Piece {
            text: piece.text.replace('\n', &end),
            value: piece.value,
        }));
        code.clear();
        rest = tail;
    }
    code.push_str(rest);
    pieces.push(Piece::code(&code));
    pieces
}

/// Pieces cut at the ends of lines.
fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    for piece in pieces {
        for (place, part) in piece.text.split('\n').enumerate() {
            if place > 0 {
                lines.push(Line::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push(Piece {
                    text: part.to_owned(),
                    value: piece.value,
                });
            }
        }
    }
    lines
}
