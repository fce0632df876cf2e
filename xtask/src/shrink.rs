//! What makes the module and its glue small: wasm-opt (npm package `binaryen`) and esbuild.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{names, workspace};

/// What travels is brotli, which finds what is alike by itself. Each of the passes that are left out makes the module
/// smaller and what is compressed larger: inlining by 5 %, the others by 1 % together. `-Oz` is smaller than `-O3` only
/// before compression. In the lowest KB of memory there is nothing but the end of a
/// stack that is about to overflow.
const PASSES: [&str; 6] = [
    "-O3",
    "--converge",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=simplify-locals",
    "--skip-pass=local-cse",
    "--low-memory-unused",
];

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
/// stands in the module itself. With the names of functions, if they are to be kept.
pub(crate) fn shrink(input: &Path, output: &Path, named: bool) -> Result<String> {
    let done = Command::new("node")
        .arg(packages().join("binaryen/bin/wasm-opt"))
        .args(PASSES)
        .args(names::PASSES)
        .args(named.then_some("--debuginfo"))
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
        .args(["--minify", "--tree-shaking=true", "--format=esm", "--target=es2022", "--log-level=warning"])
        .arg(format!("--outfile={}", output.display()))
        .status()
        .context("cannot start esbuild. Run: npm run setup")?;
    if !status.success() {
        bail!("esbuild refused {} (see above)", input.display());
    }
    Ok(())
}
