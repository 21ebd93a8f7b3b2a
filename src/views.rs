//! The page as a fold: each view is stamped once, then gets every event, and only appends or marks.

mod bar;
mod chat;
mod clock;
pub mod control;
mod details;
mod dialect;
pub mod dom;
mod host;
pub mod invite;
mod listen;
mod live;
mod nextbar;
mod seen;
mod signal;
mod start;
mod steps;
mod trouble;
mod workbench;
mod you;

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use webrtc_steps_core::io::{Event, What};

use self::dom::Build;
use crate::inbox::Inbox;
use crate::words::Words;

pub(crate) use listen::listen;
pub use seen::indent;
pub(crate) use workbench::opens as listen_for_workbench;

/// The values the fields of the start form begin with. A credential is never among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// By field name, with who named each (`default`, `link`, `page`).
    pub fields: Vec<(String, String, &'static str)>,
    /// The dialects to choose from: name and title.
    pub dialects: Vec<(String, String)>,
}

impl Start {
    /// What a field begins with; empty if nothing names it.
    pub fn value(&self, name: &str) -> &str {
        self.begun(name).map_or("", |(value, _)| value)
    }

    /// What a field begins with, and who named it. Capitals do not count.
    pub fn begun(&self, name: &str) -> Option<(&str, &'static str)> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(field, ..)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value, by)| (value.as_str(), *by))
    }
}

/// Everything the element shows. Dropping it empties the shadow root.
pub struct Views {
    page: Element,
    frame: Element,
    host: host::Host,
    bar: bar::Bar,
    start: start::StartForm,
    trouble: trouble::TroubleCard,
    signal: signal::SignalCard,
    chat: chat::Chat,
    you: you::You,
    invite: invite::Invite,
    steps: steps::Steps,
    details: details::Details,
    nextbar: nextbar::NextBar,
    workbench: workbench::Workbench,
    live: live::Live,
}

impl Views {
    /// Stamps the whole page into `root` and marks `host` with its states.
    ///
    /// # Errors
    /// Names the part of the markup that could not be found or stamped.
    pub fn new(
        host: &HtmlElement,
        root: &ShadowRoot,
        words: &Words,
        start: &Start,
    ) -> Result<Self, String> {
        let frame = dom::frame(root, include_str!("views/frame.html"), words)
            .ok_or("The browser refused the page's markup: its Trusted Types policy must allow webrtc-steps.")?;
        let missing = RefCell::new(None);
        let build = Build::new(&frame, words, &missing);
        let at = |name: &str| build.within(&format!("[data-place={name}]"));
        let views = Self {
            host: host::Host::new(host),
            bar: bar::Bar::new(&at("bar")),
            start: start::StartForm::new(&at("start"), start),
            trouble: trouble::TroubleCard::new(&at("trouble")),
            signal: signal::SignalCard::new(&at("signal")),
            chat: chat::Chat::new(&at("chat")),
            you: you::You::new(&at("you")),
            invite: invite::Invite::new(&at("invite")),
            steps: steps::Steps::new(&at("steps")),
            details: details::Details::new(&at("details")),
            nextbar: nextbar::NextBar::new(&at("nextbar"), &frame),
            workbench: workbench::Workbench::new(&at("workbench"), &at("hint"), &frame),
            live: live::Live::new(&at("live")),
            page: build.find(".page"),
            frame: frame.clone(),
        };
        missing.take().map_or(Ok(views), Err)
    }

    /// Marks the host with one fact. Cheap, so it is done at once even while the rest waits.
    pub(crate) fn mark_host(&self, event: &Event) {
        self.host.apply(event);
    }

    /// Shows one fact. Every view gets every event, in the order of the page.
    pub fn apply(&mut self, event: &Event) {
        self.phase(&event.what);
        self.bar.apply(event);
        self.start.apply(event);
        self.trouble.apply(event);
        self.signal.apply(event);
        self.chat.apply(event);
        self.you.apply(event);
        self.invite.apply(event);
        self.steps.apply(event);
        self.details.apply(event);
        self.nextbar.apply(event);
        self.workbench.apply(event);
        self.live.apply(event);
    }

    /// The values of the start form as they stand, by field name.
    pub(crate) fn form_fields(&self) -> Vec<(String, String)> {
        dom::find(&self.frame, "[data-form=start]")
            .map(|form| start::fields(&form))
            .unwrap_or_default()
    }

    /// The form begins with another value of a field: it shows at once, and what was typed into others stays.
    pub(crate) fn begin_with(&mut self, begun: &(String, String, &'static str)) {
        self.start.begin_with(begun);
    }

    /// Takes everything out of the page. What it was is of use to build it anew: the form as it stands, and what it began with.
    pub(crate) fn take_away(&self) -> (Start, Vec<(String, String)>) {
        let typed = self.form_fields();
        self.frame.remove();
        (self.start.begun().clone(), typed)
    }

    /// Puts values into the start form, by field name.
    pub(crate) fn fill_form(&self, fields: &[(String, String)]) {
        self.start.fill(fields);
    }

    /// The element that holds the whole page.
    pub(crate) fn frame(&self) -> &Element {
        &self.frame
    }

    /// Opens the workbench or closes it. It is built when it is first opened, from what happened until then.
    pub(crate) fn toggle_workbench<'a>(
        &mut self,
        record: impl Iterator<Item = &'a Event>,
        inbox: &Inbox,
    ) {
        self.workbench.toggle(record, inbox);
    }

    /// What had the focus is hidden now: whoever was here goes on at the beginning of what is shown instead.
    fn go_to(&self, selector: &str) {
        let root = self.frame.get_root_node().dyn_into::<ShadowRoot>().ok();
        if root.and_then(|root| root.active_element()).is_none() {
            return;
        }
        if let Some(place) = dom::find_as::<HtmlElement>(&self.frame, selector) {
            let _ = place.focus();
            self.frame.scroll_into_view();
        }
    }

    /// Whether the page shows the start or the run, and whose colour is on the left.
    fn phase(&self, what: &What) {
        match what {
            What::Joining { .. } => {
                dom::mark(&self.page, "data-phase", "run");
                seen::choose(&self.frame, "data-tab", "tab", "steps");
                self.go_to(".do");
            }
            What::Left => {
                dom::mark(&self.page, "data-phase", "start");
                self.go_to("[data-command=join]");
            }
            What::Role { role, .. } => dom::mark(
                &self.page,
                "data-me",
                role.map_or("none", |role| role.word()),
            ),
            What::Channel { state, .. } if state == "open" => {
                dom::mark(&self.page, "data-open", "true")
            }
            What::AttemptBegan => dom::mark(&self.page, "data-open", "false"),
            _ => {}
        }
    }
}

impl Drop for Views {
    fn drop(&mut self) {
        self.frame.remove();
    }
}
