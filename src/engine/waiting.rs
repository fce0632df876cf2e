//! A set of conditions that is emptied in the order of evaluation, however they come in.

use super::playbook::ConditionId;

const BITS: u16 = 64;

/// A bit for each; no heap, since most evaluations open what they then look at a dozen times over.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    words: Vec<u64>,
    /// All words before this one are empty.
    first: usize,
}

impl Waiting {
    /// Adds one, if it is not there.
    pub(super) fn add(&mut self, id: ConditionId) {
        let word = usize::from(id / BITS);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words.get_mut(word).into_iter().for_each(|word| *word |= 1 << (id % BITS));
        self.first = self.first.min(word);
    }

    /// Takes out the first.
    pub(super) fn take(&mut self) -> Option<ConditionId> {
        loop {
            let word = self.words.get_mut(self.first)?;
            if *word > 0 {
                let bit = word.trailing_zeros() as ConditionId;
                *word &= *word - 1;
                return Some(self.first as ConditionId * BITS + bit);
            }
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_out_once_and_the_first_first() {
        let mut waiting = Waiting::default();
        [700, 3, 65_535, 3, 64].into_iter().for_each(|id| waiting.add(id));
        assert_eq!([waiting.take(), waiting.take()], [Some(3), Some(64)]);
        waiting.add(5);
        let rest: Vec<_> = std::iter::from_fn(|| waiting.take()).collect();
        assert_eq!(rest, [5, 700, 65_535]);
        waiting.add(0);
        assert_eq!([waiting.take(), waiting.take()], [Some(0), None]);
    }
}
