//! How long a browser may keep a file: for a year under an address that holds the hash of its content, else until it asks.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};

/// Hexadecimal digits of the hash in an address, `?v=` and the start of the content's SHA-256.
const DIGITS: usize = 16;
/// An address with the hash of what it gives never gives anything else (RFC 8246).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Says for ever where the address holds the hash of the file that is there now. An address of an older page gives the
/// file of now, which may not be kept under the older name.
pub(crate) async fn mark(
    State(folder): State<Arc<Path>>,
    request: Request,
    next: Next,
) -> Response {
    let named = Named::of(request.uri());
    let mut response = next.run(request).await;
    let found = matches!(
        response.status(),
        StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT
    );
    if let Some(named) = named.filter(|_| found)
        && named.holds_in(&folder).await
    {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, FOR_EVER);
    }
    response
}

/// A file and the hash that its address says it has.
struct Named {
    file: PathBuf,
    hash: String,
}

impl Named {
    /// Reads an address; `None` without a hash, or with a path that is more than plain names.
    fn of(uri: &Uri) -> Option<Self> {
        let hash = uri.query()?.strip_prefix("v=")?;
        let is_hash = hash.len() == DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        let file = uri.path().strip_prefix('/')?;
        (is_hash && file.split('/').all(is_plain)).then(|| Self {
            file: file.into(),
            hash: hash.into(),
        })
    }

    async fn holds_in(self, folder: &Path) -> bool {
        let file = folder.join(self.file);
        let hashed = tokio::task::spawn_blocking(move || std::fs::read(file).map(hash));
        matches!(hashed.await, Ok(Ok(hash)) if hash == self.hash)
    }
}

/// A name that leads to nothing but itself.
fn is_plain(name: &str) -> bool {
    let plain = |sign: u8| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign);
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain)
}

fn hash(content: Vec<u8>) -> String {
    let digest = Sha256::digest(content);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .take(DIGITS)
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
