//! From a document's JSON to examples and holes, with every mistake noted at its pointer.

use serde_json::{Map, Value};

use super::example::{Example, Hole, Mark, Piece, Pipe, Subject, enter, parts};
use super::mistake::{Mistake, Wrong, nearest};

/// The longest text of a document, in bytes.
const MOST_TEXT: usize = 4096;
/// The most pipes of one hole.
const MOST_PIPES: usize = 4;

/// Where we are in the document, and what was found wrong so far.
#[derive(Default)]
pub(crate) struct Checker {
    pub(crate) path: String,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) uses: Vec<Use>,
}

/// A hole somewhere in the document.
pub(crate) struct Use {
    pub(crate) pointer: String,
    pub(crate) subject: Subject,
    pub(crate) way: Way,
}

/// What a hole does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It takes a value.
    Read,
    /// It needs a value.
    Written,
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
        self.wrong_at(pointer, wrong);
    }

    /// Notes a mistake elsewhere, once.
    pub(crate) fn wrong_at(&mut self, pointer: String, wrong: Wrong) {
        let mistake = Mistake { pointer, wrong };
        if !self.mistakes.contains(&mistake) {
            self.mistakes.push(mistake);
        }
    }

    /// Notes every key that is not known, and those of `later` as not supported yet.
    pub(crate) fn keys(
        &mut self,
        object: &Map<String, Value>,
        known: &[&'static str],
        later: &[&'static str],
    ) {
        for key in object.keys() {
            let key = key.as_str();
            if known.contains(&key) {
                continue;
            }
            let mark = self.enter(key);
            self.wrong(if later.contains(&key) {
                Wrong::NotYet(format!("\"{key}\""))
            } else {
                Wrong::UnknownKey(key.to_owned(), nearest(key, &mut known.iter().copied()))
            });
            self.leave(mark);
        }
    }

    /// The example that a JSON value is. A mistake leaves something harmless in its place.
    pub(crate) fn example(&mut self, value: &Value) -> Example {
        match value {
            Value::String(text) => self.text_example(text),
            Value::Array(items) if !items.is_empty() => self.list(items),
            Value::Object(entries) if !entries.is_empty() => self.object(entries),
            fixed => Example::Fixed(fixed.clone()),
        }
    }

    fn text_example(&mut self, text: &str) -> Example {
        let mut pieces = self.text(text);
        match (pieces.pop(), pieces.is_empty()) {
            (None, _) => Example::Fixed(Value::String(String::new())),
            (Some(Piece::Literal(text)), true) => Example::Fixed(Value::String(text)),
            (Some(Piece::Hole(hole)), true) => Example::Hole(hole),
            (Some(last), false) => {
                pieces.push(last);
                let optional = |p: &Piece| matches!(p, Piece::Hole(h) if h.mark == Mark::Optional);
                if pieces.iter().any(optional) {
                    self.wrong(Wrong::OptionalInText);
                }
                Example::Text(pieces)
            }
        }
    }

    fn list(&mut self, items: &[Value]) -> Example {
        let dots = |item: &Value| item.as_str() == Some("...");
        if let [element, last] = items
            && dots(last)
            && !dots(element)
        {
            let mark = self.enter("0");
            let example = self.example(element);
            self.leave(mark);
            return Example::Repeat(Box::new(example));
        }
        let mut examples = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let mark = self.enter(&index.to_string());
            if dots(item) {
                self.wrong(Wrong::Repeat);
            }
            examples.push(self.example(item));
            self.leave(mark);
        }
        Example::List(examples)
    }

    fn object(&mut self, entries: &Map<String, Value>) -> Example {
        let mut only = entries.iter();
        if let (Some((key, value)), None) = (only.next(), only.next())
            && let Some(name) = key.strip_prefix('|')
        {
            let mark = self.enter(key);
            let inner = self.example(value);
            let pipe = self.pipe(name);
            self.leave(mark);
            return Example::Piped(pipe, Box::new(inner));
        }
        let (mut fixed, mut open) = (Vec::new(), Vec::new());
        for (key, value) in entries {
            let mark = self.enter(key);
            let plain = self.plain_key(key);
            let example = self.example(value);
            self.leave(mark);
            let side = if example.mentions(|_| true) {
                &mut open
            } else {
                &mut fixed
            };
            side.push((plain, example));
        }
        fixed.append(&mut open);
        Example::Object(fixed)
    }

    /// A key without holes, its doubled braces made single.
    pub(crate) fn plain_key(&mut self, key: &str) -> String {
        let mut pieces = self.text(key).into_iter();
        match (pieces.next(), pieces.next()) {
            (None, _) => String::new(),
            (Some(Piece::Literal(text)), None) => text,
            _ => {
                self.wrong(Wrong::NotYet("a hole in a key".to_owned()));
                String::new()
            }
        }
    }

    fn pipe(&mut self, name: &str) -> Pipe {
        match Pipe::named(name) {
            Some(pipe) => pipe,
            None => {
                self.wrong(no_pipe(name));
                Pipe::Json
            }
        }
    }

    /// A text cut into literals and holes.
    pub(crate) fn text(&mut self, text: &str) -> Vec<Piece> {
        if text.len() > MOST_TEXT {
            self.wrong(Wrong::TooMuch("bytes of a text", MOST_TEXT));
            return Vec::new();
        }
        match pieces(text) {
            Ok(pieces) => pieces,
            Err(wrong) => {
                self.wrong(wrong);
                Vec::new()
            }
        }
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
    let mut piped = inside.split('|');
    let name = piped.next().unwrap_or_default();
    let (name, mark) = if let Some(name) = name.strip_suffix('?') {
        (name, Mark::Optional)
    } else if let Some(name) = name.strip_suffix('!') {
        (name, Mark::New)
    } else {
        (name, Mark::Plain)
    };
    let subject = subject(name)?;
    let mut pipes = Vec::new();
    for name in piped {
        pipes.push(Pipe::named(name).ok_or_else(|| no_pipe(name))?);
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

fn no_pipe(name: &str) -> Wrong {
    if name == "base64" {
        Wrong::NotYet("|base64".to_owned())
    } else {
        Wrong::UnknownPipe(name.to_owned())
    }
}

/// The subject of a name with or without a part.
pub(crate) fn subject(inside: &str) -> Result<Subject, Wrong> {
    let (name, part) = inside.split_once('.').unwrap_or((inside, ""));
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if name.is_empty() || name.as_bytes().first().is_some_and(u8::is_ascii_digit) || !letters(name)
    {
        return Err(Wrong::Brace('{'));
    }
    if matches!(name, "iceServer" | "close") {
        return Err(Wrong::NotYet(format!("{{{name}}}")));
    }
    if let Some(parts) = parts(name) {
        let found = parts.all.iter().find(|(known, _)| *known == part);
        let (_, subject) = found.ok_or(Wrong::UnknownPart(parts.name, parts.names))?;
        return Ok(subject.clone());
    }
    if inside.len() > name.len() {
        return Err(Wrong::NoParts(name.to_owned()));
    }
    Ok(Subject::plain(name))
}
