//! Chance that can be repeated: a run with the same seed takes the same turns.

/// A small generator (splitmix64); nothing but variety rests on it.
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Any number.
    pub(crate) fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and without, `end`.
    pub(crate) fn below(&mut self, end: f64) -> f64 {
        let part = f64::from(u32::try_from(self.any() >> 32).unwrap_or(0)) / 4_294_967_296.0;
        part * end
    }

    /// True once in so many times; never for 0.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        times != 0 && self.any().is_multiple_of(times)
    }
}
