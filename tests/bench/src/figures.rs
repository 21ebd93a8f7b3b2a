//! Medians, quartiles and ratios of measured times.

/// The middle of some measured times, in ms, and the quarters around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quartiles {
    pub(crate) lower: f64,
    pub(crate) median: f64,
    pub(crate) upper: f64,
}

impl Quartiles {
    /// Interpolates linearly between the two nearest times; NaN without any.
    pub(crate) fn of(times: &[f64]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self {
            lower: at(&sorted, 1),
            median: at(&sorted, 2),
            upper: at(&sorted, 3),
        }
    }
}

/// The median of some times.
pub(crate) fn median(times: &[f64]) -> f64 {
    Quartiles::of(times).median
}

/// The first half's median through the second half's: 1 on a machine that did not change meanwhile.
pub(crate) fn drift(times: &[f64]) -> f64 {
    let (first, second) = times.split_at(times.len() / 2);
    median(first) / median(second)
}

/// The value at so many quarters of the way through sorted times.
fn at(sorted: &[f64], quarters: usize) -> f64 {
    let way = sorted.len().saturating_sub(1) * quarters;
    let near = |index: usize| sorted.get(index).copied();
    let below = near(way / 4).unwrap_or(f64::NAN);
    let above = near(way / 4 + 1).unwrap_or(below);
    #[expect(clippy::cast_precision_loss, reason = "a rest below 4")]
    let part = (way % 4) as f64 / 4.0;
    below + (above - below) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn quartiles_lie_a_quarter_of_the_way_from_each_end() {
        let quartiles = Quartiles::of(&[5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!((quartiles.lower, quartiles.upper), (2.0, 4.0));
        let quartiles = Quartiles::of(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!((quartiles.lower, quartiles.upper), (1.75, 3.25));
    }

    #[test]
    fn one_slow_run_moves_the_median_little() {
        assert_eq!(median(&[10.0, 11.0, 12.0, 13.0, 900.0]), 12.0);
    }

    #[test]
    fn a_machine_that_becomes_slower_drifts_below_one() {
        assert_eq!(drift(&[10.0, 10.0, 20.0, 20.0]), 0.5);
        assert_eq!(drift(&[10.0, 10.0, 10.0]), 1.0);
    }
}
