//! `export`, `erase` and `receipts`, in words.

use std::io::Write;

use clap::Args;

use super::kept::Kept;
use crate::access::{Actor, By};
use crate::clock::{Clock, SystemClock};
use crate::print::{self, PrintError};
use crate::privacy;
use crate::store::{Erasure, ErasureId, Person, Store, TenantId};

#[derive(Args, Debug)]
pub(super) struct Export {
    #[command(flatten)]
    kept: Kept,
    /// Only what is kept of this user
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// Only what is kept of this anonymous id, or of the user that it was joined to
    #[arg(long, value_name = "ID")]
    anonymous: Option<String>,
}

#[derive(Args, Debug)]
#[group(id = "whom", required = true, multiple = true)]
pub(super) struct Whom {
    /// The request of this number, as `erasures` lists it
    #[arg(long, value_name = "N", conflicts_with_all = ["user", "anonymous"])]
    request: Option<i64>,
    /// A user
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// An anonymous id
    #[arg(long, value_name = "ID")]
    anonymous: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Erase {
    #[command(flatten)]
    kept: Kept,
    #[command(flatten)]
    whom: Whom,
}

#[derive(Args, Debug)]
pub(super) struct Receipts {
    #[command(flatten)]
    kept: Kept,
    /// Only those of this id: whether, and when, somebody was erased
    #[arg(long, value_name = "ID")]
    of: Option<String>,
}

impl Export {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Export { kept, user, anonymous } = self;
        if user.is_none() && anonymous.is_none() {
            return kept.print(|store, key, out| print::export(store, key, out));
        }
        let whom = Person { user_id: user, anonymous_id: anonymous };
        kept.print(|store, key, out| {
            let Some(tenant) = print::tenant_of(store, key)? else { return Ok(()) };
            let subject = store.personal().subject(tenant, &whom)??;
            privacy::export(store, tenant, &subject, SystemClock.now(), out)?;
            Ok(out.flush()?)
        })
    }
}

impl Erase {
    /// Beside a running collector, too: its next reading of the database knows of it.
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Erase { kept, whom } = self;
        kept.print(|store, key, out| {
            let Some(tenant) = print::tenant_of(store, key)? else { return Err(PrintError::NoSuchRequest) };
            let whom = whom.person(store, tenant)?;
            let subject = store.personal().subject(tenant, &whom)??;
            let by = By { who: Actor::Cli, at: SystemClock.now() };
            let receipt = privacy::erase(store, tenant, subject, by)?;
            print::write_receipt(&receipt, out)?;
            if !store.personal().scrub()? {
                eprintln!(
                    "ripen-collector: somebody is reading the database: the bytes leave its journal when the \
                     collector next tidies up, or stops"
                );
            }
            Ok(out.flush()?)
        })
    }
}

impl Whom {
    fn person(self, store: &mut dyn Store, tenant: TenantId) -> Result<Person, PrintError> {
        let Some(wanted) = self.request.map(ErasureId) else {
            return Ok(Person { user_id: self.user, anonymous_id: self.anonymous });
        };
        let before = ErasureId(wanted.0.saturating_sub(1));
        let found = store.erasures().erasures(tenant, before, 1)?;
        let request = found.into_iter().find(|request| request.id == wanted);
        let named = |whom: &Person| whom.user_id.is_some() || whom.anonymous_id.is_some();
        request
            .filter(|Erasure { whom, .. }| named(whom))
            .map(|request| request.whom)
            .ok_or(PrintError::NoSuchRequest)
    }
}

impl Receipts {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Receipts { kept, of } = self;
        kept.print(|store, key, out| print::receipts(store, key, of.as_deref(), out))
    }
}
