//! Equality that ignores case, as JavaScript's `toLowerCase` on both sides, written out as a pattern: so the page needs
//! no tables of letters.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::class;
use crate::engine::{Instruction, Pattern};

/// Positions in a program are 16-bit; and who compares with so much wants another way.
const MOST: usize = 20_000;

/// A pattern of the texts whose lower case is that of one of these; none if it gets too long.
pub(in crate::playbook) fn pattern(texts: &[&str]) -> Option<Pattern> {
    let mut steps = vec![Instruction::Start];
    let mut ends = Vec::new();
    for (text, left) in texts.iter().zip((0..texts.len()).rev()) {
        let fork = steps.len();
        if left > 0 {
            steps.push(Instruction::Try(0));
        }
        spell(&text.to_lowercase(), &mut steps);
        if left > 0 {
            ends.push(steps.len());
            steps.push(Instruction::Go(0));
            let next = u16::try_from(steps.len()).ok()?;
            steps.get_mut(fork).into_iter().for_each(|step| *step = Instruction::Try(next));
        }
    }
    let last = u16::try_from(steps.len()).ok()?;
    for end in ends {
        steps.get_mut(end).into_iter().for_each(|step| *step = Instruction::Go(last));
    }
    steps.push(Instruction::End);
    (steps.len() <= MOST).then_some(Pattern(steps))
}

/// Adds the steps of all texts whose lower case this is.
fn spell(text: &str, steps: &mut Vec<Instruction>) {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let one = Instruction::One(class::ranges(&set(text, at, letter)));
        // The one letter whose lower case is two.
        if letter == 'i' && letters.next_if(|(_, next)| *next == '\u{307}').is_some() {
            let start = steps.len() as u16;
            steps.extend([
                Instruction::Try(start + 4),
                one,
                Instruction::One("\u{307}\u{307}".into()),
                Instruction::Go(start + 5),
                Instruction::One("İİ".into()),
            ]);
        } else {
            steps.push(one);
        }
    }
}

/// The letters that can stand here: those that fold with this one or are its upper case (the two tables may be of
/// different versions of Unicode), and whose lower case it is. A sigma's depends on
/// where it stands, so each is tried in its place.
fn set(text: &str, at: usize, letter: char) -> ClassUnicode {
    let mut folded = ClassUnicode::new([ClassUnicodeRange::new(letter, letter)]);
    class::fold(&mut folded, true);
    let candidates = folded.iter().flat_map(|range| range.start()..=range.end()).chain(letter.to_uppercase());
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let after = after.get(letter.len_utf8()..).unwrap_or_default();
    let fits = |candidate: &char| match candidate {
        'Σ' => format!("{before}Σ{after}").to_lowercase() == text,
        candidate => candidate.to_lowercase().eq([letter]),
    };
    ClassUnicode::new(candidates.filter(fits).map(|fit| ClassUnicodeRange::new(fit, fit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_equals_its_lower_case_and_no_other() {
        for letter in '\0'..=char::MAX {
            let lower = letter.to_string().to_lowercase();
            if lower == letter.to_string() && letter.to_uppercase().eq([letter]) {
                continue;
            }
            let pattern = pattern(&[&lower]).unwrap();
            assert!(pattern.matches(&letter.to_string()), "{letter} {lower}");
            assert!(pattern.matches(&lower), "{lower}");
            for other in letter.to_uppercase().chain(['x']) {
                let other = other.to_string();
                assert_eq!(pattern.matches(&other), other.to_lowercase() == lower, "{other} {lower}");
            }
        }
    }

    #[test]
    fn a_text_equals_what_has_the_same_lower_case() {
        let texts = [
            "οδος",
            "ΟΔΟΣ",
            "οδοσ",
            "İstanbul",
            "i\u{307}stanbul",
            "ISTANBUL",
            "us",
            "US",
            "ß",
            "ẞ",
            "SS",
            "ﬁ",
            "FI",
            "",
        ];
        for wanted in texts {
            for seen in texts {
                let equal = seen.to_lowercase() == wanted.to_lowercase();
                assert_eq!(pattern(&[wanted]).unwrap().matches(seen), equal, "{seen} {wanted}");
                assert!(pattern(&["x", wanted, "yz"]).unwrap().matches(wanted));
                assert!(!pattern(&["x", wanted, "yz"]).unwrap().matches("x-"));
            }
        }
        assert_eq!(pattern(&["a"; 10_000]), None, "too long");
    }
}
