//! A playbook as somebody wrote it, and nothing is wrong with it.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use ripen::playbook::{self, ForPages, Problem, for_pages};

use crate::store::{NewRevision, TenantId};

/// The text, and what it means.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub source: String,
    /// Of what it means, hexadecimal.
    pub hash: String,
    /// What pages load.
    pub pages: ForPages,
    /// What is legal, and hardly meant.
    pub warnings: Vec<Problem>,
}

impl Written {
    /// Checks and compiles a text.
    ///
    /// # Errors
    /// All that is wrong with it, as `ripen check` says it.
    pub fn new(source: String) -> Result<Written, Vec<Problem>> {
        let compiled = playbook::compile(&source)?;
        let pages = for_pages(&compiled.playbook);
        Ok(Written { source, hash: compiled.revision, pages, warnings: compiled.warnings })
    }

    /// Reads, checks and compiles a file. Warnings go to `warn`.
    ///
    /// # Errors
    /// All mistakes, a line each, with the file's name before line and column.
    pub fn read(path: &Path, mut warn: impl FnMut(String)) -> Result<Written, Vec<String>> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|error| vec![format!("{name}: {error}")])?;
        let written = Written::new(text).map_err(|problems| in_file(path, &problems).collect::<Vec<_>>())?;
        in_file(path, &written.warnings).for_each(&mut warn);
        Ok(written)
    }

    /// To be kept.
    pub fn revision(&self, tenant: TenantId, note: &str) -> NewRevision {
        NewRevision {
            tenant,
            hash: self.hash.clone(),
            source: self.source.clone(),
            pages_hash: self.pages.revision.clone(),
            pages: self.pages.bytes.clone(),
            note: note.to_owned(),
        }
    }
}

fn in_file<'a>(path: &Path, problems: &'a [impl Display]) -> impl Iterator<Item = String> + 'a {
    let path: PathBuf = path.to_owned();
    problems.iter().map(move |problem| format!("{}:{problem}", path.display()))
}
