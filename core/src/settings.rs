//! What the user chose before joining, read from the form's fields and checked before anything is contacted.

mod channel;
mod consent;
mod endpoint;
mod hosts;
mod variables;

use std::borrow::Cow;

use crate::ice_servers;
use crate::io::{Millis, Role};
use crate::words::{Message, say};

pub use consent::contacts;
pub use endpoint::{host, own_machine};
pub use hosts::{Hosts, authority};
pub use variables::{answers, field_of, secrets_by_link, shareable};

/// One STUN or TURN server (`RTCIceServer`). The credential is a secret: it is never part of an event, a link or a record.
#[derive(Clone, PartialEq, Eq)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: Option<String>,
    pub credential: Option<String>,
}

impl core::fmt::Debug for IceServer {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("IceServer")
            .field("urls", &self.urls)
            .finish_non_exhaustive()
    }
}

/// The offerer's data channel (`RTCDataChannelInit`): reliable and ordered unless asked otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelOptions {
    pub ordered: bool,
    pub max_retransmits: Option<u16>,
    /// Milliseconds.
    pub max_packet_life_time: Option<u16>,
    pub protocol: String,
    /// The id that both sides agreed on beforehand (`negotiated: true`); none: announced in-band.
    pub negotiated: Option<u16>,
}

/// How much the page does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Each step is a button; candidates go when the button says so.
    Manual,
    /// The same, but candidates go as they come.
    Trickle,
    /// Everything by itself once joined.
    Auto,
}

impl Mode {
    /// The word of the `mode` field.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Trickle => "trickle",
            Self::Auto => "auto",
        }
    }
}

/// Where the signals travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A `ws:` or `wss:` URL, perhaps with holes.
    Socket(String),
    Tabs,
    Paste,
    /// A line to one other element of the page, which the page itself laid.
    Line,
}

/// A checked form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub endpoint: Endpoint,
    pub room: String,
    pub dialect: String,
    pub mode: Mode,
    /// The role asked for; `None` lets the room decide.
    pub role: Option<Role>,
    pub ice_servers: Vec<IceServer>,
    pub label: String,
    pub channel: ChannelOptions,
    /// Hosts that a dialect may be sent to beside the endpoint's.
    pub hosts: Hosts,
    /// `iceTransportPolicy: "relay"`.
    pub relay_only: bool,
}

/// A field of the form and its value.
pub type Field = (String, String);

/// A mistake in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMistake {
    pub field: Cow<'static, str>,
    pub message: Message,
}

impl FieldMistake {
    /// What is wrong with a field.
    pub fn new(field: impl Into<Cow<'static, str>>, message: Message) -> Self {
        let field = field.into();
        Self { field, message }
    }
}

/// What the page knows of the form before the user touches it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Start {
    /// The values the form begins with, and who named each (`default`, `link`, `page`).
    pub fields: Vec<(String, String, &'static str)>,
    /// The page was loaded over https, so that a plain `ws:` endpoint is blocked (mixed content).
    pub https: bool,
    /// The page's time origin, in milliseconds since 1970 (`performance.timeOrigin`).
    pub epoch: Millis,
    /// `navigator.userAgent`.
    pub agent: String,
    /// `isSecureContext`.
    pub secure: bool,
    /// `document.hidden`.
    pub hidden: bool,
    /// The user wants to see the browser refuse what this page would refuse before.
    pub let_me_fail: bool,
    /// The page laid a line to the other element (`line:`).
    pub line: bool,
}

const LONGEST_ROOM: usize = 128;

impl Start {
    /// Who named the value of a field, if it stands as the form began with it; none: the user.
    pub fn named_by(&self, fields: &[Field], name: &str) -> Option<&'static str> {
        let current = given(fields, self, name).unwrap_or("");
        match self.begun(name) {
            Some((text, by)) if text == current => Some(by),
            None if current.is_empty() => Some("default"),
            _ => None,
        }
    }

    /// Sets what a field begins with, and who named it.
    pub fn begin(&mut self, field: String, value: String, by: &'static str) {
        begin(&mut self.fields, field, value, by);
    }

    /// What a field begins with, and who named it. Attributes have no capitals, so those do not count.
    fn begun(&self, name: &str) -> Option<(&str, &'static str)> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(field, ..)| field.eq_ignore_ascii_case(name));
        found.map(|(_, text, by)| (text.as_str(), *by))
    }
}

