//! The name that somebody may have meant.

/// Names that are longer are not misspelt, but something else.
const LONGEST: usize = 200;

/// The nearest of the names that there are, if one is near enough to be meant.
pub fn nearest<'a>(found: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = fold(found);
    let length = wanted.chars().count();
    // A third of a word may be wrong; of short words one letter.
    let most = (length / 3).max(1);
    if length > LONGEST {
        return None;
    }
    let by_distance = |name: &'a str| (strsim::damerau_levenshtein(&wanted, &fold(name)), name);
    // Others need as many letters more or fewer, and the distance takes long to find out.
    let like = names
        .into_iter()
        .filter(|name| name.chars().take(length + most + 1).count().abs_diff(length) <= most);
    let (distance, name) = like.map(by_distance).min()?;
    (distance <= most).then_some(name)
}

/// `did you mean …?`, or which names there are.
pub(super) fn hint<'a>(found: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = nearest(found, names.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let all: Vec<&str> = names.into_iter().collect();
    match all.len() {
        0 => None,
        1..=12 => Some(format!("there is {}", list(&all))),
        _ => None,
    }
}

/// `a`, `b` and `c`
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", most.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_near() {
        let names = ["projects", "tasks", "since_work"];
        assert_eq!(nearest("project", names), Some("projects"));
        assert_eq!(nearest("Since-Work", names), Some("since_work"));
        assert_eq!(nearest("invoices", names), None);
        assert_eq!(hint("invoices", names).unwrap(), "there is `projects`, `tasks` and `since_work`");
    }
}
