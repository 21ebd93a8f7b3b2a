//! Names that say who talks where: the room, hosts, and what the user answered to a dialect's questions.

use serde_json::Value;

/// A shorter name is left alone inside other texts: it would be found where it is not meant.
const SHORTEST: usize = 4;

/// Names and their stand-ins, the longest first.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: Vec<(String, String)>,
    hosts: usize,
    rooms: usize,
    answers: usize,
}

impl Names {
    /// Learns the names that an event tells.
    pub(super) fn learn(&mut self, event: &Value) {
        let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
        let list = |name: &str| {
            event
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        match text("kind") {
            "joining" => {
                self.host(host_of(text("endpoint")));
                self.room(text("room"));
                list("iceServers")
                    .chain(list("hosts"))
                    .filter_map(Value::as_str)
                    .for_each(|url| self.host(host_of(url)));
                let answers =
                    list("vars").filter_map(|pair| pair.get("value").and_then(Value::as_str));
                answers.for_each(|answer| self.answer(answer));
            }
            "room-named" => self.room(text("room")),
            "contacts" => {
                let hosts = list("contacts")
                    .filter_map(|contact| contact.get("host").and_then(Value::as_str));
                hosts.for_each(|host| self.host(host_of(host)));
            }
            "candidate-error" | "fetching" => self.host(host_of(text("url"))),
            _ => {}
        }
    }

    fn host(&mut self, host: &str) {
        // An address is one of the addresses; a name without a dot is this machine or a transport.
        if host.contains('.') && host.chars().any(char::is_alphabetic) && self.is_new(host) {
            self.hosts += 1;
            self.add(host, format!("host-{}.invalid", self.hosts));
        }
    }

    fn room(&mut self, room: &str) {
        if !room.is_empty() && self.is_new(room) {
            self.rooms += 1;
            self.add(room, format!("room-{}", self.rooms));
        }
    }

    fn answer(&mut self, answer: &str) {
        if !answer.is_empty() && self.is_new(answer) {
            self.answers += 1;
            self.add(answer, format!("answer-{}", self.answers));
        }
    }

    fn is_new(&self, name: &str) -> bool {
        self.known.iter().all(|(known, _)| known != name)
    }

    fn add(&mut self, name: &str, stand_in: String) {
        self.known.push((name.to_owned(), stand_in));
        self.known
            .sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }

    /// The text of a member without the names: one that is nothing but a name, and those that stand free within it.
    pub(super) fn clean(&self, member: &str, text: &str) -> String {
        let whole = matches!(member, "room" | "value" | "host" | "hosts");
        if let Some((_, stand_in)) = self.known.iter().find(|(name, _)| whole && name == text) {
            return stand_in.clone();
        }
        let mut cleaned = text.to_owned();
        for (name, stand_in) in &self.known {
            if name.len() >= SHORTEST && cleaned.contains(name.as_str()) {
                cleaned = replace_free(&cleaned, name, stand_in);
            }
        }
        cleaned
    }
}

/// The host of a URL, of `stun:host:port`, or of `host:port`.
fn host_of(url: &str) -> &str {
    let rest = url
        .split_once("://")
        .or_else(|| url.split_once(':').filter(|(scheme, _)| is_scheme(scheme)));
    let rest = rest.map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.split(':').next().unwrap_or(host)
}

fn is_scheme(word: &str) -> bool {
    matches!(word, "stun" | "stuns" | "turn" | "turns")
}

/// Replaces a name where no letter or digit touches it.
fn replace_free(text: &str, name: &str, stand_in: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some((head, tail)) = rest.split_once(name) {
        let left = head.chars().next_back().or(before);
        let free =
            !left.is_some_and(char::is_alphanumeric) && !tail.starts_with(char::is_alphanumeric);
        replaced.push_str(head);
        replaced.push_str(if free { stand_in } else { name });
        before = name.chars().next_back();
        rest = tail;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::{host_of, replace_free};

    #[test]
    fn the_host_of_an_address_is_found() {
        for (url, host) in [
            ("wss://relay.example:8443/rooms/{room}?a=b", "relay.example"),
            ("turn:turn.example:3478?transport=tcp", "turn.example"),
            ("https://user@relay.example/", "relay.example"),
            ("relay.example", "relay.example"),
            ("tabs:", "tabs"),
            ("line:", "line"),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
    }

    #[test]
    fn a_name_is_replaced_where_it_stands_free() {
        let replaced = replace_free(
            "amber-fox, amber-foxes, \"amber-fox\"",
            "amber-fox",
            "room-1",
        );
        assert_eq!(replaced, "room-1, amber-foxes, \"room-1\"");
    }
}
