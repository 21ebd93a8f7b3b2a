//! The join link for another device: as a code for its camera, and handed on by what the device shares with.

mod code;

use std::cell::RefCell;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::views::invite::JoinLink;
use webrtc_steps::words::Words;
use webrtc_steps_core::io::Event;
use webrtc_steps_core::settings::own_machine;

use crate::desk::Desk;
use crate::panel::{Act, Panel};

/// The code within the card that invites the other peer.
pub(crate) struct Scan {
    words: Words,
    svg: Element,
    modules: Element,
    how: Element,
    here: Element,
    /// Says why nothing was shared, beside what the card says of copying.
    shared: Option<Element>,
    link: JoinLink,
    /// The link is not the one that is drawn.
    stale: bool,
}

impl Scan {
    /// Stamps the code's place, and shows the button that shares where the browser can.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(crate) fn new(desk: &Desk, place: &Element) -> Result<Self, String> {
        let missing = RefCell::new(None);
        let build = Build::new(place, &desk.words, &missing);
        build.stamp(include_str!("scan.html"));
        let card = place.parent_element();
        let of_card = |name: &str| card.as_ref().and_then(|card| dom::part(card, name));
        if let Some(share) = of_card("share") {
            dom::show(&share, share_of().is_some());
        }
        let made = Self {
            words: desk.words.clone(),
            svg: build.part("code"),
            modules: build.part("modules"),
            how: build.part("how"),
            here: build.part("here"),
            shared: of_card("shared"),
            link: JoinLink::default(),
            stale: false,
        };
        missing.take().map_or(Ok(made), Err)
    }

    /// Draws the code of the link, or says why there is none.
    fn draw(&self) {
        let link = self.link.address();
        let tabs = matches!(self.link.part("endpoint"), "tabs:" | "line:");
        let code = (!tabs).then(|| code::code(&link)).flatten();
        dom::show(&self.svg, code.is_some());
        let how = match &code {
            Some(_) if self.link.part("endpoint") == "paste:" => "scan.paste",
            Some(_) => "scan.how",
            None if tabs => "scan.tabs",
            None => "scan.long",
        };
        let count = link.len();
        dom::say(&self.how, &self.words.with(how, &[("count", &count)]));
        if let Some(code) = &code {
            let side = code.size.to_string();
            dom::mark(&self.svg, "viewBox", &["0 0 ", &side, " ", &side].concat());
            dom::mark(&self.modules, "d", &code.path);
        }
        let page = own_machine(&link).map(|host| ("scan.here.page", host));
        let endpoint =
            || own_machine(self.link.part("endpoint")).map(|host| ("scan.here.endpoint", host));
        let here = page.or_else(endpoint).filter(|_| !tabs);
        let here = here.map(|(id, host)| self.words.with(id, &[("host", &host)]));
        dom::say_or_hide(&self.here, &here.unwrap_or_default());
    }

    /// Hands the link to whatever the user chooses. A browser shows its own sheet for that.
    fn share(&self) {
        let Some((navigator, share)) = share_of() else {
            return;
        };
        let link = Object::new();
        // Own data properties of a new object take any value.
        let _set = Reflect::set(&link, &"url".into(), &self.link.address().into());
        let (words, told) = (self.words.clone(), self.shared.clone());
        let heard =
            Closure::once_into_js(move |fault: JsValue| refused(&words, told.as_ref(), &fault));
        match share.call1(&navigator, &link) {
            Ok(promise) => {
                let catch = Reflect::get(&promise, &"catch".into());
                let catch = catch.and_then(JsCast::dyn_into::<Function>);
                let _chained = catch.map(|catch| catch.call1(&promise, &heard));
            }
            Err(fault) => refused(&self.words, self.shared.as_ref(), &fault),
        }
    }
}

/// Says why nothing was shared. Who closes the browser's sheet needs no sentence.
fn refused(words: &Words, told: Option<&Element>, fault: &JsValue) {
    let name = Reflect::get(fault, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    if let Some(told) = told.filter(|_| name != "AbortError") {
        dom::say_or_hide(told, &words.with("scan.not-shared", &[("fault", &name)]));
    }
}

/// `navigator.share` (Web Share), where the browser has it and the page may use it.
fn share_of() -> Option<(JsValue, Function)> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let share = Reflect::get(&navigator, &"share".into()).ok()?;
    Some((navigator, share.dyn_into().ok()?))
}

impl Panel for Scan {
    fn apply(&mut self, event: &Event) {
        self.stale |= self.link.apply(event);
    }

    fn show(&mut self, _record: &[Event]) {
        if std::mem::take(&mut self.stale) {
            self.draw();
        }
    }

    fn act(&mut self, act: &Act, _record: &[Event]) {
        if (act.kind.as_str(), act.name.as_str()) == ("click", "share") {
            self.share();
        }
    }
}
