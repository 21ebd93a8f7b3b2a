//! What an element begins with: its attributes, and defaults for what they leave open.

use web_sys::HtmlElement;
use webrtc_steps_core::room;
use webrtc_steps_core::settings::Start;

use crate::app::Beginning;
use crate::views;

/// Field names and the attribute each is read from, with what stands in for a missing one.
const FIELDS: [(&str, &str, &str); 6] = [
    ("endpoint", "endpoint", "tabs:"),
    ("room", "room", ""),
    ("dialect", "dialect", "relay"),
    ("mode", "mode", "manual"),
    ("role", "peer-role", "auto"),
    ("ice-servers", "ice-servers", ""),
];

/// Reads the host's attributes. `data-named-by-link` lists the fields that came by link.
pub(crate) fn read(host: &HtmlElement) -> Beginning {
    let seed = random();
    let by_link = host.get_attribute("data-named-by-link").unwrap_or_default();
    let mut fields = Vec::new();
    for (field, attribute, default) in FIELDS {
        let given = host
            .get_attribute(attribute)
            .filter(|value| !value.is_empty());
        let named_by = match &given {
            None => "default",
            Some(_) if by_link.split_ascii_whitespace().any(|name| name == field) => "link",
            Some(_)
                if field == "endpoint"
                    && host
                        .get_attribute("data-named-by-default")
                        .is_some_and(|names| names.contains("endpoint")) =>
            {
                "default"
            }
            Some(_) => "page",
        };
        let made = || {
            if field == "room" {
                room::name(seed[0], seed[1])
            } else {
                default.to_owned()
            }
        };
        fields.push((field.to_owned(), given.unwrap_or_else(made), named_by));
    }
    let value = |name: &str| {
        fields
            .iter()
            .find(|(field, ..)| field == name)
            .map(|(_, value, _)| value.clone())
            .unwrap_or_default()
    };
    let views = views::Start {
        endpoint: value("endpoint"),
        room: value("room"),
        dialect: value("dialect"),
        mode: value("mode"),
        role: value("role"),
        ice_servers: value("ice-servers"),
    };
    let https = web_sys::window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|scheme| scheme == "https:");
    Beginning {
        start: Start {
            fields,
            https,
            epoch: crate::timers::epoch(),
        },
        views,
        seed: seed[2],
    }
}

/// Random bits from the browser: two for a room's name, one for the session.
fn random() -> [u64; 3] {
    let mut bytes = [0_u8; 24];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // It fails only above 64 KiB.
        let _filled = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let mut words = [0_u64; 3];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = chunk
            .iter()
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
    }
    words
}
