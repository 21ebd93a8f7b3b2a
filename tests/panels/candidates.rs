//! Candidates are explained field by field, and the pairs are those that the browser's statistics tell.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::opened::Opened;
use crate::support::{ANSWER, Element, OFFER, Pair, room};

const PANEL: &str = "[data-at=candidates]";

fn fated(element: &Element, fate: &str) -> usize {
    let rows = format!("{PANEL} tbody tr[data-fate={fate}]");
    element.all(&rows).len()
}

#[wasm_bindgen_test]
async fn each_candidate_has_a_row_that_tells_what_became_of_it() {
    let pair = Pair::join("manual").await;
    let opened = Opened::on(&pair.answerer);
    Pair::take(&pair.offerer, &OFFER).await;
    Pair::take(&pair.offerer, &["send-candidates"]).await;
    Pair::take(&pair.answerer, &ANSWER[..1]).await;
    opened
        .until("a candidate is kept", |element| fated(element, "kept") > 0)
        .await;
    assert_eq!(fated(&pair.answerer, "used"), 0);
    Pair::take(&pair.answerer, &["set-remote-description"]).await;
    opened
        .until("all are used", |element| {
            fated(element, "used") > 0 && fated(element, "kept") == 0
        })
        .await;
    opened.click("[data-at=candidate-theirs-0] [data-do=candidate]");
    let names = pair
        .answerer
        .texts(&format!("{PANEL} .cand-open dt [data-part=name]"));
    assert_eq!(
        names[..7],
        [
            "foundation",
            "component",
            "protocol",
            "priority",
            "address",
            "port",
            "typ"
        ]
    );
    let priority = pair.answerer.text(".cand-open dl > div:nth-child(4) dd");
    assert!(priority.contains("126"), "{priority}");
    opened.click("[data-at=candidate-theirs-0] [data-do=candidate]");
    assert!(pair.answerer.all(".cand-open").is_empty());
}

#[wasm_bindgen_test]
async fn the_selected_pair_is_marked_and_explained_once_the_statistics_are_read() {
    let pair = Pair::connected().await;
    let opened = Opened::on(&pair.offerer);
    opened.catch_up().await;
    opened.click("[data-do=statistics]");
    opened
        .until("a pair is selected", |element| {
            element.all(".pair.selected").len() == 1
        })
        .await;
    let element = &pair.offerer;
    assert_eq!(
        element
            .find("[data-do=statistics]")
            .get_attribute("aria-checked")
            .unwrap(),
        "true"
    );
    let ends = element.all(".pair.selected [data-do=go][data-goes^=candidate-]");
    assert!(!ends.is_empty(), "{}", element.text(".pair.selected"));
    let facts = element.text(".pair.selected > p");
    assert!(facts.contains("checks"), "{facts}");
    let means = element.text("[data-at=pairs] [data-part=pair]");
    assert!(means.ends_with('.') && !means.contains('{'), "{means}");
    opened.click("[data-do=statistics]");
    opened
        .until("the reading is off", |element| {
            element
                .find("[data-do=statistics]")
                .get_attribute("aria-checked")
                .unwrap()
                == "false"
        })
        .await;
    assert_eq!(element.all(".pair.selected").len(), 1);
}

#[wasm_bindgen_test]
async fn kinds_of_candidates_are_explained_when_they_appear_and_odd_ones_stay_as_they_are() {
    let element = Element::in_tabs(&room(), &[]);
    element.join().await;
    let opened = Opened::on(&element);
    let foot = |element: &Element| element.texts(&format!("{PANEL} [data-part=foot] p"));
    assert_eq!(foot(&element).len(), 1);
    let texts = [
        "candidate:1 1 udp 1677729535 203.0.113.9 46154 typ srflx raddr 0.0.0.0 rport 0",
        "candidate:2 1 udp 33562367 198.51.100.7 50000 typ relay raddr 203.0.113.9 rport 46154",
        "candidate:3 1 UDP 2113937151 9ce52306-6d7d-41a8-9ef2-3e489be3695a.local 9 typ host",
        "candidate:<i>",
        "",
    ];
    for (index, text) in texts.iter().enumerate() {
        let event = format!(
            r#"{{"v":1,"at":1,"attempt":1,"kind":"candidate","side":"theirs","index":{index},"candidate":{{"candidate":"{text}","sdpMid":null,"sdpMLineIndex":0,"usernameFragment":null}}}}"#
        );
        opened.tell(&event);
    }
    let explained = foot(&element);
    assert_eq!(explained.len(), 4, "{explained:#?}");
    for start in [".local", "host", "srflx", "relay"] {
        assert!(
            explained.iter().any(|text| text.starts_with(start)),
            "{start}"
        );
    }
    assert_eq!(element.all(&format!("{PANEL} tbody tr")).len(), 5);
    opened.click("[data-at=candidate-theirs-3] [data-do=candidate]");
    assert!(element.text(".cand-open").contains("candidate:<i>"));
}
