//! The one place where the tools' versions are pinned.

/// trunk: builds the page and serves it while somebody works on it. 0.22 wants a newer rustc than the workspace.
pub(crate) const TRUNK: &str = "0.21.14";
/// geckodriver: WebDriver for Firefox.
pub(crate) const GECKODRIVER: &str = "0.37.1";
/// binaryen (npm): wasm-opt.
pub(crate) const BINARYEN: &str = "132.0.0";
/// wasm-bindgen-cli must equal this package's version in Cargo.lock.
pub(crate) const WASM_BINDGEN_FOLLOWS: &str = "wasm-bindgen";
