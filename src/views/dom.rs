//! Stamping markup, finding its parts and filling them with text: all that views do to the page.

use js_sys::{Function, Object, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DocumentFragment, Element, HtmlTemplateElement, NodeList, ShadowRoot};

use crate::words::Words;

/// Stamps the element that holds the whole page.
pub(crate) fn frame(
    root: &ShadowRoot,
    markup: &'static str,
    words: &Words,
) -> Result<Element, String> {
    let document = root
        .owner_document()
        .ok_or("the shadow root belongs to no document")?;
    let fragment = fragment(&document, markup, words)?;
    let frame = fragment
        .first_element_child()
        .ok_or("the frame's markup is empty")?;
    root.append_child(&frame)
        .map_err(|_| "the frame could not be put into the shadow root")?;
    Ok(frame)
}

/// Stamps a view's markup at its place.
pub(crate) fn stamp(place: &Element, markup: &'static str, words: &Words) -> Result<(), String> {
    let document = place
        .owner_document()
        .ok_or("a place belongs to no document")?;
    let fragment = fragment(&document, markup, words)?;
    place
        .append_child(&fragment)
        .map_err(|_| "a view could not be put at its place")?;
    Ok(())
}

/// The part of a stamped view that a selector names.
pub(crate) fn find(scope: &Element, selector: &str) -> Result<Element, String> {
    let found = scope.query_selector(selector).ok().flatten();
    found.ok_or_else(|| format!("The page's markup has no part \"{selector}\"."))
}

/// [`find`] for `data-part="name"`.
pub(crate) fn part(scope: &Element, name: &str) -> Result<Element, String> {
    find(scope, &format!("[data-part={name}]"))
}

/// [`find`], as a certain kind of element.
pub(crate) fn find_as<T: JsCast>(scope: &Element, selector: &str) -> Result<T, String> {
    let found = find(scope, selector)?;
    found
        .dyn_into()
        .map_err(|_| format!("The page's markup has another kind of element at \"{selector}\"."))
}

/// A template of a view that is stamped many times, and checked to be there.
#[derive(Debug, Clone)]
pub(crate) struct Template(HtmlTemplateElement);

impl Template {
    /// The `template[data-part=name]` of a view.
    pub(crate) fn find(scope: &Element, name: &str) -> Result<Self, String> {
        let template = Self(find_as(scope, &format!("template[data-part={name}]"))?);
        template.stamp().map(|_| template)
    }

    /// A new copy of the template's one element.
    pub(crate) fn stamp(&self) -> Result<Element, String> {
        let copy = self.0.content().clone_node_with_deep(true).ok();
        let element = copy.and_then(|copy| {
            copy.dyn_into::<DocumentFragment>()
                .ok()?
                .first_element_child()
        });
        element.ok_or_else(|| "A template of the page's markup is empty.".to_owned())
    }
}

/// The elements of a scope that a selector names.
pub(crate) fn all(scope: &Element, selector: &str) -> Vec<Element> {
    scope
        .query_selector_all(selector)
        .map(|list| elements(&list))
        .unwrap_or_default()
}

/// The elements of a list.
pub(crate) fn elements(list: &NodeList) -> Vec<Element> {
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}

/// Sets what an element says, as text.
pub(crate) fn say(element: &Element, text: &str) {
    element.set_text_content(Some(text));
}

/// Sets an attribute; the names are this program's own and always valid.
pub(crate) fn mark(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Removes an attribute.
pub(crate) fn unmark(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// Adds one class.
pub(crate) fn class(element: &Element, name: &str) {
    let _ = element.class_list().add_1(name);
}

/// Removes one class.
pub(crate) fn unclass(element: &Element, name: &str) {
    let _ = element.class_list().remove_1(name);
}

/// Shows an element, or hides it from everybody.
pub(crate) fn show(element: &Element, shown: bool) {
    if shown {
        unmark(element, "hidden")
    } else {
        mark(element, "hidden", "")
    }
}

/// Sets what an element says; an empty text hides it.
pub(crate) fn say_or_hide(element: &Element, text: &str) {
    say(element, text);
    show(element, !text.is_empty());
}

/// Appends an element to another.
pub(crate) fn append(parent: &Element, child: &Element) {
    let _ = parent.append_child(child);
}

/// Keeps at most `most` children, the newest; tells how many went.
pub(crate) fn trim(list: &Element, most: u32) -> u32 {
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
fn fragment(
    document: &Document,
    markup: &'static str,
    words: &Words,
) -> Result<DocumentFragment, String> {
    let template = document
        .create_element("template")
        .map_err(|_| "a template could not be made")?;
    let template: HtmlTemplateElement = template.unchecked_into();
    let told = Reflect::set(&template, &"innerHTML".into(), &trusted(markup));
    told.map_err(|_| "the browser refused the page's markup: its Trusted Types policy must allow \"webrtc-steps\"")?;
    let content = template.content();
    translate(&content, words);
    Ok(content)
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

/// A string of this program as `TrustedHTML`, where the browser knows Trusted Types; otherwise as it is.
fn trusted(markup: &'static str) -> JsValue {
    let create = |policy: &JsValue| {
        let create: Function = Reflect::get(policy, &"createHTML".into())
            .ok()?
            .dyn_into()
            .ok()?;
        create.call1(policy, &markup.into()).ok()
    };
    POLICY
        .with(|policy| create(policy.get_or_init(|| policy_of_page().unwrap_or(JsValue::NULL))))
        .unwrap_or_else(|| markup.into())
}

/// Asks for the policy named `webrtc-steps`. It changes nothing: only compiled-in strings ever reach it.
fn policy_of_page() -> Option<JsValue> {
    let global = js_sys::global();
    let factory = Reflect::get(&global, &"trustedTypes".into())
        .ok()
        .filter(JsValue::is_object)?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let rules = Object::new();
    // `String` as the rule: it hands the text through, and no closure needs an owner.
    Reflect::set(
        &rules,
        &"createHTML".into(),
        &Reflect::get(&global, &"String".into()).ok()?,
    )
    .ok()?;
    create.call2(&factory, &"webrtc-steps".into(), &rules).ok()
}
