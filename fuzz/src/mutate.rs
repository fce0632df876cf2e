//! Changes JSON by values: what bytes are changed in at random is hardly ever JSON.

use std::sync::LazyLock;

use crate::seeds;
use crate::tokens::{Entry, MORE, entries};

/// Values of the seeds, to put into others.
static PARTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut parts: Vec<Vec<u8>> = MORE.map(Vec::from).into();
    for seed in seeds::of("playbook") {
        let short = |entry: &Entry| (1..300).contains(&(entry.value.end - entry.start()));
        parts.extend(
            entries(&seed).iter().filter(|entry| short(entry)).map(|entry| entry.value.of(&seed).to_vec()),
        );
    }
    parts.sort();
    parts.dedup();
    parts
});
/// Names of the seeds' properties.
static KEYS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let seeds = seeds::of("playbook");
    let keys = seeds
        .iter()
        .flat_map(|seed| entries(seed).into_iter().filter_map(|entry| Some(entry.key?.of(seed).to_vec())));
    let mut keys: Vec<Vec<u8>> = keys.collect();
    keys.sort();
    keys.dedup();
    keys
});

/// Changes a text in a few places, as the seed will have it.
pub fn mutate(text: &[u8], seed: u32) -> Vec<u8> {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    let mut text = text.to_vec();
    for _ in 0..=dice.below(3) {
        text = once(&text, &mut dice);
    }
    text
}

fn once(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let entries = entries(text);
    if entries.is_empty() {
        return dice.part().to_vec();
    }
    let entry = *dice.of(&entries);
    let other = *dice.of(&entries);
    let (start, end) = (entry.value.start, entry.value.end);
    let value = entry.value.of(text);
    match dice.below(11) {
        0 | 1 => splice(text, start, end, &[other.value.of(text)]),
        2 | 3 => splice(text, start, end, &[dice.part()]),
        4 | 5 => match entry.key {
            Some(key) => splice(text, key.start, key.end, &[dice.key()]),
            None => splice(text, start, end, &[value, b",", dice.part()]),
        },
        6 => splice(text, start, end, &[b"[", value, b"]"]),
        7 => splice(text, start, end, &[b"{", dice.key(), b":", value, b"}"]),
        8 => match entry.key {
            Some(_) => splice(text, end, end, &[b",", dice.key(), b":", dice.part()]),
            None => splice(text, end, end, &[b",", value]),
        },
        9 => without(text, entry),
        _ => line(text, dice),
    }
}

/// Takes out an entry, with the comma that divides it from another one.
fn without(text: &[u8], entry: Entry) -> Vec<u8> {
    let (start, end) = (entry.start(), entry.value.end);
    let blank = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let after = end + blank(&text[end..]);
    if text.get(after) == Some(&b',') {
        return splice(text, start, after + 1, &[]);
    }
    let before = start - text[..start].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    let comma = before > 0 && text[before - 1] == b',';
    splice(text, if comma { before - 1 } else { start }, end, &[])
}

/// Moves or copies a line somewhere else; of one line, a copy follows.
fn line(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let line = if dice.below(2) == 0 { *dice.of(&lines) } else { lines.remove(dice.below(lines.len())) };
    lines.insert(dice.below(lines.len() + 1), line);
    lines.join(&b'\n')
}

fn splice(text: &[u8], start: usize, end: usize, parts: &[&[u8]]) -> Vec<u8> {
    [&text[..start], &parts.concat(), &text[end..]].concat()
}

/// Pseudo-random numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % most.max(1)
    }

    fn part(&mut self) -> &'static [u8] {
        self.of::<Vec<u8>>(&PARTS)
    }

    fn key(&mut self) -> &'static [u8] {
        self.of::<Vec<u8>>(&KEYS)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_what_becomes_of_json_is_json() {
        let text = br#"{"signals": {"a": {"count": "x"}}, "segments": {"s": {"when": {"signals.a": {"$in": [1, 2]}}}}}"#;
        let is_json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).is_ok();
        let changed: Vec<Vec<u8>> = (0..500).map(|seed| mutate(text, seed)).collect();
        assert!(changed.iter().filter(|text| is_json(text)).count() > 250);
        assert!(changed.iter().filter(|changed| *changed != text).count() > 400);
    }

    #[test]
    fn what_is_no_json_is_changed_too() {
        for text in ["", "]", "\"", "{\"a\":", "a\nb", ",,,"] {
            (0..200).for_each(|seed| drop(mutate(text.as_bytes(), seed)));
        }
    }
}
