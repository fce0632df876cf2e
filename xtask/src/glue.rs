//! Shorter functions in the page's glue than those that wasm-bindgen writes for whatever anybody may hand over. The face
//! hands over one thing, `{ module_or_path: PageSource }` (`js/src/module.ts`): mostly an answer of `fetch`, which every
//! browser that can run the module compiles while it comes.

use anyhow::{Result, bail};

/// The classes of `js/src/module.ts`, over the one function that the module exports.
const CLASSES: &str = include_str!("../../src/browser/classes.js");

/// A function's head, and what stands in the function's place.
const SHORTER: [(&str, &str); 8] = [
    // Not for everybody: `CLASSES` has it.
    (
        "export function call(",
        r#"function call(at, what, one, other, number) {
    return wasm.call(at, what, one, other, number);
}
"#,
    ),
    (
        "function getDataViewMemory0(",
        r#"function getDataViewMemory0() {
    if (cachedDataViewMemory0?.buffer !== wasm.memory.buffer) cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
    return cachedDataViewMemory0;
}
"#,
    ),
    (
        // wasm-bindgen's counts, since Safari's decoders fail after 2 GB: a page's engine never says as much.
        "function decodeText(",
        r#"function decodeText(bytes) {
    return cachedTextDecoder.decode(bytes);
}
"#,
    ),
    (
        "function passStringToWasm0(",
        r#"function passStringToWasm0(arg, malloc, realloc) {
    let len = arg.length;
    let ptr = malloc(len, 1);
    let offset = 0;
    for (const memory = getUint8ArrayMemory0(); offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        memory[ptr + offset] = code;
    }
    if (offset < len) {
        arg = arg.slice(offset);
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1);
        offset += cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr + offset, ptr + len)).written;
        ptr = realloc(ptr, len, offset, 1);
    }
    WASM_VECTOR_LEN = offset;
    return ptr;
}
"#,
    ),
    (
        "function __wbg_finalize_init(",
        r#"function __wbg_finalize_init(instance) {
    wasm = instance.exports;
    wasm.__wbindgen_start();
    return wasm;
}
"#,
    ),
    (
        "async function __wbg_load(",
        r#"async function __wbg_load(source, imports) {
    if (source instanceof Response) {
        if (source.headers.get("content-type") === "application/wasm")
            return WebAssembly.instantiateStreaming(source, imports);
        // Of another type, a server's bytes can still be compiled, but not while they come.
        source = await source.arrayBuffer();
    }
    const made = await WebAssembly.instantiate(source, imports);
    // Of a module there is only the instance.
    return made instanceof WebAssembly.Instance ? { instance: made } : made;
}
"#,
    ),
    (
        "function initSync(",
        r#"function initSync({ module }) {
    if (!(module instanceof WebAssembly.Module)) module = new WebAssembly.Module(module);
    return wasm ?? __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()));
}
"#,
    ),
    (
        "async function __wbg_init_once(",
        r#"async function __wbg_init_once({ module_or_path }) {
    return __wbg_finalize_init((await __wbg_load(await module_or_path, __wbg_get_imports())).instance);
}
"#,
    ),
];

/// Puts them in their places, and the classes at the end.
pub(crate) fn shorten(glue: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for (head, shorter) in SHORTER {
        let Some((before, rest)) = glue.split_once(head) else {
            bail!("the glue has no {head}: wasm-bindgen writes it in another way");
        };
        let Some((_, after)) = rest.split_once("\n}\n") else { bail!("{head} of the glue has no end") };
        glue = format!("{before}{shorter}{after}");
    }
    Ok(glue + CLASSES)
}
