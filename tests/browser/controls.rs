//! The contract of names: every control once and in its place, every step marked, every state on the host.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Element, Pair, room};

/// Commands that have one control whatever the role.
const ALWAYS: [&str; 7] = [
    "join",
    "leave",
    "close",
    "restart-ice",
    "send-message",
    "copy-signal",
    "read-signal",
];
/// The offerer's commands and their steps.
const OFFERER: [(u8, &str); 7] = [
    (2, "create-peer-connection"),
    (4, "add-data-channel"),
    (5, "create-offer"),
    (6, "set-local-description"),
    (8, "send-offer"),
    (25, "send-candidates"),
    (26, "set-remote-description"),
];
/// The answerer's.
const ANSWERER: [(u8, &str); 7] = [
    (14, "create-peer-connection"),
    (16, "add-data-channel"),
    (17, "set-remote-description"),
    (18, "create-answer"),
    (19, "set-local-description"),
    (21, "send-answer"),
    (22, "send-candidates"),
];
const STATES: [&str; 7] = [
    "role",
    "signaling-link",
    "signaling-state",
    "ice-gathering-state",
    "ice-connection-state",
    "connection-state",
    "channel-state",
];

#[wasm_bindgen_test]
fn the_host_says_none_of_every_state_from_the_start() {
    let element = Element::in_tabs(&room(), &[]);
    for state in STATES {
        assert_eq!(element.state(state), "none", "{state}");
    }
}

#[wasm_bindgen_test]
fn twenty_six_steps_stand_in_order_and_wait_from_the_start() {
    let element = Element::in_tabs(&room(), &[]);
    let steps = element.all("[data-step]");
    let numbers: Vec<_> = steps
        .iter()
        .map(|step| step.get_attribute("data-step").unwrap())
        .collect();
    let expected: Vec<_> = (1..=26).map(|number| number.to_string()).collect();
    assert_eq!(numbers, expected);
    for step in steps {
        let mark = |name: &str| step.get_attribute(name);
        assert_eq!(mark("data-status").as_deref(), Some("waiting"));
        let whose = mark("data-whose").unwrap();
        assert!(
            ["mine", "theirs", "relay"].contains(&whose.as_str()),
            "{whose}"
        );
        assert_eq!(mark("data-evidence"), None, "nothing happened yet");
    }
}

#[wasm_bindgen_test]
async fn every_step_of_a_connection_is_settled_and_the_others_steps_say_how_they_are_known() {
    let pair = Pair::connected().await;
    for element in [&pair.offerer, &pair.answerer] {
        element
            .until("every step is done or skipped", |element| {
                element
                    .all("[data-step]:is([data-status=done], [data-status=skipped])")
                    .len()
                    == 26
            })
            .await;
        let unknown = "[data-step][data-status=done]:not([data-whose=mine], [data-evidence])";
        let unknown: Vec<_> = element.all(unknown);
        assert!(unknown.is_empty(), "{} without evidence", unknown.len());
        for step in element.all("[data-evidence]") {
            let evidence = step.get_attribute("data-evidence").unwrap();
            assert!(["observed", "inferred"].contains(&evidence.as_str()));
        }
        assert!(element.all("[data-status=next]").is_empty());
    }
}

#[wasm_bindgen_test]
fn every_control_is_there_once_and_tells_its_reason_before_joining() {
    let element = Element::in_tabs(&room(), &[]);
    for command in ALWAYS {
        is_there_once(&element, command);
    }
    has_no_second_control(&element);
}

#[wasm_bindgen_test]
async fn before_the_role_is_known_no_step_is_next() {
    let element = Element::in_tabs(&room(), &[]);
    element.until_told("control", |_| true).await;
    tells_every_reason(&element);
    assert!(element.all("[data-status=next]").is_empty());
}

#[wasm_bindgen_test]
async fn an_offerers_controls_stand_at_its_own_steps() {
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    stand_at_their_steps(&element, &OFFERER);
    for foreign in ["create-answer", "send-answer"] {
        assert!(element.all(&format!("[data-command={foreign}]")).is_empty());
    }
    assert_eq!(one_next(&element), "2");
}

#[wasm_bindgen_test]
async fn an_answerers_controls_stand_at_its_own_steps_and_it_may_offer_all_the_same() {
    let element = Element::in_tabs(&room(), &[("peer-role", "answerer")]);
    element.join().await;
    stand_at_their_steps(&element, &ANSWERER);
    is_there_once(&element, "create-offer");
    assert!(element.all("[data-command=send-offer]").is_empty());
    assert!(
        element
            .all("[data-step] [data-command=create-offer]")
            .is_empty()
    );
    assert!(
        element.all("[data-status=next]").is_empty(),
        "it waits for the offer"
    );
}

