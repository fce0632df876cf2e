//! Texts that pages have of their own, in English, for what a playbook does not say. In another language they are missing
//! like any other.

use crate::engine::Value;

use super::bases;

/// Whether this is a language in which they are written.
pub(super) fn speaks(language: &str) -> bool {
    std::iter::once(language).chain(bases(language)).any(|language| language.eq_ignore_ascii_case("en"))
}

/// Those that a page may draw of what is drawn: a compiled appearance, and what it differs from.
pub(super) fn of(appearances: &[&Value]) -> Vec<&'static str> {
    let part = |name: &str| appearances.iter().find_map(|appearance| appearance.get(name));
    let within = |name: &str, inner: &str| part(name).and_then(|part| part.get(inner));
    let kind = match within("placement", "kind") {
        Some(Value::Text(kind)) => kind.as_str(),
        _ => "",
    };
    // The host draws, with words of its own.
    if kind == "headless" {
        return Vec::new();
    }
    let mut texts = vec!["close"];
    let steps = match part("steps") {
        Some(Value::List(steps)) => steps.len(),
        _ => 0,
    };
    if kind == "tour" && steps > 1 {
        texts.extend(["next", "back"]);
    }
    if kind == "tour" || kind == "checklist" {
        texts.push("done");
    }
    let has_form = within("form", "fields").is_some();
    let may_talk = within("question", "talk") == Some(&Value::Bool(true));
    if has_form || may_talk {
        texts.push("sent");
    }
    if has_form || part("question").is_some() {
        texts.push("kept");
    }
    texts
}
