//! `cargo xtask size [--first]`: what a static host would send, file by file, and what a browser fetches until the first
//! connection; with `--first` only the files of that.

use crate::{build, setup, stamp};
use anyhow::{Context, Result, bail};

/// What the browser may fetch until the first connection, in brotli.
const BUDGET: usize = 90_000;
/// Files that no first visit fetches, by the start of their path in dist/.
const LATER: &[&str] = &[
    "dialects/",
    "webrtc-steps-workbench.css",
    "webrtc-steps-later.js",
    "webrtc-steps-places.js",
    "webrtc-steps-pair-",
    "webrtc-steps-pair.css",
    "webrtc-steps-side.css",
    "panels/",
    "wasm/webrtc-steps-panels",
    "words/en/",
    "words/de",
    "webrtc-steps.d.ts",
    "webrtc-steps-react.d.ts",
];
/// Among these what a first visit does fetch: the list of dialects in the start form, and the words of the page around it.
const FIRST: &[&str] = &["dialects/index.json", "words/en/page.json"];

/// Builds the release page and prints its sizes in bytes; an error if it is over the budget.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let first_only = match args {
        [] => false,
        [word] if word == "--first" => true,
        _ => bail!("`cargo xtask size` takes `--first` or nothing"),
    };
    let dist = build::page(&setup::page()?)?;
    let mut files = Vec::new();
    stamp::collect(&dist, &mut files)?;
    println!(
        "{:40} {:>8} {:>8} {:>8}",
        "file of the release page", "raw", "gzip -9", "brotli"
    );
    let (mut first, mut rest) = (Sizes::default(), Sizes::default());
    for file in &files {
        let name = file
            .strip_prefix(&dist)
            .unwrap_or(file)
            .display()
            .to_string();
        let bytes = std::fs::read(file).with_context(|| format!("reading {name}"))?;
        let sizes = Sizes::of(&bytes).with_context(|| format!("compressing {name}"))?;
        let later =
            !FIRST.contains(&name.as_str()) && LATER.iter().any(|start| name.starts_with(start));
        match later {
            true if first_only => {}
            true => sizes.print(&format!("{name} (later)")),
            false => sizes.print(&name),
        }
        let sum = if later { &mut rest } else { &mut first };
        *sum = sum.plus(sizes);
    }
    first.print("until the first connection");
    rest.print("later, when it is needed");
    verdict(first.brotli)
}

#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Sizes {
    fn of(bytes: &[u8]) -> std::io::Result<Self> {
        Ok(Self {
            raw: bytes.len(),
            gzip: stamp::gzip(bytes)?.len(),
            brotli: stamp::brotli(bytes)?.len(),
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }

    fn print(self, name: &str) {
        println!(
            "{name:40} {:>8} {:>8} {:>8}",
            self.raw, self.gzip, self.brotli
        );
    }
}

fn verdict(brotli: usize) -> Result<()> {
    if brotli > BUDGET {
        bail!(
            "the page is {brotli} bytes in brotli until the first connection, and should stay within {BUDGET}"
        );
    }
    println!("{brotli} of {BUDGET} bytes in brotli");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_gets_smaller_and_nothing_is_lost_from_the_count() {
        let sizes = Sizes::of(&b"candidate ".repeat(1000)).unwrap();
        assert_eq!(sizes.raw, 10_000);
        assert!(sizes.brotli > 0 && sizes.gzip > sizes.brotli && sizes.gzip < 200);
    }

    #[test]
    fn a_page_over_the_budget_is_an_error() {
        assert!(verdict(BUDGET).is_ok());
        assert!(verdict(BUDGET + 1).is_err());
    }
}
