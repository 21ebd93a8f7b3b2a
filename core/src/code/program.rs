//! The whole program: a JavaScript module that takes this side's place at the same endpoint, with the same dialect.

use serde_json::{Map, Value};

use super::fold::{Answer, Joining, Run};
use super::literal::{comment, js_key, js_string, js_value};
use super::order::in_order;
use crate::dialect::Dialect;
use crate::io::Role;
use crate::words::{Message, say};

const HOLES: &str = include_str!("program/holes.js");
const MATCH: &str = include_str!("program/match.js");
const CONVERSATION: &str = include_str!("program/conversation.js");
const FRAMES: [(&str, &str); 4] = [
    ("json", include_str!("program/frames-json.js")),
    ("text", include_str!("program/frames-text.js")),
    ("records", include_str!("program/frames-records.js")),
    ("socket.io", include_str!("program/frames-socket.io.js")),
];
const REPEAT: [&str; 2] = [
    include_str!("program/repeat-none.js"),
    include_str!("program/repeat.js"),
];
const FETCH: [&str; 2] = [
    include_str!("program/fetch-none.js"),
    include_str!("program/fetch.js"),
];
const SOCKET: &str = include_str!("program/socket.js");
const TABS: &str = include_str!("program/tabs.js");
const PASTE: &str = include_str!("program/paste.js");
const SIGNALS: &str = include_str!("program/signals.js");
const CONNECTION: &str = include_str!("program/connection.js");
const PAGE: &str = include_str!("program/page.js");

/// The widest line of the comment on top, in characters.
const WIDTH: usize = 110;

/// The keys of a document and of its rules that a program needs, in the order in which they are read best.
const KEYS: [&str; 8] = [
    "dialect",
    "url",
    "query",
    "protocols",
    "frames",
    "variables",
    "polite",
    "channels",
];
const RULE_KEYS: [&str; 10] = [
    "on", "read", "both", "every", "if", "after", "send", "sends", "fetch", "means",
];

/// A program and what is to be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// An ES module without imports.
    pub text: String,
    /// How it is run.
    pub how: Message,
    /// What it leaves out.
    pub left_out: Vec<Message>,
    /// The constants that have to be filled in by hand: secrets, and answers that the record does not have.
    pub fill_in: Vec<String>,
}

/// A dialect as the program carries it.
struct Rules {
    document: Map<String, Value>,
    frames: &'static str,
    repeats: bool,
    fetches: bool,
}

impl Run {
    /// The program for the run so far. `answers` are those of the dialect's questions that the record leaves out, from the form;
    /// `words` says a message.
    ///
    /// # Errors
    /// Why there is none.
    pub fn program(
        &self,
        answers: &[Answer],
        words: &dyn Fn(&Message) -> String,
    ) -> Result<Program, Message> {
        let joining = self
            .joining
            .as_ref()
            .ok_or_else(|| say("code.refused.not-joined"))?;
        let role = self.role.ok_or_else(|| say("code.refused.no-role"))?;
        let rules = self.rules(joining)?;
        let (given, mut fill_in) = self.answers(&rules, joining, answers);
        let turn = joining
            .ice_servers
            .iter()
            .any(|url| url.starts_with("turn"));
        fill_in.extend(turn.then(|| "ICE_SERVERS".to_owned()));
        let mut program = Program {
            text: String::new(),
            how: how(joining),
            left_out: self.left_out(&rules),
            fill_in,
        };
        let (transport, tells) = match joining.endpoint.as_str() {
            "tabs:" => (TABS, true),
            "paste:" => (PASTE, false),
            _ => (SOCKET, joining.tells_peers),
        };
        let frames = FRAMES
            .iter()
            .find(|(name, _)| *name == rules.frames)
            .map_or("", |(_, text)| text);
        let repeat = if rules.repeats { REPEAT[1] } else { REPEAT[0] };
        let fetch = if rules.fetches { FETCH[1] } else { FETCH[0] };
        let parts = [
            head(&program, words),
            self.constants(joining, role, tells, &given),
            dialect(&rules.document),
            self.course(role, joining.trickles, words),
        ];
        let kit = [
            CONNECTION,
            transport,
            SIGNALS,
            HOLES,
            MATCH,
            CONVERSATION,
            frames,
            repeat,
            fetch,
            PAGE,
        ];
        let parts = parts.iter().map(String::as_str);
        program.text = parts.chain(kit).collect::<Vec<_>>().join("\n");
        Ok(program)
    }

