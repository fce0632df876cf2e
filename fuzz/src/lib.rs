//! What the fuzzers do with their input, and what has to hold of it, whatever it is.
//!
//! - [`playbook`]: the text of a playbook.
//! - [`compiled`]: the bytes of a compiled one.
//! - [`snapshot`]: the number of a playbook of `tests/vectors/semantics`, then the bytes of a snapshot.
//! - [`events`]: a playbook on the first line, events as NDJSON after it.
//!
//! `npm run fuzz` runs them by libFuzzer, each a program of `src/bin`; what it finds is kept in `tests/crashers`, which
//! `tests/crashers.rs` feeds to these same functions. [`mutate`] changes JSON by values instead of bytes; [`seeds`] are
//! what the fuzzers begin with.

mod compiled;
mod events;
mod life;
pub mod mutate;
mod playbook;
pub mod seeds;
mod snapshot;
mod tokens;
mod vectors;

pub use compiled::compiled;
pub use events::events;
pub use playbook::playbook;
pub use snapshot::snapshot;

/// A target: what it is called, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 4] =
    [("playbook", playbook), ("compiled", compiled), ("snapshot", snapshot), ("events", events)];

/// What a fuzzer of JSON changes its inputs by: values, and now and then bytes, for what is no JSON.
#[macro_export]
macro_rules! mutate_json {
    () => {
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            let changed = $crate::mutate::mutate(&data[..size], seed >> 2);
            if seed % 4 == 0 || changed.len() > max_size {
                return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
            }
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        });
    };
}
