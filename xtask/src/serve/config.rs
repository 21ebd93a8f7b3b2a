//! Trunk.toml as `serve` uses it: with the port of this relay, and into a folder other than dist/.

use super::ports::Ports;
use crate::repo;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// The relay's port in Trunk.toml, replaced by the one that was asked for.
pub(crate) const RELAY_PORT: u16 = 8081;

/// Writes a Trunk.toml with the relay's port in its proxies, for trunk's flags can name one proxy only; gives its path.
pub(crate) fn write(ports: Ports) -> Result<PathBuf> {
    let text = with_relay_port(&repo::read("Trunk.toml")?, ports.relay)?;
    // What an earlier run left must not pass for this one's page.
    if page_dir().exists() {
        std::fs::remove_dir_all(page_dir()).context("removing the page of an earlier run")?;
    }
    std::fs::create_dir_all(page_dir()).context("making the folder of the served page")?;
    let config = repo::path("target/serve/Trunk.toml");
    std::fs::write(&config, text).context("writing trunk's configuration")?;
    Ok(config)
}

/// Where the served page is built.
pub(crate) fn page_dir() -> PathBuf {
    repo::path("target/serve/page")
}

fn with_relay_port(config: &str, port: u16) -> Result<String> {
    let default = format!("//127.0.0.1:{RELAY_PORT}/");
    if !config.contains(&default) {
        bail!("Trunk.toml has no proxy to {default}, so the page could not reach the relay");
    }
    Ok(config.replace(&default, &format!("//127.0.0.1:{port}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proxy_of_the_served_page_leads_to_the_chosen_relay() {
        let config = with_relay_port(&repo::read("Trunk.toml").unwrap(), 9001).unwrap();
        assert_eq!(config.matches("//127.0.0.1:9001/").count(), 2, "{config}");
        assert!(!config.contains("8081"), "{config}");
    }

    /// The page's policy in a file, as one line whatever the file wraps it in.
    fn policy(file: &str) -> String {
        let text = repo::read(file).unwrap();
        let start = text.find("default-src 'none'").unwrap();
        let end = start + text[start..].find('"').unwrap();
        let words = text[start..end]
            .split_whitespace()
            .filter(|&word| word != "\\");
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_served_page_has_the_policy_of_the_deployed_one() {
        let served = policy("Trunk.toml");
        assert_eq!(served, policy("relay/src/page.rs"));
        // A policy in a meta element may not say who frames the page.
        assert_eq!(
            served.replace(" frame-ancestors *;", ""),
            policy("www/index.html")
        );
    }
}
