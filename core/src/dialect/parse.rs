//! From a document's JSON to examples and holes, with every mistake noted at its pointer.

use serde_json::{Map, Value};

use super::example::{Example, Hole, Key, Mark, Piece, Pipe, Subject, THINGS, enter};
use super::mistake::{Mistake, Wrong, nearest};

/// The longest text of a document, in bytes.
const MOST_TEXT: usize = 4096;
/// The most pipes of one hole.
const MOST_PIPES: usize = 4;
/// The most texts in a list of them.
const MOST_TEXTS: usize = 16;

/// What is done at one place of the document.
pub(crate) type Work<'a> = dyn FnMut(&mut Checker, &Value) + 'a;

/// Where we are in the document, and what was found so far.
#[derive(Default)]
pub(crate) struct Checker {
    pub(crate) path: String,
    pub(crate) mistakes: Vec<Mistake>,
    /// Holes that need a value to be written: each with its pointer.
    pub(crate) needed: Vec<(String, String)>,
    /// Holes that a URL starts with: each with its pointer.
    pub(crate) starts: Vec<(String, String)>,
    /// Holes that take a value when read.
    pub(crate) filled: Vec<String>,
}

impl Checker {
    /// Goes into a key; `leave` with the result goes back.
    pub(crate) fn enter(&mut self, key: &str) -> usize {
        enter(&mut self.path, key)
    }

    pub(crate) fn leave(&mut self, mark: usize) {
        self.path.truncate(mark);
    }

    /// Notes a mistake at the place where we are.
    pub(crate) fn wrong(&mut self, wrong: Wrong) {
        let pointer = self.path.clone();
        self.mistakes.push(Mistake { pointer, wrong });
    }

    /// Notes a mistake at the place where we are, if there is one.
    pub(crate) fn unless(&mut self, fine: bool, wrong: Wrong) {
        if !fine {
            self.wrong(wrong);
        }
    }

    /// Notes a mistake at a key of the place where we are.
    pub(crate) fn wrong_in(&mut self, key: &str, wrong: Wrong) {
        let mark = self.enter(key);
        self.wrong(wrong);
        self.leave(mark);
    }

    /// Works on a key, if it is there.
    pub(crate) fn key(&mut self, object: &Map<String, Value>, key: &str, work: &mut Work<'_>) {
        if let Some(value) = object.get(key) {
            let mark = self.enter(key);
            work(self, value);
            self.leave(mark);
        }
    }

    /// Works on each element of a list that has at most so many.
    pub(crate) fn list(&mut self, value: &Value, most: usize, work: &mut Work<'_>) {
        let Some(items) = value.as_array() else {
            return self.wrong(Wrong::NotA("a list"));
        };
        self.unless(
            items.len() <= most,
            Wrong::TooMuch("elements of this list", most),
        );
        for (index, item) in items.iter().enumerate().take(most) {
            let mark = self.enter(&index.to_string());
            work(self, item);
            self.leave(mark);
        }
    }

    /// Works on a text, or on each of a list of texts.
    pub(crate) fn texts(&mut self, value: &Value, work: &mut dyn FnMut(&mut Self, &str)) {
        match value {
            Value::String(text) => work(self, text),
            Value::Array(_) => self.list(value, MOST_TEXTS, &mut |c, item| match item.as_str() {
                Some(text) => work(c, text),
                None => c.wrong(Wrong::NotA("a text")),
            }),
            _ => self.wrong(Wrong::NotA("a text or a list of texts")),
        }
    }

