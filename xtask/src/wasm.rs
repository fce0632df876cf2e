//! One module from source to `js/dist/wasm`.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::{bind, compile, glue, module::Module, names, shrink, workspace};

/// Builds a module. Where cargo's output is the same as the last time, the rest is copied from then: wasm-opt takes
/// longer than an incremental build.
pub(crate) fn build(module: Module) -> Result<()> {
    let start = Instant::now();
    let compiled = compile::compile(module)?;
    let work = workspace::target(module).join("bound");
    let (script, wasm) = (format!("{}.js", module.stem()), format!("{}_bg.wasm", module.stem()));
    let (shrunk, minified, stamp) = (work.join("shrunk.wasm"), work.join("minified.js"), work.join("stamp"));
    let fingerprint = fingerprint(&compiled)?;
    let unchanged = fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint);
    if !unchanged {
        fs::create_dir_all(&work)?;
        let _ = fs::remove_file(&stamp);
        bind::bind(&compiled, &work, module.stem(), false)?;
        let renamed = shrink::shrink(&work.join(&wasm), &shrunk, false)?;
        let mut short = fs::read_to_string(work.join(&script))?;
        if matches!(module, Module::Page) {
            short = glue::shorten(&short)?;
        }
        let short = names::follow(&short, &renamed)?;
        fs::write(work.join("short.js"), short)?;
        shrink::minify(&work.join("short.js"), &minified)?;
        fs::write(&stamp, fingerprint)?;
    }
    let package = workspace::package();
    fs::create_dir_all(&package)?;
    place(&minified, &package.join(&script))?;
    place(&shrunk, &package.join(&wasm))?;
    let bytes = fs::metadata(&shrunk)?.len();
    let note = if unchanged { ", unchanged" } else { "" };
    println!("{} module: {bytes} bytes, {:.1} s{note}", module.name(), start.elapsed().as_secs_f64());
    Ok(())
}

/// Of what goes into binding and shrinking: the module, and the tools by their source and version.
fn fingerprint(compiled: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    fs::read(compiled).with_context(|| format!("cargo left no {}", compiled.display()))?.hash(&mut hasher);
    shrink::versions()?.hash(&mut hasher);
    include_str!("bind.rs").hash(&mut hasher);
    include_str!("shrink.rs").hash(&mut hasher);
    include_str!("names.rs").hash(&mut hasher);
    include_str!("glue.rs").hash(&mut hasher);
    include_str!("../../src/browser/classes.js").hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// Copies unless the content is there already, so that file times do not pretend a change.
fn place(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from)?;
    if fs::read(to).is_ok_and(|present| present == content) {
        return Ok(());
    }
    fs::write(to, content).with_context(|| format!("cannot write {}", to.display()))
}
