//! One element as a page holds it.

use std::cell::RefCell;

use js_sys::{Function, JSON, Object, Reflect};
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement, ShadowRoot};

use super::page::{Stand, choose_in, type_into};
use super::until;
use super::words::CATALOGUE;

/// The dialects that the page offers.
const DIALECTS: &str = include_str!("../../../www/dialects/index.json");

/// A mounted element in the document. Dropping it frees it and takes it out.
pub(crate) struct Element {
    stand: Stand,
    host: HtmlElement,
    told: RefCell<Vec<Value>>,
}

impl Element {
    /// Puts an element with these attributes into the document and mounts it.
    pub(crate) fn mount(attributes: &[(&str, &str)]) -> Self {
        let attributes: Map<String, Value> = attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
            .collect();
        let stand = Stand::new(&Value::from(attributes).to_string());
        let element = Self {
            host: stand.host(),
            stand,
            told: RefCell::default(),
        };
        element.fill();
        element
    }

    /// An element of a room of tabs.
    pub(crate) fn in_tabs(room: &str, more: &[(&str, &str)]) -> Self {
        let mut attributes = vec![("endpoint", "tabs:"), ("room", room)];
        attributes.extend(more);
        Self::mount(&attributes)
    }

    /// Mounts anew after [`Element::free`], as when an element was moved.
    pub(crate) fn mount_again(&self) {
        self.stand.begin();
        self.told.borrow_mut().clear();
        self.fill();
    }

    fn fill(&self) {
        let words: Object = JSON::parse(CATALOGUE).unwrap().unchecked_into();
        let place = place();
        let mounted = webrtc_steps::mount(&self.host, words, &place, self.stand.wake());
        let mounted = mounted.unwrap_or_else(|thrown| panic!("mounting threw: {thrown:?}"));
        self.stand.hold(mounted.into());
    }

    /// Frees it; what freeing threw, if it did.
    pub(crate) fn free(&self) -> Option<String> {
        self.stand.free()
    }

    /// Gives a command; the sentence of its refusal, if it was refused.
    pub(crate) async fn run(&self, command: &str) -> Result<(), String> {
        self.give(command, None).await
    }

    /// Gives a command with a value.
    pub(crate) async fn run_with(&self, command: &str, value: &str) -> Result<(), String> {
        self.give(command, Some(value.to_owned())).await
    }

    async fn give(&self, command: &str, value: Option<String>) -> Result<(), String> {
        let outcome = self.stand.run(command, value).await;
        outcome.map(|_| ()).map_err(|thrown| {
            let error = thrown.dyn_into::<js_sys::Error>();
            String::from(error.expect("a refusal is an Error").message())
        })
    }

    /// Joins, and waits until the room has it.
    pub(crate) async fn join(&self) {
        let joined = self.run("join").await;
        assert_eq!(joined, Ok(()), "joining\n{}", self.story());
    }

    /// Says that the page is being left.
    pub(crate) fn leave_page(&self) {
        self.stand.leave_page();
    }

    /// Every event that was told so far, in order.
    pub(crate) fn told(&self) -> Vec<Value> {
        let mut told = self.told.borrow_mut();
        let new: Vec<Value> = serde_json::from_str(&self.stand.details_from(told.len())).unwrap();
        told.extend(new);
        told.clone()
    }

    /// The events of one kind.
    pub(crate) fn told_of(&self, kind: &str) -> Vec<Value> {
        let mut told = self.told();
        told.retain(|event| event["kind"] == kind);
        told
    }

    /// What the record holds, as JSON values.
    pub(crate) fn record(&self) -> Vec<Value> {
        let record = JSON::stringify(&self.stand.record()).unwrap();
        serde_json::from_str(&String::from(record)).unwrap()
    }

    /// The record's own array, as JavaScript has it.
    pub(crate) fn plain_record(&self) -> js_sys::Array {
        self.stand.record()
    }

