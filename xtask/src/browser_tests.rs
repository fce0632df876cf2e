//! `wasm-bindgen-test`s in headless Chromium.

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

use crate::compile::{TARGET, cargo, require_target};

/// The argument by which cargo starts this program again, to run one file of compiled tests.
pub(crate) const RUNNER: &str = "wasm-test-runner";

/// The integration tests that run in the browser too: there `#[test]` is `wasm_bindgen_test`.
const TESTS: [&str; 1] = ["vectors"];

/// Compiles the crate's tests for the browser and runs them there.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    require_target()?;
    let this = std::env::current_exe().context("where is this program?")?;
    // A list, not a string that cargo would split: the path may have spaces.
    let runner = format!("target.{TARGET}.runner=[{:?}, {RUNNER:?}]", this.display().to_string());
    let status = cargo()
        .args(["test", "--quiet", "--package", "ripen", "--target", TARGET])
        .args(TESTS.iter().flat_map(|name| ["--test", name]))
        .args(["--no-default-features", "--features", "toolkit", "--config", &runner])
        .args(arguments)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        // Seconds: for the driver to start, and for all tests of a file. Those that the runner has of itself (5 and 20)
        // are too few where many others work.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!(
            "wasm tests failed (see above). Where no browser was found: they need chromium and chromedriver \
             (Debian: apt-get install chromium chromium-driver), or CHROMEDRIVER with the driver's path"
        );
    }
    Ok(())
}

/// Runs the tests in one compiled file; cargo passes the file and what follows, its own `--quiet` too, which the runner
/// does not know.
pub(crate) fn run_one(arguments: &[&str]) -> Result<()> {
    let known = arguments.iter().filter(|argument| **argument != "--quiet");
    run_cli_with_args(std::iter::once(&RUNNER).chain(known))
}
