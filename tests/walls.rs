//! The walls between the parts of the crate (`src/lib.rs`): which part may name which, read from the sources themselves.
//!
//! Rust has no private module that only some siblings may use, so nothing else would notice an `engine` that knows the
//! delivery machine, or a page's module that pulls the compiler in.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the sources; the crate itself has no files to read"
)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has to say so")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each part, and the parts that it may name. All else is refused, a part that is missing here too.
const MAY_NAME: [(&str, &[&str]); 10] = [
    ("engine", &[]),
    ("delivery", &[]),
    ("playbook", &["engine"]),
    ("fold", &["engine", "playbook"]),
    ("replay", &["engine", "fold", "playbook"]),
    ("fit", &["engine", "fold", "replay"]),
    ("explain", &["engine", "playbook"]),
    ("vocabulary", &["engine"]),
    ("toolkit", &["engine", "explain", "fit", "playbook", "replay", "vocabulary"]),
    ("browser", &["engine", "delivery"]),
];
/// These are a page's, the collector's and the command line's: the standard library has to do.
const WITHOUT_CRATES: [&str; 2] = ["engine", "delivery"];

/// From a part, to a part.
type Arrow = (String, String);

fn may(from: &str, to: &str) -> bool {
    from == to || MAY_NAME.iter().any(|(part, others)| *part == from && others.contains(&to))
}

/// What stands in a file: identifiers, `::`, and each other sign. Comments, strings and characters are left out.
fn tokens(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or('\n');
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut found = Vec::new();
    let mut place = 0;
    while place < signs.len() {
        let start = place;
        let raw = (place + 1..).take_while(|next| at(*next) == '#').count();
        match (at(place), at(place + 1)) {
            ('/', '/') => place += (start..).take_while(|next| at(*next) != '\n').count(),
            ('/', '*') => place += text_until(&signs, start + 2, "*/") + 2,
            ('r', _) if at(start + 1 + raw) == '"' => {
                let end = format!("\"{}", "#".repeat(raw));
                place += 2 + raw + text_until(&signs, start + 2 + raw, &end);
            }
            ('"', _) => {
                place += 1;
                while place < signs.len() && at(place) != '"' {
                    place += if at(place) == '\\' { 2 } else { 1 };
                }
                place += 1;
            }
            ('\'', '\\') => place += 3 + text_until(&signs, start + 3, "'"),
            ('\'', _) if at(place + 2) == '\'' => place += 3,
            (':', ':') => {
                found.push("::".to_owned());
                place += 2;
            }
            (sign, _) if is_word(sign) => {
                place += (start..).take_while(|next| is_word(at(*next))).count();
                found.push(signs[start..place].iter().collect());
            }
            (sign, _) => {
                found.extend((!sign.is_whitespace()).then(|| sign.to_string()));
                place += 1;
            }
        }
    }
    found
}

/// How many signs there are from `start` to behind `end`.
fn text_until(signs: &[char], start: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    let rest = signs.get(start..).unwrap_or_default();
    rest.windows(end.len()).position(|window| window == end).map_or(rest.len(), |found| found + end.len())
}

/// The names that `crate::…` is followed by, groups included, anywhere in a file `depth` modules below the crate's
/// root. A chain of `super` that climbs as far as the root is named as it stands: it has to be written `crate::…`.
fn named(text: &str, depth: usize) -> BTreeSet<String> {
    let tokens = tokens(text);
    let at = |place: usize| tokens.get(place).map_or("", String::as_str);
    let mut found = BTreeSet::new();
    for place in 0..tokens.len() {
        if at(place) == "crate" && at(place + 1) == "::" {
            found.extend(group(&tokens, place + 2));
        }
        let supers =
            (place..).step_by(2).take_while(|next| at(*next) == "super" && at(*next + 1) == "::").count();
        if supers >= depth {
            found.insert("super::".repeat(supers));
        }
    }
    found
}

/// The name at a place; of a group each first one.
fn group(tokens: &[String], start: usize) -> Vec<String> {
    if tokens.get(start).is_none_or(|token| token != "{") {
        return tokens.get(start).cloned().into_iter().collect();
    }
    let (mut depth, mut found) = (0, Vec::new());
    for pair in tokens[start..].windows(2) {
        match pair[0].as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && ["{", ","].contains(&pair[0].as_str()) && pair[1] != "}" {
            found.push(pair[1].clone());
        }
    }
    found
}

/// The crates among `dependencies` that a file names.
fn crates<'d>(text: &str, dependencies: &'d [String]) -> Vec<&'d str> {
    let tokens = tokens(text);
    let names = |name: &&String| tokens.windows(2).any(|pair| pair[0] == **name && pair[1] == "::");
    dependencies.iter().filter(names).map(String::as_str).collect()
}

