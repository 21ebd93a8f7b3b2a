//! Every exercise, gone through by two elements of a real browser, except the one that needs a TURN server.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::opened::Opened;
use crate::support::{Element, OFFER, Pair, room};

/// What the answerer does that offers itself: its channel is added by the page.
const OFFER_ITSELF: [&str; 4] = [
    "create-peer-connection",
    "create-offer",
    "set-local-description",
    "send-offer",
];
/// From an offer that came to the answer.
const REPLY: [&str; 4] = [
    "set-remote-description",
    "create-answer",
    "set-local-description",
    "send-answer",
];

/// An exercise under way in one of two elements.
struct Guided<'a> {
    opened: Opened<'a>,
    id: &'static str,
}

impl<'a> Guided<'a> {
    /// Starts an exercise by its button.
    async fn start(element: &'a Element, id: &'static str) -> Self {
        let opened = Opened::on(element);
        opened.click(&format!("[data-do=exercise-start][data-exercise={id}]"));
        opened.catch_up().await;
        Self { opened, id }
    }

    fn element(&self) -> &'a Element {
        self.opened.element
    }

    /// Waits until a task is the present one.
    async fn at(&self, task: &str) {
        let present = format!("[data-task={task}][data-progress=now]");
        let row = format!("[data-exercise={}]", self.id);
        let what = format!("the task {task} is present");
        let holds = |element: &Element| {
            let ended = element.find(&row).get_attribute("data-state");
            assert_eq!(
                ended.as_deref(),
                Some("under-way"),
                "{}",
                element.text(&row)
            );
            !element.all(&present).is_empty()
        };
        self.opened.until(&what, holds).await;
    }

    /// Gives a command of this side; a refusal is told by events.
    async fn give(&self, command: &str) {
        let _refused = self.element().run(command).await;
        self.opened.catch_up().await;
    }

    /// Takes the next step of both sides, again and again, until something holds.
    async fn walk(&self, both: [&Element; 2], what: &str, until: impl Fn(&Element) -> bool) {
        self.opened
            .until(what, |element| {
                if until(element) {
                    return true;
                }
                for element in both {
                    take_next(element);
                }
                false
            })
            .await;
    }

    /// Waits for the result, and that everything was seen.
    async fn passed(&self) {
        let row = format!("[data-exercise={}]", self.id);
        self.opened
            .until("the exercise has a result", |element| {
                let state = element.find(&row).get_attribute("data-state");
                matches!(state.as_deref(), Some("passed" | "failed"))
            })
            .await;
        let element = self.element();
        let state = element.find(&row).get_attribute("data-state");
        let found = element.texts(&format!("{row} [data-finding]"));
        assert_eq!(
            state.as_deref(),
            Some("passed"),
            "{found:#?}\n{}",
            element.story()
        );
        assert!(
            found.iter().all(|text| !text.contains('{')),
            "figures are missing: {found:#?}"
        );
        assert!(
            !element
                .text(&format!("{row} [data-part=lesson]"))
                .is_empty()
        );
        assert_eq!(element.faults(), [""; 0]);
        self.leaves_nothing_behind();
    }

    /// What the exercise set up is taken back.
    fn leaves_nothing_behind(&self) {
        let told = self.element().told_of("disturbances");
        if let Some(last) = told.last() {
            let left = last["disturbances"].as_array().map(Vec::len);
            assert_eq!(left, Some(0), "faults stay: {last}");
        }
        for option in ["let-me-fail", "add-by-hand"] {
            let mut told = self.element().told_of("option");
            told.retain(|event| event["option"] == option);
            let on = told.last().is_some_and(|event| event["on"] == true);
            assert!(!on, "{option} stays on");
        }
    }
}

/// Clicks on the recommended step, if there is one.
fn take_next(element: &Element) {
    let next = "[data-step][data-status=next] [data-command][aria-disabled=false]";
    if let Some(button) = element.all(next).first() {
        let command = button.get_attribute("data-command").unwrap_or_default();
        element.click(&command);
    }
}

fn is_open(element: &Element) -> bool {
    element.state("channel-state") == "open"
}

