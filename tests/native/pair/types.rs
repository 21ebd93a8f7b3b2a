//! The declared types of events (`www/webrtc-steps.d.ts`), read as far as they are used there, and events held to them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/webrtc-steps.d.ts");
/// Between two lines like this stands what is held to the program.
const LINE: &str = "// -----";
/// The union of all events of a run.
const EVENTS: &str = "RunEvent";

/// A type, as far as the declarations use them.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Text,
    Number,
    Flag,
    Null,
    /// One value: a string or a number.
    Exactly(Value),
    /// An object of strings by any name.
    Texts,
    List(Box<Self>),
    Named(String),
    OneOf(Vec<Self>),
}

/// A field: its name, whether it may be missing, its type.
type Field = (String, bool, Type);

/// What the file declares.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    pub(crate) aliases: BTreeMap<String, Type>,
    shapes: BTreeMap<String, Vec<Field>>,
}

/// The declarations, read once.
pub(crate) fn declared() -> &'static Declared {
    static DECLARED: OnceLock<Declared> = OnceLock::new();
    DECLARED.get_or_init(|| {
        let text = std::fs::read_to_string(FILE).expect("the declarations are there");
        let held = text.split(LINE).nth(1).expect("a part between two lines");
        let mut reader = Reader { words: words(held) };
        let mut declared = Declared::default();
        while let Some(word) = reader.next() {
            match word.as_str() {
                "interface" => reader.shape(&mut declared),
                "type" => {
                    let name = reader.expect_any();
                    reader.expect("=");
                    let meant = reader.union();
                    declared.aliases.insert(name, meant);
                }
                _ => {}
            }
        }
        declared.aliases.insert("Arguments".to_owned(), Type::Texts);
        declared
    })
}

/// Holds the data of an event to the declarations: no field is missing, none is too many, each is of its type.
pub(crate) fn check(data: &Value) -> Result<(), String> {
    let kind = data["kind"].as_str().unwrap_or_default();
    let name = declared()
        .event(kind)
        .ok_or_else(|| format!("no type is declared for the kind {kind}"))?;
    declared().fits(data, &Type::Named(name))
}

impl Declared {
    /// The names of all shapes of events.
    pub(crate) fn events(&self) -> Vec<String> {
        let Some(Type::OneOf(all)) = self.aliases.get(EVENTS) else {
            panic!("{EVENTS} is no union")
        };
        let names = all.iter().map(|one| match one {
            Type::Named(name) => name.clone(),
            other => panic!("{other:?} is no name"),
        });
        names.collect()
    }

    /// The kind of an event's shape.
    pub(crate) fn kind_of(&self, name: &str) -> String {
        let fields = &self.shapes[name];
        let kind = fields.iter().find(|(field, ..)| field == "kind");
        match kind {
            Some((_, _, Type::Exactly(Value::String(kind)))) => kind.clone(),
            _ => panic!("{name} has no kind"),
        }
    }

    fn event(&self, kind: &str) -> Option<String> {
        let mut events = self.events().into_iter();
        events.find(|name| self.kind_of(name) == kind)
    }

