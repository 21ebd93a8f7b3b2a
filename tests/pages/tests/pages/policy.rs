//! A strict Content-Security-Policy with Trusted Types: the package runs under it, and the browser has nothing to report.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, ensure};
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::routing::post;
use serde_json::json;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::package::{self, connect, write_page};
use webrtc_steps_pages::site::Site;
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// No more than the element's documentation asks for. Pictures are for the icon that Firefox asks any host for.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; \
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types webrtc-steps; report-uri /reports";
/// Listens before anything else of the page runs.
pub(crate) const WATCH: &str = "window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) =>
        violations.push([effectiveDirective, blockedURI, sample, sourceFile, lineNumber].join(' ')));";
/// Opens everything that is folded, round after round; true when nothing is.
const OPEN_ALL: &str = "window.opened ??= new Set();
    const closed = [...document.querySelectorAll('webrtc-steps')]
        .flatMap((element) => [...element.shadowRoot.querySelectorAll('button[aria-expanded=false], [data-view=workbench]')])
        .filter((button) => !opened.has(button) && button.checkVisibility());
    for (const button of closed.slice(0, 40)) { opened.add(button); button.click(); }
    return opened.size > 20 && closed.length === 0;";
/// What the page must not do, so that the counting is seen to work.
const FORBIDDEN: &str = "const picture = new Image();
    picture.src = 'data:image/png,';
    document.body.append(picture);";

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise(
        "nothing_is_reported_under_a_strict_policy_with_trusted_types",
        &SAME,
        nothing_reported,
    );
}

/// What a browser has reported to its host.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<String>>>);

impl Reports {
    fn all(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn take(&self, body: String) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(body);
    }
}

async fn nothing_reported(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("watch.js"), WATCH)?;
    let head = "<script src=\"watch.js\"></script><script type=\"module\" src=\"steps/webrtc-steps.js\"></script>";
    write_page(folder.path(), head)?;
    let reports = Reports::default();
    let taken = reports.clone();
    let take = async move |body: String| {
        taken.take(body);
        StatusCode::NO_CONTENT
    };
    let policy = SetResponseHeaderLayer::overriding(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    let files = Router::new()
        .nest_service("/steps", ServeDir::new(package::folder()?))
        .fallback_service(ServeDir::new(folder.path()))
        .layer(policy);
    let site = Site::with(files.route("/reports", post(take))).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url("")).await?;
    connect(&page).await?;
    page.until("everything is open", OPEN_ALL).await?;
    let said = page.eval("return violations;", vec![]).await?;
    ensure!(said == json!([]), "{said}");
    ensure!(reports.all().is_empty(), "{:?}", reports.all());
    page.eval(FORBIDDEN, vec![]).await?;
    page.until(
        "the page hears of what is forbidden",
        "return violations.length === 1;",
    )
    .await?;
    while reports.all().is_empty() {
        page.until("the host may hear of it", "return true;")
            .await?;
        tokio::time::sleep(webrtc_steps_tabs::tab::LOOK).await;
    }
    ensure!(reports.all().len() == 1, "{:?}", reports.all());
    Ok(())
}
