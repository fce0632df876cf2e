//! The configuration as a file, with who said so.

use std::fmt;

use serde_json::{Value, json};

use super::{Config, LogFormat, Origin, Set};

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Given => "flag or environment",
            Origin::File => "file",
            Origin::Default => "default",
        })
    }
}

/// A file that says the same, with a comment behind each line.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.log_format.value {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        let level = self.log.value.to_string().to_lowercase();
        line(f, "listen", &self.listen, json!(self.listen.value))?;
        line(f, "metrics_listen", &self.metrics_listen, json!(self.metrics_listen.value))?;
        line(f, "database", &self.database, json!(self.database.value))?;
        line(f, "www", &self.www, json!(self.www.value))?;
        line(f, "log", &self.log, json!(level))?;
        line(f, "log_format", &self.log_format, json!(format))?;
        line(f, "retention_days", &self.retention_days, json!(self.retention_days.value))?;
        line(f, "deny", &self.deny, json!(self.deny.value))?;
        for (key, tenant) in &self.tenants {
            writeln!(f, "\n[tenant.{}]", json!(key))?;
            if let Some(playbook) = &tenant.playbook {
                writeln!(f, "playbook = {}", json!(playbook))?;
            }
            if let Some(days) = tenant.retention_days {
                writeln!(f, "retention_days = {days}")?;
            }
            writeln!(f, "deny = {}", json!(tenant.deny))?;
        }
        Ok(())
    }
}

/// A JSON string, number or list of strings is one of TOML, too. What is not set is a comment.
fn line<T>(f: &mut fmt::Formatter<'_>, name: &str, set: &Set<T>, value: Value) -> fmt::Result {
    match value {
        Value::Null => writeln!(f, "# {name} is not set"),
        value => writeln!(f, "{name} = {value} # {}", set.from),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, File, Given, KEYS};

    #[test]
    fn what_is_printed_means_the_same_when_it_is_read_again() {
        let text = "listen = 'a:1'\ndeny = ['email', 'traits.\\\"x']\n[tenant.'a.b']\nplaybook = 'p.json'\nretention_days = 4";
        let printed = Config::of(Given::default(), File::parse(text).unwrap()).unwrap().to_string();
        let again = Config::of(Given::default(), File::parse(&printed).unwrap()).unwrap();
        let given_by_file = |text: &str| text.replace("# default", "# file");
        assert_eq!(given_by_file(&again.to_string()), given_by_file(&printed));
        assert!(KEYS.iter().all(|key| printed.contains(key.name)), "{printed}");
    }
}
