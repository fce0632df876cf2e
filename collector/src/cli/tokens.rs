//! `token`: who may ask a running collector, said at the machine itself.

use std::io::{self, Write};
use std::time::Duration;

use clap::{Args, Subcommand};

use super::kept::Kept;
use super::span::span;
use crate::access::{Actor, By, Kind, Name, NewToken, Secret, Token, TokenId};
use crate::clock::{Clock, Millis, SystemClock};
use crate::limits;
use crate::store::Store;
use ripen::replay::format_timestamp;

/// Tokens: `server`, `read`, `admin`.
#[derive(Args, Debug)]
pub(super) struct Tokens {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make one, and print its secret, once; a running collector knows it within a second
    Create(Create),
    /// Show which there are, without their secrets
    List(Kept),
    /// From now on it is worth nothing
    Revoke(Revoke),
    /// Make another of its kind and name, and print its secret; the old one stays valid for a while
    Rotate(Rotate),
}

#[derive(Args, Debug)]
struct Create {
    #[command(flatten)]
    kept: Kept,
    /// server: sends events that count as signed · read: reads · admin: decides, and does all that the others do
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Kind,
    /// What people call it
    #[arg(long, default_value = "", hide_default_value = true, value_parser = name)]
    name: Name,
}

#[derive(Args, Debug)]
struct Revoke {
    #[command(flatten)]
    kept: Kept,
    /// As `token list` shows it
    id: i64,
}

#[derive(Args, Debug)]
struct Rotate {
    #[command(flatten)]
    kept: Kept,
    /// As `token list` shows it
    id: i64,
    /// How long the old one stays valid, for example 1h
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = span)]
    overlap: Duration,
}

impl Tokens {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.command {
            Command::Create(create) => create.run(),
            Command::List(kept) => list(&kept),
            Command::Revoke(revoke) => revoke.run(),
            Command::Rotate(rotate) => rotate.run(),
        }
    }
}

impl Create {
    fn run(self) -> Result<(), Vec<String>> {
        let Create { kept, kind, name } = self;
        let (mut store, tenant) = kept.tenant()?;
        let secret = Secret::new(kind).map_err(|error| vec![error.to_string()])?;
        let token = NewToken { tenant, kind, name, hash: secret.hash() };
        let id = store.tokens().add_token(&token, here()).map_err(|error| kept.failed(&error))?;
        reveal(id, &secret)
    }
}

impl Revoke {
    fn run(self) -> Result<(), Vec<String>> {
        let Revoke { kept, id } = self;
        let (mut store, tenant) = kept.tenant()?;
        let (id, by) = (TokenId(id), here());
        let ended = store.tokens().end_token(tenant, id, by.at, by).map_err(|error| kept.failed(&error))?;
        ended.map(drop).ok_or_else(|| no_such(id))
    }
}

impl Rotate {
    fn run(self) -> Result<(), Vec<String>> {
        let Rotate { kept, id, overlap } = self;
        if overlap > limits::LONGEST_OVERLAP {
            return Err(vec![format!(
                "--overlap: at most {} days",
                limits::LONGEST_OVERLAP.as_secs() / 86_400
            )]);
        }
        let (mut store, tenant) = kept.tenant()?;
        let (id, by) = (TokenId(id), here());
        let tokens = store.tokens().tokens().map_err(|error| kept.failed(&error))?;
        let old = tokens.into_iter().find(|token| token.tenant == tenant && token.id == id);
        let kind = old.ok_or_else(|| no_such(id))?.kind;
        let secret = Secret::new(kind).map_err(|error| vec![error.to_string()])?;
        let ends = Millis(by.at.0.saturating_add(i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX)));
        let new = store
            .tokens()
            .replace_token(tenant, id, secret.hash(), ends, by)
            .map_err(|error| kept.failed(&error))?;
        reveal(new.ok_or_else(|| no_such(id))?, &secret)?;
        eprintln!("token {id} stays valid until {}", format_timestamp(ends));
        Ok(())
    }
}

/// The secret alone on standard output, so that it can go where it belongs without having been on a screen.
fn reveal(id: TokenId, secret: &Secret) -> Result<(), Vec<String>> {
    writeln!(io::stdout(), "{}", secret.reveal()).map_err(|error| vec![error.to_string()])?;
    eprintln!("token {id}, of kind {}; it is not shown again", secret.kind().name());
    Ok(())
}

fn list(kept: &Kept) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let tokens = store.tokens().tokens().map_err(|error| kept.failed(&error))?;
    let now = SystemClock.now();
    println!("{:>5}  {:<6}  {:<24}  {:<24}  name", "id", "kind", "created", "ends");
    for token in tokens.iter().filter(|token| token.tenant == tenant) {
        let Token { id, kind, name, created, ends, .. } = token;
        let ends = match ends {
            None => "-".to_owned(),
            Some(_) if !token.is_valid(now) => "ended".to_owned(),
            Some(ends) => format_timestamp(*ends),
        };
        println!("{:>5}  {:<6}  {:<24}  {ends:<24}  {name}", id.0, kind.name(), format_timestamp(*created));
    }
    Ok(())
}

/// Whoever is at the machine, now.
pub(super) fn here() -> By {
    By { who: Actor::Cli, at: SystemClock.now() }
}

fn no_such(id: TokenId) -> Vec<String> {
    vec![format!("there is no token {id}, or it has ended (see ripen-collector token list)")]
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::named(text).ok_or_else(|| match text {
        "write" => "write keys are no tokens: ripen-collector key create".to_owned(),
        _ => "one of server, read, admin".to_owned(),
    })
}

fn name(text: &str) -> Result<Name, String> {
    Name::new(text).map_err(|wrong| wrong.to_string())
}
