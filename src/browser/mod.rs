//! The page's module: engine and delivery machine, bound to JavaScript. `js/src/module.ts` says what is exported here.
//!
//! It touches neither the page nor the network nor storage: the face owns those, since it has to work where this module
//! may not run (`docs/decisions/0002-the-face-owns-the-page.md`). Here values cross: events come in by batches, as
//! they are in JavaScript, so that no JSON parser has to be loaded; changes and decisions go out as plain objects.

mod call;
mod delivery;
mod js;
mod read;
mod runtime;
mod told;
mod view;
mod write;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