    /// What turning threw.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.stand.faults()
    }

    /// Waits until a condition holds.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        until(what, || holds(self), || self.story()).await;
    }

    /// Waits for an event of a kind that fits.
    pub(crate) async fn until_told(&self, kind: &str, fits: impl Fn(&Value) -> bool) {
        let told = |element: &Self| element.told_of(kind).iter().any(&fits);
        self.until(&format!("an event of kind {kind}"), told).await;
    }

    /// Waits for the data channel.
    pub(crate) async fn until_open(&self) {
        self.until("the data channel is open", |element| {
            element.state("channel-state") == "open"
        })
        .await;
    }

    /// Waits until a command can be given.
    pub(crate) async fn until_available(&self, command: &str) {
        self.until(&format!("{command} can be given"), |element| {
            element.is_available(command)
        })
        .await;
    }

    pub(crate) fn is_available(&self, command: &str) -> bool {
        let control = self.find(&format!("[data-command={command}]"));
        control.get_attribute("aria-disabled").as_deref() == Some("false")
    }

    /// The host's `data-` attribute of this name.
    pub(crate) fn state(&self, name: &str) -> String {
        let value = self.host.get_attribute(&format!("data-{name}"));
        value.unwrap_or_default()
    }

    pub(crate) fn host(&self) -> &HtmlElement {
        &self.host
    }

    pub(crate) fn shadow(&self) -> ShadowRoot {
        self.host.shadow_root().unwrap()
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<web_sys::Element> {
        let list = self.shadow().query_selector_all(selector).unwrap();
        (0..list.length())
            .map(|index| list.get(index).unwrap().unchecked_into())
            .collect()
    }

    pub(crate) fn find(&self, selector: &str) -> web_sys::Element {
        let found = self.shadow().query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("there is no {selector} in the element"))
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    /// The texts of all elements that a selector names.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let text = |found: &web_sys::Element| found.text_content().unwrap_or_default();
        self.all(selector).iter().map(text).collect()
    }

    pub(crate) fn value(&self, selector: &str) -> String {
        let found = self.find(selector);
        let text = |found: &JsValue| Reflect::get(found, &"value".into()).ok();
        text(&found).and_then(|value| value.as_string()).unwrap()
    }

    /// Types into a field.
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        type_into(&self.find(selector), text);
    }

    /// Chooses from a list.
    pub(crate) fn choose(&self, selector: &str, value: &str) {
        choose_in(&self.find(selector), value);
    }

    /// Clicks on the control of a command.
    pub(crate) fn click(&self, command: &str) {
        let control = self.find(&format!("[data-command={command}]"));
        control.unchecked_into::<HtmlElement>().click();
    }

    /// Types a line into the chat and sends it, as Enter does.
    pub(crate) fn chat(&self, line: &str) {
        self.type_into("input[name=text]", line);
        let button = self.find("form[data-command=send-message] [type=submit]");
        button.unchecked_into::<HtmlElement>().click();
    }

    /// What stands in the chat's field.
    pub(crate) fn typed(&self) -> String {
        let field = self.find("input[name=text]");
        field.unchecked_into::<HtmlInputElement>().value()
    }

    /// The chat lines of one side.
    pub(crate) fn lines(&self, side: &str) -> Vec<String> {
        self.texts(&format!("[data-message={side}]"))
    }

    /// Everything that was told, one event on a line, without the judgements of steps and controls.
    pub(crate) fn story(&self) -> String {
        let told = self.told();
        let lines = told
            .iter()
            .filter(|event| event["kind"] != "step" && event["kind"] != "control");
        let lines: Vec<String> = lines.map(Value::to_string).collect();
        format!("{}\nfaults: {:?}", lines.join("\n"), self.faults())
    }
}

/// The documents that come with the element: the test's server serves the repository. It begins with four threads and may leave a
/// fifth request unread, so documents are asked for one after the other.
fn place() -> Object {
    let list = format!(r#"{{"dialects": {DIALECTS}}}"#);
    let place: Object = JSON::parse(&list).unwrap().unchecked_into();
    let document = Function::new_with_args(
        "name",
        "const ask = () => fetch(`/core/src/dialects/${name}.json`).then((answer) => answer.text());
         return (globalThis.lastDocument = (globalThis.lastDocument ?? Promise.resolve()).then(ask, ask))",
    );
    Reflect::set(&place, &"document".into(), &document).unwrap();
    place
}

impl Drop for Element {
    fn drop(&mut self) {
        self.stand.free();
        self.host.remove();
    }
}
