//! `npm run fuzz -- playbook`
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use ripen_fuzz::mutate::mutate;

fuzz_target!(|bytes: &[u8]| ripen_fuzz::playbook(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = mutate(&data[..size], seed >> 2);
    // Now and then by bytes, for what is no JSON.
    if seed % 4 == 0 || changed.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
});
