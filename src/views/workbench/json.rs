//! Where things stand in a JSON text: the place of a pointer, and what is changed without touching the rest.

use std::ops::Range;

/// How deep a text is followed; what is deeper is not found.
const MOST_DEPTH: usize = 128;

/// One member of an object or one element of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Child {
    /// The key, or the number of an element.
    pub(super) key: String,
    /// From the quote of its key to the end of its value.
    pub(super) whole: Range<usize>,
    pub(super) value: Range<usize>,
}

/// Where the value of a JSON pointer (RFC 6901) stands, in bytes. Where the pointer leads nowhere, the beginning of the
/// last value on its way. In a text that is not JSON, the place where it stops being JSON.
pub(super) fn place(text: &str, pointer: &str) -> Range<usize> {
    let mut walker = Walker { text, at: 0 };
    let mut place = match walker.document() {
        Ok(place) => place,
        Err(at) => {
            let end = text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(at, |sign| at + sign.len_utf8());
            return at..end;
        }
    };
    for key in pointer.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        match children(text, &place)
            .into_iter()
            .find(|child| child.key == key)
        {
            Some(child) => place = child.value,
            None if place.len() > 1 && opens(text, place.start) => {
                return place.start..place.start + 1;
            }
            None => break,
        }
    }
    place
}

/// [`place`] as it is marked in a message: where the whole message is meant, nothing is marked.
pub(super) fn spot(text: &str, pointer: &str) -> Range<usize> {
    match place(text, pointer) {
        whole if pointer.is_empty() && whole == (0..text.len()) => 0..0,
        place => place,
    }
}

/// Whether an object or a list begins there.
fn opens(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'{' | b'['))
}

/// The value of a pointer, if it leads somewhere.
pub(super) fn value<'a>(text: &'a str, keys: &[&str]) -> Option<&'a str> {
    text.get(find(text, keys)?)
}

/// Where the value of these keys stands, one below the other.
pub(super) fn find(text: &str, keys: &[&str]) -> Option<Range<usize>> {
    let mut place = Walker { text, at: 0 }.document().ok()?;
    for key in keys {
        let child = children(text, &place)
            .into_iter()
            .find(|child| child.key == *key)?;
        place = child.value;
    }
    Some(place)
}

/// The members of the object, or the elements of the list, that stands there.
pub(super) fn children(text: &str, place: &Range<usize>) -> Vec<Child> {
    let mut children = Vec::new();
    let mut walker = Walker {
        text,
        at: place.start,
    };
    let _end = walker.container(0, &mut |child| children.push(child));
    children
}

/// A text between quotes as it was meant; escapes that name a code are kept as they stand.
pub(super) fn unquoted(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let mut out = String::new();
    let mut signs = inner.unwrap_or(text).chars();
    while let Some(sign) = signs.next() {
        match (sign, sign == '\\') {
            (_, true) => match signs.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('u') => out.push_str("\\u"),
                Some(other) => out.push(other),
                None => {}
            },
            (sign, false) => out.push(sign),
        }
    }
    out
}

/// The same JSON without blanks between its signs.
pub(super) fn minified(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let keep = |sign: &char| {
        let kept = quoted || !sign.is_ascii_whitespace();
        match (*sign, escaped) {
            ('"', false) => quoted = !quoted,
            ('\\', false) if quoted => {
                escaped = true;
                return kept;
            }
            _ => {}
        }
        escaped = false;
        kept
    };
    text.chars().filter(keep).collect()
}

struct Walker<'a> {
    text: &'a str,
    at: usize,
}

