//! The configuration: flags before environment before file before defaults.
//!
//! [`KEYS`] is what there is to set; [`File`] reads it from TOML, [`Config`] is what holds in the end.

mod address;
mod effective;
mod file;
mod keys;
mod printed;

pub use effective::{Config, Given, Origin, Set, TenantConfig};
pub use file::{File, TenantFile};
pub use keys::{KEYS, Key, TENANT_KEYS};

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object a line, for programs.
    Json,
}
