//! Stamping markup, finding its parts and filling them with text: all that views do to the page.

use js_sys::{Function, Reflect};
use std::cell::{OnceCell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, DocumentFragment, Element, HtmlDocument, HtmlElement, HtmlTemplateElement,
    HtmlTextAreaElement, NodeList, ShadowRoot,
};

use super::control::Control;
use crate::words::Words;

/// Builds the views: stamps their markup and binds its parts. What is missing is remembered by its name and told once,
/// when everything is built; until then the place itself stands in for it.
pub struct Build<'a> {
    pub words: &'a Words,
    pub place: Element,
    missing: &'a RefCell<Option<String>>,
}

impl<'a> Build<'a> {
    /// Begins at the element that holds the whole page.
    pub fn new(place: &Element, words: &'a Words, missing: &'a RefCell<Option<String>>) -> Self {
        let place = place.clone();
        Self {
            words,
            place,
            missing,
        }
    }

    /// The same within one of the parts.
    pub fn within(&self, selector: &str) -> Self {
        Self::new(&self.find(selector), self.words, self.missing)
    }

    /// The same within something that was just stamped.
    pub fn inside(&self, place: &Element) -> Self {
        Self::new(place, self.words, self.missing)
    }

    /// Stamps a view's markup at its place.
    pub fn stamp(&self, markup: &'static str) {
        let document = document();
        let fragment = document.and_then(|document| fragment(&document, markup, self.words));
        match fragment.and_then(|fragment| self.place.append_child(&fragment).ok()) {
            Some(_) => {}
            None => self.miss("a view (is the Trusted Types policy webrtc-steps allowed?)"),
        }
    }

    /// What a selector names.
    pub fn find(&self, selector: &str) -> Element {
        find(&self.place, selector).unwrap_or_else(|| {
            self.miss(selector);
            self.place.clone()
        })
    }

    /// [`Build::find`] for `data-part="name"`.
    pub fn part(&self, name: &str) -> Element {
        self.find(&part_selector(name))
    }

    /// [`Build::find`], as a certain kind of element.
    pub fn find_as<T: JsCast>(&self, selector: &str) -> T {
        let found = self.find(selector);
        if !found.has_type::<T>() {
            self.miss(selector);
        }
        // With something missing the views are dropped again before anybody uses them.
        found.unchecked_into()
    }

    /// The `template[data-part=name]` of a view, and that it has the parts that will be filled.
    pub fn template(&self, name: &str, parts: &[&str]) -> Template {
        let template = Template(self.find_as(&format!("template[data-part={name}]")));
        match template.stamp() {
            Some(copy) => {
                let copy = self.inside(&copy);
                parts.iter().for_each(|name| drop(copy.part(name)));
            }
            None => self.miss(name),
        }
        template
    }

    /// The control of a command and the reason beside it.
    pub fn control(&self, command: &'static str) -> Control {
        let button = self.find(&format!("[data-command={command}]"));
        Control::new(
            command,
            button,
            self.find(&format!("[data-reason={command}]")),
        )
    }

    fn miss(&self, name: &str) {
        self.missing
            .borrow_mut()
            .get_or_insert_with(|| format!("The page's markup has no part \"{name}\"."));
    }
}

/// The document that elements are made in: this program's own, also when they are then put into another one. What an iframe's document makes is of
/// other classes, which are not recognised here.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Stamps the element that holds the whole page.
pub fn frame(root: &ShadowRoot, markup: &'static str, words: &Words) -> Option<Element> {
    let fragment = fragment(&document()?, markup, words)?;
    let frame = fragment.first_element_child()?;
    root.append_child(&frame).ok()?;
    Some(frame)
}

/// The part of a stamped view that a selector names.
pub fn find(scope: &Element, selector: &str) -> Option<Element> {
    scope.query_selector(selector).ok().flatten()
}

/// [`find`] for `data-part="name"`.
pub fn part(scope: &Element, name: &str) -> Option<Element> {
    find(scope, &part_selector(name))
}

/// [`find`], as a certain kind of element.
pub fn find_as<T: JsCast>(scope: &Element, selector: &str) -> Option<T> {
    find(scope, selector)?.dyn_into().ok()
}

fn part_selector(name: &str) -> String {
    ["[data-part=", name, "]"].concat()
}

/// Fills parts of something stamped, by name.
pub fn fill(scope: &Element, parts: &[(&str, &str)]) {
    for (name, text) in parts {
        if let Some(part) = part(scope, name) {
            say(&part, text);
        }
    }
}

/// Sets the whole class of a part of something stamped.
pub fn dress(scope: &Element, name: &str, classes: &[&str]) {
    if let Some(part) = part(scope, name) {
        mark(&part, "class", &classes.join(" "));
    }
}

/// A template of a view that is stamped many times.
#[derive(Debug, Clone)]
pub struct Template(HtmlTemplateElement);

impl Template {
    /// A template of a view that is built already.
    pub fn find(scope: &Element, name: &str) -> Option<Self> {
        find_as(scope, &format!("template[data-part={name}]")).map(Self)
    }

    /// A new copy of the template's one element.
    pub fn stamp(&self) -> Option<Element> {
        let copy = self.0.content().clone_node_with_deep(true).ok()?;
        copy.dyn_into::<DocumentFragment>()
            .ok()?
            .first_element_child()
    }
}

