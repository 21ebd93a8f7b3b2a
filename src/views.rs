//! The page as a fold: each view is stamped once, then gets every event, and only appends or marks.

mod bar;
mod chat;
mod control;
mod details;
mod dom;
mod host;
mod invite;
mod listen;
mod live;
mod nextbar;
mod seen;
mod signal;
mod start;
mod steps;
mod timeline;
mod trouble;
mod you;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use webrtc_steps_core::io::{Event, What};

use crate::words::Words;

pub(crate) use listen::listen;

/// The values the fields of the start form begin with. A credential is never among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) endpoint: String,
    pub(crate) room: String,
    pub(crate) dialect: String,
    pub(crate) mode: String,
    pub(crate) role: String,
    /// STUN and TURN URLs, separated by blanks.
    pub(crate) ice_servers: String,
}

/// The values of the start form as they stand, by field name.
pub(crate) fn form_fields(root: &ShadowRoot) -> Vec<(String, String)> {
    root.query_selector("[data-form=start]")
        .ok()
        .flatten()
        .map(|form| start::fields(&form))
        .unwrap_or_default()
}

/// Everything the element shows. Dropping it empties the shadow root.
pub(crate) struct Views {
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
    timeline: timeline::Timeline,
    details: details::Details,
    nextbar: nextbar::NextBar,
    live: live::Live,
}

impl Views {
    /// Stamps the whole page into `root` and marks `host` with its states.
    ///
    /// # Errors
    /// Names the part of the markup that could not be found or stamped.
    pub(crate) fn new(
        host: &HtmlElement,
        root: &ShadowRoot,
        words: &Words,
        start: &Start,
    ) -> Result<Self, String> {
        let frame = dom::frame(root, include_str!("views/frame.html"), words)?;
        let page = dom::find(&frame, ".page")?;
        let place = |name: &str| dom::find(&frame, &format!("[data-place={name}]"));
        Ok(Self {
            host: host::Host::new(host),
            bar: bar::Bar::new(&place("bar")?, words)?,
            start: start::StartForm::new(&place("start")?, words, start)?,
            trouble: trouble::TroubleCard::new(&place("trouble")?, words)?,
            signal: signal::SignalCard::new(&place("signal")?, words)?,
            chat: chat::Chat::new(&place("chat")?, words)?,
            you: you::You::new(&place("you")?, words)?,
            invite: invite::Invite::new(&place("invite")?, words)?,
            steps: steps::Steps::new(&place("steps")?, words)?,
            timeline: timeline::Timeline::new(&place("timeline")?, words)?,
            details: details::Details::new(&place("details")?, words)?,
            nextbar: nextbar::NextBar::new(&place("nextbar")?, &frame, words)?,
            live: live::Live::new(&place("live")?, words),
            page,
            frame,
        })
    }

    /// Shows one fact. Every view gets every event, in the order of the page.
    pub(crate) fn apply(&mut self, event: &Event) {
        self.phase(&event.what);
        self.host.apply(event);
        self.bar.apply(event);
        self.start.apply(event);
        self.trouble.apply(event);
        self.signal.apply(event);
        self.chat.apply(event);
        self.you.apply(event);
        self.invite.apply(event);
        self.steps.apply(event);
        self.timeline.apply(event);
        self.details.apply(event);
        self.nextbar.apply(event);
        self.live.apply(event);
    }

    /// What had the focus is hidden now: whoever was here goes on at the beginning of what is shown instead.
    fn go_to(&self, selector: &str) {
        let root = self.frame.get_root_node().dyn_into::<ShadowRoot>().ok();
        if root.and_then(|root| root.active_element()).is_none() {
            return;
        }
        if let Ok(place) = dom::find_as::<HtmlElement>(&self.frame, selector) {
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
