//! The lines in which two texts differ.

/// A line that is in one of two texts only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    pub line: &'a str,
    /// It is in the later text, not in the earlier.
    pub new: bool,
}

/// Comparing more than this many pairs of lines would be felt while typing: then a whole stretch counts as replaced.
const MOST_PAIRS: usize = 400_000;

/// The lines in which `after` differs from `before`, in their order; line ends do not count.
pub fn changes<'a>(before: &'a str, after: &'a str) -> Vec<Change<'a>> {
    let before: Vec<&str> = before.lines().map(str::trim_end).collect();
    let after: Vec<&str> = after.lines().map(str::trim_end).collect();
    let pairs = before.iter().zip(&after);
    let head = pairs.take_while(|(one, other)| one == other).count();
    let (before, after) = (rest(&before, head), rest(&after, head));
    let pairs = before.iter().rev().zip(after.iter().rev());
    let tail = pairs.take_while(|(one, other)| one == other).count();
    differ(most(before, tail), most(after, tail))
}

fn rest<'l, 'a>(lines: &'l [&'a str], skipped: usize) -> &'l [&'a str] {
    lines.get(skipped..).unwrap_or_default()
}

fn most<'l, 'a>(lines: &'l [&'a str], without: usize) -> &'l [&'a str] {
    lines.get(..lines.len() - without).unwrap_or_default()
}

/// By the longest common subsequence.
fn differ<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<Change<'a>> {
    let gone = |line: &&'a str| Change { line, new: false };
    let came = |line: &&'a str| Change { line, new: true };
    if before.len().saturating_mul(after.len()) > MOST_PAIRS {
        return before
            .iter()
            .map(gone)
            .chain(after.iter().map(came))
            .collect();
    }
    let lengths = lengths(before, after);
    let length = |i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied();
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    loop {
        match (before.get(i), after.get(j)) {
            (Some(one), Some(other)) if one == other => (i, j) = (i + 1, j + 1),
            (Some(one), other) if other.is_none() || length(i + 1, j) >= length(i, j + 1) => {
                changes.push(gone(one));
                i += 1;
            }
            (_, Some(other)) => {
                changes.push(came(other));
                j += 1;
            }
            (_, None) => return changes,
        }
    }
}

/// For each pair of places, how many lines the two remainders have in common.
fn lengths(before: &[&str], after: &[&str]) -> Vec<Vec<u32>> {
    let mut rows = vec![vec![0; after.len() + 1]];
    for one in before.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0];
        for (at, other) in after.iter().enumerate().rev() {
            let value = |line: &[u32], index: usize| line.get(index).copied().unwrap_or_default();
            let right = row.last().copied().unwrap_or_default();
            row.push(if one == other {
                value(&below, at + 1) + 1
            } else {
                right.max(value(&below, at))
            });
        }
        row.reverse();
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let sign = |change: &Change<'_>| if change.new { "+" } else { "-" };
        let changes = changes(before, after);
        changes
            .iter()
            .map(|change| [sign(change), change.line].concat())
            .collect()
    }

    #[test]
    fn a_changed_line_is_out_and_in_and_the_rest_is_silent() {
        let before = "v=0\r\na=setup:actpass\r\na=mid:0\r\n";
        let after = "v=0\na=setup:active\na=mid:0\n";
        assert_eq!(told(before, after), ["-a=setup:actpass", "+a=setup:active"]);
        assert!(told(before, before).is_empty());
    }

    #[test]
    fn lines_between_two_changes_are_found_again() {
        assert_eq!(told("a\nb\nc\nd\n", "b\nc\nx\nd\ny\n"), ["-a", "+x", "+y"]);
        assert_eq!(told("", "a\n"), ["+a"]);
        assert_eq!(told("a\n", ""), ["-a"]);
    }

    #[test]
    fn texts_too_long_to_compare_count_as_replaced() {
        let many = |word: &str| format!("{word}\n").repeat(1000);
        assert_eq!(told(&many("a"), &many("b")).len(), 2000);
    }
}
