//! Names of events that differ in nothing that anybody means: in case, in what is between the words, in a plural, in two
//! letters that changed places or one that is doubled.

use std::collections::BTreeMap;

/// Shorter names are nearer to each other than slips of the pen are.
const SHORTEST: usize = 8;

/// By place, those that are like one before them, and the place of that.
pub(super) fn alike(names: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut by_words: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_letters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        let words = words(name);
        if let Some(before) = by_words.get(&words) {
            found.push((place, *before));
            continue;
        }
        by_words.insert(words, place);
        let single = single(name);
        if single.chars().count() < SHORTEST {
            continue;
        }
        let mut letters: Vec<char> = single.chars().collect();
        letters.sort_unstable();
        let others = by_letters.entry(letters.into_iter().collect()).or_default();
        // Numbers tell apart what they are numbers of.
        let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
        let is_near = |other: &&usize| {
            names.get(**other).is_some_and(|other| {
                let one_slip = strsim::damerau_levenshtein(&self::single(other), &single) <= 1;
                one_slip && digits(other) == digits(name)
            })
        };
        match others.iter().find(is_near) {
            Some(before) => found.push((place, *before)),
            // Of thousands with the same letters none is a slip.
            None if others.len() < 20 => others.push(place),
            None => {}
        }
    }
    found
}

/// Without case, plural, and what is between the words.
fn words(name: &str) -> String {
    let mut spaced = String::new();
    let mut was_lower = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_lower {
            spaced.push(' ');
        }
        was_lower = letter.is_lowercase();
        spaced.extend(letter.to_lowercase());
    }
    let is_between = |letter: char| letter.is_whitespace() || ['_', '-', '.', ':', '/'].contains(&letter);
    let words = spaced.split(is_between).filter(|word| !word.is_empty());
    let singular = words.map(|word| match word.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') => one,
        _ => word,
    });
    singular.collect()
}

/// Each run of a letter once.
fn single(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn a_slip_of_the_pen_is_alike() {
        for (one, other) in [
            ("project_created", "projects_created"),
            ("project_created", "Project Created"),
            ("project_created", "projectCreated"),
            ("project_created", "project-created"),
            ("project_created", "project_craeted"),
            ("changes_committed", "changes_comitted"),
        ] {
            assert_eq!(alike(&["x", one, "y", other]), [(3, 1)], "{one} {other}");
        }
    }

    #[test]
    fn other_words_are_not() {
        let names = [
            "project_created",
            "project_opened",
            "task_created",
            "step_1",
            "step_2",
            "plan_a",
            "plan_b",
            "form_viewed",
            "forum_viewed",
            "signed_in",
            "signed_up",
            "page",
            "$page",
            "passed",
            "pass",
            "address_added",
            "export_12",
            "export_21",
        ];
        assert!(alike(&names).is_empty(), "{:?}", alike(&names));
    }
}
