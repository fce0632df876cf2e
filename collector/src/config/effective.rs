//! What holds in the end.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tracing_subscriber::filter::LevelFilter;

use super::address::Address;
use super::{File, LogFormat, TenantFile};
use crate::access::WriteKey;
use crate::ingest::Denied;

/// Who said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag, or the environment.
    Given,
    /// The file.
    File,
    /// Nobody.
    Default,
}

/// A value and who said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T> {
    /// What holds.
    pub value: T,
    /// Since who said so.
    pub from: Origin,
}

impl<T> Set<T> {
    fn of(given: Option<T>, file: Option<T>, default: T) -> Set<T> {
        match (given, file) {
            (Some(value), _) => Set { value, from: Origin::Given },
            (None, Some(value)) => Set { value, from: Origin::File },
            (None, None) => Set { value: default, from: Origin::Default },
        }
    }
}

/// What flags and environment say.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // The names are those of `KEYS`.
pub struct Given {
    pub listen: Option<String>,
    pub metrics_listen: Option<String>,
    pub database: Option<PathBuf>,
    pub www: Option<PathBuf>,
    pub log: Option<LevelFilter>,
    pub log_format: Option<LogFormat>,
    pub retention_days: Option<u32>,
    pub deny: Option<Vec<String>>,
    /// Write keys and their playbooks.
    pub playbooks: Vec<(String, PathBuf)>,
}

/// Of one tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantConfig {
    /// None where it is published through the API.
    pub playbook: Option<PathBuf>,
    /// After how many days raw events are erased; none: never.
    pub retention_days: Option<u32>,
    /// What is never kept.
    pub deny: Vec<String>,
}

/// The configuration.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // The names are those of `KEYS`.
pub struct Config {
    pub listen: Set<String>,
    pub metrics_listen: Set<Option<String>>,
    pub database: Set<PathBuf>,
    pub www: Set<Option<PathBuf>>,
    pub log: Set<LevelFilter>,
    pub log_format: Set<LogFormat>,
    pub retention_days: Set<Option<u32>>,
    pub deny: Set<Vec<String>>,
    /// By write key; what a tenant does not say is the collector's.
    pub tenants: BTreeMap<String, TenantConfig>,
}

impl Config {
    /// Puts all together.
    ///
    /// # Errors
    /// All that is said and means nothing.
    pub fn of(given: Given, file: File) -> Result<Config, Vec<String>> {
        let mut mistakes = Vec::new();
        let log = file.log.and_then(|word| {
            let level = word.parse();
            if level.is_err() {
                mistakes.push(format!("log: `{word}` is none of off, error, warn, info, debug"));
            }
            level.ok()
        });
        let retention_days = Set::of(given.retention_days.map(Some), file.retention_days.map(Some), None);
        let deny = Set::of(given.deny, file.deny, Vec::new());
        let mut tenants: BTreeMap<String, TenantConfig> = BTreeMap::new();
        for (key, TenantFile { playbook, retention_days: days, deny: own }) in file.tenant {
            let retention_days = days.or(retention_days.value);
            let deny = own.unwrap_or_else(|| deny.value.clone());
            tenants.insert(key, TenantConfig { playbook, retention_days, deny });
        }
        mistakes.extend(tenants.keys().filter_map(|key| wrong_key("tenant", key)));
        let mut known = Vec::new();
        for (key, playbook) in given.playbooks {
            mistakes.extend(wrong_key("--playbook", &key));
            if known.contains(&key) {
                mistakes.push(format!("--playbook: the write key {key} is given twice"));
            }
            let usual = || TenantConfig {
                playbook: None,
                retention_days: retention_days.value,
                deny: deny.value.clone(),
            };
            tenants.entry(key.clone()).or_insert_with(usual).playbook = Some(playbook);
            known.push(key);
        }
        let lists = tenants.values().map(|tenant| &tenant.deny).chain([&deny.value]);
        mistakes.extend(lists.filter_map(|list| Some(format!("deny: {}", Denied::new(list).err()?))));
        let days = tenants.values().map(|tenant| tenant.retention_days).chain([retention_days.value]);
        if days.flatten().any(|days| days == 0) {
            mistakes.push("retention_days: at least 1 day; to keep nothing, do not record".to_owned());
        }
        let listen = Set::of(given.listen, file.listen, "127.0.0.1:8787".to_owned());
        let metrics_listen = Set::of(given.metrics_listen.map(Some), file.metrics_listen.map(Some), None);
        mistakes.extend(wrong_addresses(&listen.value, metrics_listen.value.as_deref()));
        mistakes.dedup();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(Config {
            listen,
            metrics_listen,
            database: Set::of(given.database, file.database, PathBuf::from("ripen.db")),
            www: Set::of(given.www.map(Some), file.www.map(Some), None),
            log: Set::of(given.log, log, LevelFilter::INFO),
            log_format: Set::of(given.log_format, file.log_format, LogFormat::Text),
            retention_days,
            deny,
            tenants,
        })
    }
}

