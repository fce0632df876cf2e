//! `playbook` and `nudge`: what people see, said at the machine itself.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ripen::replay::format_timestamp;

use super::kept::Kept;
use super::tokens::here;
use crate::access::Name;
use crate::limits;
use crate::store::{Expected, Playbooks as _, Publishing, Revision, RevisionNumber, SqliteStore, TenantId};
use crate::tenants::{Published, Written};

/// Playbooks.
#[derive(Args, Debug)]
pub(super) struct Playbooks {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a file, and make it what pages load
    Publish(Publish),
    /// Show the revisions, the newest first
    List(Kept),
    /// Print the text of a revision
    Show(One),
    /// Make an older revision what pages load
    Rollback(One),
}

#[derive(Args, Debug)]
struct Publish {
    #[command(flatten)]
    kept: Kept,
    /// The playbook
    file: PathBuf,
    /// What to say of it
    #[arg(long, default_value = "", hide_default_value = true, value_parser = note)]
    note: Name,
    /// Only if this revision is published now (0: none yet)
    #[arg(long, value_name = "NUMBER")]
    expect: Option<i64>,
}

#[derive(Args, Debug)]
struct One {
    #[command(flatten)]
    kept: Kept,
    /// As `playbook list` shows it
    number: i64,
}

/// Nudges.
#[derive(Args, Debug)]
pub(super) struct Nudges {
    #[command(subcommand)]
    command: Switch,
}

#[derive(Debug, Subcommand)]
enum Switch {
    /// Switch one off: it is gone from open pages within a minute
    Kill(Nudge),
    /// Switch one on again
    Revive(Nudge),
}

#[derive(Args, Debug)]
struct Nudge {
    #[command(flatten)]
    kept: Kept,
    /// As the playbook calls it
    id: String,
}

impl Playbooks {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.command {
            Command::Publish(publish) => publish.run(),
            Command::List(kept) => list(&kept),
            Command::Show(One { kept, number }) => show(&kept, RevisionNumber(number)),
            Command::Rollback(One { kept, number }) => roll_back(&kept, RevisionNumber(number)),
        }
    }
}

impl Nudges {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.command {
            Switch::Kill(Nudge { kept, id }) => switch(&kept, &id, false),
            Switch::Revive(Nudge { kept, id }) => switch(&kept, &id, true),
        }
    }
}

impl Publish {
    fn run(self) -> Result<(), Vec<String>> {
        let Publish { kept, file, note, expect } = self;
        let written = Written::read(&file, |warning| eprintln!("ripen-collector: {warning}"))?;
        let (mut store, tenant) = kept.tenant()?;
        let expected = match expect {
            None => Expected::Any,
            Some(number) => Expected::Revision(Some(RevisionNumber(number)).filter(|_| number != 0)),
        };
        let published = store.in_force(tenant).map_err(|error| kept.failed(&error))?.published;
        if let Expected::Revision(thought) = expected
            && thought != published
        {
            return Err(vec![overtaken(published)]);
        }
        if let Some((revision, _)) = found(&kept, &mut store, tenant, published)?
            && revision.hash == written.hash
        {
            eprintln!("revision {} means the same and is published already", revision.number.0);
            return Ok(());
        }
        let number = match store.same(tenant, &written.hash).map_err(|error| kept.failed(&error))? {
            Some(number) => number,
            None => {
                let revision = written.revision(tenant, note.as_str());
                store.add_revision(&revision, here()).map_err(|error| kept.failed(&error))?
            }
        };
        publish(&kept, &mut store, tenant, number, expected)
    }
}

fn publish(
    kept: &Kept,
    store: &mut SqliteStore,
    tenant: TenantId,
    number: RevisionNumber,
    expected: Expected,
) -> Result<(), Vec<String>> {
    match store.publish(tenant, number, expected, here()).map_err(|error| kept.failed(&error))? {
        Publishing::Unknown => Err(no_such(number)),
        Publishing::Overtaken(now) => Err(vec![overtaken(now)]),
        Publishing::Now(before) => {
            let before = before.map(|before| format!(" in place of {}", before.0)).unwrap_or_default();
            println!("revision {} is published{before}", number.0);
            Ok(())
        }
    }
}

fn list(kept: &Kept) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let failed = |error| kept.failed(&error);
    let force = store.in_force(tenant).map_err(failed)?;
    let revisions = store.revisions(tenant, None, limits::PAGE).map_err(failed)?;
    println!("{:>9}  {:<24}  {:<10}  {:<16}  note", "revision", "created", "by", "hash");
    for Revision { number, hash, note, created, by, .. } in revisions {
        let mark = match (force.published == Some(number), force.draft.as_ref()) {
            (true, _) => "* ",
            (false, Some(draft)) if draft.number == number => "d ",
            _ => "  ",
        };
        println!("{mark}{:>7}  {:<24}  {by:<10}  {hash:<16}  {note}", number.0, format_timestamp(created));
    }
    eprintln!("* what pages load; d what the test audience loads");
    for nudge in force.killed {
        eprintln!("the nudge {nudge} is switched off");
    }
    Ok(())
}

fn show(kept: &Kept, number: RevisionNumber) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let (_, source) = found(kept, &mut store, tenant, Some(number))?.ok_or_else(|| no_such(number))?;
    print!("{source}");
    Ok(())
}

fn roll_back(kept: &Kept, number: RevisionNumber) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    publish(kept, &mut store, tenant, number, Expected::Any)
}

fn switch(kept: &Kept, id: &str, is_on: bool) -> Result<(), Vec<String>> {
    let (mut store, tenant) = kept.tenant()?;
    let force = store.in_force(tenant).map_err(|error| kept.failed(&error))?;
    if !force.killed.iter().any(|killed| killed == id) {
        let known = Published::on_pages(&mut store, tenant, id).map_err(|error| kept.failed(&error))?;
        if let Err(near) = known {
            let near = near.map(|near| format!(": did you mean {near}?")).unwrap_or_default();
            return Err(vec![format!(
                "there is no nudge {id} in what was published, nor in the draft{near}"
            )]);
        }
    }
    let changed = store.switch_nudge(tenant, id, is_on, here()).map_err(|error| kept.failed(&error))?;
    let state = if is_on { "on" } else { "off" };
    println!("the nudge {id} is {state}{}", if changed { "" } else { ", as before" });
    Ok(())
}

fn found(
    kept: &Kept,
    store: &mut SqliteStore,
    tenant: TenantId,
    number: Option<RevisionNumber>,
) -> Result<Option<(Revision, String)>, Vec<String>> {
    match number {
        Some(number) => store.revision(tenant, number).map_err(|error| kept.failed(&error)),
        None => Ok(None),
    }
}

fn no_such(number: RevisionNumber) -> Vec<String> {
    vec![format!("there is no revision {} (see ripen-collector playbook list)", number.0)]
}

fn overtaken(now: Option<RevisionNumber>) -> String {
    match now {
        Some(now) => format!("revision {} is published, and not what you thought: look at it first", now.0),
        None => "nothing is published yet (--expect 0)".to_owned(),
    }
}

fn note(text: &str) -> Result<Name, String> {
    Name::new(text).map_err(|wrong| wrong.to_string())
}
