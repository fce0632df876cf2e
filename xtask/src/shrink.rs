//! wasm-opt, from the npm package `binaryen`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::workspace;

fn package() -> PathBuf {
    workspace::root().join("node_modules/binaryen")
}

/// What identifies the installed wasm-opt: its package's manifest.
pub(crate) fn version() -> Result<Vec<u8>> {
    std::fs::read(package().join("package.json"))
        .context("wasm-opt (npm package binaryen) is not installed. Run: npm ci")
}

/// Rewrites a module smaller. Which features of WebAssembly it may use stands in the module itself.
pub(crate) fn shrink(input: &Path, output: &Path) -> Result<()> {
    let status = Command::new("node")
        .arg(package().join("bin/wasm-opt"))
        .args(["-Oz", "--converge"])
        .arg(input)
        .arg("-o")
        .arg(output)
        .status()
        .context("cannot start node")?;
    if !status.success() {
        bail!("wasm-opt refused {} (see above)", input.display());
    }
    Ok(())
}
