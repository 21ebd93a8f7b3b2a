//! What an element begins with: its attributes, and defaults for what they leave open.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use webrtc_steps_core::room;
use webrtc_steps_core::settings::Start;

use crate::app::Beginning;
use crate::views;

/// Field names and the attribute each is read from, with what stands in for a missing one.
const FIELDS: [(&str, &str, &str); 9] = [
    ("endpoint", "endpoint", "tabs:"),
    ("room", "room", ""),
    ("dialect", "dialect", "relay"),
    ("mode", "mode", "manual"),
    ("role", "peer-role", "auto"),
    ("ice-servers", "ice-servers", ""),
    ("ice-transport-policy", "ice-transport-policy", "all"),
    ("hosts", "hosts", ""),
    ("dialect-document", "dialect-document", ""),
];
/// The attribute `var-NAME` is the field `var.NAME`. Attributes have no capitals, so those of a name do not count.
const VARIABLE: (&str, &str) = ("var-", "var.");

/// A field's name, its value, and who named that.
type Begun = (String, String, &'static str);

/// Reads the host's attributes. `data-named-by-link` lists the fields that came by link. `place` says which
/// documents lie beside the module, and gives them.
pub(crate) fn read(host: &HtmlElement, place: &Object) -> Beginning {
    let seed = random();
    let mut fields = Vec::new();
    for (_, attribute, _) in FIELDS {
        fields.extend(of_attribute(host, attribute, seed));
    }
    for attribute in host.get_attribute_names() {
        let attribute = attribute.as_string().unwrap_or_default();
        if attribute.starts_with(VARIABLE.0) {
            fields.extend(of_attribute(host, &attribute, seed));
        }
    }
    let line = Some(get(place, "line")).filter(JsValue::is_object);
    let window = web_sys::window();
    let scheme = window
        .as_ref()
        .and_then(|window| window.location().protocol().ok());
    let window = window.map_or(JsValue::UNDEFINED, JsValue::from);
    Beginning {
        views: views::Start {
            fields: fields.clone(),
            dialects: dialects(place),
        },
        start: Start {
            fields,
            https: scheme.is_some_and(|scheme| scheme == "https:"),
            epoch: crate::timers::epoch(),
            agent: get(&get(&window, "navigator"), "userAgent")
                .as_string()
                .unwrap_or_default(),
            secure: get(&window, "isSecureContext").is_truthy(),
            hidden: hidden(),
            let_me_fail: false,
            line: line.is_some(),
        },
        line,
        beside: get(place, "document").unchecked_into(),
        seed: seed[2],
    }
}

/// The field that an attribute of the host names: what it begins with now, and who named that.
pub(crate) fn field(host: &HtmlElement, attribute: &str) -> Option<Begun> {
    of_attribute(host, attribute, random())
}

fn of_attribute(host: &HtmlElement, attribute: &str, seed: [u64; 3]) -> Option<Begun> {
    let mut fields = FIELDS.iter();
    let named = fields.find(|(_, known, _)| *known == attribute);
    let (field, default) = match named {
        Some((field, _, default)) => ((*field).to_owned(), *default),
        None => {
            let name = attribute.strip_prefix(VARIABLE.0)?;
            ([VARIABLE.1, name].concat(), "")
        }
    };
    let given = host
        .get_attribute(attribute)
        .filter(|value| !value.is_empty());
    let named_by = named_by(host, &field, given.is_some());
    let value = given.unwrap_or_else(|| {
        if field == "room" {
            room::name(seed[0], seed[1])
        } else {
            default.to_owned()
        }
    });
    Some((field, value, named_by))
}

/// Whether the page is in the background.
pub(crate) fn hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| get(&document, "hidden").is_truthy())
}

/// Who named the value of a field.
fn named_by(host: &HtmlElement, field: &str, given: bool) -> &'static str {
    let listed = |attribute: &str| {
        let names = host.get_attribute(attribute).unwrap_or_default();
        let mut names = names.split_ascii_whitespace();
        names.any(|name| name.eq_ignore_ascii_case(field))
    };
    match given {
        false => "default",
        true if listed("data-named-by-link") => "link",
        true if listed("data-named-by-default") => "default",
        true => "page",
    }
}

/// The documents that lie beside the module: name and title.
fn dialects(place: &Object) -> Vec<(String, String)> {
    let list = get(place, "dialects");
    let list = if Array::is_array(&list) {
        Array::from(&list)
    } else {
        Array::new()
    };
    let rows = list.iter().filter_map(|row| {
        let name = get(&row, "name").as_string()?;
        let title = get(&row, "title").as_string()?;
        Some((name, title))
    });
    rows.collect()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
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