    /// The document that holds in this run, without what is for people.
    fn rules(&self, joining: &Joining) -> Result<Rules, Message> {
        let named = match joining.endpoint.as_str() {
            "tabs:" => "tabs",
            "paste:" => "paste",
            _ => joining.dialect.as_str(),
        };
        let chosen = self.chosen.as_ref().filter(|chosen| chosen.name == named);
        let text = chosen
            .map(|chosen| chosen.whole.as_str())
            .filter(|text| !text.is_empty());
        let text = text
            .or_else(|| Dialect::built_in(named))
            .ok_or_else(|| say("code.refused.no-document"))?;
        let Ok(Value::Object(document)) = serde_json::from_str(text) else {
            return Err(say("code.refused.no-document"));
        };
        let frames = document.get("frames").and_then(Value::as_str);
        let known = |(name, _): &&(&'static str, &str)| Some(*name) == frames;
        let frames = FRAMES.iter().find(known).map_or("json", |(name, _)| name);
        let rules = document.get("messages").and_then(Value::as_array);
        let some =
            |key: &str| rules.is_some_and(|rules| rules.iter().any(|rule| rule.get(key).is_some()));
        Ok(Rules {
            frames,
            repeats: some("every"),
            fetches: some("fetch"),
            document,
        })
    }

    /// The user's answers, and the names of those that have to be filled in: secrets, and what nobody knows.
    fn answers(
        &self,
        rules: &Rules,
        joining: &Joining,
        form: &[Answer],
    ) -> (Vec<Answer>, Vec<String>) {
        let (mut given, mut open) = (Vec::new(), Vec::new());
        let asked = rules.document.get("variables").and_then(Value::as_object);
        for (name, declared) in asked
            .into_iter()
            .flatten()
            .filter(|(_, declared)| declared.get("ask").is_some())
        {
            let secret = declared.get("secret") == Some(&Value::Bool(true));
            let known = joining
                .vars
                .iter()
                .chain(form)
                .find(|(known, _)| known == name);
            let known = known
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty());
            let default = declared.get("default").and_then(Value::as_str);
            let own = if name == "self" {
                self.me.as_deref()
            } else {
                None
            };
            let value = known
                .or(own)
                .or(default)
                .filter(|_| !secret)
                .unwrap_or_default();
            let choices = declared.get("choices").is_some() && known.is_none();
            if secret || choices {
                open.push(format!("ANSWERS.{name}"));
            }
            given.push((name.clone(), value.to_owned()));
        }
        (given, open)
    }

    fn left_out(&self, rules: &Rules) -> Vec<Message> {
        let mut left_out = vec![
            say("code.left-out.again"),
            say("code.left-out.restart"),
            say("code.left-out.patience"),
        ];
        let more = [
            (self.media, "code.left-out.media"),
            (self.faults, "code.left-out.faults"),
            (rules.fetches, "code.left-out.origin"),
        ];
        left_out.extend(
            more.into_iter()
                .filter(|(there, _)| *there)
                .map(|(_, id)| Message::new(id)),
        );
        left_out
    }

    /// What this run was joined with, as constants.
    fn constants(&self, joining: &Joining, role: Role, tells: bool, answers: &[Answer]) -> String {
        let servers: Vec<Value> = joining.ice_servers.iter().map(|url| server(url)).collect();
        let answers: Map<String, Value> = answers
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let constants = [
            ("ENDPOINT", js_string(&joining.endpoint)),
            ("ROOM", js_string(&joining.room)),
            ("ROLE", js_string(role.word())),
            ("TRICKLE", joining.trickles.to_string()),
            ("ICE_SERVERS", js_value(&Value::Array(servers))),
            ("RELAY_ONLY", joining.relay_only.to_string()),
            ("CHANNEL", js_value(&self.channel_init())),
            ("ANSWERS", js_value(&Value::Object(answers))),
            ("MORE_HOSTS", js_value(&joining.hosts.clone().into())),
            ("TELLS_WHO_IS_THERE", tells.to_string()),
        ];
        let lines = constants.map(|(name, value)| format!("const {name} = {value};\n"));
        lines.concat()
    }

