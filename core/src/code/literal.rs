//! Values as literals of JavaScript and Rust: none can end its literal, its comment or the script it stands in.

use serde_json::Value;

/// A JavaScript string literal that stands for this text, also inside a `<script>`.
pub fn js_string(text: &str) -> String {
    quoted(text, &|c| {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect()
    })
}

/// A Rust string literal that stands for this text.
pub fn rust_string(text: &str) -> String {
    quoted(text, &|c| format!("\\u{{{:x}}}", u32::from(c)))
}

/// A text that can stand in a line comment, also inside a `<script>`: one line, and nothing that would turn its direction.
pub fn comment(text: &str) -> String {
    let plain = |c: char| if is_hidden(c) { ' ' } else { c };
    text.chars()
        .map(plain)
        .collect::<String>()
        .replace('<', "‹")
}

/// The program as a page that can be opened at once.
pub fn html_page(program: &str) -> String {
    [
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>WebRTC</title>\n<script type=\"module\">\n",
        program,
        "</script>\n",
    ]
    .concat()
}

/// A JSON value as a JavaScript expression, on one line.
pub(super) fn js_value(value: &Value) -> String {
    let list = |items: Vec<String>, ends: [&str; 2]| [ends[0], &items.join(", "), ends[1]].concat();
    match value {
        Value::String(text) => js_string(text),
        Value::Array(items) => list(items.iter().map(js_value).collect(), ["[", "]"]),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entry =
                |(key, value): (&String, &Value)| format!("{}: {}", js_key(key), js_value(value));
            list(entries.iter().map(entry).collect(), ["{ ", " }"])
        }
        other => other.to_string(),
    }
}

/// A key of an object: bare where it is a name. `__proto__` is a key like any other only in brackets.
pub(super) fn js_key(key: &str) -> String {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    if key == "__proto__" {
        "[\"__proto__\"]".to_owned()
    } else if key.starts_with(letter) && key.chars().all(|c| letter(c) || c.is_ascii_digit()) {
        key.to_owned()
    } else {
        js_string(key)
    }
}

/// In double quotes, with what is not plain escaped; `escape` writes a character by its number.
fn quoted(text: &str, escape: &dyn Fn(char) -> String) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            // `</script>` and `<!--` would end or change the script around it.
            '<' => literal.push_str("\\x3c"),
            c if is_hidden(c) => literal.push_str(&escape(c)),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Ends a line, cannot be seen, or turns the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
