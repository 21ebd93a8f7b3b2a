//! Which browser offers and which answers.

use std::fmt;

/// A browser under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    Chromium,
    Firefox,
}

impl fmt::Display for Browser {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        })
    }
}

/// The offerer's and the answerer's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pairing {
    pub offerer: Browser,
    pub answerer: Browser,
}

const fn of(offerer: Browser, answerer: Browser) -> Pairing {
    Pairing { offerer, answerer }
}

/// Two tabs of one browser.
pub const CHROMIUM: Pairing = of(Browser::Chromium, Browser::Chromium);
/// Two tabs of one browser.
pub const FIREFOX: Pairing = of(Browser::Firefox, Browser::Firefox);
/// Both browsers by themselves.
pub const SAME: [Pairing; 2] = [CHROMIUM, FIREFOX];
/// All four.
pub const ALL: [Pairing; 4] = [
    CHROMIUM,
    FIREFOX,
    of(Browser::Chromium, Browser::Firefox),
    of(Browser::Firefox, Browser::Chromium),
];

impl fmt::Display for Pairing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_to_{}", self.offerer, self.answerer)
    }
}
