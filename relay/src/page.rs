//! The built page as static files, and the headers that every response carries.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower_http::{compression::CompressionLayer, services::ServeDir};

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
    let files = ServeDir::new(folder).fallback(missing);
    Ok(Router::new()
        .fallback_service(files)
        .layer(CompressionLayer::new()))
}

/// Adds what every response carries.
pub(crate) async fn add_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.extend(EVERYWHERE);
    // File names carry no hash: a browser may keep a file, but asks each time whether it is still the same.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn has_index(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

fn not_found(sentence: &'static str) -> Response {
    (StatusCode::NOT_FOUND, sentence).into_response()
}
