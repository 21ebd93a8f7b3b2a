//! Keeps the keyboard in the page: whoever stood at something that went away goes on at what there is to do now.

use std::cell::RefCell;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry, ShadowRoot};
use webrtc_steps::views::dom;

/// Where one goes on, the first of these that can be seen: a moment of the past, the next step, the chat, the pane of the steps,
/// the tab that is chosen where there is one column, the button that joins, the one that begins again.
const WAYS_ON: [&str; 7] = [
    "[data-place=replay] input[type=range]",
    "[data-status=next] [data-command]",
    ".chat[data-open=true] input[name=text]",
    "section.do",
    ".tabs [aria-pressed=true]",
    "[data-command=join]",
    ".stopped button",
];

/// Watches the one element that has the focus. Dropping it ends that.
pub(crate) struct Keeper {
    observer: ResizeObserver,
    _listeners: [EventListener; 2],
    _changed: Closure<dyn FnMut(Array)>,
}

impl Keeper {
    /// `None` where the browser cannot tell that something went away.
    pub(crate) fn new(root: &ShadowRoot) -> Option<Self> {
        let scope = root.clone();
        let soon = RefCell::new(None);
        let changed = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let Ok(entry) = entries.pop().dyn_into::<ResizeObserverEntry>() else {
                return;
            };
            let (scope, target) = (scope.clone(), entry.target());
            // After the layout that told this: a focus that moves within it is an error of its loop.
            soon.replace(Some(Timeout::new(0, move || {
                if is_lost(&scope, &target) {
                    lead_on(&scope);
                }
            })));
        });
        // Something that is taken out of the page or hidden has no size any more, which is told without asking for a layout.
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        let come = {
            let observer = observer.clone();
            EventListener::new(root, "focusin", move |event| {
                observer.disconnect();
                if let Some(target) = target(event) {
                    observer.observe(&target);
                }
            })
        };
        let go = {
            let observer = observer.clone();
            EventListener::new(root, "focusout", move |event| {
                // Who left something that is still there went somewhere else.
                if target(event).is_some_and(|target| is_seen(&target)) {
                    observer.disconnect();
                }
            })
        };
        Some(Self {
            observer,
            _listeners: [come, go],
            _changed: changed,
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Whether an element went away and nothing else has the focus, neither in the element nor in the page around it.
fn is_lost(root: &ShadowRoot, element: &Element) -> bool {
    let elsewhere = |now: Element| &now != element && is_seen(&now);
    let around = outermost(root.host());
    let document = root.host().owner_document();
    let now = document.and_then(|document| document.active_element());
    let in_page = now.is_some_and(|now| now != around && now.local_name() != "body");
    !is_seen(element) && !in_page && !root.active_element().is_some_and(elsewhere)
}

/// The element of the document that an element of a shadow tree is in.
fn outermost(mut element: Element) -> Element {
    while let Ok(root) = element.get_root_node().dyn_into::<ShadowRoot>() {
        element = root.host();
    }
    element
}

fn lead_on(root: &ShadowRoot) {
    let way = |selector: &&str| root.query_selector(selector).ok().flatten();
    if let Some(way) = WAYS_ON.iter().filter_map(way).find(is_seen) {
        dom::focus(&way);
    }
}

fn is_seen(element: &Element) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
