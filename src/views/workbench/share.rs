//! A document that leaves the page: without secret values, with its version, and small enough for a link.

use super::json;

/// The longest fragment a link carries; longer links are cut by programs that pass them on.
const LONGEST: usize = 2_000;

/// The document as it may leave the page: the values of secret variables are taken out, and it says its version.
pub(super) fn cleaned(document: &str) -> String {
    versioned(&without_secrets(document))
}

/// What follows `#dialect=` in a join link; none if it would be too long or the document is no JSON object.
pub(in crate::views) fn fragment(document: &str) -> Option<String> {
    // What is no JSON cannot be looked through for secrets.
    json::find(document, &[])?;
    let bytes = json::minified(&cleaned(document));
    if bytes.len() > LONGEST || !bytes.starts_with('{') {
        return None;
    }
    let coded = base64url(bytes.as_bytes());
    (coded.len() <= LONGEST).then_some(coded)
}

/// A file's name made of the document's.
pub(super) fn file_name(document: &str) -> String {
    let name = json::value(document, &["dialect"]).map(json::unquoted);
    let mut file = String::new();
    for sign in name.unwrap_or_default().chars().take(60) {
        if sign.is_ascii_alphanumeric() {
            file.push(sign.to_ascii_lowercase());
        } else if !file.ends_with('-') && !file.is_empty() {
            file.push('-');
        }
    }
    let name = file.trim_end_matches('-');
    format!("{}.json", if name.is_empty() { "dialect" } else { name })
}

fn versioned(document: &str) -> String {
    if json::find(document, &["version"]).is_some() {
        return document.to_owned();
    }
    match document.split_once('{') {
        Some((before, rest)) if before.trim().is_empty() => {
            let comma = if rest.trim_start().starts_with('}') {
                ""
            } else {
                ","
            };
            let gap = if rest.starts_with('\n') { "\n  " } else { "" };
            format!("{before}{{{gap}\"version\": 1{comma}{rest}")
        }
        _ => document.to_owned(),
    }
}

/// Cuts `value` and `default` out of every variable that is secret.
fn without_secrets(document: &str) -> String {
    let mut text = document.to_owned();
    while let Some((start, end)) = secret(&text) {
        text.replace_range(start..end, "");
    }
    text
}

/// The place of one member that holds a secret, with the comma that goes with it.
fn secret(text: &str) -> Option<(usize, usize)> {
    let variables = json::children(text, &json::find(text, &["variables"])?);
    for variable in variables {
        let members = json::children(text, &variable.value);
        let is_secret = |member: &json::Child| {
            member.key == "secret" && text.get(member.value.clone()) == Some("true")
        };
        if !members.iter().any(is_secret) {
            continue;
        }
        let holds = |member: &json::Child| matches!(member.key.as_str(), "value" | "default");
        if let Some(index) = members.iter().position(holds) {
            let member = members.get(index)?;
            return Some(match (members.get(index + 1), index.checked_sub(1)) {
                (Some(next), _) => (member.whole.start, next.whole.start),
                (None, Some(before)) => (members.get(before)?.whole.end, member.whole.end),
                (None, None) => (member.whole.start, member.whole.end),
            });
        }
    }
    None
}

/// RFC 4648 5, without padding.
fn base64url(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sign = |bits: u32| {
        let index = usize::try_from(bits & 63).unwrap_or(0);
        SIGNS.get(index).map_or('A', |sign| char::from(*sign))
    };
    let mut coded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, index| {
            (bits << 8) | u32::from(chunk.get(index).copied().unwrap_or(0))
        });
        for index in 0..=chunk.len() {
            coded.push(sign(bits >> (18 - 6 * index)));
        }
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::{base64url, cleaned, file_name, fragment};

    #[test]
    fn bytes_are_coded_for_a_link() {
        for (bytes, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("ü?>", "w7w_Pg"),
        ] {
            assert_eq!(base64url(bytes.as_bytes()), coded);
        }
    }

    #[test]
    fn the_values_of_secret_variables_never_leave() {
        let document = r#"{"variables": {
  "key": {"value": "hunter2", "secret": true},
  "pin": {"secret": true, "ask": "PIN", "default": "0000"},
  "name": {"value": "open", "secret": false}}}"#;
        let cleaned = cleaned(document);
        assert!(
            !cleaned.contains("hunter2") && !cleaned.contains("0000"),
            "{cleaned}"
        );
        assert!(cleaned.contains("open") && cleaned.contains("\"ask\": \"PIN\""));
        serde_is_happy(&cleaned);
    }

    #[test]
    fn every_document_that_leaves_says_its_version_once() {
        assert_eq!(cleaned("{}"), "{\"version\": 1}");
        assert_eq!(
            cleaned("{\n  \"a\": 1\n}"),
            "{\n  \"version\": 1,\n  \"a\": 1\n}"
        );
        let known = r#"{"version": 1, "a": 2}"#;
        assert_eq!(cleaned(known), known);
    }

    #[test]
    fn a_document_that_is_too_long_is_in_no_link() {
        assert_eq!(fragment("{}").as_deref(), Some("eyJ2ZXJzaW9uIjoxfQ"));
        let long = format!("{{\"dialect\": \"{}\"}}", "x".repeat(2_000));
        assert_eq!(fragment(&long), None);
        assert_eq!(fragment("no object"), None);
    }

    #[test]
    fn a_file_is_named_like_its_dialect() {
        assert_eq!(
            file_name(r#"{"dialect": "My server, v2"}"#),
            "my-server-v2.json"
        );
        assert_eq!(file_name(r#"{"dialect": "../.."}"#), "dialect.json");
        assert_eq!(file_name("nonsense"), "dialect.json");
    }

    fn serde_is_happy(text: &str) {
        assert_eq!(&text[super::json::place(text, "")], text.trim());
    }
}
