//! Below which P(alive) somebody is at risk: a suggestion, from what became of people.

/// Where to draw the line, and whom it would have parted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// A multiple of 0.05.
    pub at_risk_below: f64,
    /// Who was below it.
    pub below: Side,
    /// Who was not.
    pub above: Side,
}

/// A line that parts less than this (0: not at all, 1: without exception) is none.
const LEAST_PARTED: f64 = 0.1;

/// One side of the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// How many people.
    pub people: u32,
    /// Who came in the time that was held back.
    pub came: u32,
}

/// The line that best parts those who came from those who did not: with the largest sum of the share of those who came
/// that is above, and of the others that is below (Youden 1950, Index for rating diagnostic tests). None if all came, or
/// nobody, or no line parts them.
pub fn threshold(outcomes: &[(f64, bool)]) -> Option<Threshold> {
    let lines = (1..20).map(|step| {
        let at_risk_below = f64::from(step) / 20.0;
        let side = |is_below: bool| {
            let there = outcomes.iter().filter(|(alive, _)| (*alive < at_risk_below) == is_below);
            there.fold(Side::default(), |side, (_, came)| Side {
                people: side.people + 1,
                came: side.came + u32::from(*came),
            })
        };
        Threshold { at_risk_below, below: side(true), above: side(false) }
    });
    let rated = lines.filter_map(|line| Some((line.parted()?, line)));
    rated.filter(|(parted, _)| *parted >= LEAST_PARTED).fold(None, better).map(|(_, line)| line)
}

type Rated = (f64, Threshold);

fn better(best: Option<Rated>, other: Rated) -> Option<Rated> {
    match best {
        // Of two that part alike, the one that alarms less often.
        Some(best) if best.0 >= other.0 => Some(best),
        _ => Some(other),
    }
}

impl Threshold {
    fn parted(&self) -> Option<f64> {
        let came = self.above.came + self.below.came;
        let gone = self.above.people + self.below.people - came;
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
        let both = came > 0 && gone > 0;
        both.then(|| share(self.above.came, came) + share(self.below.people - self.below.came, gone) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_parts_who_came_from_who_did_not() {
        let outcomes = [(0.1, false), (0.3, false), (0.32, true), (0.58, false), (0.62, true), (0.9, true)];
        let line = threshold(&outcomes).unwrap();
        assert_eq!(line.at_risk_below, 0.6);
        assert_eq!(line.below, Side { people: 4, came: 1 });
        assert_eq!(line.above, Side { people: 2, came: 2 });
        let clear = [(0.2, false), (0.7, true)];
        assert_eq!(threshold(&clear).unwrap().at_risk_below, 0.25);
    }

    #[test]
    fn where_it_does_not_part_them_there_is_no_line() {
        let unlike = [(0.2, true), (0.3, false), (0.7, true), (0.9, false), (0.95, true)];
        assert_eq!(threshold(&[unlike, unlike.map(|(alive, came)| (alive, !came))].concat()), None);
    }

    #[test]
    fn where_all_came_or_nobody_there_is_no_line() {
        assert_eq!(threshold(&[(0.2, true), (0.7, true)]), None);
        assert_eq!(threshold(&[(0.2, false)]), None);
        assert_eq!(threshold(&[]), None);
    }
}
