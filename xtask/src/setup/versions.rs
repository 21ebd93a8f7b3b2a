//! The one place where the tools' versions are pinned.

/// trunk: builds the page and serves it while somebody works on it. 0.22 wants a newer rustc than the workspace.
pub(crate) const TRUNK: &str = "0.21.14";
/// geckodriver: WebDriver for Firefox.
pub(crate) const GECKODRIVER: &str = "0.37.1";
/// binaryen (npm): wasm-opt.
pub(crate) const BINARYEN: &str = "132.0.0";
/// wasm-bindgen-cli must equal this package's version in Cargo.lock.
pub(crate) const WASM_BINDGEN_FOLLOWS: &str = "wasm-bindgen";
/// mdBook: a book that the tests put the element into.
pub(crate) const MDBOOK: &str = "0.5.4";
/// matchbox_server and matchbox_socket, which speak to each other.
pub(crate) const MATCHBOX: &str = "0.15.0";
/// gst-plugin-webrtc-signalling: the signaling server of GStreamer's Rust plugins.
pub(crate) const GST_SIGNALLING: &str = "0.15.4";
/// wasm-peers-signaling-server.
pub(crate) const WASM_PEERS: &str = "0.3.0";
