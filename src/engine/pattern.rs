//! Patterns of `$regex`, compiled: a small program that runs in time proportional to its length times the text's,
//! whatever the pattern (R. Cox 2007, after K. Thompson 1968). The compiler writes it; the page has no parser of patterns.

use super::wire::{wire_enum, wire_newtype};

/// A program. What runs past its end has matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern(pub Vec<Instruction>);

/// An instruction of the program; but for `Go`, the next one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// Takes a character of one of these ranges: the first and the last of each, one after the other.
    One(String),
    /// Goes on at another place as well.
    Try(u16),
    /// Goes on at another place.
    Go(u16),
    /// Only at the start of the text.
    Start,
    /// Only at the end of the text.
    End,
    /// Whether it has to be between a character of ASCII's words and one that is not (or none).
    Boundary(bool),
}

impl Pattern {
    /// Whether it matches anywhere in the text.
    pub fn matches(&self, text: &str) -> bool {
        self.run(text, &mut || {})
    }

    /// All ways through the program are gone at once, a character at a time; each place is visited at most once for
    /// each character. `tick` is told of each visit.
    fn run(&self, text: &str, tick: &mut impl FnMut()) -> bool {
        let mut before = None;
        let mut characters = text.chars();
        let mut places: Vec<u16> = Vec::new();
        loop {
            let after = characters.next();
            let mut visited = vec![false; self.0.len()];
            let mut next = Vec::new();
            // A match may begin at any character.
            places.push(0);
            while let Some(place) = places.pop() {
                let Some(step) = self.0.get(usize::from(place)) else { return true };
                match visited.get_mut(usize::from(place)) {
                    Some(visited) if !*visited => *visited = true,
                    _ => continue,
                }
                tick();
                let passes = match step {
                    Instruction::One(ranges) => {
                        if after.is_some_and(|character| is_in(ranges, character)) {
                            next.push(place.wrapping_add(1));
                        }
                        false
                    }
                    Instruction::Try(other) => {
                        places.push(*other);
                        true
                    }
                    Instruction::Go(other) => {
                        places.push(*other);
                        false
                    }
                    Instruction::Start => before.is_none(),
                    Instruction::End => after.is_none(),
                    Instruction::Boundary(wanted) => (is_word(before) != is_word(after)) == *wanted,
                };
                if passes {
                    places.push(place.wrapping_add(1));
                }
            }
            if after.is_none() {
                return false;
            }
            before = after;
            places = next;
        }
    }
}

fn is_in(ranges: &str, character: char) -> bool {
    let mut ends = ranges.chars();
    while let (Some(first), Some(last)) = (ends.next(), ends.next()) {
        if first <= character && character <= last {
            return true;
        }
    }
    false
}

fn is_word(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_ascii_alphanumeric() || character == '_')
}

wire_newtype!(Pattern);
wire_enum!(Instruction or Instruction::Start, {
    0 => One(ranges),
    1 => Try(place),
    2 => Go(place),
    3 => Start,
    4 => End,
    5 => Boundary(wanted),
});

#[cfg(test)]
mod tests {
    use super::*;

    fn one(ranges: &str) -> Instruction {
        Instruction::One(ranges.to_owned())
    }

    #[test]
    fn a_text_that_ruins_backtracking_takes_linear_time() {
        // (a+)+$
        let pattern = Pattern(vec![one("aa"), Instruction::Try(0), Instruction::Try(0), Instruction::End]);
        let steps = |length: usize| {
            let mut steps = 0;
            assert!(!pattern.run(&("a".repeat(length) + "b"), &mut || steps += 1));
            steps
        };
        assert!(steps(10) > 10, "it is counted");
        assert_eq!(steps(2_000) - steps(1_000), steps(3_000) - steps(2_000));
        assert!(steps(10_000) <= 4 * 10_001);
        assert!(pattern.matches(&"a".repeat(10_000)));
    }

    #[test]
    fn a_match_may_begin_and_end_anywhere() {
        let pattern = Pattern(vec![one("äöaz"), one("09")]);
        assert!(pattern.matches("Über ö7."));
        assert!(!pattern.matches("ä ö"));
        assert!(!pattern.matches(""));
        assert!(Pattern::default().matches(""), "the empty pattern");
    }

    #[test]
    fn boundaries_are_those_of_ascii_words() {
        let boundary = |wanted| Pattern(vec![one("aa"), Instruction::Boundary(wanted)]);
        for (text, wanted) in [("a", true), ("ab", false), ("aé", true), ("a_", false), ("a-", true)] {
            assert_eq!(boundary(true).matches(text), wanted, "{text}");
            assert_eq!(boundary(false).matches(text), !wanted, "{text}");
        }
    }

    #[test]
    fn a_damaged_program_ends() {
        let round = Pattern(vec![Instruction::Go(0)]);
        assert!(!round.matches("abc"));
        assert!(Pattern(vec![Instruction::Go(700)]).matches(""));
        assert!(!Pattern(vec![one("a")]).matches("a"), "half a range is none");
        assert!(Pattern(vec![Instruction::Go(u16::MAX)]).matches(""));
    }
}
