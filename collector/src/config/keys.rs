//! What there is to set. `docs/operating.md` has the same table, and a test compares them.

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// In the file; as a flag with `-` for `_`.
    pub name: &'static str,
    /// In the environment; none if only the file has it.
    pub environment: Option<&'static str>,
    /// What holds where nobody says anything, as the documentation writes it.
    pub default: &'static str,
}

const fn key(name: &'static str, environment: &'static str, default: &'static str) -> Key {
    Key { name, environment: Some(environment), default }
}

/// Of the collector.
pub const KEYS: [Key; 8] = [
    key("listen", "RIPEN_LISTEN", "127.0.0.1:8787"),
    key("metrics_listen", "RIPEN_METRICS_LISTEN", "none"),
    key("database", "RIPEN_DATABASE", "ripen.db"),
    key("www", "RIPEN_WWW", "none"),
    key("log", "RIPEN_LOG", "info"),
    key("log_format", "RIPEN_LOG_FORMAT", "text"),
    key("retention_days", "RIPEN_RETENTION_DAYS", "none"),
    key("deny", "RIPEN_DENY", "[]"),
];

/// Of a tenant, in `[tenant.WRITE_KEY]`.
pub const TENANT_KEYS: [Key; 3] = [
    Key { name: "playbook", environment: None, default: "none" },
    Key { name: "retention_days", environment: None, default: "the collector's" },
    Key { name: "deny", environment: None, default: "the collector's" },
];
