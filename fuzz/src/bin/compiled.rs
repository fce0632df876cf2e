//! `npm run fuzz -- compiled`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ripen_fuzz::compiled(bytes));
