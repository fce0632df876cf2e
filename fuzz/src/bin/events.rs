//! `npm run fuzz -- events`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ripen_fuzz::events(bytes));

ripen_fuzz::mutate_json!();
