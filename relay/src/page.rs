//! The built page as static files, and the headers that every response carries.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
};
use tower_http::{compression::CompressionLayer, services::ServeDir};

use crate::freshness;

/// A page folder that cannot be served.
#[derive(Debug, thiserror::Error)]
#[error(
    "the page folder {0} holds no index.html; build the page first, or give its folder with --page"
)]
pub struct PageMissing(pub(crate) String);

/// Security headers of every response. The page connects to whatever endpoint its user names, so
/// `connect-src` names schemes; it may be framed anywhere, for it acts on no authority but its user's click.
const EVERYWHERE: [(HeaderName, HeaderValue); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors *; \
             require-trusted-types-for 'script'; trusted-types webrtc-steps",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
];

/// Headers of the page's files: the element may be loaded into pages of any origin. They are the same for everybody, and no cookie
/// of anybody counts.
const FOR_ANY_PAGE: [(HeaderName, HeaderValue); 2] = [
    (
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    ),
];

/// Serves `folder` at every path that has no other route, or a sentence where there is no page.
pub(crate) fn router(folder: Option<PathBuf>) -> Result<Router, PageMissing> {
    let Some(folder) = folder else {
        return Ok(Router::new().fallback(async || not_found("This relay serves no page.\n")));
    };
    if !has_index(&folder) {
        return Err(PageMissing(folder.display().to_string()));
    }
    let missing = Router::new()
        .fallback(async || not_found("There is nothing at this address; the page is at /.\n"));
    // The build lays `FILE.br` and `FILE.gz` beside each file; what comes without is compressed here.
    let files = ServeDir::new(&folder)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(missing);
    let folder: Arc<Path> = folder.into();
    Ok(Router::new()
        .fallback_service(files)
        .layer(CompressionLayer::new())
        .layer(map_response(weaken))
        .layer(map_response(share))
        .layer(from_fn_with_state(folder, freshness::mark)))
}

/// Adds what every response carries.
pub(crate) async fn add_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.extend(EVERYWHERE);
    // A browser may keep a file, but asks each time whether it is still the same, unless its address holds its hash.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// What is compressed on the way need not be the same bytes each time, so its entity tag holds for its meaning only (RFC 9110,
/// 8.8.1). A file that lies there in its encoding has a tag of its own, and its length.
async fn weaken(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let on_the_way = headers.contains_key(header::CONTENT_ENCODING)
        && !headers.contains_key(header::CONTENT_LENGTH);
    if on_the_way
        && let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok())
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        headers.insert(header::ETAG, weak);
    }
    response
}

/// Adds what lets a page of another origin load the file.
async fn share(mut response: Response) -> Response {
    response.headers_mut().extend(FOR_ANY_PAGE);
    response
}

fn has_index(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

fn not_found(sentence: &'static str) -> Response {
    (StatusCode::NOT_FOUND, sentence).into_response()
}
