//! Rust to WebAssembly.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{module::Module, workspace};

/// The target triple of both modules.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles one module and returns its file, which wasm-bindgen has still to work on.
pub(crate) fn compile(module: Module) -> Result<PathBuf> {
    require_target()?;
    let directory = workspace::target(module);
    let status = cargo()
        .args(["build", "--quiet", "--package", "ripen", "--lib", "--target", TARGET])
        .args(["--profile", "wasm", "--no-default-features", "--features", module.feature()])
        .arg("--target-dir")
        .arg(&directory)
        .arg("--config")
        .arg(format!("target.{TARGET}.rustflags={:?}", remapped_paths()))
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("the {} module does not compile (see above)", module.name());
    }
    Ok(directory.join(TARGET).join("wasm").join("ripen.wasm"))
}

/// Flags that keep this machine's paths out of the module, where panic messages have them: the module is then the same
/// wherever it is built, and smaller.
fn remapped_paths() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let registries = std::fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    registries
        .map(|entry| entry.path())
        .chain([workspace::root()])
        .map(|path| format!("--remap-path-prefix={}=.", path.display()))
        .collect()
}

/// The cargo that runs this program, in the repository's root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    command
}

/// Says what to do where the standard library for the target is missing: rustc's own message is about `core`.
pub(crate) fn require_target() -> Result<()> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(workspace::root())
        .output()
        .context("cannot start rustc")?;
    let directory = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && Path::new(directory.trim()).is_dir() {
        return Ok(());
    }
    bail!("Rust's target {TARGET} is not installed. Run: rustup target add {TARGET}")
}
