//! How many tests passed and failed, read from the lines that test runners print.

use std::fmt;
use std::ops::Add;

/// A count of tests; it prints as the plain line `N passed, N failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    /// What a ring counts as that could not be run at all.
    pub(crate) fn broken() -> Self {
        Self {
            passed: 0,
            failed: 1,
        }
    }

    /// The count in a line `test result: ok. 3 passed; 1 failed; …`, which libtest and wasm-bindgen's runner share; zero in any other.
    pub(crate) fn in_line(line: &str) -> Self {
        let Some((_, numbers)) = line.split_once("test result: ") else {
            return Self::default();
        };
        Self {
            passed: before(numbers, " passed"),
            failed: before(numbers, " failed"),
        }
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number that stands right before a word.
fn before(text: &str, word: &str) -> u64 {
    let Some((head, _)) = text.split_once(word) else {
        return 0;
    };
    let digits = head
        .rsplit(|character: char| !character.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_are_read_from_a_result_line() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(
            Count::in_line(line),
            Count {
                passed: 12,
                failed: 3
            }
        );
    }

    #[test]
    fn a_coloured_result_line_is_read_too() {
        let line =
            "test result: \u{1b}[32mok\u{1b}[0m. 7 passed; 0 failed; 0 ignored; 0 filtered out";
        assert_eq!(
            Count::in_line(line),
            Count {
                passed: 7,
                failed: 0
            }
        );
    }

    #[test]
    fn any_other_line_counts_nothing() {
        assert_eq!(
            Count::in_line("test the_offer_3_passed ... ok"),
            Count::default()
        );
    }

    #[test]
    fn the_sum_prints_as_the_plain_closing_line() {
        let sum = Count {
            passed: 2,
            failed: 0,
        } + Count::broken();
        assert_eq!(sum.to_string(), "2 passed, 1 failed");
    }
}
