//! A playbook as pages load it.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use ripen::playbook;

/// A playbook as browsers get it.
#[derive(Clone, Debug)]
pub struct Published {
    /// Compiled.
    pub bytes: Bytes,
    /// Of the bytes, hexadecimal.
    pub revision: String,
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