    /// The fields of a shape.
    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        self.shapes.get(name).map_or(&[], Vec::as_slice)
    }

    fn fits(&self, value: &Value, of: &Type) -> Result<(), String> {
        let wrong = || Err(format!("{value} is not {of:?}"));
        match of {
            Type::Text if value.is_string() => Ok(()),
            Type::Number if value.is_number() => Ok(()),
            Type::Flag if value.is_boolean() => Ok(()),
            Type::Null if value.is_null() => Ok(()),
            Type::Exactly(one) if one == value => Ok(()),
            Type::Texts => match value.as_object() {
                Some(map) if map.values().all(Value::is_string) => Ok(()),
                _ => wrong(),
            },
            Type::List(one) => match value.as_array() {
                Some(list) => list.iter().try_for_each(|value| self.fits(value, one)),
                None => wrong(),
            },
            Type::OneOf(all) => match all.iter().any(|one| self.fits(value, one).is_ok()) {
                true => Ok(()),
                false => wrong(),
            },
            Type::Named(name) => match (self.aliases.get(name), value.as_object()) {
                (Some(meant), _) => self.fits(value, meant),
                (None, Some(map)) => self.has_shape(map, name),
                (None, None) => wrong(),
            },
            _ => wrong(),
        }
    }

    fn has_shape(&self, map: &Map<String, Value>, name: &str) -> Result<(), String> {
        let fields = self.fields(name);
        for (field, optional, of) in fields {
            match map.get(field) {
                // An endless time is no JSON; only a clock of a test tells it.
                Some(Value::Null) if field == "at" => {}
                Some(value) => self
                    .fits(value, of)
                    .map_err(|why| format!("{name}.{field}: {why}"))?,
                None if *optional => {}
                None => return Err(format!("{name}.{field} is declared and missing")),
            }
        }
        let more = map
            .keys()
            .find(|key| fields.iter().all(|(field, ..)| field != *key));
        more.map_or(Ok(()), |key| Err(format!("{name}.{key} is not declared")))
    }
}

/// Words, strings in quotes and signs, without comments.
fn words(text: &str) -> std::collections::VecDeque<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/**") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut words = std::collections::VecDeque::new();
    let mut signs = plain.chars().peekable();
    while let Some(sign) = signs.next() {
        let part_of = |sign: char| sign.is_alphanumeric() || sign == '_';
        if sign == '"' {
            words.push_back(format!(
                "\"{}",
                signs
                    .by_ref()
                    .take_while(|sign| *sign != '"')
                    .collect::<String>()
            ));
        } else if part_of(sign) {
            let mut word = sign.to_string();
            while let Some(more) = signs.next_if(|sign| part_of(*sign)) {
                word.push(more);
            }
            words.push_back(word);
        } else if !sign.is_whitespace() {
            words.push_back(sign.to_string());
        }
    }
    words
}

struct Reader {
    words: std::collections::VecDeque<String>,
}

impl Reader {
    fn next(&mut self) -> Option<String> {
        self.words.pop_front()
    }

    fn expect_any(&mut self) -> String {
        self.next().expect("the declaration goes on")
    }

    fn expect(&mut self, word: &str) {
        assert_eq!(
            self.expect_any(),
            word,
            "before {:?}",
            self.words.iter().take(8).collect::<Vec<_>>()
        );
    }

    fn takes(&mut self, word: &str) -> bool {
        let taken = self.words.front().is_some_and(|next| next == word);
        if taken {
            self.words.pop_front();
        }
        taken
    }

    fn shape(&mut self, declared: &mut Declared) {
        let name = self.expect_any();
        let mut fields = match self.takes("extends") {
            true => declared.shapes[&self.expect_any()].clone(),
            false => Vec::new(),
        };
        self.expect("{");
        while !self.takes("}") {
            let field = self.expect_any();
            let optional = self.takes("?");
            self.expect(":");
            fields.push((field, optional, self.union()));
            self.expect(";");
        }
        declared.shapes.insert(name, fields);
    }

    fn union(&mut self) -> Type {
        self.takes("|");
        let mut all = vec![self.one()];
        while self.takes("|") {
            all.push(self.one());
        }
        match all.len() {
            1 => all.remove(0),
            _ => Type::OneOf(all),
        }
    }

    fn one(&mut self) -> Type {
        let word = self.expect_any();
        let mut one = match word.as_str() {
            "string" => Type::Text,
            "number" => Type::Number,
            "boolean" => Type::Flag,
            "null" => Type::Null,
            text if text.starts_with('"') => Type::Exactly(text.trim_start_matches('"').into()),
            number if number.parse::<u32>().is_ok() => {
                Type::Exactly(number.parse::<u32>().unwrap_or_default().into())
            }
            name => Type::Named(name.to_owned()),
        };
        while self.takes("[") {
            self.expect("]");
            one = Type::List(Box::new(one));
        }
        one
    }
}
