//! A signal as it looks after a part of it was changed on the way.

/// What is changed, and into what: the first that is there. JSON stays JSON, and the browser notices each.
const CHANGES: [(&str, &str, &str); 3] = [
    ("v=0", "o=", "o#"),
    ("candidate:", " typ ", " tip "),
    ("sdp", "offer", "ofter"),
];

/// The text with one small change: in its description, else in its candidate, else a letter in the middle.
pub(super) fn damaged(text: &str) -> String {
    for (mark, part, other) in CHANGES {
        if let Some((before, after)) = text.split_once(mark)
            && after.contains(part)
        {
            return [before, mark, &after.replacen(part, other, 1)].concat();
        }
    }
    let letters = text.char_indices();
    let middle = text.len() / 2;
    let letter = letters
        .filter(|(_, sign)| sign.is_ascii_lowercase())
        .min_by_key(|(at, _)| at.abs_diff(middle));
    match letter {
        Some((at, sign)) => {
            let other = if sign == 'x' { "y" } else { "x" };
            let (before, after) = text.split_at(at);
            [before, other, after.get(1..).unwrap_or("")].concat()
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::damaged;

    #[test]
    fn one_thing_is_changed_and_json_stays_json() {
        for text in [
            r#"{"description":{"type":"offer","sdp":"v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\n"}}"#,
            r#"{"candidate":{"candidate":"candidate:1 1 udp 1 1.2.3.4 5 typ host"}}"#,
            r#"{"bye":true}"#,
            r#"["Zürich",null]"#,
        ] {
            let changed = damaged(text);
            assert_ne!(changed, text);
            let json: Result<serde_json::Value, _> = serde_json::from_str(&changed);
            assert!(json.is_ok() || text.len() < 20, "{changed}");
        }
        assert_eq!(damaged("12"), "12");
    }
}