fn wrong_key(place: &str, key: &str) -> Option<String> {
    let wrong = WriteKey::chosen(key).err()?;
    Some(format!("{place}: the write key `{key}` cannot be one: {wrong}"))
}

/// What cannot be listened at.
fn wrong_addresses(listen: &str, metrics: Option<&str>) -> Vec<String> {
    let (read, metrics_read) = (Address::read(listen), metrics.map(Address::read).transpose());
    match (read, metrics_read) {
        (Ok(read), Ok(Some(other))) if read.excludes(other) => vec![format!(
            "metrics_listen: expected another port than that of `listen`, found `{}`, and `listen` is `{listen}`",
            metrics.unwrap_or_default()
        )],
        (read, other) => {
            let wrong = [read.err().map(|wrong| format!("listen: {wrong}"))];
            let wrong =
                wrong.into_iter().chain([other.err().map(|wrong| format!("metrics_listen: {wrong}"))]);
            wrong.flatten().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_listened_at_and_what_is_no_write_key_is_told_at_once() {
        let file = File::parse(
            "listen = '8799'\nmetrics_listen = '127.0.0.1:99999'\n[tenant.'de mo/ü']\n[tenant.good]\n",
        );
        let given = Given { playbooks: vec![("a b".to_owned(), PathBuf::from("p"))], ..Given::default() };
        let mistakes = Config::of(given, file.unwrap()).unwrap_err();
        assert_eq!(
            mistakes,
            [
                "tenant: the write key `de mo/ü` cannot be one: ' ' cannot be in it: letters, digits, `-`, `_` and `.` can",
                "--playbook: the write key `a b` cannot be one: ' ' cannot be in it: letters, digits, `-`, `_` and `.` can",
                "listen: expected HOST:PORT such as `127.0.0.1:8787`, found `8799`: it has no `:`",
                "metrics_listen: expected HOST:PORT such as `127.0.0.1:8787`, found `127.0.0.1:99999`: a port is a whole number from 0 to 65535",
            ]
        );
        let given = Given {
            listen: Some("0.0.0.0:80".to_owned()),
            metrics_listen: Some("127.0.0.1:80".to_owned()),
            ..Given::default()
        };
        assert_eq!(
            Config::of(given, File::default()).unwrap_err(),
            [
                "metrics_listen: expected another port than that of `listen`, found `127.0.0.1:80`, and `listen` is `0.0.0.0:80`"
            ]
        );
    }

    #[test]
    fn what_is_given_holds_before_the_file_and_the_file_before_the_default() {
        let file = File::parse("listen = 'a:1'\nlog = 'warn'\nretention_days = 9\n[tenant.k]\nplaybook = 'f'\n[tenant.l]\nretention_days = 3\ndeny = ['x']").unwrap();
        let given = Given {
            listen: Some("b:2".to_owned()),
            deny: Some(vec!["email".to_owned()]),
            playbooks: vec![("k".to_owned(), PathBuf::from("g")), ("m".to_owned(), PathBuf::from("h"))],
            ..Given::default()
        };
        let config = Config::of(given, file).unwrap();
        assert_eq!(config.listen, Set { value: "b:2".to_owned(), from: Origin::Given });
        assert_eq!(config.log, Set { value: LevelFilter::WARN, from: Origin::File });
        assert_eq!(config.database, Set { value: PathBuf::from("ripen.db"), from: Origin::Default });
        let tenants: Vec<_> = config
            .tenants
            .iter()
            .map(|(key, t)| {
                (
                    key.as_str(),
                    t.playbook.as_ref().map(|p| p.to_str().unwrap()),
                    t.retention_days,
                    t.deny.join(" "),
                )
            })
            .collect();
        let expected = [
            ("k", Some("g"), Some(9), "email".to_owned()),
            ("l", None, Some(3), "x".to_owned()),
            ("m", Some("h"), Some(9), "email".to_owned()),
        ];
        assert_eq!(tenants, expected);
    }

    #[test]
    fn what_means_nothing_is_told_at_once() {
        let file = File::parse("log = 'loud'\nretention_days = 0\n[tenant.k]\ndeny = ['']").unwrap();
        let playbooks = vec![("k".to_owned(), PathBuf::from("p")); 2];
        let mistakes = Config::of(Given { playbooks, ..Given::default() }, file).unwrap_err();
        for word in ["loud", "given twice", "denies nothing", "at least 1 day"] {
            assert!(mistakes.iter().any(|mistake| mistake.contains(word)), "{word}: {mistakes:?}");
        }
    }
}
