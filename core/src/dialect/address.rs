//! The URL of a connection, its holes percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::document::Address;
use super::example::{Hole, Piece};
use super::parse::pieces;
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
    for (index, piece) in address.text.iter().enumerate() {
        match piece {
            Piece::Literal(literal) => {
                if index == 1 && literal.starts_with('/') && url.ends_with('/') {
                    url.pop();
                }
                url.push_str(literal);
            }
            Piece::Hole(hole) => {
                let text = value(hole, scope)?;
                if index == 0 {
                    url.push_str(&expand(&text, scope)?);
                } else {
                    url.push_str(&encode(&text));
                }
            }
        }
    }
    for (key, example) in &address.query {
        if let Some(value) = scope.fill(example).map_err(Hole::name)? {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&encode(key));
            url.push('=');
            url.push_str(&encode(&text_in(&value)));
        }
    }
    Ok(url)
}

/// The endpoint as the user typed it, which may hold holes itself (`ws://host/any/{room}`).
fn expand(endpoint: &str, scope: &Scope<'_>) -> Result<String, String> {
    // A text that is no text with holes is the user's own, word for word.
    let Ok(pieces) = pieces(endpoint) else {
        return Ok(endpoint.to_owned());
    };
    let mut url = String::new();
    for piece in &pieces {
        match piece {
            Piece::Literal(literal) => url.push_str(literal),
            Piece::Hole(hole) if hole.name() == "endpoint" => {
                return Err(hole.name());
            }
            Piece::Hole(hole) => {
                url.push_str(&encode(&value(hole, scope)?));
            }
        }
    }
    Ok(url)
}

fn value(hole: &Hole, scope: &Scope<'_>) -> Result<String, String> {
    match scope.hole(hole) {
        Ok(Some(value)) => Ok(text_in(&value)),
        _ => Err(hole.name()),
    }
}
