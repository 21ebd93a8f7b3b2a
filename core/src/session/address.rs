//! Whether a message is for or from the other peer, or between this page and the endpoint only, for all its rule says.

use serde_json::Value;

use crate::dialect::Dialect;

/// The keys of a rule whose examples are written.
pub(super) const WRITTEN: [&str; 2] = ["send", "sends"];
/// The key of a rule whose example is read.
pub(super) const READ: [&str; 1] = ["read"];

/// Whether a message of this kind, read or written by this rule, names a peer or is passed on to one: descriptions and
/// candidates are, and so is what a rule both writes and reads.
pub(super) fn addressed(
    dialect: &Dialect,
    kind: &str,
    rule: Option<usize>,
    examples: &[&str],
) -> bool {
    if matches!(kind, "offer" | "answer" | "candidate" | "end") {
        return true;
    }
    let text = rule.and_then(|rule| dialect.rule(rule)).unwrap_or_default();
    let Ok(rule) = serde_json::from_str::<Value>(&text) else {
        return false;
    };
    let mut examples = examples.iter().filter_map(|key| rule.get(key));
    rule.get("both").is_some() || examples.any(|example| names_a_peer(&example.to_string()))
}

/// Whether an example has a hole for a peer: `{peer}`, or `{from}` and `{to}` where a rule writes and reads.
fn names_a_peer(example: &str) -> bool {
    let mut holes = example.split('{').skip(1);
    holes.any(|hole| {
        let name = hole.split(['}', '?', '!', '|']).next();
        matches!(name, Some("peer" | "from" | "to"))
    })
}

#[cfg(test)]
mod tests {
    use super::names_a_peer;

    #[test]
    fn a_peer_is_named_by_its_hole_alone() {
        for named in [
            r#"{"to": "{peer}"}"#,
            r#""SIG|{to}""#,
            r#"["{from?}"]"#,
            r#"{"{peer|json}": 1}"#,
        ] {
            assert!(names_a_peer(named), "{named}");
        }
        for unnamed in [
            r#"{"peer": "{token}"}"#,
            r#"{"peers": 1}"#,
            r#""{peer-count}""#,
        ] {
            assert!(!names_a_peer(unnamed), "{unnamed}");
        }
    }
}
