//! Where things are.

use std::path::{Path, PathBuf};

use crate::module::Module;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's directory for one module. Each has its own: both modules are the same library with other features, and
/// cargo gives a `cdylib` one file name whatever its features, so that in one directory each would pass for the other.
pub(crate) fn target(module: Module) -> PathBuf {
    root().join("target").join(format!("wasm-{}", module.name()))
}

/// Where the JavaScript face and the command line look for the modules.
pub(crate) fn package() -> PathBuf {
    root().join("js/dist/wasm")
}
