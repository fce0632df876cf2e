//! What a fuzzer found once stays found: every file of `tests/crashers`, and every seed, through its target.

use std::fs;
use std::path::Path;

use ripen_fuzz::{TARGETS, seeds};

#[test]
fn nothing_that_was_found_comes_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/crashers");
    for entry in fs::read_dir(&folder).expect("there is tests/crashers").map(Result::unwrap) {
        if entry.file_name() == "README.md" {
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        let (_, target) =
            TARGETS.iter().find(|(target, _)| *target == name).expect("a folder for each target");
        for file in fs::read_dir(entry.path()).unwrap() {
            let path = file.unwrap().path();
            println!("{}", path.display());
            target(&fs::read(path).unwrap());
        }
    }
}

#[test]
fn the_seeds_go_through() {
    for (name, target) in TARGETS {
        let seeds = seeds::of(name);
        assert!(seeds.len() > 20, "{name}: {} seeds", seeds.len());
        for seed in seeds {
            target(&seed);
        }
    }
}
