//! The name of a language, by BCP 47: `en`, `pt-BR`, `zh-Hant-TW`.
//!
//! Only its shape is looked at, and that it is written as browsers write it: pages look a language up by its name.

/// What is expected where a language is.
pub(super) const EXPECTED: &str = "a language such as \"en\" or \"pt-BR\"";
#[cfg(feature = "schema")]
pub(in crate::playbook) const PATTERN: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-x(-[a-z0-9]{1,8})+)?$";

/// That it is one; otherwise what is wrong, and what may be meant.
pub(in crate::playbook) fn read(text: &str) -> Result<(), (String, Option<String>)> {
    let shown: String = text.chars().take(40).collect();
    let wrong = || format!("expected {EXPECTED}, found \"{shown}\"");
    let as_written = canonical(&text.replace('_', "-"));
    match as_written {
        Some(tag) if tag == text => Ok(()),
        Some(tag) => Err((wrong(), Some(format!("browsers write it \"{tag}\"")))),
        None => Err((wrong(), None)),
    }
}

/// The languages that one falls back to by itself, the nearest first: `zh-Hant` and `zh` of `zh-Hant-TW`.
pub(in crate::playbook) fn bases(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(tag.rsplit_once('-'), |(base, _)| base.rsplit_once('-')).map(|(base, _)| base)
}

/// In the case that browsers write it in.
fn canonical(text: &str) -> Option<String> {
    let mut parts = text.split('-').peekable();
    let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, fits: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(fits)
    };
    let language = parts.next().filter(|part| is(part, 2..=3, u8::is_ascii_alphabetic))?;
    let mut tag = language.to_ascii_lowercase();
    let mut add = |part: String| {
        tag.push('-');
        tag.push_str(&part);
    };
    if let Some(script) = parts.next_if(|part| is(part, 4..=4, u8::is_ascii_alphabetic)) {
        let (first, rest) = script.split_at_checked(1)?;
        add(first.to_ascii_uppercase() + &rest.to_ascii_lowercase());
    }
    let is_region =
        |part: &&str| is(part, 2..=2, u8::is_ascii_alphabetic) || is(part, 3..=3, u8::is_ascii_digit);
    if let Some(region) = parts.next_if(is_region) {
        add(region.to_ascii_uppercase());
    }
    let is_variant = |part: &&str| {
        let is_year = part.starts_with(|first: char| first.is_ascii_digit()) && part.len() == 4;
        is(part, 5..=8, u8::is_ascii_alphanumeric) || (is_year && is(part, 4..=4, u8::is_ascii_alphanumeric))
    };
    while let Some(variant) = parts.next_if(is_variant) {
        add(variant.to_ascii_lowercase());
    }
    if parts.next_if(|part| part.eq_ignore_ascii_case("x")).is_some() {
        add("x".to_owned());
        parts.peek()?;
        while let Some(private) = parts.next_if(|part| is(part, 1..=8, u8::is_ascii_alphanumeric)) {
            add(private.to_ascii_lowercase());
        }
    }
    parts.next().is_none().then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::{bases, read};

    #[test]
    fn languages_are_written_as_browsers_write_them() {
        let tags =
            ["en", "de-AT", "pt-BR", "zh-Hant-TW", "es-419", "gsw", "sl-rozaj", "de-1996", "en-x-pirate"];
        for tag in tags {
            assert_eq!(read(tag), Ok(()), "{tag}");
        }
        for (found, meant) in
            [("pt_BR", "pt-BR"), ("EN", "en"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW")]
        {
            assert_eq!(read(found).unwrap_err().1, Some(format!("browsers write it \"{meant}\"")), "{found}");
        }
        for none in ["", "e", "english", "e-n", "en-", "en--US", "en-x", "en-u-ca", "é", "en US", "1x"] {
            assert_eq!(read(none).unwrap_err().1, None, "{none}");
        }
    }

    #[test]
    fn the_pattern_of_the_schema_is_the_same() {
        let pattern = regex::Regex::new(super::PATTERN).unwrap();
        let parts =
            ["en", "gsw", "Hant", "hant", "US", "us", "419", "rozaj", "1996", "x", "e", "", "abcdefghi"];
        for one in parts {
            for two in parts {
                for three in parts {
                    for tag in [one.to_owned(), format!("{one}-{two}"), format!("{one}-{two}-{three}")] {
                        assert_eq!(pattern.is_match(&tag), read(&tag).is_ok(), "{tag}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_language_falls_back_to_its_own() {
        assert_eq!(bases("zh-Hant-TW").collect::<Vec<_>>(), ["zh-Hant", "zh"]);
        assert_eq!(bases("en").count(), 0);
    }
}
