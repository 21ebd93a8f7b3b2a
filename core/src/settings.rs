//! What the user chose before joining, read from the form's fields and checked before anything is contacted.

use crate::ice_servers;
use crate::io::{Contact, Role};
use crate::words::{Message, say};

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
}

/// A field of the form and its value.
pub type Field = (String, String);

/// A mistake in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMistake {
    pub field: &'static str,
    pub message: Message,
}

/// What the page knows of the form before the user touches it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Start {
    /// The values the form begins with, and who named each (`default`, `link`, `page`).
    pub fields: Vec<(String, String, &'static str)>,
    /// The page was loaded over https, so that a plain `ws:` endpoint is blocked (mixed content).
    pub https: bool,
}

const LONGEST_ROOM: usize = 128;
const LONGEST_LABEL: usize = 1024;

impl Settings {
    /// Reads and checks the form; all mistakes at once.
    pub fn read(fields: &[Field], start: &Start) -> Result<Self, Vec<FieldMistake>> {
        let mut mistakes = Vec::new();
        let mut keep =
            |field: &'static str, message: Message| mistakes.push(FieldMistake { field, message });
        let value = |name: &str| value(fields, start, name);
        let endpoint = endpoint(value("endpoint"), start.https).unwrap_or_else(|message| {
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
        )
        .unwrap_or_else(|wrong| {
            keep(wrong.field, wrong.message);
            Vec::new()
        });
        let (label, channel) = channel(&value).unwrap_or_else(|wrong| {
            keep(wrong.field, wrong.message);
            (String::new(), ChannelOptions::reliable())
        });
        let dialect = Some(value("dialect").trim())
            .filter(|name| !name.is_empty())
            .unwrap_or("relay");
        let settings = Self {
            endpoint,
            room: room.to_owned(),
            dialect: dialect.to_owned(),
            mode,
            role,
            ice_servers,
            label,
            channel,
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

/// What joining with these fields would contact, as far as they can be read.
pub fn contacts(fields: &[Field], start: &Start) -> Vec<Contact> {
    let named_by = |name: &str| {
        let current = value(fields, start, name);
        let begun = start.fields.iter().find(|(field, ..)| field == name);
        say(match begun {
            Some((_, text, by)) if text == current => match *by {
                "link" => "named.link",
                "page" => "named.page",
                _ => "named.default",
            },
            _ => "named.you",
        })
    };
    let mut contacts = Vec::new();
    if let Ok(Endpoint::Socket(url)) = endpoint(value(fields, start, "endpoint"), false)
        && let Some(host) = host(&url)
    {
        contacts.push(Contact {
            host: host.to_owned(),
            purpose: say("contact.signaling"),
            named_by: named_by("endpoint"),
        });
    }
    for (url, host) in ice_servers::hosts(value(fields, start, "ice-servers")) {
        let purpose = if url.starts_with("turn") {
            say("contact.turn")
        } else {
            say("contact.stun")
        };
        contacts.push(Contact {
            host,
            purpose,
            named_by: named_by("ice-servers"),
        });
    }
    contacts
}

/// The host and port of a `ws:` or `wss:` URL, without user information.
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '{']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

fn value<'a>(fields: &'a [Field], start: &'a Start, name: &str) -> &'a str {
    let typed = fields
        .iter()
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.as_str());
    let begun = || {
        start
            .fields
            .iter()
            .find(|(field, ..)| field == name)
            .map(|(_, value, _)| value.as_str())
    };
    typed.or_else(begun).unwrap_or("")
}

fn endpoint(text: &str, https: bool) -> Result<Endpoint, Message> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" => return Err(say("field.endpoint-empty")),
        "tabs:" => return Ok(Endpoint::Tabs),
        "paste:" => return Ok(Endpoint::Paste),
        _ => {}
    }
    let secure = lower.starts_with("wss://");
    if lower.starts_with("http://") || lower.starts_with("https://") {
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        let better = if lower.starts_with("https") {
            "wss"
        } else {
            "ws"
        };
        return Err(say("field.endpoint-http").with("better", format!("{better}://{rest}")));
    }
    if !secure && !lower.starts_with("ws://") {
        return Err(say("field.endpoint-scheme"));
    }
    let host = host(text).ok_or_else(|| say("field.endpoint-host"))?;
    if text.contains(char::is_whitespace) {
        return Err(say("field.endpoint-space"));
    }
    if text.contains('#') {
        return Err(say("field.endpoint-fragment"));
    }
    if https && !secure && !is_loopback(host) {
        return Err(say("field.endpoint-mixed").with("host", host));
    }
    Ok(Endpoint::Socket(text.to_owned()))
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.starts_with("127.") || name == "[::1]"
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

fn channel<'a>(
    value: &impl Fn(&'static str) -> &'a str,
) -> Result<(String, ChannelOptions), FieldMistake> {
    let max_retransmits = number("max-retransmits", value("max-retransmits"))?;
    let max_packet_life_time = number("max-packet-life-time", value("max-packet-life-time"))?;
    if max_retransmits.is_some() && max_packet_life_time.is_some() {
        return Err(FieldMistake {
            field: "max-packet-life-time",
            message: say("field.one-limit"),
        });
    }
    let label = Some(value("label").trim())
        .filter(|label| !label.is_empty())
        .unwrap_or("chat")
        .to_owned();
    let protocol = value("protocol").trim().to_owned();
    for (field, text) in [("label", &label), ("protocol", &protocol)] {
        if text.len() > LONGEST_LABEL {
            return Err(FieldMistake {
                field,
                message: say("field.too-long").with("limit", LONGEST_LABEL),
            });
        }
    }
    let ordered = !matches!(value("ordered").trim(), "false" | "no" | "off");
    Ok((
        label,
        ChannelOptions {
            ordered,
            max_retransmits,
            max_packet_life_time,
            protocol,
            negotiated: None,
        },
    ))
}

fn number(field: &'static str, text: &str) -> Result<Option<u16>, FieldMistake> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let message = || {
        say("field.number")
            .with("value", text)
            .with("limit", u16::MAX - 1)
    };
    let number = text.parse::<u16>().ok().filter(|number| *number < u16::MAX);
    number.map(Some).ok_or_else(|| FieldMistake {
        field,
        message: message(),
    })
}
