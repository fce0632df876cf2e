//! Shorter functions in the page's glue than those that wasm-bindgen writes for whatever anybody may hand over. The face
//! hands over one thing, `{ module_or_path: Promise<Response> }` (`js/src/module.ts`), and every browser that can run the
//! module compiles it while it comes.

use anyhow::{Result, bail};

/// A function, and what stands in its place.
const SHORTER: [(&str, &str); 2] = [
    (
        "__wbg_load",
        r#"async function __wbg_load(response, imports) {
    if (!response.ok) throw new Error(`failed to fetch Wasm: ${response.status}`);
    // Of another type, a server's bytes can still be compiled, but not while they come.
    return response.headers.get("content-type") === "application/wasm"
        ? WebAssembly.instantiateStreaming(response, imports)
        : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
"#,
    ),
    (
        "__wbg_init_once",
        r#"async function __wbg_init_once({ module_or_path }) {
    const { instance, module } = await __wbg_load(await module_or_path, __wbg_get_imports());
    return __wbg_finalize_init(instance, module);
}
"#,
    ),
];

/// Puts them in their places.
pub(crate) fn shorten(glue: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for (name, shorter) in SHORTER {
        let head = format!("async function {name}(");
        let Some((before, rest)) = glue.split_once(&head) else {
            bail!("the glue has no {name}: wasm-bindgen writes it in another way");
        };
        let Some((_, after)) = rest.split_once("\n}\n") else { bail!("{name} of the glue has no end") };
        glue = format!("{before}{shorter}{after}");
    }
    Ok(glue)
}
