//! The JavaScript glue.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

/// Writes `<stem>.js` and `<stem>_bg.wasm` into `directory`. The names of functions are for `parts`.
pub(crate) fn bind(input: &Path, directory: &Path, stem: &str, named: bool) -> Result<()> {
    Bindgen::new()
        .input_path(input)
        .out_name(stem)
        .web(true)?
        // The face says where the module is: `new URL(…, import.meta.url)` breaks in bundlers (complaint C25).
        .omit_default_module_path(true)
        // The types are in js/src/module.ts, which knows what is in the arrays and objects.
        .typescript(false)
        // Every browser with the other features that are needed has `encodeInto`.
        .encode_into(EncodeInto::Always)
        .remove_name_section(!named)
        .remove_producers_section(true)
        .generate(directory)
}
