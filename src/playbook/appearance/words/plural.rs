//! The forms of a plural: `one=# task;other=# tasks`.

use super::super::super::near::nearest;
use super::fault::Fault;
use super::signs::{OF_PLACEHOLDER, escaped};

/// The categories of `Intl.PluralRules`. Which of them a language has, it knows; `other` is in all.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms by their categories, each once.
pub(super) type Forms = Vec<(&'static str, String)>;

/// Reads the forms from behind the opening bracket on, which is at `start` of the text; returns also where the closing
/// one is.
pub(super) fn read(text: &str, start: usize) -> Result<(Forms, usize), Fault> {
    let mut forms: Forms = Vec::new();
    let mut at = start + 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let end = rest.find(['=', ';', ')', '}', '|']).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().trim();
        let Some(category) = CATEGORIES.into_iter().find(|known| *known == name) else {
            let near = nearest(name, CATEGORIES);
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| "as in `plural(one=# task;other=# tasks)`".to_owned());
            return Err(Fault::new(at, format!("a plural has no form `{}`", short(name))).with(hint));
        };
        if !rest.get(end..).is_some_and(|rest| rest.starts_with('=')) {
            let hint = "as in `plural(one=# task;other=# tasks)`";
            return Err(
                Fault::new(at + end, format!("the form `{category}` needs `=` and a text")).with(hint)
            );
        }
        if forms.iter().any(|(known, _)| *known == category) {
            return Err(Fault::new(at, format!("the form `{category}` is said twice")));
        }
        let (form, behind) =
            form(text, at + end + 1).ok_or_else(|| Fault::new(start, "`(` is not closed"))?;
        forms.push((category, form.trim().to_owned()));
        at = behind + 1;
        if text.as_bytes().get(behind) == Some(&b')') {
            break match forms.iter().any(|(category, _)| *category == "other") {
                true => Ok((forms, behind)),
                false => Err(Fault::new(start, "a plural needs the form `other`").with(
                    "numbers that no other form is for take it, as in `plural(one=# task;other=# tasks)`",
                )),
            };
        }
    }
}

/// The text of a form, and where it ends.
fn form(text: &str, from: usize) -> Option<(String, usize)> {
    let mut form = String::new();
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        match rest.chars().next()? {
            // A page puts the number in the place of every `#`: so this one could not be kept.
            '\\' => match escaped(rest, OF_PLACEHOLDER).filter(|sign| *sign != '#') {
                Some(sign) => {
                    form.push(sign);
                    at += 2;
                }
                None => {
                    form.push('\\');
                    at += 1;
                }
            },
            ';' | ')' => return Some((form, at)),
            '\n' => return None,
            letter => {
                form.push(letter);
                at += letter.len_utf8();
            }
        }
    }
}

pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
