//! The bench's command line.

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use webrtc_steps_tabs::pairing::Browser;

/// The fewest runs whose quartiles say anything.
const FEWEST: usize = 4;

/// What to measure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Counted runs of each page in each browser.
    pub(crate) runs: usize,
    /// Also when each stage of the connection was reached; this slows both pages a little.
    pub(crate) stages: bool,
    /// The first visit and nothing else.
    pub(crate) visit_only: bool,
    pub(crate) browsers: Vec<Browser>,
}

impl Arguments {
    /// Reads them; without a browser's name both are measured.
    pub(crate) fn read(mut words: lexopt::Parser) -> Result<Self> {
        let mut read = Self {
            runs: 20,
            stages: false,
            visit_only: false,
            browsers: Vec::new(),
        };
        while let Some(word) = words.next()? {
            match word {
                Long("runs") => {
                    let number = words.value()?;
                    read.runs = number.parse().context("`--runs` takes a number")?;
                }
                Long("stages") => read.stages = true,
                Long("visit") => read.visit_only = true,
                Value(name) => read.browsers.push(browser(&name.to_string_lossy())?),
                other => return Err(other.unexpected().into()),
            }
        }
        if read.runs < FEWEST {
            bail!(
                "`--runs {}` is too few for quartiles; {FEWEST} is the least",
                read.runs
            );
        }
        if read.browsers.is_empty() {
            read.browsers = vec![Browser::Chromium, Browser::Firefox];
        }
        Ok(read)
    }
}

fn browser(name: &str) -> Result<Browser> {
    let known = [Browser::Chromium, Browser::Firefox];
    known
        .into_iter()
        .find(|browser| browser.to_string() == name)
        .with_context(|| format!("there is no browser `{name}` here; name chromium or firefox"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments> {
        Arguments::read(lexopt::Parser::from_args(words))
    }

    #[test]
    fn without_a_word_twenty_runs_are_counted_in_both_browsers() {
        let arguments = read(&[]).unwrap();
        assert_eq!((arguments.runs, arguments.stages), (20, false));
        assert_eq!(arguments.browsers, [Browser::Chromium, Browser::Firefox]);
    }

    #[test]
    fn a_browser_and_a_number_of_runs_can_be_chosen() {
        let arguments = read(&["firefox", "--runs", "40", "--stages"]).unwrap();
        assert_eq!((arguments.runs, arguments.stages), (40, true));
        assert_eq!(arguments.browsers, [Browser::Firefox]);
    }

    #[test]
    fn a_mistake_is_named() {
        for (words, name) in [
            (&["opera"][..], "opera"),
            (&["--runs", "3"][..], "too few"),
            (&["--runs", "many"][..], "--runs"),
        ] {
            let error = format!("{:#}", read(words).unwrap_err());
            assert!(error.contains(name), "{error}");
        }
    }
}
