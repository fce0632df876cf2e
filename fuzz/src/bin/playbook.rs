//! `npm run fuzz -- playbook`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ripen_fuzz::playbook(bytes));

ripen_fuzz::mutate_json!();
