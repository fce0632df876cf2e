//! The place at which a function of four variables is largest.
//!
//! Newton's method with Levenberg's damping (Nocedal, Wright, Numerical optimization, 3.4 and 10.3). Why it is written
//! here is in `docs/decisions/0008-own-maximiser.md`.

use super::cholesky::{Cholesky, Matrix};

/// Beyond e^±EDGE a parameter is as good as 0 or infinite.
pub(super) const EDGE: f64 = 12.0;
/// It takes ten to thirty.
const MOST_STEPS: u32 = 300;
/// No step goes farther in any direction: far from the top, the curvature says little.
const LONGEST: f64 = 1.5;

/// In the units of the value: of a log-likelihood, a ten-thousandth of a standard error.
const NEGLIGIBLE: f64 = 1e-8;

/// A value and its slope.
pub(super) type Height = (f64, [f64; 4]);

/// Where the climb ended.
#[derive(Debug)]
pub(super) struct Summit {
    pub(super) place: [f64; 4],
    pub(super) value: f64,
    /// The slope is level there.
    pub(super) level: bool,
}

/// Climbs from a start.
pub(super) fn climb(height: &impl Fn([f64; 4]) -> Height, start: [f64; 4]) -> Summit {
    let mut place = start;
    let (mut value, slope) = height(place);
    let mut slope = inwards(place, slope);
    let (mut damping, mut bend, mut level) = (1e-3, None, false);
    for _ in 0..MOST_STEPS {
        let downwards =
            *bend.get_or_insert_with(|| curvature(height, place).map(|row| row.map(|entry| -entry)));
        let step = step(&downwards, slope, damping);
        let next = step.map_or(place, |step| moved(place, step));
        // To go on would raise it by less than it is known to.
        level = step.is_some_and(|step| gain(slope, step) < NEGLIGIBLE) && damping <= 1.0;
        if level {
            break;
        }
        let (next_value, next_slope) = height(next);
        if step.is_some() && next_value > value {
            (place, value, slope) = (next, next_value, inwards(next, next_slope));
            (damping, bend) = (damping * 0.1, None);
        } else if damping > 1e12 {
            break;
        } else {
            damping = damping.max(1e-9) * 10.0;
        }
    }
    Summit { place, value, level }
}

/// The second derivatives, by central differences of the slope.
pub(super) fn curvature(height: &impl Fn([f64; 4]) -> Height, place: [f64; 4]) -> Matrix {
    const STEP: f64 = 1e-4;
    let along = |index: usize, by: f64| {
        let mut beside = place;
        beside.iter_mut().skip(index).take(1).for_each(|value| *value += by);
        height(beside).1
    };
    let rows: Matrix = std::array::from_fn(|index| {
        let (up, down) = (along(index, STEP), along(index, -STEP));
        let mut pairs = up.into_iter().zip(down).map(|(up, down)| (up - down) / (2.0 * STEP));
        std::array::from_fn(|_| pairs.next().unwrap_or_default())
    });
    let at = |row: usize, column: usize| {
        rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
    };
    std::array::from_fn(|row| std::array::from_fn(|column| (at(row, column) + at(column, row)) / 2.0))
}

/// Newton's step, the shorter the more it is damped; none where the damped curvature is still not that of a summit.
/// Where there is no slope (at an edge), it does not go.
fn step(downwards: &Matrix, slope: [f64; 4], damping: f64) -> Option<[f64; 4]> {
    let mut damped = *downwards;
    for (index, row) in damped.iter_mut().enumerate() {
        for (entry, column) in row.iter_mut().zip(0..) {
            let still = [index, column].into_iter().any(|index| slope.get(index) == Some(&0.0));
            match (index == column, still) {
                (true, true) => *entry = 1.0,
                (true, false) => *entry += damping * entry.abs().max(1.0),
                (false, true) => *entry = 0.0,
                (false, false) => {}
            }
        }
    }
    let step = Cholesky::of(&damped)?.solve(slope);
    let longest = step.iter().fold(0.0_f64, |longest, each| longest.max(each.abs()));
    let shorter = (LONGEST / longest).min(1.0);
    Some(step.map(|each| each * shorter))
}

/// The slope without what would lead over the edge.
fn inwards(place: [f64; 4], slope: [f64; 4]) -> [f64; 4] {
    let mut place = place.into_iter();
    slope.map(|slope| {
        let value = place.next().unwrap_or_default();
        if value.abs() >= EDGE && value * slope > 0.0 { 0.0 } else { slope }
    })
}

fn moved(place: [f64; 4], step: [f64; 4]) -> [f64; 4] {
    let mut step = step.into_iter();
    place.map(|value| (value + step.next().unwrap_or_default()).clamp(-EDGE, EDGE))
}

fn gain(slope: [f64; 4], step: [f64; 4]) -> f64 {
    slope.into_iter().zip(step).map(|(slope, step)| slope * step).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley, turned over, with two more variables; its summit is at (1, 1, 0.5, −2).
    fn valley([x, y, u, v]: [f64; 4]) -> Height {
        let value = -(1.0 - x).powi(2) - 100.0 * (y - x * x).powi(2) - (u - 0.5).powi(2) - (v + 2.0).powi(4);
        let along = 100.0 * 2.0 * (y - x * x);
        let slope = [2.0 * (1.0 - x) + along * 2.0 * x, -along, -2.0 * (u - 0.5), -4.0 * (v + 2.0).powi(3)];
        (value, slope)
    }

    #[test]
    fn it_finds_the_end_of_a_bent_valley() {
        for start in [[-1.2, 1.0, 0.0, 0.0], [3.0, -4.0, 8.0, 5.0], [0.0; 4]] {
            let summit = climb(&valley, start);
            assert!(summit.level, "{summit:?}");
            for (found, expected) in summit.place.iter().zip([1.0, 1.0, 0.5, -2.0]) {
                assert!((found - expected).abs() < 1e-2, "{summit:?}");
            }
        }
    }

    #[test]
    fn where_it_rises_for_ever_it_stops_at_the_edge() {
        let summit =
            climb(&|[x, y, u, v]| (x - y * y - u * u - v * v, [1.0, -2.0 * y, -2.0 * u, -2.0 * v]), [0.5; 4]);
        assert_eq!(summit.place.first(), Some(&EDGE));
        assert!(summit.place.iter().skip(1).all(|value| value.abs() < 1e-4), "{summit:?}");
    }

    #[test]
    fn curvature_is_that_of_the_slope() {
        let found = curvature(&valley, [1.0, 1.0, 0.5, -1.0]);
        let expected = [
            [-802.0, 400.0, 0.0, 0.0],
            [400.0, -200.0, 0.0, 0.0],
            [0.0, 0.0, -2.0, 0.0],
            [0.0, 0.0, 0.0, -12.0],
        ];
        for (row, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
            assert!((row - expected).abs() < 1e-4, "{found:?}");
        }
    }
}
