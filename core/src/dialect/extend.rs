//! Documents that differ from another one in a few keys.

use serde_json::{Map, Value};

use super::mistake::Wrong;

/// How many documents may stand behind one another.
const MOST_PARENTS: usize = 4;

/// The name of the dialect that a document extends. It is one that comes with the page, never a place to read from: a
/// document that came by link leads to none but the page's own dialects.
pub(crate) fn parent(object: &Map<String, Value>) -> Option<&str> {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let name = object.get("extends").and_then(Value::as_str)?;
    (!name.is_empty() && name.bytes().all(letter)).then_some(name)
}

/// The document with everything that it takes over from those it extends. The parent's keys are taken over and the
/// child's replace them; variables merge by name; the child's messages stand before the parent's.
pub(crate) fn merged(
    child: &Map<String, Value>,
    parents: &dyn Fn(&str) -> Option<String>,
) -> Result<Map<String, Value>, Wrong> {
    if child.contains_key("extends") && parent(child).is_none() {
        return Err(Wrong::Form("extends", "the name of a built-in dialect"));
    }
    let mut whole = child.clone();
    let mut next = parent(child).map(str::to_owned);
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = next {
        if seen.contains(&name) {
            return Err(Wrong::ExtendsItself);
        }
        if seen.len() >= MOST_PARENTS {
            return Err(Wrong::TooMuch("documents behind one another", MOST_PARENTS));
        }
        let text = parents(&name).ok_or_else(|| Wrong::UnknownDialect(name.clone()))?;
        let above = super::document::whole(&text)
            .map_err(|wrong| Wrong::Parent(name.clone(), wrong.to_string()))?;
        next = parent(&above).map(str::to_owned);
        under(&mut whole, above);
        seen.push(name);
    }
    whole.remove("extends");
    Ok(whole)
}

/// Puts the parent's keys under those of the child.
fn under(child: &mut Map<String, Value>, parent: Map<String, Value>) {
    for (key, theirs) in parent {
        match (child.get_mut(&key), theirs) {
            (Some(Value::Object(own)), Value::Object(theirs)) if key == "variables" => {
                for (name, declaration) in theirs {
                    own.entry(name).or_insert(declaration);
                }
            }
            (Some(Value::Array(own)), Value::Array(theirs)) if key == "messages" => {
                own.extend(theirs);
            }
            (Some(_), _) => {}
            (None, theirs) => {
                child.insert(key, theirs);
            }
        }
    }
}
