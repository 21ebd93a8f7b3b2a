//! A document that somebody else wrote is loaded, and if it loads, everything is said with it.
#![no_main]

mod deeds;

libfuzzer_sys::fuzz_target!(|data: &[u8]| deeds::load(data));
