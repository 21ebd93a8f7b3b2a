//! The URL of a connection, its holes percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::document::Address;
use super::example::{Example, Hole, Piece};
use super::parse;
use super::value::text_in;
use super::write::Scope;

/// What `encodeURIComponent` leaves alone, less the marks that mean something to servers.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Text as one component of a URL.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The finished URL; the error names a hole without a value.
pub(crate) fn fill(address: &Address, scope: &Scope<'_>) -> Result<String, String> {
    let mut url = String::new();
    let text: &[Piece] = if let Example::Text(pieces) = &address.text {
        pieces
    } else {
        &[]
    };
    for (index, piece) in text.iter().enumerate() {
        match piece {
            Piece::Hole(hole) if index == 0 => start(&value(hole, scope)?, scope, &mut url)?,
            piece => pour(piece, scope, &mut url)?,
        }
    }
    let query = scope.fill(&address.query).map_err(Hole::name)?;
    if let Some(Value::Object(query)) = query {
        for (key, value) in &query {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&encode(key));
            url.push('=');
            url.push_str(&encode(&text_in(value)));
        }
    }
    Ok(url)
}

/// What the user typed, not encoded; it may hold holes itself (`ws://host/any/{room}`), which are.
fn start(typed: &str, scope: &Scope<'_>, url: &mut String) -> Result<(), String> {
    match parse::pieces(typed) {
        Ok(pieces) => pieces.iter().try_for_each(|piece| pour(piece, scope, url)),
        // Braces that are no holes are meant word for word.
        Err(_) => {
            url.push_str(typed);
            Ok(())
        }
    }
}

fn pour(piece: &Piece, scope: &Scope<'_>, url: &mut String) -> Result<(), String> {
    match piece {
        Piece::Literal(literal) => {
            // An endpoint may end in the slash that the rest begins with.
            let rest = literal.strip_prefix('/').filter(|_| url.ends_with('/'));
            url.push_str(rest.unwrap_or(literal));
        }
        Piece::Hole(hole) => url.push_str(&encode(&value(hole, scope)?)),
    }
    Ok(())
}

fn value(hole: &Hole, scope: &Scope<'_>) -> Result<String, String> {
    let value = scope.hole(hole).map_err(Hole::name)?;
    Ok(text_in(&value.ok_or_else(|| hole.name())?))
}
