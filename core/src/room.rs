//! Names for rooms nobody can guess: 128 bits, led by a few words a person can compare.

const FIRST: [&str; 32] = [
    "amber", "birch", "brisk", "calm", "cedar", "clear", "coral", "dawn", "dune", "early", "fern",
    "flint", "frost", "glade", "green", "harbor", "hazel", "ivory", "jade", "kelp", "lunar",
    "maple", "misty", "north", "ocean", "pearl", "quiet", "river", "silver", "tidal", "umber",
    "willow",
];
const SECOND: [&str; 32] = [
    "badger", "bison", "crane", "dolphin", "eagle", "egret", "falcon", "ferret", "finch", "gecko",
    "heron", "ibis", "jay", "kestrel", "lark", "lemur", "lynx", "marten", "newt", "ocelot",
    "osprey", "otter", "owl", "panda", "puffin", "raven", "robin", "seal", "stoat", "swan", "tern",
    "wren",
];
const DIGITS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A room name made of 128 random bits: two words and a number for people, then the rest in 22 signs.
pub fn name(high: u64, low: u64) -> String {
    let word = |list: &[&'static str; 32], bits: u64| {
        list.get((bits & 31) as usize).copied().unwrap_or("room")
    };
    let mut name = format!(
        "{}-{}-{}-",
        word(&FIRST, high),
        word(&SECOND, high >> 5),
        10 + (high >> 10) % 90
    );
    let mut bits = (u128::from(high) << 64) | u128::from(low);
    for _ in 0..26 {
        name.push(
            DIGITS
                .get((bits & 31) as usize)
                .map_or('a', |digit| char::from(*digit)),
        );
        bits >>= 5;
    }
    name
}