#[wasm_bindgen_test]
async fn two_offers_with_roles_leave_one() {
    let pair = Pair::join("manual").await;
    let guided = Guided::start(&pair.offerer, "glare-with-roles").await;
    Pair::take(&pair.offerer, &OFFER).await;
    guided.at("glare-offer-theirs").await;
    Pair::take(&pair.answerer, &OFFER_ITSELF).await;
    guided.at("connected").await;
    let both = [&pair.offerer, &pair.answerer];
    guided.walk(both, "the channel is open", is_open).await;
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn two_offers_without_roles_lose_each_other() {
    let pair = Pair::join("manual").await;
    let guided = Guided::start(&pair.offerer, "glare-without-roles").await;
    Pair::take(&pair.offerer, &OFFER).await;
    guided.at("glare-offer-theirs-failing").await;
    pair.answerer.run_with("let-me-fail", "on").await.unwrap();
    Pair::take(&pair.answerer, &OFFER_ITSELF).await;
    guided.at("glare-apply-theirs").await;
    guided.give("set-remote-description").await;
    guided.at("glare-they-apply-yours").await;
    Pair::take(&pair.answerer, &REPLY).await;
    guided.at("glare-apply-answer").await;
    guided.give("set-remote-description").await;
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_told_by_nobody_and_mended_by_sending_it_again() {
    let pair = Pair::join("manual").await;
    let guided = Guided::start(&pair.offerer, "answer-lost").await;
    let both = [&pair.offerer, &pair.answerer];
    let silent = |element: &Element| {
        let silence = "[data-task=answer-silence][data-progress=now]";
        !element.all(silence).is_empty()
    };
    guided.walk(both, "the answer is lost", silent).await;
    guided.at("answer-again").await;
    Pair::take(&pair.answerer, &["send-answer"]).await;
    guided.walk(both, "the channel is open", is_open).await;
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn candidates_before_the_description_are_refused_and_taken_after_it() {
    let pair = Pair::join("trickle").await;
    let guided = Guided::start(&pair.answerer, "candidates-first").await;
    guided.give("create-peer-connection").await;
    Pair::take(&pair.offerer, &OFFER).await;
    guided.at("candidates-too-early").await;
    guided.give("add-candidates").await;
    guided.at("candidates-set-remote").await;
    guided.give("set-remote-description").await;
    guided.at("candidates-right").await;
    guided.give("add-candidates").await;
    let both = [&pair.offerer, &pair.answerer];
    guided.walk(both, "the channel is open", is_open).await;
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn trickle_and_waiting_for_all_are_timed_against_each_other() {
    let pair = Pair::connected().await;
    let guided = Guided::start(&pair.offerer, "trickle-or-wait").await;
    for (close, begin) in [
        ("trickle-close", "trickle-first"),
        ("trickle-close-again", "trickle-gathered"),
    ] {
        guided.at(close).await;
        guided.give("close").await;
        guided.at(begin).await;
        guided.give("create-peer-connection").await;
    }
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn a_restart_brings_new_candidates_and_the_connection_stays() {
    let pair = Pair::connected().await;
    let guided = Guided::start(&pair.answerer, "restart-ice").await;
    guided.at("restart-click").await;
    guided.give("restart-ice").await;
    guided.passed().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn a_channel_added_later_opens_without_an_offer() {
    let pair = Pair::connected().await;
    let guided = Guided::start(&pair.offerer, "channel-later").await;
    guided.at("channel-add").await;
    guided.give("add-data-channel").await;
    guided.passed().await;
    pair.chat().await;
}

#[wasm_bindgen_test]
async fn a_track_added_later_arrives_once_it_is_offered() {
    let pair = Pair::connected().await;
    let guided = Guided::start(&pair.offerer, "track-later").await;
    guided.at("track-add").await;
    guided.give("add-track").await;
    guided.at("track-renegotiate").await;
    assert!(
        pair.answerer.told_of("track").is_empty(),
        "nothing came yet"
    );
    guided.give("renegotiate").await;
    guided.passed().await;
    pair.answerer
        .until_told("track", |event| event["side"] == "theirs")
        .await;
}

#[wasm_bindgen_test]
async fn relay_only_without_a_turn_server_finds_nothing_and_says_nothing() {
    let room = room();
    let policy = [("mode", "manual"), ("ice-transport-policy", "relay")];
    let element = Element::in_tabs(&room, &policy);
    element.join().await;
    let guided = Guided::start(&element, "relay-nowhere").await;
    guided.at("relay-gather").await;
    Pair::take(&element, &OFFER_ITSELF[..3]).await;
    guided.passed().await;
}

#[wasm_bindgen_test]
async fn an_exercise_can_be_stopped_and_takes_its_faults_along() {
    let element = Element::in_tabs(&room(), &[("mode", "manual")]);
    element.join().await;
    let guided = Guided::start(&element, "candidates-first").await;
    guided
        .opened
        .until("it is set up", |element| {
            element
                .told_of("option")
                .iter()
                .any(|event| event["option"] == "add-by-hand" && event["on"] == true)
        })
        .await;
    guided
        .opened
        .click("[data-exercise=candidates-first] [data-do=exercise-stop]");
    guided.opened.catch_up().await;
    guided.leaves_nothing_behind();
    let row = element.find("li[data-exercise=candidates-first]");
    assert_eq!(row.get_attribute("data-state").as_deref(), Some("idle"));
}

#[wasm_bindgen_test]
fn before_joining_the_exercises_say_that_they_need_a_run() {
    let element = Element::in_tabs(&room(), &[]);
    let _opened = Opened::on(&element);
    assert!(
        !element
            .find("[data-at=exercises] [data-part=needs]")
            .has_attribute("hidden")
    );
    assert_eq!(element.all("li[data-exercise]").len(), 10);
}
