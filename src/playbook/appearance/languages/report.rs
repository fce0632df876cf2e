//! What of the words of a whole playbook is there, and what is missing: languages by nudges.

use crate::engine::{Nudge, Playbook, Value};

use super::missing::Texts;

/// The words of a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Those that the policy names, then those that are written, in that order.
    pub languages: Vec<String>,
    /// In the order written; variants with words of their own behind their nudges.
    pub nudges: Vec<NudgeWords>,
}

/// The words of a nudge, or of a variant of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NudgeWords {
    /// Its id.
    pub nudge: String,
    /// The variant's, if it has words of its own.
    pub variant: Option<String>,
    /// What there is to say, in any language, by dotted paths such as `actions.go`; with what pages have of their own in
    /// English, such as `close`.
    pub texts: Vec<String>,
    /// Of each language of the playbook, in that order, what of it is missing: what is written neither in it nor in
    /// what it falls back to by itself, as `pt-BR` does to `pt`.
    pub missing: Vec<Vec<String>>,
}

/// Looks through all nudges.
pub fn words(playbook: &Playbook) -> Words {
    let contents: Vec<_> = playbook.nudges.iter().flat_map(contents).collect();
    let mut languages: Vec<&str> = Vec::new();
    let named = playbook.nudges.first().and_then(|nudge| nudge.appearance.get("languages"));
    let named = match named {
        Some(Value::List(named)) => named.as_slice(),
        _ => &[],
    };
    let named = named.iter().filter_map(|language| match language {
        Value::Text(language) => Some(language.as_str()),
        _ => None,
    });
    for language in
        named.chain(contents.iter().flat_map(|(.., content)| content.iter().map(|(name, _)| &**name)))
    {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let nudges = contents.iter().map(|(nudge, variant, appearance, content)| {
        let texts = Texts::of(
            content.iter().map(|(language, words)| (language.as_str(), words)),
            &[appearance, &nudge.appearance],
        );
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        NudgeWords {
            nudge: nudge.id.clone(),
            variant: variant.map(str::to_owned),
            missing: languages.iter().map(|language| owned(texts.lacking(language))).collect(),
            texts: texts.all.in_order,
        }
    });
    let nudges = nudges.collect();
    Words { languages: languages.into_iter().map(str::to_owned).collect(), nudges }
}

type Content<'a> = (&'a Nudge, Option<&'a str>, &'a Value, &'a [(String, Value)]);

/// The words of a nudge, and those of its variants that have their own.
fn contents(nudge: &Nudge) -> Vec<Content<'_>> {
    let variants = nudge.variants.iter().map(|variant| (Some(variant.id.as_str()), &variant.appearance));
    let all = std::iter::once((None, &nudge.appearance)).chain(variants);
    all.filter_map(|(variant, appearance)| match appearance.get("content") {
        Some(Value::Map(content)) => Some((nudge, variant, appearance, content.as_slice())),
        _ => None,
    })
    .collect()
}
