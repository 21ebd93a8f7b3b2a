//! The record of a run, read back: what [`crate::timeline`] writes becomes events again, and files come from it and lead to it.

mod clock;
mod document;
mod file;
mod internals;
mod known;
mod object;
mod observed;
mod private;
mod rtcstats;
mod run;
mod told;
mod trace;

use serde_json::Value;

use crate::io::{Event, What};
pub use file::{About, Format, LONGEST, MOST_EVENTS, Opened, Run, open, too_large, write};
use object::Object;
pub use private::Keep;

/// Reads one event from its JSON text.
///
/// What the text does not hold is left empty: documents of dialects, and whose command an outcome answers.
///
/// # Errors
/// Names the kind and the member that is missing or unknown (`description: sdp`). A kind of a newer version is unknown.
pub fn read_event(text: &str) -> Result<Event, String> {
    let value: Value = serde_json::from_str(text).map_err(|wrong| wrong.to_string())?;
    event(&value)
}

/// Reads one event from its JSON.
///
/// # Errors
/// As [`read_event`].
pub fn event(value: &Value) -> Result<Event, String> {
    let data = Object::new(value).map_err(|name| name.to_owned())?;
    let kind = data.text("kind").map_err(str::to_owned)?;
    let read = || -> Result<Event, &'static str> {
        Ok(Event {
            at: data.time("at")?,
            attempt: data.number("attempt")?,
            what: what(kind, &data)?,
        })
    };
    read().map_err(|name| format!("{kind}: {name}"))
}

/// Asks each part of the vocabulary whether the kind is one of its own.
fn what(kind: &str, data: &Object<'_>) -> Result<What, &'static str> {
    type Part = fn(&str, &Object<'_>) -> Result<Option<What>, &'static str>;
    let parts: [Part; 6] = [
        run::stay,
        run::signals,
        run::steps,
        run::media,
        observed::read,
        told::read,
    ];
    for part in parts {
        if let Some(what) = part(kind, data)? {
            return Ok(what);
        }
    }
    Err("kind")
}
