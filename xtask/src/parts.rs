//! Which function of the page's module is where, for `npm run size -- --parts`: names are kept once, and what is left is
//! what a page loads, but for them.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context as _, Result};
use wasmparser::{BinaryReader, KnownCustom, Name, Parser, Payload, TypeRef};

use crate::{bind, compile, module::Module, shrink, workspace};

/// Prints a line for each function: where it begins in the file, where it ends, and its name. The first line has the file;
/// then come the sections that no page loads.
pub(crate) fn list() -> Result<()> {
    let module = Module::Page;
    let work = workspace::target(module).join("parts");
    fs::create_dir_all(&work)?;
    bind::bind(&compile::compile(module)?, &work, module.stem(), true)?;
    let file = work.join("named.wasm");
    shrink::shrink(&work.join(format!("{}_bg.wasm", module.stem())), &file, true)?;
    let bytes = fs::read(&file).with_context(|| format!("wasm-opt left no {}", file.display()))?;

    println!("{}", file.display());
    let mut names = HashMap::new();
    let mut bodies = Vec::new();
    let mut imported = 0;
    // A section begins with its number and its length; the parser gives what is in it.
    let mut end = 8;
    for payload in Parser::new(0).parse_all(&bytes) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(whole(&bytes, body.range())),
            Payload::CustomSection(section) => {
                println!("{end}\t{}\t", section.range().end);
                if let KnownCustom::Name(section) = section.as_known() {
                    for part in section {
                        if let Name::Function(functions) = part? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index as usize, function.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        if let Some((_, range)) = payload.as_section() {
            end = range.end;
        }
    }
    for (index, (start, end)) in bodies.iter().enumerate() {
        let name = names.get(&(imported + index)).map_or("?", String::as_str);
        println!("{start}\t{end}\t{name}");
    }
    Ok(())
}

/// With the length that stands before it.
fn whole(bytes: &[u8], body: std::ops::Range<usize>) -> (usize, usize) {
    let length = body.len() as u32;
    let before = (1..=5).find(|before| {
        let start = body.start.saturating_sub(*before);
        let head = bytes.get(start..body.start).unwrap_or_default();
        BinaryReader::new(head, 0).read_var_u32().is_ok_and(|read| read == length)
    });
    (body.start - before.unwrap_or_default(), body.end)
}
