//! A static host of its own origin, on loopback, with the headers that a test is about.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// A running host. Dropping it ends it.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Site {
    /// Serves each folder below its path (`/` or `/name`), every response with these headers.
    pub async fn serve(
        folders: &[(&str, &Path)],
        headers: &[(&'static str, &str)],
    ) -> Result<Self> {
        let mut router = Router::new();
        for (path, folder) in folders {
            let files = ServeDir::new(folder);
            router = match *path {
                "/" => router.fallback_service(files),
                path => router.nest_service(path, files),
            };
        }
        for (name, value) in headers {
            let value =
                HeaderValue::from_str(value).with_context(|| format!("the header {name}"))?;
            let name = HeaderName::from_static(name);
            router = router.layer(SetResponseHeaderLayer::overriding(name, value));
        }
        Self::with(router).await
    }

    /// Serves what a test has put together.
    ///
    /// # Errors
    /// Says so where no port is free.
    pub async fn with(mut router: Router) -> Result<Self> {
        // What a test changes in a folder is seen at once.
        let fresh = HeaderValue::from_static("no-store");
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            fresh,
        ));
        Self::run(router).await
    }

    /// Serves what a router answers.
    pub async fn run(router: Router) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.context("listening on loopback")?;
        let address = listener.local_addr().context("reading the port")?;
        let serving = tokio::spawn(async move {
            // It ends with the test; a connection that breaks is the browser's affair.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { address, serving })
    }

    /// The address of a path below it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The same host by its name, which is another origin.
    pub fn other_origin(&self, path: &str) -> String {
        format!("http://localhost:{}/{path}", self.address.port())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The built page, where `cargo xtask test` says that it is.
///
/// # Errors
/// Says so where nothing was built.
pub fn built_page() -> Result<PathBuf> {
    let named = std::env::var_os("WEBRTC_STEPS_DIST").map(PathBuf::from);
    named.context(
        "WEBRTC_STEPS_DIST is not set, so nothing was tested. Run `cargo xtask test pages`",
    )
}

/// The built page with files of our own beside it, each by its name; removed when it is dropped.
///
/// # Errors
/// Says what could not be copied.
pub fn page_with(files: &[(&str, &Path)]) -> Result<TempDir> {
    let folder = tempfile::tempdir().context("making a folder for a page")?;
    copy(&built_page()?, folder.path())?;
    for (name, file) in files {
        let copied = fs::copy(file, folder.path().join(name));
        copied.with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let what = || format!("copying {}", from.display());
    for entry in fs::read_dir(from).with_context(what)? {
        let entry = entry.with_context(what)?;
        let to = to.join(entry.file_name());
        if entry.file_type().with_context(what)?.is_dir() {
            fs::create_dir(&to).with_context(what)?;
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).with_context(what)?;
        }
    }
    Ok(())
}

/// The npm packages of the ring.
///
/// # Errors
/// Says so where nothing was installed.
pub fn node_modules() -> Result<PathBuf> {
    installed("PAGES_NODE_MODULES")
}

/// The program mdBook.
///
/// # Errors
/// Says so where it was not installed.
pub fn mdbook() -> Result<PathBuf> {
    installed("PAGES_MDBOOK")
}

fn installed(name: &str) -> Result<PathBuf> {
    let named = std::env::var_os(name).map(PathBuf::from);
    named.with_context(|| {
        format!("{name} is not set, so nothing was tested. Run `cargo xtask test pages`")
    })
}
