//! From people who were made from known parameters the fit finds these again, and foretells what they do.

use ripen::fit::{Model, Parameters, calibrate, estimate};

use crate::people::{Random, seen};

/// In days: an occasional tool, a daily one that many try once, one that hardly anybody leaves.
const KINDS: [Parameters; 3] = [
    Parameters { r: 0.6, alpha: 12.0, a: 0.8, b: 2.2 },
    Parameters { r: 1.5, alpha: 3.0, a: 0.5, b: 1.0 },
    Parameters { r: 2.5, alpha: 20.0, a: 0.6, b: 9.0 },
];

#[test]
fn the_parameters_are_found_again() {
    for (kind, truth) in KINDS.iter().enumerate() {
        for seed in 0..2 {
            let mut random = Random(1000 * kind as u64 + seed);
            // They have been known for different lengths of time.
            let people: Vec<_> = (0..3000)
                .map(|index| {
                    let t = 60.0 + f64::from(index % 300);
                    seen(&random.visits(truth, t), t)
                })
                .collect();
            let found = estimate(Model::MbgNbd, &people).unwrap();
            let errors = found.standard_errors.unwrap();
            assert!(found.converged && found.at_edge.is_empty(), "{found:?}");
            for ((found, truth), error) in
                found.parameters.values().into_iter().zip(truth.values()).zip(errors)
            {
                assert!((found - truth).abs() < 4.0 * error, "{kind} {seed}: {found} for {truth} ± {error}");
                assert!(error < 0.4 * truth, "a standard error of {error} for {truth} says nothing");
            }
        }
    }
}

#[test]
fn standard_errors_are_those_of_many_fits() {
    let truth = KINDS[0];
    let fits: Vec<_> = (0..40)
        .map(|seed| {
            let mut random = Random(77_000 + seed);
            let people: Vec<_> = (0..800).map(|_| seen(&random.visits(&truth, 200.0), 200.0)).collect();
            estimate(Model::MbgNbd, &people).unwrap()
        })
        .collect();
    for index in 0..4 {
        let count = fits.len() as f64;
        let logs: Vec<f64> = fits.iter().map(|fit| fit.parameters.values()[index].ln()).collect();
        let mean = logs.iter().sum::<f64>() / count;
        let spread = (logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt();
        let of =
            |fit: &ripen::fit::Estimate| fit.standard_errors.unwrap()[index] / fit.parameters.values()[index];
        let said = fits.iter().map(of).sum::<f64>() / count;
        // Of forty the spread itself is known to a ninth.
        assert!((said / spread - 1.0).abs() < 0.4, "{index}: said {said}, is {spread}");
    }
}

#[test]
fn what_is_foretold_comes_about() {
    for (kind, truth) in KINDS.iter().enumerate() {
        let mut random = Random(31 + kind as u64);
        let (t, length) = (120.0, 60.0);
        let people: Vec<_> = (0..6_000)
            .map(|_| {
                let visits = random.visits(truth, t + length);
                let before = seen(&visits, t);
                (before, visits.len() as u32 - 1 - before.x)
            })
            .collect();
        let calibration = calibrate(&people, length).unwrap();
        assert_eq!(calibration.rows.len(), 8);
        for row in calibration.rows.iter().chain([&calibration.all]) {
            // The variance of a number of visits is larger than its mean, people being different: four times is ample
            // but for those who come often.
            let error = (4.0 * row.seen.max(0.01) * (1.0 + row.seen) / f64::from(row.people)).sqrt();
            assert!((row.predicted - row.seen).abs() < 4.0 * error, "{kind}: {row:?} ± {error}");
            let error = (row.came * (1.0 - row.came) / f64::from(row.people)).sqrt();
            assert!((row.expected - row.came).abs() < 4.0 * error, "{kind}: {row:?} ± {error}");
            assert!(row.came <= row.alive + 4.0 * error, "only who is alive comes: {row:?}");
        }
    }
}
