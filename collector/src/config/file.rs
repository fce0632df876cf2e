//! The configuration file: TOML, in which a word that is not known is a mistake.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ripen::playbook::nearest;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::{KEYS, Key, LogFormat, TENANT_KEYS};

/// What a file says. Paths in it are relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // The names are those of `KEYS`, which the documentation explains.
pub struct File {
    pub listen: Option<String>,
    pub metrics_listen: Option<String>,
    pub database: Option<PathBuf>,
    pub www: Option<PathBuf>,
    pub log: Option<String>,
    pub log_format: Option<LogFormat>,
    pub retention_days: Option<u32>,
    pub deny: Option<Vec<String>>,
    pub tenant: BTreeMap<String, TenantFile>,
}

/// Of one tenant, by write key.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct TenantFile {
    pub playbook: Option<PathBuf>,
    pub retention_days: Option<u32>,
    pub deny: Option<Vec<String>>,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// All words that mean nothing, a line each with their place; else what cannot be read of it.
    pub fn read(path: &Path) -> Result<File, Vec<String>> {
        let text =
            std::fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())])?;
        let mut file = File::parse(&text).map_err(|mistakes| {
            mistakes.iter().map(|mistake| format!("{}:{mistake}", path.display())).collect::<Vec<_>>()
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let own = [&mut file.database, &mut file.www];
        for path in own.into_iter().chain(file.tenant.values_mut().map(|tenant| &mut tenant.playbook)) {
            *path = path.take().map(|path| folder.join(path));
        }
        Ok(file)
    }

    /// Reads a file's text; mistakes begin with `line:column: `.
    ///
    /// # Errors
    /// As [`File::read`].
    pub fn parse(text: &str) -> Result<File, Vec<String>> {
        let in_text = |error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            vec![format!("{}: {}", place(text, at), error.message())]
        };
        let table = DeTable::parse(text).map_err(in_text)?;
        let mut mistakes = Vec::new();
        unknown(table.get_ref(), "", &KEYS, &mut mistakes);
        if let Some(DeValue::Table(tenants)) = table.get_ref().get("tenant").map(|value| value.get_ref()) {
            for (_, tenant) in tenants {
                if let DeValue::Table(tenant) = tenant.get_ref() {
                    unknown(tenant, " of a tenant", &TENANT_KEYS, &mut mistakes);
                }
            }
        }
        // As they stand in the file.
        mistakes.sort_unstable();
        let mistakes: Vec<String> =
            mistakes.into_iter().map(|(at, mistake)| format!("{}: {mistake}", place(text, at))).collect();
        if mistakes.is_empty() { toml::from_str(text).map_err(in_text) } else { Err(mistakes) }
    }
}

fn unknown(table: &DeTable<'_>, of: &str, keys: &[Key], mistakes: &mut Vec<(usize, String)>) {
    let tables: &[&str] = if of.is_empty() { &["tenant"] } else { &[] };
    let names = || keys.iter().map(|key| key.name).chain(tables.iter().copied());
    for name in table.keys() {
        let word: &str = name.get_ref();
        if names().any(|known| known == word) {
            continue;
        }
        let hint = match nearest(word, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is {}", names().collect::<Vec<_>>().join(", ")),
        };
        mistakes.push((name.span().start, format!("`{word}` is no setting{of}: {hint}")));
    }
}

/// `line:column`, from 1.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_it_is_read() {
        let text = "listen = '0.0.0.0:80'\nretention_days = 400\ndeny = ['email']\nlog_format = 'json'\n\n[tenant.demo]\nplaybook = 'p.json'\ndeny = []\n";
        let file = File::parse(text).unwrap();
        assert_eq!((file.listen.as_deref(), file.retention_days), (Some("0.0.0.0:80"), Some(400)));
        assert_eq!((file.deny, file.log_format), (Some(vec!["email".to_owned()]), Some(LogFormat::Json)));
        let tenant = &file.tenant["demo"];
        assert_eq!((&tenant.playbook, &tenant.deny), (&Some(PathBuf::from("p.json")), &Some(vec![])));
        assert_eq!(File::parse("").unwrap(), File::default());
    }

    #[test]
    fn every_unknown_word_is_told_with_its_place_and_a_near_one() {
        let text = "lisen = 'x'\n[tenant.demo]\n  retention = 5\n  colour = 'red'\n[tenant.other]\n";
        let mistakes = File::parse(text).unwrap_err();
        assert_eq!(mistakes.len(), 3);
        assert_eq!(mistakes[0], "1:1: `lisen` is no setting: did you mean `listen`?");
        assert!(mistakes[1].starts_with("3:3: `retention` is no setting of a tenant"), "{}", mistakes[1]);
        assert!(mistakes[2].ends_with("there is playbook, retention_days, deny"), "{}", mistakes[2]);
    }

    #[test]
    fn what_is_no_toml_or_of_another_kind_is_told_with_its_place() {
        for (text, at) in [
            ("listen = ", "1:"),
            ("\nretention_days = 'x'", "2:18"),
            ("deny = 5", "1:8"),
            ("retention_days = -1", "1:18"),
        ] {
            let mistakes = File::parse(text).unwrap_err();
            assert!(mistakes.len() == 1 && mistakes[0].starts_with(at), "{text}: {mistakes:?}");
        }
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ripen.toml");
        std::fs::write(&path, "database = 'ripen.db'\nwww = '/srv/www'\n[tenant.k]\nplaybook = 'p.json'")
            .unwrap();
        let file = File::read(&path).unwrap();
        assert_eq!(file.database, Some(folder.path().join("ripen.db")));
        assert_eq!(file.www, Some(PathBuf::from("/srv/www")));
        assert_eq!(file.tenant["k"].playbook, Some(folder.path().join("p.json")));
        std::fs::write(&path, "\nlisten = 5").unwrap();
        let mistakes = File::read(&path).unwrap_err();
        assert!(mistakes[0].contains("ripen.toml:2:10: "), "{mistakes:?}");
    }
}
