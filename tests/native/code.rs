//! Reads the source of core and page as tokens: which texts stand in it, and what is said with which arguments.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A text in the code, outside of tests, comments and attributes.
#[derive(Debug)]
pub(crate) struct Literal {
    /// The file and line.
    pub(crate) place: String,
    pub(crate) text: String,
    /// The function or macro it is given to.
    call: String,
}

/// A message made from an id in one expression.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) place: String,
    pub(crate) id: String,
    pub(crate) args: Vec<String>,
}

impl Literal {
    /// Only a developer ever reads it: what a failed assertion says, or a reason of a lint.
    pub(crate) fn is_for_developers(&self) -> bool {
        [
            "panic",
            "expect",
            "assert",
            "assert_eq",
            "unreachable",
            "debug_assert",
        ]
        .contains(&self.call.as_str())
    }
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file of a kind below a folder, by its path from the root, with its text.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == extension) {
                let name = path
                    .strip_prefix(root())
                    .unwrap_or(&path)
                    .display()
                    .to_string();
                found.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    found.sort();
    found
}

/// The texts of all Rust files of a folder.
pub(crate) fn literals(folder: &str) -> Vec<Literal> {
    read(folder).literals
}

/// What all Rust files of a folder say.
pub(crate) fn said(folder: &str) -> Vec<Said> {
    read(folder).said
}

#[derive(Default)]
struct Reader {
    file: String,
    literals: Vec<Literal>,
    said: Vec<Said>,
}

fn read(folder: &str) -> Reader {
    let mut reader = Reader::default();
    for (name, text) in files(folder, "rs") {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        reader.file = name;
        reader.walk(tokens, "");
    }
    reader
}

impl Reader {
    fn walk(&mut self, tokens: TokenStream, call: &str) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some(after) = attribute(&tokens, at) {
                at = after;
                continue;
            }
            match token {
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        let place = format!("{}:{line}", self.file);
                        let (text, call) = (text.value(), call.to_owned());
                        self.literals.push(Literal { place, text, call });
                    }
                }
                TokenTree::Group(group) => {
                    let called = called(&tokens, at);
                    self.message(&tokens, at, called);
                    let inner = if called.is_empty() { call } else { called };
                    self.walk(group.stream(), inner);
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// `say("id").with("a", …)`, `Message::new("id")`, `words.with("id", &[("a", …)])` and `words.text("id")`.
    fn message(&mut self, tokens: &[TokenTree], at: usize, called: &str) {
        let TokenTree::Group(group) = &tokens[at] else {
            return;
        };
        if !["say", "new", "with", "text"].contains(&called) {
            return;
        }
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        let Some(id) = inside
            .first()
            .and_then(text_of)
            .filter(|id| id.contains('.') && !id.contains(' '))
        else {
            return;
        };
        let mut args = Vec::new();
        if called == "with" {
            let is_list = |token: &TokenTree| matches!(token, TokenTree::Group(list) if list.delimiter() == Delimiter::Bracket);
            if !inside.iter().any(is_list) {
                return;
            }
            collect_pairs(group.stream(), &mut args);
        }
        // A message with a name may be given more later.
        if is_bound(tokens, at) {
            return;
        }
        let mut next = at + 1;
        while let (
            Some(TokenTree::Punct(dot)),
            Some(TokenTree::Ident(name)),
            Some(TokenTree::Group(given)),
        ) = (tokens.get(next), tokens.get(next + 1), tokens.get(next + 2))
        {
            if dot.as_char() != '.' || name != "with" {
                break;
            }
            args.extend(given.stream().into_iter().next().as_ref().and_then(text_of));
            next += 3;
        }
        let place = format!("{}:{}", self.file, group.span_open().start().line);
        self.said.push(Said { place, id, args });
    }
}

/// Whether the call before a pair of parentheses stands behind `let name =`.
fn is_bound(tokens: &[TokenTree], at: usize) -> bool {
    let from = at.saturating_sub(6);
    tokens[from..at]
        .iter()
        .any(|token| matches!(token, TokenTree::Ident(name) if name == "let"))
}

/// The first texts of all parentheses inside: the names in `&[("a", …), ("b", …)]`.
fn collect_pairs(tokens: TokenStream, names: &mut Vec<String>) {
    for token in tokens {
        if let TokenTree::Group(group) = token {
            let first = group.stream().into_iter().next();
            if group.delimiter() == Delimiter::Parenthesis {
                names.extend(first.as_ref().and_then(text_of));
            }
            collect_pairs(group.stream(), names);
        }
    }
}

/// The name before a pair of parentheses, be it a function or a macro.
fn called(tokens: &[TokenTree], at: usize) -> &'static str {
    const NAMES: [&str; 12] = [
        "say",
        "new",
        "with",
        "text",
        "panic",
        "expect",
        "assert",
        "assert_eq",
        "unreachable",
        "debug_assert",
        "format",
        "include_str",
    ];
    let before = |back: usize| at.checked_sub(back).and_then(|index| tokens.get(index));
    let name = match before(1) {
        Some(TokenTree::Punct(mark)) if mark.as_char() == '!' => before(2),
        name => name,
    };
    let Some(TokenTree::Ident(name)) = name else {
        return "";
    };
    NAMES.into_iter().find(|known| name == known).unwrap_or("")
}

fn text_of(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    syn::parse_str::<syn::LitStr>(&literal.to_string())
        .ok()
        .map(|text| text.value())
}

/// Behind an attribute or a doc comment; behind the whole item if it is a test.
fn attribute(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let is = |index: usize, sign: char| matches!(tokens.get(index), Some(TokenTree::Punct(mark)) if mark.as_char() == sign);
    if !is(at, '#') {
        return None;
    }
    let group = if is(at + 1, '!') { at + 2 } else { at + 1 };
    let Some(TokenTree::Group(attribute)) = tokens.get(group) else {
        return None;
    };
    if attribute.delimiter() != Delimiter::Bracket {
        return None;
    }
    let text = attribute.stream().to_string().replace(' ', "");
    if text != "cfg(test)" {
        return Some(group + 1);
    }
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(body) => body.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    let length = tokens[group..].iter().position(ends).unwrap_or(0);
    Some(group + length + 1)
}
