//! What makes the module and its glue small: wasm-opt (npm package `binaryen`) and esbuild.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{names, workspace};

fn packages() -> PathBuf {
    workspace::root().join("node_modules")
}

/// What identifies the installed tools: their packages' manifests.
pub(crate) fn versions() -> Result<Vec<u8>> {
    let mut manifests = Vec::new();
    for package in ["binaryen", "esbuild"] {
        let manifest = std::fs::read(packages().join(package).join("package.json"))
            .with_context(|| format!("the npm package {package} is not installed. Run: npm run setup"))?;
        manifests.extend(manifest);
    }
    Ok(manifests)
}

/// Rewrites a module smaller, and returns the list of its new names (`names`). Which features of WebAssembly it may use
/// stands in the module itself.
pub(crate) fn shrink(input: &Path, output: &Path) -> Result<String> {
    let done = Command::new("node")
        .arg(packages().join("binaryen/bin/wasm-opt"))
        // What travels is brotli: its own inlining makes the module smaller, and what is compressed larger by 5 %.
        .args(["-Oz", "--converge", "--skip-pass=inlining-optimizing"])
        .args(names::PASSES)
        .arg(input)
        .arg("-o")
        .arg(output)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start node")?;
    if !done.status.success() {
        bail!("wasm-opt refused {} (see above)", input.display());
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Rewrites the glue smaller.
pub(crate) fn minify(input: &Path, output: &Path) -> Result<()> {
    let status = Command::new(packages().join(".bin/esbuild"))
        .arg(input)
        .args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
        .arg(format!("--outfile={}", output.display()))
        .status()
        .context("cannot start esbuild. Run: npm run setup")?;
    if !status.success() {
        bail!("esbuild refused {} (see above)", input.display());
    }
    Ok(())
}
