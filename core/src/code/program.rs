//! The whole program: a JavaScript module that takes this side's place at the same endpoint, with the same dialect.

use serde_json::{Map, Value};

use super::fold::{Answer, Joining, Run};
use super::kit;
use super::literal::{comment, js_string, js_value};
use super::order::in_order;
use super::rules::Rules;
use crate::io::Role;
use crate::words::{Message, say};

/// The widest line of the comment on top, in characters.
const WIDTH: usize = 110;

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
        let joining = self.joining.as_ref();
        let joining = joining.ok_or_else(|| say("code.refused.not-joined"))?;
        let role = self.role.ok_or_else(|| say("code.refused.no-role"))?;
        let rules = Rules::of(self, joining)?;
        let (given, mut fill_in) = rules.answers(self, joining, answers);
        let turn = |url: &String| url.starts_with("turn");
        if joining.ice_servers.iter().any(turn) {
            fill_in.push("ICE_SERVERS".to_owned());
        }
        let mut program = Program {
            text: String::new(),
            how: how(joining),
            left_out: self.left_out(&rules),
            fill_in,
        };
        let own = [
            head(&program, words),
            self.constants(joining, role, &given),
            rules.constant(),
            self.course(role, joining.trickles, words),
        ];
        let own = own.iter().map(String::as_str);
        let parts: Vec<&str> = own.chain(kit::parts(joining, &rules)).collect();
        program.text = parts.join("\n");
        Ok(program)
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
            (rules.some("fetch"), "code.left-out.origin"),
        ];
        left_out.extend(
            more.into_iter()
                .filter(|(there, _)| *there)
                .map(|(_, id)| Message::new(id)),
        );
        left_out
    }

    /// What this run was joined with, as constants.
    fn constants(&self, joining: &Joining, role: Role, answers: &[Answer]) -> String {
        let servers: Vec<Value> = joining.ice_servers.iter().map(|url| server(url)).collect();
        let answers: Map<String, Value> = answers
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let tells = match joining.endpoint.as_str() {
            "tabs:" | "line:" => true,
            "paste:" => false,
            _ => joining.tells_peers,
        };
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
        "tabs:" | "line:" => "code.how.tabs",
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
