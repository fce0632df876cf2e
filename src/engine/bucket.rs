//! Who belongs to which part of a split: GrowthBook's hashing, so that an assignment can be checked elsewhere.
//!
//! A hash is FNV-1a over UTF-16 code units, as its SDK for JavaScript takes them, so that ids which are not ASCII fall
//! into the same buckets.

/// A share of `[0, 1)`: from, and up to but without.
pub type Range = (f64, f64);

/// Where a value falls in `[0, 1)`, to four decimals: GrowthBook's hash, version 2. The text is given in parts: the seed,
/// then the value.
pub fn bucket(parts: &[&str]) -> f64 {
    let mut digits = START;
    let first = hash(parts);
    // The number's decimal digits are hashed again; a page has no other use for printing numbers.
    let mut place = 1_000_000_000;
    while place > 0 {
        if first >= place || place == 1 {
            digits = step(digits, b'0' as u16 + (first / place % 10) as u16);
        }
        place /= 10;
    }
    f64::from(digits % 10_000) / 10_000.0
}

/// GrowthBook's hash, version 1, which is biased and serves comparison only: the value, then the seed; three decimals.
pub fn biased_bucket(value: &str, seed: &str) -> f64 {
    f64::from(hash(&[value, seed]) % 1000) / 1000.0
}

/// Which part of `[0, 1)` each variant gets. What GrowthBook does: weights that do not add up to about 1, or are not as
/// many as variants, are taken to be equal.
pub fn bucket_ranges(variants: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<Range> {
    let coverage = coverage.clamp(0.0, 1.0);
    let adds_up = |weights: &&[f64]| (0.99..=1.01).contains(&weights.iter().sum::<f64>());
    let weights = weights.filter(|weights| weights.len() == variants).filter(adds_up);
    let equal = vec![1.0 / variants as f64; variants];
    let mut from = 0.0;
    let range = |weight: &f64| {
        let range = (from, from + coverage * weight);
        from += weight;
        range
    };
    weights.unwrap_or(&equal).iter().map(range).collect()
}

/// The range that a bucket falls into.
pub fn choose(bucket: f64, ranges: impl IntoIterator<Item = Range>) -> Option<usize> {
    ranges.into_iter().position(|(from, to)| bucket >= from && bucket < to)
}

const START: u32 = 0x811c_9dc5;

fn hash(parts: &[&str]) -> u32 {
    let mut hash = START;
    for part in parts {
        for unit in part.encode_utf16() {
            hash = step(hash, unit);
        }
    }
    hash
}

fn step(hash: u32, unit: u16) -> u32 {
    (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
}
