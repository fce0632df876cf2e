//! `key` and `tenant`: under which public keys events are taken, and whose they are.

use std::time::Duration;

use clap::{Args, Subcommand};
use ripen::replay::format_timestamp;

use super::kept::{Database, Kept};
use super::span::span;
use super::tokens::here;
use crate::access::WriteKey;
use crate::clock::{Clock, Millis, SystemClock};
use crate::store::{Directory, Store};

/// Write keys.
#[derive(Args, Debug)]
pub(super) struct Keys {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Give a tenant one more
    Create(Create),
    /// Show those of a tenant
    List(Kept),
    /// From now on nobody sends by it
    Revoke(Revoke),
}

#[derive(Args, Debug)]
struct Create {
    #[command(flatten)]
    kept: Kept,
    /// Which; a random one where it is left out
    #[arg(value_parser = chosen)]
    key: Option<String>,
}

#[derive(Args, Debug)]
struct Revoke {
    #[command(flatten)]
    kept: Kept,
    /// Which
    key: String,
    /// How long it stays valid, for example 7d
    #[arg(long, value_name = "SPAN", default_value = "0s", value_parser = span)]
    overlap: Duration,
}

/// Tenants.
#[derive(Args, Debug)]
pub(super) struct Tenants {
    #[command(subcommand)]
    command: TenantCommand,
}

#[derive(Debug, Subcommand)]
enum TenantCommand {
    /// Make one, with its first write key
    Create(NewTenant),
    /// Show all, each with its write keys
    List(Database),
}

#[derive(Args, Debug)]
struct NewTenant {
    #[command(flatten)]
    database: Database,
    /// Its first write key
    #[arg(value_parser = chosen)]
    key: String,
}

impl Keys {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.command {
            Command::Create(Create { kept, key }) => create(&kept, key),
            Command::List(kept) => list(&kept),
            Command::Revoke(Revoke { kept, key, overlap }) => revoke(&kept, &key, overlap),
        }
    }
}

impl Tenants {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.command {
            TenantCommand::Create(NewTenant { database, key }) => found(&database, &key),
            TenantCommand::List(database) => list_all(&database),
        }
    }
}

fn create(kept: &Kept, key: Option<String>) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let key = match key {
        Some(key) => key,
        None => WriteKey::random().map_err(|error| vec![error.to_string()])?,
    };
    let added = store.add_write_key(tenant, &key, here()).map_err(|error| kept.failed(&error))?;
    if !added {
        return Err(vec![format!("the write key {key} is in use already: keys are unique in a database")]);
    }
    println!("{key}");
    Ok(())
}

fn revoke(kept: &Kept, key: &str, overlap: Duration) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let by = here();
    let ends = Millis(by.at.0.saturating_add(i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX)));
    let ended = store.end_write_key(tenant, key, ends, by).map_err(|error| kept.failed(&error))?;
    let ended = ended.ok_or_else(|| vec![format!("the tenant has no write key {key}")])?;
    eprintln!("{key} ends {}", format_timestamp(ended));
    Ok(())
}

fn list(kept: &Kept) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let keys = store.write_keys().map_err(|error| kept.failed(&error))?;
    print(keys.iter().filter(|key| key.tenant == tenant));
    Ok(())
}

fn found(database: &Database, key: &str) -> Result<(), Vec<String>> {
    let mut store = database.open_or_make()?;
    let known = store.directory().tenants().map_err(|error| database.failed(&error))?;
    if known.iter().any(|(known, _)| known == key) {
        return Err(vec![format!("the write key {key} is in use already")]);
    }
    let tenant = store.directory().tenant(key).map_err(|error| database.failed(&error))?;
    let act = here().act(tenant, "tenant.created", key);
    store.audit().note(&act).map_err(|error| database.failed(&error))?;
    eprintln!(
        "tenant {}: make its first token by ripen-collector token create --kind admin --write-key {key}",
        tenant.0
    );
    Ok(())
}

fn list_all(database: &Database) -> Result<(), Vec<String>> {
    let mut keys = database.open()?.write_keys().map_err(|error| database.failed(&error))?;
    keys.sort_by_key(|key| key.tenant);
    print(&keys);
    Ok(())
}

fn print<'a>(keys: impl IntoIterator<Item = &'a WriteKey>) {
    let now = SystemClock.now();
    println!("{:>6}  {:<24}  {:<24}  key", "tenant", "created", "ends");
    for key in keys {
        let created = key.created.map_or_else(|| "-".to_owned(), format_timestamp);
        let ends = match key.ends {
            None => "-".to_owned(),
            Some(_) if !key.is_valid(now) => "ended".to_owned(),
            Some(ends) => format_timestamp(ends),
        };
        println!("{:>6}  {created:<24}  {ends:<24}  {}", key.tenant.0, key.key);
    }
}

fn chosen(text: &str) -> Result<String, String> {
    WriteKey::chosen(text).map_err(|wrong| wrong.to_string())
}
