//! The join link: made of what a run told of itself, public parts only.

use js_sys::encode_uri_component;
use webrtc_steps_core::io::{Event, What};
use webrtc_steps_core::settings::field_of;

use crate::views::workbench::fragment;

/// A fold over events: what the link to the present run carries.
#[derive(Debug, Clone, Default)]
pub struct JoinLink {
    /// Names and values of the query.
    parts: Vec<(String, String)>,
    /// The user's own document, which the other peer needs too.
    document: Option<String>,
}

impl JoinLink {
    /// Takes one fact; whether the link may be another one now.
    pub fn apply(&mut self, event: &Event) -> bool {
        match &event.what {
            What::Dialect(chosen) => {
                self.document = (chosen.name == "custom").then(|| chosen.document.clone());
                false
            }
            What::Joining { .. } => self.join(&event.what),
            // The server gave the room a name: the other side has to know that one.
            What::RoomNamed { room } => {
                let named = self.parts.iter_mut().find(|(name, _)| name == "room");
                named.map(|(_, value)| room.clone_into(value)).is_some()
            }
            _ => false,
        }
    }

    fn join(&mut self, joining: &What) -> bool {
        let What::Joining {
            endpoint,
            room,
            mode,
            dialect,
            ice_servers,
            vars,
            hosts,
            ..
        } = joining
        else {
            return false;
        };
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
        true
    }

    /// The link; without any part before a run.
    pub fn address(&self) -> String {
        let parts: Vec<(&str, &str)> = self
            .parts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let coded = self.own_document().and_then(fragment);
        link(&parts, coded.as_deref())
    }

    /// A part of the query by its name; empty where there is none.
    pub fn part(&self, name: &str) -> &str {
        let mut parts = self.parts.iter();
        let found = parts.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether the run speaks a document that no link can carry.
    pub(super) fn leaves_out_document(&self) -> bool {
        let own = self.own_document();
        own.is_some_and(|document| fragment(document).is_none())
    }

    /// The document of the user's own that the run speaks.
    fn own_document(&self) -> Option<&str> {
        let speaks = self.part("dialect") == "custom";
        self.document.as_deref().filter(|_| speaks)
    }
}

/// A link to this page: its known public parts, and perhaps a dialect's document.
pub(in crate::views) fn link(parts: &[(&str, &str)], document: Option<&str>) -> String {
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
