//! Whatever stands in a value, it stays one: no text gets out of its literal, its comment or the page around the program.

use proptest::prelude::*;
use webrtc_steps_core::code::{Language, comment, html_page, js_string, rust_string};
use webrtc_steps_core::io::{Chosen, Role, What};
use webrtc_steps_core::step::STEPS;
use webrtc_steps_core::words::Message;

use crate::{code, joining, role, run, said, sent};

/// The program's own part: constants, dialect and steps.
fn own_part(text: &str) -> &str {
    text.split_once("// The peer connection")
        .map_or(text, |(own, _)| own)
}

/// What stands outside of strings and comments.
fn outside(code: &str) -> String {
    let mut outside = String::new();
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => loop {
                match rest.next().expect("every string ends") {
                    '\\' => drop(rest.next()),
                    '"' => break,
                    other => assert!(
                        !matches!(other, '\n' | '\r' | '\u{2028}' | '\u{2029}'),
                        "a string over two lines"
                    ),
                }
            },
            '/' if rest.peek() == Some(&'/') => {
                while rest
                    .next_if(|c| !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'))
                    .is_some()
                {}
            }
            '/' if rest.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in rest.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            other => outside.push(other),
        }
    }
    outside
}

/// Whether nothing in it ends a line, changes a script's end or turns the direction of what follows.
fn is_one_line(code: &str) -> bool {
    !code.contains(['<', '\n', '\r', '\u{2028}', '\u{2029}', '\u{202e}'])
}

/// Texts that try to get out of whatever they stand in.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(
            prop::sample::select(vec![
                "\"",
                "\\",
                "`",
                "'",
                "\n",
                "\r",
                "\u{2028}",
                "\u{2029}",
                "</script>",
                "<!--",
                "*/",
                "//",
                "${",
                "}",
                "{label}",
                "{url}",
                "evil()",
                "\u{202e}",
                "\u{0}",
                "{{",
                "</SCRIPT ",
                "__proto__",
            ]),
            0..8
        )
        .prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #[test]
    fn a_rust_literal_means_its_text(text in hostile()) {
        let literal: syn::LitStr = syn::parse_str(&rust_string(&text)).expect("a literal");
        prop_assert_eq!(literal.value(), text);
    }

    #[test]
    fn a_javascript_literal_is_one_string_and_means_its_text(text in hostile()) {
        let literal = js_string(&text);
        prop_assert_eq!(outside(&literal), "");
        prop_assert!(is_one_line(&literal));
        // JSON differs from it in one escape.
        let json: String = serde_json::from_str(&literal.replace("\\x3c", "\\u003c")).expect("as JSON");
        // A backslash before "x3c" in the text is doubled, so the replacement above cannot hit it.
        prop_assert_eq!(json.replace("\\u003c", "\\x3c"), text.replace("\\u003c", "\\x3c"));
    }

    #[test]
    fn a_comment_stays_one_line_and_ends_no_script(text in hostile()) {
        let line = comment(&text);
        prop_assert!(is_one_line(&line));
    }

    #[test]
    fn no_value_gets_out_of_the_program(text in hostile(), variable in "[a-z]{1,8}") {
        let document = serde_json::json!({
            "dialect": text, "url": "{endpoint}", "variables": { variable.clone(): { "ask": text, "default": text } },
            "messages": [{ "both": { text.clone(): text, "sdp": "{description}" }, "means": ["offer", "answer"], "note": text }],
        });
        let dialect = What::Dialect(Chosen { name: text.clone(), whole: document.to_string(), ..Chosen::default() });
        let run = run(vec![dialect, joining(&text, &text, &text), role(Role::Offerer)]);
        let words = |message: &Message| if message.id.starts_with("step.") { text.clone() } else { said(message) };
        let program = run.program(&[(variable, text.clone())], &words).expect("a program").text;
        prop_assert!(!outside(own_part(&program)).contains("evil"));
        let page = html_page(&program).to_ascii_lowercase();
        prop_assert_eq!(page.matches("</script").count(), 1);
        prop_assert!(!page.contains("<!--"));
    }

    #[test]
    fn no_value_gets_out_of_a_step(text in hostile()) {
        let frame = serde_json::json!({ "to": text, text.clone(): { "type": "offer", "sdp": "v=0" } }).to_string();
        let label = What::Channel { label: text.clone(), options: "ordered: false, maxRetransmits: 3".to_owned(), state: "connecting".to_owned() };
        let run = run(vec![joining(&text, &text, "relay"), label, role(Role::Offerer), sent(8, "offer", &frame), sent(25, "candidate", &text)]);
        for step in &STEPS {
            for language in [Language::JavaScript, Language::Rust] {
                let code = code(&run, step.number, language);
                prop_assert!(!outside(&code).contains("evil"), "{}", code);
            }
        }
    }
}