    /// The steps as a function.
    fn course(&self, role: Role, trickles: bool, words: &dyn Fn(&Message) -> String) -> String {
        let (order, done) = in_order(role, &self.deeds, trickles);
        let step = |number: u8| {
            let title = words(&title(number));
            format!("  step({number}, {});\n", js_string(&title))
        };
        let mut text = format!(
            "/** {} */\nasync function run() {{\n",
            comment(&words(&say("code.run")))
        );
        text.push_str(&[&step(11), "  await join();\n"].concat());
        for (place, deed) in order.iter().enumerate() {
            if place == done {
                text.push_str(&format!(
                    "\n  // {}\n",
                    comment(&words(&say("code.not-yet")))
                ));
            }
            text.push_str(&["\n", &step(deed.step(role)), "  ", deed.code(role), "\n"].concat());
        }
        text.push_str("}\n");
        text
    }

    /// Label and options of the data channel, as `createDataChannel()` takes them.
    pub(super) fn channel_init(&self) -> Value {
        let (label, options) = match &self.channel {
            Some((label, options)) => (label.as_str(), options.as_str()),
            None => ("chat", ""),
        };
        let mut init = Map::new();
        init.insert("label".to_owned(), Value::from(label));
        let (options, protocol) = options.split_once(", protocol: ").unwrap_or((options, ""));
        for (name, value) in options
            .split(", ")
            .filter_map(|option| option.split_once(": "))
        {
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
            init.insert(name.to_owned(), value);
        }
        if !protocol.is_empty() {
            init.insert("protocol".to_owned(), Value::from(protocol));
        }
        Value::Object(init)
    }
}

/// A step's title.
fn title(step: u8) -> Message {
    Message {
        id: format!("step.{step}.title").into(),
        args: Vec::new(),
    }
}

/// A STUN or TURN server of which the record has the address only.
fn server(url: &str) -> Value {
    let mut server = Map::new();
    server.insert("urls".to_owned(), Value::from(url));
    if url.starts_with("turn") {
        for name in ["username", "credential"] {
            server.insert(name.to_owned(), Value::from(""));
        }
    }
    Value::Object(server)
}

fn how(joining: &Joining) -> Message {
    say(match joining.endpoint.as_str() {
        "tabs:" => "code.how.tabs",
        "paste:" => "code.how.paste",
        _ => "code.how.socket",
    })
}

/// The comment on top.
fn head(program: &Program, words: &dyn Fn(&Message) -> String) -> String {
    let mut text = String::new();
    let mut paragraph = |sentence: &str, mark: &str| {
        let mut line = format!("// {mark}");
        for word in comment(sentence).split_whitespace() {
            if line.len() + word.len() > WIDTH {
                text.push_str(line.trim_end());
                line = "\n// ".to_owned() + if mark.is_empty() { "" } else { "  " };
            }
            line.push_str(word);
            line.push(' ');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    };
    paragraph(&words(&say("code.head")), "");
    paragraph(&words(&program.how), "");
    paragraph(&words(&say("code.leaves-out")), "");
    for message in &program.left_out {
        paragraph(&words(message), "- ");
    }
    if !program.fill_in.is_empty() {
        let names = program.fill_in.join(", ");
        paragraph(&words(&say("code.fill-in").with("names", names)), "");
    }
    text
}

/// The document, one rule to a line.
fn dialect(document: &Map<String, Value>) -> String {
    let mut text = "const DIALECT = {\n".to_owned();
    for (key, value) in in_reading_order(document, &KEYS) {
        text.push_str(&format!("  {}: {},\n", js_key(key), js_value(value)));
    }
    text.push_str("  messages: [\n");
    let rules = document.get("messages").and_then(Value::as_array);
    let rules = rules.into_iter().flatten().filter_map(Value::as_object);
    for rule in rules {
        let entries = in_reading_order(rule, &RULE_KEYS);
        let entries = entries.map(|(key, value)| format!("{}: {}", js_key(key), js_value(value)));
        let entries: Vec<String> = entries.collect();
        text.push_str(&format!("    {{ {} }},\n", entries.join(", ")));
    }
    text.push_str("  ],\n};\n");
    text
}

/// The known keys of an object, those that a reader wants first at the front.
fn in_reading_order<'a>(
    object: &'a Map<String, Value>,
    keys: &'a [&'static str],
) -> impl Iterator<Item = (&'static str, &'a Value)> {
    keys.iter()
        .filter_map(|key| Some((*key, object.get(*key)?)))
}
