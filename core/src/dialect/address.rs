//! The URL of a connection, its holes percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::document::Address;
use super::example::{Example, Hole, Piece};
use super::parse;
use super::value::text_in;
use super::write::{Scope, Unfilled};

/// The longest URL, in bytes; a hole that would make it longer counts as one without a value.
const MOST_URL: usize = 16 * 1024;

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

/// What a URL is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `ws:` or `wss:`
    Socket,
    /// `http:` or `https:`
    Http,
}

/// The finished URL of the socket; the error names a hole without a value.
pub(crate) fn fill(address: &Address, scope: &Scope<'_>) -> Result<String, String> {
    let mut url = fill_text(&address.text, Scheme::Socket, scope)?;
    let query = scope.fill(&address.query).map_err(|why| match why {
        Unfilled::NoValue(hole) => hole,
        Unfilled::TooLong => "query".to_owned(),
    })?;
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

/// A URL that starts with a hole, whose scheme is put right; the error names a hole without a value.
pub(crate) fn fill_text(
    text: &Example,
    scheme: Scheme,
    scope: &Scope<'_>,
) -> Result<String, String> {
    let mut url = String::new();
    let pieces: &[Piece] = if let Example::Text(pieces) = text {
        pieces
    } else {
        &[]
    };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            // Only what the user typed may hold holes itself; what a server gave is taken as it is.
            Piece::Hole(hole) if index == 0 && hole.name() == "endpoint" => {
                start(&value(hole, scope)?, scope, &mut url)?;
            }
            Piece::Hole(hole) if index == 0 => url.push_str(&value(hole, scope)?),
            piece => pour(piece, scope, &mut url)?,
        }
    }
    Ok(scheme.of(url))
}

impl Scheme {
    fn of(self, url: String) -> String {
        let pairs = match self {
            Self::Socket => [("https://", "wss://"), ("http://", "ws://")],
            Self::Http => [("wss://", "https://"), ("ws://", "http://")],
        };
        let known = pairs
            .into_iter()
            .find_map(|(from, to)| Some([to, url.strip_prefix(from)?].concat()));
        known.unwrap_or(url)
    }
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
        Piece::Hole(hole) => {
            url.push_str(&encode(&value(hole, scope)?));
            if url.len() > MOST_URL {
                return Err(hole.name());
            }
        }
    }
    Ok(())
}

fn value(hole: &Hole, scope: &Scope<'_>) -> Result<String, String> {
    let value = scope.hole(hole).ok().flatten();
    Ok(text_in(&value.ok_or_else(|| hole.name())?))
}
