//! `leads`: the feed, as `GET /v1/leads` has it.

use std::io::{self, Write};

use super::{PrintError, tenant_of};
use crate::leads::{Lead, LeadId, Selection, to_csv};
use crate::limits::PAGE;
use crate::store::Store;

/// How leads are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// A JSON object a line.
    Json,
    /// A header, and a line for each.
    Csv,
}

/// Writes a tenant's leads, the first one found first.
///
/// # Errors
/// See [`PrintError`].
pub fn leads(
    store: &mut dyn Store,
    write_key: Option<&str>,
    selection: Selection,
    feed: Feed,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let tenant = tenant_of(store, write_key)?;
    let mut after = LeadId::START;
    loop {
        let wanted = Selection { after: Some(after), ..selection.clone() };
        let page = match tenant {
            Some(tenant) => store.leads().leads(tenant, &wanted, PAGE)?,
            None => Vec::new(),
        };
        match feed {
            Feed::Json => page.iter().try_for_each(|lead| writeln!(out, "{}", lead.to_json()))?,
            Feed::Csv => out.write_all(&lines(&page, after == LeadId::START)?)?,
        }
        let Some(last) = page.last() else { return Ok(out.flush()?) };
        after = last.id;
    }
}

/// The header stands above the first page only.
fn lines(page: &[Lead], is_first: bool) -> Result<Vec<u8>, PrintError> {
    let text = to_csv(page).map_err(io::Error::other)?;
    let header = text.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    Ok(if is_first { text } else { text.get(header..).unwrap_or_default().to_vec() })
}
