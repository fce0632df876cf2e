//! CDNOW: the customers on whom the papers' estimates were published. Not ours to publish, so absent in most clones.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use ripen::fit::{Calibration, Model, Seen, calibrate, estimate};

#[expect(clippy::disallowed_methods, reason = "a test reads its data; the crate itself has no files to read")]
/// The text of a file of the data, unless it is absent, which is said.
fn data(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!(
            "SKIPPED: ../shared/data/{name} is absent, so nothing is compared with the published estimates"
        );
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    Some(text)
}

/// By customer, in weeks: 39 of them.
fn customers() -> Option<BTreeMap<u32, Seen>> {
    let text = data("cdnow_summary.csv.gz")?;
    let customers = text.lines().skip(1).map(|line| {
        let fields: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        (fields[0] as u32, Seen { people: 1, x: fields[1] as u32, t_x: fields[2], t: fields[3] })
    });
    Some(customers.collect())
}

fn calibration() -> Option<Calibration> {
    let customers = customers()?;
    let text = data("cdnow_sample.txt.gz")?;
    let mut later = BTreeMap::<u32, BTreeSet<&str>>::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if fields[2] > "19970930" {
            later.entry(fields[1].parse().unwrap()).or_default().insert(fields[2]);
        }
    }
    let came = |id| later.get(id).map_or(0, |days| days.len() as u32);
    let people: Vec<_> = customers.iter().map(|(id, seen)| (*seen, came(id))).collect();
    Some(calibrate(&people, 39.0).unwrap())
}

#[test]
fn the_published_estimates_are_reproduced() {
    let Some(customers) = customers() else { return };
    let seen: Vec<Seen> = customers.into_values().collect();
    assert_eq!(seen.len(), 2357);
    // Fader, Hardie, Lee (2005); the modified model's as SOURCE.md beside the data has them.
    let published = [
        (Model::BgNbd, [0.243, 4.414, 0.793, 2.426], -9582.4),
        (Model::MbgNbd, [0.525, 6.183, 0.891, 1.614], -9582.13),
    ];
    for (model, parameters, log_likelihood) in published {
        let found = estimate(model, &seen).unwrap();
        println!("{model:?}: {found:?}");
        for (found, published) in found.parameters.values().into_iter().zip(parameters) {
            assert!((found - published).abs() < 0.000_6, "{model:?}: {found}, published {published}");
        }
        assert!((found.log_likelihood - log_likelihood).abs() < 0.06, "{model:?}: {}", found.log_likelihood);
        assert!(found.converged && found.standard_errors.is_some());
    }
}

#[test]
fn the_last_39_weeks_are_foretold_from_the_first() {
    let Some(calibration) = calibration() else { return };
    println!(
        "| x | people | predicted | seen | alive | expected to come | came |\n|---|---|---|---|---|---|---|"
    );
    for row in calibration.rows.iter().chain([&calibration.all]) {
        println!(
            "| {}{} | {} | {:.2} | {:.2} | {:.0} % | {:.0} % | {:.0} % |",
            row.x,
            if row.and_more() { "+" } else { "" },
            row.people,
            row.predicted,
            row.seen,
            row.alive * 100.0,
            row.expected * 100.0,
            row.came * 100.0
        );
    }
    // Counted from the two files by other means (Python).
    let seen = [0.24, 0.70, 1.39, 1.56, 2.53, 2.95, 3.86, 6.36];
    assert_eq!(calibration.rows.len(), seen.len());
    for (row, seen) in calibration.rows.iter().zip(seen) {
        assert!((row.seen - seen).abs() < 0.005, "{row:?}");
        assert!((row.predicted / row.seen - 1.0).abs() < 0.25, "{row:?}");
        assert!((row.expected - row.came).abs() < 0.25, "{row:?}");
    }
    for pair in calibration.rows.windows(2) {
        assert!(pair[0].predicted < pair[1].predicted, "{pair:?}");
    }
    assert!((calibration.all.predicted / calibration.all.seen - 1.0).abs() < 0.2);
}
