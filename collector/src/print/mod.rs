//! What is kept, printed for people and their tools: [`export`], [`losses`], [`erasures`], [`audit`](fn@audit),
//! [`secrets`].
//!
//! All is read a page at a time, so that it does not matter how much there is.

mod audit;
mod disagreements;
mod erasures;
mod export;
mod health;
mod leads;
mod losses;
mod receipts;
mod secrets;
mod views;

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;

use crate::privacy::NoSubject;
use crate::store::{Store, StoreError, TenantId};
pub use audit::audit;
pub use disagreements::disagreements;
pub use erasures::erasures;
pub use export::export;
pub use health::health;
pub use leads::{Feed, leads};
pub use losses::losses;
pub use receipts::{receipts, write as write_receipt};
pub use secrets::{create_secret, retire_secret, secrets};
pub use views::views;

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns, for people.
    Table,
    /// A JSON object a line.
    Json,
}

/// Why nothing is printed, or only a part of it.
#[derive(Debug)]
pub enum PrintError {
    /// The store cannot be read.
    Store(StoreError),
    /// The output cannot be written.
    Output(io::Error),
    /// No events were ever sent under this key.
    UnknownWriteKey(String),
    /// Whose? A person of one product is nobody in another, so they are never mixed.
    SeveralTenants(Vec<String>),
    /// It is not known who is meant.
    NoSubject(NoSubject),
    /// There is no request of this number that names anybody.
    NoSuchRequest,
    /// The database is nobody's yet.
    NoTenant,
    /// There is no valid secret of this number.
    NoSecret(i64),
}

/// Goes through all of something, a page at a time: after the last one of a page comes what `key` says.
fn each<T, K>(
    mut after: K,
    key: impl Fn(&T) -> K,
    mut read: impl FnMut(&K) -> Result<Vec<T>, StoreError>,
    mut f: impl FnMut(&T) -> Result<(), PrintError>,
) -> Result<(), PrintError> {
    loop {
        let page = read(&after)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = key(last);
        page.iter().try_for_each(&mut f)?;
    }
}

/// A line of JSON.
fn write_json(line: &impl Serialize, out: &mut impl Write) -> Result<(), PrintError> {
    serde_json::to_writer(&mut *out, line).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Whose it is. The key may be left out where there is only one tenant; none where there is not even one.
pub(crate) fn tenant_of(
    store: &mut dyn Store,
    write_key: Option<&str>,
) -> Result<Option<TenantId>, PrintError> {
    let tenants = store.directory().tenants()?;
    if let Some(wanted) = write_key {
        let found = tenants.into_iter().find(|(key, _)| key == wanted);
        return found.map(|(_, id)| Some(id)).ok_or_else(|| PrintError::UnknownWriteKey(wanted.to_owned()));
    }
    let first = tenants.first().map(|(_, id)| *id);
    if tenants.iter().any(|(_, id)| Some(*id) != first) {
        return Err(PrintError::SeveralTenants(tenants.into_iter().map(|(key, _)| key).collect()));
    }
    Ok(first)
}

/// Whose it is, or everybody's.
pub(crate) fn tenants_of(
    store: &mut dyn Store,
    write_key: Option<&str>,
    all: bool,
) -> Result<Vec<TenantId>, PrintError> {
    if !all {
        return Ok(tenant_of(store, write_key)?.into_iter().collect());
    }
    let mut tenants: Vec<TenantId> =
        store.directory().tenants()?.into_iter().map(|(_, tenant)| tenant).collect();
    tenants.sort_unstable();
    tenants.dedup();
    Ok(tenants)
}

impl fmt::Display for PrintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PrintError::Store(error) => error.fmt(f),
            PrintError::Output(error) => error.fmt(f),
            PrintError::NoSubject(nobody) => nobody.fmt(f),
            PrintError::NoSuchRequest => {
                f.write_str("there is no request of this number that still names anybody: see `erasures`")
            }
            PrintError::UnknownWriteKey(key) => write!(f, "the database does not know the write key {key}"),
            PrintError::NoTenant => {
                f.write_str("the database has no tenant yet: start the collector once with --playbook")
            }
            PrintError::NoSecret(id) => write!(f, "there is no valid secret {id}: see `secret list`"),
            PrintError::SeveralTenants(keys) => {
                write!(f, "the database has several tenants: add --write-key with one of {}", keys.join(", "))
            }
        }
    }
}

impl std::error::Error for PrintError {}

impl From<NoSubject> for PrintError {
    fn from(nobody: NoSubject) -> PrintError {
        PrintError::NoSubject(nobody)
    }
}

impl From<StoreError> for PrintError {
    fn from(error: StoreError) -> PrintError {
        PrintError::Store(error)
    }
}

impl From<io::Error> for PrintError {
    fn from(error: io::Error) -> PrintError {
        PrintError::Output(error)
    }
}
