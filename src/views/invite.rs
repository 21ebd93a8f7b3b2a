//! The way for the other peer to come: a button for a second tab and a link, made of public parts only.

use js_sys::encode_uri_component;
use web_sys::{Element, HtmlInputElement};
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::settings::field_of;

use super::bar::gone;
use super::dom::{self, Build};
use super::workbench::fragment;
use crate::words::Words;

/// The card, shown while nobody else is here.
pub(crate) struct Invite {
    words: Words,
    card: Element,
    how: Element,
    open: Element,
    link: HtmlInputElement,
    /// Whether the other peer comes through the room, so that its coming is seen here.
    by_hand: bool,
    /// The server is the other party: nobody is invited.
    alone: bool,
    /// What the link carries: names and values, public parts only.
    parts: Vec<(String, String)>,
    /// The user's own document, which the other peer needs too.
    document: Option<String>,
}

impl Invite {
    pub(crate) fn new(build: &Build<'_>) -> Self {
        build.stamp(include_str!("invite.html"));
        Self {
            words: build.words.clone(),
            card: build.part("card"),
            how: build.part("how"),
            open: build.part("open"),
            link: build.find_as("[data-part=link]"),
            by_hand: false,
            alone: false,
            parts: Vec::new(),
            document: None,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        match &event.what {
            What::Dialect(chosen) => {
                self.document = (chosen.name == "custom").then(|| chosen.document.clone());
            }
            What::Joining { .. } => self.invite(&event.what),
            What::Joined { again: false, .. } => dom::show(&self.card, !self.alone),
            What::RoomNamed { room } => self.rename(room),
            What::PeerJoined { .. } | What::Left => dom::show(&self.card, false),
            What::Received { from, .. } if self.by_hand || from.is_some() => {
                dom::show(&self.card, false)
            }
            What::PeerLeft { message, .. } if gone(message) => {
                dom::show(&self.card, !self.alone);
            }
            _ => {}
        }
    }

    fn invite(&mut self, joining: &What) {
        let What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
            vars,
            hosts,
            alone,
            ..
        } = joining
        else {
            return;
        };
        self.by_hand = endpoint.starts_with("paste:");
        // Both ends of a line are there already.
        self.alone = *alone || endpoint == "line:";
        let (servers, hosts) = (ice_servers.join(" "), hosts.join(" "));
        let parts = [
            ("endpoint", endpoint),
            ("room", room),
            ("dialect", dialect),
            ("mode", mode),
            ("ice-servers", &servers),
            ("hosts", &hosts),
        ];
        let parts = parts.map(|(name, value)| (name.to_owned(), value.clone()));
        let vars = vars
            .iter()
            .map(|(name, value)| (field_of(name), value.clone()));
        self.parts = parts.into_iter().chain(vars).collect();
        self.link();
        let how = if self.by_hand {
            "ui.invite.paste"
        } else if endpoint.starts_with("tabs:") {
            "ui.invite.tabs"
        } else {
            "ui.invite.relay"
        };
        let mut how = self.words.text(how);
        let own = self.own_document();
        if own.is_some_and(|document| fragment(document).is_none()) {
            how = [&how, " ", &self.words.text("ui.invite.document")].concat();
        }
        dom::say(&self.how, &how);
        dom::show(&self.card, self.by_hand);
    }

    /// The server gave the room a name: the other side has to know that one.
    fn rename(&mut self, room: &str) {
        for (name, value) in &mut self.parts {
            if name == "room" {
                room.clone_into(value);
            }
        }
        self.link();
    }

    /// The document of the user's own that the run speaks.
    fn own_document(&self) -> Option<&str> {
        let is_dialect = |(name, value): &(String, String)| name == "dialect" && value == "custom";
        let speaks = self.parts.iter().any(is_dialect);
        self.document.as_deref().filter(|_| speaks)
    }

    fn link(&self) {
        let parts: Vec<(&str, &str)> = self
            .parts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let coded = self.own_document().and_then(fragment);
        let link = link(&parts, coded.as_deref());
        dom::mark(&self.open, "href", &link);
        self.link.set_value(&link);
    }
}

/// A link to this page: its known public parts, and perhaps a dialect's document.
pub(super) fn link(parts: &[(&str, &str)], document: Option<&str>) -> String {
    let query = query(parts, |part| encode_uri_component(part).into());
    let fragment = document.map_or_else(String::new, |coded| ["#dialect=", coded].concat());
    [page_address(), query, fragment].concat()
}

/// The address of this page without its query and fragment.
fn page_address() -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |part: Option<Result<String, _>>| part.and_then(Result::ok).unwrap_or_default();
    let origin = part(location.as_ref().map(|location| location.origin()));
    origin + &part(location.as_ref().map(|location| location.pathname()))
}

/// The parts that have a value, as a query.
fn query(parts: &[(&str, &str)], encode: impl Fn(&str) -> String) -> String {
    let known = parts.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = known
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    format!("?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_link_holds_only_the_parts_that_have_a_value() {
        let parts = [("endpoint", "tabs:"), ("room", "a b"), ("ice-servers", "")];
        assert_eq!(
            query(&parts, |part| part.replace(' ', "%20")),
            "?endpoint=tabs:&room=a%20b"
        );
    }
}
