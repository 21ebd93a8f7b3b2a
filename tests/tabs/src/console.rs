//! What Chromium's own console holds, beyond what the probe in the page sees: it begins before the page's first script.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::Value;

/// chromedriver's command for the browser's log; geckodriver has none.
#[derive(Debug)]
struct ReadLog;

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(r#"{"type":"browser"}"#.to_owned()))
    }
}

/// The warnings and errors in the console of the present tab since the last call.
pub(crate) async fn chromium(client: &Client) -> anyhow::Result<Vec<String>> {
    let log = client.issue_cmd(ReadLog).await?;
    let entries = log.as_array().cloned().unwrap_or_default();
    let bad = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
    let line = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
    Ok(entries.iter().filter(bad).map(line).collect())
}
