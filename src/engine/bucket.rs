//! Who belongs to which part of a split: GrowthBook's hashing, so that an assignment can be checked elsewhere.
//!
//! A hash is FNV-1a over UTF-16 code units, as its SDK for JavaScript takes them, so that ids which are not ASCII fall
//! into the same buckets.

/// A bucket, of ten thousand: what the hash gives, and what shares are cut into.
pub type Bucket = u16;

/// How many buckets there are.
pub const BUCKETS: Bucket = 10_000;

/// The bucket that a value falls into: GrowthBook's hash, version 2. The text is given in parts: the seed, then the
/// value.
pub fn bucket(parts: &[&str]) -> Bucket {
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
    (digits % u32::from(BUCKETS)) as Bucket
}

/// GrowthBook's hash, version 1, as a share: it is biased, and serves comparison only.
pub fn biased_hash(value: &str, seed: &str) -> f64 {
    f64::from(hash(&[value, seed]) % 1000) / 1000.0
}

/// Which part of `[0, 1)` each variant gets: from, and up to but without. What GrowthBook does: weights that do not add
/// up to about 1, or are not as many as variants, are taken to be equal.
pub fn bucket_ranges(variants: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<(f64, f64)> {
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

/// The buckets below a share: `bucket / 10000 < share` just where `bucket < buckets_below(share)`.
pub fn buckets_below(share: f64) -> Bucket {
    let is_below = |bucket: &Bucket| f64::from(*bucket) / f64::from(BUCKETS) < share;
    (0..BUCKETS).take_while(is_below).count() as Bucket
}

/// The range that something falls into: from, and up to but without.
pub fn choose<T: PartialOrd>(place: T, ranges: &[(T, T)]) -> Option<usize> {
    ranges.iter().position(|(from, to)| place >= *from && place < *to)
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