/// Sets what a field begins with. What nobody names any more has no row: a dialect has its own default then.
pub fn begin(
    fields: &mut Vec<(String, String, &'static str)>,
    field: String,
    value: String,
    by: &'static str,
) {
    fields.retain(|(known, ..)| !known.eq_ignore_ascii_case(&field));
    if by != "default" || !value.is_empty() {
        fields.push((field, value, by));
    }
}

impl Settings {
    /// Reads and checks the form; all mistakes at once.
    pub fn read(fields: &[Field], start: &Start) -> Result<Self, Vec<FieldMistake>> {
        let mut mistakes = Vec::new();
        let mut keep = |field: &'static str, message: Message| {
            mistakes.push(FieldMistake::new(field, message));
        };
        let value = |name: &str| value(fields, start, name);
        let endpoint = endpoint::endpoint(value("endpoint"), start).unwrap_or_else(|message| {
            keep("endpoint", message);
            Endpoint::Paste
        });
        let room = value("room").trim();
        if let Err(message) = check_room(room, &endpoint) {
            keep("room", message);
        }
        let mode = mode(value("mode")).unwrap_or_else(|message| {
            keep("mode", message);
            Mode::Manual
        });
        let role = role(value("role")).unwrap_or_else(|message| {
            keep("role", message);
            None
        });
        let ice_servers = ice_servers::read(
            value("ice-servers"),
            value("ice-username"),
            value("ice-credential"),
            start.let_me_fail,
        )
        .unwrap_or_else(|wrong| {
            mistakes.push(wrong);
            Vec::new()
        });
        let (label, channel) =
            channel::channel(&value, start.let_me_fail).unwrap_or_else(|wrong| {
                mistakes.push(wrong);
                (String::new(), ChannelOptions::reliable())
            });
        let hosts = Hosts::read(value("hosts")).unwrap_or_else(|wrong| {
            mistakes.push(wrong);
            Hosts::default()
        });
        let settings = Self {
            endpoint,
            room: room.to_owned(),
            dialect: dialect(fields, start).to_owned(),
            mode,
            role,
            ice_servers,
            label,
            channel,
            hosts,
            relay_only: value("ice-transport-policy") == "relay",
        };
        if mistakes.is_empty() {
            Ok(settings)
        } else {
            Err(mistakes)
        }
    }
}

impl ChannelOptions {
    /// Reliable and ordered, without a subprotocol.
    pub fn reliable() -> Self {
        Self {
            ordered: true,
            max_retransmits: None,
            max_packet_life_time: None,
            protocol: String::new(),
            negotiated: None,
        }
    }
}

/// The value of a field: as typed, else as the form began.
fn given<'a>(fields: &'a [Field], start: &'a Start, name: &str) -> Option<&'a str> {
    let typed = fields
        .iter()
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.as_str());
    typed.or_else(|| start.begun(name).map(|(text, _)| text))
}

fn value<'a>(fields: &'a [Field], start: &'a Start, name: &str) -> &'a str {
    given(fields, start, name).unwrap_or("")
}

/// The dialect that is asked for.
pub fn dialect<'a>(fields: &'a [Field], start: &'a Start) -> &'a str {
    Some(value(fields, start, "dialect").trim())
        .filter(|name| !name.is_empty())
        .unwrap_or("relay")
}

/// The document that is given for the dialect `custom`.
pub fn document<'a>(fields: &'a [Field], start: &'a Start) -> &'a str {
    value(fields, start, "dialect-document")
}

/// Where the signals travel, as far as the field can be read.
pub fn where_to(fields: &[Field], start: &Start) -> Option<Endpoint> {
    endpoint::endpoint(value(fields, start, "endpoint"), start).ok()
}

fn check_room(room: &str, endpoint: &Endpoint) -> Result<(), Message> {
    if room.is_empty() && *endpoint != Endpoint::Paste {
        return Err(say("field.room-empty"));
    }
    if room.chars().count() > LONGEST_ROOM {
        return Err(say("field.room-long").with("limit", LONGEST_ROOM));
    }
    if room.chars().any(char::is_control) {
        return Err(say("field.room-control"));
    }
    Ok(())
}

fn mode(text: &str) -> Result<Mode, Message> {
    match text.trim() {
        "" | "manual" => Ok(Mode::Manual),
        "trickle" => Ok(Mode::Trickle),
        "auto" => Ok(Mode::Auto),
        other => Err(say("field.mode").with("value", other)),
    }
}

fn role(text: &str) -> Result<Option<Role>, Message> {
    match text.trim() {
        "" | "auto" => Ok(None),
        "offerer" => Ok(Some(Role::Offerer)),
        "answerer" => Ok(Some(Role::Answerer)),
        other => Err(say("field.role").with("value", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, FieldMistake, Settings, Start, contacts};
    use crate::words::say;

    #[test]
    fn a_line_contacts_nobody_and_is_refused_where_the_page_laid_none() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = [field("endpoint", "line:"), field("room", "blue")];
        let mut start = Start::default();
        let refused = FieldMistake::new("endpoint", say("field.endpoint-line"));
        assert_eq!(Settings::read(&fields, &start), Err(vec![refused]));
        start.line = true;
        let settings = Settings::read(&fields, &start).expect("the page laid one");
        assert_eq!(settings.endpoint, Endpoint::Line);
        assert_eq!(contacts(&fields, &start, None), []);
    }
}
