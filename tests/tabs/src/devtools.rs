//! Chromium's own protocol through its driver, for what WebDriver has no command for.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// A command of the Chrome DevTools Protocol; its answer is the command's result.
#[derive(Debug)]
pub(crate) struct DevTools {
    pub(crate) method: &'static str,
    pub(crate) parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.method, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}