/// The elements of a scope that a selector names.
pub fn all(scope: &Element, selector: &str) -> Vec<Element> {
    scope
        .query_selector_all(selector)
        .map(|list| elements(&list))
        .unwrap_or_default()
}

/// The elements of a list.
pub fn elements(list: &NodeList) -> Vec<Element> {
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}

/// Sets what an element says, as text.
pub fn say(element: &Element, text: &str) {
    element.set_text_content(Some(text));
}

/// Sets an attribute; the names are this program's own and always valid.
pub fn mark(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Removes an attribute.
pub fn unmark(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// Adds one class.
pub fn class(element: &Element, name: &str) {
    let _ = element.class_list().add_1(name);
}

/// Removes one class.
pub fn unclass(element: &Element, name: &str) {
    let _ = element.class_list().remove_1(name);
}

/// Shows an element, or hides it from everybody.
pub fn show(element: &Element, shown: bool) {
    if shown {
        unmark(element, "hidden")
    } else {
        mark(element, "hidden", "")
    }
}

/// Sets what an element says; an empty text hides it.
pub fn say_or_hide(element: &Element, text: &str) {
    say(element, text);
    show(element, !text.is_empty());
}

/// Leads the keyboard to an element.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Copies the text of a field; whether the browser did. If not, the text stands selected, for the keyboard to copy. This older way
/// works on plain http in a local network too, where there is no `navigator.clipboard`.
pub fn copy_field(field: &Element) -> bool {
    // Only what has the focus is copied.
    focus(field);
    let select = Reflect::get(field, &"select".into()).ok();
    let selected = select.and_then(|select| select.dyn_into::<Function>().ok());
    let _ = selected.map(|select| select.call0(field));
    let document = field.owner_document().and_then(html);
    document.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// [`copy_field`] for a text that stands in no field.
pub(crate) fn copy_text(scope: &Element, text: &str) -> bool {
    let field = document().and_then(|document| document.create_element("textarea").ok());
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return false;
    };
    let root = scope.get_root_node().dyn_into::<ShadowRoot>().ok();
    let before = root.and_then(|root| root.active_element());
    field.set_value(text);
    mark(&field, "class", "vh");
    append(scope, &field);
    let copied = copy_field(&field);
    field.remove();
    if let Some(before) = before {
        focus(&before);
    }
    copied
}

fn html(document: Document) -> Option<HtmlDocument> {
    document.dyn_into().ok()
}

/// Appends an element to another.
pub fn append(parent: &Element, child: &Element) {
    let _ = parent.append_child(child);
}

/// Keeps at most `most` children, the newest; tells how many went.
pub fn trim(list: &Element, most: u32) -> u32 {
    let mut gone = 0;
    while list.child_element_count() > most {
        let Some(first) = list.first_element_child() else {
            break;
        };
        first.remove();
        gone += 1;
    }
    gone
}

/// Parses markup that was compiled in, and fills in the words it asks for.
fn fragment(document: &Document, markup: &'static str, words: &Words) -> Option<DocumentFragment> {
    let template = document.create_element("template").ok()?;
    let template: HtmlTemplateElement = template.unchecked_into();
    Reflect::set(&template, &"innerHTML".into(), &trusted(markup)).ok()?;
    let content = template.content();
    translate(&content, words);
    Some(content)
}

/// Fills `data-words` (text), `data-words-label` (aria-label) and `data-words-hint` (placeholder).
fn translate(content: &DocumentFragment, words: &Words) {
    let every = |selector: &str| {
        content
            .query_selector_all(selector)
            .map(|list| elements(&list))
            .unwrap_or_default()
    };
    for element in every("[data-words]") {
        say(
            &element,
            &words.text(&element.get_attribute("data-words").unwrap_or_default()),
        );
    }
    for (from, to) in [
        ("data-words-label", "aria-label"),
        ("data-words-hint", "placeholder"),
    ] {
        for element in every(&format!("[{from}]")) {
            mark(
                &element,
                to,
                &words.text(&element.get_attribute(from).unwrap_or_default()),
            );
        }
    }
    for template in every("template") {
        translate(
            &template.unchecked_into::<HtmlTemplateElement>().content(),
            words,
        );
    }
}

thread_local! {
    /// The browser grants a policy of one name once per page, so it is the module's and not an element's.
    static POLICY: OnceCell<JsValue> = const { OnceCell::new() };
}

/// Takes the Trusted Types policy of the page. The loader asks for it, because its name is granted once and there are two
/// programs.
pub fn trust(policy: JsValue) {
    // The first one stays; there is no other.
    let _again = POLICY.with(|kept| kept.set(policy));
}

/// A string of this program as `TrustedHTML`, where the page has a policy; otherwise as it is. Only compiled-in strings come here.
fn trusted(markup: &'static str) -> JsValue {
    let create = |policy: &JsValue| {
        let create: Function = Reflect::get(policy, &"createHTML".into())
            .ok()?
            .dyn_into()
            .ok()?;
        create.call1(policy, &markup.into()).ok()
    };
    POLICY
        .with(|policy| policy.get().and_then(create))
        .unwrap_or_else(|| markup.into())
}
