//! Frames that a hostile server sends are read by a built-in document.
#![no_main]

mod deeds;

libfuzzer_sys::fuzz_target!(|data: &[u8]| deeds::read(data));
