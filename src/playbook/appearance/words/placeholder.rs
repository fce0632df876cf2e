//! `{{signals.tasks:number|0}}`: what is put in, how, and what stands there where it is not known.

use super::super::super::near::nearest;
use super::fault::Fault;
use super::plural::{self, Forms, short};
use super::signs::{OF_PLACEHOLDER, escaped};

/// What stands for something that is known of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placeholder {
    /// Where it begins in the text, in bytes.
    pub(super) at: usize,
    /// The path in the view: `user.name`.
    pub(super) of: String,
    /// What stands there where that is not known; may be nothing.
    pub(super) or: String,
    pub(super) format: Option<Format>,
}

/// How it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Number,
    Date,
    Plural(Forms),
}

const FORMATS: [&str; 3] = ["number", "date", "plural"];

impl Format {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Format::Number => "number",
            Format::Date => "date",
            Format::Plural(_) => "plural",
        }
    }
}

/// Reads the one that begins at this place; returns also where the text goes on.
pub(super) fn read(text: &str, at: usize) -> Result<(Placeholder, usize), Fault> {
    let inside = at + 2;
    let (path, stop) = word(text, inside);
    let of = path.trim().to_owned();
    if of.is_empty() || of.contains('{') {
        return Err(Fault::new(at, "a placeholder names something, such as `{{user.name|there}}`")
            .with("`\\{\\{` is drawn as it is"));
    }
    let (format, stop) = match text.as_bytes().get(stop) {
        Some(b':') => format(text, stop + 1).map(|(format, stop)| (Some(format), stop))?,
        _ => (None, stop),
    };
    let rest = text.get(stop..).unwrap_or_default();
    if rest.starts_with("}}") {
        let hint = format!("say what stands there where it is not known: `{{{{{}|…}}}}`", short(&of));
        return Err(Fault::new(at, "a placeholder needs a default").with(hint));
    }
    if !rest.starts_with('|') {
        return Err(Fault::not_closed(at, "{{"));
    }
    let (or, behind) = default(text, stop + 1).ok_or_else(|| Fault::not_closed(at, "{{"))?;
    Ok((Placeholder { at, of, or: or.trim().to_owned(), format }, behind))
}

/// Where the text goes on behind one that begins at this place and cannot be read: behind its end, if it has one on its
/// line before the next begins.
pub(super) fn behind(text: &str, at: usize) -> usize {
    let inside = at + 2;
    let rest = text.get(inside..).unwrap_or_default();
    let end = rest.find(['\n']).unwrap_or(rest.len());
    let end = rest.find("{{").map_or(end, |next| next.min(end));
    let closing = rest.get(..end).and_then(|own| own.find("}}"));
    closing.map_or(inside, |closing| inside + closing + 2)
}

/// What is before the next sign.
fn word(text: &str, from: usize) -> (&str, usize) {
    let rest = text.get(from..).unwrap_or_default();
    let end = rest.find([':', '|', '(', '\n']).unwrap_or(rest.len());
    let end = rest.find("}}").map_or(end, |closing| closing.min(end));
    (rest.get(..end).unwrap_or_default(), from + end)
}

fn format(text: &str, from: usize) -> Result<(Format, usize), Fault> {
    let (word, stop) = word(text, from);
    let name = word.trim();
    let has_bracket = text.as_bytes().get(stop) == Some(&b'(');
    let simple = match name {
        "number" => Format::Number,
        "date" => Format::Date,
        "plural" if has_bracket => {
            let (forms, closing) = plural::read(text, stop)?;
            let rest = text.get(closing + 1..).unwrap_or_default();
            let behind = text.len() - rest.trim_start_matches(' ').len();
            return Ok((Format::Plural(forms), behind));
        }
        "plural" => {
            let hint = "as in `plural(one=# task;other=# tasks)`";
            return Err(Fault::new(from, "a plural needs its forms").with(hint));
        }
        _ => {
            let near = nearest(name, FORMATS).map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| "there is `number`, `date` and `plural(…)`".to_owned());
            return Err(Fault::new(from, format!("there is no format `{}`", short(name))).with(hint));
        }
    };
    match has_bracket {
        true => Err(Fault::new(stop, format!("the format `{name}` takes nothing in brackets"))),
        false => Ok((simple, stop)),
    }
}

/// What stands there by default, and where the text goes on.
fn default(text: &str, from: usize) -> Option<(String, usize)> {
    let mut default = String::new();
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with("}}") {
            return Some((default, at + 2));
        }
        // The next one begins: so this was not closed.
        if rest.starts_with("{{") || rest.starts_with('\n') {
            return None;
        }
        let letter = rest.chars().next()?;
        match escaped(rest, OF_PLACEHOLDER) {
            Some(sign) => {
                default.push(sign);
                at += 1 + sign.len_utf8();
            }
            None => {
                default.push(letter);
                at += letter.len_utf8();
            }
        }
    }
}
