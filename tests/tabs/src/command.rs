//! WebDriver commands that fantoccini has no method for.

use anyhow::{Context, Result};
use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::Value;

/// A command below the session's address: read without a body, given with one.
#[derive(Debug)]
struct Command {
    path: String,
    body: Option<String>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        let method = match self.body {
            Some(_) => http::Method::POST,
            None => http::Method::GET,
        };
        (method, self.body.clone())
    }
}

/// Gives a command; answers with its value.
///
/// # Errors
/// Says which command was refused, in the driver's words.
pub async fn give(client: &Client, path: &str, body: Option<&Value>) -> Result<Value> {
    let command = Command {
        path: path.to_owned(),
        body: body.map(Value::to_string),
    };
    let answer = client.issue_cmd(command).await;
    answer.with_context(|| format!("giving the browser's driver the command {path}"))
}

/// Tells Chromium something of its DevTools protocol. Only chromedriver knows this.
///
/// # Errors
/// Says which method was refused.
pub async fn tell_chromium(client: &Client, method: &str, params: &Value) -> Result<Value> {
    let body = serde_json::json!({"cmd": method, "params": params});
    give(client, "goog/cdp/execute", Some(&body)).await
}