impl Walker<'_> {
    /// The whole text as one value. The error is where it is none.
    fn document(&mut self) -> Result<Range<usize>, usize> {
        self.blanks();
        let value = self.value(0)?;
        self.blanks();
        if self.at < self.text.len() {
            return Err(self.at);
        }
        Ok(value)
    }

    fn value(&mut self, depth: usize) -> Result<Range<usize>, usize> {
        let start = self.at;
        match self.peek() {
            Some(b'{' | b'[') if depth < MOST_DEPTH => self.container(depth, &mut |_| ())?,
            Some(b'"') => self.string()?,
            Some(sign) if sign.is_ascii_alphanumeric() || sign == b'-' => self.word()?,
            _ => return Err(self.at),
        }
        Ok(start..self.at)
    }

    fn container(&mut self, depth: usize, each: &mut dyn FnMut(Child)) -> Result<(), usize> {
        let close = match self.peek() {
            Some(b'{') => b'}',
            Some(b'[') => b']',
            _ => return Err(self.at),
        };
        self.at += 1;
        self.blanks();
        if self.took(close) {
            return Ok(());
        }
        for index in 0_usize.. {
            let start = self.at;
            let key = if close == b'}' {
                self.key()?
            } else {
                index.to_string()
            };
            let value = self.value(depth + 1)?;
            let whole = start..value.end;
            each(Child { key, whole, value });
            self.blanks();
            if self.took(close) {
                break;
            }
            self.sign(b',')?;
        }
        Ok(())
    }

    fn key(&mut self) -> Result<String, usize> {
        let start = self.at;
        self.string()?;
        let key = unquoted(self.text.get(start..self.at).unwrap_or_default());
        self.blanks();
        self.sign(b':')?;
        Ok(key)
    }

    fn string(&mut self) -> Result<(), usize> {
        let start = self.at;
        self.sign_only(b'"')?;
        loop {
            match self.peek() {
                Some(b'\\') => self.at += 2,
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(sign) if sign >= b' ' => self.at += 1,
                _ => return Err(start),
            }
        }
    }

    fn word(&mut self) -> Result<(), usize> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|sign| sign.is_ascii_alphanumeric() || b"+-.".contains(&sign))
        {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        // Reading numbers exactly would bring large tables into the page's program, and nobody wants their value here.
        let number = |sign: u8| sign.is_ascii_digit() || b"+-.eE".contains(&sign);
        let known = matches!(word, "true" | "false" | "null") || word.bytes().all(number);
        if known { Ok(()) } else { Err(start) }
    }

    /// A sign and the blanks behind it.
    fn sign(&mut self, sign: u8) -> Result<(), usize> {
        self.sign_only(sign)?;
        self.blanks();
        Ok(())
    }

    fn sign_only(&mut self, sign: u8) -> Result<(), usize> {
        if self.took(sign) {
            Ok(())
        } else {
            Err(self.at)
        }
    }

    fn took(&mut self, sign: u8) -> bool {
        let there = self.peek() == Some(sign);
        self.at += usize::from(there);
        there
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{minified, place, unquoted, value};

    const TEXT: &str = r#" {"a": [1, {"b/c": "x\"y"}], "ä": null, "n": -1.5e3} "#;

    fn at(pointer: &str) -> &'static str {
        &TEXT[place(TEXT, pointer)]
    }

    #[test]
    fn a_pointer_leads_to_the_very_place() {
        assert_eq!(at(""), TEXT.trim());
        assert_eq!(at("/a/0"), "1");
        assert_eq!(at("/a/1/b~1c"), r#""x\"y""#);
        assert_eq!(at("/ä"), "null");
        assert_eq!(at("/n"), "-1.5e3");
    }

    #[test]
    fn a_pointer_that_leads_nowhere_stops_where_what_is_there_begins() {
        assert_eq!(at("/a/1/missing/deeper"), "{");
        assert_eq!(at("/a/1/b~1c/inside"), r#""x\"y""#);
        assert_eq!(value(TEXT, &["a", "7"]), None);
    }

    #[test]
    fn in_a_text_that_is_not_json_the_place_is_where_it_stops_being_it() {
        for (text, wrong) in [
            ("{\"a\": 1,}", "}"),
            ("[1 2]", "2"),
            ("{\"a\": tru}", "t"),
            ("[\"open", "\""),
            ("", ""),
            ("{} x", "x"),
        ] {
            assert_eq!(&text[place(text, "/a")], wrong, "{text}");
        }
    }

    #[test]
    fn a_text_nested_beyond_all_measure_is_no_trouble() {
        let deep = "[".repeat(100_000);
        assert_eq!(place(&deep, "/0"), 128..129);
    }

    #[test]
    fn minified_loses_blanks_between_signs_and_none_inside_texts() {
        assert_eq!(
            minified("{ \"a b\" : \"c \\\" d\" ,\n\t\"e\": [ 1 ] }"),
            r#"{"a b":"c \" d","e":[1]}"#
        );
    }

    #[test]
    fn a_quoted_text_is_read_as_meant() {
        assert_eq!(unquoted(r#""a\/b\n\"c\"""#), "a/b\n\"c\"");
    }
}
