//! `cargo xtask …`: the steps of the build that need Rust's own tools.
//!
//! * `wasm [page|toolkit]` compiles the crate to WebAssembly (`compile`), writes its JavaScript glue by wasm-bindgen
//!   (`bind`), makes it small with wasm-opt (`shrink`) and puts both into `js/dist/wasm` (`wasm`).
//! * `parts` makes the page's module once more with the names of its functions, and says where each is (`parts`).
//! * `schema` writes the JSON Schema of playbooks into `js/dist` (`schema`).
//! * `wasm-test` runs the crate's `wasm-bindgen-test`s in headless Chromium (`browser_tests`).
//!
//! wasm-bindgen comes as a library, so that `Cargo.lock` alone says which version is used, of the crate and of the tool.
//! Everything else the project does is in the Node scripts beside this crate; `package.json` names them all.

use std::process::ExitCode;

mod bind;
mod browser_tests;
mod compile;
mod glue;
mod module;
mod names;
mod parts;
mod schema;
mod shrink;
mod wasm;
mod workspace;

use module::Module;

const USAGE: &str =
    "usage: cargo xtask wasm [page|toolkit]        build the WebAssembly modules (default: both)
       cargo xtask parts                        list the functions of the page's module, by their places in it
       cargo xtask schema                       write the JSON Schema of playbooks
       cargo xtask wasm-test [-- ARGUMENT…]     run the wasm tests in Chromium; arguments go to cargo test";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["wasm"] => wasm::build(Module::Page).and_then(|()| wasm::build(Module::Toolkit)),
        ["wasm", "page"] => wasm::build(Module::Page),
        ["wasm", "toolkit"] => wasm::build(Module::Toolkit),
        ["parts"] => parts::list(),
        ["schema"] => schema::write(),
        ["wasm-test"] | ["wasm", "tests"] => browser_tests::run(&[]),
        ["wasm-test", "--", rest @ ..] => browser_tests::run(rest),
        [browser_tests::RUNNER, rest @ ..] => browser_tests::run_one(rest),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
