//! Who may send, and the playbook that their pages load.

use std::collections::HashMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use ripen::playbook;

use crate::store::{Store, StoreError, TenantId};

/// A playbook as browsers get it.
#[derive(Clone, Debug)]
pub struct Published {
    /// Compiled.
    pub bytes: Bytes,
    /// Of the bytes, hexadecimal.
    pub revision: String,
}

/// Of one write key.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// In the store.
    pub id: TenantId,
    /// What its pages load.
    pub playbook: Published,
}

/// By write key.
#[derive(Clone, Debug, Default)]
pub struct Tenants {
    by_key: HashMap<String, Tenant>,
}

impl Tenants {
    /// Gives each write key its place in the store.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub fn register(
        playbooks: impl IntoIterator<Item = (String, Published)>,
        store: &mut dyn Store,
    ) -> Result<Tenants, StoreError> {
        let mut by_key = HashMap::new();
        for (key, playbook) in playbooks {
            let id = store.directory().tenant(&key)?;
            by_key.insert(key, Tenant { id, playbook });
        }
        Ok(Tenants { by_key })
    }

    /// The tenant of a write key, if it is known.
    pub fn get(&self, write_key: &str) -> Option<&Tenant> {
        self.by_key.get(write_key)
    }

    /// How many keys are known.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether nobody may send.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}

/// Reads and compiles a playbook file. Warnings go to `warn`.
///
/// # Errors
/// All mistakes, a line each, with the file's name before line and column.
pub fn publish(path: &Path, mut warn: impl FnMut(String)) -> Result<Published, Vec<String>> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| vec![format!("{name}: {error}")])?;
    let compiled =
        playbook::compile(&text).map_err(|problems| in_file(path, problems).collect::<Vec<_>>())?;
    in_file(path, compiled.warnings).for_each(&mut warn);
    Ok(Published { bytes: Bytes::from(compiled.bytes), revision: compiled.revision })
}

fn in_file(path: &Path, problems: Vec<impl Display>) -> impl Iterator<Item = String> {
    let path: PathBuf = path.to_owned();
    problems.into_iter().map(move |problem| format!("{}:{problem}", path.display()))
}
