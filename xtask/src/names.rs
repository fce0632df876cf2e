//! Short names on the border between the module and its glue. wasm-bindgen's have a hash each, which no compression makes
//! small, and they stand in both files.

use anyhow::{Result, bail};

/// The passes of wasm-opt that rename what the module imports and exports, and print a list of it.
pub(crate) const PASSES: [&str; 2] = ["--strip-target-features", "--minify-imports-and-exports-and-modules"];

/// Renames in the glue what was renamed in the module. `list` is what wasm-opt printed: a line for each name, imports as
/// `["module", "name", "short"],` and exports as `["name", "short"],`.
pub(crate) fn follow(glue: &str, list: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for line in list.lines() {
        let parts: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let (from, to) = match parts.as_slice() {
            [_, name, short] => (format!(" {name}: function"), format!(" {short}: function")),
            [name, short] => (format!("wasm.{name}"), format!("wasm.{short}")),
            _ => continue,
        };
        glue = whole_words(&glue, &from, &to);
        if let [module, _, _] = parts.as_slice() {
            glue = glue.replace(&format!("\"{module}\": import0"), "a: import0");
        }
    }
    if glue.contains("wasm.__wb") {
        bail!("a name of the glue is not in the module: wasm-opt prints its list in another way");
    }
    Ok(glue)
}

/// Replaces what is not the beginning of a longer name.
fn whole_words(text: &str, from: &str, to: &str) -> String {
    let mut parts = text.split(from);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let longer = part.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        replaced.push_str(if longer { from } else { to });
        replaced.push_str(part);
    }
    replaced
}