/// The crates that the manifest names, tests' aside, as Rust writes them.
fn dependencies(manifest: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let names =
        lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once(['=', '.']));
    names.map(|(name, _)| name.trim().replace('-', "_")).filter(|name| !name.starts_with('#')).collect()
}

/// Every source file but `lib.rs`, with the part that it belongs to and its depth below the crate's root.
fn sources() -> Vec<(String, usize, PathBuf)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let describe = |file: PathBuf| {
        let module = file.strip_prefix(&root).unwrap().with_extension("");
        let names: Vec<String> = module.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let depth = names.iter().filter(|name| *name != "mod").count();
        (names[0].clone(), depth, file)
    };
    files.into_iter().map(describe).filter(|(part, ..)| part != "lib").collect()
}

#[test]
fn arrows_point_one_way() {
    let (mut wrong, mut drawn) = (Vec::new(), BTreeSet::<Arrow>::new());
    for (from, depth, file) in sources() {
        assert!(MAY_NAME.iter().any(|(part, _)| *part == from), "{from} is a new part: say what it may name");
        for to in named(&std::fs::read_to_string(&file).unwrap(), depth) {
            if !may(&from, &to) {
                wrong.push(format!("{}: {from} must not name `{to}`", file.display()));
            }
            drawn.insert((from.clone(), to));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What nobody uses may go from the table; and a reader that sees nothing would find nothing wrong.
    for (from, others) in MAY_NAME {
        for to in others {
            assert!(
                drawn.contains(&(from.to_owned(), (*to).to_owned())),
                "no file of {from} names {to} any more"
            );
        }
    }
}

#[test]
fn engine_and_delivery_need_no_crate() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let dependencies = dependencies(&std::fs::read_to_string(manifest).unwrap());
    let (mut free, mut others) = (BTreeSet::new(), BTreeSet::new());
    for (part, _, file) in sources() {
        let found = crates(&std::fs::read_to_string(&file).unwrap(), &dependencies);
        if WITHOUT_CRATES.contains(&part.as_str()) {
            assert!(found.is_empty(), "{} names {found:?}", file.display());
            free.insert(part);
        } else {
            others.extend(found.into_iter().map(str::to_owned));
        }
    }
    assert_eq!(free.len(), WITHOUT_CRATES.len());
    // Each of them is seen where it is used, so they would be seen here.
    assert_eq!(others, dependencies.into_iter().collect());
}

#[test]
fn the_rules_can_be_broken() {
    let cases =
        [("engine", "delivery"), ("delivery", "engine"), ("playbook", "replay"), ("browser", "playbook")];
    for (from, to) in cases {
        assert!(!may(from, to), "{from} → {to}");
    }
    assert!(
        !may("engine", "browser")
            && !may("replay", "toolkit")
            && !may("console", "engine")
            && !may("engine", "*")
    );
    assert!(may("engine", "engine") && may("playbook", "engine") && may("browser", "delivery"));
}

#[test]
fn what_a_file_names_is_seen_however_it_is_written() {
    let seen = |text: &str| named(text, 2).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("use crate::engine::{Event, Value};"), ["engine"]);
    assert_eq!(seen("pub use crate::{delivery::{Machine, Limits}, engine};"), ["delivery", "engine"]);
    assert_eq!(seen("fn f() -> crate::replay::World { todo() }"), ["replay"]);
    assert_eq!(seen("macro_rules! m { () => { $crate::browser::x() } }"), ["browser"]);
    assert_eq!(seen("use crate::*;"), ["*"]);
    assert_eq!(seen("use super::super::delivery;"), ["super::super::"]);
    assert_eq!(seen("pub(super) use super::near;"), [""; 0]);
    assert_eq!(seen("// crate::delivery\n/* crate::replay */ /// [`crate::toolkit`]"), [""; 0]);
    assert_eq!(
        seen(r##"let s = "crate::replay \" //"; let c = '"'; let r = r#"crate::x"#; use crate::engine;"##),
        ["engine"]
    );
    assert_eq!(seen("struct S<'a>(&'a str); use crate::delivery::X;"), ["delivery"]);
    let manifest = "[features]\nx = []\n[dependencies]\njs-sys = \"1\"\n# a = 1\nserde.workspace = true\n\n[lints]\ny = 1";
    let dependencies = dependencies(manifest);
    assert_eq!(dependencies, ["js_sys", "serde"]);
    assert_eq!(crates("use std::fmt; let a = js_sys::Array::new();", &dependencies), ["js_sys"]);
}