    /// Notes every key that is not known.
    pub(crate) fn keys(&mut self, object: &Map<String, Value>, known: &[&'static str]) {
        for key in object
            .keys()
            .map(String::as_str)
            .filter(|key| !known.contains(key))
        {
            let near = nearest(key, &mut known.iter().copied());
            self.wrong_in(key, Wrong::UnknownKey(key.to_owned(), near));
        }
    }

    /// The truth at a key, false if it is not there.
    pub(crate) fn truth(&mut self, object: &Map<String, Value>, key: &str) -> bool {
        let mut truth = false;
        self.key(object, key, &mut |c, value| {
            c.unless(value.is_boolean(), Wrong::NotA("true or false"));
            truth = value == &Value::Bool(true);
        });
        truth
    }

    /// The text that a value is.
    pub(crate) fn whole_text(&mut self, value: &Value) -> String {
        let text = value.as_str();
        self.unless(text.is_some(), Wrong::NotA("a text"));
        let text = text.unwrap_or_default();
        self.unless(
            text.len() <= MOST_TEXT,
            Wrong::TooMuch("bytes of a text", MOST_TEXT),
        );
        text.to_owned()
    }

    /// The example that a JSON value is. A mistake leaves something harmless in its place.
    pub(crate) fn example(&mut self, value: &Value) -> Example {
        match value {
            Value::String(text) => self.text_example(text),
            Value::Array(items) if !items.is_empty() => self.list_example(items),
            Value::Object(entries) if !entries.is_empty() => self.object(entries),
            fixed => Example::Fixed(fixed.clone()),
        }
    }

    pub(crate) fn text_example(&mut self, text: &str) -> Example {
        let mut pieces = self.text(text);
        match (pieces.pop(), pieces.is_empty()) {
            (None, _) => Example::Fixed(Value::String(String::new())),
            (Some(Piece::Literal(text)), true) => Example::Fixed(Value::String(text)),
            (Some(Piece::Hole(hole)), true) => Example::Hole(hole),
            (Some(last), false) => {
                pieces.push(last);
                let optional = |p: &Piece| matches!(p, Piece::Hole(h) if h.mark == Mark::Optional);
                self.unless(!pieces.iter().any(optional), Wrong::OptionalInText);
                Example::Text(pieces)
            }
        }
    }

    fn list_example(&mut self, items: &[Value]) -> Example {
        let dots = |item: &Value| item.as_str() == Some("...");
        let repeated = matches!(items, [element, last] if dots(last) && !dots(element));
        let mut examples = Vec::new();
        for (index, item) in items
            .iter()
            .enumerate()
            .take(if repeated { 1 } else { items.len() })
        {
            let mark = self.enter(&index.to_string());
            self.unless(!dots(item), Wrong::Repeat);
            examples.push(self.example(item));
            self.leave(mark);
        }
        match examples.pop() {
            Some(element) if repeated => Example::Repeat(Box::new(element)),
            last => {
                examples.extend(last);
                Example::List(examples)
            }
        }
    }

    fn object(&mut self, entries: &Map<String, Value>) -> Example {
        let (mut fixed, mut open) = (Vec::new(), Vec::new());
        for (key, value) in entries {
            let mark = self.enter(key);
            if entries.len() == 1
                && let Some(name) = key.strip_prefix('|')
            {
                let inner = self.example(value);
                let pipe = pipe(name).map_err(|wrong| self.wrong(wrong));
                let text = !matches!(
                    inner,
                    Example::Object(_) | Example::List(_) | Example::Repeat(_)
                );
                self.unless(text || pipe != Ok(Pipe::Base64), Wrong::Base64OfJson);
                self.leave(mark);
                return Example::Piped(pipe.unwrap_or(Pipe::Json), Box::new(inner));
            }
            let key = self.key_example(key);
            let example = self.example(value);
            self.leave(mark);
            let side = if matches!(key, Key::Hole(_)) || example.mentions(|_| true) {
                &mut open
            } else {
                &mut fixed
            };
            side.push((key, example));
        }
        fixed.append(&mut open);
        Example::Object(fixed)
    }

    /// A key without holes, its doubled braces made single, or one hole.
    fn key_example(&mut self, key: &str) -> Key {
        let named = |subject: &Subject| {
            matches!(
                subject,
                Subject::Variable(_) | Subject::Peer | Subject::From | Subject::To
            )
        };
        match self.text_example(key) {
            Example::Fixed(Value::String(key)) => Key::Plain(key),
            Example::Hole(hole)
                if hole.mark == Mark::Plain && hole.pipes.is_empty() && named(&hole.subject) =>
            {
                Key::Hole(hole)
            }
            _ => {
                self.wrong(Wrong::KeyHole);
                Key::Plain(String::new())
            }
        }
    }

    /// A text cut into literals and holes.
    pub(crate) fn text(&mut self, text: &str) -> Vec<Piece> {
        self.unless(
            text.len() <= MOST_TEXT,
            Wrong::TooMuch("bytes of a text", MOST_TEXT),
        );
        pieces(text)
            .map_err(|wrong| self.wrong(wrong))
            .unwrap_or_default()
    }
}

/// Cuts a text into literals and holes, the first mistake ending it.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, Wrong> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        literal.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            literal.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            literal.push('}');
            rest = after;
        } else {
            let inside = from.strip_prefix('{').ok_or(Wrong::Brace('}'))?;
            if inside.trim_start().starts_with('"') {
                return Err(Wrong::JsonInText);
            }
            let (name, after) = inside.split_once('}').ok_or(Wrong::Brace('{'))?;
            let hole = hole(name)?;
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            } else if !pieces.is_empty() {
                return Err(Wrong::Touching);
            }
            pieces.push(Piece::Hole(hole));
            rest = after;
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

/// A hole from what stands between its braces: name, part, mark, pipes.
fn hole(inside: &str) -> Result<Hole, Wrong> {
    let mut words = inside.split('|');
    let name = words.next().unwrap_or_default();
    let (name, mark) = match (name.strip_suffix('?'), name.strip_suffix('!')) {
        (Some(name), _) => (name, Mark::Optional),
        (None, Some(name)) => (name, Mark::New),
        (None, None) => (name, Mark::Plain),
    };
    let subject = subject(name)?;
    let mut pipes = Vec::new();
    for name in words {
        pipes.push(pipe(name)?);
    }
    if pipes.len() > MOST_PIPES {
        return Err(Wrong::TooMuch("pipes of a hole", MOST_PIPES));
    }
    Ok(Hole {
        subject,
        mark,
        pipes,
    })
}

fn pipe(name: &str) -> Result<Pipe, Wrong> {
    Pipe::named(name).ok_or_else(|| Wrong::UnknownPipe(name.to_owned()))
}

/// The subject of a name with or without a part.
pub(crate) fn subject(inside: &str) -> Result<Subject, Wrong> {
    let (name, part) = inside.split_once('.').unwrap_or((inside, ""));
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if name.is_empty()
        || name.starts_with(|c: char| c.is_ascii_digit())
        || !name.bytes().all(letter)
    {
        return Err(Wrong::Brace('{'));
    }
    for (thing_name, thing, parts) in &THINGS {
        if *thing_name == name {
            let known = parts.iter().find(|known| **known == part);
            return match known {
                Some(part) => Ok(Subject::Thing(*thing, part)),
                None if part.is_empty() => Ok(Subject::Thing(*thing, "")),
                None => Err(Wrong::UnknownPart(thing_name, parts)),
            };
        }
    }
    if inside.len() > name.len() {
        return Err(Wrong::NoParts(name.to_owned()));
    }
    Ok(Subject::plain(name))
}
