//! Rust to WebAssembly.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{module::Module, workspace};

/// The target triple of both modules.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library built with the module, for size (`docs/decisions/0007-build-std.md`).
const SMALL_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// A panic is a trap with no message: nobody could read one in a page, and the face reports the trap.
const SMALL_PANICS: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

/// Set to `prebuilt`, the page's module is built without the above: larger, and by stable means alone.
const STD: &str = "RIPEN_STD";

/// Compiles one module and returns its file, which wasm-bindgen has still to work on.
pub(crate) fn compile(module: Module) -> Result<PathBuf> {
    require_target()?;
    let directory = workspace::target(module);
    let mut flags = remapped_paths()?;
    let mut cargo = cargo();
    cargo.args(["build", "--quiet", "--package", "ripen", "--lib", "--target", TARGET]).args([
        "--profile",
        "wasm",
        "--no-default-features",
        "--features",
        module.feature(),
    ]);
    if builds_std(module)? {
        // The toolchain is pinned, so these mean the same wherever it is built.
        cargo.env("RUSTC_BOOTSTRAP", "1").args(SMALL_STD);
        flags.extend(SMALL_PANICS.map(str::to_owned));
    }
    let status = cargo
        .arg("--target-dir")
        .arg(&directory)
        .arg("--config")
        .arg(format!("target.{TARGET}.rustflags={flags:?}"))
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("the {} module does not compile (see above)", module.name());
    }
    Ok(directory.join(TARGET).join("wasm").join("ripen.wasm"))
}

/// Whether the standard library is built with the module: the page's, since each of its bytes is downloaded.
fn builds_std(module: Module) -> Result<bool> {
    if matches!(module, Module::Toolkit) || std::env::var_os(STD).is_some_and(|std| std == "prebuilt") {
        return Ok(false);
    }
    let source = printed(&["sysroot"])?.join("lib/rustlib/src/rust/library/std");
    if source.is_dir() {
        return Ok(true);
    }
    bail!(
        "the source of Rust's standard library is not installed. Run: rustup component add rust-src \
         (or set {STD}=prebuilt for a module that is larger, over the budget of npm run size)"
    )
}

/// Flags that keep this machine's paths out of the module, where panic messages have them: the module is then the same
/// wherever it is built, and smaller. `npm run release` looks.
fn remapped_paths() -> Result<Vec<String>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let registries = std::fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    // What is generic in the standard library is compiled here, from the source that is installed.
    let library = printed(&["sysroot"])?.join("lib/rustlib/src/rust");
    Ok(registries
        .map(|entry| entry.path())
        .chain([workspace::root(), library])
        .map(|path| format!("--remap-path-prefix={}=.", path.display()))
        .collect())
}

/// The cargo that runs this program, in the repository's root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    command
}

/// Says what to do where the standard library for the target is missing: rustc's own message is about `core`.
pub(crate) fn require_target() -> Result<()> {
    if printed(&["target-libdir", "--target", TARGET])?.is_dir() {
        return Ok(());
    }
    bail!("Rust's target {TARGET} is not installed. Run: rustup target add {TARGET}")
}

/// A path that rustc prints; an empty one where it knows none.
fn printed(question: &[&str]) -> Result<PathBuf> {
    let output = Command::new("rustc")
        .arg("--print")
        .args(question)
        .current_dir(workspace::root())
        .output()
        .context("cannot start rustc")?;
    let printed = if output.status.success() { output.stdout } else { Vec::new() };
    Ok(PathBuf::from(String::from_utf8_lossy(&printed).trim()))
}
