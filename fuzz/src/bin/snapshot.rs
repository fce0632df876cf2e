//! `npm run fuzz -- snapshot`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ripen_fuzz::snapshot(bytes));