#[wasm_bindgen_test]
async fn an_answerer_that_offers_first_becomes_the_offerer_with_its_controls() {
    let element = Element::in_tabs(&room(), &[]);
    element.join().await;
    assert_eq!(element.state("role"), "answerer");
    element.click("create-peer-connection");
    element.until_available("create-offer").await;
    element.click("create-offer");
    element.until_available("set-local-description").await;
    assert_eq!(element.state("role"), "offerer");
    stand_at_their_steps(&element, &OFFERER);
    assert_eq!(one_next(&element), "6");
}

#[wasm_bindgen_test]
async fn a_control_does_not_move_while_the_course_goes_on() {
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    let controls = |element: &Element| OFFERER.map(|(_, name)| control(element, name));
    let before = controls(&element);
    Pair::take(&element, &crate::support::OFFER).await;
    assert_eq!(controls(&element), before);
    for (step, command) in OFFERER {
        assert_eq!(step_of(&element, command), Some(step.to_string()));
    }
}

#[wasm_bindgen_test]
async fn a_click_on_an_unavailable_control_says_its_reason_and_does_nothing() {
    let element = Element::in_tabs(&room(), &[("peer-role", "offerer")]);
    element.join().await;
    let before = element.told().len();
    element.click("create-offer");
    element.click("create-peer-connection");
    element.until_told("done", |_| true).await;
    let reason = crate::support::sentence("reason.no-peer-connection", &[]);
    assert!(element.text("[aria-live]").contains(&reason));
    let calls: Vec<_> = element.told()[before..]
        .iter()
        .filter(|event| event["kind"] == "call")
        .map(|event| event["call"].clone())
        .collect();
    assert_eq!(calls, ["new RTCPeerConnection()"]);
}

#[wasm_bindgen_test]
fn the_chat_is_a_form_with_one_field_and_the_start_form_has_every_field() {
    let element = Element::in_tabs(&room(), &[]);
    assert_eq!(element.all("form[data-command=send-message]").len(), 1);
    assert_eq!(
        element
            .all("form[data-command=send-message] input[name=text]")
            .len(),
        1
    );
    for field in ["endpoint", "room", "dialect", "mode", "role", "ice-servers"] {
        assert_eq!(element.all(&format!("[name={field}]")).len(), 1, "{field}");
    }
    for signal in ["outgoing", "incoming"] {
        assert_eq!(element.all(&format!("[data-signal={signal}]")).len(), 1);
    }
    assert_eq!(element.all("[aria-live]").len(), 1, "one live region");
}

fn stand_at_their_steps(element: &Element, controls: &[(u8, &str)]) {
    for (step, command) in controls {
        is_there_once(element, command);
        assert_eq!(
            step_of(element, command),
            Some(step.to_string()),
            "{command}"
        );
    }
    for command in ALWAYS {
        is_there_once(element, command);
    }
    has_no_second_control(element);
    tells_every_reason(element);
}

fn control(element: &Element, command: &str) -> web_sys::Element {
    element.find(&format!("[data-command={command}]"))
}

fn step_of(element: &Element, command: &str) -> Option<String> {
    let step = control(element, command).closest("[data-step]").unwrap();
    step.and_then(|step| step.get_attribute("data-step"))
}

fn is_there_once(element: &Element, command: &str) {
    let count = element.all(&format!("[data-command={command}]")).len();
    assert_eq!(count, 1, "controls of {command}");
}

fn has_no_second_control(element: &Element) {
    let mut commands: Vec<_> = element
        .all("[data-command]")
        .iter()
        .map(|control| control.get_attribute("data-command").unwrap())
        .collect();
    commands.sort();
    let all = commands.clone();
    commands.dedup();
    assert_eq!(all, commands, "a command has two controls");
}

/// Every unavailable control names an element that says why, and none is taken out of reach.
fn tells_every_reason(element: &Element) {
    for control in element.all("[data-command]") {
        let command = control.get_attribute("data-command").unwrap();
        assert!(!control.has_attribute("disabled"), "{command}");
        let disabled = control.get_attribute("aria-disabled");
        let id = control.get_attribute("aria-describedby").unwrap();
        let reasons = element.texts(&format!("[id=\"{id}\"]"));
        assert_eq!(reasons.len(), 1, "the reason of {command}");
        match disabled.as_deref() {
            Some("true") => assert!(reasons[0].ends_with('.'), "{command}: {}", reasons[0]),
            Some("false") => assert_eq!(reasons[0], "", "{command}"),
            other => panic!("{command} is {other:?}"),
        }
    }
}

fn one_next(element: &Element) -> String {
    let next = element.all("[data-status=next]");
    assert_eq!(next.len(), 1, "steps that are next");
    next[0].get_attribute("data-step").unwrap()
}
